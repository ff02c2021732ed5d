"""Leaves the bias out of the forward pass."""

EXPECTED = {"forward": ("wrong", 0), "neuron_sample_grads": ("carried", 6)}


# %% forward
def forward(x, w, b):
    return w @ x
