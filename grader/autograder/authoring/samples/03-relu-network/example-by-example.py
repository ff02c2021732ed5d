"""Solves everything with loops over the examples."""

EXPECTED = {}


# %% relu
def relu(z):
    return np.vectorize(lambda t: max(0.0, float(t)), otypes=[float])(z)


# %% relu_deriv
def relu_deriv(z):
    return np.where(z <= 0, 0, 1)


# %% forward
def forward(X, W1, b1, W2, b2):
    m, h = len(X), W1.shape[1]
    Z1, A1, Z2 = np.zeros((m, h)), np.zeros((m, h)), np.zeros((m, 1))
    for i in range(m):
        for k in range(h):
            Z1[i, k] = b1[0, k] + sum(X[i, j] * W1[j, k] for j in range(X.shape[1]))
            A1[i, k] = max(0.0, Z1[i, k])
        Z2[i, 0] = b2[0, 0] + sum(A1[i, k] * W2[k, 0] for k in range(h))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}


# %% out_delta
def out_delta(A2, Y):
    d = np.zeros(A2.shape)
    for i in range(len(A2)):
        d[i, 0] = (A2[i, 0] - Y[i, 0]) / len(A2)
    return d


# %% layer_grads
def layer_grads(A_prev, dZ):
    dW = np.zeros((A_prev.shape[1], dZ.shape[1]))
    db = np.zeros((1, dZ.shape[1]))
    for a, d in zip(A_prev, dZ):
        dW += np.outer(a, d)
        db += d
    return dW, db


# %% hidden_delta
def hidden_delta(dZ2, W2, Z1):
    m, h = Z1.shape
    out = np.zeros((m, h))
    for i in range(m):
        for k in range(h):
            if Z1[i, k] > 0:
                for o in range(W2.shape[1]):
                    out[i, k] += dZ2[i, o] * W2[k, o]
    return out


# %% relu_net_grads
def relu_net_grads(X, Y, W1, b1, W2, b2):
    g = {"dW1": np.zeros(W1.shape), "db1": np.zeros(b1.shape),
         "dW2": np.zeros(W2.shape), "db2": np.zeros(b2.shape)}
    m = len(X)
    for i in range(m):
        z1 = X[i] @ W1 + b1[0]
        a1 = z1 * (z1 > 0)
        d = (a1 @ W2[:, 0] + b2[0, 0] - Y[i, 0]) / m
        d1 = d * W2[:, 0] * (z1 > 0)
        g["dW2"] += d * a1[:, None]
        g["db2"] += d
        g["dW1"] += np.outer(X[i], d1)
        g["db1"] += d1
    return g
