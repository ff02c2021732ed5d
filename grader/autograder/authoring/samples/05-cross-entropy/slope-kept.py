"""Keeps the slope of the output from chapter 4, in both deltas, and calls the first one in the network."""

EXPECTED = {
    "bce_out_delta": ("wrong", 0),
    "bce_net_grads": ("carried", 6),
    "softmax_delta": ("wrong", 0),
    "chance_cost": ("wrong", 0),
}


# %% chance_cost
chance_cost = 0.5


# %% bce_out_delta
def bce_out_delta(A2, Y):
    return (A2 - Y) * A2 * (1 - A2) / len(Y)


# %% softmax_delta
def softmax_delta(Z, Y):
    P = softmax(Z)
    return (P - Y) * P * (1 - P) / len(Z)
