"""Hands the delta through as if every unit were open."""

EXPECTED = {
    "hidden_delta": ("wrong", 0),
    "relu_net_grads": ("carried", 5),
}


# %% hidden_delta
def hidden_delta(dZ2, W2, Z1):
    return dZ2 @ W2.T
