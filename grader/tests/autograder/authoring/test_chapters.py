"""What the chapters say of each other is true."""

from __future__ import annotations

import re

import pytest

from autograder.authoring.canonical import read_notebook
from autograder.course import paths
from gradcheck.chapters.registry import all_chapters

ASSIGNMENTS = sorted(path.parent.name for path in paths.SOLUTIONS.glob("*/*.ipynb"))


def prose(assignment: str) -> str:
    cells = read_notebook(paths.notebook_path(paths.SOLUTIONS, assignment)).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def title(assignment: str) -> str:
    return re.search(r"^# (.*)$", prose(assignment), re.MULTILINE).group(1)


@pytest.mark.parametrize(("one", "next_one"), list(zip(ASSIGNMENTS, ASSIGNMENTS[1:], strict=False)))
def test_a_chapter_links_to_the_next_by_its_title(one: str, next_one: str) -> None:
    assert f"[{title(next_one)}](../{next_one}/{next_one}.ipynb)" in prose(one)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_points_in_the_text_are_those_of_the_declaration(assignment: str) -> None:
    cells = read_notebook(paths.notebook_path(paths.SOLUTIONS, assignment)).cells
    graded = {
        cell.metadata["nbgrader"]["grade_id"]: cell.metadata["nbgrader"]["points"]
        for cell in cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }
    declared = {f"test-{exercise.name}": exercise.points for exercise in all_chapters()[assignment].exercises}
    assert graded == declared
    told = [float(points) for points in re.findall(r"^\*\*(\d+) [^\W\d]+ ·", prose(assignment), re.MULTILINE)]
    assert sum(told) == sum(declared.values())
