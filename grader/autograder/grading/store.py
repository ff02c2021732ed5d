"""Verdicts as files, each written whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

from autograder.course.names import ASSIGNMENT_ID, STUDENT_ID
from autograder.grading.verdict import Verdict


def verdict_path(verdicts: Path, assignment: str, student: str) -> Path:
    """Return the file of one verdict; ValueError for names that could lead elsewhere."""
    if not STUDENT_ID.fullmatch(student) or not ASSIGNMENT_ID.fullmatch(assignment):
        raise ValueError(f"{assignment!r} of {student!r} cannot be the name of a file")
    return verdicts / assignment / f"{student}.json"


def write_verdict(verdict: Verdict, verdicts: Path) -> Path:
    """Write a verdict so that a reader sees the old file or the new one, never a part."""
    target = verdict_path(verdicts, verdict.assignment, verdict.student)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{verdict.student}.tmp")  # what a killed run leaves, the next one takes
    with draft.open("w", encoding="utf-8") as file:
        json.dump(verdict.as_dict(), file, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
    return target


def read_verdict(file: Path) -> Verdict | None:
    """Return a verdict, or None where there is none that can be read (it is then made again)."""
    try:
        return Verdict.from_dict(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
