# %% forward | loop
def forward(x, w, b):
    z = b
    for j in range(len(x)):
        z = z + x[j] * w[j]
    return z

# %% forward | sum of products, np.float64
def forward(x, w, b):
    a = np.float64(np.sum(np.multiply(w, x)) + b)
    return a

# %% forward | 0-d array
def forward(x, w, b):
    return np.array(np.inner(x, w) + b)

# %% forward | einsum and a print
def forward(x, w, b):
    z = np.einsum("i,i->", x, w) + b
    print("z:", z)
    return z

# %% forward | bias as weight of a constant input
def forward(x, w, b):
    xx = np.concatenate([x, [1.0]])
    ww = np.concatenate([w, [b]])
    return float(ww @ xx)

# %% forward | row times column, item()
def forward(x, w, b):
    return (x[None, :] @ w[:, None]).item() + b

# %% loss | square of y - a
def loss(a, y):
    return 0.5 * (y - a) ** 2

# %% loss | expanded
def loss(a, y):
    return (a * a - 2 * a * y + y * y) / 2

# %% loss | np functions
def loss(a, y):
    return np.square(np.subtract(a, y)) * 0.5

# %% loss | power of the distance
def loss(a, y):
    return np.abs(a - y) ** 2.0 / 2.0

# %% dL_da | negated difference
def dL_da(a, y):
    return -(y - a)

# %% dL_da | power rule left standing
def dL_da(a, y):
    return 2 * 0.5 * (a - y) ** 1

# %% dL_da | inner slope written out
def dL_da(a, y):
    dL_dr = y - a
    dr_da = -1.0
    return np.multiply(dL_dr, dr_da)

# %% dz_dw | copy
def dz_dw(x, w, b):
    return np.copy(x)

# %% dz_dw | entry by entry
def dz_dw(x, w, b):
    g = np.zeros(len(w))
    for j in range(len(w)):
        g[j] = x[j]
    return g

# %% dz_dw | x itself
def dz_dw(x, w, b):
    return x

# %% dz_dw | matrix of unit vectors
def dz_dw(x, w, b):
    return np.eye(len(w)) @ x

# %% dz_db | whole number
def dz_db(x, w, b):
    return 1

# %% dz_db | np.float64
def dz_db(x, w, b):
    return np.float64(1)

# %% dz_db | 0-d array
def dz_db(x, w, b):
    return np.ones(())

# %% neuron_sample_grads | one helper per link
def forward(x, w, b):
    return w @ x + b

def dL_da(a, y):
    return a - y

def dz_dw(x, w, b):
    return x

def neuron_sample_grads(x, y, w, b):
    a = forward(x, w, b)
    da_dz = 1
    return dL_da(a, y) * da_dz * dz_dw(x, w, b), dL_da(a, y) * da_dz * 1

# %% neuron_sample_grads | loop
def neuron_sample_grads(x, y, w, b):
    z = 0.0
    for i in range(len(x)):
        z += w[i] * x[i]
    z += b
    dw = np.empty(len(x))
    for i in range(len(x)):
        dw[i] = (z - y) * x[i]
    return dw, z - y

# %% neuron_sample_grads | list for the pair, np.float64 for db
def neuron_sample_grads(x, y, w, b):
    err = np.dot(w, x) + b - y
    return [x * err, np.float64(err)]

# %% neuron_sample_grads | one column of parameters
def neuron_sample_grads(x, y, w, b):
    inputs = np.append(x, 1.0)
    theta = np.append(w, b)
    g = (inputs @ theta - y) * inputs
    return g[:-1], g[-1]

# %% neuron_sample_grads | residual the other way and a minus
def neuron_sample_grads(x, y, w, b):
    r = y - (x * w).sum() - b
    dw = -r * x
    db = -r
    assert dw.shape == w.shape
    return dw, db

# %% neuron_sample_grads | float32 inside
def neuron_sample_grads(x, y, w, b):
    x32, w32 = x.astype(np.float32), w.astype(np.float32)
    d = np.float32(x32 @ w32 + np.float32(b) - np.float32(y))
    return d * x32, d

# %% neuron_sample_grads | 0-d db, nested helper
def neuron_sample_grads(x, y, w, b):
    def residual():
        return np.sum(w * x) + b - y
    return np.array([residual() * xi for xi in x]), np.array(residual())

# %% neuron_sample_grads | a class
class Neuron:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def __call__(self, x):
        self.x = x
        self.a = float(np.dot(self.w, x) + self.b)
        return self.a

    def back(self, delta):
        return delta * self.x, delta

def neuron_sample_grads(x, y, w, b):
    n = Neuron(w, b)
    return n.back(n(x) - y)

# %% predicted_signs | built with dict()
predicted_signs = dict(db="-", dw1="+", dw2="0")

# %% predicted_signs | worked out, then written down
residual = (7 * -2 + 1.5 * 0 - 2) - (-9)
predicted_signs = {"dw1": "+", "dw2": "0", "db": "+" if residual > 0 else "-"}

# %% numeric_grad | unit vectors of step h
def numeric_grad(f, p, h=1e-4):
    g = np.zeros(p.shape, dtype=float)
    for idx in np.ndindex(*p.shape):
        e = np.zeros(p.shape)
        e[idx] = h
        g[idx] = (f(p + e) - f(p - e)) / (2 * h)
    return g

# %% numeric_grad | nditer, restoring a copy
def numeric_grad(f, p, h=1e-4):
    q = np.array(p, dtype=np.float64)
    g = np.zeros_like(q)
    it = np.nditer(q, flags=["multi_index"])
    while not it.finished:
        i = it.multi_index
        old = q[i]
        q[i] = old + h
        ahead = f(q)
        q[i] = old - h
        back = f(q)
        q[i] = old
        g[i] = (ahead - back) / (2 * h)
        it.iternext()
    return g

# %% numeric_grad | flat and back again
def numeric_grad(f, p, h=1e-4):
    flat = p.astype(float).flatten()
    slopes = []
    for k in range(len(flat)):
        up, down = flat.copy(), flat.copy()
        up[k] += h
        down[k] -= h
        slopes.append((f(up.reshape(p.shape)) - f(down.reshape(p.shape))) / h / 2)
    return np.array(slopes, dtype=float).reshape(p.shape)

# %% numeric_grad | comprehension over an identity matrix
def numeric_grad(f, p, h=1e-4):
    steps = (h * np.eye(p.size)).reshape((p.size,) + p.shape)
    return np.array([f(p + s) - f(p - s) for s in steps]).reshape(p.shape) / (2 * h)

# %% numeric_grad | divided by the distance really taken
def numeric_grad(f, p, h=1e-4):
    g = np.zeros(p.shape)
    for i, _ in np.ndenumerate(p):
        a, b = p * 1.0, p * 1.0
        a[i] += h
        b[i] -= h
        g[i] = (float(f(a)) - float(f(b))) / (a[i] - b[i])
    return g

# %% numeric_grad | five points
def numeric_grad(f, p, h=1e-4):
    g = np.zeros(p.shape)
    for i in np.ndindex(p.shape):
        e = np.zeros(p.shape)
        e[i] = h
        g[i] = (8 * (f(p + e) - f(p - e)) - f(p + 2 * e) + f(p - 2 * e)) / (12 * h)
    return g

# %% numeric_grad | two steps, extrapolated
def numeric_grad(f, p, h=1e-4):
    def central(i, h):
        e = np.zeros(p.shape)
        e[i] = h
        return (f(p + e) - f(p - e)) / (2 * h)
    return np.array([(4 * central(i, h / 2) - central(i, h)) / 3 for i in np.ndindex(p.shape)]).reshape(p.shape)

# %% numeric_grad | a result in single precision
def numeric_grad(f, p, h=1e-4):
    g = np.zeros(p.shape, dtype=np.float32)
    for i in np.ndindex(p.shape):
        q = np.array(p, dtype=float)
        q[i] = p[i] + h
        up = f(q)
        q[i] = p[i] - h
        g[i] = (up - f(q)) / (2 * h)
    return g
