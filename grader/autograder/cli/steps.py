"""What the instructor's commands do for one assignment, one function each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from nbgrader.api import Gradebook
from rich.console import Console
from traitlets.config import Config

from autograder.authoring.canonical import rewrite_notebook
from autograder.cli.progress import show_progress
from autograder.course import paths
from autograder.gradebook.autograde import Autograde
from autograder.gradebook.nbgrader_config import run_converter
from autograder.reporting.class_report import exercise_points, print_class
from autograder.reporting.exports import LAYOUTS
from autograder.reporting.feedback_pages import GenerateFeedback


def grade_assignment(assignment: str, config: Config, console: Console) -> bool:
    """Grade new submissions and print the class; return whether every learner has a verdict."""
    converter = run_converter(Autograde, assignment, config, progress=partial(show_progress, console=console))
    released = paths.ROOT / config.CourseDirectory.release_directory
    print_class(console, assignment, converter.results, exercise_points(assignment, released))
    return not converter.results.faults


def write_feedback(assignment: str, config: Config) -> None:
    """Write everybody's page."""
    run_converter(GenerateFeedback, assignment, config)


def export_grades(assignments: list[str], layout: str, target: Path, config: Config) -> None:
    """Write the gradebook as a table for a learning platform."""
    with Gradebook(config.CourseDirectory.db_url) as gradebook:
        LAYOUTS[layout](to=str(target), assignment=assignments).export(gradebook)


def rewrite_solutions(names: list[str]) -> Iterator[tuple[Path, bool]]:
    """Run reference solutions and bring them into canonical form; yield each with whether it changed."""
    for name in names or paths.assignments():
        path = paths.notebook_path(paths.SOLUTIONS, name)
        yield path, rewrite_notebook(path)
