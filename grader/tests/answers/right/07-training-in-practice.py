# %% bce_cost | clipped
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    return float(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))

# %% bce_cost | eps in both logarithms, np.float64
def bce_cost(A, Y):
    eps = 1e-15
    return -np.sum(Y * np.log(A + eps) + (1 - Y) * np.log(1 - A + eps)) / len(Y)

# %% bce_cost | np.where on the labels
def bce_cost(A, Y):
    P = np.where(Y == 1, A, 1 - A)
    return float(-np.mean(np.log(np.maximum(P, 1e-12))))

# %% bce_cost | loop with if
def bce_cost(A, Y):
    import math
    J = 0.0
    for a, y in zip(np.ravel(A), np.ravel(Y)):
        p = a if y == 1 else 1 - a
        J -= math.log(max(p, 1e-300))
    return J / np.size(Y)

# %% bce_cost | classes apart
def bce_cost(A, Y):
    a = np.clip(np.ravel(A), 1e-10, 1 - 1e-10)
    y = np.ravel(Y) > 0.5
    return float(-(np.log(a[y]).sum() + np.log1p(-a[~y]).sum()) / y.size)

# %% bce_cost | matrix product, item
def bce_cost(A, Y):
    m = len(Y)
    A = np.clip(A, 1e-9, 1 - 1e-9).reshape(m, 1)
    Y = np.reshape(Y, (m, 1))
    J = -(Y.T @ np.log(A) + (1 - Y).T @ np.log(1 - A)) / m
    return J.item()

# %% bce_cost | smallest number inside the logarithm, printed
def bce_cost(A, Y):
    tiny = np.finfo(float).tiny
    losses = -(Y * np.log(np.maximum(A, tiny)) + (1 - Y) * np.log(np.maximum(1 - A, tiny)))
    print(losses.shape)
    return losses.mean()

# %% bce_cost | float32 inside
def bce_cost(A, Y):
    A = np.clip(np.asarray(A, dtype=np.float32), 1e-7, 1 - 1e-7)
    Y = np.asarray(Y, dtype=np.float32)
    return float(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))

# %% bce_out_delta | short
def bce_out_delta(A2, Y):
    return (A2 - Y) / len(Y)

# %% bce_out_delta | one label at a time
def bce_out_delta(A2, Y):
    return np.where(Y == 1, A2 - 1, A2) / A2.shape[0]

# %% bce_out_delta | loop
def bce_out_delta(A2, Y):
    m = len(A2)
    d = np.zeros(A2.shape)
    for i in range(m):
        d[i, 0] = (A2[i, 0] - Y[i, 0]) / m
    return d

# %% bce_out_delta | clipped and half simplified
def bce_out_delta(A2, Y):
    a = np.clip(A2, 1e-12, 1 - 1e-12)
    dA2 = (a - Y) / (a * (1 - a))
    return dA2 * (a - a ** 2) * (1.0 / Y.size)

# %% bce_out_delta | multiplied out
def bce_out_delta(A2, Y):
    return (-Y * (1 - A2) + (1 - Y) * A2) / A2.shape[0]

# %% bce_out_delta | in place on a copy
def bce_out_delta(A2, Y):
    d = A2.astype(float).copy()
    d -= Y
    d /= d.shape[0]
    return d

# %% bce_net_grads | short
def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads | not simplified, 1/m in each line
def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dA2 = -Y / A2 + (1 - Y) / (1 - A2)
    dZ2 = dA2 * A2 * (1 - A2)
    dW2 = A1.T @ dZ2 / m
    db2 = np.sum(dZ2, axis=0, keepdims=True) / m
    dA1 = dZ2 @ W2.T
    dZ1 = dA1 * A1 * (1 - A1)
    dW1 = X.T @ dZ1 / m
    db1 = np.sum(dZ1, axis=0, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

# %% bce_net_grads | helper functions and a class for the cache
def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(z / 2)

class Cache:
    pass

def bce_out_delta(A2, Y):
    return (A2 - Y) / Y.shape[0]

def bce_net_grads(X, Y, W1, b1, W2, b2):
    c = Cache()
    c.A1 = sigmoid(X @ W1 + b1)
    c.A2 = sigmoid(c.A1 @ W2 + b2)
    d2 = bce_out_delta(c.A2, Y)
    d1 = (d2 @ W2.T) * (c.A1 - c.A1 ** 2)
    out = {}
    for name, inp, d in [("1", X, d1), ("2", c.A1, d2)]:
        out["dW" + name] = inp.T @ d
        out["db" + name] = d.sum(axis=0)[np.newaxis, :]
    return out

# %% bce_net_grads | examples in a loop, outer products
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

# %% bce_net_grads | stacked ones, weights and biases at once
def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = len(X)
    one = np.ones((m, 1))
    X1 = np.hstack([X, one])
    A1 = 1 / (1 + np.exp(-X1 @ np.vstack([W1, b1])))
    H1 = np.hstack([A1, one])
    A2 = 1 / (1 + np.exp(-H1 @ np.vstack([W2, b2])))
    d2 = (A2 - Y) / m
    d1 = d2 @ W2.T * A1 * (1 - A1)
    G1, G2 = X1.T @ d1, H1.T @ d2
    return {"dW1": G1[:-1], "db1": G1[-1:], "dW2": G2[:-1], "db2": G2[-1:]}

# %% bce_net_grads | float32 inside, np.where on labels
def bce_net_grads(X, Y, W1, b1, W2, b2):
    f = np.float32
    x, w1, c1, w2, c2 = X.astype(f), W1.astype(f), b1.astype(f), W2.astype(f), b2.astype(f)
    A1 = 1 / (1 + np.exp(-(x @ w1 + c1)))
    A2 = 1 / (1 + np.exp(-(A1 @ w2 + c2)))
    dZ2 = np.where(Y > 0.5, A2 - 1, A2) / len(Y)
    dZ1 = (dZ2 @ w2.T) * A1 * (1 - A1)
    return {"dW1": x.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% minibatches | permutation
def minibatches(X, Y, batch_size, rng):
    p = rng.permutation(len(X))
    return [(X[p[i:i + batch_size]], Y[p[i:i + batch_size]]) for i in range(0, len(X), batch_size)]

# %% minibatches | shuffled index list
def minibatches(X, Y, batch_size, rng):
    idx = list(range(len(X)))
    rng.shuffle(idx)
    out = []
    while idx:
        now, idx = idx[:batch_size], idx[batch_size:]
        out.append((X[now], Y[now]))
    return out

# %% minibatches | choice without replacement
def minibatches(X, Y, batch_size, rng):
    m = X.shape[0]
    order = rng.choice(m, size=m, replace=False)
    batches = []
    for start in range(0, m, batch_size):
        rows = order[start:start + batch_size]
        batches.append([X[rows], Y[rows]])
    return batches

# %% minibatches | glued together and shuffled as one
def minibatches(X, Y, batch_size, rng):
    n = X.shape[1]
    XY = np.hstack([X, Y])
    rng.shuffle(XY)
    return [(XY[i:i + batch_size, :n], XY[i:i + batch_size, n:]) for i in range(0, len(XY), batch_size)]

# %% minibatches | random keys and argsort, array_split at the borders
def minibatches(X, Y, batch_size, rng):
    p = np.argsort(rng.random(len(X)))
    cuts = np.arange(batch_size, len(X), batch_size)
    return list(zip(np.split(X[p], cuts), np.split(Y[p], cuts)))

# %% minibatches | Fisher and Yates by hand, rest appended
def minibatches(X, Y, batch_size, rng):
    m = len(X)
    p = np.arange(m)
    for i in range(m - 1, 0, -1):
        j = int(rng.integers(0, i + 1))
        p[i], p[j] = p[j], p[i]
    Xs, Ys = X[p], Y[p]
    full = m // batch_size
    out = []
    for k in range(full):
        s = slice(k * batch_size, (k + 1) * batch_size)
        out.append((Xs[s].copy(), Ys[s].copy()))
    if full * batch_size < m:
        out.append((Xs[full * batch_size:], Ys[full * batch_size:]))
    return out

# %% deep_sigmoid_grads | backwards with insert
def deep_sigmoid_grads(X, Y, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(1 / (1 + np.exp(-(A[-1] @ W + b))))
    dZ = (A[-1] - Y) / len(X) * A[-1] * (1 - A[-1])
    grads = []
    for l in reversed(range(len(Ws))):
        grads.insert(0, A[l].T @ dZ)
        dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads | dA carried, 1/m at the end, reversed
def deep_sigmoid_grads(X, Y, Ws, bs):
    acts = [np.asarray(X, dtype=float)]
    for W, b in zip(Ws, bs):
        acts.append(0.5 * (1 + np.tanh((acts[-1] @ W + b) / 2)))
    dA = acts[-1] - Y
    out = []
    for W, a_in, a_out in zip(Ws[::-1], acts[-2::-1], acts[:0:-1]):
        dZ = dA * (a_out - a_out ** 2)
        out.append(a_in.T @ dZ / X.shape[0])
        dA = dZ @ W.T
    return out[::-1]

# %% deep_sigmoid_grads | recursion
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    def go(A, l):
        if l == len(Ws):
            return (A - Y) / m, []
        B = 1 / (1 + np.exp(-(A @ Ws[l] + bs[l])))
        dB, rest = go(B, l + 1)
        dZ = dB * B * (1 - B)
        return dZ @ Ws[l].T, [A.T @ dZ] + rest
    return go(X, 0)[1]

# %% deep_sigmoid_grads | einsum
def deep_sigmoid_grads(X, Y, Ws, bs):
    s = lambda t: 1 / (1 + np.exp(-t))
    A = [X]
    for l in range(len(Ws)):
        A.append(s(np.einsum("ij,jk->ik", A[l], Ws[l]) + bs[l]))
    L = len(Ws)
    D = [None] * L
    D[L - 1] = (A[L] - Y) * A[L] * (1 - A[L]) / Y.shape[0]
    for l in range(L - 2, -1, -1):
        D[l] = np.einsum("ik,jk->ij", D[l + 1], Ws[l + 1]) * A[l + 1] * (1 - A[l + 1])
    return [np.einsum("ij,ik->jk", A[l], D[l]) for l in range(L)]

# %% deep_sigmoid_grads | examples one by one
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

# %% deep_sigmoid_grads | a class for the layer, asserts
class Sigmoid:
    def __init__(self, W, b):
        self.W, self.b = W, b
    def __call__(self, x):
        self.x = x
        self.a = 1 / (1 + np.exp(-(x @ self.W + self.b)))
        return self.a
    def back(self, da):
        dz = da * self.a * (1 - self.a)
        self.dW = self.x.T @ dz
        assert self.dW.shape == self.W.shape
        return dz @ self.W.T

def deep_sigmoid_grads(X, Y, Ws, bs):
    layers = [Sigmoid(W, b) for W, b in zip(Ws, bs)]
    a = X
    for layer in layers:
        a = layer(a)
    da = (a - Y) / len(Y)
    for layer in reversed(layers):
        da = layer.back(da)
    return [layer.dW for layer in layers]

# %% early_stop | for with break
def early_stop(val_costs, patience):
    best, best_epoch, bad, run = float("inf"), 0, 0, 0
    for t, c in enumerate(val_costs):
        run = t + 1
        if c < best:
            best, best_epoch, bad = c, t, 0
        else:
            bad += 1
            if bad == patience:
                break
    return best_epoch, run

# %% early_stop | while loop
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

# %% early_stop | while with a counter, list for the pair
def early_stop(val_costs, patience):
    best = val_costs[0]
    best_epoch = 0
    without = 0
    epochs_run = 1
    while epochs_run < len(val_costs) and without < patience:
        c = val_costs[epochs_run]
        if c < best:
            best = c
            best_epoch = epochs_run
            without = 0
        else:
            without += 1
        epochs_run += 1
    return [best_epoch, epochs_run]

# %% early_stop | argmin of every beginning
def early_stop(val_costs, patience):
    costs = np.asarray(val_costs, dtype=float)
    for run in range(1, len(costs) + 1):
        best = np.argmin(costs[:run])
        if run - 1 - best == patience:
            return best, run
    return np.argmin(costs), len(costs)

# %% early_stop | return in the loop, history kept
def early_stop(val_costs, patience):
    history = []
    best_epoch = None
    for epoch, cost in enumerate(val_costs):
        if not history or cost < min(history):
            best_epoch = epoch
        history.append(cost)
        if epoch - best_epoch >= patience:
            return int(best_epoch), len(history)
    return int(best_epoch), len(history)

# %% bce_out_delta | np.subtract and divide
def bce_out_delta(A2, Y):
    return np.divide(np.subtract(A2, Y), np.shape(A2)[0])

# %% deep_sigmoid_grads | recursion, one layer is enough
def deep_sigmoid_grads(X, Y, Ws, bs):
    def walk(A, k):
        if k == len(Ws):
            return (A - Y) / len(Y), []
        out = 1 / (1 + np.exp(-(A @ Ws[k] + bs[k])))
        dA, later = walk(out, k + 1)
        dZ = dA * out * (1 - out)
        return dZ @ Ws[k].T, [A.T @ dZ, *later]
    return walk(X, 0)[1]

# %% bce_cost | clipped at 1e-12
def bce_cost(A, Y):
    a = np.clip(A, 1e-12, 1 - 1e-12)
    return float(np.mean(-(Y * np.log(a) + (1 - Y) * np.log(1 - a))))

# %% early_stop | list methods
def early_stop(val_costs, patience):
    for t in range(1, len(val_costs) + 1):
        best = val_costs.index(min(val_costs[:t]))
        if t - 1 - best >= patience:
            return best, t
    return val_costs.index(min(val_costs)), len(val_costs)

# %% minibatches | rows sorted by random keys
def minibatches(X, Y, batch_size, rng):
    order = np.argsort(rng.random(X.shape[0]))
    return [(X[part], Y[part]) for part in (order[i:i + batch_size] for i in range(0, len(order), batch_size))]

# %% minibatches | both glued together, then shuffled
def minibatches(X, Y, batch_size, rng):
    both = np.hstack([X, Y])
    rng.shuffle(both)
    n = X.shape[1]
    return [(both[i:i + batch_size, :n], both[i:i + batch_size, n:]) for i in range(0, len(both), batch_size)]
