"""Sends the delta through the hidden layer without its slope."""

EXPECTED = {
    "xor_net_grads": ("partial", 4.5),
    "solved_seeds": ("carried", 3),
}


# %% xor_net_grads
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dA1 = dZ2 @ W2.T
    dZ1 = dA1
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}
