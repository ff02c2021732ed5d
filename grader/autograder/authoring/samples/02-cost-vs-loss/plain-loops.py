"""Solves everything with loops and plain sums."""

EXPECTED = {}


# %% predict
def predict(X, w, b):
    A = np.zeros(len(X))
    for i in range(len(X)):
        A[i] = X[i] @ w + b
    return A


# %% cost
def cost(A, Y):
    J = 0
    for a, y in zip(A.flatten(), Y.flatten()):
        J += (a - y) ** 2 / 2
    return J / len(A)


# %% cost_grads_loop
def cost_grads_loop(X, y, w, b):
    m, n = X.shape
    dw = np.zeros(n)
    db = 0.0
    for i in range(m):
        a = float(b)
        for j in range(n):
            a += X[i, j] * w[j]
        for j in range(n):
            dw[j] += (a - y[i]) * X[i, j] / m
        db += (a - y[i]) / m
    return [dw, db]


# %% neuron_cost_grads
def neuron_cost_grads(X, y, w, b):
    m = X.shape[0]
    err = X.dot(w) + b - y
    dw = 1 / m * np.dot(err, X)
    db = 1 / m * np.sum(err)
    return dw, db


# %% doubled_data
a = np.array([1.0, 2.0, 4.0])
same = np.isclose(a.mean(), np.concatenate([a, a]).mean())
doubled_data = {"dw": "same" if same else "doubles", "J": "same" if same else "doubles"}


# %% gd_step
def gd_step(params, grads, lr):
    new = {}
    for name, value in params.items():
        step = np.multiply(lr, grads[f"d{name}"])
        new[name] = np.subtract(value, step)
    return new
