"""Multiplies the links without the cancellation: nan where a probability is exactly 0 or 1."""

EXPECTED = {"bce_out_delta": ("partial", 3), "softmax_delta": ("partial", 3)}


# %% bce_out_delta
def bce_out_delta(A2, Y):
    m = Y.shape[0]
    dA2 = -(Y / A2 - (1 - Y) / (1 - A2)) / m
    return dA2 * A2 * (1 - A2)


# %% softmax_delta
def softmax_delta(Z, Y):
    P = softmax(Z)
    dP = -Y / P / len(Z)
    return P * (dP - np.sum(dP * P, axis=1, keepdims=True))
