"""The words for the status of an exercise."""

from __future__ import annotations

LABELS = {
    "right": ("✓", "right"),
    "carried": ("✓", "right, but for an earlier mistake"),
    "partial": ("◐", "partly right"),
    "wrong": ("✗", "not right yet"),
    "numeric": ("✗", "found by trying, not derived"),
    "not-attempted": ("–", "not attempted"),
    "error": ("!", "stopped with an error"),
    "timeout": ("!", "took too long"),
    "killed": ("!", "was stopped"),
    "refused": ("!", "could not be read"),
}
"""Status -> a mark that needs no color, and words for learners."""

COLORS = {"✓": "green", "◐": "yellow", "✗": "red", "–": "bright_black", "!": "magenta"}
