# %% chain_grads | loop with lists, arrays at the end
def chain_grads(x, y, ws, bs):
    a = [x]
    for w, b in zip(ws, bs):
        a.append(1 / (1 + np.exp(-(a[-1] * w + b))))
    da, dws, dbs = a[-1] - y, [], []
    for w, a_in, a_out in zip(ws[::-1], a[-2::-1], a[:0:-1]):
        dz = da * a_out * (1 - a_out)
        dws.insert(0, dz * a_in)
        dbs.insert(0, dz)
        da = dz * w
    return np.array(dws), np.array(dbs)

# %% chain_grads | each product from the start, quadratic
def chain_grads(x, y, ws, bs):
    sigmoid = lambda z: 1 / (1 + np.exp(-z))
    K = len(ws)
    a = [float(x)]
    for k in range(K):
        a.append(sigmoid(ws[k] * a[k] + bs[k]))
    dbs = np.empty(K)
    for k in range(K):
        product = a[K] - y
        for j in range(K, k + 1, -1):
            product *= a[j] * (1 - a[j]) * ws[j - 1]
        dbs[k] = product * a[k + 1] * (1 - a[k + 1])
    return dbs * np.array(a[:-1]), dbs

# %% chain_grads | cumulative product
def chain_grads(x, y, ws, bs):
    a = np.empty(len(ws) + 1)
    a[0] = x
    for k in range(len(ws)):
        a[k + 1] = 0.5 * (1 + np.tanh(0.5 * (ws[k] * a[k] + bs[k])))
    slopes = a[1:] * (1 - a[1:])
    factors = np.append(ws[1:] * slopes[:-1], (a[-1] - y) * slopes[-1])
    dbs = np.cumprod(factors[::-1])[::-1]
    return dbs * a[:-1], dbs

# %% chain_grads | recursion
def chain_grads(x, y, ws, bs):
    dws, dbs = np.zeros(len(ws)), np.zeros(len(ws))
    def walk(k, a_in):
        if k == len(ws):
            return a_in - y
        a = 1 / (1 + np.exp(-ws[k] * a_in - bs[k]))
        dz = walk(k + 1, a) * a * (1 - a)
        dws[k], dbs[k] = dz * a_in, dz
        return dz * ws[k]
    walk(0, x)
    return dws, dbs

# %% chain_grads | as matrices of one entry
def chain_grads(x, y, ws, bs):
    A = [np.array([[x]], dtype=float)]
    for w, b in zip(ws, bs):
        A.append(1 / (1 + np.exp(-(A[-1] @ np.array([[w]], dtype=float) + b))))
    dA, dws, dbs = A[-1] - y, [], []
    for k in range(len(ws) - 1, -1, -1):
        dZ = dA * A[k + 1] * (1 - A[k + 1])
        dws = [(A[k].T @ dZ).item()] + dws
        dbs = [dZ.item()] + dbs
        dA = dZ * ws[k]
    return np.asarray(dws), np.asarray(dbs)

# %% chain_grads | in float32
def chain_grads(x, y, ws, bs):
    f = np.float32
    a = [f(x)]
    for w, b in zip(ws, bs):
        a.append(f(1) / (f(1) + np.exp(-(a[-1] * f(w) + f(b)))))
    dws, dbs = np.zeros(len(ws), dtype=f), np.zeros(len(bs), dtype=f)
    da = a[-1] - f(y)
    for k in reversed(range(len(ws))):
        dbs[k] = da * a[k + 1] * (f(1) - a[k + 1])
        dws[k] = dbs[k] * a[k]
        da = dbs[k] * f(ws[k])
    return dws, dbs

# %% deep_forward | indices
def deep_forward(X, Ws, bs):
    K = len(Ws)
    A = [X] + [None] * K
    for k in range(K):
        A[k + 1] = 1 / (1 + np.exp(-(A[k] @ Ws[k] + bs[k])))
    return A

# %% deep_forward | tanh form, a tuple
def deep_forward(X, Ws, bs):
    values = (X,)
    for W, b in zip(Ws, bs):
        values += ((np.tanh((values[-1] @ W + b) / 2) + 1) / 2,)
    return values

# %% deep_forward | recursion
def deep_forward(X, Ws, bs):
    if not Ws:
        return [X]
    A = 1 / (1 + np.exp(-X @ Ws[0] - bs[0]))
    return [X] + deep_forward(A, Ws[1:], bs[1:])

# %% deep_forward | example by example
def deep_forward(X, Ws, bs):
    A = [np.array(X, dtype=float)]
    for W, b in zip(Ws, bs):
        rows = [[1 / (1 + np.exp(-(sum(a * w for a, w in zip(row, W[:, j])) + b[0, j]))) for j in range(W.shape[1])]
                for row in A[-1]]
        A.append(np.array(rows))
    return A

# %% deep_forward | accumulate
def deep_forward(X, Ws, bs):
    from itertools import accumulate
    return list(accumulate(zip(Ws, bs), lambda A, layer: 1 / (1 + np.exp(-(A @ layer[0] + layer[1]))), initial=X))

# %% delta_back | in two lines
def delta_back(dZ_next, W_next, A):
    dA = dZ_next @ W_next.T
    return dA * A * (1.0 - A)

# %% delta_back | a minus its square
def delta_back(dZ_next, W_next, A):
    return np.dot(dZ_next, np.transpose(W_next)) * (A - A ** 2)

# %% delta_back | einsum
def delta_back(dZ_next, W_next, A):
    return np.einsum("mk,hk,mh,mh->mh", dZ_next, W_next, A, 1 - A)

# %% delta_back | entry by entry
def delta_back(dZ_next, W_next, A):
    m, h = A.shape
    dZ = np.zeros((m, h))
    for i in range(m):
        for j in range(h):
            total = 0.0
            for k in range(W_next.shape[1]):
                total += dZ_next[i, k] * W_next[j, k]
            dZ[i, j] = total * A[i, j] * (1 - A[i, j])
    return dZ

# %% delta_back | weights turned first
def delta_back(dZ_next, W_next, A):
    return (W_next @ dZ_next.T).T * A * (1 - A)

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

# %% init_weights | standard normal, scaled
def init_weights(widths, rng):
    return [rng.standard_normal((n, k)) * np.sqrt(2 / n) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights | uniform with that variance
def init_weights(widths, rng):
    return [rng.uniform(-np.sqrt(6 / n), np.sqrt(6 / n), size=(n, k)) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights | only signs
def init_weights(widths, rng):
    return [rng.choice([-1.0, 1.0], size=(n, k)) * (2 / n) ** 0.5 for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights | loop with indices
def init_weights(widths, rng):
    Ws = []
    for k in range(len(widths) - 1):
        W = rng.normal(size=(widths[k], widths[k + 1]))
        Ws.append(np.sqrt(2.0) * W / np.sqrt(widths[k]))
    return Ws

# %% init_weights | last layer first
def init_weights(widths, rng):
    Ws = []
    for n, k in list(zip(widths, widths[1:]))[::-1]:
        Ws.insert(0, rng.normal(scale=np.sqrt(2 / n), size=(n, k)))
    return Ws

# %% init_weights | row by row
def init_weights(widths, rng):
    return [np.array([[rng.normal() * np.sqrt(2 / n) for _ in range(k)] for _ in range(n)])
            for n, k in zip(widths, widths[1:])]


# %% delta_back | einsum over the next units, slope as a - a^2
def delta_back(dZ_next, W_next, A):
    """Return the delta of the sigmoid layer that put out A."""
    dA = np.einsum("mk,hk->mh", dZ_next, W_next)
    dA *= A - np.square(A)
    return dA


# %% init_weights | uniform with the right variance
def init_weights(widths, rng):
    return [rng.uniform(-np.sqrt(6 / n), np.sqrt(6 / n), (n, k)) for n, k in zip(widths, widths[1:])]


# %% init_weights | tuple, signs
def init_weights(widths, rng):
    return tuple(np.sqrt(2 / n) * (2 * rng.integers(0, 2, (n, k)) - 1.0) for n, k in zip(widths, widths[1:]))


# %% init_weights | one draw cut up
def init_weights(widths, rng):
    sizes = [n * k for n, k in zip(widths, widths[1:])]
    z = np.split(rng.standard_normal(sum(sizes)), np.cumsum(sizes)[:-1])
    return [a.reshape(n, k) * np.sqrt(2 / n) for a, n, k in zip(z, widths, widths[1:])]


# %% init_weights | skew coin
def init_weights(widths, rng):
    return [np.where(rng.random((n, u)) < .1, 3., -1/3) * np.sqrt(2/n) for n, u in zip(widths[:-1], widths[1:])]


# %% init_weights | sparse normal
def init_weights(widths, rng):
    return [rng.normal(size=(n, u)) * (rng.random((n, u)) < .1) / np.sqrt(.1) * np.sqrt(2/n) for n, u in zip(widths[:-1], widths[1:])]
