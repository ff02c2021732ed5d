"""Compares each epoch with the one before, and guesses the rate."""

EXPECTED = {
    "early_stop": ("wrong", 0),
    "best_rate": ("wrong", 0),
}


# %% early_stop
def early_stop(val_costs, patience):
    best_epoch, bad = 0, 0
    last = float("inf")
    for t, c in enumerate(val_costs):
        if c < last:
            best_epoch, bad = t, 0
        else:
            bad += 1
        last = c
        if bad == patience:
            return best_epoch, t + 1
    return best_epoch, len(val_costs)


# %% best_rate
best_rate = 1000.0
