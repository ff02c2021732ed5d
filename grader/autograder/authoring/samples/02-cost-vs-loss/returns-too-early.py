"""Leaves the loop with the first example, and does not turn X."""

EXPECTED = {
    "cost_grads_loop": ("wrong", 0),
    "neuron_cost_grads": ("error", 0),
}


# %% cost_grads_loop
def cost_grads_loop(X, y, w, b):
    m = X.shape[0]
    dw = np.zeros(w.shape)
    db = 0.0
    for i in range(m):
        r = np.dot(X[i], w) + b - y[i]
        dw += r * X[i] / m
        db += r / m
        return dw, db


# %% neuron_cost_grads
def neuron_cost_grads(X, y, w, b):
    m = X.shape[0]
    D = X @ w + b - y
    return X @ D / m, np.sum(D) / m
