"""Gets as far as the gradients, and drops a dimension of the biases."""

START = "stub"
EXPECTED = {
    "train": ("not-attempted", 0),
    "accuracy": ("not-attempted", 0),
    "solved_seeds": ("not-attempted", 0),
    "one_neuron": ("not-attempted", 0),
    "xor_net_grads": ("partial", 6.75),
}


# %% sigmoid
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    out = np.empty_like(z)
    pos = z >= 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    e = np.exp(z[~pos])
    out[~pos] = e / (1 + e)
    return out


# %% sigmoid_deriv
def sigmoid_deriv(a):
    return a * (1 - a)


# %% forward
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = A1 @ W2 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


# %% xor_net_grads
def xor_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = (A2 - Y) / m * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0)}
