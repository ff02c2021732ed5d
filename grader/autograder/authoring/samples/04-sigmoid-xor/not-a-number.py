"""Divides one infinity by another."""

EXPECTED = {
    "sigmoid": ("partial", 1.5),
    "forward": ("carried", 3),
}


# %% sigmoid
def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))
