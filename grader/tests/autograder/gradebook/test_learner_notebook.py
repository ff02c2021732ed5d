"""What learners get runs to its end with empty stubs, and says what to do where gradcheck is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbgrader.utils import compute_checksum
from nbgrader.validator import Validator
from traitlets.config import Config

from autograder.authoring.canonical import read_notebook
from autograder.authoring.sample_class import reference_solutions
from autograder.course import paths
from autograder.course.edition import wheel_name
from autograder.gradebook.learner_notebook import GO_ON, GUARD_ID

ASSIGNMENTS = paths.assignments(paths.NOTEBOOKS)


def released(assignment: str) -> nbformat.NotebookNode:
    return read_notebook(paths.notebook_path(paths.NOTEBOOKS, assignment))


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_released_code_goes_on_after_an_error_and_solutions_do_not(assignment: str) -> None:
    guard, set_up, *rest = [cell for cell in released(assignment).cells if cell.cell_type == "code"]
    assert guard.id == GUARD_ID
    assert not any(GO_ON in cell.metadata.get("tags", ()) for cell in (guard, set_up))
    assert rest
    assert all(GO_ON in cell.metadata.tags for cell in rest)
    solution = read_notebook(paths.notebook_path(paths.SOLUTIONS, assignment))
    assert GO_ON not in str([cell.metadata for cell in solution.cells])
    assert GUARD_ID not in [cell.id for cell in solution.cells]


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_nbgraders_checksums_still_match(assignment: str) -> None:
    graded = [cell for cell in released(assignment).cells if "nbgrader" in cell.metadata]
    assert graded
    assert all(compute_checksum(cell) == cell.metadata.nbgrader.checksum for cell in graded)


@pytest.mark.parametrize("assignment", ASSIGNMENTS[::3])  # authoring/test_unsolved.py runs the cells of all
def test_run_all_reaches_the_last_cell_with_empty_stubs(assignment: str) -> None:
    notebook = released(assignment)
    notebook.cells.append(nbformat.v4.new_code_cell("print('the', 'end')", id="end"))
    NotebookClient(notebook, timeout=60, allow_errors=False).execute()
    assert notebook.cells[-1].outputs[0].text == "the end\n"
    raised = {out.ename for cell in notebook.cells for out in cell.get("outputs", ()) if out.output_type == "error"}
    assert "NotImplementedError" in raised


def test_nbgraders_validate_praises_no_empty_notebook_and_no_right_answer_less(tmp_path: Path) -> None:
    notebook, solved = released(ASSIGNMENTS[0]), reference_solutions(ASSIGNMENTS[0])
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    graded = {cell.metadata.nbgrader.grade_id: cell for cell in code if "nbgrader" in cell.metadata}
    names = ("forward", "loss")
    notebook.cells = [*code[:2], *(graded[part + name] for name in names for part in ("", "test-"))]
    path = tmp_path / "work.ipynb"
    for answer, failed in ((graded["forward"].source, ["check(forward)", "check(loss)"]),
                           (solved["forward"], ["check(loss)"])):  # fmt: skip
        graded["forward"].source = answer
        nbformat.write(notebook, path)
        found = Validator(config=Config({"Validator": {"ignore_checksums": True}})).validate(str(path))
        assert [cell["source"].splitlines()[-1] for cell in found["failed"]] == failed
        assert "loss" in found["failed"][-1]["error"]


def test_without_gradcheck_the_first_cell_says_in_one_sentence_what_to_do() -> None:
    guard = next(cell for cell in released(ASSIGNMENTS[0]).cells if cell.cell_type == "code")
    code = "import sys; sys.modules['gradcheck'] = None\n" + guard.source
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 1
    said = done.stderr.splitlines()[-1]
    assert f"%pip install {wheel_name()}" in said
    assert "During handling" not in done.stderr
