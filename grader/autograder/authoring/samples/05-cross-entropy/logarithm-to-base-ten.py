"""Takes the logarithm to base ten for the price, and works on with it."""

EXPECTED = {"surprisal": ("wrong", 0), "bce_cost": ("wrong", 0), "chance_cost": ("carried", 2)}


# %% surprisal
def surprisal(p):
    return -np.log10(p)


# %% bce_cost
def bce_cost(A, Y):
    right = np.where(Y == 1, A, 1 - A)
    return np.mean(surprisal(np.clip(right, 1e-12, 1.0)))
