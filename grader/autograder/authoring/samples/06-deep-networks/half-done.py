"""Stops at the break, and guesses the fate of one network wrongly."""

START = "stub"
EXPECTED = {
    "delta_back": ("not-attempted", 0),
    "deep_sigmoid_grads": ("not-attempted", 0),
    "fate": ("partial", 2),
    "init_weights": ("not-attempted", 0),
}


# %% chain_grads
def chain_grads(x, y, ws, bs):
    a = chain_forward(x, ws, bs)
    da, dws, dbs = a[-1] - y, [], []
    for w, a_in, a_out in zip(ws[::-1], a[-2::-1], a[:0:-1]):
        dz = da * a_out * (1 - a_out)
        dws.insert(0, dz * a_in)
        dbs.insert(0, dz)
        da = dz * w
    return np.array(dws), np.array(dbs)


# %% deep_forward
def deep_forward(X, Ws, bs):
    A = [X]
    for k in range(len(Ws)):
        A.append(sigmoid(A[k] @ Ws[k] + bs[k]))
    return A


# %% fate
fate = {"A": "holds", "B": "explodes", "C": "explodes"}
