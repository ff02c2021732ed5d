"""Multiplies by the loss where its slope belongs."""

EXPECTED = {"dL_da": ("wrong", 0), "neuron_sample_grads": ("wrong", 0)}


# %% dL_da
def dL_da(a, y):
    return loss(a, y)


# %% neuron_sample_grads
def neuron_sample_grads(x, y, w, b):
    L = 0.5 * (w @ x + b - y) ** 2
    return L * x, L
