"""Hands G on where a bias was stretched."""

EXPECTED = {
    "unbroadcast": ("wrong", 0),
    "times_back": ("carried", 5),
    "machine_grads": ("carried", 5),
}


# %% unbroadcast
def unbroadcast(G, shape):
    return G
