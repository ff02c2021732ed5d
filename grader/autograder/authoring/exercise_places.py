"""Write what is the same for every new exercise into the files of the course: declaration, cells, the sample class."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

from autograder.authoring.canonical import notebook_text, read_notebook
from autograder.authoring.exercise_cells import add_cells
from autograder.authoring.exercise_sketch import Sketch, declaration_text
from autograder.authoring.sample_class import read_answers
from autograder.course import paths
from gradcheck.chapters.registry import CHAPTER_MODULES, all_chapters
from gradcheck.exercises.chapter import Exercise

NEEDED = {
    "Step": "gradcheck.autodiff.program",
    **dict.fromkeys(("GraphExercise", "InputDrawing", "Signature"), "gradcheck.exercises.graph_exercise"),
}
"""What a declaration is made of, and where it is imported from."""


def module_name(assignment: str) -> str:
    """Return the name of the module in ``gradcheck.chapters`` that declares a chapter; KeyError where there is none."""
    chapters = dict(zip(all_chapters(), CHAPTER_MODULES, strict=True))
    return chapters[assignment]


def module_of(assignment: str) -> Path:
    """Return the file that declares a chapter."""
    return Path(str(import_module(f"gradcheck.chapters.{module_name(assignment)}").__file__))


def write_declaration(assignment: str, sketch: Sketch, after: str = "") -> Path:
    """Put the declaration behind that of the exercise ``after``, else behind the last one; return the file."""
    path = module_of(assignment)
    text = path.read_text(encoding="utf-8")
    exercises = _exercises(text, path)
    place = exercises[-1]
    if after:
        named = [node for node in exercises if f'"{after}"' in (ast.get_source_segment(text, node) or "")]
        if not named:
            raise ValueError(f"{path.name} declares no {after} that --after could mean")
        place = named[0]
    lines = text.splitlines(keepends=True)
    line = place.end_lineno or len(lines)
    lines[line - 1] = lines[line - 1].rstrip("\n").rstrip(",") + ",\n"
    lines.insert(line, declaration_text(sketch))
    path.write_text(_with_imports("".join(lines)), encoding="utf-8")
    return path


def _exercises(text: str, path: Path) -> list[ast.expr]:
    """Return the places of a chapter's exercises in its module."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "Chapter" or len(node.args) < 2:
            continue
        if isinstance(node.args[1], ast.Tuple) and node.args[1].elts:
            return node.args[1].elts
    raise ValueError(f"{path} holds no tuple of exercises in which a new one could stand")


def _with_imports(text: str) -> str:
    tree = ast.parse(text)
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    known = {alias.name for node in imports for alias in node.names}
    missing = [f"from {module} import {name}\n" for name, module in NEEDED.items() if name not in known]
    lines = text.splitlines(keepends=True)
    lines[(imports[-1].end_lineno or 0) : (imports[-1].end_lineno or 0)] = missing
    return "".join(lines)


def write_cells(assignment: str, exercise: Exercise, after: str = "") -> Path:
    """Put the cells of a declared exercise into the solution notebook; return the file."""
    path = paths.notebook_path(paths.SOLUTIONS, assignment)
    notebook = read_notebook(path)
    add_cells(notebook, assignment, exercise, after)
    path.write_text(notebook_text(notebook), encoding="utf-8")
    return path


def write_expected(assignment: str, name: str) -> list[Path]:
    """Say in the sample class that learners who begin with empty cells leave the new one empty; return the files."""
    written = []
    for path in sorted((paths.SAMPLES / assignment).glob("*.py")):
        given = read_answers(path)
        if given.start != "stub" or isinstance(given.expected, str) or name in given.expected:
            continue
        if any(what == name for what, _ in given.cells):
            continue
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text.split("# %%")[0])
        value = next(
            node.value
            for node in tree.body
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "EXPECTED"
        )
        lines = text.splitlines(keepends=True)
        end, column = (value.end_lineno or 1) - 1, (value.end_col_offset or 1) - 1
        head = lines[end][:column].rstrip().rstrip(",")
        row = f'"{name}": ("not-attempted", 0)'
        lines[end] = f"{head}, {row}{lines[end][column:]}" if head else f"    {row},\n{lines[end][column:]}"
        path.write_text("".join(lines), encoding="utf-8")
        written.append(path)
    return written
