"""Exercises that follow a rule and derive nothing: calls, trusted rule, known ways to miss it."""
