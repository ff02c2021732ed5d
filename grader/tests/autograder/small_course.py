"""A small course of three exercises, and helpers, for the grading core's own tests."""

from __future__ import annotations

import json

import numpy as np
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.course import paths
from autograder.course.limits import Limits
from gradcheck.comparison.status import Status
from gradcheck.judging.finding import Finding

ROOT = paths.ROOT
QUICK = Limits(cell_seconds=20, call_seconds=5)
"""For what is quick unless the machine is very busy."""
BRIEF = Limits(cell_seconds=1.0, call_seconds=0.5)
"""For what never ends by itself."""


def graded(name: str, kind: str, points: int = 0) -> dict:
    """Return the metadata that nbgrader gives a cell of this kind: text, solution or tests."""
    prefix = {"text": "text-", "solution": "", "tests": "test-"}[kind]
    flags = {
        "grade_id": prefix + name,
        "grade": kind == "tests",
        "solution": kind == "solution",
        "locked": kind != "solution",
        "schema_version": 3,
        "task": False,
    }
    return {"nbgrader": flags | ({"points": points} if kind == "tests" else {})}


STUB = "def {0}(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()\n"


def exercise_cells(name: str, stub: str) -> list:
    """Return the text, solution and tests cell of one exercise."""
    return [
        new_markdown_cell(f"## {name}", id=f"text-{name}", metadata=graded(name, "text")),
        new_code_cell(stub, id=name, metadata=graded(name, "solution")),
        new_code_cell(f"check({name})", id=f"test-{name}", metadata=graded(name, "tests", 2)),
    ]


ANSWERS = {
    "double": "def double(x):\n    return 2 * x",
    "square": "def square(x):\n    return x**2",
    "answer": "answer = 42",
}


def dump(notebook: dict) -> bytes:
    """Return a notebook as the bytes of its file."""
    return json.dumps(notebook).encode()


def cell(notebook: dict, cell_id: str) -> dict:
    """Return one cell by its id."""
    return next(found for found in notebook["cells"] if found.get("id") == cell_id)


def examine(assignment: str, name: str, caller, seed: bytes, earlier) -> Finding:
    """Judge the three exercises of the small release."""
    if name == "answer":
        outcome, right = caller.value("answer"), 42
    else:
        x = np.array([1.5, -2.0, 3.0])
        outcome, right = caller.call(name, (x,)), 2 * x if name == "double" else x**2
    values = getattr(outcome.value, "array", None)
    ok = outcome.status == "returned" and values is not None and np.array_equal(values, right)
    raised = outcome.raised.type if outcome.raised else ""
    stub = raised == "NotImplementedError" or outcome.status == "missing"
    status = "right" if ok else "not-attempted" if stub else "error" if outcome.status == "raised" else outcome.status
    status = "wrong" if status == "returned" else status
    said = outcome.raised.message if outcome.raised else ""
    return Finding(name, 2.0 if ok else 0.0, 2.0, Status(status), message=said)


def statuses(verdict) -> dict[str, str]:
    """Return the status of each exercise."""
    return {name: found.status for name, found in verdict.exercises.items()}
