"""Uses another loss than the one agreed upon."""

import numpy as np

EXPECTED = {"loss": ("wrong", 0), "dL_da": ("wrong", 0)}


# %% loss
def loss(a, y):
    return np.abs(a - y)


# %% dL_da
def dL_da(a, y):
    return np.sign(a - y)


# %% neuron_sample_grads
def neuron_sample_grads(x, y, w, b):
    delta = w @ x + b - y
    return delta * x, delta
