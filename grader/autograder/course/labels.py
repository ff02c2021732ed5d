"""The words and colors for what can become of an exercise."""

from __future__ import annotations

from collections.abc import Mapping

from gradcheck.comparison import status

LABELS: Mapping[str, tuple[str, str]] = {
    **{str(name): label for name, label in status.LABELS.items()},
    "refused": ("!", "could not be read"),
}
"""Status -> a mark that needs no color, and words for learners that follow the exercise's name."""

COLORS = {"✓": "green", "◐": "yellow", "✗": "red", "–": "bright_black", "!": "magenta"}
