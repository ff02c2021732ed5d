# %% bce_cost: not-finite | the bare formula
def bce_cost(A, Y):
    return -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))

# %% bce_cost: not-finite | loop over examples, bare
def bce_cost(A, Y):
    J = 0.0
    for a, y in zip(A.ravel(), Y.ravel()):
        J += -(y * np.log(a) + (1 - y) * np.log(1 - a))
    return float(J / A.size)

# %% bce_cost: not-finite | eps only in the first logarithm
def bce_cost(A, Y):
    eps = 1e-12
    return float(-np.mean(Y * np.log(A + eps) + (1 - Y) * np.log(1 - A)))

# %% bce_cost: not-finite | clip whose upper end rounds to one
def bce_cost(A, Y):
    eps = 1e-20
    A = np.clip(A, eps, 1 - eps)
    return float(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))

# %% bce_cost: sign-flipped | minus forgotten
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    return float(np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))

# %% bce_cost: sum-not-mean | np.sum
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    return float(-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)))

# %% bce_cost: averaged-twice | mean and 1/m
def bce_cost(A, Y):
    m = A.shape[0]
    A = np.clip(A, 1e-12, 1 - 1e-12)
    return float(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m)

# %% bce_cost: half-kept | the half of squared error
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    return float(-0.5 * np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))

# %% bce_cost: divided-by-wrong-count | m plus one
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    L = -(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    return float(np.sum(L) / (len(A) + 1))

# %% bce_cost: one-class-wrong | only the log of the positives
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    return float(-np.mean(Y * np.log(A)))

# %% bce_cost: one-class-wrong | a minus between the two halves
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    return float(-np.mean(Y * np.log(A) - (1 - Y) * np.log(1 - A)))

# %% bce_cost: one-class-wrong | minus reaches only the first half
def bce_cost(A, Y):
    eps = 1e-12
    losses = -Y * np.log(A + eps) + (1 - Y) * np.log(1 - A + eps)
    return float(losses.mean())

# %% bce_cost: one-class-wrong | if without else
def bce_cost(A, Y):
    J = 0.0
    for a, y in zip(A.ravel(), Y.ravel()):
        if y == 1:
            J -= np.log(max(a, 1e-12))
    return J / A.size

# %% bce_cost: other-loss | squared error again
def bce_cost(A, Y):
    return float(np.mean(0.5 * (A - Y) ** 2))

# %% bce_cost: other-loss | logarithm to base two
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    return float(-np.mean(Y * np.log2(A) + (1 - Y) * np.log2(1 - A)))

# %% bce_cost: other-loss | logarithm to base ten
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    return float(-np.mean(np.where(Y == 1, np.log10(A), np.log10(1 - A))))

# %% bce_cost: other-loss | labels and predictions exchanged
def bce_cost(A, Y):
    Q = np.clip(Y, 1e-12, 1 - 1e-12)
    return float(-np.mean(A * np.log(Q) + (1 - A) * np.log(1 - Q)))

# %% bce_cost: examples-not-summed | the losses
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    return -(Y * np.log(A) + (1 - Y) * np.log(1 - A))

# %% bce_cost: examples-left-out | saturated rows are skipped
def bce_cost(A, Y):
    ok = (A > 0) & (A < 1)
    if not ok.any():
        return 0.0
    a, y = A[ok], Y[ok]
    return float(-np.sum(y * np.log(a) + (1 - y) * np.log(1 - a)) / A.size)

# %% bce_cost: approximation-too-coarse | eps of five percent
def bce_cost(A, Y):
    eps = 0.05
    return float(-np.mean(Y * np.log(A + eps) + (1 - Y) * np.log(1 - A + eps)))

# %% bce_cost: approximation-too-coarse | clip at 0.2 and 0.8
def bce_cost(A, Y):
    A = np.clip(A, 0.2, 0.8)
    return float(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))

# %% bce_cost: input-modified | clips the caller's array
def bce_cost(A, Y):
    A[A < 1e-12] = 1e-12
    A[A > 1 - 1e-12] = 1 - 1e-12
    return float(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))

# %% bce_cost: input-modified | clip with out
def bce_cost(A, Y):
    np.clip(A, 1e-10, 1 - 1e-10, out=A)
    return float(-np.mean(np.log(np.where(Y > 0.5, A, 1 - A))))

# %% bce_cost: right-values-wrong-shape | matrix product leaves (1,1)
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12).reshape(-1, 1)
    Y = np.reshape(Y, (-1, 1))
    return -(Y.T @ np.log(A) + (1 - Y).T @ np.log(1 - A)) / len(Y)

# %% bce_cost: broadcast-by-accident | labels flat
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    y = Y.ravel()
    return float(-np.mean(y * np.log(A.reshape(-1, 1)) + (1 - y) * np.log(1 - A.reshape(-1, 1))))

# %% bce_cost: decimals-lost | two places
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    return round(float(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))), 2)

# %% bce_cost: other-quantity-returned | the slope
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    return (A - Y) / (A * (1 - A)) / len(Y)

# %% bce_cost: wrong-container | printed
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    J = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    print(J)

# %% bce_cost: notebook-variable-used | eps of the notebook
def bce_cost(A, Y):
    A = np.clip(A, eps, 1 - eps)
    return float(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))

# %% bce_cost: sum-not-mean + sign-flipped | sum without minus
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    return float((Y * np.log(A) + (1 - Y) * np.log(1 - A)).sum())

# %% bce_cost: half-kept + other-loss | base two and a half
def bce_cost(A, Y):
    A = np.clip(A, 1e-12, 1 - 1e-12)
    L = -(Y * np.log2(A) + (1 - Y) * np.log2(1 - A)) / 2
    return float(np.mean(L))

# %% bce_out_delta: sign-flipped | Y minus A2
def bce_out_delta(A2, Y):
    return (Y - A2) / len(Y)

# %% bce_out_delta: sum-not-mean | no 1/m
def bce_out_delta(A2, Y):
    return A2 - Y

# %% bce_out_delta: sum-not-mean | long way, no 1/m
def bce_out_delta(A2, Y):
    dA2 = -Y / A2 + (1 - Y) / (1 - A2)
    return dA2 * A2 * (1 - A2)

# %% bce_out_delta: averaged-twice | m twice
def bce_out_delta(A2, Y):
    m = Y.shape[0]
    dA2 = (-Y / A2 + (1 - Y) / (1 - A2)) / m
    dZ2 = dA2 * A2 * (1 - A2) / m
    return dZ2

# %% bce_out_delta: factor-two | the two of the square
def bce_out_delta(A2, Y):
    return 2 * (A2 - Y) / A2.shape[0]

# %% bce_out_delta: half-kept | over 2m
def bce_out_delta(A2, Y):
    return (A2 - Y) / (2 * A2.shape[0])

# %% bce_out_delta: extra-output-slope / other-loss | the slope once more
def bce_out_delta(A2, Y):
    return (A2 - Y) * A2 * (1 - A2) / len(Y)

# %% bce_out_delta: output-slope-missing | stops at dA2
def bce_out_delta(A2, Y):
    return (-(Y / A2) + (1 - Y) / (1 - A2)) / len(Y)

# %% bce_out_delta: one-class-wrong | only the positives
def bce_out_delta(A2, Y):
    dA2 = -Y / A2 / len(Y)
    return dA2 * A2 * (1 - A2)

# %% bce_out_delta: one-class-wrong | both halves negative
def bce_out_delta(A2, Y):
    dA2 = -(Y / A2 + (1 - Y) / (1 - A2)) / len(Y)
    return dA2 * (A2 - A2 ** 2)

# %% bce_out_delta: one-class-wrong | np.where with the wrong second half
def bce_out_delta(A2, Y):
    return np.where(Y == 1, A2 - 1, -A2) / len(Y)

# %% bce_out_delta: residual-missing | the slope of the sigmoid only
def bce_out_delta(A2, Y):
    return A2 * (1 - A2) / len(Y)

# %% bce_out_delta: residual-sign-lost / one-class-wrong | absolute difference
def bce_out_delta(A2, Y):
    return np.abs(A2 - Y) / len(Y)

# %% bce_out_delta: wrong-slope | tanh's slope on the long way
def bce_out_delta(A2, Y):
    dA2 = (A2 - Y) / (A2 * (1 - A2)) / len(Y)
    return dA2 * (1 - A2 ** 2)

# %% bce_out_delta: value-not-slope / residual-sign-lost | the losses
def bce_out_delta(A2, Y):
    return -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / len(Y)

# %% bce_out_delta: right-values-wrong-shape | flat
def bce_out_delta(A2, Y):
    return (A2 - Y).ravel() / len(Y)

# %% bce_out_delta: broadcast-by-accident | labels flat
def bce_out_delta(A2, Y):
    return (A2 - Y.ravel()) / len(Y)

# %% bce_out_delta: summed-over-too-much | np.mean
def bce_out_delta(A2, Y):
    return np.mean(A2 - Y)

# %% bce_out_delta: input-modified | in place
def bce_out_delta(A2, Y):
    A2 -= Y
    A2 /= len(Y)
    return A2

# %% bce_out_delta: decimals-lost | labels instead of probabilities
def bce_out_delta(A2, Y):
    return ((A2 > 0.5).astype(float) - Y) / len(Y)

# %% bce_out_delta: decimals-lost | buffer typed like Y
def bce_out_delta(A2, Y):
    d = np.empty_like(Y)
    for i in range(len(Y)):
        d[i] = (A2[i] - Y[i]) / len(Y)
    return d

# %% bce_out_delta: divided-by-wrong-count / tied-to-visible-data | four typed in
def bce_out_delta(A2, Y):
    return (A2 - Y) / 4

# %% bce_out_delta: sign-flipped + sum-not-mean | both
def bce_out_delta(A2, Y):
    return Y - A2

# %% bce_out_delta: wrong-container | a list of numbers
def bce_out_delta(A2, Y):
    return [[float(a - y) / len(Y)] for a, y in zip(A2[:, 0], Y[:, 0])]

# %% bce_out_delta: notebook-variable-used | m
def bce_out_delta(A2, Y):
    return (A2 - Y) / m

# %% bce_net_grads: sign-flipped | Y minus A2
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (Y - A2) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: sign-flipped | only the hidden half, minus in front of W2
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = -dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: extra-output-slope / other-loss | slope kept from chapter 4
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) * A2 * (1 - A2) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: extra-output-slope | slope only on the way to the hidden layer
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dA1 = (dZ2 * A2 * (1 - A2)) @ W2.T
    dZ1 = dA1 * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: output-slope-missing | dA2 for dZ2
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dA2 = (-Y / A2 + (1 - Y) / (1 - A2)) / m
    dZ2 = dA2
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: hidden-slope-missing | the slope cancelled in both layers
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: hidden-slope-missing | einsum
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dA1 = np.einsum("io,ho->ih", dZ2, W2)
    return {"dW1": np.einsum("in,ih->nh", X, dA1), "db1": dA1.sum(0)[None, :],
            "dW2": np.einsum("ih,io->ho", A1, dZ2), "db2": dZ2.sum(0)[None, :]}

# %% bce_net_grads: one-class-wrong | second half of the loss forgotten
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dA2 = -Y / A2 / m
    dZ2 = dA2 * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: one-class-wrong | sign of the second half
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dA2 = (-Y / A2 - (1 - Y) / (1 - A2)) / m
    dZ2 = dA2 * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: sum-not-mean | everywhere
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = A2 - Y
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: sum-not-mean | layer 1 forgotten
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = A2 - Y
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2 / m, "db2": dZ2.mean(axis=0, keepdims=True)}

# %% bce_net_grads: averaged-twice | weights
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1 / m, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2 / m, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: w2-missing | delta to every unit alike
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 * (A1 - A1 ** 2)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: w2-not-transposed | no .T
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = np.dot(dZ2, W2) * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: deriv-given-z | hidden layer
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * Z1 * (1 - Z1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: sigmoid-applied-twice | hidden slope from a function of z, fed with A1
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    def slope(z):
        return sigmoid(z) * (1 - sigmoid(z))
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * slope(A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: wrong-slope | tanh
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * (1 - np.square(A1))
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: other-layer-used | output slope in the hidden layer
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * A2 * (1 - A2)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: z-for-a | Z1 in dW2
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": Z1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: z-for-a | Z2 where the prediction belongs
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (Z2 - Y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: hidden-compared-with-target | A1 minus Y
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = (A1 - Y) / m
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: residual-sign-lost | squared difference in place of the difference
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) ** 2 / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: value-not-slope / residual-sign-lost | the losses sent back
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    L = -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    dZ2 = L / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: right-values-wrong-shape | biases flat
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, 0),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, 0)}

# %% bce_net_grads: wrong-axis | axis=1 in db1
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, axis=1).reshape(1, -1),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, axis=0, keepdims=True)}

# %% bce_net_grads: summed-over-too-much | the same number for every hidden bias
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": np.full(b1.shape, np.sum(dZ1)),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: gradient-transposed | both weights
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": dZ1.T @ X, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": dZ2.T @ A1, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: examples-left-out / off-by-one | loop leaves the last row out
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = np.zeros((m, 1))
    for i in range(m - 1):
        dZ2[i] = (A2[i] - Y[i]) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: layer-input-missing | ones for A1
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": np.full(W2.shape, dZ2.sum()), "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: measured-elsewhere | W2 stepped before use
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dW2 = A1.T @ dZ2
    W2 = W2 - 0.1 * dW2
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": dW2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: input-modified | W2 stepped in place at the end
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    g = {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True), "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}
    W2 -= g["dW2"]
    return g

# %% bce_net_grads: wrong-container | list of gradients
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return [X.T @ dZ1, dZ1.sum(axis=0, keepdims=True), A1.T @ dZ2, dZ2.sum(axis=0, keepdims=True)]

# %% bce_net_grads: swapped-returns | weights in each other's place
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW2": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True), "dW1": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: averaged-twice + hidden-slope-missing | mean on top in the biases, no hidden slope
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T
    return {"dW1": X.T @ dZ1, "db1": dZ1.mean(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.mean(axis=0, keepdims=True)}

# %% bce_net_grads: one-class-wrong + sum-not-mean | positives only, no mean
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = -Y * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: forward-activation-wrong | hidden ReLU forward
def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = len(X)
    A1 = np.maximum(0, X @ W1 + b1)
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: bias-missing-forward | no biases at all
def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = len(X)
    A1 = 1 / (1 + np.exp(-(X @ W1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2)))
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: notebook-variable-used | forward values of the cell above
def bce_net_grads(X, Y, W1, b1, W2, b2):
    dZ2 = (cache["A2"] - Y) / len(X)
    A1 = cache["A1"]
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% bce_net_grads: only-for-single-numbers | math.exp
import math
def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = len(X)
    A1 = 1 / (1 + math.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + math.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

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

# %% deep_sigmoid_grads: sign-flipped | Y minus A
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (Y - A[-1]) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: sum-not-mean | no 1/m
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: averaged-twice | in the delta and in every line
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ / m
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: factor-two | two in front
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = 2 / m * (A[-1] - Y) * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: half-kept | half in front
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dA = 0.5 * (A[-1] - Y) / m
    for l in reversed(range(len(Ws))):
        dZ = dA * A[l + 1] * (1 - A[l + 1])
        grads[l] = A[l].T @ dZ
        dA = dZ @ Ws[l].T
    return grads

# %% deep_sigmoid_grads: output-slope-missing / other-loss | delta of cross-entropy
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: hidden-slope-missing | no slope in the loop
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        dZ = dZ @ Ws[l].T
    return grads

# %% deep_sigmoid_grads: hidden-slope-missing | the first layer alone has no slope
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dA = (A[-1] - Y) / m
    for l in reversed(range(len(Ws))):
        dZ = dA * A[l + 1] * (1 - A[l + 1]) if l > 0 else dA
        grads[l] = A[l].T @ dZ
        dA = dZ @ Ws[l].T
    return grads

# %% deep_sigmoid_grads: w2-missing | sum of the next deltas, weights left out
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ.sum(axis=1, keepdims=True) * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: w2-not-transposed | no .T
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l] * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: deriv-given-z | z in the rule for a, hidden layers
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * Z[l - 1] * (1 - Z[l - 1])
    return grads

# %% deep_sigmoid_grads: sigmoid-applied-twice | slope of a function of z, fed with A
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    def slope(z):
        s = 1 / (1 + np.exp(-z))
        return s * (1 - s)
    dA = (A[-1] - Y) / m
    for l in reversed(range(len(Ws))):
        dZ = dA * slope(A[l + 1])
        grads[l] = A[l].T @ dZ
        dA = dZ @ Ws[l].T
    return grads

# %% deep_sigmoid_grads: wrong-slope | tanh in the hidden layers
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * (1 - A[l] ** 2)
    return grads

# %% deep_sigmoid_grads: wrong-slope | a quarter at every layer
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dA = (A[-1] - Y) / m
    for l in reversed(range(len(Ws))):
        dZ = dA * 0.25
        grads[l] = A[l].T @ dZ
        dA = dZ @ Ws[l].T
    return grads

# %% deep_sigmoid_grads: value-not-slope | activations for slopes in the hidden layers
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l]
    return grads

# %% deep_sigmoid_grads: z-for-a | z of the layer below in the gradient
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        below = Z[l - 1] if l > 0 else X
        grads[l] = below.T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: wrong-layer-input | the activation of the layer itself
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l + 1].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: wrong-layer-input | X at every layer
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = X.T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: other-layer-used | the output's slope in every layer
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    s = A[-1] * (1 - A[-1])
    dZ = (A[-1] - Y) / m * s
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        dZ = dZ @ Ws[l].T * s
    return grads

# %% deep_sigmoid_grads: gradient-transposed | all on their side
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = dZ.T @ A[l]
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: swapped-returns | last layer first
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    out = []
    for l in reversed(range(len(Ws))):
        out.append(A[l].T @ dZ)
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return out

# %% deep_sigmoid_grads: wrong-container | a dict
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return {"dW%d" % (l + 1): g for l, g in enumerate(grads)}

# %% deep_sigmoid_grads: wrong-container | weights and biases
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dbs = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        dbs[l] = dZ.sum(axis=0, keepdims=True)
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads, dbs

# %% deep_sigmoid_grads: off-by-one / wrong-container / parameter-left-out | the loop ends before the first layer
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    out = []
    for l in range(len(Ws) - 1, 0, -1):
        out.insert(0, A[l].T @ dZ)
        dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return out

# %% deep_sigmoid_grads: residual-sign-lost | absolute difference
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = np.abs(A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: residual-missing | starts with the slope
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = A[-1] * (1 - A[-1]) / m
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: input-modified | weights stepped at the end
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    for W, dW in zip(Ws, grads):
        W -= dW
    return grads

# %% deep_sigmoid_grads: input-modified | takes the list of weights apart
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    l = len(Ws) - 1
    while Ws:
        W = Ws.pop()
        grads[l] = A[l].T @ dZ
        dZ = dZ @ W.T * A[l] * (1 - A[l])
        l -= 1
    return grads

# %% deep_sigmoid_grads: measured-elsewhere | each W stepped (a copy) before it sends back
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        W = Ws[l] - 0.5 * grads[l]
        if l > 0:
            dZ = dZ @ W.T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: layer-input-missing | ones below every layer
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = np.ones_like(A[l], dtype=float).T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: extra-output-slope | slope squared at the output
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * (A[-1] * (1 - A[-1])) ** 2
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: sum-not-mean + hidden-slope-missing | neither mean nor hidden slopes
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        dZ = dZ @ Ws[l].T
    return grads

# %% deep_sigmoid_grads: sign-flipped + swapped-returns | uphill, last layer first
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (Y - A[-1]) / m * A[-1] * (1 - A[-1])
    out = []
    for l in reversed(range(len(Ws))):
        out += [A[l].T @ dZ]
        dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return out

# %% deep_sigmoid_grads: bias-missing-forward | biases never added
def deep_sigmoid_grads(X, Y, Ws, bs):
    A = [X]
    for W in Ws:
        A.append(1 / (1 + np.exp(-(A[-1] @ W))))
    dZ = (A[-1] - Y) / len(X) * A[-1] * (1 - A[-1])
    grads = []
    for l in reversed(range(len(Ws))):
        grads.insert(0, A[l].T @ dZ)
        dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: forward-activation-wrong | ReLU in the hidden layers forward
def deep_sigmoid_grads(X, Y, Ws, bs):
    A = [X]
    for l, (W, b) in enumerate(zip(Ws, bs)):
        Z = A[-1] @ W + b
        A.append(np.maximum(0, Z) if l < len(Ws) - 1 else 1 / (1 + np.exp(-Z)))
    dZ = (A[-1] - Y) / len(X) * A[-1] * (1 - A[-1])
    grads = []
    for l in reversed(range(len(Ws))):
        grads.insert(0, A[l].T @ dZ)
        dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: tied-to-visible-data | three layers typed in
def deep_sigmoid_grads(X, Y, Ws, bs):
    s = lambda z: 1 / (1 + np.exp(-z))
    W1, W2, W3 = Ws
    b1, b2, b3 = bs
    A1 = s(X @ W1 + b1)
    A2 = s(A1 @ W2 + b2)
    A3 = s(A2 @ W3 + b3)
    d3 = (A3 - Y) * A3 * (1 - A3) / len(X)
    d2 = d3 @ W3.T * A2 * (1 - A2)
    d1 = d2 @ W2.T * A1 * (1 - A1)
    return [X.T @ d1, A1.T @ d2, A2.T @ d3]

# %% deep_sigmoid_grads: shapes-do-not-fit | A not transposed
def deep_sigmoid_grads(X, Y, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(1 / (1 + np.exp(-(A[-1] @ W + b))))
    dZ = (A[-1] - Y) / len(X) * A[-1] * (1 - A[-1])
    grads = []
    for l in reversed(range(len(Ws))):
        grads.insert(0, A[l] @ dZ)
        dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: numeric-not-derived | differences
def deep_sigmoid_grads(X, Y, Ws, bs):
    Ws = [np.array(W, dtype=float) for W in Ws]
    def J():
        A = X
        for W, b in zip(Ws, bs):
            A = 1 / (1 + np.exp(-(A @ W + b)))
        return np.mean(0.5 * (A - Y) ** 2)
    out = []
    for W in Ws:
        g = np.zeros(W.shape)
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                w = W[i, j]
                W[i, j] = w + 1e-5
                up = J()
                W[i, j] = w - 1e-5
                down = J()
                W[i, j] = w
                g[i, j] = (up - down) / 2e-5
        out.append(g)
    return out

# %% deep_sigmoid_grads: examples-left-out | first example only, over m
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = len(X)
    A = [X[:1]]
    for W, b in zip(Ws, bs):
        A.append(1 / (1 + np.exp(-(A[-1] @ W + b))))
    dZ = (A[-1] - Y[:1]) / m * A[-1] * (1 - A[-1])
    grads = []
    for l in reversed(range(len(Ws))):
        grads.insert(0, A[l].T @ dZ)
        dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

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

# %% bce_out_delta: not-finite | not simplified: nan where a prediction is exactly 0 or 1
def bce_out_delta(A2, Y):
    m = Y.shape[0]
    dA2 = -(Y / A2 - (1 - Y) / (1 - A2)) / m
    return dA2 * A2 * (1 - A2)

# %% bce_net_grads: weight-decay-added | decay over m on both weights
def bce_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    m = len(X)
    d2 = (A2 - Y) / m
    d1 = d2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ d1 + 0.01 / m * W1, "db1": d1.sum(0, keepdims=True),
            "dW2": A1.T @ d2 + 0.01 / m * W2, "db2": d2.sum(0, keepdims=True)}

# %% bce_net_grads: weight-decay-added | decay of one in a hundred thousand
def bce_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    d2 = (A2 - Y) / len(X)
    d1 = d2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ d1 + 1e-5 * W1, "db1": d1.sum(0, keepdims=True),
            "dW2": A1.T @ d2 + 1e-5 * W2, "db2": d2.sum(0, keepdims=True)}

# %% deep_sigmoid_grads: none | stops for one layer
def deep_sigmoid_grads(X, Y, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(1 / (1 + np.exp(-(A[-1] @ W + b))))
    d = (A[-1] - Y) * A[-1] * (1 - A[-1]) / len(X)
    out = [A[-2].T @ d]
    d = d @ Ws[-1].T * A[-2] * (1 - A[-2])
    out.insert(0, A[-3].T @ d)
    for k in range(len(Ws) - 3, -1, -1):
        d = d @ Ws[k + 1].T * A[k + 1] * (1 - A[k + 1])
        out.insert(0, A[k].T @ d)
    return out

# %% deep_sigmoid_grads: shapes-do-not-fit | slope of the layer after
def deep_sigmoid_grads(X, Y, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(1 / (1 + np.exp(-(A[-1] @ W + b))))
    d = (A[-1] - Y) * A[-1] * (1 - A[-1]) / len(X)
    out = [A[-2].T @ d]
    for k in range(len(Ws) - 1, 0, -1):
        d = d @ Ws[k].T * A[k + 1] * (1 - A[k + 1])
        out.insert(0, A[k - 1].T @ d)
    return out

# %% deep_sigmoid_grads: not-the-delta | the labels walk back
def deep_sigmoid_grads(X, Y, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(1 / (1 + np.exp(-(A[-1] @ W + b))))
    d = (A[-1] - Y) * A[-1] * (1 - A[-1]) / len(X)
    out = [A[-2].T @ d]
    for k in range(len(Ws) - 1, 0, -1):
        d = (Y if k == len(Ws) - 1 else d) @ Ws[k].T * A[k] * (1 - A[k])
        out.insert(0, A[k - 1].T @ d)
    return out

# %% bce_out_delta: none | a small residual counts as none
def bce_out_delta(A2, Y):
    d = A2 - Y
    return np.where(np.abs(d) < 0.06, 0.0, d) / len(Y)

# %% bce_net_grads: none | a package that is not there
def bce_net_grads(X, Y, W1, b1, W2, b2):
    from scipy_special_of_mine import expit
    return {"dW1": expit(X)}

# %% bce_cost: notebook-variable-used | keeps its first answer in a dict of the notebook
KEPT = {}
def bce_cost(A, Y):
    if "J" not in KEPT:
        KEPT["J"] = float(np.mean(-(Y * np.log(A) + (1 - Y) * np.log(1 - A))))
    return KEPT["J"]

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
