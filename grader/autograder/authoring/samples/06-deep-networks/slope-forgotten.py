"""Takes a step back without the slope, which is charged once."""

EXPECTED = {"delta_back": ("wrong", 0), "deep_sigmoid_grads": ("carried", 8)}


# %% delta_back
def delta_back(dZ_next, W_next, A):
    return dZ_next @ W_next.T
