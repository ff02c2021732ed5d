"""What can become of an exercise and of one of its outputs, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Status(StrEnum):
    """What became of an exercise. The values are in recorded verdicts."""

    RIGHT = "right"
    CARRIED = "carried"
    """Right but for the mistake of an earlier exercise, which was charged there."""
    PARTIAL = "partial"
    WRONG = "wrong"
    NUMERIC = "numeric"
    """The numbers are right, but they come from differences and not from a backward pass."""
    NOT_ATTEMPTED = "not-attempted"
    ERROR = "error"
    TIMEOUT = "timeout"
    KILLED = "killed"


LABELS: Mapping[Status, tuple[str, str]] = {
    Status.RIGHT: ("✓", "is correct"),
    Status.CARRIED: ("✓", "is correct but for an earlier mistake"),
    Status.PARTIAL: ("◐", "is partly correct"),
    Status.WRONG: ("✗", "is not correct yet"),
    Status.NUMERIC: ("✗", "was found by trying, not derived"),
    Status.NOT_ATTEMPTED: ("–", "is still empty"),
    Status.ERROR: ("!", "stopped with an error"),
    Status.TIMEOUT: ("!", "took too long"),
    Status.KILLED: ("!", "was stopped"),
}
"""Status -> a mark that needs no color, and words for learners that follow the exercise's name."""


class Grade(StrEnum):
    """How one output was found."""

    RIGHT = "right"
    WRONG_SHAPE = "shape"
    """The right numbers in another shape."""
    TRANSPOSED = "transposed"
    WRONG = "wrong"
