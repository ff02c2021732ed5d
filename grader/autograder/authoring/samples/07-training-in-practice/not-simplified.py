"""Writes the long way, without the cancellation (nan where a prediction is exactly 0 or 1), and a recursion."""

EXPECTED = {"bce_out_delta": ("partial", 2)}


# %% bce_cost
def bce_cost(A, Y):
    a = np.clip(np.ravel(A), 1e-10, 1 - 1e-10)
    y = np.ravel(Y) > 0.5
    return float(-(np.log(a[y]).sum() + np.log1p(-a[~y]).sum()) / y.size)


# %% bce_out_delta
def bce_out_delta(A2, Y):
    m = Y.shape[0]
    dA2 = -(Y / A2 - (1 - Y) / (1 - A2)) / m
    return dA2 * A2 * (1 - A2)


# %% bce_net_grads
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


# %% minibatches
def minibatches(X, Y, batch_size, rng):
    m = X.shape[0]
    order = rng.choice(m, size=m, replace=False)
    batches = []
    for start in range(0, m, batch_size):
        rows = order[start:start + batch_size]
        batches.append([X[rows], Y[rows]])
    return batches


# %% deep_sigmoid_grads
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


# %% early_stop
def early_stop(val_costs, patience):
    costs = np.asarray(val_costs, dtype=float)
    for run in range(1, len(costs) + 1):
        best = np.argmin(costs[:run])
        if run - 1 - best == patience:
            return best, run
    return np.argmin(costs), len(costs)
