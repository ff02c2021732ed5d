"""Shuffles the inputs and not their targets."""

EXPECTED = {
    "minibatches": ("wrong", 0),
    "best_rate": ("carried", 4),
}


# %% minibatches
def minibatches(X, Y, batch_size, rng):
    Xs = X[rng.permutation(len(X))]
    return [(Xs[i:i + batch_size], Y[i:i + batch_size]) for i in range(0, len(X), batch_size)]
