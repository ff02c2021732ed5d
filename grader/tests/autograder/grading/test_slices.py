"""A verdict is the same whether all cells run or only what marks depend on: `make test-slice` shows it for all."""

from __future__ import annotations

import dataclasses

import pytest

from autograder.authoring.canonical import read_notebook
from autograder.course import paths
from autograder.course.limits import Limits
from autograder.grading import pipeline
from autograder.grading.verdict import ExerciseVerdict, Verdict
from autograder.submissions.placement import place_submission
from autograder.submissions.rebuild import rebuild
from tests.slices.comparison import compare, differences
from tests.slices.submissions import filled, of_answers

QUICK = paths.assignments()[:3:2]
"""Chapters whose demonstrations take a fraction of a second."""


@pytest.mark.parametrize("assignment", QUICK)
def test_the_verdict_is_that_of_the_full_run(assignment, trust):
    _, raw = next(of_answers(assignment, ("wrong",)))
    assert compare(raw, assignment, trust).differences == ()


@pytest.mark.parametrize("assignment", paths.assignments())
def test_for_a_right_answer_most_demonstrations_are_left_out(assignment):
    blank = read_notebook(paths.notebook_path(paths.NOTEBOOKS, assignment))
    placement = place_submission(filled(assignment, {}), assignment, blank, Limits())
    notebook = rebuild(blank, placement)
    ours = [
        (cell.source, source)
        for cell, source in zip(notebook.cells, pipeline._needed(notebook), strict=True)
        if cell.cell_type == "code" and not cell.metadata.get("nbgrader")
    ]
    left_out = sum(len(whole.splitlines()) - len(kept.splitlines()) for whole, kept in ours)
    assert left_out > 0.5 * sum(len(whole.splitlines()) for whole, _ in ours)


def test_a_comparison_sees_what_differs():
    found = {"f": ExerciseVerdict(1.0, 1.0, "right")}
    said = {"f": [{"name": "stdout", "text": "1"}]}
    first = Verdict("01", "a", 1.0, 1.0, "graded", "", "trust", exercises=found, outputs=said)
    assert differences(first, first) == []
    for other in (
        {"points": 0.5},
        {"status": "refused"},
        {"exercises": {}},
        {"exercises": {"f": ExerciseVerdict(1.0, 1.0, "carried")}},
        {"outputs": {"f": [{"name": "stdout", "text": "2"}]}},
        {"outputs": {}},
        {"outputs": {"b": [{"name": "stdout", "text": "1"}]}},
    ):
        assert differences(first, dataclasses.replace(first, **other)), other
