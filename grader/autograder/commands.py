"""What the instructor's commands do, one function each."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NoReturn

from nbgrader.api import Gradebook
from rich.console import Console
from traitlets.config import Config

from autograder import course, progress, report, settings
from autograder.course import Classroom
from autograder.export import LAYOUTS
from autograder.feedback import GenerateFeedback
from autograder.front import Autograde


def grade(assignment: str, config: Config, console: Console) -> bool:
    """Grade what is new, print the class; tell whether everybody has a verdict."""
    converter = settings.run(Autograde, assignment, config, watch=partial(progress.shown, console=console))
    released = course.ROOT / config.CourseDirectory.release_directory
    report.show(console, assignment, converter.results, report.exercises(assignment, released))
    return not converter.results.faults


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
