"""Notes each cost after the step, and believes in one neuron."""

EXPECTED = {
    "train": ("wrong", 0),
    "one_neuron": ("wrong", 0),
}


# %% train
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    costs = []
    for t in range(epochs):
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
        costs.append(cost_fn(X, Y, p))
    return p, costs


# %% one_neuron
one_neuron = (1.0, 1.0, -1.5)
