"""Returns the gradients in the order in which they come out."""

EXPECTED = {"deep_sigmoid_grads": ("wrong", 0)}


# %% deep_sigmoid_grads
def deep_sigmoid_grads(X, Y, Ws, bs):
    A = deep_forward(X, Ws, bs)
    dZ, out = (A[-1] - Y) / len(X) * A[-1] * (1 - A[-1]), []
    for k in reversed(range(len(Ws))):
        out.append(A[k].T @ dZ)
        if k > 0:
            dZ = delta_back(dZ, Ws[k], A[k])
    return out
