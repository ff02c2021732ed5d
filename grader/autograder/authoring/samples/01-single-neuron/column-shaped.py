"""Has the right numbers, standing up: dw is a column."""

EXPECTED = {"dz_dw": ("partial", 1), "neuron_sample_grads": ("partial", 4.5)}


# %% dz_dw
def dz_dw(x, w, b):
    return x.reshape(-1, 1)


# %% neuron_sample_grads
def neuron_sample_grads(x, y, w, b):
    delta = w @ x + b - y
    return (delta * x).reshape(-1, 1), delta
