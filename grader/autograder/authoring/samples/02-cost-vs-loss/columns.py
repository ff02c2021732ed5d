"""Has every value right, and lays it out as a column."""

EXPECTED = {
    "predict": ("partial", 1),
    "cost": ("partial", 1.5),
    "neuron_cost_grads": ("partial", 4.5),
}


# %% predict
def predict(X, w, b):
    return X @ w.reshape(-1, 1) + b


# %% cost
def cost(A, Y):
    return np.mean(0.5 * (A - Y) ** 2, axis=0, keepdims=True)


# %% neuron_cost_grads
def neuron_cost_grads(X, y, w, b):
    m = X.shape[0]
    D = (X @ w + b - y)[:, None]
    return X.T @ D / m, float(np.sum(D) / m)
