"""A chapter that contradicts itself is not released, and what was released before stays."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.converters.base import NbGraderException
from traitlets.config import Config

from autograder.authoring import release
from autograder.authoring.release_agreement import disagreements, require_agreement
from autograder.course import paths
from gradcheck.chapters.registry import all_chapters

if TYPE_CHECKING:
    from tests.autograder.school import School

FIRST = "01-single-neuron"
POINTS = {one.name: float(one.points) for one in all_chapters()[FIRST].exercises}
SOURCE = nbformat.read(paths.notebook_path(paths.SOLUTIONS, FIRST), as_version=4)


def said(change: object = None, declared: dict | None = None, chapters: tuple = paths.assignments()) -> str:
    """Return what is said of chapter 1 after a change to its cells."""
    notebook = copy.deepcopy(SOURCE)
    if change:
        change({cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}, notebook)
    return "; ".join(disagreements(notebook, POINTS if declared is None else declared, chapters))


@pytest.mark.parametrize("assignment", paths.assignments())
def test_every_chapter_of_the_course_agrees_with_itself(assignment: str) -> None:
    require_agreement(assignment)


def test_points_that_differ_are_told_wherever_they_stand() -> None:
    def cell(cells: dict, _: NotebookNode) -> None:
        cells["test-loss"].metadata.nbgrader.points = 2

    def text(cells: dict, _: NotebookNode) -> None:
        cells["text-loss"].source = cells["text-loss"].source.replace("**1 point ·", "**2 Punkte ·")

    assert said(cell) == (
        "loss has 2 points in the notebook and 1 in its declaration; the text of loss says 1 points, and it has 2"
    )

    def translate(cells: dict, _: NotebookNode) -> None:
        cells["text-loss"].source = cells["text-loss"].source.replace("**1 point ·", "**1 Punkt ·")

    assert said(text) == "the text of loss says 2 points, and it has 1"
    assert said(translate) == ""
    assert said(declared=POINTS | {"loss": 3.0}) == "loss has 1 points in the notebook and 3 in its declaration"


def test_an_exercise_that_is_not_declared_or_not_there_is_told() -> None:
    def rename(cells: dict, _: NotebookNode) -> None:
        for kind in ("", "test-"):
            cells[f"{kind}loss"].metadata.nbgrader.grade_id = f"{kind}lost"

    assert "lost is in the notebook and not declared" in said(rename)
    assert "loss has no cell test-loss" in said(rename)


def test_numbers_twice_and_links_to_nowhere_are_told() -> None:
    def number(cells: dict, _: NotebookNode) -> None:
        cells["text-loss"].source = cells["text-loss"].source.replace("Exercise 2", "Aufgabe 3")

    assert said(number) == "its exercises are numbered 1, 3, 3, 4, 5, 6, 7, 8"
    assert said(chapters=(FIRST,)) == "it links to 02-cost-vs-loss, which this course does not have"


def test_a_chapter_that_contradicts_itself_is_not_released(
    empty_school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.authoring.release_agreement.all_chapters", dict)
    with pytest.raises(ValueError, match="is not released: .*is in the notebook and not declared"):
        empty_school.release(FIRST)
    assert not empty_school.released.exists()


def test_a_release_that_fails_leaves_what_learners_have(empty_school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    path = empty_school.release(FIRST)
    before = path.read_bytes()

    def fail(_: object, assignment: str, config: Config, **__: object) -> None:
        shutil.rmtree(paths.ROOT / config.CourseDirectory.release_directory / assignment, ignore_errors=True)
        raise NbGraderException("no space left")  # as nbgrader does: it deletes first

    monkeypatch.setattr(release, "run_converter", fail)
    with pytest.raises(NbGraderException):
        empty_school.release(FIRST)
    assert path.read_bytes() == before
    assert [p.name for p in Path(empty_school.released).iterdir()] == [FIRST]
