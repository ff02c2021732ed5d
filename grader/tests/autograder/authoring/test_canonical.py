"""Solutions are committed in one form."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.authoring import canonical
from autograder.authoring.canonical import notebook_text, read_notebook, rewrite_notebook
from autograder.course import paths


@pytest.mark.parametrize("assignment", paths.assignments())
def test_a_solution_is_committed_in_canonical_form(assignment: str) -> None:
    path = paths.notebook_path(paths.SOLUTIONS, assignment)
    assert notebook_text(canonical.canonical(read_notebook(path))) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("assignment", paths.assignments())
def test_a_solution_is_committed_executed_and_without_a_warning(assignment: str) -> None:
    cells = read_notebook(paths.notebook_path(paths.SOLUTIONS, assignment)).cells
    outputs = [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]
    assert outputs
    assert not [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]


def test_running_and_rewriting_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    cells = [
        new_markdown_cell("# 1 · A *heading* with $x^2$"),
        new_code_cell("print(1)  \nprint(2)\n\n"),
        new_code_cell("1/3"),
    ]
    nbformat.write(new_notebook(cells=cells, metadata={"widgets": {}, "author": "me"}), path)
    assert rewrite_notebook(path)
    first = path.read_bytes()
    assert not rewrite_notebook(path)
    assert path.read_bytes() == first
    assert first.endswith(b"}\n")
    written = read_notebook(path)
    assert [cell.id for cell in written.cells] == ["1-a-heading-with", "print-1", "1-3"]
    assert set(written.metadata) == {"kernelspec", "language_info"}
    assert written.cells[1].outputs == [new_output("stream", name="stdout", text="1\n2\n")]
    assert written.cells[2].execution_count is None


def test_cell_ids_are_unique_and_say_what_a_cell_is() -> None:
    graded = new_code_cell("x = 1", metadata={"nbgrader": {"grade_id": "dL_da"}, "collapsed": True})
    named = new_code_cell("plt.plot(x, y)", id="loss-curve")
    steps = [new_markdown_cell("## Step"), new_markdown_cell("## Step")]
    result = canonical.canonical(new_notebook(cells=[*steps, graded, new_code_cell(""), named]))
    assert [cell.id for cell in result.cells] == ["step", "step-2", "dL_da", "empty", "loss-curve"]
    assert result.cells[2].metadata == {"nbgrader": {"grade_id": "dL_da"}}


def test_the_state_of_a_widget_is_not_committed() -> None:
    data = {"text/plain": "still", "application/vnd.jupyter.widget-view+json": {"model_id": "random"}}
    cell = new_code_cell("show()", outputs=[new_output("display_data", data)])
    (only,) = canonical.canonical(new_notebook(cells=[cell])).cells[0].outputs
    assert only.data == {"text/plain": "still"}
