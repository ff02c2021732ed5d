"""Never divides by the number of examples."""

EXPECTED = {
    "out_delta": ("wrong", 0),
    "relu_net_grads": ("carried", 5),
}


# %% out_delta
def out_delta(A2, Y):
    return A2 - Y
