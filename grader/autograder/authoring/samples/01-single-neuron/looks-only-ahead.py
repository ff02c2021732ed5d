"""Measures slopes with one step ahead only, and with the wrong distance."""

import numpy as np

EXPECTED = {"numeric_grad": ("wrong", 0)}


# %% numeric_grad
def numeric_grad(f, p, h=1e-4):
    grad = np.zeros(p.shape)
    for i in np.ndindex(p.shape):
        ahead = p.astype(float)
        ahead[i] += h
        grad[i] = (f(ahead) - f(p)) / (2 * h)
    return grad
