# %% minibatches: not-shuffled | slices in order
def minibatches(X, Y, batch_size, rng):
    return [(X[i:i + batch_size], Y[i:i + batch_size]) for i in range(0, len(X), batch_size)]

# %% minibatches: own-randomness | a generator of its own with a fixed seed
def minibatches(X, Y, batch_size, rng):
    rng = np.random.default_rng(0)
    p = rng.permutation(len(X))
    return [(X[p[i:i + batch_size]], Y[p[i:i + batch_size]]) for i in range(0, len(X), batch_size)]

# %% minibatches: not-shuffled | permutation drawn and thrown away
def minibatches(X, Y, batch_size, rng):
    idx = np.arange(len(X))
    rng.permutation(idx)
    out = []
    for i in range(0, len(X), batch_size):
        part = idx[i:i + batch_size]
        out.append((X[part], Y[part]))
    return out

# %% minibatches: pairs-torn | only X is shuffled
def minibatches(X, Y, batch_size, rng):
    Xs = X[rng.permutation(len(X))]
    return [(Xs[i:i + batch_size], Y[i:i + batch_size]) for i in range(0, len(X), batch_size)]

# %% minibatches: pairs-torn | two permutations
def minibatches(X, Y, batch_size, rng):
    m = X.shape[0]
    Xs = rng.permutation(X)
    Ys = rng.permutation(Y)
    out = []
    start = 0
    while start < m:
        out.append((Xs[start:start + batch_size], Ys[start:start + batch_size]))
        start += batch_size
    return out

# %% minibatches: examples-left-out | the short batch is dropped
def minibatches(X, Y, batch_size, rng):
    p = rng.permutation(len(X))
    out = []
    for k in range(len(X) // batch_size):
        idx = p[k * batch_size:(k + 1) * batch_size]
        out.append((X[idx], Y[idx]))
    return out

# %% minibatches: examples-left-out | drawn with replacement
def minibatches(X, Y, batch_size, rng):
    m = len(X)
    out = []
    for i in range(0, m, batch_size):
        idx = rng.integers(0, m, size=min(batch_size, m - i))
        out.append((X[idx], Y[idx]))
    return out

# %% minibatches: examples-left-out | choice, replacement left on
def minibatches(X, Y, batch_size, rng):
    m = len(X)
    p = rng.choice(m, size=m)
    return [(X[p[i:i + batch_size]], Y[p[i:i + batch_size]]) for i in range(0, m, batch_size)]

# %% minibatches: examples-left-out / wrong-batch-sizes | last batch filled up from the front
def minibatches(X, Y, batch_size, rng):
    m = len(X)
    p = rng.permutation(m)
    out = []
    for i in range(0, m, batch_size):
        idx = [p[j % m] for j in range(i, i + batch_size)]
        out.append((X[idx], Y[idx]))
    return out

# %% minibatches: examples-left-out / off-by-one | last row never drawn
def minibatches(X, Y, batch_size, rng):
    p = rng.permutation(len(X) - 1)
    return [(X[p[i:i + batch_size]], Y[p[i:i + batch_size]]) for i in range(0, len(p), batch_size)]

# %% minibatches: wrong-batch-sizes | batch_size batches
def minibatches(X, Y, batch_size, rng):
    p = rng.permutation(len(X))
    return [(X[i], Y[i]) for i in np.array_split(p, batch_size)]

# %% minibatches: wrong-batch-sizes | parts of equal size
def minibatches(X, Y, batch_size, rng):
    p = rng.permutation(len(X))
    k = int(np.ceil(len(X) / batch_size))
    size = int(np.ceil(len(X) / (k + 1)))
    return [(X[p[i:i + size]], Y[p[i:i + size]]) for i in range(0, len(X), size)]

# %% minibatches: wrong-batch-sizes | the rest goes into the last full batch
def minibatches(X, Y, batch_size, rng):
    m = len(X)
    p = rng.permutation(m)
    k = max(1, m // batch_size)
    out = []
    for j in range(k):
        idx = p[j * batch_size:] if j == k - 1 else p[j * batch_size:(j + 1) * batch_size]
        out.append((X[idx], Y[idx]))
    return out

# %% minibatches: wrong-batch-sizes | windows overlap, step one
def minibatches(X, Y, batch_size, rng):
    p = rng.permutation(len(X))
    return [(X[p[i:i + batch_size]], Y[p[i:i + batch_size]]) for i in range(len(X))]

# %% minibatches: wrong-batch-sizes / off-by-one | one row more than asked for
def minibatches(X, Y, batch_size, rng):
    p = list(rng.permutation(len(X)))
    out = []
    while p:
        idx = p[:batch_size + 1]
        p = p[batch_size + 1:]
        out.append((X[idx], Y[idx]))
    return out

# %% minibatches: wrong-batch-sizes / off-by-one | always one batch more, empty where it fits
def minibatches(X, Y, batch_size, rng):
    p = rng.permutation(len(X))
    out = []
    for k in range(len(X) // batch_size + 1):
        idx = p[k * batch_size:(k + 1) * batch_size]
        out.append((X[idx], Y[idx]))
    return out

# %% minibatches: wrong-axis | columns of X
def minibatches(X, Y, batch_size, rng):
    n = X.shape[1]
    p = rng.permutation(n)
    return [(X[:, p[i:i + batch_size]], Y) for i in range(0, n, batch_size)]

# %% minibatches: input-modified | shuffled where they lie
def minibatches(X, Y, batch_size, rng):
    p = rng.permutation(len(X))
    X[:] = X[p]
    Y[:] = Y[p]
    return [(X[i:i + batch_size], Y[i:i + batch_size]) for i in range(0, len(X), batch_size)]

# %% minibatches: input-modified | swaps rows of the caller
def minibatches(X, Y, batch_size, rng):
    for i in range(len(X) - 1, 0, -1):
        j = rng.integers(0, i + 1)
        X[[i, j]] = X[[j, i]]
        Y[[i, j]] = Y[[j, i]]
    out = []
    for i in range(0, len(X), batch_size):
        out.append((X[i:i + batch_size].copy(), Y[i:i + batch_size].copy()))
    return out

# %% minibatches: wrong-container | two lists
def minibatches(X, Y, batch_size, rng):
    p = rng.permutation(len(X))
    Xb = [X[p[i:i + batch_size]] for i in range(0, len(X), batch_size)]
    Yb = [Y[p[i:i + batch_size]] for i in range(0, len(X), batch_size)]
    return Xb, Yb

# %% minibatches: wrong-container | row numbers instead of rows
def minibatches(X, Y, batch_size, rng):
    p = rng.permutation(len(X))
    return [p[i:i + batch_size] for i in range(0, len(X), batch_size)]

# %% minibatches: wrong-container | one dict for each batch
def minibatches(X, Y, batch_size, rng):
    p = rng.permutation(len(X))
    return [{"X": X[p[i:i + batch_size]], "Y": Y[p[i:i + batch_size]]} for i in range(0, len(X), batch_size)]

# %% minibatches: swapped-returns | targets first
def minibatches(X, Y, batch_size, rng):
    p = rng.permutation(len(X))
    return [(Y[p[i:i + batch_size]], X[p[i:i + batch_size]]) for i in range(0, len(X), batch_size)]

# %% minibatches: right-values-wrong-shape | targets flat
def minibatches(X, Y, batch_size, rng):
    p = rng.permutation(len(X))
    y = Y.ravel()
    return [(X[p[i:i + batch_size]], y[p[i:i + batch_size]]) for i in range(0, len(X), batch_size)]

# %% minibatches: decimals-lost | integer buffer for the inputs
def minibatches(X, Y, batch_size, rng):
    p = rng.permutation(len(X))
    Xs = np.zeros(X.shape, dtype=int)
    Ys = np.zeros(Y.shape)
    for i, j in enumerate(p):
        Xs[i] = X[j]
        Ys[i] = Y[j]
    return [(Xs[i:i + batch_size], Ys[i:i + batch_size]) for i in range(0, len(X), batch_size)]

# %% minibatches: wrong-batch-sizes / tied-to-visible-data | batches of two
def minibatches(X, Y, batch_size, rng):
    p = rng.permutation(len(X))
    return [(X[p[i:i + 2]], Y[p[i:i + 2]]) for i in range(0, len(X), 2)]

# %% minibatches: notebook-variable-used | indices of the notebook
def minibatches(X, Y, batch_size, rng):
    return [(X[order[i:i + batch_size]], Y[order[i:i + batch_size]]) for i in range(0, len(X), batch_size)]

# %% minibatches: pairs-torn + examples-left-out | only X shuffled, short batch dropped
def minibatches(X, Y, batch_size, rng):
    Xs = X[rng.permutation(len(X))]
    out = []
    for k in range(len(X) // batch_size):
        s = slice(k * batch_size, (k + 1) * batch_size)
        out.append((Xs[s], Y[s]))
    return out

# %% minibatches: not-shuffled + examples-left-out | in order, short batch dropped
def minibatches(X, Y, batch_size, rng):
    out = []
    for k in range(len(X) // batch_size):
        s = slice(k * batch_size, (k + 1) * batch_size)
        out.append((X[s], Y[s]))
    return out

# %% early_stop: off-by-one | epochs_run is the last number
def early_stop(val_costs, patience):
    best, best_epoch, bad = float("inf"), 0, 0
    for t, c in enumerate(val_costs):
        if c < best:
            best, best_epoch, bad = c, t, 0
        else:
            bad += 1
            if bad == patience:
                break
    return best_epoch, t

# %% early_stop: off-by-one | epochs count from one
def early_stop(val_costs, patience):
    best, best_epoch, bad, run = float("inf"), 0, 0, 0
    for t, c in enumerate(val_costs, start=1):
        run += 1
        if c < best:
            best, best_epoch, bad = c, t, 0
        else:
            bad += 1
        if bad >= patience:
            break
    return best_epoch, run

# %% early_stop: off-by-one | one bad epoch too many is allowed
def early_stop(val_costs, patience):
    best, best_epoch, bad, run = float("inf"), 0, 0, 0
    for t, c in enumerate(val_costs):
        run = t + 1
        if c < best:
            best, best_epoch, bad = c, t, 0
        else:
            bad += 1
        if bad > patience:
            break
    return best_epoch, run

# %% early_stop: off-by-one | the epoch that stops is not counted
def early_stop(val_costs, patience):
    best = val_costs[0]
    best_epoch = 0
    wait = 0
    epochs_run = 0
    for t in range(len(val_costs)):
        if t == 0 or val_costs[t] < best:
            best = val_costs[t]
            best_epoch = t
            wait = 0
        else:
            wait += 1
            if wait == patience:
                break
        epochs_run += 1
    return best_epoch, epochs_run

# %% early_stop: off-by-one / stopped-early | one bad epoch too few
def early_stop(val_costs, patience):
    best, best_epoch = float("inf"), 0
    for t, c in enumerate(val_costs):
        if c < best:
            best, best_epoch = c, t
        elif t - best_epoch >= patience - 1:
            return best_epoch, t + 1
    return best_epoch, len(val_costs)

# %% early_stop: best-not-kept | compared with the epoch before
def early_stop(val_costs, patience):
    best_epoch, bad = 0, 0
    last = float("inf")
    for t, c in enumerate(val_costs):
        if c < last:
            best_epoch, bad = t, 0
        else:
            bad += 1
        last = c
        if bad == patience:
            return best_epoch, t + 1
    return best_epoch, len(val_costs)

# %% early_stop: best-not-kept | returns the last epoch
def early_stop(val_costs, patience):
    best, bad = float("inf"), 0
    for t, c in enumerate(val_costs):
        if c < best:
            best, bad = c, 0
        else:
            bad += 1
        if bad == patience:
            break
    return t, t + 1

# %% early_stop: off-by-one / best-not-kept | the count minus patience
def early_stop(val_costs, patience):
    best, bad, run = float("inf"), 0, 0
    for c in val_costs:
        run += 1
        if c < best:
            best, bad = c, 0
        else:
            bad += 1
        if bad == patience:
            break
    return max(0, run - patience), run

# %% early_stop: best-not-kept | highest cost
def early_stop(val_costs, patience):
    best, best_epoch, bad, run = -float("inf"), 0, 0, 0
    for t, c in enumerate(val_costs):
        run = t + 1
        if c > best:
            best, best_epoch, bad = c, t, 0
        else:
            bad += 1
        if bad == patience:
            break
    return best_epoch, run

# %% early_stop: best-not-kept | starts from zero, so nothing is ever better
def early_stop(val_costs, patience):
    best, best_epoch, bad, run = 0.0, 0, 0, 0
    for t, c in enumerate(val_costs):
        run = t + 1
        if c < best:
            best, best_epoch, bad = c, t, 0
        else:
            bad += 1
        if bad == patience:
            break
    return best_epoch, run

# %% early_stop: best-not-kept | best never updated, only its number
def early_stop(val_costs, patience):
    best = val_costs[0]
    best_epoch, bad = 0, 0
    for t in range(1, len(val_costs)):
        if val_costs[t] < best:
            best_epoch = t
            bad = 0
        else:
            bad += 1
        if bad == patience:
            return best_epoch, t + 1
    return best_epoch, len(val_costs)

# %% early_stop: stopped-early | count is never set back
def early_stop(val_costs, patience):
    best, best_epoch, bad, run = float("inf"), 0, 0, 0
    for t, c in enumerate(val_costs):
        run = t + 1
        if c < best:
            best, best_epoch = c, t
        else:
            bad += 1
        if bad == patience:
            break
    return best_epoch, run

# %% early_stop: stopped-early | stops at the first rise
def early_stop(val_costs, patience):
    best_epoch = 0
    for t in range(1, len(val_costs)):
        if val_costs[t] < val_costs[best_epoch]:
            best_epoch = t
        else:
            return best_epoch, t + 1
    return best_epoch, len(val_costs)

# %% early_stop: stopped-early | patience is taken for the number of epochs
def early_stop(val_costs, patience):
    seen = list(val_costs)[:patience]
    return int(np.argmin(seen)), len(seen)

# %% early_stop: swapped-returns | epochs_run first
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
    return run, best_epoch

# %% early_stop: wrong-container | only the best epoch
def early_stop(val_costs, patience):
    best_epoch = 0
    for t in range(len(val_costs)):
        if val_costs[t] < val_costs[best_epoch]:
            best_epoch = t
        if t - best_epoch >= patience:
            break
    return best_epoch

# %% early_stop: wrong-container | a dict
def early_stop(val_costs, patience):
    best_epoch = 0
    run = 0
    for t in range(len(val_costs)):
        run = t + 1
        if val_costs[t] < val_costs[best_epoch]:
            best_epoch = t
        if t - best_epoch >= patience:
            break
    return {"best_epoch": best_epoch, "epochs_run": run}

# %% early_stop: wrong-container | nothing when the costs run out
def early_stop(val_costs, patience):
    best, best_epoch, bad = float("inf"), 0, 0
    for t, c in enumerate(val_costs):
        if c < best:
            best, best_epoch, bad = c, t, 0
        else:
            bad += 1
        if bad == patience:
            return best_epoch, t + 1

# %% early_stop: other-quantity-returned | the best cost, not its epoch
def early_stop(val_costs, patience):
    best, bad, run = float("inf"), 0, 0
    for c in val_costs:
        run += 1
        if c < best:
            best, bad = c, 0
        else:
            bad += 1
        if bad == patience:
            break
    return best, run

# %% early_stop: better-misjudged | equal counts as better
def early_stop(val_costs, patience):
    best, best_epoch, bad, run = float("inf"), 0, 0, 0
    for t, c in enumerate(val_costs):
        run = t + 1
        if c <= best:
            best, best_epoch, bad = c, t, 0
        else:
            bad += 1
        if bad == patience:
            break
    return best_epoch, run

# %% early_stop: none | never stops
def early_stop(val_costs, patience):
    return int(np.argmin(val_costs)), len(val_costs)

# %% early_stop: tied-to-visible-data | patience of three typed in
def early_stop(val_costs, patience):
    best_epoch, run = 0, 0
    for t in range(len(val_costs)):
        run += 1
        if val_costs[t] < val_costs[best_epoch]:
            best_epoch = t
        if t - best_epoch == 3:
            break
    return best_epoch, run

# %% early_stop: input-modified | running minimum written into the costs
def early_stop(val_costs, patience):
    best_epoch = 0
    for t in range(len(val_costs)):
        if t > 0 and val_costs[t] < val_costs[t - 1]:
            best_epoch = t
        elif t > 0:
            val_costs[t] = val_costs[t - 1]
        if t - best_epoch == patience:
            return best_epoch, t + 1
    return best_epoch, len(val_costs)

# %% early_stop: notebook-variable-used | costs of the notebook
def early_stop(val_costs, patience):
    best_epoch = 0
    for t in range(len(costs)):
        if costs[t] < costs[best_epoch]:
            best_epoch = t
        if t - best_epoch == patience:
            break
    return best_epoch, t + 1

# %% early_stop: stopped-early + swapped-returns | count never set back, order exchanged
def early_stop(val_costs, patience):
    best, best_epoch, bad, run = float("inf"), 0, 0, 0
    for t, c in enumerate(val_costs):
        run += 1
        if c < best:
            best, best_epoch = c, t
        else:
            bad += 1
        if bad >= patience:
            break
    return run, best_epoch

# %% early_stop: off-by-one + swapped-returns | last number for the count, order exchanged
def early_stop(val_costs, patience):
    best_epoch = 0
    for t in range(len(val_costs)):
        if val_costs[t] < val_costs[best_epoch]:
            best_epoch = t
        if t - best_epoch >= patience:
            break
    return t, best_epoch

# %% early_stop: better-misjudged | better only by a margin
def early_stop(val_costs, patience):
    best, best_epoch, bad = float("inf"), 0, 0
    for t, c in enumerate(val_costs):
        if c < best - 1e-3:
            best, best_epoch, bad = c, t, 0
        else:
            bad += 1
            if bad == patience:
                return best_epoch, t + 1
    return best_epoch, len(val_costs)

# %% early_stop: better-misjudged | better only by a millionth
def early_stop(val_costs, patience):
    best, best_epoch, bad = float("inf"), 0, 0
    for t, c in enumerate(val_costs):
        if best - c > 1e-6:
            best, best_epoch, bad = c, t, 0
        else:
            bad += 1
        if bad >= patience:
            return best_epoch, t + 1
    return best_epoch, len(val_costs)

# %% early_stop: best-not-kept / tied-to-visible-data | ten as a start
def early_stop(val_costs, patience):
    best, best_epoch, bad = 10.0, 0, 0
    for t, c in enumerate(val_costs):
        if c < best:
            best, best_epoch, bad = c, t, 0
        else:
            bad += 1
        if bad >= patience:
            return best_epoch, t + 1
    return best_epoch, len(val_costs)

# %% early_stop: tied-to-visible-data | runs off the list
def early_stop(val_costs, patience):
    best_epoch, bad, t = 0, 0, 0
    while bad < patience:
        t += 1
        if val_costs[t] < val_costs[best_epoch]:
            best_epoch, bad = t, 0
        else:
            bad += 1
    return best_epoch, t + 1

# %% minibatches: own-randomness | numpy's global generator
def minibatches(X, Y, batch_size, rng):
    order = np.random.permutation(len(X))
    return [(X[order[i:i + batch_size]], Y[order[i:i + batch_size]]) for i in range(0, len(X), batch_size)]

# %% minibatches: own-randomness | a new generator at each call
def minibatches(X, Y, batch_size, rng):
    order = np.random.default_rng().permutation(X.shape[0])
    X, Y = X[order], Y[order]
    return [(X[i:i + batch_size], Y[i:i + batch_size]) for i in range(0, len(X), batch_size)]

# %% minibatches: not-shuffled | only the order of the batches is random
def minibatches(X, Y, batch_size, rng):
    cut = [(X[i:i + batch_size], Y[i:i + batch_size]) for i in range(0, len(X), batch_size)]
    full = [c for c in cut if len(c[0]) == batch_size]
    rest = [c for c in cut if len(c[0]) < batch_size]
    return [full[i] for i in rng.permutation(len(full))] + rest

# %% minibatches: not-shuffled | rolled by a random number of rows
def minibatches(X, Y, batch_size, rng):
    by = int(rng.integers(1, len(X) + 1))
    X, Y = np.roll(X, by, axis=0), np.roll(Y, by, axis=0)
    return [(X[i:i + batch_size], Y[i:i + batch_size]) for i in range(0, len(X), batch_size)]

# %% minibatches: wrong-container | one number for each target
def minibatches(X, Y, batch_size, rng):
    return [(X[i], Y[i, 0]) for i in rng.permutation(len(X))]

# %% split_rows: not-shuffled | the rows as they lie
def split_rows(m, n_validation, n_test, rng):
    rows = np.arange(m)
    n_training = m - n_validation - n_test
    return rows[:n_training], rows[n_training:n_training + n_validation], rows[n_training + n_validation:]

# %% split_rows: not-shuffled | a random row to begin with, then as they lie
def split_rows(m, n_validation, n_test, rng):
    rows = np.roll(np.arange(m), rng.integers(1, m))
    return rows[:m - n_validation - n_test], rows[m - n_validation - n_test:m - n_test], rows[m - n_test:]

# %% split_rows: not-shuffled | random parts, each sorted
def split_rows(m, n_validation, n_test, rng):
    rows = rng.permutation(m)
    k = m - n_validation - n_test
    return np.sort(rows[:k]), np.sort(rows[k:k + n_validation]), np.sort(rows[k + n_validation:])

# %% split_rows: own-randomness | numpy's global generator
def split_rows(m, n_validation, n_test, rng):
    rows = np.random.permutation(m)
    k = m - n_validation - n_test
    return rows[:k], rows[k:k + n_validation], rows[k + n_validation:]

# %% split_rows: own-randomness | a generator of its own, seed 0
def split_rows(m, n_validation, n_test, rng):
    rows = np.random.default_rng(0).permutation(m)
    k = m - n_validation - n_test
    return rows[:k], rows[k:k + n_validation], rows[k + n_validation:]

# %% split_rows: own-randomness | a new generator at each call
def split_rows(m, n_validation, n_test, rng):
    rng = np.random.default_rng()
    rows = rng.permutation(m)
    k = m - n_validation - n_test
    return rows[:k], rows[k:k + n_validation], rows[k + n_validation:]

# %% split_rows: parts-overlap | drawn with replacement
def split_rows(m, n_validation, n_test, rng):
    rows = rng.integers(0, m, size=m)
    k = m - n_validation - n_test
    return rows[:k], rows[k:k + n_validation], rows[k + n_validation:]

# %% split_rows: parts-overlap | three draws that know nothing of each other
def split_rows(m, n_validation, n_test, rng):
    training = rng.permutation(m)[:m - n_validation - n_test]
    validation = rng.permutation(m)[:n_validation]
    test = rng.permutation(m)[:n_test]
    return training, validation, test

# %% split_rows: parts-overlap | training keeps all rows
def split_rows(m, n_validation, n_test, rng):
    rows = rng.permutation(m)
    return rows, rows[:n_validation], rows[n_validation:n_validation + n_test]

# %% split_rows: parts-overlap | the test rows are the first validation rows
def split_rows(m, n_validation, n_test, rng):
    rows = rng.permutation(m)
    validation = rows[:n_validation]
    test = rows[:n_test]
    training = rows[n_validation + n_test:]
    return training, validation, test

# %% split_rows: swapped-returns | validation, test, training
def split_rows(m, n_validation, n_test, rng):
    rows = rng.permutation(m)
    validation, test, training = np.split(rows, [n_validation, n_validation + n_test])
    return validation, test, training

# %% split_rows: swapped-returns | test before validation
def split_rows(m, n_validation, n_test, rng):
    rows = rng.permutation(m)
    test, validation, training = np.split(rows, [n_test, n_test + n_validation])
    return training, test, validation

# %% split_rows: parts-overlap / examples-left-out / wrong-part-sizes | counts from the end: with no test rows that is all rows
def split_rows(m, n_validation, n_test, rng):
    rows = rng.permutation(m)
    return rows[:-(n_validation + n_test)], rows[-(n_validation + n_test):-n_test], rows[-n_test:]

# %% split_rows: examples-left-out | one training row is lost
def split_rows(m, n_validation, n_test, rng):
    rows = rng.permutation(m)
    k = m - n_validation - n_test
    return rows[:k - 1], rows[k:k + n_validation], rows[k + n_validation:]

# %% split_rows: examples-left-out | row 0 is forgotten
def split_rows(m, n_validation, n_test, rng):
    rows = rng.permutation(np.arange(1, m))
    k = m - n_validation - n_test
    return rows[:k - 1], rows[k - 1:k - 1 + n_validation], rows[k - 1 + n_validation:]

# %% split_rows: off-by-one | rows counted from 1
def split_rows(m, n_validation, n_test, rng):
    rows = rng.permutation(np.arange(1, m + 1))
    k = m - n_validation - n_test
    return rows[:k], rows[k:k + n_validation], rows[k + n_validation:]

# %% split_rows: wrong-part-sizes | three equal parts
def split_rows(m, n_validation, n_test, rng):
    return tuple(np.array_split(rng.permutation(m), 3))

# %% split_rows: wrong-part-sizes | validation is one row too long
def split_rows(m, n_validation, n_test, rng):
    rows = rng.permutation(m)
    k = m - n_validation - n_test
    return rows[:k - 1], rows[k - 1:k + n_validation], rows[k + n_validation:]

# %% split_rows: wrong-part-sizes | the test part takes what is left over
def split_rows(m, n_validation, n_test, rng):
    rows = rng.permutation(m)
    return rows[:m // 2], rows[m // 2:m // 2 + n_validation], rows[m // 2 + n_validation:]

# %% split_rows: other-quantity-returned | random numbers in place of rows
def split_rows(m, n_validation, n_test, rng):
    rows = rng.uniform(size=m)
    k = m - n_validation - n_test
    return rows[:k], rows[k:k + n_validation], rows[k + n_validation:]

# %% split_rows: wrong-container | one array in random order
def split_rows(m, n_validation, n_test, rng):
    return rng.permutation(m)

# %% split_rows: wrong-container | a dict
def split_rows(m, n_validation, n_test, rng):
    rows = rng.permutation(m)
    k = m - n_validation - n_test
    return {"training": rows[:k], "validation": rows[k:k + n_validation], "test": rows[k + n_validation:]}

# %% split_rows: wrong-container | lists
def split_rows(m, n_validation, n_test, rng):
    rows = list(range(m))
    rng.shuffle(rows)
    k = m - n_validation - n_test
    return rows[:k], rows[k:k + n_validation], rows[k + n_validation:]

# %% split_rows: wrong-container | shuffles in place and returns that
def split_rows(m, n_validation, n_test, rng):
    return rng.shuffle(np.arange(m))

# %% split_rows: wrong-container | the rows as decimals
def split_rows(m, n_validation, n_test, rng):
    rows = rng.permutation(m) * 1.0
    k = m - n_validation - n_test
    return rows[:k], rows[k:k + n_validation], rows[k + n_validation:]

# %% split_rows: wrong-container | the sizes of the parts
def split_rows(m, n_validation, n_test, rng):
    return m - n_validation - n_test, n_validation, n_test

# %% split_rows: right-values-wrong-shape | columns of rows
def split_rows(m, n_validation, n_test, rng):
    rows = rng.permutation(m).reshape(-1, 1)
    k = m - n_validation - n_test
    return rows[:k], rows[k:k + n_validation], rows[k + n_validation:]

# %% split_rows: tied-to-visible-data / wrong-part-sizes / examples-left-out | sizes typed in
def split_rows(m, n_validation, n_test, rng):
    rows = rng.permutation(m)
    return rows[:9], rows[9:15], rows[15:]

# %% momentum_step: velocity-not-used | plain gradient descent, velocity beside it
def momentum_step(params, grads, velocity, lr, beta):
    velocity = {k: beta * velocity[k] + grads[k] for k in grads}
    params = {k: p - lr * grads["d" + k] for k, p in params.items()}
    return params, velocity

# %% momentum_step: velocity-not-used | the gradient becomes the velocity
def momentum_step(params, grads, velocity, lr, beta):
    velocity = dict(grads)
    return {k: params[k] - lr * velocity["d" + k] for k in params}, velocity

# %% momentum_step: velocity-not-used | plain step, velocity untouched
def momentum_step(params, grads, velocity, lr, beta):
    return {k: params[k] - lr * grads["d" + k] for k in params}, {k: v for k, v in velocity.items()}

# %% momentum_step: old-velocity-used | step first, velocity afterwards
def momentum_step(params, grads, velocity, lr, beta):
    new_params = {k: params[k] - lr * velocity["d" + k] for k in params}
    new_velocity = {k: beta * velocity[k] + grads[k] for k in velocity}
    return new_params, new_velocity

# %% momentum_step: velocity-not-kept | hands the old velocity back
def momentum_step(params, grads, velocity, lr, beta):
    new = {}
    for k in params:
        v = beta * velocity["d" + k] + grads["d" + k]
        new[k] = params[k] - lr * v
    return new, velocity

# %% momentum_step: velocity-not-kept | hands the gradients back
def momentum_step(params, grads, velocity, lr, beta):
    new = {k: params[k] - lr * (beta * velocity["d" + k] + grads["d" + k]) for k in params}
    return new, grads

# %% momentum_step: gradient-weighted-down | an average of both
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + (1 - beta) * grads[k] for k in grads}
    p = {k: params[k] - lr * v["d" + k] for k in params}
    return p, v

# %% momentum_step: gradient-weighted-down | the weights exchanged
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: (1 - beta) * velocity[k] + beta * grads[k] for k in grads}
    p = {k: params[k] - lr * v["d" + k] for k in params}
    return p, v

# %% momentum_step: beta-misplaced | beta on the gradient
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: velocity[k] + beta * grads[k] for k in grads}
    return {k: params[k] - lr * v["d" + k] for k in params}, v

# %% momentum_step: beta-misplaced | beta on the sum
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * (velocity[k] + grads[k]) for k in grads}
    return {k: params[k] - lr * v["d" + k] for k in params}, v

# %% momentum_step: beta-misplaced | no beta at all
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: velocity[k] + grads[k] for k in grads}
    return {k: params[k] - lr * v["d" + k] for k in params}, v

# %% momentum_step: beta-misplaced | 0.9 typed in
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: 0.9 * velocity[k] + grads[k] for k in grads}
    return {k: params[k] - lr * v["d" + k] for k in params}, v

# %% momentum_step: rate-in-velocity | the step is the velocity
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + lr * grads[k] for k in grads}
    return {k: params[k] - v["d" + k] for k in params}, v

# %% momentum_step: rate-in-velocity | the velocity has a minus, as in many books
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] - lr * grads[k] for k in grads}
    return {k: params[k] + v["d" + k] for k in params}, v

# %% momentum_step: rate-in-velocity | the rate twice
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + lr * grads[k] for k in grads}
    return {k: params[k] - lr * v["d" + k] for k in params}, v

# %% momentum_step: sign-flipped | up the slope
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + grads[k] for k in grads}
    return {k: params[k] + lr * v["d" + k] for k in params}, v

# %% momentum_step: step-size-wrong | no rate
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + grads[k] for k in grads}
    return {k: params[k] - v["d" + k] for k in params}, v

# %% momentum_step: step-size-wrong | the gradient once more
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + grads[k] for k in grads}
    return {k: params[k] - lr * (v["d" + k] + grads["d" + k]) for k in params}, v

# %% momentum_step: step-size-wrong | a rate of 0.1 typed in
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + grads[k] for k in grads}
    return {k: params[k] - 0.1 * v["d" + k] for k in params}, v

# %% momentum_step: beta-misplaced | looks ahead
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + grads[k] for k in grads}
    return {k: params[k] - lr * (beta * v["d" + k] + grads["d" + k]) for k in params}, v

# %% momentum_step: none | minus the gradient in the velocity, minus again in the step
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] - grads[k] for k in grads}
    return {k: params[k] - lr * v["d" + k] for k in params}, v

# %% momentum_step: weight-decay-added | a little decay
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + grads[k] for k in grads}
    return {k: params[k] - lr * (v["d" + k] + 0.01 * params[k]) for k in params}, v

# %% momentum_step: gradient-clipped | at 1
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + np.clip(grads[k], -1, 1) for k in grads}
    return {k: params[k] - lr * v["d" + k] for k in params}, v

# %% momentum_step: parameter-left-out | the biases stand still
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + grads[k] for k in grads}
    p = {k: params[k] if k.startswith("b") else params[k] - lr * v["d" + k] for k in params}
    return p, v

# %% momentum_step: swapped-returns | velocity first
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + grads[k] for k in grads}
    return v, {k: params[k] - lr * v["d" + k] for k in params}

# %% momentum_step: wrong-container | the parameters alone
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + grads[k] for k in grads}
    return {k: params[k] - lr * v["d" + k] for k in params}

# %% momentum_step: wrong-container | the velocity under the parameters' names
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity["d" + k] + grads["d" + k] for k in params}
    return {k: params[k] - lr * v[k] for k in params}, v

# %% momentum_step: wrong-container + input-modified | changes both and returns nothing
def momentum_step(params, grads, velocity, lr, beta):
    for k in params:
        velocity["d" + k] = beta * velocity["d" + k] + grads["d" + k]
        params[k] = params[k] - lr * velocity["d" + k]

# %% momentum_step: input-modified | changes both dicts and returns them
def momentum_step(params, grads, velocity, lr, beta):
    for k in params:
        velocity["d" + k] = beta * velocity["d" + k] + grads["d" + k]
        params[k] = params[k] - lr * velocity["d" + k]
    return params, velocity

# %% momentum_step: copied-too-little | copies of the dicts, arrays changed in place
def momentum_step(params, grads, velocity, lr, beta):
    p, v = dict(params), dict(velocity)
    for k in params:
        v["d" + k] *= beta
        v["d" + k] += grads["d" + k]
        p[k] = p[k] - lr * v["d" + k]
    return p, v

# %% momentum_step: input-modified / copied-too-little | the velocity grows in place
def momentum_step(params, grads, velocity, lr, beta):
    new = {}
    for k in params:
        velocity["d" + k] = beta * velocity["d" + k] + grads["d" + k]
        new[k] = params[k] - lr * velocity["d" + k]
    return new, velocity

# %% momentum_step: tied-to-visible-data | four names typed in
def momentum_step(params, grads, velocity, lr, beta):
    p, v = {}, {}
    for k in ("W1", "b1", "W2", "b2"):
        v["d" + k] = beta * velocity["d" + k] + grads["d" + k]
        p[k] = params[k] - lr * v["d" + k]
    return p, v

# %% momentum_step: decimals-lost | arrays that keep the kind of number they were given
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: np.empty_like(velocity[k]) for k in velocity}
    p = {}
    for k in params:
        v["d" + k][...] = beta * velocity["d" + k] + grads["d" + k]
        p[k] = params[k] - lr * v["d" + k]
    return p, v

# %% early_stop: better-misjudged | the count is set back by a cost below the one before it
def early_stop(val_costs, patience):
    best, bad = 0, 0
    for epoch in range(1, len(val_costs)):
        bad = 0 if val_costs[epoch] < val_costs[epoch - 1] else bad + 1
        if val_costs[epoch] < val_costs[best]:
            best = epoch
        if bad == patience:
            return best, epoch + 1
    return best, len(val_costs)

# %% early_stop: best-not-kept | stops rightly, and picks the best epoch of the whole list
def early_stop(val_costs, patience):
    lowest, bad = np.inf, 0
    for epoch, cost in enumerate(val_costs):
        bad = 0 if cost < lowest else bad + 1
        lowest = min(lowest, cost)
        if bad == patience:
            break
    return int(np.argmin(val_costs)), epoch + 1

# %% minibatches: wrong-batch-sizes | one row without its axis for each batch
def minibatches(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    return [(X[order[i]], Y[order[i]]) for i in range(0, len(X), batch_size)]

# %% split_rows: not-shuffled | training rows by setdiff1d come back sorted
def split_rows(m, n_validation, n_test, rng):
    held = rng.permutation(m)[:n_validation + n_test]
    training = np.setdiff1d(np.arange(m), held)
    return training, held[:n_validation], held[n_validation:]

# %% momentum_step: beta-misplaced | Nesterov: gradient plus beta times the new velocity
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + grads[k] for k in grads}
    p = {k: params[k] - lr * (grads["d" + k] + beta * v["d" + k])
         for k in params}
    return p, v

# %% minibatches: pairs-torn | rng.permuted gives every column an order of its own
def minibatches(X, Y, batch_size, rng):
    """Return the rows in random order, cut into pairs (Xb, Yb)."""
    n = X.shape[1]
    data = rng.permuted(np.hstack([X, Y]), axis=0)
    batches = []
    for start in range(0, len(data), batch_size):
        part = data[start:start + batch_size]
        batches.append((part[:, :n], part[:, n:]))
    return batches

# %% early_stop: best-not-kept | where to stop is right, but the best is looked up in the whole list
def early_stop(val_costs, patience):
    """Return the best epoch, and how many epochs were looked at."""
    lowest, waited, run = np.inf, 0, 0
    for c in val_costs:
        run += 1
        if c < lowest:
            lowest, waited = c, 0
        else:
            waited += 1
        if waited == patience:
            break
    return int(np.argmin(val_costs)), run

# %% early_stop: best-not-kept | the stop less the patience, also where the list ends first
def early_stop(val_costs, patience):
    low, bad = np.inf, 0
    for epoch, cost in enumerate(val_costs):
        low, bad = (cost, 0) if cost < low else (low, bad + 1)
        if bad == patience:
            break
    return epoch - patience, epoch + 1

# %% minibatches: tied-to-visible-data | one table, cut again behind its second column
def minibatches(X, Y, batch_size, rng):
    both = np.concatenate([X, Y], axis=1)[rng.permutation(len(X))]
    starts = range(0, len(both), batch_size)
    return [(both[i : i + batch_size, 0:2], both[i : i + batch_size, 2:]) for i in starts]

# %% early_stop: off-by-one | enumerate over val_costs[1:] without start=1: both numbers are one too low
def early_stop(val_costs, patience):
    best, best_epoch, bad = val_costs[0], 0, 0
    epochs_run = 1
    for epoch, val_cost in enumerate(val_costs[1:]):
        epochs_run = epoch + 1
        if val_cost < best:
            best, best_epoch, bad = val_cost, epoch, 0
            continue
        bad += 1
        if bad == patience:
            break
    return best_epoch, epochs_run


# %% best_rate: wrong-container | a comma left behind from the list: a tuple with one number
best_rate = 5.0,   # lowest of 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0


# %% split_rows: wrong-part-sizes | negative slice end, -0 makes the validation part empty when n_test is 0
def split_rows(m, n_validation, n_test, rng):
    p = rng.permutation(m)
    rest = n_validation + n_test
    return p[:m - rest], p[m - rest:-n_test], p[m - n_test:]


# %% find_the_bug: wrong-container | a list with the name in it
find_the_bug = ["Uc"]


# %% momentum_step: gradient-weighted-down + old-velocity-used | new velocity is an average, the step still takes the one from before (symbolic updates evaluated at once)
def momentum_step(params, grads, velocity, lr, beta):
    """Return new parameters and new velocities."""
    updates = {}
    stepped = {}
    for name in params:
        gparam = grads["d" + name]
        gparam_mom = velocity["d" + name]
        updates["d" + name] = beta * gparam_mom + (1.0 - beta) * gparam
        stepped[name] = params[name] - lr * gparam_mom
    return stepped, updates


# %% minibatches: wrong-axis | port of random_mini_batches with examples in columns
def minibatches(X, Y, batch_size, rng):
    """Return the rows in random order, cut into pairs (Xb, Yb)."""
    m = X.shape[1]                      # number of training examples
    mini_batches = []

    # Step 1: shuffle (X, Y)
    permutation = list(rng.permutation(m))
    shuffled_X = X[:, permutation]
    shuffled_Y = Y[:, permutation].reshape((1, m))

    # Step 2: partition, minus the end case
    num_complete = m // batch_size
    for k in range(num_complete):
        mini_batch_X = shuffled_X[:, k * batch_size:(k + 1) * batch_size]
        mini_batch_Y = shuffled_Y[:, k * batch_size:(k + 1) * batch_size]
        mini_batches.append((mini_batch_X, mini_batch_Y))

    # the last one
    if m % batch_size != 0:
        mini_batch_X = shuffled_X[:, num_complete * batch_size:]
        mini_batch_Y = shuffled_Y[:, num_complete * batch_size:]
        mini_batches.append((mini_batch_X, mini_batch_Y))
    return mini_batches


# %% early_stop: better-misjudged | a popular EarlyStopper: an equal cost is neither better nor a bad epoch
def early_stop(val_costs, patience):
    """Return the best epoch, and how many epochs were looked at."""
    min_delta = 0
    counter = 0
    min_validation_loss = float("inf")
    best_epoch = 0
    for epoch, validation_loss in enumerate(val_costs):
        if validation_loss < min_validation_loss:
            min_validation_loss = validation_loss
            best_epoch = epoch
            counter = 0
        elif validation_loss > min_validation_loss + min_delta:
            counter += 1
            if counter >= patience:
                return best_epoch, epoch + 1
    return best_epoch, len(val_costs)


# %% early_stop: best-not-kept | the best is only restored when patience runs out; at the end of the list the last epoch is returned
def early_stop(val_costs, patience):
    """Return the best epoch, and how many epochs were looked at."""
    best_cost, best_state, patience_counter = None, None, 0
    for epoch, cost in enumerate(val_costs):
        state = epoch
        if best_cost is None or cost < best_cost:
            best_cost, best_state = cost, epoch
            patience_counter = 0
        else:
            patience_counter += 1
            if patience_counter >= patience:
                state = best_state        # restore_best_weights
                break
    return state, epoch + 1


# %% momentum_step: parameter-left-out | the return stands inside the loop: only the first parameter is in the result
def momentum_step(params, grads, velocity, lr, beta):
    """Return new parameters and new velocities."""
    new_params = {}
    new_velocity = {}
    for name, value in params.items():
        key = "d" + name
        new_velocity[key] = beta * velocity[key] + grads[key]
        new_params[name] = value - lr * new_velocity[key]
        return new_params, new_velocity


# %% early_stop: off-by-one + better-misjudged | an equal cost counts as better, and the last index comes back in place of the count
def early_stop(val_costs, patience):
    """Return the best epoch, and how many epochs were looked at."""
    best, bad = 0, 0
    for k, c in enumerate(val_costs):
        if c <= val_costs[best]:
            best, bad = k, 0
        else:
            bad += 1
        if bad >= patience:
            break
    return best, k


# %% best_rate: other-quantity-returned | the lowest cost of the sweep (reached at rate 5), not the rate that gives it
best_rate = 0.567

# %% minibatches: not-shuffled + examples-left-out | in order, last dropped
def minibatches(X, Y, batch_size, rng):
    return [(X[i:i+batch_size], Y[i:i+batch_size]) for i in range(0, len(X) - batch_size + 1, batch_size)]

# %% minibatches: own-randomness + examples-left-out | last dropped
def minibatches(X, Y, batch_size, rng):
    o = np.random.permutation(len(X)); X, Y = X[o], Y[o]
    return [(X[i:i+batch_size], Y[i:i+batch_size]) for i in range(0, len(X) - batch_size + 1, batch_size)]

# %% minibatches: wrong-batch-sizes + not-shuffled | count
def minibatches(X, Y, batch_size, rng):
    return [(a, b) for a, b in zip(np.array_split(X, batch_size), np.array_split(Y, batch_size)) if len(a)]

# %% split_rows: own-randomness + wrong-container | lists
def split_rows(m, n_validation, n_test, rng):
    import random
    r = list(range(m)); random.shuffle(r); n = m - n_validation - n_test
    return r[:n], r[n:n+n_validation], r[n+n_validation:]

# %% split_rows: parts-overlap + not-shuffled | aranges
def split_rows(m, n_validation, n_test, rng):
    return np.arange(m-n_validation-n_test), np.arange(n_validation), np.arange(n_test)


# %% split_rows: wrong-part-sizes | every row throws its own die, so the sizes come out only about right
def split_rows(m, n_validation, n_test, rng):
    """Return the row numbers for training, validation and test."""
    order = rng.permutation(m)
    die = rng.random(m)
    a = n_validation / m
    b = (n_validation + n_test) / m
    parts = np.digitize(die, [a, b])   # 0 validation, 1 test, 2 training
    return order[parts == 2], order[parts == 0], order[parts == 1]


# %% minibatches: right-values-wrong-shape | a batch of a single row is picked with a plain number and loses an axis
def minibatches(X, Y, batch_size, rng):
    """Return the rows in random order, cut into pairs (Xb, Yb)."""
    order = rng.permutation(len(X))
    groups = [order[k:k + batch_size] for k in range(0, len(X), batch_size)]
    pairs = []
    for group in groups:
        rows = group if len(group) > 1 else group.item()
        pairs.append((X[rows], Y[rows]))
    return pairs


# %% minibatches: tied-to-visible-data | the two columns of the notebook's X are typed in
def minibatches(X, Y, batch_size, rng):
    """Return the rows in random order, cut into pairs (Xb, Yb)."""
    both = np.concatenate((X, Y), axis=1)
    rng.shuffle(both)
    return [(both[i:i + batch_size, [0, 1]], both[i:i + batch_size, [2]])
            for i in range(0, both.shape[0], batch_size)]


# %% momentum_step: sign-flipped | the velocity is kept right, the parameters come back as lr * v - p
def momentum_step(params, grads, velocity, lr, beta):
    """Return new parameters and new velocities."""
    velocity = {k: beta * velocity[k] + grads[k] for k in grads}
    moved = map(lambda name: np.subtract(lr * velocity["d" + name],
                                         params[name]), params)
    return dict(zip(params, moved)), velocity


# %% momentum_step: old-velocity-used | the parameters roll on by beta times the old velocity, the gradient joins afterwards
def momentum_step(params, grads, velocity, lr, beta):
    """Return new parameters and new velocities."""
    rolling = {key: np.multiply(beta, velocity[key]) for key in velocity}
    there = {key: params[key] - lr * rolling["d" + key] for key in params}
    rolling = {key: np.add(rolling[key], grads[key]) for key in rolling}
    return there, rolling


# %% momentum_step: velocity-not-kept | the returned velocity has already been braked for the next step
def momentum_step(params, grads, velocity, lr, beta):
    """Return new parameters and new velocities."""
    def one(name):
        v = beta * velocity["d" + name] + grads["d" + name]
        return (name, params[name] - lr * v), ("d" + name, beta * v)

    left, right = zip(*map(one, params))
    return dict(left), dict(right)


# %% momentum_step: half-kept / gradient-weighted-down | np.mean of the two parts of the velocity where their sum is due
def momentum_step(params, grads, velocity, lr, beta):
    """Return new parameters and new velocities."""
    new_velocity = {}
    for key in velocity:
        new_velocity[key] = np.mean([beta * velocity[key], grads[key]], axis=0)
    new_params = {key[1:]: params[key[1:]] - lr * v
                  for key, v in new_velocity.items()}
    return new_params, new_velocity


# %% find_the_bug: wrong-container | the gradient's name "dUc" where the parameter's is asked for
kind, gate = "U", "c"
find_the_bug = f"d{kind}{gate}"


# %% minibatches: pairs-torn + right-values-wrong-shape | Y is shuffled by a draw of its own, and comes out flat
def minibatches(X, Y, batch_size, rng):
    """Return the rows in random order, cut into pairs (Xb, Yb)."""
    inputs = rng.permutation(X)
    targets = rng.permutation([t for (t,) in Y])
    cut = lambda a: [a[i:i + batch_size] for i in range(0, len(a), batch_size)]
    return list(zip(cut(inputs), cut(targets)))


# %% minibatches: swapped-returns + examples-left-out | pairs are (Yb, Xb), and the incomplete last batch is dropped by zip
def minibatches(X, Y, batch_size, rng):
    """Return the rows in random order, cut into pairs (Xb, Yb)."""
    stream = iter(rng.permutation(len(X)).tolist())
    chunks = zip(*[stream] * batch_size)
    return [(Y[list(rows)], X[list(rows)]) for rows in chunks]


# %% momentum_step: rate-in-velocity + sign-flipped | the velocity takes lr times the gradient, and the step goes uphill
def momentum_step(params, grads, velocity, lr, beta):
    """Return new parameters and new velocities."""
    v = {}
    for key, g in grads.items():
        v[key] = np.tensordot([beta, lr], np.stack([velocity[key], g]), axes=1)
    return {name: params[name] + v["d" + name] for name in params}, v


# %% split_rows: wrong-container | yes/no for each row instead of row numbers
def split_rows(m, n_validation, n_test, rng):
    place = rng.permutation(m)
    n_training = m - n_validation - n_test
    training = place < n_training
    validation = (place >= n_training) & (place < n_training + n_validation)
    test = place >= n_training + n_validation
    return training, validation, test


# %% split_rows: tied-to-visible-data | orders the 260 rows of the file and keeps those below m (too few when m is above 260)
def split_rows(m, n_validation, n_test, rng):
    order = np.array([k for k in rng.permutation(260) if k < m], dtype=int)
    validation = order[:n_validation]
    test = order[n_validation:n_validation + n_test]
    training = order[n_validation + n_test:]
    return training, validation, test


# %% momentum_step: step-size-wrong | the rate is shared out among the parameters (shows with two or more names)
def momentum_step(params, grads, velocity, lr, beta):
    share = lr / len(params)
    new_p, new_v = {}, {}
    for name in params:
        key = "d" + name
        new_v[key] = grads[key] + beta * velocity[key]
        new_p[name] = params[name] - share * new_v[key]
    return new_p, new_v


# %% momentum_step: parameter-left-out | a parameter whose gradient is all zeros is skipped, though its velocity is not zero
def momentum_step(params, grads, velocity, lr, beta):
    params, velocity = dict(params), dict(velocity)
    for key, g in grads.items():
        if not np.any(g):
            continue
        velocity[key] = beta * velocity[key] + g
        params[key[1:]] = params[key[1:]] - lr * velocity[key]
    return params, velocity


# %% momentum_step: input-modified | beta * v is added into the gradient's own array
def momentum_step(params, grads, velocity, lr, beta):
    after, speed = {}, {}
    for name, p in params.items():
        g = grads["d" + name]
        g += beta * velocity["d" + name]
        speed["d" + name] = g
        after[name] = p - lr * g
    return after, speed


# %% momentum_step: velocity-not-kept | the velocity is renewed once more for the return
def momentum_step(params, grads, velocity, lr, beta):
    def renewed(v):
        return {key: beta * v[key] + grads[key] for key in grads}

    velocity = renewed(velocity)
    params = {name: p - lr * velocity["d" + name] for name, p in params.items()}
    return params, renewed(velocity)


# %% momentum_step: right-values-wrong-shape | the velocities come back flat
def momentum_step(params, grads, velocity, lr, beta):
    new_v = {k: beta * np.ravel(velocity[k]) + np.ravel(grads[k]) for k in grads}
    new_p = {}
    for name, p in params.items():
        new_p[name] = p - lr * new_v["d" + name].reshape(np.shape(p))
    return new_p, new_v


# %% momentum_step: other-quantity-returned | the bare steps stand under the parameters' names
def momentum_step(params, grads, velocity, lr, beta):
    velocity = {"d" + n: beta * velocity["d" + n] + grads["d" + n] for n in params}
    steps = {}
    for n in params:
        steps[n] = -lr * velocity["d" + n]
    return steps, velocity


# %% momentum_step: weight-decay-added | a hundredth of the parameter is in the velocity
def momentum_step(params, grads, velocity, lr, beta):
    out = ({}, {})
    for name, p in params.items():
        pull = 1e-2 * p
        out[1]["d" + name] = pull + grads["d" + name] + beta * velocity["d" + name]
        out[0][name] = p - lr * out[1]["d" + name]
    return out


# %% momentum_step: summed-over-too-much | np.sum without an axis: one velocity for all entries of an array
def momentum_step(params, grads, velocity, lr, beta):
    v = {key: np.sum([beta * velocity[key], grads[key]]) for key in grads}
    p = {name: params[name] - lr * v["d" + name] for name in params}
    return p, v


# %% momentum_step: only-for-arrays | .copy() of a plain number
def momentum_step(params, grads, velocity, lr, beta):
    params = {name: p.copy() for name, p in params.items()}
    velocity = {name: v.copy() for name, v in velocity.items()}
    for name in params:
        velocity["d" + name] = velocity["d" + name] * beta + grads["d" + name]
        params[name] = params[name] - velocity["d" + name] * lr
    return params, velocity


# %% early_stop: off-by-one | epochs_run is one too small when the list ends before the patience does
def early_stop(val_costs, patience):
    lowest, best = np.inf, 0
    for k in range(len(val_costs)):
        if val_costs[k] < lowest:
            lowest, best = val_costs[k], k
        if k - best >= patience:
            return best, k + 1
    return best, k


# %% early_stop: tied-to-visible-data | the lowest cost so far starts at 1 (no cost above 1 can ever be the best)
def early_stop(val_costs, patience):
    lowest = 1.0
    best, run, bad = 0, 0, 0
    for c in val_costs:
        if c < lowest:
            lowest, best, bad = c, run, 0
        elif run > 0:
            bad = bad + 1
        run = run + 1
        if bad == patience:
            break
    return best, run


# %% early_stop: decimals-lost / better-misjudged | costs are read into whole numbers
def early_stop(val_costs, patience):
    costs = np.fromiter(val_costs, dtype=int, count=len(val_costs))
    best = 0
    for k in range(costs.size):
        if costs[k] < costs[best]:
            best = k
        elif k - best == patience:
            return best, k + 1
    return best, costs.size


# %% split_rows: swapped-returns + off-by-one | test first and training last; rows numbered from 1
def split_rows(m, n_validation, n_test, rng):
    order = 1 + np.argsort(rng.random(m))
    n_training = m - n_validation - n_test
    training = order[:n_training]
    validation = order[n_training:n_training + n_validation]
    test = order[n_training + n_validation:]
    return test, validation, training


# %% momentum_step: gradient-weighted-down + parameter-left-out | average in place of the sum; names that begin with b stay where they are
def momentum_step(params, grads, velocity, lr, beta):
    v_new = {k: g + beta * (velocity[k] - g) for k, g in grads.items()}
    p_new = {k: p - (0 if k.startswith("b") else lr) * v_new["d" + k]
             for k, p in params.items()}
    return p_new, v_new


# %% early_stop: stopped-early + other-quantity-returned | the count of bad epochs is never reset; the cost of the best comes back
def early_stop(val_costs, patience):
    left, lowest = patience, float("inf")
    for run, c in enumerate(val_costs, start=1):
        left -= not c < lowest
        lowest = min(lowest, c)
        if left == 0:
            break
    return lowest, run


# %% split_rows: wrong-container | three masks of zeros and ones as yes and no
def split_rows(m, n_validation, n_test, rng):
    order = rng.permutation(m)
    masks = np.zeros((3, m), dtype=bool)
    masks[0, order[:m - n_validation - n_test]] = True
    masks[1, order[m - n_validation - n_test:m - n_test]] = True
    masks[2, order[m - n_test:]] = True
    return masks[0], masks[1], masks[2]


# %% split_rows: tied-to-visible-data | 500 row numbers in a random order, those below m
def split_rows(m, n_validation, n_test, rng):
    order = rng.permutation(500)
    order = order[order < m]
    n = m - n_validation - n_test
    return order[:n], order[n:n + n_validation], order[n + n_validation:]


# %% split_rows: tied-to-visible-data | a table of a thousand keys, one for each row
def split_rows(m, n_validation, n_test, rng):
    keys = rng.random(1000)[:m]
    order = np.argsort(keys)
    n = m - n_validation - n_test
    return order[:n], order[n:n + n_validation], order[n + n_validation:]


# %% split_rows: off-by-one + swapped-returns | numbers on cards from 1 to m, validation dealt first
def split_rows(m, n_validation, n_test, rng):
    cards = rng.choice(np.arange(1, m + 1), size=m, replace=False)
    return cards[:n_validation], cards[n_validation:m - n_test], cards[m - n_test:]


# %% minibatches: tied-to-visible-data | at most 300 rows are dealt out
def minibatches(X, Y, batch_size, rng):
    order = rng.permutation(300)
    order = order[order < len(X)]
    return [(X[order[i:i + batch_size]], Y[order[i:i + batch_size]]) for i in range(0, len(order), batch_size)]


# %% momentum_step: step-size-wrong | the rate is divided among the entries of each parameter
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + g for k, g in grads.items()}
    return {n: p - lr / np.size(p) * v["d" + n] for n, p in params.items()}, v


# %% momentum_step: parameter-left-out | continues where a gradient adds up to nothing in absolute value
def momentum_step(params, grads, velocity, lr, beta):
    p, v = params.copy(), velocity.copy()
    for n in params:
        if np.abs(grads["d" + n]).sum() == 0:
            continue
        v["d" + n] = beta * v["d" + n] + grads["d" + n]
        p[n] = p[n] - lr * v["d" + n]
    return p, v


# %% momentum_step: parameter-left-out | moves only the names that the velocity and a truthy slope have, renews all velocities
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + grads[k] for k in grads}
    p = {n: (q - lr * v["d" + n] if np.count_nonzero(grads["d" + n]) else q) for n, q in params.items()}
    return p, v


# %% momentum_step: velocity-not-kept | hands back what the velocity will be at the next step
def momentum_step(params, grads, velocity, lr, beta):
    now, later, moved = {}, {}, {}
    for n, p in params.items():
        g = grads["d" + n]
        now[n] = g + beta * velocity["d" + n]
        moved[n] = p - lr * now[n]
        later["d" + n] = g + beta * now[n]
    return moved, later


# %% momentum_step: right-values-wrong-shape | the parameters come back flat
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + grads[k] for k in velocity}
    return {n: np.ravel(p - lr * v["d" + n]) for n, p in params.items()}, v


# %% momentum_step: right-values-wrong-shape | velocities with one axis in front
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + grads[k] for k in velocity}
    return {n: p - lr * v["d" + n] for n, p in params.items()}, {k: np.array([x]) for k, x in v.items()}


# %% momentum_step: other-quantity-returned | the way to go, rate times velocity, under the names of the parameters
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + grads[k] for k in velocity}
    return {n: lr * v["d" + n] for n in params}, v


# %% momentum_step: weight-decay-added | five ten-thousandths of the parameter in the velocity
def momentum_step(params, grads, velocity, lr, beta):
    v = {"d" + n: beta * velocity["d" + n] + grads["d" + n] + 5e-4 * p for n, p in params.items()}
    return {n: p - lr * v["d" + n] for n, p in params.items()}, v


# %% momentum_step: weight-decay-added | each parameter loses two percent before the step
def momentum_step(params, grads, velocity, lr, beta):
    v = {"d" + n: beta * velocity["d" + n] + grads["d" + n] for n in params}
    return {n: 0.98 * p - lr * v["d" + n] for n, p in params.items()}, v


# %% momentum_step: summed-over-too-much | the mean slope of an array for each of its entries
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + np.mean(g) for k, g in grads.items()}
    return {n: p - lr * v["d" + n] for n, p in params.items()}, v


# %% momentum_step: summed-over-too-much | one sum of the velocity moves all entries
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + g for k, g in grads.items()}
    return {n: p - lr * np.sum(v["d" + n]) for n, p in params.items()}, v


# %% momentum_step: gradient-clipped | a gradient longer than 5 is shortened to 5
def momentum_step(params, grads, velocity, lr, beta):
    v = {}
    for k, g in grads.items():
        long = np.sqrt(np.sum(np.square(g)))
        v[k] = beta * velocity[k] + (g if long <= 5 else 5 * g / long)
    return {n: p - lr * v["d" + n] for n, p in params.items()}, v


# %% momentum_step: gradient-clipped | all gradients together are no longer than 1
def momentum_step(params, grads, velocity, lr, beta):
    total = np.sqrt(sum(np.sum(np.asarray(g) ** 2) for g in grads.values()))
    factor = 1 / total if total > 1 else 1
    v = {k: beta * velocity[k] + factor * g for k, g in grads.items()}
    return {n: p - lr * v["d" + n] for n, p in params.items()}, v


# %% momentum_step: sign-flipped + velocity-not-kept | uphill, and the old velocity comes back
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + g for k, g in grads.items()}
    return {n: p + lr * v["d" + n] for n, p in params.items()}, velocity


# %% momentum_step: gradient-weighted-down + sign-flipped + parameter-left-out | average, uphill, and only the last name moves
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + (1 - beta) * g for k, g in grads.items()}
    for n in params:
        moved = {**params, n: params[n] + lr * v["d" + n]}
    return moved, v


# %% momentum_step: sign-flipped + parameter-left-out | uphill; only names with a digit 1 in them are in what comes back
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + g for k, g in grads.items()}
    p = {n: params[n] + lr * v["d" + n] for n in params}
    keep = [n for n in params if n[-1] == "1"]
    return {n: p[n] for n in keep}, {"d" + n: v["d" + n] for n in keep}


# %% momentum_step: old-velocity-used + parameter-left-out | first step, then velocity; flat parameters never move
def momentum_step(params, grads, velocity, lr, beta):
    p, v = dict(params), dict(velocity)
    for n in params:
        if np.ndim(params[n]) > 1:
            p[n] = params[n] - lr * velocity["d" + n]
            v["d" + n] = beta * velocity["d" + n] + grads["d" + n]
    return p, v


# %% momentum_step: gradient-clipped + step-size-wrong | entries between -1 and 1, and the rate is shared out
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + np.clip(g, -1, 1) for k, g in grads.items()}
    return {n: p - lr / len(params) * v["d" + n] for n, p in params.items()}, v


# %% momentum_step: sign-flipped + wrong-container | uphill, both as lists of pairs
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + g for k, g in grads.items()}
    return [(n, p + lr * v["d" + n]) for n, p in params.items()], list(v.items())


# %% momentum_step: gradient-weighted-down + wrong-container | an average, and everything in one dict
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + (1 - beta) * g for k, g in grads.items()}
    return {**{n: p - lr * v["d" + n] for n, p in params.items()}, **v}


# %% momentum_step: step-size-wrong + wrong-container | without the rate, in a dict of two dicts
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + g for k, g in grads.items()}
    return {"params": {n: p - v["d" + n] for n, p in params.items()}, "velocity": v}


# %% momentum_step: only-for-arrays | asks the velocity for its shape
def momentum_step(params, grads, velocity, lr, beta):
    new = {k: np.zeros(v.shape) + beta * v + grads[k] for k, v in velocity.items()}
    return {n: p - lr * new["d" + n] for n, p in params.items()}, new


# %% momentum_step: input-modified | a gradient's own array becomes the velocity by np.add
def momentum_step(params, grads, velocity, lr, beta):
    new = {}
    for k in grads:
        if np.ndim(grads[k]):
            np.add(grads[k], beta * velocity[k], out=grads[k])
            new[k] = grads[k]
        else:
            new[k] = grads[k] + beta * velocity[k]
    return {n: p - lr * new["d" + n] for n, p in params.items()}, new


# %% momentum_step: copied-too-little | both dicts copied, entries written in place
def momentum_step(params, grads, velocity, lr, beta):
    p, v = {**params}, {**velocity}
    for n in p:
        k = "d" + n
        if np.ndim(p[n]):
            v[k][...] = beta * v[k] + grads[k]
            p[n][...] = p[n] - lr * v[k]
        else:
            v[k] = beta * v[k] + grads[k]
            p[n] = p[n] - lr * v[k]
    return p, v


# %% early_stop: off-by-one | the last index comes back where patience lasts to the end of the list
def early_stop(val_costs, patience):
    best = 0
    for t, cost in enumerate(val_costs):
        if cost < val_costs[best]:
            best = t
        if t == best + patience:
            return best, t + 1
    return best, len(val_costs) - 1


# %% early_stop: off-by-one | the epoch at which patience ends is returned by its number, a list without a stop in full
def early_stop(val_costs, patience):
    best, t = 0, 0
    while t < len(val_costs):
        if val_costs[t] < val_costs[best]:
            best = t
        if t - best >= patience:
            return best, t
        t += 1
    return best, t


# %% early_stop: tied-to-visible-data | begins with a lowest cost of 100 and counts from the best epoch
def early_stop(val_costs, patience):
    lowest, best = 100.0, 0
    for t, cost in enumerate(val_costs):
        if cost < lowest:
            lowest, best = cost, t
        elif t - best >= patience:
            return best, t + 1
    return best, len(val_costs)


# %% early_stop: tied-to-visible-data | begins with a lowest cost of 1000, every epoch that is not better is a bad one
def early_stop(val_costs, patience):
    lowest, best, bad = 1000, 0, 0
    for t, cost in enumerate(val_costs):
        bad += 1
        if cost < lowest:
            lowest, best, bad = cost, t, 0
        if bad == patience:
            break
    return best, t + 1


# %% early_stop: tied-to-visible-data | looks at the first 400 costs
def early_stop(val_costs, patience):
    best = 0
    for t in range(min(400, len(val_costs))):
        if val_costs[t] < val_costs[best]:
            best = t
        elif t - best == patience:
            break
    return best, t + 1


# %% early_stop: decimals-lost / better-misjudged | compares costs rounded to two decimals
def early_stop(val_costs, patience):
    costs = np.round(val_costs, 2)
    best = 0
    for t, cost in enumerate(costs):
        if cost < costs[best]:
            best = t
        if t - best == patience:
            break
    return best, t + 1


# %% early_stop: better-misjudged + swapped-returns | equal counts as better, epochs run come first
def early_stop(val_costs, patience):
    best = 0
    for t, cost in enumerate(val_costs):
        if cost <= val_costs[best]:
            best = t
        if t - best == patience:
            break
    return t + 1, best


# %% early_stop: best-not-kept + other-quantity-returned | compared with the epoch before, the cost comes back
def early_stop(val_costs, patience):
    best, bad, last = 0, 0, float("inf")
    for t, cost in enumerate(val_costs):
        if cost < last:
            best, bad = t, 0
        else:
            bad += 1
        last = cost
        if bad == patience:
            break
    return val_costs[best], t + 1


# %% early_stop: stopped-early + off-by-one | the count is never set back, and epochs count from one
def early_stop(val_costs, patience):
    best, bad = 0, 0
    for t in range(1, len(val_costs)):
        if val_costs[t] < val_costs[best]:
            best = t
        else:
            bad += 1
        if bad == patience:
            return best + 1, t + 1
    return best + 1, len(val_costs)


# %% early_stop: better-misjudged + wrong-container | a margin of a thousandth, and a dict
def early_stop(val_costs, patience):
    best, low, bad, run = 0, float("inf"), 0, 0
    for t, cost in enumerate(val_costs):
        run = t + 1
        if cost < low - 1e-3:
            low, best, bad = cost, t, 0
        else:
            bad += 1
        if bad == patience:
            break
    return {"best_epoch": best, "epochs_run": run}


# %% early_stop: stopped-early + better-misjudged | bad epochs are never forgiven, and a tie is better
def early_stop(val_costs, patience):
    low, best, bad, run = float("inf"), 0, 0, 0
    while run < len(val_costs) and bad < patience:
        if val_costs[run] <= low:
            low, best = val_costs[run], run
        else:
            bad += 1
        run += 1
    return best, run


# %% momentum_step: sign-flipped + step-size-wrong | uphill, the rate squared
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + g for k, g in grads.items()}
    return {n: p + lr * lr * v["d" + n] for n, p in params.items()}, v


# %% momentum_step: sign-flipped + weight-decay-added | uphill along slope and decay
def momentum_step(params, grads, velocity, lr, beta):
    v = {k: beta * velocity[k] + g for k, g in grads.items()}
    return {n: p + lr * (v["d" + n] + 1e-3 * p) for n, p in params.items()}, v
