"""The cells of a new exercise, drafted from its declaration: text, stub with solution, tests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import nbformat
from nbformat import NotebookNode

from gradcheck.exercises.answer_exercise import AnswerExercise
from gradcheck.exercises.chapter import Exercise
from gradcheck.exercises.graph_exercise import GraphExercise

TO_DO = "TO DO"
"""What an author still has to write; no chapter that holds it is released."""
_MENTION = re.compile(r"\bEx(?:ercises?|\.) \d+\b(?:(?:, | and | to |, and )\d+\b)*(?! of chapter)")
"""Where a text or a picture names exercises of its own chapter by their numbers."""
_HEADING = re.compile(r"^(## [^\W\d]+ )(\d+)\b", re.MULTILINE)
_POINTS = re.compile(r"^\*\*(\d+(?:\.\d+)?) points?\b", re.MULTILINE)


def add_cells(notebook: NotebookNode, assignment: str, exercise: Exercise, after: str = "") -> None:
    """Put the three cells of an exercise behind those of the exercise ``after``, else behind the last one.

    The exercises behind it get the next number. Raises ValueError where no exercise is called ``after``.
    """
    tests = [i for i, cell in enumerate(notebook.cells) if _said(cell).get("grade")]
    if after:
        tests = [i for i in tests if _said(notebook.cells[i])["grade_id"] == f"test-{after}"]
    if not tests:
        raise ValueError(f"{assignment} has no exercise {after or 'yet: write the first one by hand'}")
    place = tests[-1] + 1
    number = sum(bool(_HEADING.search(cell.source)) for cell in notebook.cells[:place] if _is_text(cell)) + 1
    for cell in notebook.cells:
        cell.source = _MENTION.sub(lambda found: _moved(found[0], number), cell.source)
    notebook.cells[place:place] = [
        _cell("markdown", f"text-{exercise.name}", _text(exercise, number)),
        _cell("code", exercise.name, _stub(exercise), solution=True, locked=False),
        _cell(
            "code", f"test-{exercise.name}", _tests(assignment, exercise), grade=True, points=_number(exercise.points)
        ),
    ]


def _moved(mention: str, first: int) -> str:
    """Return the mention with every number from ``first`` on raised by one."""
    return re.sub(r"\d+", lambda found: str(int(found[0]) + (int(found[0]) >= first)), mention)


def write_points(notebook: NotebookNode, points: Mapping[str, float]) -> None:
    """Write the points of the declarations into tests cells and texts: they are said in one place."""
    for cell in notebook.cells:
        name = _said(cell).get("grade_id", "").removeprefix("test-").removeprefix("text-")
        if name not in points:
            continue
        if _said(cell).get("grade"):
            cell.metadata["nbgrader"]["points"] = _number(points[name])
        elif _is_text(cell):
            cell.source = _POINTS.sub(f"**{_worth(points[name])}", cell.source)


def _said(cell: NotebookNode) -> dict[str, Any]:
    return cell.metadata.get("nbgrader", {})


def _is_text(cell: NotebookNode) -> bool:
    return cell.cell_type == "markdown" and _said(cell).get("grade_id", "").startswith("text-")


def _number(points: float) -> float:
    """Return whole points as a whole number, as the committed notebooks have them."""
    return int(points) if points == int(points) else points


def _worth(points: float) -> str:
    return f"{points:g} point{'' if points == 1 else 's'}"


def _arguments(exercise: Exercise) -> tuple[str, ...]:
    if isinstance(exercise, GraphExercise):
        return exercise.signature.args
    return () if isinstance(exercise, AnswerExercise) else exercise.args


def _call(exercise: Exercise) -> str:
    return (
        exercise.name if isinstance(exercise, AnswerExercise) else f"{exercise.name}({', '.join(_arguments(exercise))})"
    )


def _text(exercise: Exercise, number: int) -> str:
    lines = [
        f"## Exercise {number} · {TO_DO}: title", "",
        f"**{_worth(exercise.points)} · {TO_DO} minutes**", "",
        f"{TO_DO}: what it is for, and what to derive, in two or three sentences.", "",
        f"`{_call(exercise)}` {TO_DO}: what it is or returns, with its shape", "",
        *(f"- `{name}`: {_shape(exercise, name)}" for name in _arguments(exercise)), "",
        f"Example: {TO_DO}.",
    ]  # fmt: skip
    return re.sub("\n{3,}", "\n\n", "\n".join(lines))


def _shape(exercise: Exercise, name: str) -> str:
    shape = exercise.inputs.leaves.get(name) if isinstance(exercise, GraphExercise) else None
    if shape is None:
        return f"{TO_DO}: what it is, with its shape"
    sizes = shape.split()
    return f"an array of shape `({', '.join(sizes)}{',' if len(sizes) == 1 else ''})`" if sizes else "a number"


def _stub(exercise: Exercise) -> str:
    if isinstance(exercise, AnswerExercise):
        return f'### BEGIN SOLUTION\n{exercise.name} = "{TO_DO}"\n### END SOLUTION'
    return (
        f'def {_call(exercise)}:\n    """{TO_DO}: say what it returns."""\n    ### BEGIN SOLUTION\n'
        f'    raise NotImplementedError("{TO_DO}: the reference solution")\n    ### END SOLUTION'
    )


def _tests(assignment: str, exercise: Exercise) -> str:
    name = exercise.name
    answer = isinstance(exercise, AnswerExercise)
    call = f'check({name}=globals().get("{name}"))' if answer else f"check({name})"
    derived = isinstance(exercise, GraphExercise) and exercise.differentiates
    proved = "agrees with finite differences" if derived else "agrees with what the course computes"
    return (
        f'"""{name} {proved}."""\n{call}\n### BEGIN HIDDEN TESTS\nfrom autograder import assert_full_marks\n\n'
        f'assert_full_marks("{assignment}", "{name}", globals())\n### END HIDDEN TESTS'
    )


def _cell(kind: str, grade_id: str, source: str, **said: Any) -> NotebookNode:
    marks = {"grade": False, "locked": True, "solution": False, "task": False, "schema_version": 3}
    make = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
    return make(source, id=grade_id, metadata={"nbgrader": {**marks, "grade_id": grade_id, **said}})
