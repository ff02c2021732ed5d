"""Stops when batches begin, and flattens the biases."""

START = "stub"
EXPECTED = {
    "minibatches": ("not-attempted", 0),
    "deep_sigmoid_grads": ("not-attempted", 0),
    "early_stop": ("not-attempted", 0),
    "best_rate": ("not-attempted", 0),
    "bce_net_grads": ("partial", 3),
}


# %% bce_cost
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    return float(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))


# %% bce_out_delta
def bce_out_delta(A2, Y):
    return (A2 - Y) / len(Y)


# %% bce_net_grads
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, 0),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, 0)}
