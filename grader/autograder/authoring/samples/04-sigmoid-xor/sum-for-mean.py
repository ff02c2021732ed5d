"""Types the gradients of the sum, and counts right answers instead of their share."""

EXPECTED = {
    "xor_net_grads": ("wrong", 0),
    "accuracy": ("wrong", 0),
    "solved_seeds": ("carried", 3),
}


# %% xor_net_grads
def xor_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}


# %% accuracy
def accuracy(A2, Y):
    return np.sum((A2 > 0.5) == Y)
