"""The main job on a small class, from nothing to feedback."""

from __future__ import annotations

import shutil
from pathlib import Path

from rich.console import Console
from traitlets.config import Config

from autograder.authoring import sample_class
from autograder.authoring.release import release_assignment
from autograder.cli.report_steps import read_booked_class, write_class_report, write_feedback_index
from autograder.cli.steps import grade_assignment, write_feedback
from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.gradebook.nbgrader_config import configure
from autograder.sandbox.engines import EngineError, choose_engine

MARKER = "demo-class"


def run_demo(folder: Path, console: Console) -> None:
    """Release, hand in, grade and give feedback in ``folder``, which is emptied first if it is an older demo."""
    _empty(folder)
    classroom, released = Classroom(folder), folder / "notebooks"
    assignments = paths.assignments()
    config = configure(Config(), classroom, released)
    for assignment in assignments:
        release_assignment(assignment, config)
        number = sample_class.hand_in(assignment, classroom, released)
        console.print(f"[bold]{assignment}[/]: released, and {number} sample learners handed it in")
    config.Autograde.engine = _engine(console)
    for assignment in assignments:
        grade_assignment(assignment, config, console)
        write_feedback(assignment, config)
    write_feedback_index(config)
    console.print(f"\nEverybody's pages are in {classroom.feedback}, for example:", soft_wrap=True)
    for assignment in assignments:
        console.print(f"  {classroom.feedback_page(assignment, _example(assignment))}", soft_wrap=True)
    report = write_class_report(read_booked_class(assignments, config))
    console.print(f"\nWhat the class needs next is in its report:\n  {report}", soft_wrap=True)


def _example(assignment: str) -> str:
    """Return the learner whose page says most: the most kinds of marks, on the most exercises."""

    def told(answers: sample_class.Answers) -> tuple[int, int]:
        expected = answers.expected
        if isinstance(expected, str) or answers.start == "stub":
            return 0, 0  # a page with nothing on it but one sentence, again and again
        return len({status for status, _ in expected.values()}), len(expected)

    return max(sample_class.sample_answers(assignment), key=told).student


def _empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise ValueError(f"{folder} is not empty and not an older demo: give another --classroom")
    shutil.rmtree(folder, ignore_errors=True)
    Classroom(folder).make()
    (folder / MARKER).touch()


def _engine(console: Console) -> str:
    try:
        return choose_engine(None, paths.ROOT).name
    except EngineError as err:
        console.print(f"[yellow]{err}[/]\nThe sample class is the course's own work, so it is graded with --trust.")
        return "trust"
