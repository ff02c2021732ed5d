"""Turns the residual round, then steps with a plus, in the arrays it was given."""

EXPECTED = {
    "neuron_cost_grads": ("wrong", 0),
    "gd_step": ("wrong", 0),
}


# %% neuron_cost_grads
def neuron_cost_grads(X, y, w, b):
    m = len(y)
    err = y - predict(X, w, b)
    return err @ X / m, err.mean()

def predict(X, w, b):
    return X @ w + b


# %% gd_step
def gd_step(params, grads, lr):
    for k in params:
        params[k] += lr * grads["d" + k]
    return params
