"""Takes W2 as it is written in the chain, and dW1 on its side."""

EXPECTED = {
    "hidden_delta": ("error", 0),
    "relu_net_grads": ("partial", 4.375),
}


# %% hidden_delta
def hidden_delta(dZ2, W2, Z1):
    return (dZ2 @ W2) * (Z1 > 0)


# %% relu_net_grads
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    dW1 = dZ1.T @ X
    return {"dW1": dW1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}
