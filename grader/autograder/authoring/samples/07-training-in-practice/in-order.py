"""Never shuffles, and drops the short batch; one bad epoch too many."""

EXPECTED = {
    "split_rows": ("wrong", 0),
    "minibatches": ("wrong", 0),
    "early_stop": ("wrong", 0),
}


# %% minibatches
def minibatches(X, Y, batch_size, rng):
    out = []
    for k in range(len(X) // batch_size):
        s = slice(k * batch_size, (k + 1) * batch_size)
        out.append((X[s], Y[s]))
    return out


# %% early_stop
def early_stop(val_costs, patience):
    best, best_epoch, bad, run = float("inf"), 0, 0, 0
    for t, c in enumerate(val_costs):
        run = t + 1
        if c < best:
            best, best_epoch, bad = c, t, 0
        else:
            bad += 1
        if bad > patience:
            break
    return best_epoch, run


# %% split_rows
def split_rows(m, n_validation, n_test, rng):
    rows = np.arange(m)
    n_training = m - n_validation - n_test
    return rows[:n_training], rows[n_training:n_training + n_validation], rows[n_training + n_validation:]
