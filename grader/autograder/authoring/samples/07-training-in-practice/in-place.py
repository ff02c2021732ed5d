"""Changes the arrays that it was given, and splits validation and test the wrong way round."""

EXPECTED = {
    "split_rows": ("wrong", 0),
    "momentum_step": ("partial", 2.5),
}


# %% split_rows
def split_rows(m, n_validation, n_test, rng):
    rows = rng.permutation(m)
    test, validation, training = np.split(rows, [n_test, n_test + n_validation])
    return training, test, validation


# %% momentum_step
def momentum_step(params, grads, velocity, lr, beta):
    for k in params:
        velocity["d" + k] = beta * velocity["d" + k] + grads["d" + k]
        params[k] = params[k] - lr * velocity["d" + k]
    return params, velocity
