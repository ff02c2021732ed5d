"""Takes ReLU for its own slope, and predicts shapes and rows wrongly."""

EXPECTED = {
    "relu_deriv": ("wrong", 0),
    "shapes": ("partial", 2.25),
    "hidden_delta": ("carried", 5),
    "relu_net_grads": ("carried", 5),
    "switched_off": ("wrong", 0),
}


# %% relu_deriv
def relu_deriv(z):
    return np.maximum(0.0, z)


# %% shapes
shapes = {"Z1": ("m", "h"), "A1": ("m", "h"), "Z2": ("m", "1"), "A2": ("m", "1"),
          "dW1": ("h", "n"), "db1": ("1", "h"), "dW2": ("1", "h"), "db2": ("1", "1")}


# %% switched_off
switched_off = [97, 98, 99]
