"""Predicts the signs of the way downhill instead of the gradient's."""

EXPECTED = {"predicted_signs": ("wrong", 0)}

# %% predicted_signs
predicted_signs = {"dw1": "-", "dw2": "+", "db": "+"}
