"""Stops before the backward pass meets the hidden layer."""

START = "stub"
EXPECTED = {
    "hidden_delta": ("not-attempted", 0),
    "relu_net_grads": ("not-attempted", 0),
    "switched_off": ("not-attempted", 0),
    "layer_grads": ("partial", 2.5),
}


# %% relu
def relu(z):
    return z * (z >= 0)


# %% relu_deriv
def relu_deriv(z):
    return np.sign(np.maximum(z, 0))


# %% shapes
shapes = {"Z1": ("m", "h"), "A1": ("m", "h"), "Z2": ("m", "1"), "A2": ("m", "1"),
          "dW1": ("n", "h"), "db1": ("1", "h"), "dW2": ("h", "1"), "db2": ("1", "1")}


# %% forward
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    Z2 = A1 @ W2 + b2
    A2 = Z2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


# %% out_delta
def out_delta(A2, Y):
    m = len(A2)
    dA2 = 1 / m * (A2 - Y)
    dA2_dZ2 = np.ones(A2.shape)
    return dA2 * dA2_dZ2


# %% layer_grads
def layer_grads(A_prev, dZ):
    dW = A_prev.T @ dZ
    db = dZ.mean(axis=0, keepdims=True)
    return dW, db
