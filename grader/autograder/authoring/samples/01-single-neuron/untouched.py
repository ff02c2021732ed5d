"""Hands the notebook in as it came."""

START = "stub"
EXPECTED = {
    "forward": ("not-attempted", 0),
    "loss": ("not-attempted", 0),
    "dL_da": ("not-attempted", 0),
    "dz_dw": ("not-attempted", 0),
    "dz_db": ("not-attempted", 0),
    "neuron_sample_grads": ("not-attempted", 0),
    "predicted_signs": ("not-attempted", 0),
    "numeric_grad": ("not-attempted", 0),
}
