"""Likes einsum, np.dot and one-liners; nothing calls the earlier functions."""

import numpy as np

EXPECTED = {}


# %% forward
def forward(x, w, b):
    return np.einsum("j,j->", x, w) + b


# %% loss
def loss(a, y):
    return 0.5 * np.square(np.subtract(a, y))


# %% dL_da
def dL_da(a, y):
    return -(y - a)


# %% dz_dw
def dz_dw(x, w, b):
    return np.array(x, dtype=float)


# %% neuron_sample_grads
def neuron_sample_grads(x, y, w, b):
    delta = np.dot(x, w) + b - y
    return np.multiply(delta, x), delta * 1


# %% numeric_grad
def numeric_grad(f, p, h=1e-4):
    steps = h * np.eye(p.size).reshape(p.size, *p.shape)
    return np.array([(f(p + s) - f(p - s)) / (2 * h) for s in steps]).reshape(p.shape)
