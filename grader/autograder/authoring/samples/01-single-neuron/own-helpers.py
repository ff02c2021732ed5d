"""Adds a helper cell of their own, prints while working, and sets off a warning on the way."""

EXPECTED = {}


# %% insert before neuron_sample_grads
def prediction_error(x, y, w, b):
    """Say what is going on."""
    error = forward(x, w, b) - y
    if error > 0:
        import warnings

        warnings.warn("too high")
    return error


# %% neuron_sample_grads
def neuron_sample_grads(x, y, w, b):
    delta = prediction_error(x, y, w, b)
    print("delta is", delta)
    return delta * dz_dw(x, w, b), delta
