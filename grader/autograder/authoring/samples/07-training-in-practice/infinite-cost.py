"""Takes the logarithm of nothing, and one class only for the slope."""

EXPECTED = {
    "bce_cost": ("partial", 2),
    "bce_out_delta": ("wrong", 0),
    "bce_net_grads": ("carried", 4),
    "best_rate": ("carried", 3),
}


# %% bce_cost
def bce_cost(A, Y):
    return -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))


# %% bce_out_delta
def bce_out_delta(A2, Y):
    dA2 = -Y / A2 / len(Y)
    return dA2 * A2 * (1 - A2)
