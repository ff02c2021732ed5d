"""Lets a little through where a ReLU is closed, and takes the input of exp for its slope."""

EXPECTED = {
    "relu_back": ("wrong", 0),
    "exp_back": ("wrong", 0),
    "machine_grads": ("carried", 5),
}


# %% relu_back
def relu_back(G, A):
    return G * np.where(np.asarray(A) > 0, 1.0, 0.01)


# %% exp_back
def exp_back(G, A):
    return G * A
