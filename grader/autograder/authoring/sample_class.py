"""A class to try things on: submissions made by putting small files of answers into the released notebook.

``sample/<assignment>/<student>.py`` begins with a docstring that says what the learner did and a dict ``EXPECTED`` of
exercise -> (status, points) for everything that is not right (or the word "refused"). Cells follow:

    # %% dL_da                 what the learner wrote into this cell; the others hold the reference solution,
    START = "stub"             or, with this line above the cells, nothing
    # %% copy dL_da            a copy of that cell, with its own content
    # %% insert before dL_da   a cell of the learner's own
    # %% delete test-dL_da     a cell that the learner threw away
    # %% cut off               only the first half of the file arrived
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.authoring.canonical import read_notebook
from autograder.course import paths
from autograder.course.classroom import Classroom

REFUSED = "refused"
_CELL = re.compile(r"^# %% (.+)\n", re.MULTILINE)
_SOLUTION = re.compile(r"^\s*### (BEGIN|END) SOLUTION\n?", re.MULTILINE)


@dataclass(frozen=True)
class Answers:
    """One learner's file of answers."""

    student: str
    title: str
    """What this learner did."""
    start: str
    """What the cells hold that are not named: solution or stub."""
    expected: Mapping[str, tuple[str, float]] | str
    """Exercise -> (status, points) of what is not right; or "refused"."""
    cells: tuple[tuple[str, str], ...]
    """What to do, and the text for it, in the file's order."""


def read_answers(path: Path) -> Answers:
    """Read one file of answers."""
    head, *rest = _CELL.split(path.read_text(encoding="utf-8"))
    tree = ast.parse(head)
    given = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    cells = tuple((what, text.strip("\n")) for what, text in zip(rest[::2], rest[1::2], strict=True))
    title = (ast.get_docstring(tree) or "").split("\n")[0]
    return Answers(path.stem, title, given.get("START", "solution"), given["EXPECTED"], cells)


def sample_answers(assignment: str) -> tuple[Answers, ...]:
    """Return the whole sample class of an assignment."""
    return tuple(read_answers(path) for path in sorted((paths.SAMPLES / assignment).glob("*.py")))


def build_submission(assignment: str, given: Answers, released: Path) -> bytes:
    """Return the file that this learner would hand in."""
    notebook = read_notebook(paths.notebook_path(released, assignment))
    if given.start == "solution":
        solved = reference_solutions(assignment)
        for cell in notebook.cells:
            cell.source = solved.get(_grade_id(cell), cell.source)
    for what, text in given.cells:
        _apply(notebook, what, text)
    raw = nbformat.writes(notebook).encode()
    return raw[: len(raw) // 2] if any(what == "cut off" for what, _ in given.cells) else raw


def reference_solutions(assignment: str) -> dict[str, str]:
    """Return grade_id -> source of every reference solution, as a learner would have typed it."""
    cells = read_notebook(paths.notebook_path(paths.SOLUTIONS, assignment)).cells
    solved = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("solution")]
    return {_grade_id(cell): _SOLUTION.sub("", cell.source) for cell in solved}


def hand_in(assignment: str, classroom: Classroom, released: Path) -> int:
    """Fill the class's ``submitted`` folder; return how many handed in."""
    everybody = sample_answers(assignment)
    for given in everybody:
        path = paths.notebook_path(classroom.submitted / given.student, assignment)
        path.parent.mkdir(parents=True)
        path.write_bytes(build_submission(assignment, given, released))
    return len(everybody)


def _grade_id(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def _apply(notebook: NotebookNode, what: str, text: str) -> None:
    words = what.split()
    index = next((i for i, cell in enumerate(notebook.cells) if _grade_id(cell) == words[-1]), None)
    if what == "cut off":
        return
    if index is None:
        raise ValueError(f"no cell {words[-1]} in this notebook")
    if words[0] == "delete":
        del notebook.cells[index]
    elif words[0] == "copy":
        twin = copy.deepcopy(notebook.cells[index])
        twin.id, twin.source = f"{twin.id}-copy", text
        notebook.cells.insert(index + 1, twin)
    elif words[0] == "insert":
        notebook.cells.insert(index, nbformat.v4.new_code_cell(text, id=f"own-{len(notebook.cells)}"))
    else:
        notebook.cells[index].source = text
