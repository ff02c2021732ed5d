"""Takes one example and one number at a time; the plain sigmoid warns of an overflow."""

EXPECTED = {}


# %% sigmoid
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# %% sigmoid_deriv
def sigmoid_deriv(a):
    a = np.asarray(a)
    out = np.zeros(a.shape)
    for idx in np.ndindex(a.shape):
        out[idx] = a[idx] * (1 - a[idx])
    return out


# %% forward
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


# %% xor_net_grads
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


# %% train
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


# %% accuracy
def accuracy(A2, Y):
    right = 0
    for a, y in zip(np.ravel(A2), np.ravel(Y)):
        if (a > 0.5 and y == 1) or (a <= 0.5 and y == 0):
            right += 1
    return right / np.size(Y)
