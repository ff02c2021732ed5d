"""Hands G to both factors of a product, as a sum would."""

EXPECTED = {
    "times_back": ("wrong", 0),
    "machine_grads": ("carried", 5),
}


# %% times_back
def times_back(G, A, B):
    return unbroadcast(G, np.shape(A)), unbroadcast(G, np.shape(B))
