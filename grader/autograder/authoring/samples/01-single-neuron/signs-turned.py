"""Takes the error the wrong way round, target minus prediction, and builds on it."""

EXPECTED = {"dL_da": ("wrong", 0), "neuron_sample_grads": ("carried", 6)}


# %% dL_da
def dL_da(a, y):
    return y - a
