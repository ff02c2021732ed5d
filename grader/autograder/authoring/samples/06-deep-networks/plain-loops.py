"""Solves everything with loops, number by number."""

EXPECTED = {}


# %% chain_grads
def chain_grads(x, y, ws, bs):
    a = [float(x)]
    for k in range(len(ws)):
        a.append(1 / (1 + np.exp(-(ws[k] * a[k] + bs[k]))))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(ws))
    for k in range(len(ws)):
        product = a[-1] - y
        for j in range(len(ws), k + 1, -1):
            product *= a[j] * (1 - a[j]) * ws[j - 1]
        dbs[k] = product * a[k + 1] * (1 - a[k + 1])
        dws[k] = dbs[k] * a[k]
    return dws, dbs


# %% deep_forward
def deep_forward(X, Ws, bs):
    A = [np.array(X, dtype=float)]
    for W, b in zip(Ws, bs):
        rows = []
        for row in A[-1]:
            z = [sum(row[i] * W[i, j] for i in range(len(row))) + b[0, j] for j in range(W.shape[1])]
            rows.append([1 / (1 + np.exp(-v)) for v in z])
        A.append(np.array(rows))
    return A


# %% delta_back
def delta_back(dZ_next, W_next, A):
    dZ = np.zeros(A.shape)
    for i in range(A.shape[0]):
        for j in range(A.shape[1]):
            total = sum(dZ_next[i, k] * W_next[j, k] for k in range(W_next.shape[1]))
            dZ[i, j] = total * A[i, j] * (1 - A[i, j])
    return dZ


# %% deep_sigmoid_grads
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = len(X)
    grads = [np.zeros(W.shape) for W in Ws]
    for x, y in zip(X, Y):
        a = [x]
        for W, b in zip(Ws, bs):
            a.append(1 / (1 + np.exp(-(a[-1] @ W + b.ravel()))))
        d = (a[-1] - y) * a[-1] * (1 - a[-1])
        for k in reversed(range(len(Ws))):
            grads[k] += np.outer(a[k], d) / m
            if k > 0:
                d = Ws[k] @ d * a[k] * (1 - a[k])
    return grads


# %% fate
fate = {}
for name, w, b in [("A", [2, 8], [-1, -4]), ("B", [6, 6], [-3, -3]), ("C", [20, 20], [0, 0])]:
    dbs = chain_grads(0.5, 0.0, np.array(10 * w), np.array(10 * b))[1]
    ratio = abs(dbs[0] / dbs[-1])
    fate[name] = "vanishes" if ratio < 0.01 else "explodes" if ratio > 100 else "holds"


# %% init_weights
def init_weights(widths, rng):
    Ws = []
    for k in range(len(widths) - 1):
        n, units = widths[k], widths[k + 1]
        W = np.zeros((n, units))
        for i in range(n):
            for j in range(units):
                W[i, j] = rng.normal() * np.sqrt(2 / n)
        Ws.append(W)
    return Ws
