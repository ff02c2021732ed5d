"""Stops before softmax, and flattens the biases."""

START = "stub"
EXPECTED = {
    "softmax": ("not-attempted", 0),
    "softmax_delta": ("not-attempted", 0),
    "bce_net_grads": ("partial", 4.5),
}


# %% surprisal
def surprisal(p):
    return np.log(1 / np.asarray(p))


# %% bce_cost
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    return float(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))


# %% chance_cost
chance_cost = 0.693


# %% bce_out_delta
def bce_out_delta(A2, Y):
    return np.where(Y == 1, A2 - 1, A2) / A2.shape[0]


# %% bce_net_grads
def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = sigmoid(X @ W1 + b1)
    A2 = sigmoid(A1 @ W2 + b2)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, 0),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, 0)}
