"""Finds the gradients by central differences."""

EXPECTED = {
    "relu_net_grads": ("numeric", 0),
}


# %% relu_net_grads
def relu_net_grads(X, Y, W1, b1, W2, b2):
    P = {"W1": W1 * 1.0, "b1": b1 * 1.0, "W2": W2 * 1.0, "b2": b2 * 1.0}

    def J():
        A1 = np.maximum(0, X @ P["W1"] + P["b1"])
        return np.mean((A1 @ P["W2"] + P["b2"] - Y) ** 2) / 2

    out = {}
    for k, v in P.items():
        g = np.zeros(v.shape)
        for i in np.ndindex(*v.shape):
            old = v[i]
            v[i] = old + 1e-6
            up = J()
            v[i] = old - 1e-6
            down = J()
            v[i] = old
            g[i] = (up - down) / 2e-6
        out["d" + k] = g
    return out
