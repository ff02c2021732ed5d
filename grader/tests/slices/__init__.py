"""Verdicts are the same whether everything runs or only what marks depend on."""
