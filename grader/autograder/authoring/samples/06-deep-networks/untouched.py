"""Hands the notebook in as it came."""

START = "stub"
EXPECTED = {
    "chain_grads": ("not-attempted", 0),
    "deep_forward": ("not-attempted", 0),
    "delta_back": ("not-attempted", 0),
    "deep_sigmoid_grads": ("not-attempted", 0),
    "fate": ("not-attempted", 0),
    "init_weights": ("not-attempted", 0),
}
