"""Walks every path by itself, and derives the network as in chapter 3."""

EXPECTED = {}


# %% used_twice
used_twice = 17


# %% walk_back
def walk_back(tape, back):
    grads = [np.zeros(np.shape(value)) for value, _, _ in tape]

    def visit(k, G):
        grads[k] = grads[k] + G
        _, operation, inputs = tape[k]
        if inputs:
            values = [tape[i][0] for i in inputs]
            for i, part in zip(inputs, back[operation](G, *values)):
                visit(i, part)

    visit(len(tape) - 1, 1.0)
    return grads


# %% machine_grads
def machine_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    dZ2 = (A1 @ W2 + b2 - Y) / len(X)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": np.sum(dZ2, axis=0, keepdims=True)}
