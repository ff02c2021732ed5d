"""Verdicts as files, each written whole or not at all.

What only the learner's page shows is most of a verdict. It stands in a file of its own, so that the report of a large
class need not read it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from autograder.course.names import ASSIGNMENT_ID, STUDENT_ID
from autograder.grading.verdict import Verdict


def verdict_path(verdicts: Path, assignment: str, student: str) -> Path:
    """Return the file of one verdict; ValueError for names that could lead elsewhere."""
    if not STUDENT_ID.fullmatch(student) or not ASSIGNMENT_ID.fullmatch(assignment):
        raise ValueError(f"{assignment!r} of {student!r} cannot be the name of a file")
    return verdicts / assignment / f"{student}.json"


def write_verdict(verdict: Verdict, verdicts: Path) -> Path:
    """Write a verdict so that a reader sees the old one or the new one, never a part."""
    target = verdict_path(verdicts, verdict.assignment, verdict.student)
    target.parent.mkdir(parents=True, exist_ok=True)
    content = verdict.as_dict()
    panels = {name: exercise.pop("panel") for name, exercise in content["exercises"].items()}
    _write(_shown(target), {"key": verdict.key, "outputs": content.pop("outputs"), "panels": panels})
    _write(target, content)  # last: the file without the other one, or with that of another key, is no verdict
    return target


def read_verdict(file: Path) -> Verdict | None:
    """Return a verdict, or None where there is none that can be read (it is then made again)."""
    try:
        content, shown = json.loads(file.read_bytes()), json.loads(_shown(file).read_bytes())
        if content["key"] != shown["key"] or content["exercises"].keys() != shown["panels"].keys():
            return None
        for name, panel in shown["panels"].items():
            content["exercises"][name]["panel"] = panel
        return Verdict.from_dict(content | {"outputs": shown["outputs"]})
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _shown(file: Path) -> Path:
    """Return where the outputs and panels of a verdict stand."""
    return file.with_suffix(".shown")


def _write(target: Path, content: dict[str, Any]) -> None:
    draft = target.with_name(f".{target.stem}.tmp")  # what a killed run leaves, the next one takes
    with draft.open("w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
