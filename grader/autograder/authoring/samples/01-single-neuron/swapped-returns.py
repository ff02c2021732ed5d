"""Returns (db, dw) where (dw, db) is asked for."""

EXPECTED = {"neuron_sample_grads": ("wrong", 0)}


# %% neuron_sample_grads
def neuron_sample_grads(x, y, w, b):
    delta = dL_da(forward(x, w, b), y)
    return delta * dz_db(x, w, b), delta * dz_dw(x, w, b)
