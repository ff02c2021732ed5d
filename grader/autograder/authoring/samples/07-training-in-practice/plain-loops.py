"""Solves everything with loops."""

EXPECTED = {}


# %% minibatches
def minibatches(X, Y, batch_size, rng):
    idx = list(range(len(X)))
    rng.shuffle(idx)
    out = []
    while idx:
        now, idx = idx[:batch_size], idx[batch_size:]
        out.append((X[now], Y[now]))
    return out


# %% early_stop
def early_stop(val_costs, patience):
    t = 0
    best_epoch = 0
    while t < len(val_costs):
        if val_costs[t] < val_costs[best_epoch]:
            best_epoch = t
        t += 1
        if t - 1 - best_epoch >= patience:
            break
    return best_epoch, t


# %% split_rows
def split_rows(m, n_validation, n_test, rng):
    left = list(range(m))
    rng.shuffle(left)
    parts = [np.zeros(m - n_validation - n_test, int), np.zeros(n_validation, int), np.zeros(n_test, int)]
    for part in parts:
        for i in range(len(part)):
            part[i] = left.pop()
    return tuple(parts)


# %% momentum_step
def momentum_step(params, grads, velocity, lr, beta):
    new_params = {}
    new_velocity = {}
    for name in params:
        new_velocity["d" + name] = beta * velocity["d" + name] + grads["d" + name]
        new_params[name] = params[name] - lr * new_velocity["d" + name]
    return new_params, new_velocity


# %% best_rate
best_rate, lowest = None, float("inf")
for rate in rates:
    if cost_after(rate) < lowest:
        best_rate, lowest = rate, cost_after(rate)


# %% find_the_bug
truth = measure(gated_cost, gated)
theirs = gated_grads(gated)
for name in gated:
    if not np.allclose(truth["d" + name], theirs["d" + name], rtol=1e-3, atol=1e-6):
        find_the_bug = name
