"""Grade a submission twice, with everything and with what marks depend on, and say what differs."""

from __future__ import annotations

import dataclasses
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.course import paths
from autograder.course.limits import Limits
from autograder.grading.pipeline import grade_submission
from autograder.grading.verdict import Verdict
from autograder.sandbox.engines import Engine
from autograder.submissions.intake import Refused
from autograder.submissions.rebuild import EXTRA

SECRET = b"a secret of the tests, not of a course"
TRIES = 3
SLOW = ("numeric", "timeout", "killed")
"""Where a limit of time decided, a machine under load may come to another of these."""


@dataclass(frozen=True)
class Comparison:
    """What came of one submission."""

    differences: tuple[str, ...]
    seconds_with_everything: float
    seconds: float


def compare(
    raw: bytes | Refused, assignment: str, engine: Engine, limits: Limits | None = None, student: str = "learner-01"
) -> Comparison:
    """Grade ``raw`` both ways; what differs has to differ each time, for some attacks win a race now and then."""
    release = paths.notebook_path(paths.NOTEBOOKS, assignment).read_bytes()
    found = seconds = ()
    for _ in range(TRIES):
        verdicts, times = [], []
        for run_all in (True, False):
            started = time.monotonic()
            graded = grade_submission(
                raw,
                assignment=assignment,
                student=student,
                release=release,
                secret=SECRET,
                engine=engine,
                limits=limits or Limits(),
                run_all=run_all,
            )
            verdicts.append(graded.verdict)
            times.append(time.monotonic() - started)
        seconds = seconds or tuple(times)
        found = tuple(differences(*verdicts))
        if not found:
            break
    return Comparison(found, *seconds)


def differences(everything: Verdict, needed: Verdict) -> list[str]:
    """Return a sentence for each part of two verdicts that differs, times and outputs of our own cells apart."""
    found = [
        f"{name}: {getattr(everything, name)!r} and {getattr(needed, name)!r}"
        for name in ("status", "reason", "points", "max_points")
        if getattr(everything, name) != getattr(needed, name)
    ]
    if everything.exercises.keys() != needed.exercises.keys():
        found.append("other exercises")
        return found
    for name, first in everything.exercises.items():
        second = needed.exercises[name]
        if first.status in SLOW and second.status in SLOW and first.points == second.points:
            continue
        pairs = zip(dataclasses.asdict(first).items(), dataclasses.asdict(second).values(), strict=True)
        found += [f"{name}, {field}: {a!r} and {b!r}" for (field, a), b in pairs if field != "seconds" and a != b]
    cells = everything.outputs.keys() | needed.outputs.keys()
    theirs = sorted(cell for cell in cells if cell in everything.exercises or cell.startswith(EXTRA))
    shown = [[_said(verdict.outputs.get(cell, ())) for cell in theirs] for verdict in (everything, needed)]
    return found + [f"output of {cell}" for cell, a, b in zip(theirs, *shown, strict=True) if a != b]


def _said(outputs: Sequence[Mapping[str, Any]]) -> str:
    """Return the outputs of a cell without addresses, and without warnings: Python shows each where it arises first."""
    return re.sub(r"0x[0-9a-f]+", "0x", repr([output for output in outputs if output.get("name") != "stderr"]))
