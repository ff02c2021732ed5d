"""gradcheck's own code is found in a cell, however it is spaced; honest answers and the course's cells are not."""

from __future__ import annotations

from pathlib import Path

import pytest

import gradcheck
from autograder.authoring.canonical import read_notebook
from autograder.course import paths
from autograder.submissions.pasted_code import find_pasted
from tests.answers import collection

FILE = "gradcheck/chapters/procedures/unbroadcast.py"
SOURCE = (Path(gradcheck.__file__).parent.parent / FILE).read_text(encoding="utf-8")


def test_a_file_and_a_part_of_a_file_are_found() -> None:
    assert find_pasted(SOURCE) == FILE
    assert find_pasted("x = 1\n" + SOURCE[2000:] + "\ny = 2") == FILE


def test_comments_and_spaces_hide_nothing() -> None:
    assert find_pasted(SOURCE.replace("\n", "  # mine\n").replace(" = ", "=").replace(", ", " ,  ")) == FILE


def test_what_learners_received_may_be_copied() -> None:
    assert not find_pasted(SOURCE, given=SOURCE)
    for assignment in paths.assignments():
        cells = read_notebook(paths.notebook_path(paths.NOTEBOOKS, assignment)).cells
        given = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
        assert not find_pasted(given, given)


@pytest.mark.parametrize("kind", ["right", "wrong"])
def test_no_answer_of_the_collection_is_remarked_on(kind: str) -> None:
    assert [str(answer) for answer in collection.read(kind) if find_pasted(answer.source)] == []
