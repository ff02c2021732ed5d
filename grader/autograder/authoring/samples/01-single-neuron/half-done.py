"""Gets as far as the links, then forgets an argument and gives up."""

START = "stub"
EXPECTED = {
    "dz_db": ("not-attempted", 0),
    "neuron_sample_grads": ("error", 0),
    "predicted_signs": ("not-attempted", 0),
    "numeric_grad": ("not-attempted", 0),
}


# %% forward
def forward(x, w, b):
    return w @ x + b


# %% loss
def loss(a, y):
    return (a - y) ** 2 / 2


# %% dL_da
def dL_da(a, y):
    return a - y


# %% dz_dw
def dz_dw(x, w, b):
    return 1.0 * x


# %% neuron_sample_grads
def neuron_sample_grads(x, y, w, b):
    a = forward(x, w)
    return a
