"""Steps in the arrays it was given, which then are no longer the start."""

EXPECTED = {
    "train": ("partial", 2.5),
}


# %% train
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, params))
        g = grad_fn(X, Y, params)
        for k in params:
            params[k] -= lr * g["d" + k]
    return params, costs
