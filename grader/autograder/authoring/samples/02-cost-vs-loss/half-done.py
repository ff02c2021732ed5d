"""Gets as far as the loop, and leaves one division out of it."""

START = "stub"
EXPECTED = {
    "cost_grads_loop": ("partial", 2),
    "neuron_cost_grads": ("not-attempted", 0),
    "doubled_data": ("not-attempted", 0),
    "gd_step": ("not-attempted", 0),
    "learning_rates": ("not-attempted", 0),
}


# %% predict
def predict(X, w, b):
    z = X @ w.reshape(-1, 1) + b
    return z.ravel()


# %% cost
def cost(A, Y):
    m = A.shape[0]
    return np.sum((A - Y) ** 2) / (2 * m)


# %% cost_grads_loop
def cost_grads_loop(X, y, w, b):
    m = len(y)
    dw = np.zeros(len(w))
    db = 0.0
    for xi, yi in zip(X, y):
        r = xi @ w + b - yi
        dw = dw + r * xi
        db = db + r
    dw = dw / m
    return dw, db
