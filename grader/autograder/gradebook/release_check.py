"""Check that an assignment was released to this class, and that nobody edited the released notebook."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import compute_checksum


class ReleaseError(Exception):
    """The released notebook cannot be graded against; the sentence says why and what to do."""


def checked_release(path: Path, assignment: str, gradebook: Gradebook) -> bytes:
    """Return the bytes of the released notebook at ``path``; ReleaseError if it is missing or was edited."""
    again = f"run: course release {assignment}"
    if not path.is_file() or not _is_released(assignment, gradebook):
        raise ReleaseError(f"{assignment} has not been released to this class; {again}")
    raw = path.read_bytes()
    for cell in nbformat.reads(raw.decode(), as_version=4).cells:
        graded = cell.metadata.get("nbgrader")
        if graded and graded.get("checksum") != compute_checksum(cell):
            raise ReleaseError(f"{path} has been edited (cell {graded.grade_id}); {again}")
    return raw


def _is_released(assignment: str, gradebook: Gradebook) -> bool:
    try:
        return bool(gradebook.find_assignment(assignment).notebooks)
    except MissingEntry:
        return False
