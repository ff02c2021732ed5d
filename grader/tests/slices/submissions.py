"""Submissions by which grading with and without a choice of cells is compared."""

from __future__ import annotations

from collections.abc import Iterator

import nbformat

from autograder.authoring.canonical import read_notebook
from autograder.authoring.sample_class import build_submission, reference_solutions, sample_answers
from autograder.course import paths
from tests.answers.collection import read

REFUSED = "refused"


def of_answers(assignment: str, kinds: tuple[str, ...] = ("right", "wrong")) -> Iterator[tuple[str, bytes]]:
    """Yield submissions that together hold every collected answer: the n-th has the n-th answer to each exercise."""
    for kind in kinds:
        answers: dict[str, list[str]] = {}
        for answer in read(kind):
            if answer.assignment == assignment:
                answers.setdefault(answer.exercise, []).append(answer.source)
        for number in range(max(map(len, answers.values()), default=0)):
            mine = {name: found[number] for name, found in answers.items() if number < len(found)}
            yield f"{kind}-{number}", filled(assignment, mine)


def of_samples(assignment: str) -> Iterator[tuple[str, bytes]]:
    """Yield what the sample class hands in."""
    for given in sample_answers(assignment):
        yield given.student, build_submission(assignment, given, paths.NOTEBOOKS)


def filled(assignment: str, answers: dict[str, str]) -> bytes:
    """Return the released notebook with these answers, and the reference solutions in all other cells."""
    notebook = read_notebook(paths.notebook_path(paths.NOTEBOOKS, assignment))
    given = reference_solutions(assignment) | answers
    for cell in notebook.cells:
        cell.source = given.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""), cell.source)
    return nbformat.writes(notebook).encode()
