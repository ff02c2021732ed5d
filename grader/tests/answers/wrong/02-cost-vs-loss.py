# %% predict: bias-missing-forward | X @ w
def predict(X, w, b):
    return X @ w

# %% predict: bias-missing-forward | loop without the bias
def predict(X, w, b):
    A = np.zeros(len(X))
    for i in range(len(X)):
        A[i] = np.dot(X[i], w)
    return A

# %% predict: none | bias taken away
def predict(X, w, b):
    return np.sum(X * w, axis=1) - b

# %% predict: none | products not summed
def predict(X, w, b):
    return X * w + b

# %% predict: summed-over-too-much | one number
def predict(X, w, b):
    return np.sum(X * w) + b

# %% predict: wrong-axis / summed-over-too-much | sum over the examples
def predict(X, w, b):
    return np.sum(X * w, axis=0) + b

# %% predict: shapes-do-not-fit | w first
def predict(X, w, b):
    return w @ X + b

# %% predict: right-values-wrong-shape | column
def predict(X, w, b):
    return X @ w.reshape(-1, 1) + b

# %% predict: right-values-wrong-shape | row
def predict(X, w, b):
    W = w[None, :]
    return W @ X.T + b

# %% predict: wrong-container | list
def predict(X, w, b):
    return [float(np.dot(row, w) + b) for row in X]

# %% predict: forward-activation-wrong | sigmoid
def predict(X, w, b):
    return 1.0 / (1.0 + np.exp(-(X.dot(w) + b)))

# %% predict: forward-activation-wrong / decimals-lost | yes or no
def predict(X, w, b):
    return np.where(X.dot(w) + b > 0, 1.0, 0.0)

# %% predict: decimals-lost | buffer with the type of X
def predict(X, w, b):
    A = np.zeros(X.shape[0], dtype=X.dtype)
    for i in range(X.shape[0]):
        A[i] = X[i] @ w + b
    return A

# %% predict: decimals-lost | rounded
def predict(X, w, b):
    return np.round(X @ w + b)

# %% predict: examples-left-out | return inside the loop
def predict(X, w, b):
    A = []
    for row in X:
        A.append(row @ w + b)
        return np.array(A)

# %% predict: tied-to-visible-data | two columns
def predict(X, w, b):
    return X[:, 0] * w[0] + X[:, 1] * w[1] + b

# %% predict: off-by-one / examples-left-out | last example stays zero
def predict(X, w, b):
    A = np.zeros(len(X))
    for i in range(len(X) - 1):
        A[i] = X[i] @ w + b
    return A

# %% predict: input-modified | X scaled in place
def predict(X, w, b):
    X *= w
    return X.sum(axis=1) + b

# %% cost: factor-two | mean of squares
def cost(A, Y):
    return np.mean((A - Y) ** 2)

# %% cost: half-kept | quarter
def cost(A, Y):
    m = len(Y)
    return float(np.sum((A - Y) ** 2) / (4 * m))

# %% cost: sum-not-mean | sum
def cost(A, Y):
    return 0.5 * np.sum((A - Y) ** 2)

# %% cost: sum-not-mean | loop without the division
def cost(A, Y):
    total = 0
    for a, y in zip(A.ravel(), Y.ravel()):
        total += 0.5 * (a - y) ** 2
    return total

# %% cost: averaged-twice | mean and division
def cost(A, Y):
    m = A.shape[0]
    return np.mean((A - Y) ** 2 / 2) / m

# %% cost: divided-by-wrong-count | one fewer
def cost(A, Y):
    m = A.shape[0]
    return np.sum((A - Y) ** 2) / (2 * (m - 1)) if m > 1 else np.inf

# %% cost: divided-by-wrong-count | number typed in
def cost(A, Y):
    return np.sum((A - Y) ** 2) / 2 / 4

# %% cost: examples-not-summed | losses, not the cost
def cost(A, Y):
    return 0.5 * (A - Y) ** 2

# %% cost: mean-taken-too-early | square of the mean error
def cost(A, Y):
    return 0.5 * np.mean(A - Y) ** 2

# %% cost: other-loss | mean absolute error
def cost(A, Y):
    return np.abs(A - Y).mean()

# %% cost: other-loss | root of the mean square
def cost(A, Y):
    return np.sqrt(np.mean((A - Y) ** 2))

# %% cost: other-loss | cross-entropy
def cost(A, Y):
    P = np.clip(A, 1e-7, 1 - 1e-7)
    return float(np.mean(-(Y * np.log(P) + (1 - Y) * np.log(1 - P))))

# %% cost: broadcast-by-accident | flat predictions made a column
def cost(A, Y):
    return np.mean(0.5 * (A.reshape(-1, 1) - Y.ravel()) ** 2)

# %% cost: right-values-wrong-shape | array of one
def cost(A, Y):
    return np.array([0.5 * np.mean((A - Y) ** 2)])

# %% cost: right-values-wrong-shape | keepdims
def cost(A, Y):
    return np.mean(0.5 * (A - Y) ** 2, axis=0, keepdims=True)

# %% cost: other-quantity-returned | mean error
def cost(A, Y):
    return np.mean(A - Y)

# %% cost: decimals-lost | integer division by m
def cost(A, Y):
    return float(np.sum((A - Y) ** 2 / 2) // len(A))

# %% cost: examples-left-out / off-by-one | range starts at 1
def cost(A, Y):
    m = len(A)
    J = 0.0
    for i in range(1, m):
        J += 0.5 * float(np.squeeze(A[i] - Y[i])) ** 2
    return J / m

# %% cost: input-modified | residual in A
def cost(A, Y):
    A -= Y
    return float(np.mean(A * A) / 2)

# %% cost: wrong-container | printed
def cost(A, Y):
    print(np.mean((A - Y) ** 2) / 2)

# %% cost: tied-to-visible-data / examples-left-out | three examples spelled out
def cost(A, Y):
    d = (A - Y).ravel()
    return (d[0] ** 2 + d[1] ** 2 + d[2] ** 2) / 6

# %% cost: factor-two + sum-not-mean | neither half nor mean
def cost(A, Y):
    return np.sum((A - Y) ** 2)

# %% cost_grads_loop: sum-not-mean | never divided
def cost_grads_loop(X, y, w, b):
    dw = np.zeros(len(w))
    db = 0.0
    for i in range(len(X)):
        r = X[i] @ w + b - y[i]
        dw += r * X[i]
        db += r
    return dw, db

# %% cost_grads_loop: sum-not-mean | db not divided
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

# %% cost_grads_loop: averaged-twice | in the loop and at the end
def cost_grads_loop(X, y, w, b):
    m = len(y)
    dw, db = np.zeros(len(w)), 0.0
    for xi, yi in zip(X, y):
        r = (xi @ w + b - yi) / m
        dw = dw + r * xi
        db = db + r
    return dw / m, db / m

# %% cost_grads_loop: divided-by-wrong-count | number of columns
def cost_grads_loop(X, y, w, b):
    n = X.shape[1]
    dw, db = np.zeros(len(w)), 0.0
    for xi, yi in zip(X, y):
        r = xi @ w + b - yi
        dw = dw + r * xi
        db = db + r
    return dw / n, db / n

# %% cost_grads_loop: divided-by-wrong-count | counter starts at 1
def cost_grads_loop(X, y, w, b):
    count = 1
    dw, db = np.zeros(len(w)), 0.0
    for xi, yi in zip(X, y):
        r = xi @ w + b - yi
        dw = dw + r * xi
        db = db + r
        count += 1
    return dw / count, db / count

# %% cost_grads_loop: examples-left-out | overwritten, not added, then divided
def cost_grads_loop(X, y, w, b):
    m = len(y)
    for i in range(m):
        r = np.dot(X[i], w) + b - y[i]
        dw = r * X[i]
        db = r
    return dw / m, db / m

# %% cost_grads_loop: examples-left-out | start values inside the loop
def cost_grads_loop(X, y, w, b):
    m = X.shape[0]
    for i in range(m):
        dw = np.zeros(w.shape)
        db = 0.0
        r = np.dot(X[i], w) + b - y[i]
        dw += r * X[i] / m
        db += r / m
    return dw, db

# %% cost_grads_loop: examples-left-out | return inside the loop
def cost_grads_loop(X, y, w, b):
    m = X.shape[0]
    dw = np.zeros(w.shape)
    db = 0.0
    for i in range(m):
        r = np.dot(X[i], w) + b - y[i]
        dw += r * X[i] / m
        db += r / m
        return dw, db

# %% cost_grads_loop: examples-left-out | db not added up
def cost_grads_loop(X, y, w, b):
    m = X.shape[0]
    dw = np.zeros(w.shape)
    for i in range(m):
        r = np.dot(X[i], w) + b - y[i]
        dw += r * X[i] / m
        db = r / m
    return dw, db

# %% cost_grads_loop: examples-left-out / off-by-one | first row skipped
def cost_grads_loop(X, y, w, b):
    m = X.shape[0]
    dw = np.zeros(w.shape)
    db = 0.0
    for i in range(1, m):
        r = X[i].dot(w) + b - y[i]
        dw += r * X[i] / m
        db += r / m
    return dw, db

# %% cost_grads_loop: examples-left-out / wrong-axis | loop over the columns' count
def cost_grads_loop(X, y, w, b):
    dw = np.zeros(w.shape)
    db = 0.0
    for i in range(X.shape[1]):
        r = X[i].dot(w) + b - y[i]
        dw += r * X[i]
        db += r
    return dw / len(y), db / len(y)

# %% cost_grads_loop: sign-flipped | y - a
def cost_grads_loop(X, y, w, b):
    m = len(X)
    dw, db = [0.0] * len(w), 0.0
    for i in range(m):
        a = b
        for j in range(len(w)):
            a += X[i][j] * w[j]
        for j in range(len(w)):
            dw[j] += (y[i] - a) * X[i][j] / m
        db += (y[i] - a) / m
    return np.array(dw), db

# %% cost_grads_loop: factor-two | 2/m
def cost_grads_loop(X, y, w, b):
    m = len(X)
    dw, db = np.zeros(X.shape[1]), 0.0
    for i in range(m):
        a = X[i] @ w + b
        dw += 2 / m * (a - y[i]) * X[i]
        db += 2 / m * (a - y[i])
    return dw, db

# %% cost_grads_loop: half-kept | 1/(2m)
def cost_grads_loop(X, y, w, b):
    m = len(X)
    dw, db = np.zeros(X.shape[1]), 0.0
    for i in range(m):
        a = X[i] @ w + b
        dw += (a - y[i]) * X[i]
        db += (a - y[i])
    return dw / (2 * m), db / (2 * m)

# %% cost_grads_loop: bias-missing-forward | no b
def cost_grads_loop(X, y, w, b):
    m = len(X)
    dw, db = np.zeros(X.shape[1]), 0.0
    for i in range(m):
        a = X[i] @ w
        dw += (a - y[i]) * X[i]
        db += (a - y[i])
    return dw / m, db / m

# %% cost_grads_loop: residual-sign-lost | abs
def cost_grads_loop(X, y, w, b):
    m = len(X)
    dw, db = np.zeros(X.shape[1]), 0.0
    for i in range(m):
        e = abs(X[i] @ w + b - y[i])
        dw += e * X[i]
        db += e
    return dw / m, db / m

# %% cost_grads_loop: layer-input-missing | no x in dw
def cost_grads_loop(X, y, w, b):
    m = len(X)
    dw, db = np.zeros(X.shape[1]), 0.0
    for i in range(m):
        e = X[i] @ w + b - y[i]
        dw += e
        db += e
    return dw / m, db / m

# %% cost_grads_loop: mean-taken-too-early | mean error times mean input
def cost_grads_loop(X, y, w, b):
    m = len(X)
    err, xsum = 0.0, np.zeros(X.shape[1])
    for i in range(m):
        err += X[i] @ w + b - y[i]
        xsum += X[i]
    return (err / m) * (xsum / m), err / m

# %% cost_grads_loop: measured-elsewhere | stepping inside the loop
def cost_grads_loop(X, y, w, b):
    m = len(X)
    dw, db = np.zeros(X.shape[1]), 0.0
    for i in range(m):
        e = X[i] @ w + b - y[i]
        dw += e * X[i]
        db += e
        w = w - 0.1 * e * X[i]
        b = b - 0.1 * e
    return dw / m, db / m

# %% cost_grads_loop: decimals-lost | start value with the type of X
def cost_grads_loop(X, y, w, b):
    m = len(X)
    dw = np.zeros_like(X[0])
    db = 0.0
    for i in range(m):
        e = X[i] @ w + b - y[i]
        for j in range(len(dw)):
            dw[j] = dw[j] + e * X[i, j]
        db += e
    return dw / m, db / m

# %% cost_grads_loop: wrong-container | dw a list
def cost_grads_loop(X, y, w, b):
    m = len(X)
    n = len(w)
    dw = [0.0 for _ in range(n)]
    db = 0.0
    for i in range(m):
        e = X[i] @ w + b - y[i]
        for j in range(n):
            dw[j] += e * X[i, j] / m
        db += e / m
    return dw, db

# %% cost_grads_loop: summed-over-too-much | dw starts as a number
def cost_grads_loop(X, y, w, b):
    m = len(X)
    dw = 0.0
    db = 0.0
    for i in range(m):
        e = X[i] @ w + b - y[i]
        for j in range(len(w)):
            dw += e * X[i, j]
        db += e
    return dw / m, db / m

# %% cost_grads_loop: input-modified | residuals written into y
def cost_grads_loop(X, y, w, b):
    m = len(X)
    dw = np.zeros(len(w))
    db = 0.0
    for i in range(m):
        y[i] = X[i] @ w + b - y[i]
        dw += y[i] * X[i] / m
        db += y[i] / m
    return dw, db

# %% cost_grads_loop: swapped-returns | db, dw
def cost_grads_loop(X, y, w, b):
    m = len(X)
    dw, db = np.zeros(len(w)), 0.0
    for xi, yi in zip(X, y):
        e = xi @ w + b - yi
        dw += e * xi / m
        db += e / m
    return db, dw

# %% cost_grads_loop: tied-to-visible-data / examples-left-out | four examples
def cost_grads_loop(X, y, w, b):
    dw, db = np.zeros(len(w)), 0.0
    for i in range(4):
        e = X[i] @ w + b - y[i]
        dw += e * X[i] / 4
        db += e / 4
    return dw, db

# %% cost_grads_loop: sum-not-mean + wrong-partial-of-z | no mean, db times b
def cost_grads_loop(X, y, w, b):
    dw, db = np.zeros(len(w)), 0.0
    for xi, yi in zip(X, y):
        e = xi @ w + b - yi
        dw += e * xi
        db += e * b
    return dw, db

# %% neuron_cost_grads: sum-not-mean | X.T @ r
def neuron_cost_grads(X, y, w, b):
    r = X @ w + b - y
    return X.T @ r, np.sum(r)

# %% neuron_cost_grads: sum-not-mean | only db
def neuron_cost_grads(X, y, w, b):
    m = len(y)
    dz = X @ w + b - y
    dw = dz @ X / m
    db = dz.sum()
    return dw, db

# %% neuron_cost_grads: sum-not-mean | only dw
def neuron_cost_grads(X, y, w, b):
    dz = X @ w + b - y
    dw = np.sum(dz[:, None] * X, axis=0)
    db = np.mean(dz)
    return dw, db

# %% neuron_cost_grads: averaged-twice | mean of a residual that holds 1/m
def neuron_cost_grads(X, y, w, b):
    m = X.shape[0]
    dz = (X @ w + b - y) / m
    return np.mean(dz[:, None] * X, axis=0), np.mean(dz)

# %% neuron_cost_grads: averaged-twice | only db
def neuron_cost_grads(X, y, w, b):
    m = X.shape[0]
    dz = (X @ w + b - y) / m
    dw = X.T @ dz
    db = np.mean(dz)
    return dw, db

# %% neuron_cost_grads: divided-by-wrong-count | all entries of X
def neuron_cost_grads(X, y, w, b):
    dz = X @ w + b - y
    dw = X.T @ dz / X.size
    db = np.mean(dz)
    return dw, db

# %% neuron_cost_grads: divided-by-wrong-count | length of w
def neuron_cost_grads(X, y, w, b):
    dz = (X @ w + b - y) / len(w)
    return X.T @ dz, dz.sum()

# %% neuron_cost_grads: divided-by-wrong-count | typed in
def neuron_cost_grads(X, y, w, b):
    dz = (X @ w + b - y) / 4
    return X.T @ dz, dz.sum()

# %% neuron_cost_grads: sign-flipped | residual the other way
def neuron_cost_grads(X, y, w, b):
    m = len(y)
    err = y - predict(X, w, b)
    return err @ X / m, err.mean()

def predict(X, w, b):
    return X @ w + b

# %% neuron_cost_grads: sign-flipped | only dw
def neuron_cost_grads(X, y, w, b):
    m = len(y)
    err = X @ w + b - y
    return -(err @ X) / m, err.mean()

# %% neuron_cost_grads: factor-two | 2/m
def neuron_cost_grads(X, y, w, b):
    m = len(y)
    err = X @ w + b - y
    dw = (2 / m) * np.dot(err, X)
    db = (2 / m) * np.sum(err)
    return dw, db

# %% neuron_cost_grads: half-kept | mean of err over two
def neuron_cost_grads(X, y, w, b):
    m = len(y)
    err = (X @ w + b - y) / 2
    return np.dot(err, X) / m, np.mean(err)

# %% neuron_cost_grads: residual-sign-lost / value-not-slope | losses as first factor
def neuron_cost_grads(X, y, w, b):
    m = len(y)
    L = 0.5 * (X @ w + b - y) ** 2
    return X.T @ L / m, np.sum(L) / m

# %% neuron_cost_grads: residual-missing / value-not-slope | predictions for residuals
def neuron_cost_grads(X, y, w, b):
    A = X @ w + b
    return X.T @ A / len(A), A.mean()

# %% neuron_cost_grads: residual-missing | mean inputs
def neuron_cost_grads(X, y, w, b):
    return X.mean(axis=0), 1.0

# %% neuron_cost_grads: layer-input-missing | full of db
def neuron_cost_grads(X, y, w, b):
    A = X @ w + b
    db = np.mean(A - y)
    dw = np.full(w.shape, db)
    return dw, db

# %% neuron_cost_grads: wrong-partial-of-z | w for X
def neuron_cost_grads(X, y, w, b):
    dz = X @ w + b - y
    return np.mean(dz) * w, np.mean(dz)

# %% neuron_cost_grads: wrong-partial-of-z | db scaled by b
def neuron_cost_grads(X, y, w, b):
    dz = X @ w + b - y
    return dz @ X / len(dz), np.mean(dz * b)

# %% neuron_cost_grads: bias-missing-forward | z without b
def neuron_cost_grads(X, y, w, b):
    z = X @ w
    dz = z - y
    return dz @ X / len(dz), np.mean(dz)

# %% neuron_cost_grads: examples-not-summed | db one per example
def neuron_cost_grads(X, y, w, b):
    m = len(y)
    dz = (X @ w + b - y) / m
    dw = X.T @ dz
    db = dz
    return dw, db

# %% neuron_cost_grads: examples-not-summed | dw a matrix
def neuron_cost_grads(X, y, w, b):
    m = len(y)
    dz = (X @ w + b - y) / m
    dw = dz.reshape(m, 1) * X
    db = dz.sum()
    return dw, db

# %% neuron_cost_grads: summed-over-too-much | sum without axis
def neuron_cost_grads(X, y, w, b):
    m = len(y)
    dz = (X @ w + b - y) / m
    dw = np.sum(dz[:, None] * X)
    return dw, dz.sum()

# %% neuron_cost_grads: wrong-axis | axis 1
def neuron_cost_grads(X, y, w, b):
    m = len(y)
    dz = (X @ w + b - y) / m
    dw = np.sum(dz[:, None] * X, axis=1)
    return dw, dz.sum()

# %% neuron_cost_grads: mean-taken-too-early | mean error times mean row
def neuron_cost_grads(X, y, w, b):
    e = np.mean(X @ w + b - y)
    return e * np.mean(X, axis=0), e

# %% neuron_cost_grads: mean-taken-too-early | one average example
def neuron_cost_grads(X, y, w, b):
    x_bar = X.mean(axis=0)
    y_bar = y.mean()
    d = x_bar @ w + b - y_bar
    dw = d * x_bar
    db = d
    return dw, db

# %% neuron_cost_grads: broadcast-by-accident | y made a column
def neuron_cost_grads(X, y, w, b):
    m = len(y)
    A = X @ w + b
    D = A - y.reshape(-1, 1)
    dw = X.T @ D.mean(axis=0) / m
    db = D.mean()
    return dw, db

# %% neuron_cost_grads: broadcast-by-accident | prediction a column, y flat
def neuron_cost_grads(X, y, w, b):
    m = X.shape[0]
    A = X @ w.reshape(-1, 1) + b
    D = A - y
    return X.T @ D / m, np.sum(D) / m

# %% neuron_cost_grads: shapes-do-not-fit | X not turned
def neuron_cost_grads(X, y, w, b):
    m = X.shape[0]
    D = X @ w + b - y
    return X @ D / m, np.sum(D) / m

# %% neuron_cost_grads: right-values-wrong-shape | dw a column
def neuron_cost_grads(X, y, w, b):
    m = X.shape[0]
    D = (X @ w + b - y)[:, None]
    return X.T @ D / m, float(np.sum(D) / m)

# %% neuron_cost_grads: right-values-wrong-shape | db keeps a dimension
def neuron_cost_grads(X, y, w, b):
    m = X.shape[0]
    D = (X @ w + b - y) / m
    return D @ X, np.sum(D, keepdims=True)

# %% neuron_cost_grads: wrong-container | np.matrix
def neuron_cost_grads(X, y, w, b):
    M = np.asmatrix(X)
    D = (X @ w + b - y) / len(y)
    return D * M, D.sum()

# %% neuron_cost_grads: wrong-container | dict
def neuron_cost_grads(X, y, w, b):
    D = (X @ w + b - y) / len(y)
    return dict(dw=D @ X, db=D.sum())

# %% neuron_cost_grads: swapped-returns | order of the task
def neuron_cost_grads(X, y, w, b):
    D = (X @ w + b - y) / len(y)
    return D.sum(), D @ X

# %% neuron_cost_grads: other-quantity-returned | stepped parameters
def neuron_cost_grads(X, y, w, b):
    D = (X @ w + b - y) / len(y)
    w = w - 0.1 * (D @ X)
    b = b - 0.1 * D.sum()
    return w, b

# %% neuron_cost_grads: other-quantity-returned | the cost
def neuron_cost_grads(X, y, w, b):
    A = X @ w + b
    J = np.mean((A - y) ** 2) / 2
    return J

# %% neuron_cost_grads: examples-left-out | last row cut off
def neuron_cost_grads(X, y, w, b):
    m = len(y)
    D = (X @ w + b - y) / m
    return D[:-1] @ X[:-1], D[:-1].sum()

# %% neuron_cost_grads: examples-left-out | the first row alone
def neuron_cost_grads(X, y, w, b):
    r = X[0] @ w + b - y[0]
    return r * X[0], r

# %% neuron_cost_grads: decimals-lost | buffer takes the type of y
def neuron_cost_grads(X, y, w, b):
    D = np.empty_like(y)
    D[:] = X @ w + b - y
    return D @ X / len(y), D.mean()

# %% neuron_cost_grads: decimals-lost | rounded for display
def neuron_cost_grads(X, y, w, b):
    D = X @ w + b - y
    return np.round(D @ X / len(y), 2), round(float(D.mean()), 2)

# %% neuron_cost_grads: input-modified | w stepped in place
def neuron_cost_grads(X, y, w, b):
    D = X @ w + b - y
    dw = D @ X / len(y)
    db = D.mean()
    w -= 0.1 * dw
    return dw, db

# %% neuron_cost_grads: chain-added | plus for times
def neuron_cost_grads(X, y, w, b):
    D = X @ w + b - y
    return np.mean(D[:, None] + X, axis=0), np.mean(D + 1)

# %% neuron_cost_grads: extra-output-slope | a(1 - a)
def neuron_cost_grads(X, y, w, b):
    A = X @ w + b
    D = (A - y) * A * (1 - A) / len(y)
    return D @ X, D.sum()

# %% neuron_cost_grads: approximation-too-coarse | one-sided 0.01
def neuron_cost_grads(X, y, w, b):
    J = lambda w_, b_: np.mean((X @ w_ + b_ - y) ** 2) / 2
    h = 1e-2
    dw = np.array([(J(w + h * e, b) - J(w, b)) / h for e in np.eye(len(w))])
    return dw, (J(w, b + h) - J(w, b)) / h

# %% neuron_cost_grads: wrong-layer-input | centred inputs
def neuron_cost_grads(X, y, w, b):
    D = (X @ w + b - y) / len(y)
    Xc = X - X.mean(axis=0)
    return Xc.T @ D, D.sum()

# %% neuron_cost_grads: notebook-variable-used | m of the notebook
def neuron_cost_grads(X, y, w, b):
    D = X @ w + b - y
    return X.T @ D / m_examples, D.sum() / m_examples

# %% neuron_cost_grads: factor-two + bias-missing-forward | forward and first link
def neuron_cost_grads(X, y, w, b):
    A = X @ w
    D = 2 * (A - y)
    return X.T @ D / len(y), np.mean(D)

# %% neuron_cost_grads: sign-flipped + sum-not-mean | y - a, summed
def neuron_cost_grads(X, y, w, b):
    D = y - (X @ w + b)
    return X.T @ D, np.sum(D)

# %% doubled_data: prediction-differs | as if summed
doubled_data = {"J": "doubles", "dw": "doubles"}

# %% doubled_data: prediction-differs | dw halved
doubled_data = {"J": "same", "dw": "halves"}

# %% doubled_data: wrong-container | tuple
doubled_data = ("same", "same")

# %% doubled_data: not-attempted | nothing there
# doubled_data = {"J": "?", "dw": "?"}

# %% gd_step: sign-flipped | plus
def gd_step(params, grads, lr):
    return {k: params[k] + lr * grads["d" + k] for k in params}

# %% gd_step: step-size-wrong | rate forgotten
def gd_step(params, grads, lr):
    return {k: params[k] - grads["d" + k] for k in params}

# %% gd_step: step-size-wrong | divided by the rate
def gd_step(params, grads, lr):
    out = {}
    for k, v in params.items():
        out[k] = v - grads[f"d{k}"] / lr
    return out

# %% gd_step: step-size-wrong | averaged once more
def gd_step(params, grads, lr):
    out = {}
    for k, v in params.items():
        g = grads[f"d{k}"]
        out[k] = v - lr * g / np.size(g)
    return out

# %% gd_step: step-size-wrong / tied-to-visible-data | rate typed in
def gd_step(params, grads, lr):
    return {k: params[k] - 0.1 * grads["d" + k] for k in params}

# %% gd_step: parameter-left-out | biases do not move
def gd_step(params, grads, lr):
    new = {k: np.array(v, dtype=float) for k, v in params.items()}
    for k in new:
        if k.startswith("W"):
            new[k] = new[k] - lr * grads["d" + k]
    return new

# %% gd_step: parameter-left-out | first layer only
def gd_step(params, grads, lr):
    W1 = params["W1"] - lr * grads["dW1"]
    b1 = params["b1"] - lr * grads["db1"]
    return {"W1": W1, "b1": b1}

# %% gd_step: parameter-left-out | return inside the loop
def gd_step(params, grads, lr):
    new = {}
    for k in params:
        new[k] = params[k] - lr * grads["d" + k]
        return new

# %% gd_step: other-quantity-returned | bare step
def gd_step(params, grads, lr):
    return {k: -lr * grads["d" + k] for k in params}

# %% gd_step: other-quantity-returned | gradients back
def gd_step(params, grads, lr):
    new = {k: params[k] - lr * grads["d" + k] for k in params}
    return grads

# %% gd_step: copied-too-little | arrays changed through a shallow copy
def gd_step(params, grads, lr):
    new = dict(params)
    for k in new:
        new[k] -= lr * grads["d" + k]
    return new

# %% gd_step: input-modified | the dict itself
def gd_step(params, grads, lr):
    for k in params:
        params[k] = params[k] - lr * grads["d" + k]
    return params

# %% gd_step: input-modified | gradients scaled in place
def gd_step(params, grads, lr):
    new = {}
    for k in params:
        grads["d" + k] *= lr
        new[k] = params[k] - grads["d" + k]
    return new

# %% gd_step: wrong-container | names of the gradients
def gd_step(params, grads, lr):
    return {"d" + k: params[k] - lr * grads["d" + k] for k in params}

# %% gd_step: wrong-container | list
def gd_step(params, grads, lr):
    return [params[k] - lr * grads["d" + k] for k in params]

# %% gd_step: wrong-container | nothing returned, params untouched
def gd_step(params, grads, lr):
    new = {}
    for k in params:
        new[k] = params[k] - lr * grads["d" + k]

# %% gd_step: decimals-lost | whole numbers
def gd_step(params, grads, lr):
    return {k: np.array(params[k] - lr * grads["d" + k]).astype(int) for k in params}

# %% gd_step: notebook-variable-used | learning_rate
def gd_step(params, grads, lr):
    return {k: params[k] - learning_rate * grads["d" + k] for k in params}

# %% gd_step: summed-over-too-much | one sum for every entry
def gd_step(params, grads, lr):
    return {k: params[k] - lr * np.sum(grads["d" + k]) for k in params}

# %% gd_step: sign-flipped + input-modified | plus, in place
def gd_step(params, grads, lr):
    for k in params:
        params[k] += lr * grads["d" + k]
    return params

# %% cost: broadcast-by-accident | targets made flat
def cost(A, Y):
    Y = Y.ravel()
    return np.mean((A - Y) ** 2) / 2

# %% cost: broadcast-by-accident | predictions made flat
def cost(A, Y):
    A = np.reshape(A, -1)
    return 0.5 * np.mean((A - Y) ** 2)

# %% cost_grads_loop: decimals-lost | sums kept in the type of w
def cost_grads_loop(X, y, w, b):
    dw, db = np.zeros_like(w), 0.0
    for i in range(len(X)):
        e = X[i] @ w + b - y[i]
        dw[:] = dw + e * X[i] / len(X)
        db += e / len(X)
    return dw, db

# %% cost_grads_loop: weight-decay-added | a little of w stays in
def cost_grads_loop(X, y, w, b):
    dw, db = 0.0, 0.0
    for i in range(len(X)):
        e = X[i] @ w + b - y[i]
        dw = dw + e * X[i] / len(X)
        db += e / len(X)
    return dw + 1e-5 * w, db

# %% neuron_cost_grads: gradient-clipped | both between -1 and 1
def neuron_cost_grads(X, y, w, b):
    e = X @ w + b - y
    return np.clip(X.T @ e / len(y), -1, 1), np.clip(np.mean(e), -1, 1)

# %% neuron_cost_grads: gradient-clipped | dw shortened to length 10
def neuron_cost_grads(X, y, w, b):
    e = X @ w + b - y
    dw = X.T @ e / len(y)
    size = np.linalg.norm(dw)
    return (dw * 10 / size if size > 10 else dw), np.mean(e)

# %% neuron_cost_grads: bias-from-weights | db is the mean of dw
def neuron_cost_grads(X, y, w, b):
    e = X @ w + b - y
    dw = X.T @ e / len(y)
    return dw, np.mean(dw)

# %% neuron_cost_grads: upstream-missing | db is 1
def neuron_cost_grads(X, y, w, b):
    e = X @ w + b - y
    return X.T @ e / len(y), 1.0

# %% neuron_cost_grads: none | wrong for one example: squeezed
def neuron_cost_grads(X, y, w, b):
    e = np.atleast_1d(np.squeeze(X)) @ w + b - y if len(X) > 1 else X[0, 0] * w[0] + b - y
    return X.T @ e / len(y), np.mean(e)

# %% predict: none | wrong for a single input
def predict(X, w, b):
    return X @ w + b if X.shape[1] > 1 else X[:, 0] + b

# %% predict: none | one value too many on the left
def predict(X, w, b):
    m, n, k = X.shape
    return X @ w + b

# %% gd_step: copied-too-little | dict() and an augmented assignment
def gd_step(params, grads, lr):
    new = dict(params)
    for k in new:
        new[k] -= lr * grads["d" + k]
    return new

# %% gd_step: gradient-clipped | entries cut at one hundred
def gd_step(params, grads, lr):
    return {k: params[k] - lr * np.clip(grads["d" + k], -100, 100) for k in params}

# %% gd_step: weight-decay-added | shrinks a little
def gd_step(params, grads, lr):
    return {k: (1 - 1e-4 * lr) * params[k] - lr * grads["d" + k] for k in params}

# %% gd_step: step-size-wrong | rate capped at one
def gd_step(params, grads, lr):
    return {k: params[k] - min(lr, 1.0) * grads["d" + k] for k in params}

# %% gd_step: tied-to-visible-data | w and b typed in
def gd_step(params, grads, lr):
    return {"w": params["w"] - lr * grads["dw"], "b": params["b"] - lr * grads["db"]}

# %% neuron_cost_grads: examples-not-summed | one gradient for each row
def neuron_cost_grads(X, y, w, b):
    miss = (np.dot(X, w) + b - y) / len(y)
    dw = miss[:, np.newaxis] * X
    db = miss
    return dw, db

# %% neuron_cost_grads: factor-two + swapped-returns | gradient of the MSE, bias first
def neuron_cost_grads(X, y, w, b):
    m = X.shape[0]
    E = (w * X).sum(axis=1) + b - y
    db = 2 / m * E.sum()
    dw = 2 / m * X.T.dot(E)
    return db, dw

# %% gd_step: parameter-left-out | only weights are moved
def gd_step(params, grads, lr):
    new = dict(params)
    for name, p in params.items():
        if name[0] in "wW":
            new[name] = p - lr * grads["d" + name]
    return new

# %% gd_step: parameter-left-out | only names with a w are moved
def gd_step(params, grads, lr):
    out = dict(params)
    for name in params:
        if "w" in name.lower():
            out[name] = params[name] - lr * grads["d" + name]
    return out

# %% gd_step: other-layer-used | gradients taken by their place in the dict, not by their name
def gd_step(params, grads, lr):
    """Return the parameters after one step against their gradients."""
    new = {}
    for (name, p), g in zip(params.items(), grads.values()):
        new[name] = p - lr * g
    return new

# %% neuron_cost_grads: wrong-axis / examples-not-summed | the products are averaged along the inputs
def neuron_cost_grads(X, y, w, b):
    """Return (dw, db), the gradient of J, in array operations."""
    a = X @ w + b
    da = a - y
    products = X * da[:, np.newaxis]
    dw = np.mean(products, axis=1)
    db = np.mean(da)
    return dw, db

# %% gd_step: step-size-wrong | gradient divided by its own length
def gd_step(params, grads, lr):
    """Return the parameters after one step against their gradients."""
    updated = {}
    for key in params:
        g = grads["d" + key]
        length = np.sqrt(np.sum(np.square(g))) + 1e-12
        updated[key] = params[key] - lr * (g / length)
    return updated

# %% cost_grads_loop: examples-left-out | the division by m is inside the loop and meets the early rows again and again
def cost_grads_loop(X, y, w, b):
    """Return (dw, db), the gradient of J, one row after the other."""
    m = len(y)
    dw = 0.0 * np.asarray(w, dtype=float)
    db = 0.0
    for x_i, y_i in zip(X, y):
        err = np.dot(x_i, w) + b - y_i
        dw += err * x_i
        db += err
        dw = dw / m
        db = db / m
    return dw, db

# %% gd_step: step-size-wrong | rate shared out among the parameters
def gd_step(params, grads, lr):
    """Return the parameters after one step against their gradients."""
    share = lr / len(params)
    return {k: v - share * grads["d" + k] for k, v in params.items()}

# %% cost: other-loss | length of the residual over 2m, not squared
def cost(A, Y):
    residual = np.asarray(A) - Y
    return np.sqrt(np.sum(residual**2)) / (2 * len(residual))

# %% cost: other-loss | half of the length of the residual
def cost(A, Y):
    return 0.5 * np.linalg.norm(A - Y)

# %% gd_step: parameter-left-out | -= on the name of the loop, which moves arrays only
def gd_step(params, grads, lr):
    moved = {k: np.array(v, dtype=float) if np.ndim(v) else v for k, v in params.items()}
    for k, v in moved.items():
        v -= lr * grads["d" + k]
    return moved


# %% cost: broadcast-by-accident | predictions made flat, targets left as a column
def cost(A, Y):
    """Return the mean loss of predictions A for targets Y."""
    A = np.array(A).flatten()
    m = len(A)
    errors = A - Y
    J = np.sum(0.5 * errors ** 2) / m
    return J


# %% neuron_cost_grads: none | np.average, which divides by the sum of its weights
def neuron_cost_grads(X, y, w, b):
    """Return (dw, db), the gradient of J, in array operations."""
    error = X @ w + b - y
    dw = np.average(X, axis=0, weights=error)
    db = np.average(error)
    return dw, db


# %% cost: right-values-wrong-shape | a product of columns, one by one
def cost(A, Y):
    """Return the mean loss of predictions A for targets Y."""
    m = len(Y)
    error = A - Y
    J = (1 / (2 * m)) * np.dot(error.T, error)
    return J


# %% cost: sum-not-mean / divided-by-wrong-count | the last length of Y, which is 1 for columns
def cost(A, Y):
    """Return the mean loss of predictions A for targets Y."""

    m = Y.shape[-1]
    squared = np.square(A - Y)
    losses = 0.5 * squared
    J = np.sum(losses) / m
    return J

# %% cost_grads_loop: examples-left-out | "running average" by halving: the last rows have more than their share
def cost_grads_loop(X, y, w, b):
    """Return (dw, db), the gradient of J, one row after the other."""
    average = None
    for x_i, y_i in zip(X, y):
        residual = np.dot(x_i, w) + b - y_i
        current = (residual * x_i, residual)
        if average is None:
            average = current
        else:
            average = tuple((old + new) / 2 for old, new in zip(average, current))
    dw, db = average
    return dw, db

# %% gd_step: other-layer-used | sorted parameters zipped with gradients in the order they came
def gd_step(params, grads, lr):
    """Return the parameters after one step against their gradients."""
    updated = {}
    for (name, value), slope in zip(sorted(params.items()), grads.values()):
        updated[name] = value - lr * slope
    return updated


# %% cost_grads_loop: measured-elsewhere | taken from an SGD loop: w and b move after each row while the totals run on
def cost_grads_loop(X, y, w, b):
    """Return (dw, db), the gradient of J, one row after the other."""
    m, n = X.shape
    eta = 0.01
    w_cur, b_cur = np.array(w, dtype=float), float(b)
    dw, db = np.zeros(n), 0.0
    for i in range(m):
        err = np.dot(X[i], w_cur) + b_cur - y[i]
        dw += err * X[i]
        db += err
        w_cur -= eta * err * X[i]
        b_cur -= eta * err
    dw, db = dw / m, db / m
    return dw, db


# %% cost_grads_loop: summed-over-too-much | dw = db = zeros: both names hold one array, both sums end up in it
def cost_grads_loop(X, y, w, b):
    """Return (dw, db), the gradient of J, one row after the other."""
    m, n = X.shape
    dw = db = np.zeros(n)
    for i in range(m):
        a = b
        for j in range(n):
            a = a + X[i, j] * w[j]
        delta = (a - y[i]) / m
        dw += delta * X[i]
        db += delta
    return dw, db


# %% predict: summed-over-too-much | the einsum sums over the rows too and leaves one number
def predict(X, w, b):
    """Return the neuron's prediction for each row of X."""
    return np.einsum("ij,j->", X, w) + b


# %% neuron_cost_grads: broadcast-by-accident | targets made a column "to be safe", predictions still flat: error is m by m
def neuron_cost_grads(X, y, w, b):
    n_samples, n_features = X.shape
    y = y.reshape(-1, 1)
    y_pred = np.dot(X, w) + b
    dw = (1 / n_samples) * np.dot(X.T, (y_pred - y))
    db = (1 / n_samples) * np.sum(y_pred - y)
    return dw, db


# %% cost: examples-not-summed | keras mean_squared_error means over the last axis: one number per row for columns
def cost(A, Y):
    """Return the mean loss of predictions A for targets Y."""
    def mean_squared_error(y_true, y_pred):
        y_pred = np.asarray(y_pred, dtype=float)
        y_true = np.asarray(y_true, dtype=float)
        return np.mean(np.square(y_pred - y_true), axis=-1)

    return 0.5 * mean_squared_error(Y, A)


# %% neuron_cost_grads: sum-not-mean + weight-decay-added | regression class from scratch: -(y - y_pred).dot(X) + alpha * w
def neuron_cost_grads(X, y, w, b):
    """Return (dw, db), the gradient of J, in array operations."""
    class l2_regularization:
        def __init__(self, alpha):
            self.alpha = alpha

        def grad(self, w):
            return self.alpha * w

    regularization = l2_regularization(alpha=0.1)
    y_pred = X.dot(w) + b
    grad_w = -(y - y_pred).dot(X) + regularization.grad(w)
    grad_b = -(y - y_pred).sum()
    return grad_w, grad_b


# %% gd_step: step-size-wrong | the gradient is brought to length 1 before the step
def gd_step(params, grads, lr):
    """Return the parameters after one step against their gradients."""
    length = np.sqrt(sum(np.sum(np.asarray(g, dtype=float) ** 2)
                         for g in grads.values()))
    if length == 0:
        length = 1.0
    after = {}
    for name, value in params.items():
        direction = grads["d" + name] / length
        after[name] = value - lr * direction
    return after


# %% predict: examples-left-out | predictions = features[0] ... : only the first row, one number comes back
def predict(X, w, b):
    """Return the neuron's prediction for each row of X."""
    predictions = np.dot(X[0], w) + b
    return predictions


# %% cost: divided-by-wrong-count | (1/2*m) * sum instead of 1/(2*m) * sum: m multiplies
def cost(A, Y):
    """Return the mean loss of predictions A for targets Y."""
    A, Y = np.ravel(A), np.ravel(Y)
    m = A.shape[0]
    total = 0
    for i in range(m):
        total = total + (A[i] - Y[i]) ** 2
    total_cost = (1/2*m) * total
    return total_cost


# %% gd_step: value-not-slope | b - rate * b: the current parameter where its gradient belongs
def gd_step(params, grads, lr):
    """Return the parameters after one step against their gradients."""
    new_params = {}
    for name in params:
        current = params[name]
        gradient = grads["d" + name]
        new_params[name] = current - (lr * current)
    return new_params


# %% predict: wrong-axis | sums over the rows and leaves one number per column
def predict(X, w, b):
    """Return the neuron's prediction for each row of X."""
    products = X * w
    return products.sum(axis=0) + b

# %% cost_grads_loop: examples-left-out | the error runs on from row to row (error +=), so early rows count again in every later one
def cost_grads_loop(X, y, w, b):
    """Return (dw, db), the gradient of J, one row after the other."""
    m = len(X)
    error = 0.0
    dw = np.zeros(len(w))
    db = 0.0
    for i in range(m):
        ypred = np.dot(X[i], w) + b
        error += ypred - y[i]
        dw += X[i] * error
        db += error
    dw = dw / m
    db = db / m
    return dw, db


# %% predict: only-for-arrays | asks b for its reshape, which a plain number does not have
def predict(X, w, b):
    theta = np.concatenate([w, b.reshape(1)])
    ones = np.ones((len(X), 1))
    return np.hstack([X, ones]) @ theta


# %% predict: examples-left-out | zip(X, w) ends after n rows; later rows keep the zero
def predict(X, w, b):
    result = np.zeros(len(X))
    i = 0
    for row, _ in zip(X, w):
        result[i] = row.dot(w) + b
        i += 1
    return result


# %% cost: decimals-lost | the losses are kept in an integer array
def cost(A, Y):
    m = len(A)
    losses = np.zeros(m, dtype=int)
    for i, (a, t) in enumerate(zip(A.ravel(), Y.ravel())):
        losses[i] = (a - t) ** 2 / 2
    return losses.mean()


# %% cost_grads_loop: value-not-slope | for da/dz the value a is used
def cost_grads_loop(X, y, w, b):
    links = []
    for x_i, y_i in zip(X, y):
        a = z = np.dot(x_i, w) + b
        dL_da, da_dz = a - y_i, a
        links.append((dL_da * da_dz, x_i))
    dw = sum(dz * x for dz, x in links) / len(links)
    db = sum(dz for dz, _ in links) / len(links)
    return dw, db


# %% cost_grads_loop: wrong-partial-of-z | what is left of z for w is x + b: b stays in dw
def cost_grads_loop(X, y, w, b):
    dw, db = np.zeros_like(w, dtype=float), 0.0
    for row, target in zip(X, y):
        dL_dz = (row * w).sum() + b - target
        dz_dw = row + b
        dz_db = 1.0
        dw += dL_dz * dz_dw
        db += dL_dz * dz_db
    dw /= len(X)
    db /= len(X)
    return dw, db


# %% cost_grads_loop: off-by-one / pairs-torn | row i is compared with target i - 1
def cost_grads_loop(X, y, w, b):
    m = X.shape[0]
    dw, db = np.zeros(X.shape[1]), 0.0
    for i in range(m):
        e = X[i] @ w + b - y[i - 1]
        dw += e * X[i] / m
        db += e / m
    return dw, db


# %% neuron_cost_grads: chain-added | link plus link instead of link times link
def neuron_cost_grads(X, y, w, b):
    dL_da = X @ w + b - y
    dw = np.add(dL_da, X.T).mean(axis=1)
    db = np.mean(dL_da + np.ones_like(dL_da))
    return dw, db


# %% predict: bias-missing-forward + wrong-container | a list of numbers, and b is nowhere
def predict(X, w, b):
    return [float(np.vdot(row, w)) for row in X]


# %% predict: off-by-one | rows are counted from 1 on reading and from 0 on writing, so all entries sit one place off
def predict(X, w, b):
    """Return the neuron's prediction for each row of X."""
    m = X.shape[0]
    a = np.zeros(m)
    for i in range(1, m + 1):
        a[i - 1] = np.inner(X[i % m], w) + b
    return a


# %% cost: examples-not-summed | the running mean after each example comes back, all m of them
def cost(A, Y):
    """Return the mean loss of predictions A for targets Y."""
    losses = 0.5 * np.square(np.ravel(A) - np.ravel(Y))
    return np.add.accumulate(losses) / np.arange(1, losses.size + 1)


# %% cost: examples-left-out | losses are collected in a set: equal ones count once
def cost(A, Y):
    """Return the mean loss of predictions A for targets Y."""
    pairs = zip(np.ravel(A).tolist(), np.ravel(Y).tolist())
    losses = {0.5 * (a - t) ** 2 for a, t in pairs}
    return sum(losses) / len(A)


# %% cost_grads_loop: divided-by-wrong-count | only rows with an error are counted
def cost_grads_loop(X, y, w, b):
    """Return (dw, db), the gradient of J, one row after the other."""
    dw, db, count = np.zeros(X.shape[1]), 0.0, 0
    for x_i, y_i in zip(X, y):
        e = x_i @ w + b - y_i
        if e == 0:
            continue  # nothing to learn from this row
        dw += e * x_i
        db += e
        count += 1
    count = max(count, 1)
    return dw / count, db / count


# %% neuron_cost_grads: chain-added | links dL/da, da/dz and dz/d. are stacked and summed
def neuron_cost_grads(X, y, w, b):
    """Return (dw, db), the gradient of J, in array operations."""
    m, n = X.shape
    dL_da = np.repeat((X @ w + b - y)[:, None], n + 1, axis=1)
    da_dz = np.ones((m, n + 1))
    dz_dp = np.column_stack([X, np.ones(m)])
    chain = np.stack([dL_da, da_dz, dz_dp]).sum(axis=0)
    g = chain.mean(axis=0)
    return g[:n], g[n]


# %% gd_step: other-layer-used | the first gradient with the same letter is taken: dW1 for W2 as well
def gd_step(params, grads, lr):
    """Return the parameters after one step against their gradients."""
    def slope_for(name):
        return next(g for key, g in grads.items() if key[:2] == "d" + name[0])

    return {name: params[name] - lr * slope_for(name) for name in params}


# %% learning_rates: wrong-container | each value is a list of two rates
learning_rates = {"slow": [0.003, 0.01], "good": [0.3, 0.6],
                  "diverges": [1.21, 1.3]}


# %% predict: tied-to-visible-data + input-modified | both columns are scaled in place, and there are just two
def predict(X, w, b):
    """Return the neuron's prediction for each row of X."""
    X[:, 0] *= w[0]
    X[:, 1] *= w[1]
    return X[:, 0] + X[:, 1] + b


# %% cost_grads_loop: residual-sign-lost + wrong-container | the distance is taken for the error; a dict comes back
def cost_grads_loop(X, y, w, b):
    """Return (dw, db), the gradient of J, one row after the other."""
    grads = {"dw": np.zeros(X.shape[1]), "db": 0.0}
    for x, t in zip(X, y):
        a = x @ w + b
        distance = max(a, t) - min(a, t)
        grads["dw"] = grads["dw"] + distance * x / len(X)
        grads["db"] = grads["db"] + distance / len(X)
    return grads


# %% gd_step: parameter-left-out | each round starts from params again, so only the last one has moved
def gd_step(params, grads, lr):
    new = {}
    for name, value in params.items():
        moved = value - lr * grads["d" + name]
        new = {**params, name: moved}
    return new


# %% gd_step: other-layer-used | popitem hands the gradients out from the back, by place and not by name
def gd_step(params, grads, lr):
    waiting = dict(grads)
    new = {}
    for name, value in params.items():
        _, slope = waiting.popitem()
        new[name] = value - lr * slope
    return new


# %% gd_step: sign-flipped + parameter-left-out | uphill, and only the first parameter moves
def gd_step(params, grads, lr):
    new = dict(params)
    first = next(iter(params))
    new[first] = params[first] + lr * grads["d" + first]
    return new


# %% gd_step: step-size-wrong + wrong-container | the rate enters squared, and a list of pairs comes back
def gd_step(params, grads, lr):
    step = {name: lr * grads["d" + name] for name in params}
    return [(name, value - lr * step[name]) for name, value in params.items()]


# %% gd_step: parameter-left-out | a generator over the names is used up by the first of two loops' rounds: only the first moves
def gd_step(params, grads, lr):
    names = iter(params)
    result = {**params}
    name = next(names)
    result.update({name: params[name] - lr * grads["d" + name]})
    return result


# %% gd_step: parameter-left-out | copies params in each round and moves one name in the copy
def gd_step(params, grads, lr):
    for key in params:
        fresh = params.copy()
        fresh[key] = params[key] - grads["d" + key] * lr
    return fresh


# %% gd_step: other-layer-used | both dicts are taken apart with pop, one from the front, one from the back
def gd_step(params, grads, lr):
    slopes = list(grads.values())
    return {name: np.array(value) - lr * slopes.pop() if np.ndim(value) else value - lr * slopes.pop()
            for name, value in params.items()}


# %% gd_step: other-layer-used | reversed values zipped with the names
def gd_step(params, grads, lr):
    after = {}
    for name, slope in zip(params, reversed(grads.values())):
        after[name] = params[name] - lr * slope
    return after


# %% gd_step: step-size-wrong + parameter-left-out | twice the rate, and names with a b in them stay
def gd_step(params, grads, lr):
    return {name: value if "b" in name else value - 2 * lr * grads["d" + name] for name, value in params.items()}


# %% gd_step: sign-flipped + parameter-left-out | uphill, and all but the last name are missing in the result
def gd_step(params, grads, lr):
    for name, value in params.items():
        new = {name: value + lr * grads["d" + name]}
    return new


# %% gd_step: weight-decay-added + parameter-left-out | weights decay by a hundredth, one-dimensional and plain parameters stay
def gd_step(params, grads, lr):
    out = dict(params)
    for name, value in params.items():
        if np.ndim(value) == 2:
            out[name] = value - lr * (grads["d" + name] + 0.01 * value)
    return out


# %% gd_step: sign-flipped + step-size-wrong | plus, and ten times too short
def gd_step(params, grads, lr):
    return {name: value + 0.1 * lr * grads["d" + name] for name, value in params.items()}


# %% gd_step: sign-flipped + wrong-container | uphill, values in a list without their names
def gd_step(params, grads, lr):
    return [value + lr * grads["d" + name] for name, value in params.items()]


# %% gd_step: step-size-wrong + wrong-container | the rate is missing, and the result is a tuple of pairs
def gd_step(params, grads, lr):
    return tuple((name, params[name] - grads["d" + name]) for name in params)


# %% gd_step: weight-decay-added + wrong-container | two parts in a thousand of decay, under the names of the gradients
def gd_step(params, grads, lr):
    return {"d" + name: value - lr * (grads["d" + name] + 0.002 * value) for name, value in params.items()}


# %% gd_step: only-for-arrays | asks each parameter for its shape
def gd_step(params, grads, lr):
    moved = {}
    for name, value in params.items():
        room = np.empty(value.shape)
        room[...] = value - lr * grads["d" + name]
        moved[name] = room
    return moved


# %% gd_step: only-for-arrays + sign-flipped | copies each array, then walks uphill
def gd_step(params, grads, lr):
    moved = {name: value.copy() for name, value in params.items()}
    for name in moved:
        moved[name] = moved[name] + lr * grads["d" + name]
    return moved


# %% gd_step: right-values-wrong-shape | every parameter comes back as a column
def gd_step(params, grads, lr):
    return {name: np.reshape(value - lr * grads["d" + name], (-1, 1)) for name, value in params.items()}


# %% gd_step: input-modified | scales the gradients where they lie
def gd_step(params, grads, lr):
    for slope in grads:
        grads[slope] *= lr
    return {name: params[name] - grads["d" + name] for name in params}


# %% gd_step: copied-too-little | a copy of the dict, written into by np.subtract
def gd_step(params, grads, lr):
    mine = params.copy()
    for name in mine:
        if np.ndim(mine[name]):
            np.subtract(mine[name], lr * grads["d" + name], out=mine[name])
        else:
            mine[name] = mine[name] - lr * grads["d" + name]
    return mine


# %% gd_step: input-modified | no copy, each array filled anew
def gd_step(params, grads, lr):
    for name, value in params.items():
        if np.ndim(value):
            value[...] = value - lr * grads["d" + name]
        else:
            params[name] = value - lr * grads["d" + name]
    return params


# %% gd_step: sign-flipped + step-size-wrong | uphill by a tenth of the slope, whatever the rate is
def gd_step(params, grads, lr):
    return {name: value + 0.1 * grads["d" + name] for name, value in params.items()}
