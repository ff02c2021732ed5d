"""Returns the gradients in the order in which they come out."""

EXPECTED = {
    "deep_sigmoid_grads": ("wrong", 0),
}


# %% deep_sigmoid_grads
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
