"""What the instructor's commands do, one function each."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from nbgrader.api import Gradebook
from rich.console import Console
from rich.progress import Progress
from traitlets.config import Config

from autograder import course, report, settings
from autograder.course import Classroom
from autograder.export import LAYOUTS
from autograder.feedback import GenerateFeedback
from autograder.front import Autograde, Results


def grade(assignment: str, config: Config, console: Console) -> bool:
    """Grade what is new, print the class; tell whether everybody has a verdict."""

    def watch(results: Results, total: int) -> Iterator:
        with Progress(console=console, transient=True) as progress:
            yield from progress.track(results, total, description="grading")

    converter = settings.run(Autograde, assignment, config, watch=watch)
    released = course.ROOT / config.CourseDirectory.release_directory
    report.show(console, assignment, converter.results, report.exercises(assignment, released))
    return not any(isinstance(result, report.Fault) for result in converter.results.values())


def feedback(assignment: str, config: Config) -> None:
    """Write everybody's page."""
    settings.run(GenerateFeedback, assignment, config)


def show(assignment: str, config: Config, console: Console) -> None:
    """Print the class as it was last graded."""
    classroom = Classroom((course.ROOT / config.CourseDirectory.submitted_directory).resolve().parent)
    released = course.ROOT / config.CourseDirectory.release_directory
    report.show(console, assignment, report.known(assignment, classroom), report.exercises(assignment, released))


def export(assignments: list[str], layout: str, target: Path, config: Config) -> None:
    """Write the gradebook as a table for a learning platform."""
    with Gradebook(config.CourseDirectory.db_url) as gradebook:
        LAYOUTS[layout](to=str(target), assignment=assignments).export(gradebook)


def lab(arguments: list[str]) -> NoReturn:
    """Open JupyterLab on a working copy of the notebooks; work that is there already is never overwritten."""
    for assignment in course.assignments(course.NOTEBOOKS):
        source, target = (course.notebook(folder, assignment) for folder in (course.NOTEBOOKS, course.WORK))
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    os.chdir(course.WORK)
    path = os.pathsep.join(filter(None, (str(course.LAB), os.environ.get("JUPYTER_CONFIG_PATH"))))
    root = ["--allow-root"] if os.geteuid() == 0 else []  # in a container; JupyterLab would refuse
    command = [sys.executable, "-m", "jupyterlab", *root, *arguments]
    os.execve(sys.executable, command, {**os.environ, "JUPYTER_CONFIG_PATH": path})


def solutions(names: list[str]) -> Iterator[tuple[Path, bool]]:
    """Run reference solutions and bring them into canonical form; yield each with whether it changed."""
    from autograder import canonical

    for name in names or course.assignments():
        path = course.notebook(course.SOLUTIONS, name)
        yield path, canonical.rewrite(path)
