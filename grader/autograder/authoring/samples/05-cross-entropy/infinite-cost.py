"""Takes the logarithm of nothing, and lets the exponential overflow."""

EXPECTED = {"bce_cost": ("partial", 2), "softmax": ("partial", 2), "softmax_delta": ("partial", 3)}


# %% bce_cost
def bce_cost(A, Y):
    return -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))


# %% softmax
def softmax(Z):
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)
