# %% forward: bias-missing-forward | plain dot product
def forward(x, w, b):
    return np.dot(w, x)

# %% forward: bias-missing-forward | bias added to a name nobody returns
def forward(x, w, b):
    z = 0.0
    for i in range(len(x)):
        z += x[i] * w[i]
    a = z
    z = z + b
    return a

# %% forward: none | products not summed
def forward(x, w, b):
    a = w * x + b
    return a

# %% forward: none | bias added once for each input
def forward(x, w, b):
    return np.sum(x * w + b)

# %% forward: none | bias taken away
def forward(x, w, b):
    return x @ w - b

# %% forward: tied-to-visible-data | two inputs spelled out
def forward(x, w, b):
    z = w[0] * x[0] + w[1] * x[1] + b
    a = z
    return a

# %% forward: tied-to-visible-data | the example's number
def forward(x, w, b):
    a = 13.0
    return a

# %% forward: decimals-lost | int() at the end
def forward(x, w, b):
    z = w @ x + b
    a = int(z)
    return a

# %% forward: forward-activation-wrong | a sigmoid out of habit
def forward(x, w, b):
    z = np.dot(x, w) + b
    return 1 / (1 + np.exp(-z))

# %% forward: forward-activation-wrong | ReLU
def forward(x, w, b):
    z = sum(xi * wi for xi, wi in zip(x, w)) + b
    return max(0.0, z)

# %% forward: wrong-container | prints and returns nothing
def forward(x, w, b):
    a = w @ x + b
    print("a =", a)

# %% forward: wrong-container | z and a as a pair
def forward(x, w, b):
    z = w @ x + b
    a = z
    return z, a

# %% forward: right-values-wrong-shape | (1,) from a row times a column
def forward(x, w, b):
    z = x.reshape(1, -1) @ w + b
    return z

# %% forward: input-modified | products stored in w
def forward(x, w, b):
    for i in range(len(w)):
        w[i] = w[i] * x[i]
    return w.sum() + b

# %% forward: off-by-one | the last input never reached
def forward(x, w, b):
    z = b
    i = 0
    while i < len(x) - 1:
        z = z + w[i] * x[i]
        i = i + 1
    return z

# %% forward: shapes-do-not-fit | column times column
def forward(x, w, b):
    xc = x.reshape(-1, 1)
    wc = w.reshape(-1, 1)
    return (xc @ wc + b).item()

# %% forward: notebook-variable-used / bias-missing-forward | bias from the cell above
bias = -2.0
def forward(x, w, b):
    return w @ x + bias

# %% forward: not-attempted | stub
def forward(x, w, b):
    """Return the neuron's prediction a for one example x."""
    raise NotImplementedError()
    return a

# %% loss: factor-two | no half
def loss(a, y):
    return (a - y) ** 2

# %% loss: half-kept | a quarter
def loss(a, y):
    d = a - y
    return d * d / 4

# %% loss: other-loss | absolute error
def loss(a, y):
    return np.abs(a - y)

# %% loss: other-loss | cross-entropy
def loss(a, y):
    a = np.clip(a, 1e-9, 1 - 1e-9)
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))

# %% loss: other-quantity-returned | the slope
def loss(a, y):
    return a - y

# %% loss: decimals-lost | integer division
def loss(a, y):
    return (a - y) ** 2 // 2

# %% loss: none | difference of squares
def loss(a, y):
    return 0.5 * (a ** 2 - y ** 2)

# %% loss: none | brackets missing
def loss(a, y):
    return 1 / 2 * a - y ** 2

# %% loss: sign-flipped | minus in front
def loss(a, y):
    return -0.5 * (y - a) ** 2

# %% loss: summed-over-too-much | one number for an array
def loss(a, y):
    return 0.5 * np.sum((a - y) ** 2)

# %% loss: only-for-single-numbers | math module
import math
def loss(a, y):
    return math.pow(a - y, 2) / 2

# %% loss: input-modified | in place
def loss(a, y):
    a -= y
    a *= a
    return a / 2

# %% loss: right-values-wrong-shape | always a column
def loss(a, y):
    return np.reshape(0.5 * (a - y) ** 2, (-1, 1))

# %% dL_da: sign-flipped | target minus prediction
def dL_da(a, y):
    return y - a

# %% dL_da: factor-two | as if the loss had no half
def dL_da(a, y):
    return 2 * (a - y)

# %% dL_da: half-kept | half and two forgotten
def dL_da(a, y):
    return 0.5 * (a - y)

# %% dL_da: residual-sign-lost | distance
def dL_da(a, y):
    return np.sqrt((a - y) ** 2)

# %% dL_da: residual-sign-lost / value-not-slope | the loss again
def dL_da(a, y):
    return (a - y) ** 2 / 2

# %% dL_da: residual-sign-lost | square kept
def dL_da(a, y):
    e = y - a
    return e * e

# %% dL_da: other-loss | slope of the absolute error
def dL_da(a, y):
    return np.sign(a - y)

# %% dL_da: residual-missing / value-not-slope | y treated as gone
def dL_da(a, y):
    return a * 1.0

# %% dL_da: averaged-twice | mean over the entries
def dL_da(a, y):
    return (a - y) / np.size(a)

# %% dL_da: decimals-lost | integer type
def dL_da(a, y):
    return np.array(a - y, dtype=int)

# %% dL_da: tied-to-visible-data / residual-missing | the target typed in
def dL_da(a, y):
    return a - 8.0

# %% dL_da: factor-two + sign-flipped | 2(y - a)
def dL_da(a, y):
    return 2 * (y - a)

# %% dL_da: only-for-single-numbers | branch on the comparison
def dL_da(a, y):
    if a > y:
        return abs(a - y)
    else:
        return -abs(a - y)

# %% dL_da: wrong-container | a list
def dL_da(a, y):
    return [float(r) for r in np.atleast_1d(a - y)]

# %% dL_da: input-modified | minus-equals
def dL_da(a, y):
    a -= y
    return a

# %% dz_dw: wrong-partial-of-z | the weights
def dz_dw(x, w, b):
    return w

# %% dz_dw: wrong-partial-of-z | b carried along
def dz_dw(x, w, b):
    return x + b

# %% dz_dw: wrong-partial-of-z / value-not-slope | the summands of z
def dz_dw(x, w, b):
    return w * x

# %% dz_dw: layer-input-missing | ones
def dz_dw(x, w, b):
    return np.ones(len(w))

# %% dz_dw: value-not-slope | z in every place
def dz_dw(x, w, b):
    z = w @ x + b
    return np.full(x.shape, z)

# %% dz_dw: summed-over-too-much | one number
def dz_dw(x, w, b):
    return np.sum(x)

# %% dz_dw: tied-to-visible-data | two entries
def dz_dw(x, w, b):
    return np.array([x[0], x[1]])

# %% dz_dw: tied-to-visible-data | numbers of the example
def dz_dw(x, w, b):
    return np.array([3.0, -4.0])

# %% dz_dw: wrong-container | a list
def dz_dw(x, w, b):
    return [xi for xi in x]

# %% dz_dw: wrong-container | a dict by name
def dz_dw(x, w, b):
    return {"w%d" % (j + 1): x[j] for j in range(len(x))}

# %% dz_dw: right-values-wrong-shape | a column
def dz_dw(x, w, b):
    return x[:, np.newaxis] * 1.0

# %% dz_dw: sign-flipped | minus
def dz_dw(x, w, b):
    return -x

# %% dz_dw: decimals-lost | whole numbers
def dz_dw(x, w, b):
    g = np.zeros(len(x), dtype=int)
    for j in range(len(x)):
        g[j] = x[j]
    return g

# %% dz_dw: factor-two | nudged both ways, divided by one nudge
def dz_dw(x, w, b):
    out = []
    for j in range(len(w)):
        up, down = w * 1.0, w * 1.0
        up[j] += 0.001
        down[j] -= 0.001
        out.append((up @ x - down @ x) / 0.001)
    return np.array(out)

# %% dz_dw: divided-by-wrong-count | mean over the inputs
def dz_dw(x, w, b):
    return x / len(x)

# %% dz_db: wrong-partial-of-z | b itself
def dz_db(x, w, b):
    return b

# %% dz_db: wrong-partial-of-z | a constant has slope zero
def dz_db(x, w, b):
    return 0.0

# %% dz_db: value-not-slope | z
def dz_db(x, w, b):
    return np.dot(x, w) + b

# %% dz_db: right-values-wrong-shape | one for each weight
def dz_db(x, w, b):
    return np.ones_like(w)

# %% dz_db: right-values-wrong-shape | array of one
def dz_db(x, w, b):
    return np.array([1.0])

# %% dz_db: sign-flipped | minus one
def dz_db(x, w, b):
    return -1

# %% dz_db: wrong-container | text
def dz_db(x, w, b):
    return "1"

# %% dz_db: notebook-variable-used | nudges with a name of the text
def dz_db(x, w, b):
    return (forward_at(x, w, b + step) - forward_at(x, w, b)) / step

# %% neuron_sample_grads: sign-flipped | y - a in the first link
def neuron_sample_grads(x, y, w, b):
    a = np.dot(w, x) + b
    dL = y - a
    dw = dL * x
    db = dL
    return dw, db

# %% neuron_sample_grads: sign-flipped | db only
def neuron_sample_grads(x, y, w, b):
    a = w @ x + b
    return (a - y) * x, (y - a)

# %% neuron_sample_grads: factor-two | first link, through a helper
def dL_da(a, y):
    return 2 * (a - y)

def neuron_sample_grads(x, y, w, b):
    a = w @ x + b
    dz = dL_da(a, y)
    return dz * x, dz * 1.0

# %% neuron_sample_grads: factor-two | dw line only
def neuron_sample_grads(x, y, w, b):
    err = x @ w + b - y
    dw = 2 * err * x
    db = err
    return dw, db

# %% neuron_sample_grads: half-kept | half in both lines
def neuron_sample_grads(x, y, w, b):
    err = x @ w + b - y
    dw = 1 / 2 * err * x
    db = 1 / 2 * err
    return dw, db

# %% neuron_sample_grads: residual-sign-lost | abs
def neuron_sample_grads(x, y, w, b):
    a = x @ w + b
    dz = abs(a - y)
    return x * dz, dz

# %% neuron_sample_grads: residual-sign-lost / value-not-slope | loss as first factor
def neuron_sample_grads(x, y, w, b):
    a = x @ w + b
    L = (a - y) ** 2 / 2
    dw = L * 1 * x
    db = L * 1 * 1
    return dw, db

# %% neuron_sample_grads: upstream-missing / residual-missing | only the last link
def neuron_sample_grads(x, y, w, b):
    dw = x.astype(float)
    db = 1.0
    return dw, db

# %% neuron_sample_grads: residual-missing / value-not-slope | prediction for residual
def neuron_sample_grads(x, y, w, b):
    a = x @ w + b
    dw = a * x
    db = a
    return dw, db

# %% neuron_sample_grads: layer-input-missing | dw is db n times
def neuron_sample_grads(x, y, w, b):
    a = x @ w + b
    dw = np.array([a - y for _ in w])
    db = a - y
    return dw, db

# %% neuron_sample_grads: wrong-partial-of-z | w for x
def neuron_sample_grads(x, y, w, b):
    dz = (np.sum(w * x) + b) - y
    return dz * w, dz

# %% neuron_sample_grads: wrong-partial-of-z | db times b
def neuron_sample_grads(x, y, w, b):
    dz = (np.sum(w * x) + b) - y
    dw = dz * x
    db = dz * b
    return dw, db

# %% neuron_sample_grads: wrong-partial-of-z | db zero
def neuron_sample_grads(x, y, w, b):
    dz_db = 0
    a = w.dot(x) + b
    return (a - y) * x, (a - y) * dz_db

# %% neuron_sample_grads: bias-missing-forward | no bias in z
def neuron_sample_grads(x, y, w, b):
    a = w.dot(x)
    r = a - y
    return r * x, r

# %% neuron_sample_grads: summed-over-too-much | dot for the elementwise product
def neuron_sample_grads(x, y, w, b):
    a = w.dot(x) + b
    r = np.full(len(x), a - y)
    dw = np.dot(r, x)
    db = a - y
    return dw, db

# %% neuron_sample_grads: summed-over-too-much | sum spread over all entries
def neuron_sample_grads(x, y, w, b):
    r = w.dot(x) + b - y
    dw = np.zeros(len(w))
    for xi in x:
        dw += r * xi
    return dw, r

# %% neuron_sample_grads: chain-added | sum of links
def neuron_sample_grads(x, y, w, b):
    a = w.dot(x) + b
    dw = (a - y) + 1 + x
    db = (a - y) + 1 + 1
    return dw, db

# %% neuron_sample_grads: chain-added | only the last link added
def neuron_sample_grads(x, y, w, b):
    dz = w.dot(x) + b - y
    dw = dz + x
    db = dz
    return dw, db

# %% neuron_sample_grads: extra-output-slope | sigmoid slope at a linear output
def neuron_sample_grads(x, y, w, b):
    a = w.dot(x) + b
    dz = (a - y) * a * (1 - a)
    return dz * x, dz

# %% neuron_sample_grads: extra-output-slope / forward-activation-wrong | ReLU slope at a linear output
def neuron_sample_grads(x, y, w, b):
    z = w.dot(x) + b
    a = z
    dz = (a - y) * (1.0 if z > 0 else 0.0)
    return dz * x, dz

# %% neuron_sample_grads: forward-activation-wrong | sigmoid forward, no slope
def neuron_sample_grads(x, y, w, b):
    a = 1 / (1 + np.exp(-(w.dot(x) + b)))
    return (a - y) * x, a - y

# %% neuron_sample_grads: other-loss | absolute error
def neuron_sample_grads(x, y, w, b):
    a = w.dot(x) + b
    s = 1.0 if a > y else -1.0
    return s * x, s

# %% neuron_sample_grads: swapped-returns | db first
def neuron_sample_grads(x, y, w, b):
    a = w @ x + b
    dw = (a - y) * x
    db = a - y
    return db, dw

# %% neuron_sample_grads: wrong-container | dict
def neuron_sample_grads(x, y, w, b):
    a = w @ x + b
    return {"dw": (a - y) * x, "db": a - y}

# %% neuron_sample_grads: wrong-container | one long array
def neuron_sample_grads(x, y, w, b):
    a = w @ x + b
    return np.append((a - y) * x, a - y)

# %% neuron_sample_grads: wrong-container | only dw
def neuron_sample_grads(x, y, w, b):
    a = w @ x + b
    db = a - y
    dw = db * x
    return dw

# %% neuron_sample_grads: other-quantity-returned | new parameters
def neuron_sample_grads(x, y, w, b):
    lr = 0.02
    a = w @ x + b
    dw = (a - y) * x
    db = a - y
    return w - lr * dw, b - lr * db

# %% neuron_sample_grads: tied-to-visible-data | two inputs
def neuron_sample_grads(x, y, w, b):
    z = w[0] * x[0] + w[1] * x[1] + b
    d = z - y
    return np.array([d * x[0], d * x[1]]), d

# %% neuron_sample_grads: notebook-variable-used / residual-missing | target from the cell above
y_target = 8.0
def neuron_sample_grads(x, y, w, b):
    a = w @ x + b
    return (a - y_target) * x, a - y_target

# %% neuron_sample_grads: notebook-variable-used | a of the notebook
def neuron_sample_grads(x, y, w, b):
    dz = a_now - y
    return dz * x, dz

# %% neuron_sample_grads: right-values-wrong-shape | column for dw
def neuron_sample_grads(x, y, w, b):
    x = x.reshape(-1, 1)
    a = (w.reshape(1, -1) @ x).item() + b
    dw = x * (a - y)
    db = a - y
    return dw, db

# %% neuron_sample_grads: right-values-wrong-shape | db of shape (1,)
def neuron_sample_grads(x, y, w, b):
    a = x.reshape(1, -1) @ w + b
    dz = a - y
    return dz * x, dz

# %% neuron_sample_grads: decimals-lost | int array, rounds towards zero
def neuron_sample_grads(x, y, w, b):
    a = w @ x + b
    dw = np.zeros(x.shape, int)
    for j in range(len(x)):
        dw[j] = (a - y) * x[j]
    return dw, a - y

# %% neuron_sample_grads: decimals-lost | zeros_like of whole-number data
def neuron_sample_grads(x, y, w, b):
    a = w @ x + b
    dw = np.zeros_like(x)
    for j in range(len(x)):
        dw[j] = (a - y) * x[j]
    return dw, a - y

# %% neuron_sample_grads: approximation-too-coarse | one-sided, big step
def neuron_sample_grads(x, y, w, b):
    L = lambda w_, b_: 0.5 * (w_ @ x + b_ - y) ** 2
    h = 0.01
    dw = np.array([(L(w + h * e, b) - L(w, b)) / h for e in np.eye(len(w))])
    db = (L(w, b + h) - L(w, b)) / h
    return dw, db

# %% neuron_sample_grads: input-modified | a step taken on the side
def neuron_sample_grads(x, y, w, b):
    dz = w @ x + b - y
    dw = dz * x
    db = dz
    w -= 0.02 * dw
    b -= 0.02 * db
    return dw, db

# %% neuron_sample_grads: divided-by-wrong-count | mean over the inputs
def neuron_sample_grads(x, y, w, b):
    dz = w @ x + b - y
    return dz * x / len(x), dz

# %% neuron_sample_grads: bias-missing-forward + sign-flipped | forward and first link
def neuron_sample_grads(x, y, w, b):
    a = np.dot(x, w)
    dz = -(a - y)
    return dz * x, dz

# %% neuron_sample_grads: factor-two + wrong-partial-of-z | 2 in the link, db times b
def neuron_sample_grads(x, y, w, b):
    a = np.dot(x, w) + b
    dL = 2 * (a - y)
    return dL * x, dL * b

# %% neuron_sample_grads: shapes-do-not-fit | two rows multiplied
def neuron_sample_grads(x, y, w, b):
    x = x[None, :]
    w = w[None, :]
    a = x @ w + b
    dz = (a - y).item()
    return dz * x[0], dz

# %% predicted_signs: prediction-differs | x = 0 overlooked
predicted_signs = {"dw1": "+", "dw2": "-", "db": "-"}

# %% predicted_signs: prediction-differs | all turned round
predicted_signs = {"dw1": "-", "dw2": "0", "db": "+"}

# %% predicted_signs: prediction-differs | sign of x
predicted_signs = {"dw1": "-", "dw2": "0", "db": "-"}

# %% predicted_signs: wrong-container | a list
predicted_signs = ["+", "0", "-"]

# %% predicted_signs: wrong-container | other names
predicted_signs = {"w1": "+", "w2": "0", "b": "-"}

# %% predicted_signs: not-attempted | the comment untouched
# predicted_signs = {"dw1": "?", "dw2": "?", "db": "?"}

# %% numeric_grad: factor-two | divided by h
def numeric_grad(f, p, h=1e-4):
    grad = np.zeros(p.shape)
    for i in np.ndindex(*p.shape):
        up = p.astype(float)
        dn = p.astype(float)
        up[i] += h
        dn[i] -= h
        grad[i] = (f(up) - f(dn)) / h
    return grad

# %% numeric_grad: sign-flipped | back minus ahead
def numeric_grad(f, p, h=1e-4):
    grad = np.zeros(p.shape)
    for i in np.ndindex(*p.shape):
        e = np.zeros(p.shape)
        e[i] = h
        grad[i] = (f(p - e) - f(p + e)) / (2 * h)
    return grad

# %% numeric_grad: approximation-too-coarse | one-sided with a step of its own
def numeric_grad(f, p, h=1e-4):
    h = 0.01
    grad = np.zeros(p.shape)
    for i in np.ndindex(*p.shape):
        e = np.zeros(p.shape)
        e[i] = h
        grad[i] = (f(p + e) - f(p)) / h
    return grad

# %% numeric_grad: approximation-too-coarse | ahead only, h as given
def numeric_grad(f, p, h=1e-4):
    p = np.array(p, dtype=float)
    base = f(p)
    grad = np.empty_like(p)
    for i in np.ndindex(*p.shape):
        q = p.copy()
        q[i] = q[i] + h
        grad[i] = (f(q) - base) / h
    return grad

# %% numeric_grad: approximation-too-coarse | step far too small
def numeric_grad(f, p, h=1e-4):
    h = 1e-14
    grad = np.zeros(p.shape)
    for i in np.ndindex(*p.shape):
        e = np.zeros(p.shape)
        e[i] = h
        grad[i] = (f(p + e) - f(p - e)) / (2 * h)
    return grad

# %% numeric_grad: summed-over-too-much | all entries nudged at once
def numeric_grad(f, p, h=1e-4):
    slope = (f(p + h) - f(p - h)) / (2 * h)
    return slope

# %% numeric_grad: summed-over-too-much | all at once, in every place
def numeric_grad(f, p, h=1e-4):
    grad = np.zeros(p.shape)
    for i in np.ndindex(*p.shape):
        grad[i] = (f(p + h) - f(p - h)) / (2 * h)
    return grad

# %% numeric_grad: measured-elsewhere | nudges pile up
def numeric_grad(f, p, h=1e-4):
    h = 0.01
    q = p.astype(float)
    grad = np.zeros(p.shape)
    for i in np.ndindex(*p.shape):
        q[i] += h
        ahead = f(q)
        q[i] -= 2 * h
        back = f(q)
        grad[i] = (ahead - back) / (2 * h)
    return grad

# %% numeric_grad: input-modified + decimals-lost | nudges p itself, leaves it ahead
def numeric_grad(f, p, h=1e-4):
    grad = np.zeros(p.shape)
    for i in np.ndindex(*p.shape):
        old = p[i]
        p[i] = old - h
        back = f(p)
        p[i] = old + h
        ahead = f(p)
        grad[i] = (ahead - back) / (2 * h)
        p[i] = old
    p += h
    return grad

# %% numeric_grad: right-values-wrong-shape | flat
def numeric_grad(f, p, h=1e-4):
    flat = p.astype(float).ravel()
    out = np.zeros(flat.size)
    for k in range(flat.size):
        up, dn = flat.copy(), flat.copy()
        up[k] += h
        dn[k] -= h
        out[k] = (f(up.reshape(p.shape)) - f(dn.reshape(p.shape))) / (2 * h)
    return out

# %% numeric_grad: wrong-container | list of slopes
def numeric_grad(f, p, h=1e-4):
    slopes = []
    for i in np.ndindex(*p.shape):
        e = np.zeros(p.shape)
        e[i] = h
        slopes.append((f(p + e) - f(p - e)) / (2 * h))
    return slopes

# %% numeric_grad: off-by-one | last entry left at zero
def numeric_grad(f, p, h=1e-4):
    grad = np.zeros(p.size)
    for k in range(p.size - 1):
        e = np.zeros(p.size)
        e[k] = h
        e = e.reshape(p.shape)
        grad[k] = (f(p + e) - f(p - e)) / (2 * h)
    return grad.reshape(p.shape)

# %% numeric_grad: summed-over-too-much | a whole row moves when p is a matrix
def numeric_grad(f, p, h=1e-4):
    grad = np.zeros(p.shape)
    for i in range(len(p)):
        up, dn = p.astype(float), p.astype(float)
        up[i] += h
        dn[i] -= h
        grad[i] = (f(up) - f(dn)) / (2 * h)
    return grad

# %% numeric_grad: tied-to-visible-data | two entries
def numeric_grad(f, p, h=1e-4):
    e0 = np.array([h, 0.0])
    e1 = np.array([0.0, h])
    return np.array([f(p + e0) - f(p - e0), f(p + e1) - f(p - e1)]) / (2 * h)

# %% numeric_grad: notebook-variable-used | measures its own loss, not f
def numeric_grad(f, p, h=1e-4):
    grad = np.zeros(p.shape)
    for i in np.ndindex(*p.shape):
        e = np.zeros(p.shape)
        e[i] = h
        grad[i] = (loss_of(p + e) - loss_of(p - e)) / (2 * h)
    return grad

# %% numeric_grad: factor-two + decimals-lost | divided by h, result like p
def numeric_grad(f, p, h=1e-4):
    g = np.zeros_like(p)
    for i in np.ndindex(*p.shape):
        d = np.zeros(p.shape)
        d[i] = h
        g[i] = (f(p + d) - f(p - d)) / h
    return g

# %% loss: only-for-arrays | zip over both
def loss(a, y):
    return np.array([0.5 * (p - q) ** 2 for p, q in zip(a, y)])

# %% loss: only-for-arrays | asks for a size
def loss(a, y):
    if a.size != y.size:
        return None
    return (a - y) ** 2 / 2

# %% dL_da: only-for-arrays | fills an array of that shape
def dL_da(a, y):
    d = np.zeros(a.shape)
    d[:] = a - y
    return d

# %% dL_da: not-finite | twice the loss over the residual
def dL_da(a, y):
    return (a - y) ** 2 / (a - y)

# %% loss: none | ^ for a power
def loss(a, y):
    return 0.5 * (a - y) ^ 2

# %% neuron_sample_grads: upstream-missing | db is the last link alone
def neuron_sample_grads(x, y, w, b):
    return (x @ w + b - y) * x, 1.0

# %% neuron_sample_grads: bias-from-weights | db is the sum of dw
def neuron_sample_grads(x, y, w, b):
    dw = (x @ w + b - y) * x
    return dw, np.sum(dw)

# %% neuron_sample_grads: weight-decay-added | a ridge on the weights
def neuron_sample_grads(x, y, w, b):
    e = x @ w + b - y
    return e * x + 1e-4 * w, e

# %% neuron_sample_grads: gradient-clipped | residual between -5 and 5
def neuron_sample_grads(x, y, w, b):
    e = np.clip(x @ w + b - y, -5, 5)
    return e * x, e

# %% neuron_sample_grads: input-modified | a list that grows with every call
def neuron_sample_grads(x, y, w, b, seen=[]):
    seen.append(x @ w + b - y)
    return sum(seen) * x if len(seen) > 1 else seen[0] * x, seen[-1]

# %% forward: none | stops for one input
def forward(x, w, b):
    return x[0] * w[0] + x[1] * w[1] + x[2:] @ w[2:] + b

# %% dz_dw: not-finite | z minus b over w, for each weight
def dz_dw(x, w, b):
    return (x * w) / w

# %% numeric_grad: decimals-lost | keeps whole numbers
def numeric_grad(f, p, h=1e-4):
    g = np.zeros_like(p)
    for i in np.ndindex(p.shape):
        u, d = p.copy(), p.copy()
        u[i] += h
        d[i] -= h
        g[i] = (f(u) - f(d)) / (2 * h)
    return g

# %% numeric_grad: not-finite | the step follows the size of the entry
def numeric_grad(f, p, h=1e-4):
    g = np.zeros(p.shape)
    for i in np.ndindex(p.shape):
        u, d = p.astype(float), p.astype(float)
        s = h * abs(p[i])
        u[i] += s
        d[i] -= s
        g[i] = (f(u) - f(d)) / (2 * s)
    return g

# %% numeric_grad: approximation-too-coarse | one-sided, ten-millionths
def numeric_grad(f, p, h=1e-4):
    g, e, start = np.zeros(p.shape), 1e-7, f(p.astype(float))
    for i in np.ndindex(p.shape):
        u = p.astype(float)
        u[i] += e
        g[i] = (f(u) - start) / e
    return g

# %% numeric_grad: tied-to-visible-data | vectors only
def numeric_grad(f, p, h=1e-4):
    n, = p.shape
    g = np.zeros(n)
    for i in range(n):
        e = np.zeros(n)
        e[i] = h
        g[i] = (f(p + e) - f(p - e)) / (2 * h)
    return g

# %% numeric_grad: decimals-lost | copy of whole numbers stays whole
def numeric_grad(f, p, h=1e-4):
    grad = np.zeros(p.shape)
    for i in np.ndindex(*p.shape):
        up = p.copy()
        dn = p.copy()
        up[i] = up[i] + h
        dn[i] = dn[i] - h
        grad[i] = (f(up) - f(dn)) / (2 * h)
    return grad

# %% numeric_grad: decimals-lost | result like p
def numeric_grad(f, p, h=1e-4):
    grad = np.zeros_like(p)
    for i in np.ndindex(*p.shape):
        e = np.zeros(p.shape)
        e[i] = h
        grad[i] = (f(p + e) - f(p - e)) / (2 * h)
    return grad

# %% neuron_sample_grads: chain-added | the three links are summed
def neuron_sample_grads(x, y, w, b):
    a = np.dot(x, w) + b
    link1 = a - y
    link2 = 1.0
    dw = np.array([link1 + link2 + x_j for x_j in x])
    db = link1 + link2 + 1.0
    return dw, db

# %% neuron_sample_grads: sign-flipped + swapped-returns | target minus output, and db first
def neuron_sample_grads(x, y, w, b):
    output = np.dot(x, w) + b
    delta = y - output
    dw = delta * x
    db = delta
    return db, dw

# %% dz_db: wrong-partial-of-z | thinks that b is added once for each product, returns n
def dz_db(x, w, b):
    """Return the derivative of z with respect to the bias."""
    slope = 0.0
    for _ in x:
        slope += 1.0
    return slope

# %% loss: other-loss | Huber loss: half the square near the target, a straight line outside
def loss(a, y):
    """Return half the squared error of prediction a for target y."""
    d = np.abs(a - y)
    return np.where(d <= 1.0, 0.5 * d ** 2, d - 0.5)

# %% dz_dw: wrong-partial-of-z | solves z = w x + b for x, which is right for one input only
def dz_dw(x, w, b):
    z = np.sum(w * x) + b
    return (z - b) / w

# %% numeric_grad: measured-elsewhere | two names for one array, so both nudges meet
def numeric_grad(f, p, h=1e-4):
    ahead = np.array(p, dtype=float)
    behind = ahead
    slopes = np.empty(ahead.shape)
    for place in np.ndindex(ahead.shape):
        ahead[place] = ahead[place] + h
        behind[place] = behind[place] - h
        slopes[place] = (f(ahead) - f(behind)) / h / 2
    return slopes

# %% dz_db: value-not-slope | z where the bias is one larger, not how far z moved
def dz_db(x, w, b):
    return np.dot(np.asarray(w), np.asarray(x)) + (b + 1.0)


# %% dz_db: wrong-partial-of-z / other-quantity-returned | a difference that is not divided by the nudge
def dz_db(x, w, b):
    """Return the derivative of z with respect to the bias."""
    z_before = np.dot(x, w) + b
    z_after = np.dot(x, w) + (b + 0.001)
    change = z_after - z_before
    return change


# %% numeric_grad: measured-elsewhere | both copies made once, before the loop
def numeric_grad(f, p, h=1e-4):
    """Return the slopes of f at p, measured entry by entry."""
    grad = np.zeros(p.shape)

    p_plus = p.astype(float)
    p_minus = p.astype(float)
    for i in np.ndindex(p.shape):
        p_plus[i] += h
        p_minus[i] -= h
        f_plus = f(p_plus)
        f_minus = f(p_minus)
        grad[i] = (f_plus - f_minus) / (2 * h)
    return grad

# %% neuron_sample_grads: value-not-slope | the walk back starts with the loss itself
def neuron_sample_grads(x, y, w, b):
    a = x @ w + b
    back = 0.5 * (a - y) ** 2
    back = back * (a - y)
    return back * x, back

# %% neuron_sample_grads: bias-missing-forward | error made without b; b put back for db only
def neuron_sample_grads(x, y, w, b):
    """Return (dw, db), the gradient of the loss of one example."""
    err = np.inner(x, w) - y
    dw = err * x
    db = err + b
    return dw, db


# %% forward: decimals-lost | the products are kept in an array of integers
def forward(x, w, b):
    """Return the neuron's prediction a for one example x."""
    products = np.zeros(x.shape, dtype=int)
    for j in range(x.size):
        products[j] = x[j] * w[j]
    a = products.sum() + b
    return a


# %% dL_da: approximation-too-coarse | nudge ahead by 0.001 as in the cell above, never derived
def loss(a, y):
    return 0.5 * (a - y) ** 2


def dL_da(a, y):
    nudge = 0.001
    before, after = loss(a, y), loss(a + nudge, y)
    return (after - before) / nudge


# %% numeric_grad: none | nditer loop with "return grad" indented one level too deep: only the first entry is measured
def numeric_grad(f, p, h=1e-4):
    """Return the slopes of f at p, measured entry by entry."""
    x = p.astype(float)
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        idx = it.multi_index
        tmp_val = x[idx]

        q = x.copy()
        q[idx] = tmp_val + h
        fxh1 = f(q)                    # f(x + h)

        q = x.copy()
        q[idx] = tmp_val - h
        fxh2 = f(q)                    # f(x - h)

        grad[idx] = (fxh1 - fxh2) / (2 * h)
        it.iternext()

        return grad


# %% neuron_sample_grads: approximation-too-coarse | the first link is measured one-sided with 0.01
def loss(a, y):
    return 0.5 * (a - y) ** 2


def neuron_sample_grads(x, y, w, b):
    """Return (dw, db), the gradient of the loss of one example."""
    a = float(np.sum(w * x)) + b
    eps = 0.01
    upstream = (loss(a + eps, y) - loss(a, y)) / eps
    dw = upstream * x
    db = upstream
    return dw, db

# %% numeric_grad: half-kept + approximation-too-coarse | the well-known routine with the line x[idx] = tmp + h lost: f at the point and one step back, divided by 2h
def numeric_grad(f, p, h=1e-4):
    """Return the slopes of f at p, measured entry by entry."""
    x = p.astype(float)
    grad = np.zeros_like(x)
    for idx in np.ndindex(x.shape):
        tmp_val = x[idx]
        fxh1 = f(x)  # f(x+h)
        x[idx] = tmp_val - h
        fxh2 = f(x)  # f(x-h)
        grad[idx] = (fxh1 - fxh2) / (2 * h)
        x[idx] = tmp_val
    return grad


# %% loss: examples-left-out | two entries at a time, the last one of an odd number is left at 0
def loss(a, y):
    if np.ndim(a) == 0:
        return (a - y) ** 2 / 2
    out = np.zeros(np.shape(a))
    p, q, o = np.ravel(a), np.ravel(y), out.reshape(-1)
    for i in range(0, o.size - 1, 2):
        o[i] = (p[i] - q[i]) ** 2 / 2
        o[i + 1] = (p[i + 1] - q[i + 1]) ** 2 / 2
    return out


# %% loss: right-values-wrong-shape | everything comes back flat: (1,) for two numbers
def loss(a, y):
    pairs = np.column_stack([np.ravel(a), np.ravel(y)])
    difference = pairs @ np.array([1.0, -1.0])
    return difference**2 / 2


# %% dz_db: not-finite | what is left of z without the products, divided by b: nan for b = 0
def dz_db(x, w, b):
    z = np.dot(w, x) + b
    part_of_b = b + 0.0 * z
    return np.divide(part_of_b, b)


# %% neuron_sample_grads: value-not-slope | a stands for the slope of a with respect to z
def neuron_sample_grads(x, y, w, b):
    z = x.dot(w) + b
    a = z
    links = {"La": a - y, "az": a, "zb": 1.0}
    db = links["La"] * links["az"] * links["zb"]
    dw = np.array([db * entry for entry in x])
    return dw, db


# %% neuron_sample_grads: measured-elsewhere | db is taken after w has made a step
def neuron_sample_grads(x, y, w, b):
    class Neuron:
        def __init__(self):
            self.w, self.b = np.array(w, dtype=float), b

        def error(self):
            return self.w @ x + self.b - y

    neuron = Neuron()
    dw = neuron.error() * x
    neuron.w = neuron.w - 0.01 * dw
    db = neuron.error()
    return dw, db


# %% neuron_sample_grads: shapes-do-not-fit | adds into an array of one entry
def neuron_sample_grads(x, y, w, b):
    dw, db = np.zeros(1), 0.0
    upstream = x @ w + b - y
    dw += upstream * x
    db += upstream
    return dw, db


# %% neuron_sample_grads: not-finite | the residual is won back as 2 L / r: nan when the prediction is perfect
def neuron_sample_grads(x, y, w, b):
    r = np.float64(w @ x + b - y)
    L = r**2 / 2
    da = 2 * L / r
    dw = da * x
    db = da * 1.0
    return dw, db


# %% predicted_signs: wrong-container | the right signs as numbers 1, 0, -1
slopes_new = (7 * -2 + 1.5 * 0 - 2 - -9) * np.array([-2, 0, 1])
predicted_signs = {name: int(np.sign(s)) for name, s in zip(("dw1", "dw2", "db"), slopes_new)}


# %% loss: factor-two + broadcast-by-accident | no half, and a column meets a flat array
def loss(a, y):
    column = np.asarray(a)[..., np.newaxis] if np.ndim(a) else a
    return (column - np.ravel(y) if np.ndim(a) else a - y) ** 2


# %% dz_dw: half-kept + wrong-container | one step ahead over two steps, in a list
def dz_dw(x, w, b):
    out = []
    for j in range(len(w)):
        moved = w.astype(float)
        moved[j] += 1
        out.append(float(((moved @ x + b) - (w @ x + b)) / 2))
    return out


# %% loss: none | a loop over a flat array only
def loss(a, y):
    if np.ndim(a) == 0:
        return (a - y) ** 2 / 2
    return np.array([float(a[i] - y[i]) ** 2 / 2 for i in range(len(a))])


# %% dL_da: decimals-lost | the slopes are kept in an array like y
def dL_da(a, y):
    if np.ndim(a) == 0:
        return a - y
    slopes = np.zeros_like(y)
    slopes[...] = a - y
    return slopes


# %% forward: decimals-lost | the inputs are turned into the kind of numbers of w
def forward(x, w, b):
    return float(x.astype(w.dtype) @ w) + b


# %% neuron_sample_grads: other-quantity-returned | the loss stands in the place of db
def neuron_sample_grads(x, y, w, b):
    """Return (dw, db), the gradient of the loss of one example."""
    tape = {}
    tape["a"] = np.inner(w, x) + b
    tape["L"] = (tape["a"] - y) ** 2 / 2
    tape["dw"] = (tape["a"] - y) * x
    dw, db = (tape[name] for name in ("dw", "L"))
    return dw, db


# %% numeric_grad: measured-elsewhere | hands over the nudge alone, so it measures at zero and not at p
def numeric_grad(f, p, h=1e-4):
    """Return the slopes of f at p, measured entry by entry."""
    grad = np.empty(p.shape)
    for i in np.ndindex(p.shape):
        nudge = np.zeros(p.shape)
        nudge[i] = h
        grad[i] = (f(nudge) - f(-nudge)) / (h + h)
    return grad


# %% numeric_grad: summed-over-too-much | index forgotten on the left, every slope is added to every entry
def numeric_grad(f, p, h=1e-4):
    """Return the slopes of f at p, measured entry by entry."""
    grad = np.zeros(p.shape)
    for i in np.ndindex(p.shape):
        ahead, back = p.astype(float), p.astype(float)
        ahead[i], back[i] = ahead[i] + h, back[i] - h
        grad += (f(ahead) - f(back)) / (2 * h)
    return grad


# %% loss: factor-two + summed-over-too-much | dot product of the residuals, without the half
def loss(a, y):
    """Return half the squared error of prediction a for target y."""
    r = np.ravel(np.subtract(a, y))
    return r @ r


# %% numeric_grad: sign-flipped + off-by-one | back minus ahead, and the last entry is never visited
def numeric_grad(f, p, h=1e-4):
    """Return the slopes of f at p, measured entry by entry."""
    grad = np.zeros(p.shape)
    for i in list(np.ndindex(p.shape))[:-1]:
        q = p.astype(float)
        q[i] -= h
        grad[i] = f(q)
        q[i] += 2 * h
        grad[i] = (grad[i] - f(q)) / (2 * h)
    return grad


# %% neuron_sample_grads: upstream-missing | only the last link, x and 1
def neuron_sample_grads(x, y, w, b):
    """Return (dw, db), the gradient of the loss of one example."""
    dz_dw = np.array(x, dtype=float)
    dz_db = 1.0
    dw, db = dz_dw, dz_db
    return dw, db
