"""Chapters of earlier editions that others replaced, and the sentence about an assignment that is not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.course import paths


@dataclass(frozen=True)
class Replaced:
    """A chapter that the course no longer has."""

    by: tuple[str, ...]
    """The assignments that took its place."""
    exercises: frozenset[str]
    """Its exercises, by which a notebook of it is known."""


REPLACED: Mapping[str, Replaced] = {
    "05-training-in-practice": Replaced(
        ("05-cross-entropy", "06-deep-networks", "07-training-in-practice"),
        frozenset(
            (
                *("bce_cost", "bce_out_delta", "bce_net_grads", "minibatches"),
                *("deep_sigmoid_grads", "early_stop", "best_rate"),
            )
        ),
    )
}


def say_replaced(assignment: str) -> str:
    """Say in one sentence by which chapters a chapter was replaced."""
    *first, last = REPLACED[assignment].by
    return f"{assignment} was replaced by {', '.join(first)} and {last}, and is no longer graded"


def replaced_in(folder: Path) -> list[str]:
    """Return the chapters of earlier editions that lie below the learners of a folder."""
    return [name for name in REPLACED if any(folder.glob(f"*/{name}"))]


def require_known(assignments: Iterable[str]) -> None:
    """Raise ValueError with one sentence if an assignment is none of the course's."""
    unknown = sorted(set(assignments) - set(paths.assignments()))
    if not unknown:
        return
    old = [say_replaced(name) for name in unknown if name in REPLACED]
    new = [name for name in unknown if name not in REPLACED]
    there = f"no assignment {', '.join(new)}; there are {', '.join(paths.assignments())}"
    raise ValueError("; ".join([*old, *([there] if new else [])]))
