"""Never moves an entry back, so that the later ones are measured elsewhere and the caller's array has changed."""

import numpy as np

EXPECTED = {"numeric_grad": ("wrong", 0)}


# %% numeric_grad
def numeric_grad(f, p, h=1e-4):
    grad = np.zeros(p.shape)
    for i in np.ndindex(p.shape):
        p[i] += h
        ahead = f(p)
        p[i] -= 2 * h
        grad[i] = (ahead - f(p)) / (2 * h)
    return grad
