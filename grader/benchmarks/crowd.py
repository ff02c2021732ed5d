"""A class of any size to measure with: every learner right in most exercises, and wrong or unusual in some."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat

from autograder.authoring.canonical import read_notebook
from autograder.authoring.sample_class import reference_solutions
from autograder.course import paths
from autograder.course.classroom import Classroom

ASSIGNMENT = "03-relu-network"
CHANGED = (0, 1, 1, 2, 3)
"""How many exercises a learner answers in a way of their own; drawn evenly."""
_ANSWERS = Path(__file__).parent.parent / "tests" / "answers"
_HEAD = re.compile(r"^# %% (\w+)(.*)$", re.MULTILINE)


def submissions(
    count: int, assignment: str = ASSIGNMENT, released: Path = paths.NOTEBOOKS
) -> Iterator[tuple[str, bytes]]:
    """Yield learner and file, the same for every run."""
    blank = read_notebook(paths.notebook_path(released, assignment))
    solved, answers = reference_solutions(assignment), _answers(assignment)
    for number in range(count):
        rng = random.Random(number)
        mine = solved | {name: rng.choice(answers[name]) for name in rng.sample(sorted(answers), rng.choice(CHANGED))}
        for cell in blank.cells:
            cell.source = mine.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
        yield f"learner-{number:06d}", nbformat.writes(blank).encode()


def hand_in(count: int, classroom: Classroom, assignment: str = ASSIGNMENT) -> None:
    """Fill the ``submitted`` folder of a class."""
    for student, raw in submissions(count, assignment):
        path = paths.notebook_path(classroom.submitted / student, assignment)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


def _answers(assignment: str) -> dict[str, list[str]]:
    """Return exercise -> collected answers, without those that only a limit of time ends."""
    found: dict[str, list[str]] = {}
    for kind in ("right", "wrong"):
        text = (_ANSWERS / kind / f"{assignment}.py").read_text(encoding="utf-8")
        _, *parts = _HEAD.split(text)
        for name, head, source in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            if "numeric" not in head:
                found.setdefault(name, []).append(source.strip() + "\n")
    return found
