# %% predict | rows in a loop
def predict(X, w, b):
    A = np.zeros(len(X))
    for i in range(len(X)):
        A[i] = X[i] @ w + b
    return A

# %% predict | elementwise and sum
def predict(X, w, b):
    return (X * w).sum(axis=1) + b

# %% predict | einsum
def predict(X, w, b):
    return np.einsum("mn,n->m", X, w) + b

# %% predict | columns added
def predict(X, w, b):
    A = np.full(X.shape[0], float(b))
    for j in range(X.shape[1]):
        A += w[j] * X[:, j]
    return A

# %% predict | w first, transposed
def predict(X, w, b):
    z = w @ X.T + b
    a = z
    return a

# %% predict | column algebra, ravel at the end
def predict(X, w, b):
    z = X @ w.reshape(-1, 1) + b
    return z.ravel()

# %% predict | a column of ones
def predict(X, w, b):
    X1 = np.hstack([X, np.ones((len(X), 1))])
    return X1 @ np.r_[w, b]

# %% cost | mean of halves
def cost(A, Y):
    return np.mean(0.5 * (A - Y) ** 2)

# %% cost | sum over 2m
def cost(A, Y):
    m = A.shape[0]
    return np.sum((A - Y) ** 2) / (2 * m)

# %% cost | loop over pairs
def cost(A, Y):
    J = 0
    for a, y in zip(A.flatten(), Y.flatten()):
        J += (a - y) ** 2 / 2
    return J / len(A)

# %% cost | inner product, item()
def cost(A, Y):
    d = (A - Y).reshape(-1, 1)
    return (d.T @ d).item() / (2 * d.size)

# %% cost | norm
def cost(A, Y):
    return np.linalg.norm(np.ravel(A - Y)) ** 2 / 2 / np.size(Y)

# %% cost | loss helper, np.average, float32
def loss(a, y):
    return 0.5 * np.square(a - y)

def cost(A, Y):
    return float(np.average(loss(A.astype(np.float32), Y.astype(np.float32))))

# %% cost | variance and mean of the error
def cost(A, Y):
    e = A - Y
    return (e.var() + e.mean() ** 2) / 2

# %% cost | 0-d array
def cost(A, Y):
    return np.array(((A - Y) ** 2).mean() / 2)

# %% cost_grads_loop | sum, then divide
def cost_grads_loop(X, y, w, b):
    m = len(y)
    dw, db = np.zeros(len(w)), 0.0
    for i in range(m):
        a = X[i] @ w + b
        dw += (a - y[i]) * X[i]
        db += a - y[i]
    return dw / m, db / m

# %% cost_grads_loop | divided inside the loop
def cost_grads_loop(X, y, w, b):
    m, n = X.shape
    dw, db = np.zeros(n), 0
    for xi, yi in zip(X, y):
        dz = (np.dot(w, xi) + b - yi) / m
        dw = dw + dz * xi
        db = db + dz
    return dw, db

# %% cost_grads_loop | lists, then np.mean
def neuron_sample_grads(x, y, w, b):
    dz = x @ w + b - y
    return dz * x, dz

def cost_grads_loop(X, y, w, b):
    dws, dbs = [], []
    for x_i, y_i in zip(X, y):
        g, d = neuron_sample_grads(x_i, y_i, w, b)
        dws.append(g)
        dbs.append(d)
    return np.mean(dws, axis=0), np.mean(dbs)

# %% cost_grads_loop | two loops, list for the pair
def cost_grads_loop(X, y, w, b):
    m, n = X.shape
    dw = np.zeros(n)
    db = 0.0
    for i in range(m):
        a = float(b)
        for j in range(n):
            a += X[i, j] * w[j]
        for j in range(n):
            dw[j] += (a - y[i]) * X[i, j] / m
        db += (a - y[i]) / m
    return [dw, db]

# %% cost_grads_loop | running mean
def cost_grads_loop(X, y, w, b):
    dw, db = np.zeros(w.shape), 0.0
    for k, (xi, yi) in enumerate(zip(X, y), start=1):
        d = xi @ w + b - yi
        dw = dw + (d * xi - dw) / k
        db = db + (d - db) / k
    return dw, db

# %% neuron_cost_grads | 1/m in dz
def neuron_cost_grads(X, y, w, b):
    dz = (X @ w + b - y) / len(y)
    return X.T @ dz, np.sum(dz)

# %% neuron_cost_grads | 1/m in each line
def neuron_cost_grads(X, y, w, b):
    m = X.shape[0]
    err = X.dot(w) + b - y
    dw = 1 / m * np.dot(err, X)
    db = 1 / m * np.sum(err)
    return dw, db

# %% neuron_cost_grads | means along axis 0
def neuron_cost_grads(X, y, w, b):
    err = X @ w + b - y
    return (X * err[:, None]).mean(axis=0), err.mean()

# %% neuron_cost_grads | einsum
def neuron_cost_grads(X, y, w, b):
    err = np.einsum("ij,j->i", X, w) + b - y
    return np.einsum("i,ij->j", err, X) / X.shape[0], np.einsum("i->", err) / X.shape[0]

# %% neuron_cost_grads | normal equations
def neuron_cost_grads(X, y, w, b):
    m = len(y)
    dw = (X.T @ X @ w + b * X.sum(axis=0) - X.T @ y) / m
    db = (X.sum(axis=0) @ w) / m + b - y.mean()
    return dw, db

# %% neuron_cost_grads | columns, flattened at the end
def neuron_cost_grads(X, y, w, b):
    m = len(y)
    d = X @ w[:, None] + b - y[:, None]
    dw = (X.T @ d / m).flatten()
    db = float(np.squeeze(d.sum(axis=0) / m))
    return dw, db

# %% neuron_cost_grads | augmented matrix
def neuron_cost_grads(X, y, w, b):
    Xa = np.column_stack((np.ones(len(X)), X))
    g = Xa.T @ (Xa @ np.append(b, w) - y) / len(y)
    return g[1:], g[0]

# %% neuron_cost_grads | float32 throughout
def neuron_cost_grads(X, y, w, b):
    X, y, w = (np.asarray(t, dtype=np.float32) for t in (X, y, w))
    d = X @ w + np.float32(b) - y
    return X.T @ d / len(y), d.mean()

# %% neuron_cost_grads | plain lists inside, asserts
def neuron_cost_grads(X, y, w, b):
    rows = X.tolist()
    d = [sum(p * q for p, q in zip(r, w)) + b - t for r, t in zip(rows, y)]
    dw = np.array([sum(di * r[j] for di, r in zip(d, rows)) / len(d) for j in range(len(w))])
    assert dw.shape == w.shape
    return dw, sum(d) / len(d)

# %% neuron_cost_grads | a warning on the way
import warnings
def neuron_cost_grads(X, y, w, b):
    warnings.warn("slow but sure")
    d = X @ w + b - y
    return np.average(X, axis=0, weights=None) * 0 + d @ X / len(d), np.array(d.mean())

# %% doubled_data | both stay
doubled_data = {"J": "same", "dw": "same"}

# %% doubled_data | tried and written down
a = np.array([1.0, 2.0, 4.0])
same = np.isclose(a.mean(), np.concatenate([a, a]).mean())
doubled_data = {"dw": "same" if same else "doubles", "J": "same" if same else "doubles"}

# %% gd_step | comprehension
def gd_step(params, grads, lr):
    return {name: params[name] - lr * grads["d" + name] for name in params}

# %% gd_step | loop and np.subtract
def gd_step(params, grads, lr):
    new = {}
    for name, value in params.items():
        step = np.multiply(lr, grads[f"d{name}"])
        new[name] = np.subtract(value, step)
    return new

# %% gd_step | deep copy, then in place
import copy
def gd_step(params, grads, lr):
    new = copy.deepcopy(params)
    for name in new:
        new[name] -= lr * grads["d" + name]
    return new

# %% gd_step | from the gradients' names
def gd_step(params, grads, lr):
    new = dict(params)
    for dname, g in grads.items():
        name = dname[1:]
        new[name] = new[name] + (-lr) * g
    return new

# %% neuron_cost_grads | dot products, one input or many
def neuron_cost_grads(X, y, w, b):
    e = np.dot(X, w) + b - y
    return np.dot(e, X) / e.size, e.mean()

# %% gd_step | loop over the gradients
def gd_step(params, grads, lr):
    new = {}
    for name, slope in grads.items():
        new[name[1:]] = params[name[1:]] - lr * slope
    return new

# %% gd_step | copy first, then new arrays
def gd_step(params, grads, lr):
    new = params.copy()
    for name in new:
        new[name] = new[name] - np.multiply(lr, grads[f"d{name}"])
    return new


# %% gd_step | OrderedDict, whole arrays
def gd_step(params, grads, lr):
    from collections import OrderedDict
    return OrderedDict((n, np.asarray(params[n]) - lr * np.asarray(grads["d" + n])) for n in params)


# %% gd_step | sorted, single precision
def gd_step(params, grads, lr):
    return {n: np.subtract(params[n], np.multiply(lr, grads["d" + n])) for n in sorted(params, reverse=True)}


# %% gd_step | entry by entry
def gd_step(params, grads, lr):
    out = {}
    for n, p in params.items():
        p = np.array(p, dtype=float)
        flat, g = p.reshape(-1), np.ravel(grads["d" + n])
        for i in range(flat.size):
            flat[i] -= lr * g[i]
        out[n] = p
    return out


# %% gd_step | skips where the gradient is zero, as it may
def gd_step(params, grads, lr):
    return {n: (p if not np.any(grads["d" + n]) else p - lr * grads["d" + n]) for n, p in params.items()}
