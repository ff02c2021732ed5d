"""Solves everything with loops."""

EXPECTED = {}


# %% bce_cost
def bce_cost(A, Y):
    import math
    J = 0.0
    for a, y in zip(np.ravel(A), np.ravel(Y)):
        p = a if y == 1 else 1 - a
        J -= math.log(max(p, 1e-300))
    return J / np.size(Y)


# %% bce_out_delta
def bce_out_delta(A2, Y):
    m = len(A2)
    d = np.zeros(A2.shape)
    for i in range(m):
        d[i, 0] = (A2[i, 0] - Y[i, 0]) / m
    return d


# %% bce_net_grads
def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = len(X)
    g = {"dW1": np.zeros(W1.shape), "db1": np.zeros(b1.shape), "dW2": np.zeros(W2.shape), "db2": np.zeros(b2.shape)}
    for i in range(m):
        a1 = 1 / (1 + np.exp(-(X[i] @ W1 + b1.ravel())))
        a2 = 1 / (1 + np.exp(-(a1 @ W2.ravel() + b2.item())))
        d2 = (a2 - Y[i, 0]) / m
        d1 = d2 * W2.ravel() * a1 * (1 - a1)
        g["dW2"] += (a1 * d2).reshape(-1, 1)
        g["db2"] += d2
        g["dW1"] += np.outer(X[i], d1)
        g["db1"] += d1.reshape(1, -1)
    return g


# %% minibatches
def minibatches(X, Y, batch_size, rng):
    idx = list(range(len(X)))
    rng.shuffle(idx)
    out = []
    while idx:
        now, idx = idx[:batch_size], idx[batch_size:]
        out.append((X[now], Y[now]))
    return out


# %% deep_sigmoid_grads
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = len(X)
    grads = [np.zeros(W.shape) for W in Ws]
    for x, y in zip(X, Y):
        a = [x]
        for W, b in zip(Ws, bs):
            a.append(1 / (1 + np.exp(-(a[-1] @ W + b.ravel()))))
        d = (a[-1] - y) * a[-1] * (1 - a[-1])
        for l in range(len(Ws) - 1, -1, -1):
            grads[l] += np.outer(a[l], d) / m
            if l:
                d = (Ws[l] @ d) * a[l] * (1 - a[l])
    return grads


# %% early_stop
def early_stop(val_costs, patience):
    t = 0
    best_epoch = 0
    while t < len(val_costs):
        if val_costs[t] < val_costs[best_epoch]:
            best_epoch = t
        t += 1
        if t - 1 - best_epoch >= patience:
            break
    return best_epoch, t
