"""Hands the notebook in as it came."""

START = "stub"
EXPECTED = {
    "unbroadcast": ("not-attempted", 0),
    "times_back": ("not-attempted", 0),
    "matmul_back": ("not-attempted", 0),
    "relu_back": ("not-attempted", 0),
    "exp_back": ("not-attempted", 0),
    "log_back": ("not-attempted", 0),
    "used_twice": ("not-attempted", 0),
    "walk_back": ("not-attempted", 0),
    "machine_grads": ("not-attempted", 0),
}
