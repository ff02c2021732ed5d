# %% minibatches | permutation
def minibatches(X, Y, batch_size, rng):
    p = rng.permutation(len(X))
    return [(X[p[i:i + batch_size]], Y[p[i:i + batch_size]]) for i in range(0, len(X), batch_size)]

# %% minibatches | shuffled index list
def minibatches(X, Y, batch_size, rng):
    idx = list(range(len(X)))
    rng.shuffle(idx)
    out = []
    while idx:
        now, idx = idx[:batch_size], idx[batch_size:]
        out.append((X[now], Y[now]))
    return out

# %% minibatches | choice without replacement
def minibatches(X, Y, batch_size, rng):
    m = X.shape[0]
    order = rng.choice(m, size=m, replace=False)
    batches = []
    for start in range(0, m, batch_size):
        rows = order[start:start + batch_size]
        batches.append([X[rows], Y[rows]])
    return batches

# %% minibatches | glued together and shuffled as one
def minibatches(X, Y, batch_size, rng):
    n = X.shape[1]
    XY = np.hstack([X, Y])
    rng.shuffle(XY)
    return [(XY[i:i + batch_size, :n], XY[i:i + batch_size, n:]) for i in range(0, len(XY), batch_size)]

# %% minibatches | random keys and argsort, array_split at the borders
def minibatches(X, Y, batch_size, rng):
    p = np.argsort(rng.random(len(X)))
    cuts = np.arange(batch_size, len(X), batch_size)
    return list(zip(np.split(X[p], cuts), np.split(Y[p], cuts)))

# %% minibatches | Fisher and Yates by hand, rest appended
def minibatches(X, Y, batch_size, rng):
    m = len(X)
    p = np.arange(m)
    for i in range(m - 1, 0, -1):
        j = int(rng.integers(0, i + 1))
        p[i], p[j] = p[j], p[i]
    Xs, Ys = X[p], Y[p]
    full = m // batch_size
    out = []
    for k in range(full):
        s = slice(k * batch_size, (k + 1) * batch_size)
        out.append((Xs[s].copy(), Ys[s].copy()))
    if full * batch_size < m:
        out.append((Xs[full * batch_size:], Ys[full * batch_size:]))
    return out

# %% early_stop | for with break
def early_stop(val_costs, patience):
    best, best_epoch, bad, run = float("inf"), 0, 0, 0
    for t, c in enumerate(val_costs):
        run = t + 1
        if c < best:
            best, best_epoch, bad = c, t, 0
        else:
            bad += 1
            if bad == patience:
                break
    return best_epoch, run

# %% early_stop | while loop
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

# %% early_stop | while with a counter, list for the pair
def early_stop(val_costs, patience):
    best = val_costs[0]
    best_epoch = 0
    without = 0
    epochs_run = 1
    while epochs_run < len(val_costs) and without < patience:
        c = val_costs[epochs_run]
        if c < best:
            best = c
            best_epoch = epochs_run
            without = 0
        else:
            without += 1
        epochs_run += 1
    return [best_epoch, epochs_run]

# %% early_stop | argmin of every beginning
def early_stop(val_costs, patience):
    costs = np.asarray(val_costs, dtype=float)
    for run in range(1, len(costs) + 1):
        best = np.argmin(costs[:run])
        if run - 1 - best == patience:
            return best, run
    return np.argmin(costs), len(costs)

# %% early_stop | return in the loop, history kept
def early_stop(val_costs, patience):
    history = []
    best_epoch = None
    for epoch, cost in enumerate(val_costs):
        if not history or cost < min(history):
            best_epoch = epoch
        history.append(cost)
        if epoch - best_epoch >= patience:
            return int(best_epoch), len(history)
    return int(best_epoch), len(history)

# %% early_stop | list methods
def early_stop(val_costs, patience):
    for t in range(1, len(val_costs) + 1):
        best = val_costs.index(min(val_costs[:t]))
        if t - 1 - best >= patience:
            return best, t
    return val_costs.index(min(val_costs)), len(val_costs)

# %% minibatches | rows sorted by random keys
def minibatches(X, Y, batch_size, rng):
    order = np.argsort(rng.random(X.shape[0]))
    return [(X[part], Y[part]) for part in (order[i:i + batch_size] for i in range(0, len(order), batch_size))]

# %% minibatches | both glued together, then shuffled
def minibatches(X, Y, batch_size, rng):
    both = np.hstack([X, Y])
    rng.shuffle(both)
    n = X.shape[1]
    return [(both[i:i + batch_size, :n], both[i:i + batch_size, n:]) for i in range(0, len(both), batch_size)]

# %% split_rows | one permutation, cut twice
def split_rows(m, n_validation, n_test, rng):
    order = rng.permutation(m)
    k = m - n_validation - n_test
    return order[:k], order[k:k + n_validation], order[k + n_validation:]

# %% split_rows | the test rows come first in the order
def split_rows(m, n_validation, n_test, rng):
    order = rng.permutation(m)
    test, validation, training = np.split(order, [n_test, n_test + n_validation])
    return training, validation, test

# %% split_rows | a list of three arrays
def split_rows(m, n_validation, n_test, rng):
    rows = np.arange(m)
    rng.shuffle(rows)
    return [rows[n_validation + n_test:], rows[:n_validation], rows[n_validation:n_validation + n_test]]

# %% split_rows | random keys and argsort
def split_rows(m, n_validation, n_test, rng):
    order = np.argsort(rng.random(m))
    return order[:m - n_validation - n_test], order[m - n_validation - n_test:m - n_test], order[m - n_test:]

# %% split_rows | choice without replacement, what is left by setdiff and shuffled
def split_rows(m, n_validation, n_test, rng):
    test = rng.choice(m, size=n_test, replace=False)
    rest = np.setdiff1d(np.arange(m), test)
    rng.shuffle(rest)
    return rest[n_validation:], rest[:n_validation], test

# %% split_rows | a loop that deals the rows out
def split_rows(m, n_validation, n_test, rng):
    left = list(range(m))
    parts = []
    for size in (m - n_validation - n_test, n_validation, n_test):
        part = np.empty(size, dtype=int)
        for i in range(size):
            part[i] = left.pop(int(rng.integers(len(left))))
        parts.append(part)
    return tuple(parts)

# %% momentum_step | two comprehensions
def momentum_step(params, grads, velocity, lr, beta):
    velocity = {k: beta * v + grads[k] for k, v in velocity.items()}
    params = {k: p - lr * velocity["d" + k] for k, p in params.items()}
    return params, velocity

# %% momentum_step | a loop over the parameters
def momentum_step(params, grads, velocity, lr, beta):
    p, v = {}, {}
    for name in params:
        v["d" + name] = grads["d" + name] + beta * velocity["d" + name]
        p[name] = params[name] - lr * v["d" + name]
    return p, v

# %% momentum_step | deep copies, changed in place
def momentum_step(params, grads, velocity, lr, beta):
    import copy
    p, v = copy.deepcopy(params), copy.deepcopy(velocity)
    for name in grads:
        v[name] = v[name] * beta
        v[name] += grads[name]
        p[name[1:]] = p[name[1:]] - lr * v[name]
    return p, v

# %% momentum_step | a list for the pair, the rate multiplied out
def momentum_step(params, grads, velocity, lr, beta):
    new_v = {n: np.add(np.multiply(beta, velocity[n]), grads[n]) for n in velocity}
    new_p = {n: params[n] - lr * beta * velocity["d" + n] - lr * grads["d" + n] for n in params}
    return [new_p, new_v]

# %% momentum_step | a helper for one parameter
def one_step(p, g, v, lr, beta):
    v = beta * v + g
    return p - lr * v, v

def momentum_step(params, grads, velocity, lr, beta):
    both = {k: one_step(params[k], grads["d" + k], velocity["d" + k], lr, beta) for k in params}
    return {k: b[0] for k, b in both.items()}, {"d" + k: b[1] for k, b in both.items()}

# %% momentum_step | sorted names and np.subtract
def momentum_step(params, grads, velocity, lr, beta):
    names = sorted(params)
    v = {}
    p = {}
    for k in names:
        v[f"d{k}"] = np.float64(beta) * velocity[f"d{k}"] + grads[f"d{k}"]
        p[k] = np.subtract(params[k], np.float64(lr) * v[f"d{k}"])
    return p, v


# %% split_rows | removes one by one
def split_rows(m, n_validation, n_test, rng):
    left, parts = list(range(m)), []
    for n in (m - n_validation - n_test, n_validation, n_test):
        parts.append(np.array([left.pop(rng.integers(len(left))) for _ in range(n)], dtype=int))
    return tuple(parts)


# %% split_rows | sorts random numbers, list with arrays
def split_rows(m, n_validation, n_test, rng):
    order = np.array(sorted(range(m), key=lambda _: rng.random()), dtype=int)
    n = m - n_validation - n_test
    return list(np.split(order, [n, n + n_validation]))


# %% minibatches | draws without replacement, one by one
def minibatches(X, Y, batch_size, rng):
    left = list(range(len(X)))
    batches = []
    while left:
        take = [left.pop(int(rng.integers(len(left)))) for _ in range(min(batch_size, len(left)))]
        batches.append([X[take], Y[take]])
    return batches


# %% minibatches | glued table
def minibatches(X, Y, batch_size, rng):
    t = rng.permutation(np.hstack([X, Y]), axis=0)
    k = X.shape[1]
    return tuple((t[i:i + batch_size, :k], t[i:i + batch_size, k:]) for i in range(0, len(t), batch_size))


# %% momentum_step | skips where gradient and velocity are both zero
def momentum_step(params, grads, velocity, lr, beta):
    p, v = dict(params), dict(velocity)
    for n in params:
        k = "d" + n
        if not np.any(grads[k]) and not np.any(velocity[k]):
            continue
        v[k] = beta * v[k] + grads[k]
        p[n] = p[n] - lr * v[k]
    return p, v


# %% momentum_step | from the step, velocity worked out backward
def momentum_step(params, grads, velocity, lr, beta):
    new = {k: np.add(np.multiply(velocity[k], beta), grads[k]) for k in sorted(velocity)}
    return [dict((n, np.subtract(params[n], np.multiply(new["d" + n], lr))) for n in reversed(list(params))), new]


# %% momentum_step | single precision
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + grads[k] for k in velocity}
    return {n: np.asarray(params[n] - lr * v["d" + n], dtype=np.float64) for n in params}, v


# %% early_stop | cumulative minimum
def early_stop(val_costs, patience):
    c = np.array(val_costs, dtype=float)
    best = 0
    for t in range(1, len(c)):
        if c[t] < c[best]:
            best = t
        if t - best == patience:
            return [best, t + 1]
    return np.array([best, len(c)])


# %% early_stop | very large start
def early_stop(val_costs, patience):
    low, best, bad = float("inf"), 0, 0
    for run, c in enumerate(val_costs, 1):
        bad = bad + 1
        if low > c:
            low, best, bad = c, run - 1, 0
        if bad >= patience:
            break
    return np.int64(best), np.int64(run)
