"""Returns the gradients of a matrix product in the wrong order."""

EXPECTED = {
    "matmul_back": ("wrong", 0),
    "machine_grads": ("carried", 5),
}


# %% matmul_back
def matmul_back(G, A, B):
    return A.T @ G, G @ B.T
