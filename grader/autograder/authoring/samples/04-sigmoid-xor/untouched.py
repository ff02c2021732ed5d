"""Hands the notebook in as it came."""

START = "stub"
EXPECTED = {
    "sigmoid": ("not-attempted", 0),
    "sigmoid_deriv": ("not-attempted", 0),
    "one_neuron": ("not-attempted", 0),
    "forward": ("not-attempted", 0),
    "xor_net_grads": ("not-attempted", 0),
    "train": ("not-attempted", 0),
    "accuracy": ("not-attempted", 0),
    "solved_seeds": ("not-attempted", 0),
}
