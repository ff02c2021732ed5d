"""Hands the variance to a generator that takes the spread."""

EXPECTED = {"init_weights": ("wrong", 0)}


# %% init_weights
def init_weights(widths, rng):
    return [rng.normal(0, 2 / n, (n, k)) for n, k in zip(widths, widths[1:])]
