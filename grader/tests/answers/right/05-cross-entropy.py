# %% surprisal | short
def surprisal(p):
    return -np.log(p)

# %% surprisal | log of one over p
def surprisal(p):
    return np.log(1 / np.asarray(p))

# %% surprisal | base changed
def surprisal(p):
    return np.log2(p) / -np.log2(np.e)

# %% surprisal | entry by entry
def surprisal(p):
    import math
    if np.ndim(p) == 0:
        return -math.log(p)
    out = np.zeros(np.shape(p))
    for i in np.ndindex(out.shape):
        out[i] = -math.log(p[i])
    return out

# %% surprisal | 1e-12 away from 0
def surprisal(p):
    return -np.log(np.maximum(p, 1e-12))

# %% surprisal | float32 inside
def surprisal(p):
    return -np.log(np.asarray(p, dtype=np.float32))

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

# %% bce_cost | clipped at 1e-12
def bce_cost(A, Y):
    a = np.clip(A, 1e-12, 1 - 1e-12)
    return float(np.mean(-(Y * np.log(a) + (1 - Y) * np.log(1 - a))))

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

# %% bce_out_delta | np.subtract and divide
def bce_out_delta(A2, Y):
    return np.divide(np.subtract(A2, Y), np.shape(A2)[0])

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

# %% bce_cost | by the prices
def surprisal(p):
    return -np.log(p)

def bce_cost(A, Y):
    p = np.where(Y == 1, A, 1 - A)
    return np.mean(surprisal(np.clip(p, 1e-12, 1)))

# %% softmax | largest of the row taken away
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% softmax | row by row
def softmax(Z):
    rows = []
    for z in Z:
        e = np.exp(z - max(z))
        rows.append(e / sum(e))
    return np.array(rows)

# %% softmax | one over a sum of differences
def softmax(Z):
    with np.errstate(over="ignore"):
        d = np.clip(Z[:, None, :] - Z[:, :, None], -700, 700)
        return 1 / np.exp(d).sum(axis=2)

# %% softmax | by the log of the sum
def softmax(Z):
    top = np.max(Z, axis=-1)[:, None]
    return np.exp(Z - top - np.log(np.sum(np.exp(Z - top), axis=-1))[:, None])

# %% softmax | columns of the transpose
def softmax(Z):
    T = np.asarray(Z, dtype=float).T
    e = np.exp(T - T.max(axis=0))
    return (e / e.sum(axis=0)).T

# %% softmax | float32 inside
def softmax(Z):
    z = Z.astype(np.float32)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% softmax_delta | short
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    return (softmax(Z) - Y) / len(Z)

# %% softmax_delta | minus one at the right class
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    D = softmax(Z)
    D[np.arange(len(Z)), Y.argmax(axis=1)] -= 1
    return D / len(Z)

# %% softmax_delta | a matrix of slopes for each example, clipped
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    m, k = Z.shape
    D = np.zeros((m, k))
    for i, p in enumerate(softmax(Z)):
        J = np.diag(p) - np.outer(p, p)
        dp = -Y[i] / np.maximum(p, 1e-300) / m
        D[i] = J @ dp if p[Y[i] == 1] > 1e-9 else (p - Y[i]) / m
    return D

# %% softmax_delta | three loops
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    m, k = Z.shape
    P = softmax(Z)
    D = np.zeros((m, k))
    for i in range(m):
        for j in range(k):
            for c in range(k):
                if Y[i, c]:
                    D[i, j] -= ((j == c) - P[i, j]) / m
    return D

# %% softmax_delta | from the log of the sum, float32
def softmax_delta(Z, Y):
    z = Z.astype(np.float32)
    top = z.max(axis=1, keepdims=True)
    lse = top + np.log(np.exp(z - top).sum(axis=1, keepdims=True))
    return (np.exp(z - lse) - Y) / len(z)

# %% softmax_delta | product with the matrix of slopes, simplified by hand
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    P = softmax(Z)
    return (P * Y.sum(axis=1, keepdims=True) - Y) * (1.0 / Z.shape[0])


# %% softmax | scores are kept in the range of the text first
def softmax(Z):
    Z = np.clip(Z, -1000, 1000)
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


# %% softmax | no shift, in long double
def softmax(Z):
    E = np.exp(np.asarray(Z, dtype=np.longdouble))
    return (E / E.sum(axis=1, keepdims=True)).astype(float)
