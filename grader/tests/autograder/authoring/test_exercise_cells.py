"""Points stand in the declaration; tests cells and texts get theirs from there."""

from __future__ import annotations

import nbformat
import pytest

from autograder.authoring.canonical import read_notebook
from autograder.authoring.exercise_cells import TO_DO, add_cells, write_points
from autograder.authoring.release_agreement import disagreements
from autograder.course import paths
from gradcheck.chapters.registry import all_chapters

CHAPTERS = sorted(all_chapters())


def points_of(assignment: str) -> dict[str, float]:
    return {one.name: float(one.points) for one in all_chapters()[assignment].exercises}


@pytest.mark.parametrize("assignment", CHAPTERS)
def test_writing_the_points_that_are_there_changes_nothing(assignment: str) -> None:
    notebook = read_notebook(paths.notebook_path(paths.SOLUTIONS, assignment))
    before = nbformat.writes(notebook)
    write_points(notebook, points_of(assignment))
    assert nbformat.writes(notebook) == before


@pytest.mark.parametrize("worth", [1, 7, 2.5])
def test_points_that_were_changed_in_a_declaration_agree_everywhere_afterwards(worth: float) -> None:
    notebook = read_notebook(paths.notebook_path(paths.SOLUTIONS, CHAPTERS[0]))
    points = {**points_of(CHAPTERS[0]), "dL_da": worth}
    assert list(disagreements(notebook, points, paths.assignments()))
    write_points(notebook, points)
    assert not list(disagreements(notebook, points, paths.assignments()))


@pytest.mark.parametrize("assignment", CHAPTERS)
def test_every_kind_of_exercise_gets_cells_and_only_words_are_missing(assignment: str) -> None:
    for exercise in all_chapters()[assignment].exercises:
        notebook = read_notebook(paths.notebook_path(paths.SOLUTIONS, assignment))
        own = {f"text-{exercise.name}", exercise.name, f"test-{exercise.name}"}
        ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
        notebook.cells = [cell for cell, id in zip(notebook.cells, ids, strict=True) if id not in own]
        for cell in notebook.cells:
            cell.source = (
                cell.source.replace("## Exercise ", "## Part ") if cell.cell_type == "markdown" else cell.source
            )
        add_cells(notebook, assignment, exercise)
        told = list(disagreements(notebook, points_of(assignment), paths.assignments()))
        assert all(TO_DO in one or "numbered" in one for one in told), told
        assert any(TO_DO in one for one in told)


def test_an_exercise_that_is_not_there_cannot_be_the_one_before() -> None:
    notebook = read_notebook(paths.notebook_path(paths.SOLUTIONS, CHAPTERS[0]))
    with pytest.raises(ValueError, match="has no exercise nobody"):
        add_cells(notebook, CHAPTERS[0], all_chapters()[CHAPTERS[0]].exercises[0], "nobody")
