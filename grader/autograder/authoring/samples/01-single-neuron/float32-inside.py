"""Computes the gradient in float32."""

import numpy as np

EXPECTED = {}


# %% neuron_sample_grads
def neuron_sample_grads(x, y, w, b):
    x32, w32 = x.astype(np.float32), w.astype(np.float32)
    delta = np.float32(w32 @ x32 + np.float32(b) - np.float32(y))
    return delta * x32, delta
