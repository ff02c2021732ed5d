"""Writes every sum as a loop over plain numbers."""

import numpy as np

EXPECTED = {}


# %% forward
def forward(x, w, b):
    a = b
    for j in range(len(x)):
        a += w[j] * x[j]
    return a


# %% dz_dw
def dz_dw(x, w, b):
    return np.array([float(x_j) for x_j in x])


# %% neuron_sample_grads
def neuron_sample_grads(x, y, w, b):
    error = forward(x, w, b) - y
    dw = np.zeros(len(w))
    for j in range(len(w)):
        dw[j] = error * x[j]
    return dw, error


# %% numeric_grad
def numeric_grad(f, p, h=1e-4):
    flat = [float(entry) for entry in p.ravel()]
    slopes = []
    for j in range(len(flat)):
        values = []
        for step in (h, -h):
            moved = list(flat)
            moved[j] += step
            values.append(f(np.array(moved).reshape(p.shape)))
        slopes.append((values[0] - values[1]) / (2 * h))
    return np.array(slopes).reshape(p.shape)
