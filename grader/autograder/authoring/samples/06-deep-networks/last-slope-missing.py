"""Forgets the slope of the last unit, in the chain and in the network."""

EXPECTED = {"chain_grads": ("wrong", 0), "deep_sigmoid_grads": ("wrong", 0)}


# %% chain_grads
def chain_grads(x, y, ws, bs):
    a = chain_forward(x, ws, bs)
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = a[-1] - y
    for k in reversed(range(len(ws))):
        dws[k], dbs[k] = dz * a[k], dz
        dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs


# %% deep_sigmoid_grads
def deep_sigmoid_grads(X, Y, Ws, bs):
    A = deep_forward(X, Ws, bs)
    dZ, grads = (A[-1] - Y) / len(X), []
    for k in reversed(range(len(Ws))):
        grads.insert(0, A[k].T @ dZ)
        if k > 0:
            dZ = delta_back(dZ, Ws[k], A[k])
    return grads
