"""Leaves the half out of the loss, so every slope has a factor of two; tries one rate for three."""

EXPECTED = {
    "cost": ("wrong", 0),
    "cost_grads_loop": ("wrong", 0),
    "neuron_cost_grads": ("wrong", 0),
    "learning_rates": ("wrong", 0),
}


# %% cost
def cost(A, Y):
    return np.mean((A - Y) ** 2)


# %% cost_grads_loop
def cost_grads_loop(X, y, w, b):
    m = len(X)
    dw, db = np.zeros(X.shape[1]), 0.0
    for i in range(m):
        a = X[i] @ w + b
        dw += 2 / m * (a - y[i]) * X[i]
        db += 2 / m * (a - y[i])
    return dw, db


# %% neuron_cost_grads
def neuron_cost_grads(X, y, w, b):
    m = len(y)
    err = X @ w + b - y
    dw = (2 / m) * np.dot(err, X)
    db = (2 / m) * np.sum(err)
    return dw, db


# %% learning_rates
learning_rates = {"slow": 0.1, "good": 0.1, "diverges": 0.1}
