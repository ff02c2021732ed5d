"""The notebook that an instructor and formgrader see: what was graded, with its outputs and its points."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import compute_checksum, is_grade, is_solution

from autograder.grading.verdict import Verdict


def write_in(found: Verdict, notebook: NotebookNode) -> Mapping[str, float]:
    """Write a verdict into its notebook: every cell's outputs, every tests cell's points. Return the points.

    Raises ValueError where the verdict says nothing about an exercise.
    """
    notebook.metadata["verdict"] = {"key": found.key, "status": found.status, "reason": found.reason}
    points = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [nbformat.from_dict(output) for output in found.outputs.get(cell.id, ())]
        if is_grade(cell):
            points[cell.metadata.nbgrader.grade_id] = _score(cell, found)
    return points


def unanswered_cells(notebook: NotebookNode) -> frozenset[str]:
    """Return the names of the solution cells that are still as they were released."""
    graded = ((cell, cell.metadata.get("nbgrader", {})) for cell in notebook.cells if is_solution(cell))
    return frozenset(mine["grade_id"] for cell, mine in graded if mine.get("checksum") == compute_checksum(cell))


def _score(cell: NotebookNode, found: Verdict) -> float:
    """Write the only output of a tests cell, a float, where nbgrader looks for its points; return it."""
    name = cell.metadata.nbgrader.grade_id.removeprefix("test-")
    exercise = found.exercises.get(name)
    if not exercise and found.status == "graded":
        raise ValueError(f"the verdict on {found.student} says nothing about {name}")
    points = min(max(float(exercise.points if exercise else 0), 0.0), float(cell.metadata.nbgrader.points))
    data = {"text/plain": repr(points)}
    shown = dataclasses.asdict(exercise) if exercise else {}
    if shown.get("panel"):
        data["text/html"] = shown.pop("panel")
    output = {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": None}
    cell.outputs = [nbformat.from_dict(output)]  # not new_output, which validates each
    cell.metadata["verdict"] = shown
    return points
