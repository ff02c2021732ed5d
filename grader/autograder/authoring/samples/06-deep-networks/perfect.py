"""Hands in the reference solutions."""

EXPECTED = {}
