"""The preprocessors with which nbgrader books a verdict."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader import preprocessors
from nbgrader.api import BaseCell, Comment, Grade, Gradebook, SubmittedNotebook
from nbgrader.preprocessors import NbGraderPreprocessor, saveautogrades
from nbgrader.utils import is_grade

from autograder.grading.verdict import Verdict


class Execute(NbGraderPreprocessor):
    """Writes the verdict into the notebook, where nbgrader looks for marks; it executes nothing."""

    def preprocess(self, nb: NotebookNode, resources: Mapping[str, Any]) -> tuple[NotebookNode, Mapping[str, Any]]:
        """Give every cell the outputs that the verdict recorded, and every tests cell its points."""
        found: Verdict = resources["nbgrader"]["verdict"]
        nb.metadata["verdict"] = {"key": found.key, "status": found.status, "reason": found.reason}
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs = [nbformat.from_dict(output) for output in found.outputs.get(cell.id, ())]
            if is_grade(cell):
                _score(cell, found)
        return nb, resources


def _score(cell: NotebookNode, found: Verdict) -> None:
    """Write the only output of a tests cell, a float, which nbgrader takes as its points."""
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


class SaveAutoGrades(preprocessors.SaveAutoGrades):
    """nbgrader's own step, with one query for all rows of a notebook instead of one for each."""

    def preprocess(self, nb: NotebookNode, resources: Mapping[str, Any]) -> tuple[NotebookNode, Mapping[str, Any]]:
        """Write the scores and comments of a notebook."""
        names = resources["nbgrader"]
        with saveautogrades.Gradebook(names["db_url"]) as gradebook:
            notebook = gradebook.find_submission_notebook(names["notebook"], names["assignment"], names["student"])
            self.notebook_id, self.assignment_id, self.student_id = (
                names["notebook"],
                names["assignment"],
                names["student"],
            )
            self.gradebook = _Rows(gradebook, notebook)
            nb, resources = NbGraderPreprocessor.preprocess(self, nb, resources)
            gradebook.db.commit()
        return nb, resources


class _Rows:
    """The part of a gradebook that scoring uses; nothing is committed before the end of the notebook."""

    def __init__(self, gradebook: Gradebook, notebook: SubmittedNotebook) -> None:
        self._rows = {}
        for kind in (Grade, Comment):
            found = gradebook.db.query(BaseCell.name, kind).join(kind, kind.cell_id == BaseCell.id)
            self._rows[kind] = dict(found.filter(kind.notebook_id == notebook.id).all())
        self.db = SimpleNamespace(commit=lambda: None)

    def find_grade(self, name: str, *_: str) -> Grade:
        return self._rows[Grade][name]

    def find_comment(self, name: str, *_: str) -> Comment:
        return self._rows[Comment][name]


class Exporter(NotebookExporter):
    """Exports notebooks without validating or copying them after each step (jupyter/nbconvert#1663): they are ours."""

    def from_notebook_node(  # type: ignore[override]  # it returns text, as its own base class does
        self, nb: NotebookNode, resources: Mapping[str, Any] | None = None, **_: Any
    ) -> tuple[str, Mapping[str, Any]]:
        """Return the notebook as text after all steps."""
        resources = self._init_resources(resources)
        for step in self._preprocessors:
            nb, resources = step(nb, resources)
        return json.dumps(nb, ensure_ascii=False) + "\n", resources
