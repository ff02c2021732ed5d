"""What grading one submission came to, as a file that is written whole or not at all."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy

from autograder.intake import Refused
from autograder.limits import Limits

STUDENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
"""Learners' ids: also names of folders and files."""
_ASSIGNMENT = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_HERE = Path(__file__).parent
_JUDGE = (
    *("suite", "pool", "intake", "rebuild", "reply", "process", "session", "watch"),
    *("sandbox", "launch", "room", "container", "bubblewrap", "forkserver", "seccomp", "grading", "verdict"),
)


@dataclass(frozen=True)
class Verdict:
    """Points, reasons and what a learner's cells printed."""

    assignment: str
    student: str
    points: float
    max_points: float
    status: str
    """graded or refused."""
    key: str
    """Hash of everything that went in; the same key is the same verdict."""
    engine: str
    reason: str = ""
    """Why it was refused."""
    exercises: Mapping[str, dict] = field(default_factory=dict)
    """Name of the exercise -> its finding, with the panel for the feedback."""
    outputs: Mapping[str, list[dict]] = field(default_factory=dict)
    """Cell id of the rebuilt notebook -> its outputs."""

    def brief(self) -> Verdict:
        """Return the verdict without what only pages show, so that a run can keep it for everybody."""
        kept = ("points", "max_points", "status", "remarks")
        exercises = {name: {word: e[word] for word in kept if word in e} for name, e in self.exercises.items()}
        return dataclasses.replace(self, exercises=exercises, outputs={})

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict as JSON holds it."""
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, content: dict[str, Any]) -> Verdict:
        """Return the verdict that ``content`` holds; TypeError where it is none."""
        return cls(**content)


def key(
    raw: bytes | Refused, *, assignment: str, student: str, release: bytes, secret: bytes, engine: str, limits: Limits
) -> str:
    """Return the hash of everything that a verdict depends on, the judge's own source text included."""
    whole = hashlib.sha256()
    submitted = b"refused:" + raw.reason.encode() if isinstance(raw, Refused) else b"bytes:" + raw
    settings = json.dumps([assignment, student, engine, dataclasses.asdict(limits)]).encode()
    for part in (submitted, settings, release, secret, _source().encode()):
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()


def edition() -> str:
    """Return what this installation's verdicts depend on beside their inputs: the judge's source, Python and numpy."""
    return f"{_source()} python {sys.version_info.major}.{sys.version_info.minor} numpy {numpy.__version__}"


@functools.cache
def _source() -> str:
    """Return the hash of the files that decide about a verdict; this process has loaded them as they are now."""
    files = [_HERE / f"{name}.py" for name in _JUDGE]
    files += sorted((_HERE / "inside").rglob("*.py")) + sorted((_HERE.parent / "gradcheck").rglob("*.py"))
    parts = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.is_file()]
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def path(verdicts: Path, assignment: str, student: str) -> Path:
    """Return the file of one verdict; ValueError for names that could lead elsewhere."""
    if not STUDENT.fullmatch(student) or not _ASSIGNMENT.fullmatch(assignment):
        raise ValueError(f"{assignment!r} of {student!r} cannot be the name of a file")
    return verdicts / assignment / f"{student}.json"


def write(verdict: Verdict, verdicts: Path) -> Path:
    """Write a verdict so that a reader sees the old file or the new one, never a part."""
    target = path(verdicts, verdict.assignment, verdict.student)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{verdict.student}.tmp")  # what a killed run leaves, the next one takes
    with draft.open("w", encoding="utf-8") as file:
        json.dump(verdict.as_dict(), file, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
    return target


def read(file: Path) -> Verdict | None:
    """Return a verdict, or None where there is none that can be read (it is then made again)."""
    try:
        return Verdict.from_dict(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
