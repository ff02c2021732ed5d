"""Stops before momentum, and returns lists of row numbers."""

START = "stub"
EXPECTED = {
    "split_rows": ("partial", 2),
    "momentum_step": ("not-attempted", 0),
    "early_stop": ("not-attempted", 0),
    "best_rate": ("not-attempted", 0),
    "rows_for": ("not-attempted", 0),
    "find_the_bug": ("not-attempted", 0),
}


# %% split_rows
def split_rows(m, n_validation, n_test, rng):
    rows = list(range(m))
    rng.shuffle(rows)
    n_training = m - n_validation - n_test
    return rows[:n_training], rows[n_training:n_training + n_validation], rows[n_training + n_validation:]


# %% minibatches
def minibatches(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    return [(X[order[i:i + batch_size]], Y[order[i:i + batch_size]]) for i in range(0, len(X), batch_size)]
