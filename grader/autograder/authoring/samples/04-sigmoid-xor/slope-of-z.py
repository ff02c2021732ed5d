"""Gives the slope the output, where it wants z."""

EXPECTED = {
    "sigmoid_deriv": ("wrong", 0),
    "xor_net_grads": ("carried", 9),
    "solved_seeds": ("carried", 3),
}


# %% sigmoid_deriv
def sigmoid_deriv(a):
    s = 1 / (1 + np.exp(-a))
    return s * (1 - s)
