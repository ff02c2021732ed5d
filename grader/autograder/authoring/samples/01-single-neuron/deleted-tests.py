"""Threw two tests cells away; one of the answers is wrong."""

EXPECTED = {"loss": ("wrong", 0)}


# %% loss
def loss(a, y):
    return (a - y) ** 2


# %% delete test-loss

# %% delete test-neuron_sample_grads
