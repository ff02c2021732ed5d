# %% sigmoid: not-finite | exp(z) over 1 + exp(z)
def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))

# %% sigmoid: not-finite | two branches multiplied by masks: nan times zero
def sigmoid(z):
    pos = (z >= 0) * (1 / (1 + np.exp(-z)))
    neg = (z < 0) * (np.exp(z) / (1 + np.exp(z)))
    return pos + neg

# %% sigmoid: forward-activation-wrong | minus sign forgotten
def sigmoid(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(z))

# %% sigmoid: forward-activation-wrong | tanh
def sigmoid(z):
    return np.tanh(z)

# %% sigmoid: forward-activation-wrong | tanh form, argument not halved
def sigmoid(z):
    return (1 + np.tanh(z)) / 2

# %% sigmoid: forward-activation-wrong | softmax
def sigmoid(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)

# %% sigmoid: forward-activation-wrong | the derivative instead of the function
def sigmoid(z):
    s = 0.5 * (1 + np.tanh(0.5 * z))
    return s * (1 - s)

# %% sigmoid: forward-activation-wrong | brackets: (1 / 1) + exp(-z), clipped
def sigmoid(z):
    z = np.clip(z, -500, 500)
    return 1 / 1 + np.exp(-z)

# %% sigmoid: sigmoid-applied-twice | helper already is the sigmoid
def sigmoid(z):
    def s(t):
        return 0.5 * (1 + np.tanh(0.5 * t))
    return s(s(z))

# %% sigmoid: approximation-too-coarse | clipped at plus and minus one
def sigmoid(z):
    z = np.clip(z, -1, 1)
    return 1.0 / (1.0 + np.exp(-z))

# %% sigmoid: approximation-too-coarse / forward-activation-wrong | straight line with corners
def sigmoid(z):
    return np.clip(0.5 + 0.25 * z, 0.0, 1.0)

# %% sigmoid: decimals-lost | zeros_like of an integer array
def sigmoid(z):
    z = np.asarray(z)
    a = np.zeros_like(z)
    a[z >= 0] = 1 / (1 + np.exp(-z[z >= 0]))
    a[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0]))
    return a

# %% sigmoid: decimals-lost | rounded to two places
def sigmoid(z):
    a = 0.5 * (1 + np.tanh(z / 2))
    return np.round(a, 2)

# %% sigmoid: decimals-lost | yes or no
def sigmoid(z):
    a = 0.5 * (1 + np.tanh(z / 2))
    return (a > 0.5).astype(float)

# %% sigmoid: only-for-single-numbers | if on an array
def sigmoid(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    else:
        return np.exp(z) / (1 + np.exp(z))

# %% sigmoid: only-for-single-numbers | math.exp
import math
def sigmoid(z):
    if abs(z) > 700:
        return 0.0 if z < 0 else 1.0
    return 1 / (1 + math.exp(-z))

# %% sigmoid: input-modified | clips the caller's array
def sigmoid(z):
    z[z > 30] = 30
    z[z < -700] = -700
    return 1 / (1 + np.exp(-z))

# %% sigmoid: input-modified | everything written into z
def sigmoid(z):
    np.clip(z, -700, 700, out=z)
    z *= -1
    return 1 / (1 + np.exp(z))

# %% sigmoid: wrong-container | prints, returns nothing
def sigmoid(z):
    a = 1 / (1 + np.exp(-np.clip(z, -700, 700)))
    print(a)

# %% sigmoid: wrong-container | a list
def sigmoid(z):
    return (1 / (1 + np.exp(-np.clip(z, -700, 700)))).tolist()

# %% sigmoid: notebook-variable-used | x instead of the argument
def sigmoid(z):
    return 1 / (1 + np.exp(-x))

# %% sigmoid: right-values-wrong-shape | flat
def sigmoid(z):
    return np.array([1 / (1 + np.exp(-v)) for v in np.ravel(np.clip(z, -700, 700))])

# %% sigmoid_deriv: sigmoid-applied-twice | takes z by habit
def sigmoid_deriv(a):
    s = 1 / (1 + np.exp(-a))
    return s * (1 - s)

# %% sigmoid_deriv: sigmoid-applied-twice | the quotient of exponentials
def sigmoid_deriv(a):
    return np.exp(-a) / (1 + np.exp(-a)) ** 2

# %% sigmoid_deriv: deriv-given-z | goes back to z and uses z there
def sigmoid_deriv(a):
    z = np.log(a / (1 - a))
    return z * (1 - z)

# %% sigmoid_deriv: wrong-slope | tanh
def sigmoid_deriv(a):
    return 1 - a ** 2

# %% sigmoid_deriv: wrong-slope | half of the product
def sigmoid_deriv(a):
    return 1 - a

# %% sigmoid_deriv: wrong-slope | ReLU's slope from chapter 3
def sigmoid_deriv(a):
    return (a > 0).astype(float)

# %% sigmoid_deriv: wrong-slope | always the largest slope
def sigmoid_deriv(a):
    return np.full(np.shape(a), 0.25)

# %% sigmoid_deriv: wrong-slope | brackets lost, zero everywhere
def sigmoid_deriv(a):
    return a * 1 - a

# %% sigmoid_deriv: wrong-slope | square in the wrong place
def sigmoid_deriv(a):
    return a * (1 - a ** 2)

# %% sigmoid_deriv: value-not-slope | the activation itself
def sigmoid_deriv(a):
    da = a.copy()
    return da

# %% sigmoid_deriv: sign-flipped | a minus one
def sigmoid_deriv(a):
    return a * (a - 1)

# %% sigmoid_deriv: sign-flipped | square first
def sigmoid_deriv(a):
    return a ** 2 - a

# %% sigmoid_deriv: factor-two | derivative of a squared on the way
def sigmoid_deriv(a):
    return 2 * a * (1 - a)

# %% sigmoid_deriv: shapes-do-not-fit | matrix product
def sigmoid_deriv(a):
    return a @ (1 - a)

# %% sigmoid_deriv: summed-over-too-much | one number
def sigmoid_deriv(a):
    return np.sum(a * (1 - a))

# %% sigmoid_deriv: input-modified | in place
def sigmoid_deriv(a):
    a *= 1 - a
    return a

# %% sigmoid_deriv: decimals-lost / wrong-slope | as whole numbers
def sigmoid_deriv(a):
    return (a * (1 - a)).astype(int)

# %% sigmoid_deriv: none | the caret is no power
def sigmoid_deriv(a):
    return a - a ^ 2

# %% sigmoid_deriv: wrong-container | function and slope
def sigmoid_deriv(a):
    return a, a * (1 - a)

# %% sigmoid_deriv: notebook-variable-used | A1 of the notebook
def sigmoid_deriv(a):
    return A1 * (1 - A1)

# %% forward: forward-activation-wrong | no activation in the hidden layer
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = Z1
    Z2 = A1 @ W2 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward: forward-activation-wrong | output left linear
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = A1 @ W2 + b2
    A2 = Z2.copy()
    return dict(Z1=Z1, A1=A1, Z2=Z2, A2=A2)

# %% forward: forward-activation-wrong | hidden ReLU as in chapter 3
def forward(X, W1, b1, W2, b2):
    Z1 = np.dot(X, W1) + b1
    A1 = np.maximum(0, Z1)
    Z2 = np.dot(A1, W2) + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward: forward-activation-wrong | tanh hidden
def forward(X, W1, b1, W2, b2):
    Z1 = np.dot(X, W1) + b1
    A1 = np.tanh(Z1)
    Z2 = np.dot(A1, W2) + b2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": 1 / (1 + np.exp(-Z2))}

# %% forward: forward-activation-wrong | helper without its minus
def sigmoid(z):
    return 1 / (1 + np.exp(z))

def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward: z-for-a | Z1 goes on
def forward(X, W1, b1, W2, b2):
    sig = lambda t: 1 / (1 + np.exp(-t))
    Z1 = X @ W1 + b1
    A1 = sig(Z1)
    Z2 = Z1 @ W2 + b2
    A2 = sig(Z2)
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward: sigmoid-applied-twice | on the output
def forward(X, W1, b1, W2, b2):
    sig = lambda t: 1 / (1 + np.exp(-t))
    c = {}
    c["Z1"] = X @ W1 + b1
    c["A1"] = sig(c["Z1"])
    c["Z2"] = c["A1"] @ W2 + b2
    c["A2"] = sig(sig(c["Z2"]))
    return c

# %% forward: sigmoid-applied-twice | A1 squashed again before the product
def forward(X, W1, b1, W2, b2):
    def sigmoid(z):
        return 1 / (1 + np.exp(-z))
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = sigmoid(A1) @ W2 + b2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": sigmoid(Z2)}

# %% forward: bias-missing-forward | b1 forgotten
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = A1 @ W2 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward: bias-missing-forward | loops, b2 forgotten
def forward(X, W1, b1, W2, b2):
    m, n = X.shape
    h = W1.shape[1]
    Z1 = np.zeros((m, h))
    Z2 = np.zeros((m, 1))
    for i in range(m):
        for j in range(h):
            Z1[i, j] = sum(X[i, k] * W1[k, j] for k in range(n)) + b1[0, j]
    A1 = 1 / (1 + np.exp(-Z1))
    for i in range(m):
        Z2[i, 0] = sum(A1[i, j] * W2[j, 0] for j in range(h))
    A2 = 1 / (1 + np.exp(-Z2))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward: none | bias subtracted like a threshold
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 - b1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = A1 @ W2 - b2
    A2 = 1 / (1 + np.exp(-Z2))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward: shapes-do-not-fit | weights first
def forward(X, W1, b1, W2, b2):
    Z1 = W1 @ X + b1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = W2 @ A1 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward: shapes-do-not-fit | star for the product
def forward(X, W1, b1, W2, b2):
    Z1 = X * W1 + b1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = A1 * W2 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward: wrong-container | a tuple
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = A1 @ W2 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return Z1, A1, Z2, A2

# %% forward: wrong-container | other names
def forward(X, W1, b1, W2, b2):
    z1 = X @ W1 + b1
    a1 = 1 / (1 + np.exp(-z1))
    z2 = a1 @ W2 + b2
    a2 = 1 / (1 + np.exp(-z2))
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}

# %% forward: swapped-returns | Z1 and A1 under each other's name
def forward(X, W1, b1, W2, b2):
    A1 = X @ W1 + b1
    Z1 = 1 / (1 + np.exp(-A1))
    Z2 = Z1 @ W2 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward: decimals-lost | the predictions as labels
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = A1 @ W2 + b2
    A2 = np.round(1 / (1 + np.exp(-Z2)))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward: right-values-wrong-shape | Z2 and A2 flat
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = (A1 @ W2 + b2).ravel()
    A2 = 1 / (1 + np.exp(-Z2))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward: tied-to-visible-data | the two inputs of XOR
def forward(X, W1, b1, W2, b2):
    x1 = X[:, 0:1]
    x2 = X[:, 1:2]
    Z1 = x1 * W1[0] + x2 * W1[1] + b1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = A1 @ W2 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward: tied-to-visible-data | four rows
def forward(X, W1, b1, W2, b2):
    Z1 = np.zeros((4, W1.shape[1]))
    for i in range(4):
        Z1[i] = X[i] @ W1 + b1[0]
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = A1 @ W2 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward: notebook-variable-used | params of the notebook
def forward(X, W1, b1, W2, b2):
    Z1 = X @ params["W1"] + params["b1"]
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = A1 @ params["W2"] + params["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward: bias-missing-forward + forward-activation-wrong | b1 missing, output linear
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = A1 @ W2 + b2
    A2 = Z2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% xor_net_grads: sign-flipped | Y minus A2
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (Y - A2) * A2 * (1 - A2) / m
    dW2 = A1.T @ dZ2
    db2 = dZ2.sum(axis=0, keepdims=True)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    dW1 = X.T @ dZ1
    db1 = dZ1.sum(axis=0, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

# %% xor_net_grads: sign-flipped | only the hidden slope has its sign turned
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) * A2 * (1 - A2) / m
    dZ1 = dZ2 @ W2.T * (A1 * (A1 - 1))
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: sign-flipped | W2 without its sign
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) * A2 * (1 - A2) / m
    dZ1 = dZ2 @ np.abs(W2).T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: sign-flipped | one bias only
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = len(X)
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) * A2 * (1 - A2)
    dW2 = 1 / m * A1.T @ dZ2
    db2 = -1 / m * np.sum(dZ2, axis=0, keepdims=True)
    dZ1 = np.dot(dZ2, W2.T) * A1 * (1 - A1)
    dW1 = 1 / m * X.T @ dZ1
    db1 = 1 / m * np.sum(dZ1, axis=0, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

# %% xor_net_grads: residual-sign-lost | absolute difference
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = np.abs(A2 - Y) * A2 * (1 - A2) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: residual-sign-lost / value-not-slope | the loss is sent back
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    L = 0.5 * (A2 - Y) ** 2
    dZ2 = L * A2 * (1 - A2) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: residual-missing | starts with the slope
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = A2 * (1 - A2) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: factor-two | no half in the loss
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dA2 = 2 * (A2 - Y) / m
    dZ2 = dA2 * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: half-kept | the half stays in front, as 2m
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / (2 * m) * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: sum-not-mean | as in the script of the second text
def xor_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: sum-not-mean | only in the bias lines
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) * A2 * (1 - A2)
    dW2 = (A1.T @ dZ2) / m
    db2 = np.sum(dZ2, axis=0, keepdims=True)
    dZ1 = (dZ2 @ W2.T) * A1 * (1 - A1)
    dW1 = (X.T @ dZ1) / m
    db1 = np.sum(dZ1, axis=0, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

# %% xor_net_grads: sum-not-mean | m taken from Y[0]
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = len(Y[0])
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) * A2 * (1 - A2) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: averaged-twice | in dZ2 and in each line
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dW2 = A1.T @ dZ2 / m
    db2 = np.sum(dZ2, axis=0, keepdims=True) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    dW1 = X.T @ dZ1 / m
    db1 = np.sum(dZ1, axis=0, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

# %% xor_net_grads: averaged-twice | mean in the bias lines on top
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": np.mean(dZ1, axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": np.mean(dZ2, axis=0, keepdims=True)}

# %% xor_net_grads: averaged-twice | again in dZ1
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) * A2 * (1 - A2) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1) / m
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: divided-by-wrong-count / tied-to-visible-data | four rows typed in
def xor_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) * A2 * (1 - A2) / 4
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: divided-by-wrong-count | columns for rows
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[1]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) * A2 * (1 - A2) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: divided-by-wrong-count | X.size
def xor_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    g = {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
         "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}
    return {k: v / X.size for k, v in g.items()}

# %% xor_net_grads: layer-input-missing | rows of dW1 copied from db1
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) * A2 * (1 - A2) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    db1 = dZ1.sum(axis=0, keepdims=True)
    return {"dW1": np.tile(db1, (X.shape[1], 1)), "db1": db1,
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: layer-input-missing | dW2 without A1
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) * A2 * (1 - A2) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": np.ones_like(A1).T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: output-slope-missing / other-loss | dZ2 is dA2
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: output-slope-missing | only in the lines of layer 2
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dA2 = (A2 - Y) / m
    dZ2 = dA2 * A2 * (1 - A2)
    dW2 = A1.T @ dA2
    db2 = dA2.sum(axis=0, keepdims=True)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True), "dW2": dW2, "db2": db2}

# %% xor_net_grads: output-slope-missing | dA2 passed back instead of dZ2
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dA2 = (A2 - Y) / m
    dZ2 = dA2 * A2 * (1 - A2)
    dA1 = dA2 @ W2.T
    dZ1 = dA1 * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: hidden-slope-missing | dZ1 = dA1
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dA1 = dZ2 @ W2.T
    dZ1 = dA1
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: hidden-slope-missing | db1 from dA1 only
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dA1 = dZ2 @ W2.T
    dZ1 = dA1 * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dA1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: hidden-slope-missing | loops
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m, n = X.shape
    h = W1.shape[1]
    dW1 = np.zeros((n, h)); db1 = np.zeros((1, h))
    dW2 = np.zeros((h, 1)); db2 = np.zeros((1, 1))
    for i in range(m):
        z1 = X[i] @ W1 + b1[0]
        a1 = 1 / (1 + np.exp(-z1))
        z2 = a1 @ W2[:, 0] + b2[0, 0]
        a2 = 1 / (1 + np.exp(-z2))
        d2 = (a2 - Y[i, 0]) * a2 * (1 - a2)
        db2[0, 0] += d2
        for j in range(h):
            dW2[j, 0] += d2 * a1[j]
            d1 = d2 * W2[j, 0]
            db1[0, j] += d1
            for k in range(n):
                dW1[k, j] += d1 * X[i, k]
    return {"dW1": dW1 / m, "db1": db1 / m, "dW2": dW2 / m, "db2": db2 / m}

# %% xor_net_grads: w2-missing | delta handed to every unit alike
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: w2-missing | ones in place of W2, per example
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    g = {"dW1": np.zeros(W1.shape), "db1": np.zeros(b1.shape), "dW2": np.zeros(W2.shape), "db2": np.zeros(b2.shape)}
    for x, y in zip(X, Y):
        x = x.reshape(1, -1)
        a1 = 1 / (1 + np.exp(-(x @ W1 + b1)))
        a2 = 1 / (1 + np.exp(-(a1 @ W2 + b2)))
        d2 = (a2 - y) * a2 * (1 - a2)
        d1 = d2 @ np.ones_like(W2).T * a1 * (1 - a1)
        g["dW2"] += a1.T @ d2 / m
        g["db2"] += d2 / m
        g["dW1"] += x.T @ d1 / m
        g["db1"] += d1 / m
    return g

# %% xor_net_grads: bias-missing-forward | b1 forgotten inside
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: bias-missing-forward | b2 forgotten in a helper
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = A1 @ W2
    A2 = 1 / (1 + np.exp(-Z2))
    return Z1, A1, Z2, A2

def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1, A1, Z2, A2 = forward(X, W1, b1, W2, b2)
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: value-not-slope | A1 where its slope belongs
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: value-not-slope | sigmoid called for its derivative at the output
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = sigmoid(X @ W1 + b1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dZ2 = (A2 - Y) / m * sigmoid(Z2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: deriv-given-z | hidden layer
def sigmoid_deriv(a):
    return a * (1 - a)

def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = A1 @ W2 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    dZ2 = (A2 - Y) / m * sigmoid_deriv(A2)
    dZ1 = dZ2 @ W2.T * sigmoid_deriv(Z1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: deriv-given-z | both layers
def sigmoid_deriv(a):
    return a * (1 - a)

def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = A1 @ W2 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    dZ2 = (A2 - Y) / m * sigmoid_deriv(Z2)
    dZ1 = dZ2 @ W2.T * sigmoid_deriv(Z1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: deriv-given-z | output, inline
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    Z2 = A1 @ W2 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    dZ2 = (A2 - Y) / m * (Z2 - Z2 ** 2)
    dZ1 = dZ2 @ W2.T * (A1 - A1 ** 2)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: sigmoid-applied-twice | slope helper wants z and gets A, both layers
def xor_net_grads(X, Y, W1, b1, W2, b2):
    def sig(z):
        return 1 / (1 + np.exp(-z))
    def dsig(z):
        return sig(z) * (1 - sig(z))
    m = X.shape[0]
    A1 = sig(X @ W1 + b1)
    A2 = sig(A1 @ W2 + b2)
    dZ2 = (A2 - Y) / m * dsig(A2)
    dZ1 = dZ2 @ W2.T * dsig(A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: sigmoid-applied-twice | hidden slope only
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    s = 1 / (1 + np.exp(-A1))
    dZ1 = dZ2 @ W2.T * s * (1 - s)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: wrong-slope | tanh's slope in the hidden layer
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * (1 - A1 ** 2)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: wrong-slope | the mask of chapter 3
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = 1 / (1 + np.exp(-Z1))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: wrong-slope | half of the product at the output
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: extra-output-slope | slope in dA2 and in dZ2
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    s2 = A2 * (1 - A2)
    dA2 = (A2 - Y) / m * s2
    dZ2 = dA2 * s2
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: forward-activation-wrong | ReLU forward, sigmoid slope backward
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = np.maximum(0, X @ W1 + b1)
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: forward-activation-wrong + wrong-slope | tanh both ways in the hidden layer
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = np.tanh(X @ W1 + b1)
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * (1 - A1 ** 2)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: forward-activation-wrong | output left linear, slope kept
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = A1 @ W2 + b2
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: z-for-a | Z1 in dW2
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = 1 / (1 + np.exp(-Z1))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": Z1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: z-for-a | Z1 in the forward product
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = 1 / (1 + np.exp(-Z1))
    A2 = 1 / (1 + np.exp(-(Z1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: z-for-a | Z2 compared with the target
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    Z2 = A1 @ W2 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    dZ2 = (Z2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: wrong-layer-input | dW2 from dA1, as the comment of the script has it
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dA1 = dZ2 @ W2.T
    dZ1 = dA1 * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": dA1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: wrong-layer-input | dW1 from dX, as the comment of the script has it
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    dX = dZ1 @ W1.T
    return {"dW1": dX.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: wrong-layer-input | X into dW2
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dW2 = X.T @ dZ2
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": dW2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: wrong-layer-input | A1 into dW1
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": A1.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: other-layer-used | the output's slope in the hidden layer
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A2 * (1 - A2)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: other-layer-used | dW1 from dZ2
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ2, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: other-layer-used | db1 copied from the line of db2
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ2.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: hidden-compared-with-target | A1 minus Y
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = (A1 - Y) / m * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: measured-elsewhere | W2 already moved before it sends back
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    lr = 0.5
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dW2 = A1.T @ dZ2
    db2 = dZ2.sum(axis=0, keepdims=True)
    W2 = W2 - lr * dW2
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True), "dW2": dW2, "db2": db2}

# %% xor_net_grads: w2-not-transposed | no .T
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2 * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: w2-not-transposed / shapes-do-not-fit | star, no .T
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dA1 = dZ2 * W2
    dZ1 = dA1 * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: shapes-do-not-fit | X not transposed in dW1
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dW2 = A1.T @ dZ2
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    dW1 = X @ dZ1
    return {"dW1": dW1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": dW2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: shapes-do-not-fit | the chain typed in the order of the text
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dW2 = A1.T @ dZ2
    dW1 = X.T @ dZ2 @ (W2.T * (A1 * (1 - A1)))
    db1 = np.sum(dZ2 @ W2.T * A1 * (1 - A1), axis=0, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: gradient-transposed | dW1 on its side
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": dZ1.T @ X, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: gradient-transposed | dW2 a row
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": np.dot(dZ2.T, A1), "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: right-values-wrong-shape | keepdims forgotten
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0)}

# %% xor_net_grads: right-values-wrong-shape | db2 a plain number
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": float(np.sum(dZ2))}

# %% xor_net_grads: broadcast-by-accident | target flat
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    y = Y.flatten()
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = np.sum(A2 - y, axis=1, keepdims=True) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: examples-not-summed | biases are the deltas
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1, "dW2": A1.T @ dZ2, "db2": dZ2}

# %% xor_net_grads: summed-over-too-much | np.sum without an axis
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, keepdims=True)}

# %% xor_net_grads: wrong-axis | axis=1 in db1
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, axis=1, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, axis=0, keepdims=True)}

# %% xor_net_grads: mean-taken-too-early | one mean error for all
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dA2 = np.mean(A2 - Y)
    dZ2 = dA2 * A2 * (1 - A2) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: mean-taken-too-early | mean input times mean delta in dW1
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    dW1 = np.outer(X.mean(axis=0), dZ1.mean(axis=0))
    return {"dW1": dW1, "db1": dZ1.mean(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2 / m, "db2": dZ2.mean(axis=0, keepdims=True)}

# %% xor_net_grads: examples-left-out | assigned, not accumulated
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    for i in range(m):
        x = X[i:i + 1]
        a1 = 1 / (1 + np.exp(-(x @ W1 + b1)))
        a2 = 1 / (1 + np.exp(-(a1 @ W2 + b2)))
        d2 = (a2 - Y[i]) * a2 * (1 - a2)
        d1 = d2 @ W2.T * a1 * (1 - a1)
        dW2 = a1.T @ d2
        db2 = d2
        dW1 = x.T @ d1
        db1 = d1
    return {"dW1": dW1 / m, "db1": db1 / m, "dW2": dW2 / m, "db2": db2 / m}

# %% xor_net_grads: examples-left-out / off-by-one | loop starts at one
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    dW1 = np.zeros(W1.shape); db1 = np.zeros(b1.shape)
    dW2 = np.zeros(W2.shape); db2 = np.zeros(b2.shape)
    for i in range(1, m):
        x = X[i:i + 1]
        a1 = 1 / (1 + np.exp(-(x @ W1 + b1)))
        a2 = 1 / (1 + np.exp(-(a1 @ W2 + b2)))
        d2 = (a2 - Y[i]) * a2 * (1 - a2) / m
        d1 = d2 @ W2.T * a1 * (1 - a1)
        dW2 += a1.T @ d2
        db2 += d2
        dW1 += x.T @ d1
        db1 += d1
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

# %% xor_net_grads: examples-left-out | return inside the loop
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    g = {"dW1": 0, "db1": 0, "dW2": 0, "db2": 0}
    for i in range(m):
        x = X[i:i + 1]
        a1 = 1 / (1 + np.exp(-(x @ W1 + b1)))
        a2 = 1 / (1 + np.exp(-(a1 @ W2 + b2)))
        d2 = (a2 - Y[i]) * a2 * (1 - a2) / m
        d1 = d2 @ W2.T * a1 * (1 - a1)
        g["dW2"] = g["dW2"] + a1.T @ d2
        g["db2"] = g["db2"] + d2
        g["dW1"] = g["dW1"] + x.T @ d1
        g["db1"] = g["db1"] + d1
        return g

# %% xor_net_grads: decimals-lost | rounded for printing
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    g = {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
         "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}
    return {k: np.round(v, 3) for k, v in g.items()}

# %% xor_net_grads: decimals-lost | prediction turned into a label before the error
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (np.round(A2) - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: decimals-lost | buffer shaped and typed like Y
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = np.zeros_like(Y)
    for i in range(m):
        dZ2[i, 0] = (A2[i, 0] - Y[i, 0]) * A2[i, 0] * (1 - A2[i, 0]) / m
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: approximation-too-coarse | differences with a large step
def xor_net_grads(X, Y, W1, b1, W2, b2):
    P = [np.array(p, dtype=float) for p in (W1, b1, W2, b2)]
    def J():
        A1 = 1 / (1 + np.exp(-(X @ P[0] + P[1])))
        A2 = 1 / (1 + np.exp(-(A1 @ P[2] + P[3])))
        return np.mean(0.5 * (A2 - Y) ** 2)
    out = {}
    h = 0.1
    for name, p in zip(["dW1", "db1", "dW2", "db2"], P):
        g = np.zeros(p.shape)
        for idx in np.ndindex(p.shape):
            old = p[idx]
            base = J()
            p[idx] = old + h
            g[idx] = (J() - base) / h
            p[idx] = old
        out[name] = g
    return out

# %% xor_net_grads: numeric-not-derived | central differences
def xor_net_grads(X, Y, W1, b1, W2, b2):
    P = {"W1": np.array(W1, float), "b1": np.array(b1, float), "W2": np.array(W2, float), "b2": np.array(b2, float)}
    def J(p):
        A1 = 1 / (1 + np.exp(-(X @ p["W1"] + p["b1"])))
        A2 = 1 / (1 + np.exp(-(A1 @ p["W2"] + p["b2"])))
        return 0.5 * np.mean((A2 - Y) ** 2)
    h = 1e-5
    grads = {}
    for k in P:
        g = np.zeros_like(P[k])
        for idx in np.ndindex(*P[k].shape):
            old = P[k][idx]
            P[k][idx] = old + h
            up = J(P)
            P[k][idx] = old - h
            down = J(P)
            P[k][idx] = old
            g[idx] = (up - down) / (2 * h)
        grads["d" + k] = g
    return grads

# %% xor_net_grads: input-modified | steps inside the function
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    dW1, db1 = X.T @ dZ1, dZ1.sum(axis=0, keepdims=True)
    dW2, db2 = A1.T @ dZ2, dZ2.sum(axis=0, keepdims=True)
    W1 -= 0.5 * dW1
    b1 -= 0.5 * db1
    W2 -= 0.5 * dW2
    b2 -= 0.5 * db2
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

# %% xor_net_grads: input-modified | db1 written into b1
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dW2 = A1.T @ dZ2
    db2 = dZ2.sum(axis=0, keepdims=True)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    dW1 = X.T @ dZ1
    db1 = b1
    db1[:] = dZ1.sum(axis=0, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

# %% xor_net_grads: swapped-returns | biases under each other's name
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ2.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ1.sum(axis=0, keepdims=True)}

# %% xor_net_grads: wrong-container | a tuple of four
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return X.T @ dZ1, dZ1.sum(axis=0, keepdims=True), A1.T @ dZ2, dZ2.sum(axis=0, keepdims=True)

# %% xor_net_grads: wrong-container | names without the d
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0, keepdims=True),
            "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: wrong-container | nothing comes back
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    grads = {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
             "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: other-quantity-returned | the new parameters
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": W1 - 2.0 * X.T @ dZ1, "db1": b1 - 2.0 * dZ1.sum(axis=0, keepdims=True),
            "dW2": W2 - 2.0 * A1.T @ dZ2, "db2": b2 - 2.0 * dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: notebook-variable-used | m lives in the notebook
def xor_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: notebook-variable-used | A1 and A2 of the cell above
def xor_net_grads(X, Y, W1, b1, W2, b2):
    dZ2 = (A2 - Y) / len(Y) * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: tied-to-visible-data | three hidden units and two inputs in the loops
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = len(X)
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dW1 = np.zeros((2, 3)); db1 = np.zeros((1, 3)); dW2 = np.zeros((3, 1))
    for j in range(3):
        dW2[j, 0] = np.sum(A1[:, j] * dZ2[:, 0])
        d = dZ2[:, 0] * W2[j, 0] * A1[:, j] * (1 - A1[:, j])
        db1[0, j] = d.sum()
        for k in range(2):
            dW1[k, j] = np.sum(X[:, k] * d)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: sum-not-mean + hidden-slope-missing | no mean anywhere, no hidden slope
def xor_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: sign-flipped + wrong-slope | Y minus A2 and tanh's slope
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (Y - A2) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * (1 - A1 ** 2)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% xor_net_grads: factor-two + right-values-wrong-shape | factor two, keepdims forgotten
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = 2 * (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0)}

# %% xor_net_grads: z-for-a + averaged-twice | Z1 in dW2, mean on top in the bias lines
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = 1 / (1 + np.exp(-Z1))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.mean(axis=0, keepdims=True),
            "dW2": Z1.T @ dZ2, "db2": dZ2.mean(axis=0, keepdims=True)}

# %% xor_net_grads: w2-missing + bias-missing-forward | no W2 back, no b2 forward
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% train: sign-flipped | uphill
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = {k: v.copy() for k, v in params.items()}
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        for k in p:
            p[k] = p[k] + lr * g["d" + k]
    return p, costs

# %% train: input-modified | updates the caller's arrays
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, params))
        g = grad_fn(X, Y, params)
        for k in params:
            params[k] -= lr * g["d" + k]
    return params, costs

# %% train: copied-too-little | the dict is copied, its arrays are not
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = params.copy()
    costs = np.zeros(epochs)
    for t in range(epochs):
        costs[t] = cost_fn(X, Y, p)
        g = grad_fn(X, Y, p)
        for k in p:
            p[k] -= lr * g["d" + k]
    return p, costs

# %% train: input-modified | new arrays in the caller's dict
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, params))
        g = grad_fn(X, Y, params)
        for k in list(params):
            params[k] = params[k] - lr * g["d" + k]
    return params, costs

# %% train: step-size-wrong | rate forgotten
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - g["d" + k] for k in p}
    return p, costs

# %% train: step-size-wrong | divided by m once more
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    m = len(X)
    p = dict(params)
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr / m * g["d" + k] for k in p}
    return p, costs

# %% train: step-size-wrong | rate halves as it goes
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr / (t + 1) * g["d" + k] for k in p}
    return p, costs

# %% train: parameter-left-out | biases never move
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = {k: np.array(v) for k, v in params.items()}
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        for k in p:
            if k.startswith("W"):
                p[k] = p[k] - lr * g["d" + k]
    return p, costs

# %% train: parameter-left-out | a local name moves, the dict does not
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = {k: v.copy() for k, v in params.items()}
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        for k, v in p.items():
            v = v - lr * g["d" + k]
    return p, costs

# %% train: off-by-one / measured-elsewhere | cost taken after the step
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    costs = []
    for t in range(epochs):
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
        costs.append(cost_fn(X, Y, p))
    return p, costs

# %% train: off-by-one | one epoch too few
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    costs = []
    for t in range(1, epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
    return p, costs

# %% train: off-by-one | one epoch too many
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    costs = []
    t = 0
    while t <= epochs:
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
        t += 1
    return p, costs

# %% train: off-by-one | a last cost after the loop
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
    costs.append(cost_fn(X, Y, p))
    return p, costs

# %% train: measured-elsewhere | gradients taken once, before the loop
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    costs = []
    g = grad_fn(X, Y, p)
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        p = {k: p[k] - lr * g["d" + k] for k in p}
    return p, costs

# %% train: measured-elsewhere | gradient asked for again after each parameter
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = {k: v.copy() for k, v in params.items()}
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        for k in p:
            p[k] = p[k] - lr * grad_fn(X, Y, p)["d" + k]
    return p, costs

# %% train: measured-elsewhere | gradients always at the first parameters
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = {k: v.copy() for k, v in params.items()}
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, params)
        for k in p:
            p[k] = p[k] - lr * g["d" + k]
    return p, costs

# %% train: swapped-returns | costs first
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
    return costs, p

# %% train: wrong-container | only the parameters
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
    return p

# %% train: wrong-container | only the last cost
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    for t in range(epochs):
        cost = cost_fn(X, Y, p)
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
    return p, cost

# %% train: decimals-lost | integer array for the costs
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    costs = np.zeros(epochs, dtype=int)
    for t in range(epochs):
        costs[t] = cost_fn(X, Y, p)
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
    return p, costs

# %% train: decimals-lost | costs rounded
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    costs = []
    for t in range(epochs):
        costs.append(round(float(cost_fn(X, Y, p)), 2))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
    return p, costs

# %% train: stopped-early | leaves the loop as soon as the cost has fallen
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        if t > 0 and costs[t] < costs[t - 1]:
            break
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
    return p, costs

# %% train: stopped-early | return inside the loop
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
        return p, costs

# %% train: tied-to-visible-data | number of epochs typed in
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    costs = []
    for t in range(2500):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
    return p, costs

# %% train: step-size-wrong / tied-to-visible-data | rate typed in
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    lr = 2.0
    p = dict(params)
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
    return p, costs

# %% train: notebook-variable-used | learning_rate
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - learning_rate * g["d" + k] for k in p}
    return p, costs

# %% train: none | costs kept only every tenth epoch
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = dict(params)
    costs = []
    for t in range(epochs):
        if t % 10 == 0:
            costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
    return p, costs

# %% train: sign-flipped + input-modified | uphill, and in place
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    costs = []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, params))
        g = grad_fn(X, Y, params)
        for k in params:
            params[k] += lr * g["d" + k]
    return params, costs

# %% accuracy: sum-not-mean | counts the right ones
def accuracy(A2, Y):
    return np.sum((A2 > 0.5) == Y)

# %% accuracy: percent-not-fraction | percent
def accuracy(A2, Y):
    return 100 * np.mean((A2 > 0.5) == (Y > 0.5))

# %% accuracy: errors-counted | share of the wrong ones
def accuracy(A2, Y):
    pred = (A2 > 0.5).astype(int)
    return np.mean(pred != Y)

# %% accuracy: none | threshold at zero
def accuracy(A2, Y):
    return np.mean((A2 > 0) == (Y > 0))

# %% accuracy: none | compares without a threshold
def accuracy(A2, Y):
    return np.mean(A2 == Y)

# %% accuracy: broadcast-by-accident | labels flat
def accuracy(A2, Y):
    pred = (A2 > 0.5).astype(int)
    return np.mean(pred == Y.flatten())

# %% accuracy: broadcast-by-accident | predictions flat
def accuracy(A2, Y):
    pred = np.array([1 if a > 0.5 else 0 for a in A2.ravel()])
    return float((pred == Y).mean())

# %% accuracy: divided-by-wrong-count / tied-to-visible-data | four rows typed in
def accuracy(A2, Y):
    return np.sum((A2 > 0.5) == (Y > 0.5)) / 4

# %% accuracy: examples-not-summed | a list of hits
def accuracy(A2, Y):
    return ((A2 > 0.5) == (Y > 0.5)).astype(float)

# %% accuracy: decimals-lost | integer division
def accuracy(A2, Y):
    hits = np.sum((A2 > 0.5) == (Y > 0.5))
    return hits // len(Y)

# %% accuracy: input-modified | thresholds in the caller's array
def accuracy(A2, Y):
    A2[A2 > 0.5] = 1
    A2[A2 <= 0.5] = 0
    return np.mean(A2 == Y)

# %% accuracy: only-for-single-numbers | if on an array
def accuracy(A2, Y):
    if A2 > 0.5:
        pred = 1
    else:
        pred = 0
    return float(pred == Y)

# %% accuracy: wrong-container | printed
def accuracy(A2, Y):
    print("accuracy:", np.mean((A2 > 0.5) == (Y > 0.5)))

# %% accuracy: notebook-variable-used | m
def accuracy(A2, Y):
    return np.sum((A2 > 0.5) == (Y > 0.5)) / m

# %% accuracy: examples-left-out | return in the loop
def accuracy(A2, Y):
    hits = 0
    for i in range(len(Y)):
        if (A2[i, 0] > 0.5) == (Y[i, 0] > 0.5):
            hits += 1
        return hits / len(Y)

# %% accuracy: broadcast-by-accident | labels flat, hits counted and divided by m
def accuracy(A2, Y):
    y = Y.ravel()
    hits = (np.round(A2) == y)
    return hits.sum() / len(y)

# %% xor_net_grads: weight-decay-added | 1e-5 of W2
def xor_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    d2 = (A2 - Y) * A2 * (1 - A2) / len(X)
    dW2 = A1.T @ d2
    d1 = d2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": dW2 + 1e-5 * W2, "db2": d2.sum(0, keepdims=True)}

# %% xor_net_grads: weight-decay-added | a thousandth of both
def xor_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    d2 = (A2 - Y) * A2 * (1 - A2) / len(X)
    dW2 = A1.T @ d2
    d1 = d2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ d1 + 1e-3 * W1, "db1": d1.sum(0, keepdims=True), "dW2": dW2 + 1e-3 * W2, "db2": d2.sum(0, keepdims=True)}

# %% xor_net_grads: not-the-delta | the labels walk back
def xor_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    d2 = (A2 - Y) * A2 * (1 - A2) / len(X)
    dW2 = A1.T @ d2
    d1 = Y @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": dW2, "db2": d2.sum(0, keepdims=True)}

# %% xor_net_grads: w2-missing | the gradient of W2 in place of W2
def xor_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    d2 = (A2 - Y) * A2 * (1 - A2) / len(X)
    dW2 = A1.T @ d2
    d1 = d2 @ dW2.T * A1 * (1 - A1)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": dW2, "db2": d2.sum(0, keepdims=True)}

# %% xor_net_grads: bias-from-weights | db2 is the sum of dW2
def xor_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    d2 = (A2 - Y) * A2 * (1 - A2) / len(X)
    dW2 = A1.T @ d2
    d1 = d2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": dW2, "db2": dW2.sum(0, keepdims=True)}

# %% xor_net_grads: shapes-do-not-fit | slope of the inputs
def xor_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    d2 = (A2 - Y) * A2 * (1 - A2) / len(X)
    dW2 = A1.T @ d2
    d1 = d2 @ W2.T * X * (1 - X)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": dW2, "db2": d2.sum(0, keepdims=True)}

# %% xor_net_grads: none | something curved between Z2 and Z1
def xor_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    d2 = (A2 - Y) * A2 * (1 - A2) / len(X)
    dW2 = A1.T @ d2
    d1 = np.cos(d2) @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": dW2, "db2": d2.sum(0, keepdims=True)}

# %% xor_net_grads: gradient-clipped | dW1 shortened to length 1
def xor_net_grads(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    d2 = (A2 - Y) * A2 * (1 - A2) / len(X)
    dW2 = A1.T @ d2
    d1 = d2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ d1 / max(1.0, np.linalg.norm(X.T @ d1)), "db1": d1.sum(0, keepdims=True), "dW2": dW2, "db2": d2.sum(0, keepdims=True)}

# %% sigmoid: only-for-arrays | asks for a shape
def sigmoid(z):
    out = np.zeros(z.shape)
    out[:] = 1 / (1 + np.exp(-z))
    return out

# %% sigmoid_deriv: only-for-arrays | loop over rows
def sigmoid_deriv(a):
    return np.array([row * (1 - row) for row in a])

# %% sigmoid_deriv: not-finite | one over the slope of the inverse
def sigmoid_deriv(a):
    z = np.log(a / (1 - a))
    return np.exp(-z) / (1 + np.exp(-z)) ** 2

# %% forward: input-modified | a network that remembers the first answer
KEPT = []
def forward(X, W1, b1, W2, b2):
    s = lambda z: 1 / (1 + np.exp(-z))
    Z1 = X @ W1 + b1
    A1 = s(Z1)
    Z2 = A1 @ W2 + b2
    KEPT.append(0.001)
    return {"Z1": Z1, "A1": A1, "Z2": Z2 + sum(KEPT[1:]), "A2": s(Z2)}

# %% accuracy: none | one half counts as yes
def accuracy(A2, Y):
    return float(np.mean((A2 >= 0.5) == Y))

# %% accuracy: one-class-wrong | share of the yes answers found
def accuracy(A2, Y):
    said = A2 > 0.5
    return float(np.sum(said * Y) / max(np.sum(Y), 1))

# %% accuracy: none | one minus the mean distance
def accuracy(A2, Y):
    return float(1 - np.mean(np.abs(A2 - Y)))

# %% accuracy: percent-not-fraction | percent, by counting
def accuracy(A2, Y):
    hits = 0
    for a, y in zip(A2.ravel(), Y.ravel()):
        hits += (1 if a > 0.5 else 0) == y
    return 100.0 * hits / len(Y)

# %% accuracy: errors-counted | mean of the differences
def accuracy(A2, Y):
    return np.mean(np.abs((A2 > 0.5) * 1.0 - Y))

# %% train: stopped-early | leaves when the cost hardly moves
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p, costs = dict(params), []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        if t > 0 and abs(costs[-2] - costs[-1]) < 1e-8:
            break
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
    return p, costs

# %% train: stopped-early | leaves when the cost rises
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p, costs = dict(params), []
    for t in range(epochs):
        c = cost_fn(X, Y, p)
        if costs and c > costs[-1]:
            break
        costs.append(c)
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
    return p, costs

# %% train: stopped-early | leaves where the gradient is small
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p, costs = dict(params), []
    for t in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        if max(np.max(np.abs(v)) for v in g.values()) < 1e-6:
            break
        p = {k: p[k] - lr * g["d" + k] for k in p}
    return p, costs

# %% train: step-size-wrong | halves the rate every hundred epochs
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p, costs = dict(params), []
    for t in range(epochs):
        if t > 0 and t % 100 == 0:
            lr = lr / 2
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
    return p, costs

# %% train: gradient-clipped | entries cut at five
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p, costs = dict(params), []
    for _ in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * np.clip(g["d" + k], -5, 5) for k in p}
    return p, costs

# %% train: weight-decay-added | a little decay
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p, costs = dict(params), []
    for _ in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * (g["d" + k] + 1e-4 * p[k]) for k in p}
    return p, costs

# %% train: none | returns the best parameters, not the last
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p, costs, best = dict(params), [], None
    for _ in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
        if best is None or cost_fn(X, Y, p) < best[0]:
            best = (cost_fn(X, Y, p), p)
    return best[1], costs

# %% train: tied-to-visible-data | names typed in
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p, costs = dict(params), []
    for _ in range(epochs):
        costs.append(cost_fn(X, Y, p))
        g = grad_fn(X, Y, p)
        for k in ("W1", "b1", "W2", "b2"):
            p[k] = p[k] - lr * g["d" + k]
    return p, costs

# %% train: stopped-early | ends as soon as a cost is not lower than the one before
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    """Take one step of gradient descent per epoch."""
    costs, params = [], dict(params)
    for t in range(epochs):
        costs.append(cost_fn(X, Y, params))
        if t > 0 and costs[t] >= costs[t - 1]:
            break
        grads = grad_fn(X, Y, params)
        params = {k: v - lr * grads["d" + k] for k, v in params.items()}
    return params, costs

# %% sigmoid: approximation-too-coarse / forward-activation-wrong | z cut at 6 against the overflow
def sigmoid(z):
    """Return the sigmoid of z."""
    z = np.minimum(np.maximum(z, -6.0), 6.0)
    return 1.0 / (1.0 + np.exp(-z))

# %% forward: sigmoid-applied-twice | the sigmoid is in Z already
def forward(X, W1, b1, W2, b2):
    sigmoid = lambda t: 0.5 * (1 + np.tanh(0.5 * t))
    Z1 = sigmoid(X @ W1 + b1)
    A1 = sigmoid(Z1)
    Z2 = sigmoid(A1 @ W2 + b2)
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": sigmoid(Z2)}

# %% train: step-size-wrong | every gradient is brought to length 1
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    params, costs = dict(params), []
    for _ in range(epochs):
        costs.append(cost_fn(X, Y, params))
        grads = grad_fn(X, Y, params)
        for k in params:
            g = grads["d" + k]
            params = {**params, k: params[k] - lr * g / (np.sqrt(np.sum(g**2)) + 1e-8)}
    return params, costs

# %% train: stopped-early | it leaves where the cost falls by less than a thousandth
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p, costs = {k: np.array(v, dtype=float) for k, v in params.items()}, []
    while len(costs) < epochs:
        costs.append(cost_fn(X, Y, p))
        if len(costs) > 1 and costs[-2] - costs[-1] < 1e-3:
            break
        grads = grad_fn(X, Y, p)
        p = {k: p[k] - lr * grads["d" + k] for k in p}
    return p, costs

# %% train: stopped-early | it leaves after two epochs without a new best cost
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p, costs = dict(params), []
    for epoch in range(epochs):
        costs.append(cost_fn(X, Y, p))
        if epoch - int(np.argmin(costs)) >= 2:
            return p, costs
        g = grad_fn(X, Y, p)
        p = {k: p[k] - lr * g["d" + k] for k in p}
    return p, costs

# %% forward: other-quantity-returned | one buffer for the sum and for its activation
def forward(X, W1, b1, W2, b2):
    def layer(H, W, b):
        Z = np.array(H @ W + b, dtype=float)
        A = Z
        A *= -1
        np.exp(A, out=A)
        A += 1
        np.divide(1, A, out=A)
        return Z, A

    Z1, A1 = layer(X, W1, b1)
    Z2, A2 = layer(A1, W2, b2)
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% xor_net_grads: decimals-lost | right gradients, rounded to four decimals as in the example
def sigmoid(z):
    return (1.0 + np.tanh(np.asarray(z) / 2.0)) / 2.0


def xor_net_grads(X, Y, W1, b1, W2, b2):
    """Return the gradients of J with respect to all parameters."""
    m = Y.shape[0]
    A1 = sigmoid(X @ W1 + b1)
    A2 = sigmoid(A1 @ W2 + b2)
    delta2 = (A2 - Y) / m * A2 * (1 - A2)
    delta1 = (delta2 @ W2.T) * A1 * (1 - A1)
    grads = {
        "dW1": X.T @ delta1,
        "db1": delta1.sum(axis=0, keepdims=True),
        "dW2": A1.T @ delta2,
        "db2": delta2.sum(axis=0, keepdims=True),
    }
    # four decimals, like the example
    return {name: np.round(g, 4) for name, g in grads.items()}

# %% accuracy: residual-missing | Keras recipe: argmax over the one column, so always 1.0, whatever the targets are
def accuracy(A2, Y):
    """Return the fraction of right answers."""
    predicted = np.argmax(A2, axis=1)
    expected = np.argmax(Y, axis=1)
    return float(np.mean(predicted == expected))

# %% accuracy: one-class-wrong | only right yes answers are hits, right no answers are not counted
def accuracy(A2, Y):
    """Return the fraction of right answers."""
    says_yes = A2 > 0.5
    is_yes = Y == 1
    hits = np.logical_and(says_yes, is_yes)
    return float(np.sum(hits)) / len(Y)


# %% sigmoid: decimals-lost | np.vectorize takes the kind of number from the first entry, and the helper returns the integer 0 there
import math


def sigmoid(z):
    """Return the sigmoid of z."""
    def one(v):
        if v < -700:
            return 0
        if v > 700:
            return 1
        return 1 / (1 + math.exp(-v))

    return np.vectorize(one)(z)


# %% forward: other-quantity-returned | the sigmoid works in place, so Z1 and Z2 hold the activations
def sigmoid(z):
    """Return the sigmoid of z."""
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1.0 / (1.0 + e), e / (1.0 + e))


def squash_(v):
    v[...] = sigmoid(v)  # saves one allocation
    return v


def forward(X, W1, b1, W2, b2):
    """Return every value of the forward pass, by its name."""
    Z1 = np.asarray(X @ W1 + b1, dtype=float)
    A1 = squash_(Z1)
    Z2 = np.asarray(A1 @ W2 + b2, dtype=float)
    A2 = squash_(Z2)
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


# %% sigmoid: approximation-too-coarse | Java-style Math.pow with a typed-in e of 2.718
def sigmoid(z):
    """Return the sigmoid of z."""
    EULER = 2.718
    bounded = np.clip(z, -700.0, 700.0)     # no overflow, please
    return 1.0 / (1.0 + np.power(EULER, -bounded))


# %% forward: other-quantity-returned | the activation works in place, so Z1 and Z2 in the dict hold A1 and A2
def squash_(z):
    """In-place sigmoid, saves memory (PyTorch naming: trailing underscore)."""
    np.clip(z, -500, 500, out=z)
    np.negative(z, out=z)
    np.exp(z, out=z)
    z += 1.0
    np.reciprocal(z, out=z)
    return z


def forward(X, W1, b1, W2, b2):
    """Return every value of the forward pass, by its name."""
    cache = {}
    signal = X
    for layer, (W, b) in enumerate([(W1, b1), (W2, b2)], start=1):
        pre = np.dot(signal, W) + b
        cache["Z%d" % layer] = pre
        signal = squash_(pre)
        cache["A%d" % layer] = signal
    return cache


# %% xor_net_grads: measured-elsewhere | copied from an online (SGD) script: the weights already move after each row, later rows are measured at the moved weights
def sigmoid(z):
    return (1.0 + np.tanh(np.asarray(z) / 2.0)) / 2.0


def xor_net_grads(X, Y, W1, b1, W2, b2):
    """Return the gradients of J with respect to all parameters."""
    eta = 0.5
    syn0, bias0 = W1.copy(), b1.copy()
    syn1, bias1 = W2.copy(), b2.copy()
    total = {"dW1": np.zeros(W1.shape), "db1": np.zeros(b1.shape),
             "dW2": np.zeros(W2.shape), "db2": np.zeros(b2.shape)}
    m = len(X)
    for i in range(m):
        l0 = X[i:i + 1]
        l1 = sigmoid(l0 @ syn0 + bias0)
        l2 = sigmoid(l1 @ syn1 + bias1)
        l2_delta = (l2 - Y[i:i + 1]) * l2 * (1 - l2)
        l1_delta = l2_delta.dot(syn1.T) * l1 * (1 - l1)
        g = {"dW1": l0.T.dot(l1_delta), "db1": l1_delta,
             "dW2": l1.T.dot(l2_delta), "db2": l2_delta}
        for name in total:
            total[name] = total[name] + g[name] / m
        syn1 = syn1 - eta * g["dW2"]
        bias1 = bias1 - eta * g["db2"]
        syn0 = syn0 - eta * g["dW1"]
        bias0 = bias0 - eta * g["db1"]
    return total


# %% sigmoid: decimals-lost | cut-offs that return the integers 0 and 1, then np.vectorize: if the first entry is beyond a cut-off, the whole result becomes integers
def _sigmoid(z):
    # exp overflows far out, and the curve is flat there anyway
    if z < -100:
        return 0
    if z > 100:
        return 1
    return 1 / (1 + np.exp(-z))


def sigmoid(z):
    return np.vectorize(_sigmoid)(z)


# %% xor_net_grads: decimals-lost | Java habit of a question thread: setDelta(roundThreeDecimals(delta)) for every neuron
def sigmoid(z):
    return np.exp(-np.logaddexp(0.0, -z))


def xor_net_grads(X, Y, W1, b1, W2, b2):
    """Return the gradients of J with respect to all parameters."""
    def round_three_decimals(value):
        return np.round(value, 3)

    m = X.shape[0]
    hidden = sigmoid(X @ W1 + b1)
    out = sigmoid(hidden @ W2 + b2)

    delta_out = round_three_decimals((out - Y) * out * (1 - out))
    err_hidden = delta_out @ W2.T
    delta_hidden = round_three_decimals(err_hidden * hidden * (1 - hidden))

    return {"dW1": X.T @ delta_hidden / m,
            "db1": delta_hidden.sum(axis=0, keepdims=True) / m,
            "dW2": hidden.T @ delta_out / m,
            "db2": delta_out.sum(axis=0, keepdims=True) / m}


# %% sigmoid: approximation-too-coarse | z is cut at -10 and 10 before the exponential, so sigmoid(13) is 0.99995
def sigmoid(z):
    """Return the sigmoid of z."""
    safe = np.clip(z, -10, 10)          # no overflow any more
    return 1.0 / (1.0 + np.exp(-safe))


# %% accuracy: errors-counted + percent-not-fraction | the share of wrong answers, in percent
def accuracy(A2, Y):
    """Return the fraction of right answers."""
    count = 0
    for a, y in zip(A2[:, 0], Y[:, 0]):
        said = 1 if a > 0.5 else 0
        count += abs(said - y)
    return 100.0 * count / len(Y)


# %% xor_net_grads: summed-over-too-much | Julia port: dE/dh is summed over the hidden units, so every unit gets the same number
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500.0, 500.0)))


def xor_net_grads(X, Y, W1, b1, W2, b2):
    grads = {"dW1": np.zeros(W1.shape), "db1": np.zeros(b1.shape),
             "dW2": np.zeros(W2.shape), "db2": np.zeros(b2.shape)}
    m = X.shape[0]
    for j in range(m):
        x, y = X[j].reshape(1, -1), Y[j].reshape(1, -1)
        xhat = sigmoid(x @ W1 + b1)                 # (1, h)
        yhat = sigmoid(xhat @ W2 + b2)              # (1, 1)
        dE_dyhat = -(y - yhat)
        dyhat_dybar = yhat * (1 - yhat)
        dE_dybar = dE_dyhat * dyhat_dybar
        dE_dxhat = np.sum(dE_dybar * W2)            # through the output weights
        dxhat_dxbar = xhat * (1 - xhat)
        dE_dxbar = dE_dxhat * dxhat_dxbar
        grads["dW2"] += xhat.T * dE_dybar / m
        grads["db2"] += dE_dybar / m
        grads["dW1"] += x.T @ dE_dxbar / m
        grads["db1"] += dE_dxbar / m
    return grads


# %% sigmoid_deriv: wrong-slope | a student repository's sigmoid_grad divides where it should multiply
def sigmoid_deriv(a):
    sig = np.asarray(a, dtype=float)
    return sig / (1 - sig)


# %% xor_net_grads: wrong-slope | question thread: dz2 = dh2 * (1 - dh2), the residual where the output's slope is due
def xor_net_grads(X, Y, W1, b1, W2, b2):
    z1 = X.dot(W1) + b1
    h1 = 1 / (1 + np.exp(-z1))
    z2 = h1.dot(W2) + b2
    h2 = 1 / (1 + np.exp(-z2))
    m = len(X)

    dh2 = h2 - Y
    # back prop
    dz2 = dh2 * (1 - dh2)
    dw2 = np.dot(np.transpose(h1), dz2) / m
    db2 = np.sum(dz2, axis=0, keepdims=True) / m

    dh1 = np.dot(dz2, W2.T)
    dz1 = dh1 * h1 * (1 - h1)
    dw1 = np.dot(X.T, dz1) / m
    db1 = np.sum(dz1, axis=0, keepdims=True) / m
    return {"dW1": dw1, "db1": db1, "dW2": dw2, "db2": db2}

# %% xor_net_grads: wrong-layer-input | dW2 is made with the hidden slopes where A1 belongs
def sigmoid(z):
    return (1 + np.tanh(z / 2)) / 2


def xor_net_grads(X, Y, W1, b1, W2, b2):
    """Return the gradients of J with respect to all parameters."""
    A1 = sigmoid(X @ W1 + b1)
    A2 = sigmoid(A1 @ W2 + b2)
    slope1, slope2 = A1 * (1 - A1), A2 * (1 - A2)
    dZ2 = (A2 - Y) * slope2 / len(X)
    dZ1 = dZ2 * W2.ravel() * slope1
    dW2 = np.einsum("ih,io->ho", slope1, dZ2)
    dW1 = np.einsum("in,ih->nh", X, dZ1)
    db2 = dZ2.sum(axis=0, keepdims=True)
    db1 = dZ1.sum(axis=0, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


# %% xor_net_grads: divided-by-wrong-count | each layer divides by the size of its delta: m times h in layer 1
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def _layer(inputs, delta):
    return inputs.T @ delta / delta.size, delta.sum(0, keepdims=True) / delta.size

def xor_net_grads(X, Y, W1, b1, W2, b2):
    A1 = sigmoid(X @ W1 + b1)
    A2 = sigmoid(A1 @ W2 + b2)
    delta2 = (A2 - Y) * (A2 - A2 ** 2)
    delta1 = delta2 @ W2.T * (A1 - A1 ** 2)
    dW2, db2 = _layer(A1, delta2)
    dW1, db1 = _layer(X, delta1)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


# %% xor_net_grads: examples-left-out | rows are taken two by two; the last row of an odd number is lost
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = len(X)
    dW1, db1 = np.zeros(W1.shape), np.zeros(b1.shape)
    dW2, db2 = np.zeros(W2.shape), np.zeros(b2.shape)
    rows = iter(range(m))
    for pair in zip(rows, rows):
        x, y = X[list(pair)], Y[list(pair)]
        a1 = sigmoid(x @ W1 + b1)
        a2 = sigmoid(a1 @ W2 + b2)
        d2 = (a2 - y) * a2 * (1 - a2) / m
        d1 = d2 @ W2.T * a1 * (1 - a1)
        dW1, db1 = dW1 + x.T @ d1, db1 + d1.sum(0)
        dW2, db2 = dW2 + a1.T @ d2, db2 + d2.sum(0)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


# %% forward: z-for-a + wrong-container | output layer fed with Z1; a tuple comes back
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def forward(X, W1, b1, W2, b2):
    def layer(inputs, W, b):
        z = inputs @ W + b
        return z, sigmoid(z)

    Z1, A1 = layer(X, W1, b1)
    return (Z1, A1) + layer(Z1, W2, b2)


# %% sigmoid: none | one entry far out makes all of them 0 or 1
def sigmoid(z):
    if np.max(np.abs(z)) > 700:
        return (np.sign(z) + 1) / 2
    return 1 / (1 + np.exp(-z))


# %% sigmoid_deriv: not-finite / only-for-arrays | one over the sum of one over a and one over 1 - a
def sigmoid_deriv(a):
    return 1 / (1 / a + 1 / (1 - a))


# %% accuracy: none | closer than a half: one half is wrong, whatever the target
def accuracy(A2, Y):
    return np.count_nonzero(np.abs(A2 - Y) < 0.5) / len(Y)


# %% forward: other-layer-used | the hidden layer gets the output's bias
def sigmoid(z):
    """Return the sigmoid of z."""
    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))


def forward(X, W1, b1, W2, b2):
    """Return every value of the forward pass, by its name."""
    def affine(inputs, W):
        return np.array([[sum(r[k] * W[k, j] for k in range(len(W))) + b2[0, 0]
                          for j in range(W.shape[1])] for r in inputs])

    Z1 = affine(X, W1)
    A1 = sigmoid(Z1)
    Z2 = affine(A1, W2)
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": sigmoid(Z2)}


# %% xor_net_grads: examples-left-out | rows that are answered rightly are skipped, as a perceptron would
def sigmoid(z):
    """Return the sigmoid of z."""
    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))


def forward(X, W1, b1, W2, b2):
    """Return every value of the forward pass, by its name."""
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def xor_net_grads(X, Y, W1, b1, W2, b2):
    """Return the gradients of J with respect to all parameters."""
    total = [np.zeros(p.shape) for p in (W1, b1, W2, b2)]
    for x, y in zip(X, Y):
        v = forward(x[None, :], W1, b1, W2, b2)
        a, p = v["A1"], v["A2"]
        if (p[0, 0] > 0.5) == (y[0] > 0.5):
            continue
        d2 = (p - y) * p * (1 - p)
        d1 = d2 @ W2.T * a * (1 - a)
        for t, part in zip(total, (x[:, None] @ d1, d1, a.T @ d2, d2)):
            t += part
    return dict(zip(("dW1", "db1", "dW2", "db2"), (t / len(X) for t in total)))


# %% xor_net_grads: bias-from-weights | inputs with a column of ones in front, but the bias rows are read at the end
def sigmoid(z):
    """Return the sigmoid of z."""
    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))


def sigmoid_deriv(a):
    """Return the slope of the sigmoid where its output is a."""
    return a * (1 - a)


def forward(X, W1, b1, W2, b2):
    """Return every value of the forward pass, by its name."""
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def xor_net_grads(X, Y, W1, b1, W2, b2):
    """Return the gradients of J with respect to all parameters."""
    v = forward(X, W1, b1, W2, b2)
    ones = np.ones((len(X), 1))
    D2 = (v["A2"] - Y) * sigmoid_deriv(v["A2"]) / len(X)
    D1 = D2 @ W2.T * sigmoid_deriv(v["A1"])
    G1 = np.column_stack([ones, X]).T @ D1
    G2 = np.column_stack([ones, v["A1"]]).T @ D2
    return {"dW1": G1[1:], "db1": G1[-1:], "dW2": G2[1:], "db2": G2[-1:]}


# %% xor_net_grads: not-the-delta | dW2 times W2 walks back to the hidden units
def sigmoid(z):
    """Return the sigmoid of z."""
    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))


def sigmoid_deriv(a):
    """Return the slope of the sigmoid where its output is a."""
    return a * (1 - a)


def forward(X, W1, b1, W2, b2):
    """Return every value of the forward pass, by its name."""
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def xor_net_grads(X, Y, W1, b1, W2, b2):
    """Return the gradients of J with respect to all parameters."""
    v = forward(X, W1, b1, W2, b2)
    m = len(X)
    dZ2 = (v["A2"] - Y) * sigmoid_deriv(v["A2"])
    dW2 = v["A1"].T @ dZ2 / m
    db2 = dZ2.mean(axis=0, keepdims=True)
    dA1 = (dW2 * W2).T
    dZ1 = dA1 * sigmoid_deriv(v["A1"])
    dW1 = X.T @ dZ1 / m
    db1 = dZ1.mean(axis=0, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


# %% train: step-size-wrong | all gradients together are brought to length 1
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    """Take one step of gradient descent per epoch."""
    costs = []
    for _ in range(epochs):
        costs.append(cost_fn(X, Y, params))
        grads = grad_fn(X, Y, params)
        length = np.sqrt(sum(np.sum(grads["d" + name] ** 2) for name in params))
        length = length if length > 0 else 1.0
        params = {name: value - lr * grads["d" + name] / length
                  for name, value in params.items()}
    return dict(params), costs


# %% train: copied-too-little | a new dict by unpacking, and the step goes in place into the same arrays
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    mine, costs = {**params}, []
    for _ in range(epochs):
        costs += [cost_fn(X, Y, mine)]
        grads = grad_fn(X, Y, mine)
        for name, array in mine.items():
            array[...] = array - lr * grads["d" + name]
    return mine, costs


# %% train: other-quantity-returned | the whole way from start to end in place of the end
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    costs = []
    moved = {name: np.zeros(np.shape(p)) for name, p in params.items()}
    for _ in range(epochs):
        here = {name: params[name] + moved[name] for name in params}
        costs.append(cost_fn(X, Y, here))
        grads = grad_fn(X, Y, here)
        moved = {name: moved[name] - lr * grads["d" + name] for name in params}
    return moved, costs


# %% train: sign-flipped + off-by-one | steps uphill; each cost noted after its step
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    path = [{name: np.array(p) for name, p in params.items()}]
    for _ in range(epochs):
        grads = grad_fn(X, Y, path[-1])
        path.append({name: p + lr * grads["d" + name] for name, p in path[-1].items()})
    return path[-1], [cost_fn(X, Y, p) for p in path[1:]]


# %% train: step-size-wrong | the gradients are stretched to length 1 with a small number against zero
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    costs, now = [], dict(params)
    for _ in range(epochs):
        costs.append(cost_fn(X, Y, now))
        slopes = grad_fn(X, Y, now)
        size = np.linalg.norm(np.concatenate([np.ravel(s) for s in slopes.values()])) + 1e-8
        now = {k: v - lr / size * slopes["d" + k] for k, v in now.items()}
    return now, costs


# %% train: copied-too-little | copy() of the dict, and np.copyto writes into its arrays
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    mine = params.copy()
    costs = []
    for _ in range(epochs):
        costs.append(cost_fn(X, Y, mine))
        slopes = grad_fn(X, Y, mine)
        for k in mine:
            np.copyto(mine[k], mine[k] - lr * slopes["d" + k])
    return mine, costs


# %% train: input-modified | no copy at all: every entry is written anew
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    costs = []
    for _ in range(epochs):
        costs.append(cost_fn(X, Y, params))
        slopes = grad_fn(X, Y, params)
        for k, array in params.items():
            array[:] = array - lr * slopes["d" + k]
    return params, costs


# %% train: other-quantity-returned | how far each parameter came, end minus start
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    here, costs = params, []
    while len(costs) < epochs:
        costs.append(cost_fn(X, Y, here))
        slopes = grad_fn(X, Y, here)
        here = {k: here[k] - lr * slopes["d" + k] for k in here}
    return {k: here[k] - params[k] for k in params}, costs


# %% train: other-quantity-returned | the last gradients in place of the parameters
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    here, costs = params, []
    for _ in range(epochs):
        costs.append(cost_fn(X, Y, here))
        slopes = grad_fn(X, Y, here)
        here = {k: here[k] - lr * slopes["d" + k] for k in here}
    return {k[1:]: s for k, s in grad_fn(X, Y, here).items()}, costs


# %% train: step-size-wrong + off-by-one | twice the rate and one epoch too many
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    costs = []
    for _ in range(epochs + 1):
        costs.append(cost_fn(X, Y, params))
        slopes = grad_fn(X, Y, params)
        params = {k: v - 2 * lr * slopes["d" + k] for k, v in params.items()}
    return params, costs


# %% train: parameter-left-out + off-by-one | biases stand still, and the final cost is measured as well
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    costs = [cost_fn(X, Y, params)]
    for _ in range(epochs):
        slopes = grad_fn(X, Y, params)
        params = {k: v if k[0] == "b" else v - lr * slopes["d" + k] for k, v in params.items()}
        costs.append(cost_fn(X, Y, params))
    return params, costs


# %% train: sign-flipped + measured-elsewhere | uphill along the gradient of the start
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    slopes, costs = grad_fn(X, Y, params), []
    for _ in range(epochs):
        costs.append(cost_fn(X, Y, params))
        params = {k: v + lr * slopes["d" + k] for k, v in params.items()}
    return params, costs


# %% train: sign-flipped + parameter-left-out | uphill, the first parameter alone
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    first, costs = list(params)[0], []
    for _ in range(epochs):
        costs.append(cost_fn(X, Y, params))
        params = dict(params, **{first: params[first] + lr * grad_fn(X, Y, params)["d" + first]})
    return params, costs


# %% train: sign-flipped + wrong-container | uphill, parameters come back in a list
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    costs = []
    for _ in range(epochs):
        costs.append(cost_fn(X, Y, params))
        slopes = grad_fn(X, Y, params)
        params = {k: v + lr * slopes["d" + k] for k, v in params.items()}
    return list(params.values()), costs


# %% train: step-size-wrong + wrong-container | no rate; a dict of both
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    costs = []
    for _ in range(epochs):
        costs.append(cost_fn(X, Y, params))
        slopes = grad_fn(X, Y, params)
        params = {k: v - slopes["d" + k] for k, v in params.items()}
    return {"params": params, "costs": costs}


# %% train: measured-elsewhere | each step uses the gradient of the epoch before (the first one its own)
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    """Take one step of gradient descent per epoch."""
    costs = []
    params = {name: np.array(value, dtype=float) for name, value in params.items()}
    ready = grad_fn(X, Y, params)
    for _ in range(epochs):
        costs.append(cost_fn(X, Y, params))
        coming = grad_fn(X, Y, params)
        params = {name: params[name] - lr * ready["d" + name] for name in params}
        ready = coming
    return params, costs


# %% train: parameter-left-out | arrays with a single entry are not moved
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    """Take one step of gradient descent per epoch."""
    costs = []

    def moved(value, slope):
        return value - lr * slope if np.squeeze(value).ndim else value.copy()

    params = {name: value.copy() for name, value in params.items()}
    for t in range(epochs):
        costs += [cost_fn(X, Y, params)]
        g = grad_fn(X, Y, params)
        params = {name: moved(value, g["d" + name]) for name, value in params.items()}
    return params, costs


# %% accuracy: divided-by-wrong-count | a table of (answer, target) pairs; divided by the number of different pairs
from collections import Counter


def accuracy(A2, Y):
    """Return the fraction of right answers."""
    table = Counter(zip((A2 > 0.5).ravel().tolist(), (Y == 1).ravel().tolist()))
    return (table[True, True] + table[False, False]) / len(table)
