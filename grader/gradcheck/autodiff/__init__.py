"""Forward computations as data, their derivatives, and the finite differences that are the truth."""
