"""The commands of those who write chapters: run the solutions, add an exercise."""

from __future__ import annotations

import argparse

from rich.console import Console

from autograder.course import paths


def solutions(given: argparse.Namespace, console: Console) -> None:
    """Run the reference solutions and bring them into canonical form."""
    from autograder.cli.steps import rewrite_solutions

    for path, changed in rewrite_solutions(given.assignments):
        console.print(f"{path.relative_to(paths.ROOT)}: {'rewritten' if changed else 'unchanged'}")


def new_exercise(given: argparse.Namespace, console: Console) -> int:
    """Add an exercise to a chapter; the exit status is 1 as long as something is missing."""
    from autograder.cli.new_exercise import add_exercise

    return 0 if add_exercise(given, console) else 1
