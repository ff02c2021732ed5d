"""Nudges every weight of the chain instead of deriving, and draws from a generator of its own."""

EXPECTED = {"chain_grads": ("numeric", 0), "init_weights": ("wrong", 0)}


# %% chain_grads
def chain_grads(x, y, ws, bs):
    def loss(ws, bs):
        return (chain_forward(x, ws, bs)[-1] - y) ** 2 / 2

    nudges = 1e-4 * np.eye(len(ws))
    dws = np.array([(loss(ws + n, bs) - loss(ws - n, bs)) / 2e-4 for n in nudges])
    dbs = np.array([(loss(ws, bs + n) - loss(ws, bs - n)) / 2e-4 for n in nudges])
    return dws, dbs


# %% init_weights
def init_weights(widths, rng):
    rng = np.random.default_rng(0)
    return [rng.normal(0, np.sqrt(2 / n), (n, k)) for n, k in zip(widths, widths[1:])]
