"""Writes products as einsum and inner products."""

EXPECTED = {}


# %% predict
def predict(X, w, b):
    return np.einsum("mn,n->m", X, w) + b


# %% cost
def cost(A, Y):
    d = (A - Y).reshape(-1, 1)
    return (d.T @ d).item() / (2 * d.size)


# %% cost_grads_loop
def cost_grads_loop(X, y, w, b):
    dw, db = np.zeros(w.shape), 0.0
    for k, (xi, yi) in enumerate(zip(X, y), start=1):
        d = xi @ w + b - yi
        dw = dw + (d * xi - dw) / k
        db = db + (d - db) / k
    return dw, db


# %% neuron_cost_grads
def neuron_cost_grads(X, y, w, b):
    err = np.einsum("ij,j->i", X, w) + b - y
    return np.einsum("i,ij->j", err, X) / X.shape[0], np.einsum("i->", err) / X.shape[0]


# %% gd_step
def gd_step(params, grads, lr):
    new = dict(params)
    for dname, g in grads.items():
        name = dname[1:]
        new[name] = new[name] + (-lr) * g
    return new
