"""Keeps the slope of chapter 4, which cross-entropy cancels."""

EXPECTED = {
    "bce_out_delta": ("wrong", 0),
    "bce_net_grads": ("wrong", 0),
    "deep_sigmoid_grads": ("wrong", 0),
    "best_rate": ("carried", 3),
}


# %% bce_out_delta
def bce_out_delta(A2, Y):
    return (A2 - Y) * A2 * (1 - A2) / len(Y)


# %% bce_net_grads
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) * A2 * (1 - A2) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}


# %% deep_sigmoid_grads
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        dZ = dZ @ Ws[l].T
    return grads
