"""``course new-exercise``: write what every exercise has in common, and say step by step what is missing."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from rich.console import Console

from autograder.authoring import exercise_places as places
from autograder.authoring.canonical import read_notebook
from autograder.authoring.exercise_sketch import read_sketch
from autograder.authoring.exercise_steps import PROOFS, find_exercise_declared, look_at_steps
from autograder.cli.printing import print_plain
from autograder.course import paths
from gradcheck.chapters.registry import all_chapters
from gradcheck.exercises.chapter import Exercise


def add_exercise(given: argparse.Namespace, console: Console) -> bool:
    """Take the steps that need no author, print all of them, and tell whether nothing is missing."""
    assignment, name = given.assignment, given.name
    if assignment not in all_chapters():
        raise ValueError(f"no chapter {assignment}; there are {', '.join(all_chapters())}")
    for path in _write(given):
        print_plain(console, f"wrote {path.relative_to(paths.ROOT)}")
    steps = look_at_steps(assignment, name)
    for step in steps:
        console.print(f"{'✓' if step.done else '–'} {step.title}", markup=False)
        for missing in step.missing:
            print_plain(console, f"    {missing}")
    done = all(step.done for step in steps)
    if done:
        console.print("Nothing is missing. Prove it:")
    else:
        console.print("Run the same command again when you have written more. At the end, prove it:")
    for proof in PROOFS:
        print_plain(console, f"    {proof(assignment, name)}")
    return done


def _write(given: argparse.Namespace) -> list[Path]:
    """Write declaration, cells and the sample class as far as they are missing; return the files."""
    written, assignment, name = [], given.assignment, given.name
    exercise = find_exercise_declared(assignment, name)
    if exercise is None and given.steps:
        texts = {key: getattr(given, key) for key in ("steps", "inputs", "returns", "args")}
        sketch = read_sketch(name, given.points, texts)
        written.append(places.write_declaration(assignment, sketch, given.after))
        exercise = _declared_now(assignment, name)
    if exercise is None:
        return written
    if not written and given.points not in (0, exercise.points):
        raise ValueError(
            f"{name} is declared already, with {exercise.points:g} points: change "
            f"{places.module_of(assignment).relative_to(paths.ROOT)}, then course solutions {assignment}"
        )
    cells = read_notebook(paths.notebook_path(paths.SOLUTIONS, assignment)).cells
    if not any(cell.metadata.get("nbgrader", {}).get("grade_id") == name for cell in cells):
        written.append(places.write_cells(assignment, exercise, given.after))
    return written + places.write_expected(assignment, name)


def _declared_now(assignment: str, name: str) -> Exercise | None:
    """Return the exercise after its module has been written anew."""
    importlib.reload(sys.modules[f"gradcheck.chapters.{places.module_name(assignment)}"])
    all_chapters.cache_clear()
    return find_exercise_declared(assignment, name)
