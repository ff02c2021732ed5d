"""Judge single notebooks without a class: for those who have a system of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import nbformat

from autograder.course import limits, paths
from autograder.course.limits import MB, Limits
from autograder.course.replaced import require_known
from autograder.course.secret import course_secret
from autograder.grading.pipeline import grade_submission
from autograder.grading.verdict import Verdict
from autograder.sandbox.engines import ENGINES, Engine, choose_engine
from autograder.scheduling.batch import prepare_worker
from autograder.submissions.intake import Refused, parse_notebook

STUDENT = "somebody"
"""Whose fixtures are drawn: they depend on the bytes then, and on nothing else."""


def judge_files(
    files: Iterable[Path], assignment: str = "", engine: str = "", folder: Path | None = None
) -> Iterator[tuple[str, bool]]:
    """Yield one line of JSON for each notebook, and whether it holds a verdict.

    Nothing is written. The limits are those of the class in ``folder``, where there is one. Raises ValueError for an
    assignment that does not exist, EngineError where nothing can be graded on this machine.
    """
    require_known([assignment] if assignment else [])
    bounds = limits.load(folder / "limits.toml" if folder else None)
    name = engine or ENGINES[0]
    prepare_worker(name, bounds)
    chosen = choose_engine(name, paths.ROOT)
    for file in files:
        try:
            told = verdict_content(_judge(file, assignment, chosen, bounds))
        except (OSError, ValueError) as err:
            told = {"error": str(err)}
        yield json.dumps({"file": str(file), **told}), "error" not in told


def verdict_content(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as JSON holds it, without what only pages show."""
    content = verdict.as_dict()
    exercises = {
        name: {key: value for key, value in found.items() if key != "panel"}
        for name, found in content["exercises"].items()
    }
    return {key: value for key, value in content.items() if key not in ("outputs", "student")} | {
        "exercises": exercises
    }


def _judge(file: Path, assignment: str, engine: Engine, bounds: Limits) -> Verdict:
    raw = _read(file, bounds)
    name = assignment or find_assignment(file.name, raw, bounds)
    return grade_submission(
        raw,
        assignment=name,
        student=STUDENT,
        release=paths.notebook_path(paths.NOTEBOOKS, name).read_bytes(),
        secret=course_secret(),
        engine=engine,
        limits=bounds,
    ).verdict


def _read(file: Path, bounds: Limits) -> bytes | Refused:
    if not file.is_file():
        raise ValueError(f"there is no file {file}")
    if file.stat().st_size > bounds.file_bytes:
        return Refused(f"{file.name} is larger than {bounds.file_bytes // MB} MB. Clear its outputs and try again.")
    return file.read_bytes()


def find_assignment(name: str, raw: bytes | Refused, bounds: Limits) -> str:
    """Return the assignment that a file belongs to: by its name, else by the exercises that it holds.

    Raises ValueError where neither tells.
    """
    named = [assignment for assignment in paths.assignments() if assignment in name]
    if len(named) == 1:
        return named[0]
    taken = raw if isinstance(raw, Refused) else parse_notebook(raw, "the notebook", bounds)
    if not isinstance(taken, Refused):
        ids = {cell.grade_id for cell in taken.cells}
        shared = {assignment: len(ids & _grade_ids(assignment)) for assignment in paths.assignments()}
        best = max(shared.values(), default=0)
        found = [assignment for assignment, count in shared.items() if count == best]
        if best and len(found) == 1:
            return found[0]
    raise ValueError(f"{name} does not say which chapter it belongs to: give --assignment")


@cache
def _grade_ids(assignment: str) -> frozenset[str]:
    cells = nbformat.read(paths.notebook_path(paths.NOTEBOOKS, assignment), as_version=4).cells
    return frozenset(cell.metadata.nbgrader.grade_id for cell in cells if "nbgrader" in cell.metadata)
