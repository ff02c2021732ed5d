# %% relu: forward-activation-wrong | identity
def relu(z):
    return z * 1.0

# %% relu: forward-activation-wrong | min for max
def relu(z):
    return np.minimum(0, z)

# %% relu: forward-activation-wrong | absolute value
def relu(z):
    return np.abs(z)

# %% relu: forward-activation-wrong | leaky
def relu(z):
    return np.where(z > 0, z, 0.01 * z)

# %% relu: forward-activation-wrong | the mask alone
def relu(z):
    return (z > 0) * 1.0

# %% relu: forward-activation-wrong | capped at 1
def relu(z):
    return np.clip(z, 0, 1)

# %% relu: forward-activation-wrong | floor of one
def relu(z):
    return np.maximum(1, z)

# %% relu: forward-activation-wrong | sigmoid
def relu(z):
    return 1 / (1 + np.exp(-z))

# %% relu: only-for-single-numbers | Python's max
def relu(z):
    return max(0, z)

# %% relu: only-for-single-numbers | if
def relu(z):
    if z > 0:
        return z
    return 0.0

# %% relu: input-modified | negative entries overwritten
def relu(z):
    z[z < 0] = 0
    return z

# %% relu: input-modified | out argument
def relu(z):
    return np.maximum(z, 0, out=z)

# %% relu: none / forward-activation-wrong | np.max for np.maximum
def relu(z):
    return np.max(z, 0)

# %% relu: right-values-wrong-shape | flattened
def relu(z):
    return np.maximum(0, z).reshape(-1)

# %% relu: wrong-container | nested list
def relu(z):
    return np.maximum(0, z).tolist()

# %% relu: decimals-lost | int buffer
def relu(z):
    a = np.zeros(np.shape(z), dtype=int)
    a[z > 0] = z[z > 0]
    return a

# %% relu: tied-to-visible-data | matrices of three columns
def relu(z):
    a = np.zeros((len(z), 3))
    for i in range(len(z)):
        for j in range(3):
            a[i, j] = z[i, j] if z[i, j] > 0 else 0.0
    return a

# %% relu: not-attempted | stub
def relu(z):
    """Return z where it is positive, 0 elsewhere."""
    raise NotImplementedError()

# %% relu_deriv: value-not-slope | relu again
def relu_deriv(z):
    return np.maximum(0.0, z)

# %% relu_deriv: relu-mask-missing | ones
def relu_deriv(z):
    return np.ones(z.shape)

# %% relu_deriv: mask-inverted | less than
def relu_deriv(z):
    return (z < 0).astype(float)

# %% relu_deriv: mask-inverted | where with branches exchanged
def relu_deriv(z):
    return np.where(z > 0, 0.0, 1.0)

# %% relu_deriv: closed-units-leak | 0.01
def relu_deriv(z):
    d = np.ones(z.shape)
    d[z < 0] = 0.01
    return d

# %% relu_deriv: closed-units-leak | sign
def relu_deriv(z):
    return np.sign(z)

# %% relu_deriv: wrong-slope | sigmoid's
def relu_deriv(z):
    s = 1 / (1 + np.exp(-z))
    return s * (1 - s)

# %% relu_deriv: wrong-slope | the sigmoid, a soft step
def relu_deriv(z):
    return 1 / (1 + np.exp(-z))

# %% relu_deriv: wrong-slope | opens at 1
def relu_deriv(z):
    return np.where(z > 1, 1.0, 0.0)

# %% relu_deriv: wrong-slope | half a step everywhere
def relu_deriv(z):
    return np.full(z.shape, 0.5)

# %% relu_deriv: sign-flipped | minus one
def relu_deriv(z):
    return -1.0 * (z > 0)

# %% relu_deriv: value-not-slope | z where open
def relu_deriv(z):
    return z * (z > 0)

# %% relu_deriv: only-for-single-numbers | if
def relu_deriv(z):
    if z > 0:
        return 1.0
    else:
        return 0.0

# %% relu_deriv: only-for-single-numbers | conditional expression
def relu_deriv(z):
    return 1 if z > 0 else 0

# %% relu_deriv: input-modified | written into z
def relu_deriv(z):
    z[z <= 0] = 0
    z[z > 0] = 1
    return z

# %% relu_deriv: mask-inverted | one minus the mask
def relu_deriv(z):
    d = z.copy() * 1.0
    d[d > 0] = 1.0
    d[d < 0] = 0.0
    d = 1.0 - d
    return d

# %% relu_deriv: right-values-wrong-shape | one axis more
def relu_deriv(z):
    return np.array([(z > 0) * 1.0])

# %% relu_deriv: wrong-container | list comprehension
def relu_deriv(z):
    return [float(v > 0) for v in z.ravel()]

# %% relu_deriv: factor-two | slope of z + |z|
def relu_deriv(z):
    return 1 + np.sign(z)

# %% shapes: prediction-differs | weights lie on their side
shapes = {"Z1": ("m", "h"), "A1": ("m", "h"), "Z2": ("m", "1"), "A2": ("m", "1"),
          "dW1": ("h", "n"), "db1": ("1", "h"), "dW2": ("1", "h"), "db2": ("1", "1")}

# %% shapes: prediction-differs | biases one per example
shapes = {"Z1": ("m", "h"), "A1": ("m", "h"), "Z2": ("m", "1"), "A2": ("m", "1"),
          "dW1": ("n", "h"), "db1": ("m", "h"), "dW2": ("h", "1"), "db2": ("m", "1")}

# %% shapes: prediction-differs | n for h
shapes = {"Z1": ("m", "n"), "A1": ("m", "n"), "Z2": ("m", "1"), "A2": ("m", "1"),
          "dW1": ("n", "h"), "db1": ("1", "h"), "dW2": ("h", "1"), "db2": ("1", "1")}

# %% shapes: prediction-differs | columns for rows
shapes = {"Z1": ("h", "m"), "A1": ("h", "m"), "Z2": ("1", "m"), "A2": ("1", "m"),
          "dW1": ("h", "n"), "db1": ("h", "1"), "dW2": ("1", "h"), "db2": ("1", "1")}

# %% shapes: wrong-container | list of pairs without names
shapes = [("m", "h"), ("m", "h"), ("m", "1"), ("m", "1"),
          ("n", "h"), ("1", "h"), ("h", "1"), ("1", "1")]

# %% shapes: tied-to-visible-data / prediction-differs / wrong-container | numbers of the example
shapes = {"Z1": (4, 3), "A1": (4, 3), "Z2": (4, 1), "A2": (4, 1),
          "dW1": (2, 3), "db1": (1, 3), "dW2": (3, 1), "db2": (1, 1)}

# %% shapes: not-attempted | nothing there
# shapes = {"Z1": ("?", "?")}

# %% forward: bias-missing-forward | b1
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1
    A1 = np.maximum(0, Z1)
    Z2 = A1 @ W2 + b2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}

# %% forward: bias-missing-forward | b2
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    Z2 = A1 @ W2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}

# %% forward: bias-missing-forward | both
def forward(X, W1, b1, W2, b2):
    Z1 = np.dot(X, W1)
    A1 = Z1 * (Z1 > 0)
    A2 = np.dot(A1, W2)
    return {"Z1": Z1, "A1": A1, "Z2": A2, "A2": A2}

# %% forward: z-for-a | Z1 handed on
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    Z2 = Z1 @ W2 + b2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}

# %% forward: forward-activation-wrong | ReLU on the output too
def forward(X, W1, b1, W2, b2):
    relu = lambda t: np.maximum(0, t)
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    Z2 = A1 @ W2 + b2
    A2 = relu(Z2)
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward: forward-activation-wrong | sigmoid on the output
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.where(Z1 > 0, Z1, 0)
    Z2 = A1 @ W2 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward: forward-activation-wrong | sigmoid inside
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = A1 @ W2 + b2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}

# %% forward: forward-activation-wrong | identity inside
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = Z1
    Z2 = A1 @ W2 + b2
    A2 = Z2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward: other-quantity-returned | A1 is Z1 under another name, cut in place
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = Z1
    A1[A1 < 0] = 0
    Z2 = A1 @ W2 + b2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}

# %% forward: only-for-single-numbers | max
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = max(0, Z1)
    Z2 = A1 @ W2 + b2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}

# %% forward: wrong-container | tuple
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ W2 + b2
    A2 = Z2
    return Z1, A1, Z2, A2

# %% forward: wrong-container | small letters
def forward(X, W1, b1, W2, b2):
    z1 = X @ W1 + b1
    a1 = np.maximum(z1, 0)
    z2 = a1 @ W2 + b2
    return {"z1": z1, "a1": a1, "z2": z2, "a2": z2}

# %% forward: wrong-container | only the prediction
def forward(X, W1, b1, W2, b2):
    return np.maximum(X @ W1 + b1, 0) @ W2 + b2

# %% forward: shapes-do-not-fit | W1 first
def forward(X, W1, b1, W2, b2):
    Z1 = W1 @ X + b1
    A1 = np.maximum(Z1, 0)
    Z2 = W2 @ A1 + b2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}

# %% forward: shapes-do-not-fit | W1 turned
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1.T + b1
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ W2 + b2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}

# %% forward: right-values-wrong-shape | flat outputs
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ W2[:, 0] + b2[0, 0]
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}

# %% forward: tied-to-visible-data | three hidden units
def forward(X, W1, b1, W2, b2):
    Z1 = np.zeros((X.shape[0], 3))
    for k in range(3):
        Z1[:, k] = X @ W1[:, k] + b1[0, k]
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ W2 + b2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}

# %% forward: decimals-lost | buffer with the type of X
def forward(X, W1, b1, W2, b2):
    Z1 = np.empty((X.shape[0], W1.shape[1]), dtype=X.dtype)
    Z1[:] = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ W2 + b2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}

# %% forward: none | biases taken away
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 - b1
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ W2 - b2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}

# %% forward: swapped-returns | Z1 and A1 under each other's name
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ W2 + b2
    return {"Z1": A1, "A1": Z1, "Z2": Z2, "A2": Z2}

# %% forward: input-modified | b2 as the running sum of every example
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    Z2 = np.zeros((len(X), 1))
    for i in range(len(X)):
        z = b2[0]
        z += A1[i] @ W2
        Z2[i] = z
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}

# %% forward: bias-missing-forward + forward-activation-wrong | no b1, ReLU at the end
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ W2 + b2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": np.maximum(Z2, 0)}

# %% out_delta: sum-not-mean | no m
def out_delta(A2, Y):
    return A2 - Y

# %% out_delta: sign-flipped | Y first
def out_delta(A2, Y):
    return (Y - A2) / len(Y)

# %% out_delta: factor-two | 2/m
def out_delta(A2, Y):
    m = Y.shape[0]
    return 2 * (A2 - Y) / m

# %% out_delta: half-kept | 1/(2m)
def out_delta(A2, Y):
    m = Y.shape[0]
    return 1 / (2 * m) * (A2 - Y)

# %% out_delta: averaged-twice | m squared
def out_delta(A2, Y):
    m = Y.shape[0]
    dL = (A2 - Y) / m
    return dL / m

# %% out_delta: residual-sign-lost | abs
def out_delta(A2, Y):
    return np.abs(A2 - Y) / len(A2)

# %% out_delta: residual-sign-lost / value-not-slope | losses over m
def out_delta(A2, Y):
    return 0.5 * (A2 - Y) ** 2 / len(A2)

# %% out_delta: residual-missing / value-not-slope | A2 over m
def out_delta(A2, Y):
    return A2 / A2.shape[0]

# %% out_delta: extra-output-slope | sigmoid slope
def out_delta(A2, Y):
    return (A2 - Y) * A2 * (1 - A2) / A2.shape[0]

# %% out_delta: extra-output-slope | ReLU slope
def out_delta(A2, Y):
    return (A2 - Y) * (A2 > 0) / A2.shape[0]

# %% out_delta: other-loss | absolute error
def out_delta(A2, Y):
    return np.sign(A2 - Y) / A2.shape[0]

# %% out_delta: other-loss | cross-entropy
def out_delta(A2, Y):
    m = len(Y)
    return (-(Y / A2) + (1 - Y) / (1 - A2)) / m

# %% out_delta: right-values-wrong-shape | flat
def out_delta(A2, Y):
    return (A2 - Y)[:, 0] / len(Y)

# %% out_delta: right-values-wrong-shape / gradient-transposed | a row
def out_delta(A2, Y):
    return ((A2 - Y) / len(Y)).T

# %% out_delta: broadcast-by-accident | Y flattened
def out_delta(A2, Y):
    return (A2 - Y.flatten()) / len(Y)

# %% out_delta: summed-over-too-much / mean-taken-too-early | mean over the examples
def out_delta(A2, Y):
    return np.mean(A2 - Y, axis=0, keepdims=True)

# %% out_delta: decimals-lost | buffer like Y
def out_delta(A2, Y):
    d = np.zeros_like(Y)
    for i in range(len(Y)):
        d[i] = (A2[i] - Y[i]) / len(Y)
    return d

# %% out_delta: input-modified | in place
def out_delta(A2, Y):
    A2 -= Y
    A2 /= len(Y)
    return A2

# %% out_delta: divided-by-wrong-count | typed in
def out_delta(A2, Y):
    return (A2 - Y) / 4

# %% out_delta: sign-flipped + sum-not-mean | Y - A2
def out_delta(A2, Y):
    return -(A2 - Y)

# %% layer_grads: averaged-twice | both lines
def layer_grads(A_prev, dZ):
    m = A_prev.shape[0]
    dW = A_prev.T @ dZ / m
    db = np.sum(dZ, axis=0, keepdims=True) / m
    return dW, db

# %% layer_grads: averaged-twice | db by mean
def layer_grads(A_prev, dZ):
    dW = A_prev.T @ dZ
    db = dZ.mean(axis=0, keepdims=True)
    return dW, db

# %% layer_grads: right-values-wrong-shape | db flat
def layer_grads(A_prev, dZ):
    return A_prev.T @ dZ, dZ.sum(axis=0)

# %% layer_grads: right-values-wrong-shape / gradient-transposed | db a column
def layer_grads(A_prev, dZ):
    return A_prev.T @ dZ, dZ.sum(axis=0).reshape(-1, 1)

# %% layer_grads: wrong-axis | axis 1
def layer_grads(A_prev, dZ):
    return A_prev.T @ dZ, dZ.sum(axis=1, keepdims=True)

# %% layer_grads: examples-not-summed | dZ as db
def layer_grads(A_prev, dZ):
    dW = np.matmul(A_prev.T, dZ)
    db = dZ * 1
    return dW, db

# %% layer_grads: examples-not-summed | outer products not added
def layer_grads(A_prev, dZ):
    dW = np.einsum("mi,mo->mio", A_prev, dZ)
    db = dZ.sum(0, keepdims=True)
    return dW, db

# %% layer_grads: summed-over-too-much | np.sum alone
def layer_grads(A_prev, dZ):
    dW = A_prev.T.dot(dZ)
    db = np.sum(dZ)
    return dW, db

# %% layer_grads: summed-over-too-much | np.sum into every place
def layer_grads(A_prev, dZ):
    dW = A_prev.T.dot(dZ)
    db = np.full((1, dZ.shape[1]), np.sum(dZ))
    return dW, db

# %% layer_grads: gradient-transposed | dZ.T @ A_prev
def layer_grads(A_prev, dZ):
    dW = dZ.T @ A_prev
    db = np.sum(dZ, axis=0, keepdims=True)
    return dW, db

# %% layer_grads: shapes-do-not-fit | transpose missing
def layer_grads(A_prev, dZ):
    dW = A_prev @ dZ
    db = np.sum(dZ, axis=0, keepdims=True)
    return dW, db

# %% layer_grads: shapes-do-not-fit | star for at
def layer_grads(A_prev, dZ):
    dW = A_prev.T * dZ
    db = np.sum(dZ, axis=0, keepdims=True)
    return dW, db

# %% layer_grads: layer-input-missing | ones for the inputs
def layer_grads(A_prev, dZ):
    dW = np.ones(A_prev.shape).T @ dZ
    db = np.sum(dZ, axis=0, keepdims=True)
    return dW, db

# %% layer_grads: layer-input-missing | repeat of db
def layer_grads(A_prev, dZ):
    db = np.sum(dZ, axis=0, keepdims=True)
    dW = np.repeat(db, A_prev.shape[1], axis=0)
    return dW, db

# %% layer_grads: swapped-returns | db, dW
def layer_grads(A_prev, dZ):
    dW = A_prev.T @ dZ
    db = np.sum(dZ, axis=0, keepdims=True)
    return db, dW

# %% layer_grads: wrong-container | dict
def layer_grads(A_prev, dZ):
    return {"dW": A_prev.T @ dZ, "db": np.sum(dZ, axis=0, keepdims=True)}

# %% layer_grads: sign-flipped | for the step already
def layer_grads(A_prev, dZ):
    return -A_prev.T @ dZ, -np.sum(dZ, axis=0, keepdims=True)

# %% layer_grads: examples-left-out | last example stored over the others
def layer_grads(A_prev, dZ):
    dW = np.zeros((A_prev.shape[1], dZ.shape[1]))
    for i in range(len(dZ)):
        dW = np.outer(A_prev[i], dZ[i])
    return dW, dZ.sum(axis=0, keepdims=True)

# %% layer_grads: examples-left-out / off-by-one | loop stops one short
def layer_grads(A_prev, dZ):
    m = len(dZ)
    dW = np.zeros((A_prev.shape[1], dZ.shape[1]))
    db = np.zeros((1, dZ.shape[1]))
    for i in range(m - 1):
        dW += np.outer(A_prev[i], dZ[i])
        db += dZ[i]
    return dW, db

# %% layer_grads: decimals-lost | int buffer for db
def layer_grads(A_prev, dZ):
    db = np.zeros((1, dZ.shape[1]), dtype=int)
    db[0] = dZ.sum(axis=0)
    return A_prev.T @ dZ, db

# %% layer_grads: tied-to-visible-data | one output only
def layer_grads(A_prev, dZ):
    dW = (A_prev * dZ[:, :1]).sum(axis=0).reshape(-1, 1)
    db = dZ[:, :1].sum(axis=0, keepdims=True)
    return dW, db

# %% layer_grads: input-modified | dZ scaled and left so
def layer_grads(A_prev, dZ):
    dW = A_prev.T @ dZ
    dZ[0] = dZ.sum(axis=0)
    return dW, dZ[:1]

# %% layer_grads: mean-taken-too-early | means multiplied
def layer_grads(A_prev, dZ):
    db = dZ.sum(axis=0, keepdims=True)
    dW = A_prev.mean(axis=0, keepdims=True).T @ db
    return dW, db

# %% layer_grads: factor-two | half of the square undone once more
def layer_grads(A_prev, dZ):
    return 2 * A_prev.T @ dZ, 2 * dZ.sum(axis=0, keepdims=True)

# %% layer_grads: gradient-transposed + right-values-wrong-shape | both lie wrong
def layer_grads(A_prev, dZ):
    return dZ.T @ A_prev, dZ.sum(axis=0)

# %% layer_grads: averaged-twice + wrong-axis | dW over m, db along the rows
def layer_grads(A_prev, dZ):
    m = len(dZ)
    return A_prev.T @ dZ / m, dZ.sum(axis=1, keepdims=True)

# %% hidden_delta: relu-mask-missing | handed through
def hidden_delta(dZ2, W2, Z1):
    return dZ2 @ W2.T

# %% hidden_delta: w2-not-transposed | as written in the chain
def hidden_delta(dZ2, W2, Z1):
    return (dZ2 @ W2) * (Z1 > 0)

# %% hidden_delta: w2-not-transposed / shapes-do-not-fit | W2 in front
def hidden_delta(dZ2, W2, Z1):
    return (W2 @ dZ2) * (Z1 > 0)

# %% hidden_delta: w2-missing | delta spread
def hidden_delta(dZ2, W2, Z1):
    return dZ2 * (Z1 > 0)

# %% hidden_delta: w2-missing | repeat to the width of Z1
def hidden_delta(dZ2, W2, Z1):
    dA1 = np.repeat(dZ2, Z1.shape[1], axis=1)
    dA1[Z1 <= 0] = 0
    return dA1

# %% hidden_delta: mask-inverted | sign of the comparison
def hidden_delta(dZ2, W2, Z1):
    dZ1 = dZ2 @ W2.T
    dZ1[Z1 > 0] = 0
    return dZ1

# %% hidden_delta: closed-units-leak | leaky slope
def hidden_delta(dZ2, W2, Z1):
    g = np.where(Z1 > 0, 1.0, 0.01)
    return dZ2 @ W2.T * g

# %% hidden_delta: closed-units-leak | sign of Z1
def hidden_delta(dZ2, W2, Z1):
    return dZ2 @ W2.T * np.sign(Z1)

# %% hidden_delta: mask-from-wrong-array | the gradient's sign
def hidden_delta(dZ2, W2, Z1):
    dA1 = dZ2 @ W2.T
    return dA1 * (dA1 > 0)

# %% hidden_delta: mask-from-wrong-array | relu of the gradient
def relu(z):
    return np.maximum(0, z)

def hidden_delta(dZ2, W2, Z1):
    return relu(dZ2 @ W2.T)

# %% hidden_delta: mask-from-wrong-array | whole units, by their mean
def hidden_delta(dZ2, W2, Z1):
    return dZ2 @ W2.T * (Z1.mean(axis=0) > 0)

# %% hidden_delta: mask-from-wrong-array | sign of the weights
def hidden_delta(dZ2, W2, Z1):
    return dZ2 @ W2.T * (W2.T > 0)

# %% hidden_delta: value-not-slope | ReLU for its slope
def hidden_delta(dZ2, W2, Z1):
    return np.dot(dZ2, W2.T) * np.maximum(0, Z1)

# %% hidden_delta: value-not-slope | Z1 as the factor
def hidden_delta(dZ2, W2, Z1):
    return np.dot(dZ2, W2.T) * Z1

# %% hidden_delta: wrong-slope | sigmoid's slope
def hidden_delta(dZ2, W2, Z1):
    A1 = 1 / (1 + np.exp(-Z1))
    return np.dot(dZ2, W2.T) * A1 * (1 - A1)

# %% hidden_delta: wrong-slope | tanh's slope
def hidden_delta(dZ2, W2, Z1):
    return np.dot(dZ2, W2.T) * (1 - np.tanh(Z1) ** 2)

# %% hidden_delta: averaged-twice | m once more
def hidden_delta(dZ2, W2, Z1):
    m = Z1.shape[0]
    return np.dot(dZ2, W2.T) * (Z1 > 0) / m

# %% hidden_delta: sign-flipped | minus
def hidden_delta(dZ2, W2, Z1):
    dA1 = -dZ2 @ W2.T
    return np.where(Z1 > 0, dA1, 0)

# %% hidden_delta: residual-missing | only W2 and the mask
def hidden_delta(dZ2, W2, Z1):
    return W2.T * (Z1 > 0)

# %% hidden_delta: input-modified | Z1 becomes its mask
def hidden_delta(dZ2, W2, Z1):
    Z1[Z1 > 0] = 1
    Z1[Z1 < 0] = 0
    return dZ2 @ W2.T * Z1

# %% hidden_delta: gradient-transposed | (h, m)
def hidden_delta(dZ2, W2, Z1):
    return (W2 @ dZ2.T) * (Z1.T > 0)

# %% hidden_delta: only-for-single-numbers | if on Z1
def hidden_delta(dZ2, W2, Z1):
    dA1 = dZ2 @ W2.T
    if Z1 > 0:
        return dA1
    return np.zeros(dA1.shape)

# %% hidden_delta: mask-from-wrong-array | sign of dZ2
def hidden_delta(dZ2, W2, Z1):
    g = (dZ2 > 0) * 1.0
    return dZ2 @ W2.T * g

# %% hidden_delta: decimals-lost | buffer of whole numbers
def hidden_delta(dZ2, W2, Z1):
    dZ1 = np.zeros(Z1.shape, dtype=np.int64)
    dZ1[Z1 > 0] = (dZ2 @ W2.T)[Z1 > 0]
    return dZ1

# %% hidden_delta: w2-missing + mask-inverted | ones for W2, wrong comparison
def hidden_delta(dZ2, W2, Z1):
    return dZ2 @ np.ones(W2.shape).T * (Z1 < 0)

# %% relu_net_grads: relu-mask-missing | dA1 handed on as dZ1
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(X)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    A2 = A1 @ W2 + b2
    dZ2 = (A2 - Y) / m
    dW2 = A1.T @ dZ2
    db2 = dZ2.sum(axis=0, keepdims=True)
    dA1 = dZ2 @ W2.T
    dZ1 = dA1
    dW1 = X.T @ dZ1
    db1 = dZ1.sum(axis=0, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

# %% relu_net_grads: relu-mask-missing | mask from A1 >= 0, always true
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(X)
    A1 = np.maximum(0, X @ W1 + b1)
    d2 = (A1 @ W2 + b2 - Y) / m
    d1 = (d2 @ W2.T) * (A1 >= 0)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True),
            "dW2": A1.T @ d2, "db2": d2.sum(0, keepdims=True)}

# %% relu_net_grads: relu-mask-missing | mask in dW1 only, db1 without
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(X)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    d2 = (A1 @ W2 + b2 - Y) / m
    dA1 = d2 @ W2.T
    return {"dW1": X.T @ (dA1 * (Z1 > 0)), "db1": dA1.sum(0, keepdims=True),
            "dW2": A1.T @ d2, "db2": d2.sum(0, keepdims=True)}

# %% relu_net_grads: sum-not-mean | everywhere
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    A2 = A1 @ W2 + b2
    dZ2 = A2 - Y
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, axis=0, keepdims=True)}

# %% relu_net_grads: sum-not-mean | both biases
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = Y.shape[0]
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    A2 = A1 @ W2 + b2
    dZ2 = A2 - Y
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1 / m, "db1": np.sum(dZ1, axis=0, keepdims=True),
            "dW2": A1.T @ dZ2 / m, "db2": np.sum(dZ2, axis=0, keepdims=True)}

# %% relu_net_grads: averaged-twice | dZ2 and the weight lines
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = Y.shape[0]
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    A2 = A1 @ W2 + b2
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1 / m, "db1": np.sum(dZ1, axis=0, keepdims=True),
            "dW2": A1.T @ dZ2 / m, "db2": np.sum(dZ2, axis=0, keepdims=True)}

# %% relu_net_grads: averaged-twice | hidden layer only, in dZ1
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = Y.shape[0]
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    A2 = A1 @ W2 + b2
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0) / m
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, axis=0, keepdims=True)}

# %% relu_net_grads: divided-by-wrong-count | number of inputs
def relu_net_grads(X, Y, W1, b1, W2, b2):
    N = X.shape[1]
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    A2 = A1 @ W2 + b2
    dZ2 = (A2 - Y) / N
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, axis=0, keepdims=True)}

# %% relu_net_grads: sign-flipped | all four
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    A2 = A1 @ W2 + b2
    dZ2 = (Y - A2) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, axis=0, keepdims=True)}

# %% relu_net_grads: sign-flipped | hidden layer
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    A2 = A1 @ W2 + b2
    dZ2 = (A2 - Y) / m
    dZ1 = -(dZ2 @ W2.T) * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, axis=0, keepdims=True)}

# %% relu_net_grads: factor-two | in dZ2
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = Z1 * (Z1 > 0)
    A2 = A1 @ W2 + b2
    dA2 = 2 / m * (A2 - Y)
    dZ2 = dA2
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, axis=0, keepdims=True)}

# %% relu_net_grads: half-kept | helper with the half
def out_delta(A2, Y):
    return 0.5 * (A2 - Y) / len(Y)

def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = Z1 * (Z1 > 0)
    dZ2 = out_delta(A1 @ W2 + b2, Y)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, axis=0, keepdims=True)}

# %% relu_net_grads: residual-sign-lost | abs
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = Z1 * (Z1 > 0)
    dZ2 = abs(A1 @ W2 + b2 - Y) / len(Y)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, axis=0, keepdims=True)}

# %% relu_net_grads: residual-missing / value-not-slope | A2 for A2 - Y
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = Z1 * (Z1 > 0)
    dZ2 = (A1 @ W2 + b2) / len(Y)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, axis=0, keepdims=True)}

# %% relu_net_grads: layer-input-missing | dW2 from ones
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.where(Z1 > 0, Z1, 0)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dW2 = np.ones((m, W2.shape[0])).T @ dZ2
    db2 = dZ2.sum(axis=0, keepdims=True)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True), "dW2": dW2, "db2": db2}

# %% relu_net_grads: w2-missing | dZ1 by broadcasting
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.where(Z1 > 0, Z1, 0)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dW2 = A1.T @ dZ2
    db2 = dZ2.sum(axis=0, keepdims=True)
    dZ1 = dZ2 * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True), "dW2": dW2, "db2": db2}

# %% relu_net_grads: w2-not-transposed | chain as it reads
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.where(Z1 > 0, Z1, 0)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dW2 = A1.T @ dZ2
    db2 = dZ2.sum(axis=0, keepdims=True)
    dZ1 = (dZ2 @ W2) * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True), "dW2": dW2, "db2": db2}

# %% relu_net_grads: bias-missing-forward | b1, in a helper
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1
    A1 = np.maximum(0, Z1)
    Z2 = A1 @ W2 + b2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}

def relu_net_grads(X, Y, W1, b1, W2, b2):
    c = forward(X, W1, b1, W2, b2)
    dZ2 = (c["A2"] - Y) / len(Y)
    dZ1 = dZ2 @ W2.T * (c["Z1"] > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": c["A1"].T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: bias-missing-forward | b2
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 - Y) / len(Y)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: value-not-slope | A1 for its slope
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / len(Y)
    dZ1 = dZ2 @ W2.T * A1
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: other-loss | sign of the error
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = np.sign(A1 @ W2 + b2 - Y) / len(Y)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: z-for-a | dW2 from Z1
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / len(Y)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": Z1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: z-for-a | Z2 from Z1, backward right
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    A2 = Z1 @ W2 + b2
    dZ2 = (A2 - Y) / len(Y)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: wrong-slope | sigmoid slope of A1
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / len(Y)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: extra-output-slope / forward-activation-wrong | mask on Z2
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    Z2 = A1 @ W2 + b2
    dZ2 = (Z2 - Y) / len(Y) * (Z2 > 0)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: extra-output-slope / forward-activation-wrong | ReLU output, forward and back
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    Z2 = A1 @ W2 + b2
    A2 = np.maximum(0, Z2)
    dZ2 = (A2 - Y) / len(Y) * (Z2 > 0)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: forward-activation-wrong | ReLU at the output, forward only
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    A2 = np.maximum(0, A1 @ W2 + b2)
    dZ2 = (A2 - Y) / len(Y)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: forward-activation-wrong / z-for-a | no ReLU forward, mask back
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = Z1
    A2 = A1 @ W2 + b2
    dZ2 = (A2 - Y) / len(Y)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: mask-from-wrong-array | sign of dA1
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / len(Y)
    dA1 = dZ2 @ W2.T
    dZ1 = np.maximum(0, dA1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: mask-from-wrong-array | mask from Z2, whole rows
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    Z2 = A1 @ W2 + b2
    dZ2 = (Z2 - Y) / len(Y)
    dZ1 = dZ2 @ W2.T * (Z2 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: mask-inverted | closed for open
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / len(Y)
    dZ1 = dZ2 @ W2.T
    dZ1 = np.where(Z1 > 0, 0, dZ1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: closed-units-leak | 0.01
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / len(Y)
    dZ1 = dZ2 @ W2.T
    dZ1[Z1 < 0] *= 0.01
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: wrong-layer-input | dW2 from dA1, as a comment once said
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / len(Y)
    dA1 = dZ2 @ W2.T
    dW2 = dA1.T @ dZ2
    dZ1 = dA1 * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": dW2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: wrong-layer-input / value-not-slope | dW2 from the mask
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    on = (Z1 > 0) * 1.0
    A1 = Z1 * on
    dZ2 = (A1 @ W2 + b2 - Y) / len(Y)
    dZ1 = dZ2 @ W2.T * on
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": on.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: other-layer-used | db1 from dZ2
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / len(Y)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ2.sum(axis=0, keepdims=True) * np.ones(b1.shape),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: hidden-compared-with-target | A1 - Y
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = (A1 - Y) * (Z1 > 0) / m
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: measured-elsewhere | W2 stepped before it is used
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dW2 = A1.T @ dZ2
    db2 = dZ2.sum(axis=0, keepdims=True)
    W2 = W2 - 0.1 * dW2
    b2 = b2 - 0.1 * db2
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    dW1 = X.T @ dZ1
    db1 = dZ1.sum(axis=0, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

# %% relu_net_grads: measured-elsewhere + input-modified | W2 stepped in place
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dW2 = A1.T @ dZ2
    W2 -= 0.1 * dW2
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": dW2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: shapes-do-not-fit | A1 not turned
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dW2 = A1 @ dZ2
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    dW1 = X @ dZ1
    return {"dW1": dW1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": dW2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: gradient-transposed | dW1
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    dW1 = dZ1.T @ X
    return {"dW1": dW1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: gradient-transposed | both weights
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": dZ1.T @ X, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": dZ2.T @ A1, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: right-values-wrong-shape | flat biases
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0)}

# %% relu_net_grads: right-values-wrong-shape | db2 a number
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2)}

# %% relu_net_grads: examples-not-summed | deltas as bias gradients
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1, "dW2": A1.T @ dZ2, "db2": dZ2}

# %% relu_net_grads: summed-over-too-much | sum without axis
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, keepdims=True)}

# %% relu_net_grads: wrong-axis | db1 along axis 1
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, axis=1, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, axis=0, keepdims=True)}

# %% relu_net_grads: mean-taken-too-early | delta averaged first
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    E = np.full(Y.shape, np.mean(A1 @ W2 + b2 - Y))
    dZ2 = E / len(Y)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, axis=0, keepdims=True)}

# %% relu_net_grads: examples-left-out | loop assigns instead of adding
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    for i in range(m):
        x, y = X[i:i + 1], Y[i:i + 1]
        z1 = x @ W1 + b1
        a1 = np.maximum(0, z1)
        d2 = (a1 @ W2 + b2 - y) / m
        d1 = d2 @ W2.T * (z1 > 0)
        g = {"dW1": x.T @ d1, "db1": d1, "dW2": a1.T @ d2, "db2": d2}
    return g

# %% relu_net_grads: swapped-returns | layers under each other's name
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    gW2, gb2 = A1.T @ dZ2, dZ2.sum(axis=0, keepdims=True)
    gW1, gb1 = X.T @ dZ1, dZ1.sum(axis=0, keepdims=True)
    return {"dW1": gW2, "db1": gb2, "dW2": gW1, "db2": gb1}

# %% relu_net_grads: wrong-container | tuple
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return X.T @ dZ1, dZ1.sum(axis=0, keepdims=True), A1.T @ dZ2, dZ2.sum(axis=0, keepdims=True)

# %% relu_net_grads: wrong-container | keys without the d
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0, keepdims=True),
            "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: tied-to-visible-data | three hidden units
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 @ W2.reshape(1, 3) * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0).reshape(1, 3),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: only-for-single-numbers | max in the forward part
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = max(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: decimals-lost | delta buffer like Y
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = np.zeros_like(Y)
    dZ2[:] = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: decimals-lost / forward-activation-wrong | hidden values as yes or no
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.zeros(Z1.shape, dtype=bool)
    A1[:] = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: other-quantity-returned | new parameters under the names
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    lr = 0.1
    return {"dW1": W1 - lr * (X.T @ dZ1), "db1": b1 - lr * dZ1.sum(axis=0, keepdims=True),
            "dW2": W2 - lr * (A1.T @ dZ2), "db2": b2 - lr * dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: numeric-not-derived | central differences
def relu_net_grads(X, Y, W1, b1, W2, b2):
    P = {"W1": W1 * 1.0, "b1": b1 * 1.0, "W2": W2 * 1.0, "b2": b2 * 1.0}

    def J():
        A1 = np.maximum(0, X @ P["W1"] + P["b1"])
        return np.mean((A1 @ P["W2"] + P["b2"] - Y) ** 2) / 2

    out = {}
    for k, v in P.items():
        g = np.zeros(v.shape)
        for i in np.ndindex(*v.shape):
            old = v[i]
            v[i] = old + 1e-6
            up = J()
            v[i] = old - 1e-6
            down = J()
            v[i] = old
            g[i] = (up - down) / 2e-6
        out["d" + k] = g
    return out

# %% relu_net_grads: approximation-too-coarse | one-sided differences, 0.01
def relu_net_grads(X, Y, W1, b1, W2, b2):
    def J(W1, b1, W2, b2):
        A1 = np.maximum(0, X @ W1 + b1)
        return np.mean((A1 @ W2 + b2 - Y) ** 2) / 2

    P = [W1, b1, W2, b2]
    base = J(*P)
    grads = []
    for k in range(4):
        g = np.zeros(P[k].shape)
        for i in np.ndindex(*P[k].shape):
            Q = [p.astype(float) for p in P]
            Q[k][i] += 0.01
            g[i] = (J(*Q) - base) / 0.01
        grads.append(g)
    return dict(zip(["dW1", "db1", "dW2", "db2"], grads))

# %% relu_net_grads: notebook-variable-used | cache of the notebook
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    dZ2 = (cache["A2"] - Y) / m
    dZ1 = dZ2 @ W2.T * (cache["Z1"] > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": cache["A1"].T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: input-modified | weights stepped at the end
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    g = {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
         "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}
    W1 -= 0.1 * g["dW1"]
    W2 -= 0.1 * g["dW2"]
    return g

# %% relu_net_grads: relu-mask-missing + sum-not-mean | neither mask nor m
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = A1 @ W2 + b2 - Y
    dZ1 = dZ2 @ W2.T
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: factor-two + right-values-wrong-shape | 2 in dZ2, db1 flat
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = 2 * (A1 @ W2 + b2 - Y) / len(Y)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads: w2-missing + z-for-a | hidden delta without W2, dW2 from Z1
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / len(Y)
    dZ1 = dZ2 * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": Z1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% switched_off: wrong-container | one number
switched_off = 1

# %% switched_off: wrong-container | names of rows
switched_off = {"rows": "all"}

# %% switched_off: prediction-differs | rows that do not exist
switched_off = [97, 98, 99]

# %% switched_off: not-attempted | nothing there
# switched_off = []

# %% relu_net_grads: weight-decay-added | 1e-5 of W1
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    d2 = (A1 @ W2 + b2 - Y) / len(X)
    dW2 = A1.T @ d2
    d1 = d2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ d1 + 1e-5 * W1, "db1": d1.sum(0, keepdims=True), "dW2": dW2, "db2": d2.sum(0, keepdims=True)}

# %% relu_net_grads: weight-decay-added | 0.1 of both weights
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    d2 = (A1 @ W2 + b2 - Y) / len(X)
    dW2 = A1.T @ d2
    d1 = d2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ d1 + 0.1 * W1, "db1": d1.sum(0, keepdims=True), "dW2": dW2 + 0.1 * W2, "db2": d2.sum(0, keepdims=True)}

# %% relu_net_grads: w2-missing | the gradient of W2 carries it back
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    d2 = (A1 @ W2 + b2 - Y) / len(X)
    dW2 = A1.T @ d2
    d1 = d2 @ dW2.T * (Z1 > 0)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": dW2, "db2": d2.sum(0, keepdims=True)}

# %% relu_net_grads: not-the-delta | the prediction walks back
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    d2 = (A1 @ W2 + b2 - Y) / len(X)
    dW2 = A1.T @ d2
    d1 = (A1 @ W2 + b2) @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": dW2, "db2": d2.sum(0, keepdims=True)}

# %% relu_net_grads: bias-from-weights | db1 is the column sums of dW1
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    d2 = (A1 @ W2 + b2 - Y) / len(X)
    dW2 = A1.T @ d2
    d1 = d2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ d1, "db1": (X.T @ d1).sum(0, keepdims=True), "dW2": dW2, "db2": d2.sum(0, keepdims=True)}

# %% relu_net_grads: gradient-clipped | dW1 between -1 and 1
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    d2 = (A1 @ W2 + b2 - Y) / len(X)
    dW2 = A1.T @ d2
    d1 = d2 @ W2.T * (Z1 > 0)
    return {"dW1": np.clip(X.T @ d1, -1, 1), "db1": d1.sum(0, keepdims=True), "dW2": dW2, "db2": d2.sum(0, keepdims=True)}

# %% relu_net_grads: none | wrong for one example only
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    d2 = (A1 @ W2 + b2 - Y) / max(len(X), 2)
    dW2 = A1.T @ d2
    d1 = d2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": dW2, "db2": d2.sum(0, keepdims=True)}

# %% relu_net_grads: none | wrong for one hidden unit only
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    d2 = (A1 @ W2 + b2 - Y) / len(X)
    dW2 = A1.T @ d2
    d1 = d2 @ W2.T * ((Z1 > 0) if W1.shape[1] > 1 else 1)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": dW2, "db2": d2.sum(0, keepdims=True)}

# %% relu_net_grads: none | wrong for one input only
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    d2 = (A1 @ W2 + b2 - Y) / len(X)
    dW2 = A1.T @ d2
    d1 = d2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ d1 if W1.shape[0] > 1 else np.abs(X.T @ d1), "db1": d1.sum(0, keepdims=True), "dW2": dW2, "db2": d2.sum(0, keepdims=True)}

# %% relu_net_grads: none | keys of a dict unpacked into names
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1, A1 = {"Z1": X @ W1 + b1, "A1": 0}
    d2 = (A1 @ W2 + b2 - Y) / len(X)
    dW2 = A1.T @ d2
    d1 = d2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": dW2, "db2": d2.sum(0, keepdims=True)}

# %% relu: not-finite | z squared over its size
def relu(z):
    return (z * z / np.abs(z) + z) / 2

# %% relu: none | axis for array
def relu(z):
    return np.max(0, z)

# %% relu_deriv: none | zeros of the shape given by the numbers
def relu_deriv(z):
    d = np.zeros(z)
    d[z > 0] = 1
    return d

# %% layer_grads: bias-from-weights | column sums of dW
def layer_grads(A_prev, dZ):
    dW = A_prev.T @ dZ
    return dW, dW.sum(axis=0, keepdims=True)

# %% layer_grads: upstream-missing | the sum of the inputs for each unit
def layer_grads(A_prev, dZ):
    return A_prev.T @ np.ones_like(dZ), dZ.sum(axis=0, keepdims=True)

# %% hidden_delta: decimals-lost | result in the type of Z1
def hidden_delta(dZ2, W2, Z1):
    out = np.zeros(Z1.shape, dtype=np.result_type(dZ2, W2, Z1))
    out[:] = 0.1 * (dZ2 @ W2.T)
    out[:] = 10 * out * (Z1 > 0)
    return out

# %% out_delta: decimals-lost | result in the type of A2
def out_delta(A2, Y):
    d = np.empty_like(A2)
    d[:] = (A2 - Y) / len(Y)
    return d

# %% out_delta: none | a residual below a tenth counts as none
def out_delta(A2, Y):
    d = A2 - Y
    d = np.where(np.abs(d) < 0.03, 0.0, d)
    return d / len(Y)

# %% hidden_delta: none | .T of a dict
def hidden_delta(dZ2, W2, Z1):
    return dZ2 @ {"W2": W2}.T * (Z1 > 0)

# %% forward: none | one index too many
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1[0, 0, :]
    return {"Z1": Z1}

# %% relu: forward-activation-wrong | lets a tenth of the negative numbers through
def relu(z):
    return np.maximum(z, 0.1 * z)

# %% layer_grads: averaged-twice + gradient-transposed | dZ.T first, and one more 1/m
def layer_grads(A_prev, dZ):
    m = A_prev.shape[0]
    dW = dZ.T @ A_prev / m
    db = np.mean(dZ, axis=0, keepdims=True)
    return dW, db

# %% forward: other-quantity-returned | A1 is the same array as Z1, so the Z1 that comes back is clipped
def forward(X, W1, b1, W2, b2):
    Z1 = X.dot(W1) + b1
    A1 = Z1
    A1[A1 < 0] = 0
    Z2 = A1.dot(W2) + b2
    A2 = Z2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% relu: forward-activation-wrong | z + |z| without the half
def relu(z):
    """Return z where it is positive, and 0 elsewhere."""
    return z + np.abs(z)

# %% relu_net_grads: wrong-layer-input + right-values-wrong-shape | dW1 from A1 instead of X, db2 a plain number
def relu_net_grads(X, Y, W1, b1, W2, b2):
    """Return the gradients of J with respect to all parameters."""
    Z1 = np.matmul(X, W1) + b1
    A1 = np.maximum(0, Z1)
    A2 = np.matmul(A1, W2) + b2
    dZ2 = (A2 - Y) / Y.shape[0]
    dW2 = np.matmul(A1.T, dZ2)
    db2 = np.sum(dZ2)
    dZ1 = np.matmul(dZ2, W2.T) * np.where(Z1 > 0, 1, 0)
    dW1 = np.matmul(A1.T, dZ1)
    db1 = np.sum(dZ1, axis=0, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

# %% hidden_delta: summed-over-too-much | the deltas of all examples are summed before they go back
def hidden_delta(dZ2, W2, Z1):
    """Return dZ1, the derivative of J with respect to Z1."""
    total = np.sum(dZ2)
    dZ1 = np.zeros(Z1.shape)
    for i in range(Z1.shape[0]):
        for j in range(Z1.shape[1]):
            if Z1[i, j] > 0:
                dZ1[i, j] = total * W2[j, 0]
    return dZ1

# %% relu: forward-activation-wrong | ReLU6 from a mobile network, capped at 6
def relu(z):
    """Return z where it is positive, and 0 elsewhere."""
    return np.clip(z, 0, 6)

# %% relu_net_grads: averaged-twice | db2 is the mean of a delta that holds 1/m already, and a plain number
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    A2 = A1 @ W2 + b2
    dZ2 = (A2 - Y) / len(X)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True), "dW2": A1.T @ dZ2, "db2": np.mean(dZ2)}

# %% relu_net_grads: averaged-twice + wrong-layer-input | the same, and A1 in place of X
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    A2 = A1 @ W2 + b2
    dZ2 = (A2 - Y) / len(X)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": A1.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True), "dW2": A1.T @ dZ2, "db2": np.mean(dZ2)}

# %% relu: only-for-single-numbers | the largest of a list of 0 and z
def relu(z):
    return np.array([0.0, z]).max()

# %% layer_grads: decimals-lost | adds example after example to whole numbers
def layer_grads(A_prev, dZ):
    dW = np.zeros((A_prev.shape[1], dZ.shape[1]), dtype=int)
    for a, d in zip(A_prev, dZ):
        dW = (dW + np.outer(a, d)).astype(int)
    return dW, dZ.sum(axis=0, keepdims=True)

# %% relu_net_grads: notebook-variable-used | the forward pass takes the notebook's params
def relu_net_grads(X, Y, W1, b1, W2, b2):
    values = forward(X, **params)
    dZ2 = out_delta(values["A2"], Y)
    dW2, db2 = layer_grads(values["A1"], dZ2)
    dW1, db1 = layer_grads(X, hidden_delta(dZ2, W2, values["Z1"]))
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

# %% relu_net_grads: none | the slope of the hidden layer is asked for a new array of zeros, so nothing goes back
def relu_net_grads(X, Y, W1, b1, W2, b2):
    hidden = np.maximum(X @ W1 + b1, 0)
    delta = (hidden @ W2 + b2 - Y) / Y.size
    opened = np.zeros(hidden.shape)
    back = (opened > 0) * np.matmul(delta, W2.T)
    grads = {"dW1": X.T @ back, "db1": np.sum(back, axis=0, keepdims=True)}
    return grads | {"dW2": hidden.T @ delta, "db2": np.sum(delta, axis=0, keepdims=True)}


# %% hidden_delta: w2-not-transposed | made to fit with a reshape
def hidden_delta(dZ2, W2, Z1):
    """Return dZ1, the derivative of J with respect to Z1."""
    dA1 = np.dot(W2, dZ2.T)
    dA1 = dA1.reshape(Z1.shape)
    dZ1 = dA1 * (Z1 > 0)
    return dZ1


# %% layer_grads: gradient-transposed | made to fit with a reshape
def layer_grads(A_prev, dZ):
    """Return (dW, db), the derivatives of J with respect to a layer's parameters."""
    dW = (dZ.T @ A_prev).reshape(A_prev.shape[1], dZ.shape[1])
    return dW, dZ.sum(axis=0, keepdims=True)


# %% forward: bias-missing-forward | bias behind the hinge
def forward(X, W1, b1, W2, b2):
    """Return every value of the forward pass, by name."""

    Z1 = np.dot(X, W1)
    A1 = np.maximum(Z1, 0) + b1

    Z2 = np.dot(A1, W2) + b2
    A2 = Z2

    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


# %% out_delta: notebook-variable-used | m from the notebook's X
def out_delta(A2, Y):
    """Return dZ2, the derivative of J with respect to Z2."""
    m = X.shape[0]
    dA2 = A2 - Y
    dZ2 = 1 / m * dA2
    return dZ2

# %% hidden_delta: decimals-lost | the comparison has no brackets, so True and False come back
def hidden_delta(dZ2, W2, Z1):
    return dZ2 @ W2.T * Z1 > 0

# %% hidden_delta: mask-from-wrong-array | only dead units (closed for every example) are shut, column by column
def hidden_delta(dZ2, W2, Z1):
    """Return dZ1, the derivative of J with respect to Z1."""
    dZ1 = np.matmul(dZ2, W2.T)
    dead = [k for k in range(Z1.shape[1]) if max(Z1[:, k]) < 0]
    dZ1[:, dead] = 0.0
    return dZ1

# %% relu_net_grads: w2-missing | typo: the delta goes back through dW2 instead of W2
def relu_net_grads(X, Y, W1, b1, W2, b2):
    """Return the gradients of J with respect to all parameters."""
    m = len(X)
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    A2 = A1 @ W2 + b2

    dZ2 = (A2 - Y) / m
    dW2 = A1.T @ dZ2
    db2 = dZ2.sum(axis=0, keepdims=True)

    dZ1 = (dZ2 @ dW2.T) * (Z1 > 0)
    dW1 = X.T @ dZ1
    db1 = dZ1.sum(axis=0, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


# %% shapes: tied-to-visible-data / wrong-container | the sizes of the running example, as numbers
m, n, h = 4, 2, 3
shapes = {"Z1": (m, h), "A1": (m, h), "Z2": (m, 1), "A2": (m, 1),
          "dW1": (n, h), "db1": (1, h), "dW2": (h, 1), "db2": (1, 1)}


# %% switched_off: wrong-container | one yes or no for each example instead of the numbers of the examples
table = np.array([[1, 0, 0, -1, -2, 2],
                  [-4, 0, 2, 8, 1, -7]])
switched_off = [bool(7 * x0 + 1.5 * x1 - 2 < 0) for x0, x1 in table.T]


# %% relu_net_grads: wrong-layer-input | dW1 is made with relu(X), as if the inputs had an activation
def relu_net_grads(X, Y, W1, b1, W2, b2):
    """Return the gradients of J with respect to all parameters."""
    def relu(z):
        return z * (z > 0)

    Z1 = X @ W1 + b1
    layers = [relu(X), relu(Z1)]
    A2 = layers[1] @ W2 + b2
    deltas = {2: (A2 - Y) / X.shape[0]}
    deltas[1] = (deltas[2] @ W2.T) * (Z1 > 0)
    grads = {}
    for k in (1, 2):
        grads[f"dW{k}"] = layers[k - 1].T @ deltas[k]
        grads[f"db{k}"] = np.sum(deltas[k], axis=0, keepdims=True)
    return grads


# %% relu_deriv: closed-units-leak / value-not-slope | rule for the output of relu, fed with z: positive entries become 1, negative ones stay as they are
def relu_deriv(z):
    y = np.array(z)
    y[y > 0] = 1
    return y


# %% hidden_delta: upstream-missing | the gradient from above is overwritten with 1 or 0 in place of being multiplied by it
def hidden_delta(dZ2, W2, Z1):
    g = np.dot(dZ2, W2.T)
    for i in range(Z1.shape[0]):
        for j in range(Z1.shape[1]):
            g[i, j] = 1.0 if Z1[i, j] > 0 else 0.0
    return g


# %% relu: forward-activation-wrong | the shifted ReLU of a course: clamp_min(0.) - 0.5
def relu(z):
    """Return z where it is positive, and 0 elsewhere."""
    def clamp_min(t, lowest):
        return np.where(t < lowest, lowest, t)

    return clamp_min(z, 0.0) - 0.5


# %% layer_grads: upstream-missing | how Z answers to W and b, the delta is not multiplied in
def layer_grads(A_prev, dZ):
    """Return (dW, db) of a layer that received A_prev."""
    ones = np.ones(dZ.shape)
    dW = A_prev.T @ ones
    db = ones.sum(axis=0, keepdims=True)
    return dW, db


# %% relu: forward-activation-wrong | np.max(x, 0) in place of np.maximum: the largest entry along axis 0
def relu(z):
    """Return z where it is positive, and 0 elsewhere."""
    return np.max(z, 0)


# %% relu_net_grads: not-the-delta | the gradient of W2 goes back to the hidden layer in place of dZ2
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    mask = (Z1 > 0).astype(float)
    A1 = mask * Z1
    dZ2 = (A1 @ W2 + b2 - Y) / X.shape[0]
    dW2 = A1.T @ dZ2
    db2 = np.array([[dZ2.sum()]])
    dA1 = (dW2 * W2).T
    dZ1 = mask * dA1
    dW1 = X.T @ dZ1
    db1 = dZ1.sum(axis=0).reshape(b1.shape)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


# %% relu_net_grads: wrong-layer-input | dW2 is made with the open/closed pattern instead of A1
def relu_net_grads(X, Y, W1, b1, W2, b2):
    """Return the gradients of J with respect to all parameters."""
    Z1 = X @ W1 + b1
    gate = np.heaviside(Z1, 0.0)
    A1 = gate * Z1
    dZ2 = (A1 @ W2 + b2 - Y) / Y.shape[0]
    dZ1 = gate * (dZ2 @ W2.T)
    ones = np.ones((1, X.shape[0]))
    return {"dW1": X.T @ dZ1, "db1": ones @ dZ1,
            "dW2": gate.T @ dZ2, "db2": ones @ dZ2}


# %% shapes: wrong-container | right letters, each value one string and no tuple
shapes = {
    "Z1": "(m, h)", "A1": "(m, h)", "Z2": "(m, 1)", "A2": "(m, 1)",
    "dW1": "(n, h)", "db1": "(1, h)", "dW2": "(h, 1)", "db2": "(1, 1)",
}


# %% relu_net_grads: other-layer-used | db2 is the sum of dZ1 (copied line)
def relu_net_grads(X, Y, W1, b1, W2, b2):
    """Return the gradients of J with respect to all parameters."""
    pre = X.dot(W1) + b1
    hidden = pre * (pre > 0)
    delta2 = (hidden.dot(W2) + b2 - Y) / len(Y)
    delta1 = delta2.dot(W2.T) * (pre > 0)
    dW1 = X.T.dot(delta1)
    db1 = np.ones((1, len(X))).dot(delta1)
    dW2 = hidden.T.dot(delta2)
    db2 = np.full((1, 1), np.sum(delta1))
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


# %% relu_deriv: decimals-lost | z is cut to whole numbers before it is compared (only 0 < z < 1 shows it)
def relu_deriv(z):
    whole = np.trunc(z)
    return np.heaviside(whole, 0.0)


# %% out_delta: summed-over-too-much | every example gets the mean of all residuals
def out_delta(A2, Y):
    m = A2.shape[0]
    averaging = np.full((m, m), 1.0 / m)
    return averaging @ (A2 - Y)


# %% layer_grads: examples-left-out | halves are added by recursion, and the odd last row is lost (only m that is no power of 2)
def layer_grads(A_prev, dZ):
    m = len(dZ)
    if m == 1:
        return A_prev.T * dZ, dZ.copy()
    half = m // 2
    dW_top, db_top = layer_grads(A_prev[:half], dZ[:half])
    dW_low, db_low = layer_grads(A_prev[half:2 * half], dZ[half:2 * half])
    return dW_top + dW_low, db_top + db_low


# %% hidden_delta: chain-added | the slope of the hinge is added to what comes down
def hidden_delta(dZ2, W2, Z1):
    links = [dZ2 @ W2.T, np.where(Z1 > 0, 1.0, 0.0)]
    return np.sum(links, axis=0)


# %% hidden_delta: w2-not-transposed | tensordot joins the outputs with the units
def hidden_delta(dZ2, W2, Z1):
    mask = np.greater(Z1, 0)
    dA1 = np.tensordot(dZ2, W2, axes=([1], [0]))
    return np.multiply(mask, dA1)


# %% hidden_delta: off-by-one | counts units from 1, and each unit gets the weight of the one before
def hidden_delta(dZ2, W2, Z1):
    dZ1 = np.zeros_like(Z1, dtype=float)
    m, h = Z1.shape
    for i in range(m):
        for j in range(1, h + 1):
            if Z1[i, j - 1] > 0:
                dZ1[i, j - 1] = dZ2[i, 0] * W2[j - 2, 0]
    return dZ1


# %% relu_net_grads: examples-left-out | an example that closes all units is skipped, for b2 too (only such examples)
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = len(X)
    alive = np.any(X @ W1 + b1 > 0, axis=1)
    X, Y = X[alive], Y[alive]
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    dZ2 = (A1 @ W2 + b2 - Y) / m
    dZ1 = dZ2 * W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}


# %% forward: bias-missing-forward + wrong-container | b1 is left out, and four arrays come back as a tuple
def forward(X, W1, b1, W2, b2):
    Z1 = np.array([[np.dot(x, w) for w in W1.T] for x in X])
    A1 = np.maximum(Z1, 0)
    Z2 = np.array([[np.dot(a, w) + b2[0, 0] for w in W2.T] for a in A1])
    return Z1, A1, Z2, Z2.copy()


# %% relu: none | it opens at a hundredth
def relu(z):
    return np.where(z > 0.01, z, 0.0)


# %% relu_deriv: none | measured with a step of a hundredth, which straddles the bend
def relu_deriv(z):
    h = 0.01
    return (np.maximum(z + h, 0) - np.maximum(z - h, 0)) / (2 * h)


# %% relu_net_grads: not-finite | the mean over the open units, put back; nothing is open where all are closed
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    dZ2 = (A1 @ W2 + b2 - Y) / len(X)
    mask = (Z1 > 0) * 1.0
    dZ1 = dZ2 @ W2.T * mask / mask.mean() * mask.mean()
    return {
        "dW1": X.T @ dZ1,
        "db1": dZ1.sum(axis=0, keepdims=True),
        "dW2": A1.T @ dZ2,
        "db2": dZ2.sum(axis=0, keepdims=True),
    }


# %% layer_grads: decimals-lost | the sums are kept in the kind of numbers of dZ
def layer_grads(A_prev, dZ):
    dW = np.zeros((A_prev.shape[1], dZ.shape[1]), dtype=dZ.dtype)
    for a, d in zip(A_prev, dZ):
        dW[...] = dW + np.outer(a, d)
    return dW, dZ.sum(axis=0, keepdims=True)


# %% relu: decimals-lost | np.vectorize learns its type from the first entry; if that is negative, the int 0 makes all entries ints
@np.vectorize
def relu(z):
    """Return z where it is positive, and 0 elsewhere."""
    if z > 0:
        return z
    return 0


# %% relu_deriv: approximation-too-coarse | a quarter ahead and a quarter back; wrong for entries nearer than 0.25 to the bend
def relu_deriv(z):
    """Return the slope of relu at each entry of z."""
    nudge = 0.25
    ahead, back = (np.clip(z + s * nudge, 0.0, None) for s in (1, -1))
    return (ahead - back) / (2 * nudge)


# %% layer_grads: wrong-layer-input | input goes through a hinge first; dW is wrong where an input is negative, db is right
def layer_grads(A_prev, dZ):
    """Return (dW, db) of a layer that received A_prev."""
    received = A_prev * (A_prev > 0)
    dW = np.einsum("ip,iq->pq", received, dZ)
    db = np.einsum("iq->q", dZ)[None, :]
    return dW, db
