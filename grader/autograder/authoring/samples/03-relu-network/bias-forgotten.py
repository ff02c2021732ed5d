"""Leaves b1 out of the forward pass, where everything later uses it."""

EXPECTED = {
    "forward": ("wrong", 0),
    "relu_net_grads": ("carried", 5),
}


# %% forward
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1
    A1 = np.maximum(0, Z1)
    Z2 = A1 @ W2 + b2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}
