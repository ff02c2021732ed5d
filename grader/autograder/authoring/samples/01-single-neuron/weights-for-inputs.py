"""Differentiates z with respect to the wrong letter."""

EXPECTED = {"dz_dw": ("wrong", 0), "dz_db": ("wrong", 0), "neuron_sample_grads": ("partial", 3)}


# %% dz_dw
def dz_dw(x, w, b):
    return w * 1.0


# %% dz_db
def dz_db(x, w, b):
    return b


# %% neuron_sample_grads
def neuron_sample_grads(x, y, w, b):
    delta = w @ x + b - y
    return delta * w, delta
