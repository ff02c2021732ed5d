"""What the instructor's commands do for one assignment, one function each."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException
from rich.console import Console
from traitlets.config import Config

from autograder.authoring.canonical import rewrite_notebook
from autograder.cli.printing import print_plain
from autograder.cli.progress import show_progress
from autograder.cli.regraded import print_lateness, print_regrade
from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.course.secret import other_secret
from autograder.course.text import clean_text
from autograder.course.whole_file import write_whole
from autograder.gradebook.autograde import Autograde
from autograder.gradebook.late import late_learners
from autograder.gradebook.marks import BookedMarks, read_marks
from autograder.gradebook.nbgrader_config import run_converter
from autograder.reporting.class_report import exercise_points, print_class
from autograder.reporting.exports import LAYOUTS
from autograder.reporting.feedback_archive import write_archives
from autograder.reporting.next_steps import FEEDBACK_SETTINGS
from autograder.submissions.roster import read_roster
from gradcheck.chapters.registry import all_chapters


def grade_assignment(assignment: str, config: Config, console: Console) -> bool:
    """Grade new submissions and print the class; return whether every learner has a verdict."""
    if warning := other_secret(_classroom(config).folder):
        print_plain(console, f"look: {warning}")
    converter = run_converter(Autograde, assignment, config, progress=partial(show_progress, console=console))
    released = paths.ROOT / config.CourseDirectory.release_directory
    booked, late = booked_marks(assignment, config)
    print_class(console, assignment, converter.results, exercise_points(assignment, released), booked)
    print_lateness(console, booked, late)
    print_regrade(console, converter.regrade)
    return not converter.results.faults


def booked_marks(assignment: str, config: Config) -> tuple[dict[str, BookedMarks], dict[str, timedelta]]:
    """Return what is booked for everybody, and how late whoever is late is."""
    with Gradebook(config.CourseDirectory.db_url, config.CourseDirectory.course_id) as gradebook:
        marks = read_marks(gradebook, assignment)
        return marks, late_learners(gradebook, assignment, _classroom(config), marks)


def _classroom(config: Config) -> Classroom:
    return Classroom((paths.ROOT / config.CourseDirectory.submitted_directory).resolve().parent)


def write_feedback(assignment: str, config: Config) -> None:
    """Write everybody's page."""
    from autograder.reporting.feedback_pages import GenerateFeedback  # here: grading does not wait for it

    run_converter(GenerateFeedback, assignment, config)


def write_all_feedback(assignments: list[str], config: Config, given: argparse.Namespace, console: Console) -> bool:
    """Write the pages of several assignments, and their archives; tell whether everybody has a page."""
    classroom = _classroom(config)
    if given.hints is not None:
        write_whole(classroom.folder / FEEDBACK_SETTINGS, f"hints = {given.hints}\n")
    whole = True
    for name in assignments:
        try:
            write_feedback(name, config)
        except NbGraderException as err:
            whole = False
            for line in str(err).splitlines():
                print_plain(console, f"{name}: {clean_text(line)}")
        for archive in write_archives(name, classroom, given.platform) if given.zip else ():
            print_plain(console, f"{archive.path}: {archive.pages} pages for {archive.platform}")
            if archive.left:
                whole = False
                left = ", ".join(archive.left)
                print_plain(console, f"  not in it, for it came another way: {left}")
    return whole


def export_grades(assignments: list[str], layout: str, target: Path, config: Config) -> None:
    """Write the gradebook as a table for a learning platform."""
    with Gradebook(config.CourseDirectory.db_url) as gradebook:
        exporter = LAYOUTS[layout](to=str(target), assignment=assignments)
        exporter.dropped = frozenset(one.id for one in read_roster(_classroom(config).folder) if one.dropped)
        exporter.export(gradebook)


def rewrite_solutions(names: list[str]) -> Iterator[tuple[Path, bool]]:
    """Run reference solutions and bring them into canonical form; yield each with whether it changed."""
    for name in names or paths.assignments():
        path = paths.notebook_path(paths.SOLUTIONS, name)
        chapter = all_chapters().get(name)
        points = {exercise.name: exercise.points for exercise in chapter.exercises} if chapter else {}
        yield path, rewrite_notebook(path, points)
