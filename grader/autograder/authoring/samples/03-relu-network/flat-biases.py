"""Drops a dimension of every bias."""

EXPECTED = {
    "layer_grads": ("partial", 3.75),
    "relu_net_grads": ("partial", 3.75),
}


# %% layer_grads
def layer_grads(A_prev, dZ):
    return A_prev.T @ dZ, dZ.sum(axis=0)


# %% relu_net_grads
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0)}
