"""Nudges every parameter of the network in place of walking back."""

EXPECTED = {"machine_grads": ("numeric", 0)}


# %% machine_grads
def machine_grads(X, Y, W1, b1, W2, b2):
    params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

    def J(p):
        A2 = np.maximum(0, X @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]
        return np.mean((A2 - Y) ** 2) / 2

    grads = {}
    for name in params:
        grad = np.zeros(params[name].shape)
        for i in np.ndindex(grad.shape):
            ahead, behind = params[name].astype(float), params[name].astype(float)
            ahead[i] += 1e-5
            behind[i] -= 1e-5
            grad[i] = (J({**params, name: ahead}) - J({**params, name: behind})) / 2e-5
        grads["d" + name] = grad
    return grads
