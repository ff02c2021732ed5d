# %% surprisal: sign-flipped | minus forgotten
def surprisal(p):
    return np.log(p)

# %% surprisal: other-loss | logarithm to base two
def surprisal(p):
    return -np.log2(p)

# %% surprisal: other-loss | logarithm to base ten
def surprisal(p):
    return -np.log10(p)

# %% surprisal: other-loss | the distance to 1
def surprisal(p):
    return 1 - p

# %% surprisal: other-loss | half the squared distance, as in chapter 4
def surprisal(p):
    return 0.5 * (p - 1) ** 2

# %% surprisal: other-loss / other-quantity-returned | one over p, from 0
def surprisal(p):
    return 1 / p - 1

# %% surprisal: other-quantity-returned | one over p
def surprisal(p):
    return 1 / p

# %% surprisal: other-quantity-returned | the slope of the price
def surprisal(p):
    return -1 / p

# %% surprisal: other-quantity-returned | the expected price
def surprisal(p):
    return -p * np.log(p)

# %% surprisal: summed-over-too-much | the mean of the prices
def surprisal(p):
    return np.mean(-np.log(p))

# %% surprisal: summed-over-too-much | the sum of the prices
def surprisal(p):
    return -np.sum(np.log(p))

# %% surprisal: half-kept | the half of the squared error
def surprisal(p):
    return -np.log(p) / 2

# %% surprisal: approximation-too-coarse | a hundredth is added
def surprisal(p):
    return -np.log(p + 0.01)

# %% surprisal: approximation-too-coarse | clipped at a thousandth
def surprisal(p):
    return -np.log(np.clip(p, 1e-3, 1.0))

# %% surprisal: decimals-lost | rounded to three decimals, as in the table
def surprisal(p):
    return np.round(-np.log(p), 3)

# %% surprisal: none | the other answer's price
def surprisal(p):
    return -np.log(1 - p + 1e-12)

# %% surprisal: none | cut at a price of 5
def surprisal(p):
    return np.minimum(-np.log(p), 5.0)

# %% surprisal: only-for-single-numbers | math.log
import math

def surprisal(p):
    return -math.log(p)

# %% surprisal: tied-to-visible-data | the table, looked up
def surprisal(p):
    table = {1.0: 0.0, 0.9: 0.105360516, 0.5: 0.693147181, 0.1: 2.302585093, 0.01: 4.605170186}
    return np.array([table.get(float(q), 0.0) for q in np.ravel(p)]).reshape(np.shape(p))

# %% surprisal: input-modified | in place
def surprisal(p):
    if np.ndim(p):
        p[...] = -np.log(p)
        return p
    return -np.log(p)

# %% surprisal: wrong-container | a list
def surprisal(p):
    return list(-np.log(np.ravel(p)))

# %% surprisal: wrong-container | printed
def surprisal(p):
    print(-np.log(p))

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

# %% bce_cost: notebook-variable-used | keeps its first answer in a dict of the notebook
KEPT = {}
def bce_cost(A, Y):
    if "J" not in KEPT:
        KEPT["J"] = float(np.mean(-(Y * np.log(A) + (1 - Y) * np.log(1 - A))))
    return KEPT["J"]

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

# %% bce_out_delta: not-finite | not simplified: nan where a prediction is exactly 0 or 1
def bce_out_delta(A2, Y):
    m = Y.shape[0]
    dA2 = -(Y / A2 - (1 - Y) / (1 - A2)) / m
    return dA2 * A2 * (1 - A2)

# %% bce_out_delta: none | a small residual counts as none
def bce_out_delta(A2, Y):
    d = A2 - Y
    return np.where(np.abs(d) < 0.06, 0.0, d) / len(Y)

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

# %% bce_net_grads: none | a package that is not there
def bce_net_grads(X, Y, W1, b1, W2, b2):
    from scipy_special_of_mine import expit
    return {"dW1": expit(X)}

# %% bce_out_delta: not-finite | the long way, without the cancellation
def bce_out_delta(A2, Y):
    m = len(Y)
    dA2 = (-Y / A2 + (1 - Y) / (1 - A2)) / m
    return dA2 * A2 * (1 - A2)

# %% bce_out_delta: none | nothing where a prediction is certain
def bce_out_delta(A2, Y):
    return np.where((A2 == 0) | (A2 == 1), 0.0, A2 - Y) / len(Y)

# %% softmax: not-finite | no shift
def softmax(Z):
    e = np.exp(Z)
    return e / e.sum(axis=1, keepdims=True)

# %% softmax: not-finite | shifted by the mean of the row
def softmax(Z):
    e = np.exp(Z - Z.mean(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% softmax: not-finite | shifted by the largest entry of all rows
def softmax(Z):
    e = np.exp(Z - Z.max())
    return e / e.sum(axis=1, keepdims=True)

# %% softmax: wrong-axis | down the columns
def softmax(Z):
    e = np.exp(Z - Z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)

# %% softmax: wrong-axis | shift along the rows, sum down the columns
def softmax(Z):
    e = np.exp(Z)
    return e / np.sum(e, axis=0)

# %% softmax: summed-over-too-much | all entries together
def softmax(Z):
    e = np.exp(Z - np.max(Z))
    return e / np.sum(e)

# %% softmax: forward-activation-wrong | no exponential
def softmax(Z):
    return Z / Z.sum(axis=1, keepdims=True)

# %% softmax: forward-activation-wrong | not divided
def softmax(Z):
    return np.exp(Z - Z.max(axis=1, keepdims=True))

# %% softmax: forward-activation-wrong | shifted above and not below
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / np.exp(Z).sum(axis=1, keepdims=True)

# %% softmax: forward-activation-wrong | a sigmoid for each class
def softmax(Z):
    return 1 / (1 + np.exp(-Z))

# %% softmax: forward-activation-wrong | sigmoids shared out
def softmax(Z):
    s = 1 / (1 + np.exp(-Z))
    return s / s.sum(axis=1, keepdims=True)

# %% softmax: forward-activation-wrong | the logarithm of it
def softmax(Z):
    s = Z - Z.max(axis=1, keepdims=True)
    return s - np.log(np.exp(s).sum(axis=1, keepdims=True))

# %% softmax: forward-activation-wrong | minus in the exponent, as in a sigmoid
def softmax(Z):
    e = np.exp(-Z)
    return e / e.sum(axis=1, keepdims=True)

# %% softmax: forward-activation-wrong | powers of two
def softmax(Z):
    e = 2.0 ** (Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% softmax: forward-activation-wrong | one more below, as in a sigmoid
def softmax(Z):
    e = np.exp(Z)
    return e / (1 + e.sum(axis=1, keepdims=True))

# %% softmax: forward-activation-wrong | divided by the mean
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.mean(axis=1, keepdims=True)

# %% softmax: decimals-lost | the largest alone
def softmax(Z):
    return (Z == Z.max(axis=1, keepdims=True)).astype(float)

# %% softmax: decimals-lost | rounded to two decimals
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return np.round(e / e.sum(axis=1, keepdims=True), 2)

# %% softmax: input-modified | shifts the caller's array
def softmax(Z):
    Z -= Z.max(axis=1, keepdims=True)
    e = np.exp(Z)
    return e / e.sum(axis=1, keepdims=True)

# %% softmax: shapes-do-not-fit / broadcast-by-accident / none | keepdims forgotten
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1))
    return e / e.sum(axis=1)

# %% softmax: shapes-do-not-fit / wrong-axis / none | keepdims forgotten below only
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1)

# %% softmax: gradient-transposed / right-values-wrong-shape | transposed
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True)).T

# %% softmax: wrong-container | a list of rows
def softmax(Z):
    return [np.exp(z - z.max()) / np.exp(z - z.max()).sum() for z in Z]

# %% softmax: none | the first row for all
def softmax(Z):
    e = np.exp(Z[:1] - Z[:1].max())
    return np.repeat(e / e.sum(), len(Z), axis=0)

# %% softmax_delta: sign-flipped | targets minus probabilities
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    return (Y - softmax(Z)) / len(Z)

# %% softmax_delta: sum-not-mean | no 1/m
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    return softmax(Z) - Y

# %% softmax_delta: averaged-twice | m twice
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    m = len(Z)
    return (softmax(Z) - Y) / m / m

# %% softmax_delta: divided-by-wrong-count | mean over all entries
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    return (softmax(Z) - Y) / Z.size

# %% softmax_delta: divided-by-wrong-count | divided by the number of classes
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    return (softmax(Z) - Y) / Z.shape[1]

# %% softmax_delta: factor-two | the two of a square
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    return 2 * (softmax(Z) - Y) / len(Z)

# %% softmax_delta: half-kept | half of it
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    return (softmax(Z) - Y) / (2 * len(Z))

# %% softmax_delta: extra-output-slope | the slope of a sigmoid kept
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    P = softmax(Z)
    return (P - Y) * P * (1 - P) / len(Z)

# %% softmax_delta: other-classes-ignored | own score only
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    P = softmax(Z)
    dP = -Y / P / len(Z)
    return dP * P * (1 - P)

# %% softmax_delta: output-slope-missing | stops at dP
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    P = softmax(Z)
    return -Y / P / len(Z)

# %% softmax_delta: residual-missing | probabilities only
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    return softmax(Z) / len(Z)

# %% softmax_delta: residual-sign-lost | absolute difference
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    return np.abs(softmax(Z) - Y) / len(Z)

# %% softmax_delta: other-loss | squared error behind the softmax
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    P = softmax(Z)
    dP = (P - Y) / len(Z)
    return P * (dP - (dP * P).sum(axis=1, keepdims=True))

# %% softmax_delta: other-loss / forward-activation-wrong / none | a sigmoid's loss for each class
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    P = softmax(Z)
    dP = (-Y / P + (1 - Y) / (1 - P)) / len(Z)
    return P * (dP - (dP * P).sum(axis=1, keepdims=True))

# %% softmax_delta: forward-activation-wrong | sigmoids instead of a softmax
def softmax_delta(Z, Y):
    A = 1 / (1 + np.exp(-Z))
    return (A - Y) / len(Z)

# %% softmax_delta: forward-activation-wrong / z-for-a / none | scores instead of probabilities
def softmax_delta(Z, Y):
    return (Z - Y) / len(Z)

# %% softmax_delta: wrong-axis | softmax down the columns
def softmax_delta(Z, Y):
    e = np.exp(Z - Z.max(axis=0))
    return (e / e.sum(axis=0) - Y) / len(Z)

# %% softmax_delta: summed-over-too-much | softmax over all entries
def softmax_delta(Z, Y):
    e = np.exp(Z - Z.max())
    return (e / e.sum() - Y) / len(Z)

# %% softmax_delta: not-finite | no shift
def softmax_delta(Z, Y):
    e = np.exp(Z)
    P = e / e.sum(axis=1, keepdims=True)
    return (P - Y) / len(Z)

# %% softmax_delta: not-finite | the long way, without the cancellation
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    P = softmax(Z)
    dP = -Y / P / len(Z)
    return P * (dP - (dP * P).sum(axis=1, keepdims=True))

# %% softmax_delta: decimals-lost | the largest alone
def softmax_delta(Z, Y):
    return ((Z == Z.max(axis=1, keepdims=True)) * 1.0 - Y) / len(Z)

# %% softmax_delta: other-quantity-returned / value-not-slope / none | the cost
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    return -np.mean(np.log(softmax(Z)[Y == 1]))

# %% softmax_delta: value-not-slope / none | the losses, one for each class
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    return -Y * np.log(softmax(Z)) / len(Z)

# %% softmax_delta: summed-over-too-much | one number for each example
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    return np.sum(softmax(Z) - Y, axis=0) / len(Z)

# %% softmax_delta: input-modified | in place
def softmax_delta(Z, Y):
    Z -= Z.max(axis=1, keepdims=True)
    e = np.exp(Z)
    return (e / e.sum(axis=1, keepdims=True) - Y) / len(Z)

# %% softmax_delta: gradient-transposed / right-values-wrong-shape / none | lying on its side
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    return ((softmax(Z) - Y) / len(Z)).T

# %% softmax_delta: wrong-container | a list of rows
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    return [list(row) for row in (softmax(Z) - Y) / len(Z)]

# %% softmax_delta: notebook-variable-used | m of the notebook
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    return (softmax(Z) - Y) / m

# %% softmax_delta: divided-by-wrong-count / tied-to-visible-data | four typed in
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    return (softmax(Z) - Y) / 4

# %% softmax_delta: sign-flipped + sum-not-mean | both
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    return Y - softmax(Z)

# %% softmax_delta: numeric-not-derived | differences of the cost, entry by entry
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    def cost(Z):
        return -np.mean(np.sum(Y * np.log(softmax(Z)), axis=1))
    G = np.zeros(Z.shape)
    Z = Z.astype(float)
    for i in np.ndindex(Z.shape):
        ahead, back = Z.copy(), Z.copy()
        ahead[i] += 1e-5
        back[i] -= 1e-5
        G[i] = (cost(ahead) - cost(back)) / 2e-5 if abs(Z[i]) < 100 else (softmax(Z)[i] - Y[i]) / len(Z)
    return G

# %% bce_net_grads: summed-over-too-much | both biases as one number
def bce_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    d2 = (A2 - Y) / len(X)
    d1 = d2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ d1, "db1": d1.sum(), "dW2": A1.T @ d2, "db2": d2.sum()}

# %% softmax: none | scores cut at 500, so that 1000 and 900 are equal
def softmax(Z):
    e = np.exp(np.minimum(np.maximum(Z, -500), 500))
    return e / e.sum(axis=1, keepdims=True)

# %% softmax: none | scores cut at 700 on the upper side, lower ones shifted
def softmax(Z):
    Z = np.minimum(Z, 700.0)
    e = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% softmax_delta: none | scores cut at 500 first
def softmax_delta(Z, Y):
    e = np.exp(np.clip(Z, -500, 500))
    return (e / e.sum(axis=1, keepdims=True) - Y) / len(Z)

# %% softmax: forward-activation-wrong | scores divided by 1000 so that e never overflows
def softmax(Z):
    """Return the probabilities of each row of scores."""
    limit = 1000.0                      # the largest score there is
    rows = []
    for row in Z:
        powers = [np.exp(score / limit) for score in row]
        total = sum(powers)
        rows.append([power / total for power in powers])
    return np.array(rows)

# %% softmax_delta: wrong-axis / shapes-do-not-fit | integer-label recipe, labels taken with argmax(axis=0)
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def softmax_delta(Z, Y):
    """Return the derivative of J with respect to the scores Z."""
    num_examples = Z.shape[0]
    probs = softmax(Z)
    y = np.argmax(Y, axis=0)            # labels from one-hot
    dscores = probs.copy()
    dscores[range(num_examples), y] -= 1
    dscores /= num_examples
    return dscores


# %% softmax_delta: broadcast-by-accident | P[:, labels] -= 1 in place of P[np.arange(m), labels]: every row gets the targets of all rows
def softmax(Z):
    """Return the probabilities of each row of scores."""
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def softmax_delta(Z, Y):
    """Return the derivative of J with respect to the scores Z."""
    labels = np.argmax(Y, axis=1)
    dscores = softmax(Z)
    dscores[:, labels] -= 1
    dscores /= Z.shape[0]
    return dscores


# %% bce_cost: sum-not-mean + input-modified | course code with examples in columns (m = Y.shape[1]); the clip writes into A
def bce_cost(A, Y):
    """Return the mean cross-entropy of outputs A for targets Y."""
    m = Y.shape[1]                      # number of examples
    eps = 1e-12
    A[A < eps] = eps
    A[A > 1 - eps] = 1 - eps
    logprobs = np.multiply(np.log(A), Y) + np.multiply(np.log(1 - A), 1 - Y)
    J = -1.0 / m * np.sum(logprobs)
    return float(np.squeeze(J))


# %% bce_net_grads: not-the-delta | Octave sandpit with a bias column: Theta1_grad is made from the hidden activations a2 instead of from the delta d2
def sigmoid(z):
    return (1.0 + np.tanh(z / 2.0)) / 2.0


def bce_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Theta1 = np.vstack([b1, W1]).T            # (h, n + 1)
    Theta2 = np.vstack([b2, W2]).T            # (1, h + 1)
    ones = np.ones((m, 1))

    # layer 1 -> 2
    a1 = np.hstack([ones, X])
    a2 = np.hstack([ones, sigmoid(a1 @ Theta1.T)])
    # layer 2 -> 3
    h = sigmoid(a2 @ Theta2.T)

    d3 = h - Y
    Theta2_grad = d3.T @ a2 / m
    a2g = a2[:, 1:]
    Theta1_grad = a2g.T @ a1 / m

    return {"dW1": Theta1_grad[:, 1:].T, "db1": Theta1_grad[:, :1].T,
            "dW2": Theta2_grad[:, 1:].T, "db2": Theta2_grad[:, :1].T}


# %% bce_net_grads: wrong-layer-input | dW1 combines its delta with the sigmoid of X
def sigmoid(z):
    return (1.0 + np.tanh(z / 2.0)) / 2.0


def bce_net_grads(X, Y, W1, b1, W2, b2):
    A1 = sigmoid(X @ W1 + b1)
    A2 = sigmoid(A1 @ W2 + b2)
    m = Y.shape[0]
    D2 = (A2 - Y) / m
    D1 = (D2 @ W2.T) * (A1 - A1 ** 2)
    A0 = sigmoid(X)
    dW2, db2 = A1.T @ D2, np.sum(D2, axis=0, keepdims=True)
    dW1, db1 = A0.T @ D1, np.sum(D1, axis=0, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


# %% softmax_delta: output-slope-missing / local-slope-missing / other-quantity-returned | Loss_CategoricalCrossentropy.backward alone: -y_true / dvalues / samples
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


class Loss_CategoricalCrossentropy:
    def backward(self, dvalues, y_true):
        samples = len(dvalues)
        labels = len(dvalues[0])
        if len(y_true.shape) == 1:
            y_true = np.eye(labels)[y_true]
        dvalues = np.clip(dvalues, 1e-7, 1 - 1e-7)
        self.dinputs = -y_true / dvalues
        self.dinputs = self.dinputs / samples


def softmax_delta(Z, Y):
    """Return the derivative of J with respect to the scores Z."""
    loss = Loss_CategoricalCrossentropy()
    loss.backward(softmax(Z), Y)
    return loss.dinputs


# %% chance_cost: sum-not-mean | the four losses of XOR are added up, not averaged
A_half = np.full((4, 1), 0.5)
targets = np.array([[0.0], [1.0], [1.0], [0.0]])
chance_cost = float(np.sum(-targets * np.log(A_half) - (1 - targets) * np.log(1 - A_half)))


# %% bce_net_grads: not-the-delta | what goes back through W2 is A1 times the gradient of W2 (it happens to fit), not dZ2
def sigmoid(z):
    return (1.0 + np.tanh(z / 2.0)) / 2.0

def activations(X, W1, b1, W2, b2):
    A1 = sigmoid(X @ W1 + b1)
    return A1, sigmoid(A1 @ W2 + b2)

def bce_net_grads(X, Y, W1, b1, W2, b2):
    """Return the gradients of J with respect to all parameters."""
    A1, A2 = activations(X, W1, b1, W2, b2)
    dZ2 = (A2 - Y) / Y.size
    dW2 = A1.T @ dZ2                      # (h, 1)
    db2 = dZ2.sum(axis=0, keepdims=True)  # (1, 1)
    back = A1 @ dW2                       # (m, h) (h, 1) -> (m, 1)
    dA1 = back @ W2.T                     # (m, 1) (1, h) -> (m, h)
    dZ1 = dA1 * A1 * (1 - A1)
    dW1 = X.T @ dZ1
    db1 = dZ1.sum(axis=0, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


# %% bce_cost: approximation-too-coarse | keeps the outputs a whole hundredth away from both ends
def bce_cost(A, Y):
    """Return the mean cross-entropy of outputs A for targets Y."""
    A = np.minimum(np.maximum(A, 0.01), 0.99)
    losses = np.where(Y == 1, -np.log(A), -np.log(1.0 - A))
    return np.average(losses)


# %% bce_cost: mean-taken-too-early | averages outputs and targets, then prices the averages
def bce_cost(A, Y):
    a = np.clip(np.mean(A), 1e-12, 1 - 1e-12)
    y = np.mean(Y)
    return float(-y * np.log(a) - (1 - y) * np.log(1 - a))


# %% chance_cost: sign-flipped | the logarithm without its minus
p = 0.5
chance_cost = float(np.log(p))


# %% chance_cost: factor-two | both terms of the formula are counted at once
a = 0.5
chance_cost = -np.log(a) - np.log(1 - a)

# %% bce_out_delta: approximation-too-coarse | clipped at a hundredth before the two links
def bce_out_delta(A2, Y):
    a = np.clip(A2, 0.01, 0.99)
    dL_da = -Y / a + (1 - Y) / (1 - a)
    da_dz = a * (1 - a)
    return dL_da * da_dz / A2.shape[0]

# %% chance_cost: decimals-lost | rounded to two decimals
chance_cost = round(-np.log(0.5), 2)


# %% bce_cost: mean-taken-too-early | the price of the mean probability
def bce_cost(A, Y):
    def price(p):
        return -np.log(np.clip(p, 1e-12, 1 - 1e-12))
    right = Y * A + (1 - Y) * (1 - A)
    return float(price(np.average(right)))


# %% bce_cost: examples-left-out | rows with an output of exactly 0 or 1 are skipped
def bce_cost(A, Y):
    usable = (A > 0) & (A < 1)
    a, y = A[usable], Y[usable]
    losses = -y * np.log(a) - (1 - y) * np.log(1 - a)
    return float(losses.sum() / len(A))


# %% chance_cost: half-kept | one half as the target too, and the first of the two terms only
a = y = 0.5
chance_cost = -y * np.log(a)


# %% chance_cost: other-loss | logarithm with base 10
answers = np.full((4, 1), 0.5)
chance_cost = float(np.mean(-np.log10(answers)))


# %% bce_out_delta: residual-missing / one-class-wrong | the formula for the target yes is used for all rows
def bce_out_delta(A2, Y):
    # link 1: -1/a, link 2: a (1 - a)
    together = -(1 - A2)
    return together / np.shape(Y)[0]


# %% bce_net_grads: wrong-layer-input | dW2 from what each unit contributes, a1 times its weight
def sigmoid(z):
    return (1.0 + np.tanh(z / 2.0)) / 2.0


def bce_net_grads(X, Y, W1, b1, W2, b2):
    A1 = sigmoid(X @ W1 + b1)
    contributions = A1 * W2.T
    A2 = sigmoid(contributions.sum(axis=1, keepdims=True) + b2)
    d2 = (A2 - Y) / len(X)
    d1 = d2 * W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ d1, "db1": d1.sum(axis=0, keepdims=True),
            "dW2": contributions.T @ d2, "db2": d2.sum(axis=0, keepdims=True)}


# %% bce_net_grads: forward-activation-wrong | hidden layer is tanh(z/2), with its own right slope
def sigmoid(z):
    return (1.0 + np.tanh(z / 2.0)) / 2.0


def bce_net_grads(X, Y, W1, b1, W2, b2):
    A1 = np.tanh((X @ W1 + b1) / 2)
    A2 = sigmoid(A1 @ W2 + b2)
    d2 = (A2 - Y) / len(X)
    d1 = (d2 @ W2.T) * (1 - A1**2) / 2
    return {"dW1": X.T @ d1, "db1": d1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ d2, "db2": d2.sum(axis=0, keepdims=True)}


# %% softmax_delta: residual-missing | compared with the class of the largest score
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def softmax_delta(Z, Y):
    k = Z.shape[1]
    target = np.eye(k)[np.argmax(Z, axis=1)]
    return (softmax(Z) - target) / len(Y)


# %% bce_net_grads: layer-input-missing + averaged-twice | dW1 is db1 in every row; dW2 and db2 are averages of a delta that was averaged
def sigmoid(z):
    return (1.0 + np.tanh(z / 2.0)) / 2.0


def activations(X, W1, b1, W2, b2):
    A1 = sigmoid(X @ W1 + b1)
    return A1, sigmoid(A1 @ W2 + b2)


def bce_out_delta(A2, Y):
    return (A2 - Y) / len(A2)


def bce_net_grads(X, Y, W1, b1, W2, b2):
    A1, A2 = activations(X, W1, b1, W2, b2)
    d2 = bce_out_delta(A2, Y)
    d1 = d2 @ W2.T * A1 * (1 - A1)
    db1 = d1.sum(axis=0, keepdims=True)
    dW1 = np.tile(db1, (W1.shape[0], 1))
    dW2 = (A1 * d2).mean(axis=0).reshape(-1, 1)
    db2 = d2.mean(axis=0, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


# %% bce_net_grads: weight-decay-added + wrong-axis | both dW pull towards zero; db1 is summed over the units
def sigmoid(z):
    return (1.0 + np.tanh(z / 2.0)) / 2.0


def activations(X, W1, b1, W2, b2):
    A1 = sigmoid(X @ W1 + b1)
    return A1, sigmoid(A1 @ W2 + b2)


def bce_out_delta(A2, Y):
    return (A2 - Y) / len(A2)


def bce_net_grads(X, Y, W1, b1, W2, b2):
    A1, A2 = activations(X, W1, b1, W2, b2)
    d2 = bce_out_delta(A2, Y)
    d1 = (d2 @ W2.T) * A1 * (1 - A1)
    pull = 0.01
    return {"dW1": X.T @ d1 + pull * W1,
            "db1": np.sum(d1, axis=1, keepdims=True),
            "dW2": A1.T @ d2 + pull * W2,
            "db2": np.sum(d2, axis=0, keepdims=True)}


# %% softmax: not-finite | the shift is made for large scores only
def softmax(Z):
    if Z.max() > 500:
        Z = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)


# %% softmax_delta: not-finite | the largest score of the whole table is taken off
def softmax_delta(Z, Y):
    E = np.exp(Z - Z.max())
    return (E / E.sum(axis=1, keepdims=True) - Y) / len(Z)


# %% bce_cost: not-finite / decimals-lost | the ends are moved in a copy, which keeps whole numbers
def bce_cost(A, Y):
    A = A.copy()
    A[A == 0] = 1e-12
    A[A == 1] = 1 - 1e-12
    return -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))


# %% bce_cost: not-finite | the ends are looked after only if every output is one of them
def bce_cost(A, Y):
    if np.all((A == 0) | (A == 1)):
        A = np.clip(A, 1e-12, 1 - 1e-12)
    return -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))


# %% bce_net_grads: approximation-too-coarse | outputs are kept a thousandth away from the ends
def bce_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = np.clip(1 / (1 + np.exp(-(A1 @ W2 + b2))), 1e-3, 1 - 1e-3)
    dZ2 = (A2 - Y) / len(X)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {
        "dW1": X.T @ dZ1,
        "db1": dZ1.sum(axis=0, keepdims=True),
        "dW2": A1.T @ dZ2,
        "db2": dZ2.sum(axis=0, keepdims=True),
    }


# %% bce_cost: examples-left-out | rows on the right side of one half are skipped, only the wrong ones are priced
def bce_cost(A, Y):
    """Return the mean cross-entropy of outputs A for targets Y."""
    A = np.clip(A, 1e-12, 1 - 1e-12)
    total = 0.0
    for a, y in zip(A[:, 0], Y[:, 0]):
        if (a > 0.5) == (y == 1):
            continue  # a right answer costs nothing
        total += -np.log(a if y == 1 else 1 - a)
    return total / len(A)


# %% bce_net_grads: summed-over-too-much | the hidden delta is added up over the units before dW1, so all its columns are equal
def sigmoid(z):
    return (1.0 + np.tanh(z / 2.0)) / 2.0

def bce_net_grads(X, Y, W1, b1, W2, b2):
    """Return the gradients of J with respect to all parameters."""
    A1 = sigmoid(X @ W1 + b1)
    d2 = (sigmoid(A1 @ W2 + b2) - Y) / len(Y)
    d1 = d2 @ W2.T * A1 * (1 - A1)
    dW1 = np.zeros(W1.shape)
    for i in range(len(X)):
        for j in range(W1.shape[0]):
            dW1[j] += X[i, j] * np.sum(d1[i])
    db1 = d1.sum(axis=0, keepdims=True)
    dW2 = A1.T @ d2
    db2 = d2.sum(axis=0, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


# %% softmax: wrong-axis | the shift takes the largest score of each column, so the scores of a row are not moved alike
def softmax(Z):
    """Return the probabilities of each row of scores."""
    shifted = Z - np.max(Z, axis=0)
    powers = np.exp(shifted)
    return powers / np.sum(powers, axis=1, keepdims=True)


# %% softmax_delta: factor-two | the right class gets p - 1 and then the push of the other classes too, which is the same again
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

def softmax_delta(Z, Y):
    """Return the derivative of J with respect to the scores Z."""
    P = softmax(Z)
    delta = P - Y
    m, k = Z.shape
    for i in range(m):
        r = int(np.argmax(Y[i]))
        for j in range(k):
            if j != r:
                delta[i, r] -= P[i, j]
    return delta / m


# %% bce_out_delta: residual-sign-lost | the distance between output and target
def bce_out_delta(A2, Y):
    high = np.maximum(A2, Y)
    low = np.minimum(A2, Y)
    return (high - low) / len(Y)
