"""Hands the notebook in as it came."""

START = "stub"
EXPECTED = {
    "sigmoid": ("not-attempted", 0),
    "sigmoid_deriv": ("not-attempted", 0),
    "one_neuron_best": ("not-attempted", 0),
    "forward": ("not-attempted", 0),
    "xor_net_grads": ("not-attempted", 0),
    "train": ("not-attempted", 0),
    "accuracy": ("not-attempted", 0),
    "success_rate": ("not-attempted", 0),
}
