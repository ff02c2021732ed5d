# %% sigmoid | plain, overflow warning
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

# %% sigmoid | tanh form
def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))

# %% sigmoid | two branches by masks
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    out = np.empty_like(z)
    pos = z >= 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    e = np.exp(z[~pos])
    out[~pos] = e / (1 + e)
    return out

# %% sigmoid | clipped far out
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500, 500)))

# %% sigmoid | np.where, both branches computed
def sigmoid(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))

# %% sigmoid | never a large exponent
def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)

# %% sigmoid | logaddexp
def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))

# %% sigmoid | math on single numbers, vectorised, with nested function
import math
def sigmoid(z):
    def one(t):
        if t >= 0:
            return 1.0 / (1.0 + math.exp(-t))
        e = math.exp(t)
        return e / (1.0 + e)
    return np.vectorize(one, otypes=[float])(z)

# %% sigmoid | float32 inside, warnings silenced
def sigmoid(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-np.asarray(z).astype(np.float32)))

# %% sigmoid | in place on a copy
def sigmoid(z):
    a = np.array(z, dtype=float)
    np.clip(a, -700, 700, out=a)
    a *= -1
    np.exp(a, out=a)
    a += 1
    return 1 / a

# %% sigmoid_deriv | the product
def sigmoid_deriv(a):
    return a * (1 - a)

# %% sigmoid_deriv | a minus its square
def sigmoid_deriv(a):
    return a - a ** 2

# %% sigmoid_deriv | completed square
def sigmoid_deriv(a):
    return 0.25 - (a - 0.5) ** 2

# %% sigmoid_deriv | helper and np.multiply
def sigmoid_deriv(a):
    def rest(t):
        return np.subtract(1.0, t)
    return np.multiply(a, rest(a))

# %% sigmoid_deriv | entry by entry
def sigmoid_deriv(a):
    a = np.asarray(a)
    out = np.zeros(a.shape)
    for idx in np.ndindex(a.shape):
        out[idx] = a[idx] * (1 - a[idx])
    return out

# %% forward | plain
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = A1 @ W2 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward | helper, extra keys, other order
def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))

def forward(X, W1, b1, W2, b2):
    cache = {"X": X}
    cache["Z1"] = np.dot(X, W1) + b1
    cache["A1"] = sigmoid(cache["Z1"])
    cache["Z2"] = np.dot(cache["A1"], W2) + b2
    cache["A2"] = sigmoid(cache["Z2"])
    return dict(sorted(cache.items(), reverse=True))

# %% forward | loops
def forward(X, W1, b1, W2, b2):
    m, n = X.shape
    h = W1.shape[1]
    Z1 = np.zeros((m, h)); A1 = np.zeros((m, h)); Z2 = np.zeros((m, 1)); A2 = np.zeros((m, 1))
    for i in range(m):
        for j in range(h):
            z = b1[0, j]
            for k in range(n):
                z += X[i, k] * W1[k, j]
            Z1[i, j] = z
            A1[i, j] = 1 / (1 + np.exp(-z))
        Z2[i, 0] = b2[0, 0] + sum(A1[i, j] * W2[j, 0] for j in range(h))
        A2[i, 0] = 1 / (1 + np.exp(-Z2[i, 0]))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward | bias as a row of ones
def forward(X, W1, b1, W2, b2):
    sig = lambda t: 1 / (1 + np.exp(-t))
    one = np.ones((len(X), 1))
    Z1 = np.hstack([X, one]) @ np.vstack([W1, b1])
    A1 = sig(Z1)
    Z2 = np.hstack([A1, one]) @ np.vstack([W2, b2])
    return dict(Z1=Z1, A1=A1, Z2=Z2, A2=sig(Z2))

# %% forward | columns inside, asserts and a print
def forward(X, W1, b1, W2, b2):
    z1 = W1.T @ X.T + b1.T
    a1 = 1 / (1 + np.exp(-z1))
    z2 = W2.T @ a1 + b2.T
    a2 = 1 / (1 + np.exp(-z2))
    assert z1.shape == (W1.shape[1], X.shape[0])
    print("forward done", a2.shape)
    return {"Z1": z1.T, "A1": a1.T, "Z2": z2.T, "A2": a2.T}

# %% xor_net_grads | 1/m in dZ2
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads | 1/m in each line, np.dot, mean for the biases
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = float(len(Y))
    A1 = 1 / (1 + np.exp(-(np.dot(X, W1) + b1)))
    A2 = 1 / (1 + np.exp(-(np.dot(A1, W2) + b2)))
    dZ2 = (A2 - Y) * (A2 - A2 ** 2)
    dW2 = 1 / m * np.dot(A1.T, dZ2)
    db2 = np.mean(dZ2, axis=0, keepdims=True)
    dZ1 = np.multiply(np.dot(dZ2, W2.T), A1 - np.power(A1, 2))
    dW1 = 1 / m * np.dot(X.T, dZ1)
    db1 = np.mean(dZ1, axis=0, keepdims=True)
    return {"dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}

# %% xor_net_grads | einsum, reshape for keepdims
def xor_net_grads(X, Y, W1, b1, W2, b2):
    sig = lambda t: 0.5 * (1 + np.tanh(t / 2))
    A1 = sig(np.einsum("mn,nh->mh", X, W1) + b1)
    A2 = sig(np.einsum("mh,ho->mo", A1, W2) + b2)
    D2 = (A2 - Y) * A2 * (1 - A2) / X.shape[0]
    D1 = np.einsum("mo,ho,mh,mh->mh", D2, W2, A1, 1 - A1)
    return {"dW1": np.einsum("mn,mh->nh", X, D1), "db1": D1.sum(0).reshape(1, -1),
            "dW2": np.einsum("mh,mo->ho", A1, D2), "db2": D2.sum(0).reshape(1, -1)}

# %% xor_net_grads | one example at a time, outer products
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = len(X)
    dW1 = np.zeros(W1.shape); db1 = np.zeros(b1.shape)
    dW2 = np.zeros(W2.shape); db2 = np.zeros(b2.shape)
    for x, y in zip(X, Y):
        a1 = 1 / (1 + np.exp(-(x @ W1 + b1[0])))
        a2 = 1 / (1 + np.exp(-(a1 @ W2 + b2[0])))
        d2 = (a2 - y) * a2 * (1 - a2)
        d1 = (W2 @ d2) * a1 * (1 - a1)
        dW2 += np.outer(a1, d2)
        db2 += d2
        dW1 += np.outer(x, d1)
        db1 += d1
    return {"dW1": dW1 / m, "db1": db1 / m, "dW2": dW2 / m, "db2": db2 / m}

# %% xor_net_grads | hidden lines first, elementwise with the row W2.T, slope from z both times
def xor_net_grads(X, Y, W1, b1, W2, b2):
    def s(z):
        return 1 / (1 + np.exp(-z))
    def ds(z):
        return s(z) * s(-z)
    z1 = X @ W1 + b1
    z2 = s(z1) @ W2 + b2
    delta2 = (s(z2) - Y) * ds(z2) / Y.shape[0]
    delta1 = delta2 * W2.T * ds(z1)
    grads = {}
    grads["dW1"] = X.T @ delta1
    grads["db1"] = np.ones((1, len(X))) @ delta1
    grads["dW2"] = s(z1).T @ delta2
    grads["db2"] = np.ones((1, len(X))) @ delta2
    return grads

# %% xor_net_grads | columns inside, turned back at the end
def xor_net_grads(X, Y, W1, b1, W2, b2):
    x, y = X.T, Y.T
    m = x.shape[1]
    a1 = 1 / (1 + np.exp(-(W1.T @ x + b1.T)))
    a2 = 1 / (1 + np.exp(-(W2.T @ a1 + b2.T)))
    d2 = (a2 - y) * a2 * (1 - a2)
    d1 = (W2 @ d2) * a1 * (1 - a1)
    return {"dW1": (d1 @ x.T / m).T, "db1": d1.mean(axis=1, keepdims=True).T,
            "dW2": (d2 @ a1.T / m).T, "db2": d2.mean(axis=1, keepdims=True).T}

# %% xor_net_grads | float32 inside
def xor_net_grads(X, Y, W1, b1, W2, b2):
    X, Y, W1, b1, W2, b2 = [np.asarray(v, dtype=np.float32) for v in (X, Y, W1, b1, W2, b2)]
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads | a class for the layer, extra keys
class Layer:
    def __init__(self, W, b):
        self.W, self.b = W, b
    def forward(self, A):
        self.A_in = A
        self.A = 1 / (1 + np.exp(-(A @ self.W + self.b)))
        return self.A
    def backward(self, dA):
        dZ = dA * self.A * (1 - self.A)
        self.dW = self.A_in.T @ dZ
        self.db = dZ.sum(axis=0, keepdims=True)
        return dZ @ self.W.T

def xor_net_grads(X, Y, W1, b1, W2, b2):
    l1, l2 = Layer(W1, b1), Layer(W2, b2)
    A2 = l2.forward(l1.forward(X))
    dX = l1.backward(l2.backward((A2 - Y) / len(X)))
    return {"dW1": l1.dW, "db1": l1.db, "dW2": l2.dW, "db2": l2.db, "dX": dX, "A2": A2}

# %% xor_net_grads | helpers of the chapter, cost on the way, assert on shapes
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def sigmoid_deriv(a):
    return a * (1 - a)

def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": sigmoid(Z2)}

def xor_net_grads(X, Y, W1, b1, W2, b2):
    c = forward(X, W1, b1, W2, b2)
    J = float(np.mean(0.5 * (c["A2"] - Y) ** 2))
    print("J =", J)
    dA2 = (c["A2"] - Y) / X.shape[0]
    dZ2 = dA2 * sigmoid_deriv(c["A2"])
    dW2 = c["A1"].T @ dZ2
    db2 = dZ2.sum(axis=0, keepdims=True)
    dA1 = dZ2 @ W2.T
    dZ1 = dA1 * sigmoid_deriv(c["A1"])
    dW1 = X.T @ dZ1
    db1 = dZ1.sum(axis=0, keepdims=True)
    assert dW1.shape == W1.shape and db1.shape == b1.shape
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

# %% xor_net_grads | everything in one expression each, two minus signs
def xor_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-X @ W1 - b1))
    A2 = 1 / (1 + np.exp(-A1 @ W2 - b2))
    E = -(Y - A2) * A2 * (1 - A2) / len(Y)
    return dict(dW1=X.T @ ((E @ W2.T) * A1 * (1 - A1)),
                db1=((E @ W2.T) * A1 * (1 - A1)).sum(0, keepdims=True),
                dW2=(E.T @ A1).T, db2=np.array([[E.sum()]]))

# %% xor_net_grads | hidden units in a loop
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m, n = X.shape
    h = W1.shape[1]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    d2 = ((A2 - Y) * A2 * (1 - A2))[:, 0] / m
    dW1 = np.zeros((n, h)); db1 = np.zeros((1, h)); dW2 = np.zeros((h, 1))
    for j in range(h):
        a = A1[:, j]
        dW2[j, 0] = a @ d2
        d1 = d2 * W2[j, 0] * a * (1 - a)
        db1[0, j] = d1.sum()
        dW1[:, j] = X.T @ d1
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": np.full((1, 1), d2.sum())}

# %% train | dict comprehension
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
    return p, costs

# %% train | deep copy, steps in place on it, costs an array
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = {k: np.array(v, dtype=float) for k, v in params.items()}
    costs = np.zeros(epochs)
    for t in range(epochs):
        costs[t] = cost_fn(X, Y, p)
        g = grad_fn(X, Y, p)
        for k in p:
            p[k] -= lr * g["d" + k]
    return p, costs

# %% train | while loop, gradient before cost, list for the pair
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    import copy
    p = copy.deepcopy(params)
    costs = []
    t = 0
    while t < epochs:
        grads = grad_fn(X, Y, p)
        costs += [float(cost_fn(X, Y, p))]
        for name in p:
            p[name] = p[name] + (-lr) * grads["d" + name]
        t += 1
    return [p, costs]

# %% train | helper of chapter 2, prints now and then
def gd_step(params, grads, lr):
    return {k: v - lr * grads["d" + k] for k, v in params.items()}

def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = {k: v.copy() for k, v in params.items()}
    costs = []
    for epoch in range(epochs):
        J = cost_fn(X, Y, p)
        costs.append(J)
        if epoch % 100 == 0:
            print(f"epoch {epoch}: cost {J:.4f}")
        p = gd_step(p, grad_fn(X, Y, p), lr)
    return p, costs

# %% accuracy | mean of equal
def accuracy(A2, Y):
    return np.mean((A2 > 0.5) == Y)

# %% accuracy | labels thresholded too, float
def accuracy(A2, Y):
    return float(np.mean((A2 > 0.5) == (Y > 0.5)))

# %% accuracy | count over m
def accuracy(A2, Y):
    pred = np.where(A2 > 0.5, 1, 0)
    return np.sum(pred == Y) / Y.shape[0]

# %% accuracy | loop over flat arrays
def accuracy(A2, Y):
    right = 0
    for a, y in zip(np.ravel(A2), np.ravel(Y)):
        if (a > 0.5 and y == 1) or (a <= 0.5 and y == 0):
            right += 1
    return right / np.size(Y)

# %% accuracy | one minus the share of errors
def accuracy(A2, Y):
    return 1 - np.abs((A2 > 0.5).astype(int) - Y).mean()

# %% sigmoid_deriv | a from a number or an array, by np.multiply
def sigmoid_deriv(a):
    return np.multiply(a, np.subtract(1, a))

# %% xor_net_grads | sums with einsum, whole numbers are no trouble
def xor_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(np.einsum("mn,nh->mh", X, W1) + b1)))
    A2 = 1 / (1 + np.exp(-(np.einsum("mh,hk->mk", A1, W2) + b2)))
    d2 = (A2 - Y) * A2 * (1 - A2) / X.shape[0]
    d1 = np.einsum("mk,hk->mh", d2, W2) * A1 * (1 - A1)
    return {"dW1": np.einsum("mn,mh->nh", X, d1), "db1": d1.sum(axis=0)[None, :],
            "dW2": np.einsum("mh,mk->hk", A1, d2), "db2": d2.sum(axis=0)[None, :]}

# %% accuracy | two kinds of hits
def accuracy(A2, Y):
    yes = (A2 > 0.5) & (Y == 1)
    no = (A2 <= 0.5) & (Y == 0)
    return (yes.sum() + no.sum()) / A2.shape[0]

# %% train | costs in an array that is long enough
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    now = {name: np.array(value, dtype=float) for name, value in params.items()}
    costs = [0.0] * epochs
    for t in range(epochs):
        costs[t] = cost_fn(X, Y, now)
        slopes = grad_fn(X, Y, now)
        for name in now:
            now[name] = now[name] - lr * slopes["d" + name]
    return now, costs


# %% train | recursion-free while, arrays for costs
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    import copy
    p = copy.deepcopy(params)
    costs = np.zeros(epochs)
    t = 0
    while t < epochs:
        costs[t] = cost_fn(X, Y, p)
        g = grad_fn(X, Y, p)
        for k in p:
            p[k] -= lr * g["d" + k]
        t += 1
    return [p, list(costs)]


# %% train | path kept
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    path = [params]
    for _ in range(epochs):
        g = grad_fn(X, Y, path[-1])
        path.append({k: v - lr * g["d" + k] for k, v in path[-1].items()})
    return path[-1], tuple(cost_fn(X, Y, p) for p in path[:-1])
