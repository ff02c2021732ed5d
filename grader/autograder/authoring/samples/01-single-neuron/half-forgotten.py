"""Forgets the half of the loss when differentiating: everything is twice too large."""

EXPECTED = {"dL_da": ("wrong", 0), "neuron_sample_grads": ("wrong", 0)}


# %% dL_da
def dL_da(a, y):
    return 2 * (a - y)


# %% neuron_sample_grads
def neuron_sample_grads(x, y, w, b):
    delta = 2 * (w @ x + b - y)
    return delta * x, delta
