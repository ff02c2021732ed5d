"""Takes the error the wrong way round in two places that do not know of each other."""

EXPECTED = {"dL_da": ("wrong", 0), "neuron_sample_grads": ("wrong", 0)}


# %% dL_da
def dL_da(a, y):
    return y - a


# %% neuron_sample_grads
def neuron_sample_grads(x, y, w, b):
    delta = y - (w @ x + b)
    return delta * x, delta
