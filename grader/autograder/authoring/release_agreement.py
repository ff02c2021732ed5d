"""What a solution notebook, its declarations and its text say about the same thing has to agree before a release."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.authoring.exercise_cells import TO_DO
from autograder.course import paths
from gradcheck.chapters.registry import all_chapters

_NUMBER = re.compile(r"^## +[^\W\d]+ +(\d+)\b", re.MULTILINE)
_POINTS = re.compile(r"^\*\*(\d+(?:[.,]\d+)?) +[^\W\d]+", re.MULTILINE)
_LINK = re.compile(r"\]\(\.\./([\w-]+)/[^)]*\.ipynb[^)]*\)")
_TEST, _TEXT = "test-", "text-"


def require_agreement(assignment: str, solutions: Path = paths.SOLUTIONS) -> None:
    """Raise ValueError, with one sentence for each, where a chapter contradicts itself."""
    notebook = nbformat.read(paths.notebook_path(solutions, assignment), as_version=4)
    declared = all_chapters().get(assignment)
    points = {exercise.name: float(exercise.points) for exercise in declared.exercises} if declared else {}
    found = list(disagreements(notebook, points, paths.assignments(solutions)))
    if found:
        raise ValueError(f"{assignment} is not released: {'; '.join(found)}")


def disagreements(notebook: NotebookNode, declared: Mapping[str, float], chapters: tuple[str, ...]) -> Iterator[str]:
    """Yield what does not agree: names, points, numbers, links. ``declared`` is exercise -> points of the judge."""
    graded = [(cell, cell.metadata["nbgrader"]) for cell in notebook.cells if cell.metadata.get("nbgrader")]
    given = {
        said["grade_id"].removeprefix(_TEST): float(said.get("points", 0)) for _, said in graded if said.get("grade")
    }
    solved = {said["grade_id"] for _, said in graded if said.get("solution") and not said.get("grade")}
    for name in sorted(given.keys() | solved | declared.keys()):
        if name not in declared:
            yield f"{name} is in the notebook and not declared: it would fail for everybody"
        elif name not in given:
            yield f"{name} has no cell {_TEST}{name}"
        elif name not in solved:
            yield f"{name} has no solution cell"
        elif given[name] != declared[name]:
            yield f"{name} has {given[name]:g} points in the notebook and {declared[name]:g} in its declaration"
    texts = {said["grade_id"].removeprefix(_TEXT): cell.source for cell, said in graded if cell.cell_type == "markdown"}
    for cell, said in graded:
        if TO_DO in cell.source:
            yield f"the cell {said['grade_id']} still says {TO_DO}"
    yield from _texts(texts, given)
    yield from _numbers(texts)
    links = {link for cell in notebook.cells if cell.cell_type == "markdown" for link in _LINK.findall(cell.source)}
    for link in sorted(links - set(chapters)):
        yield f"it links to {link}, which this course does not have"


def _texts(texts: Mapping[str, str], given: Mapping[str, float]) -> Iterator[str]:
    for name, text in texts.items():
        found = _POINTS.search(text)
        said = float(found[1].replace(",", ".")) if found else None
        if name in given and said is not None and said != given[name]:
            yield f"the text of {name} says {said:g} points, and it has {given[name]:g}"


def _numbers(texts: Mapping[str, str]) -> Iterator[str]:
    numbers = [int(found[1]) for text in texts.values() if (found := _NUMBER.search(text))]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"its exercises are numbered {', '.join(map(str, numbers))}"
