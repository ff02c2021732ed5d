"""Writes the rules, and stops before the walk."""

START = "stub"
EXPECTED = {
    "log_back": ("wrong", 0),
    "used_twice": ("not-attempted", 0),
    "walk_back": ("not-attempted", 0),
    "machine_grads": ("not-attempted", 0),
}


# %% unbroadcast
def unbroadcast(G, shape):
    extra = np.ndim(G) - len(shape)
    G = np.sum(G, axis=tuple(range(extra)))
    ones = tuple(i for i in range(len(shape)) if shape[i] == 1)
    return np.sum(G, axis=ones, keepdims=True)


# %% times_back
def times_back(G, A, B):
    return unbroadcast(B * G, np.shape(A)), unbroadcast(A * G, np.shape(B))


# %% matmul_back
def matmul_back(G, A, B):
    return np.dot(G, np.transpose(B)), np.dot(np.transpose(A), G)


# %% relu_back
def relu_back(G, A):
    return G * np.where(np.asarray(A) > 0, 1, 0)


# %% exp_back
def exp_back(G, A):
    return np.exp(A) * G


# %% log_back
def log_back(G, A):
    return np.log(A) * G
