"""Chapters whose marks were given back and stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from autograder.course.whole_file import write_whole


def read_frozen(classroom: Path) -> frozenset[str]:
    """Return the assignments of a class that are frozen."""
    path = classroom / "frozen"
    return frozenset(path.read_text(encoding="utf-8").split()) if path.is_file() else frozenset()


def write_frozen(assignments: Iterable[str], classroom: Path) -> None:
    """Write which assignments are frozen."""
    write_whole(classroom / "frozen", "".join(f"{name}\n" for name in sorted(assignments)))


def require_thawed(classroom: Path, assignment: str, failure: Callable[[str], Exception] = ValueError) -> None:
    """Raise ``failure`` where an assignment is frozen."""
    if assignment in read_frozen(classroom):
        raise failure(
            f"{assignment} is frozen: its marks were given back. To change them: course freeze --undo {assignment}"
        )
