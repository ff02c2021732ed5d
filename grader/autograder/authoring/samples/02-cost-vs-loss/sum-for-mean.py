"""Takes the sum over the examples for the mean, everywhere."""

EXPECTED = {
    "cost": ("wrong", 0),
    "cost_grads_loop": ("wrong", 0),
    "neuron_cost_grads": ("wrong", 0),
    "doubled_data": ("wrong", 0),
}


# %% cost
def cost(A, Y):
    return 0.5 * np.sum((A - Y) ** 2)


# %% cost_grads_loop
def cost_grads_loop(X, y, w, b):
    dw = np.zeros(len(w))
    db = 0.0
    for i in range(len(X)):
        r = X[i] @ w + b - y[i]
        dw += r * X[i]
        db += r
    return dw, db


# %% neuron_cost_grads
def neuron_cost_grads(X, y, w, b):
    r = X @ w + b - y
    return X.T @ r, np.sum(r)


# %% doubled_data
doubled_data = {"J": "doubles", "dw": "doubles"}
