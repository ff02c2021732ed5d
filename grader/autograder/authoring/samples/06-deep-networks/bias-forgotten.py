"""Forgets the bias on the way forward, which is charged once."""

EXPECTED = {"deep_forward": ("wrong", 0), "deep_sigmoid_grads": ("carried", 8)}


# %% deep_forward
def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(sigmoid(A[-1] @ W))
    return A
