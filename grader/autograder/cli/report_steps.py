"""What the commands about a whole class do: the marks that are booked, the report, the answers to one exercise."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from traitlets.config import Config

from autograder.cli.regraded import print_lateness
from autograder.course import paths
from autograder.course.class_language import class_language
from autograder.course.classroom import Classroom
from autograder.reporting.answer_groups import book_comment, find_answers, group_answers, write_answer_files
from autograder.reporting.answers_page import write_answers_page
from autograder.reporting.attempts import verdict_of
from autograder.reporting.class_report import exercise_points, print_class
from autograder.reporting.feedback_index import write_indexes
from autograder.reporting.report_data import ClassData, read_class
from autograder.reporting.report_page import write_report
from autograder.scheduling.batch import GraderFailure
from autograder.scheduling.class_summary import ClassSummary


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Look for no garbage: all that is read stays, and a search through it takes a fourth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_booked_class(assignments: Sequence[str], config: Config, *, anonymous: bool = False) -> ClassData:
    """Return everything that is known of a class in these assignments."""
    in_order = sorted(set(assignments))  # "since the last chapter" goes by teaching order, however they were typed
    return read_class(_classroom(config), in_order, _released(config), anonymous=anonymous)


def print_booked(data: ClassData, config: Config, console: Console) -> None:
    """Print the marks of each assignment as the gradebook holds them."""
    for chapter in data.chapters:
        summary, assignment = ClassSummary(), chapter.text.assignment
        for attempt in chapter.attempts:
            summary.add(attempt.student, verdict_of(attempt) or GraderFailure("there is no verdict yet: course grade"))
        points = exercise_points(assignment, _released(config))
        print_class(console, assignment, summary, points, chapter.marks)
        print_lateness(console, chapter.marks, chapter.lateness)


def write_class_report(data: ClassData) -> Path:
    """Write the page about the class and return its path."""
    return write_report(data, data.classroom.folder / "report" / "index.html")


def write_feedback_index(config: Config) -> None:
    """Write the page that leads each learner to the pages of all chapters."""
    write_indexes(_classroom(config), _released(config))


def write_answers(exercise: str, config: Config, *, files: Path | None = None, anonymous: bool = False) -> list[Path]:
    """Write the page with all answers to an exercise, and one file an answer on request; return what was written."""
    classroom = _classroom(config)
    found = find_answers(classroom, exercise, _released(config))
    language = class_language(classroom.folder)
    page = write_answers_page(found, classroom.folder / "report", anonymous=anonymous, language=language)
    return [page, write_answer_files(found, files)] if files else [page]


def comment_group(exercise: str, group: str, comment: str, config: Config) -> tuple[str, ...]:
    """Book one comment for everybody in a group of answers; return who they are."""
    classroom = _classroom(config)
    found = find_answers(classroom, exercise, _released(config))
    groups = {one.id: one for one in group_answers(found)}
    if group not in groups:
        raise ValueError(f"no group {group}; {found.exercise} has {', '.join(groups) or 'no answers'}")
    students = tuple(answer.student for answer in groups[group].answers)
    book_comment(classroom, found.assignment, found.exercise, students, comment)
    return students


def _classroom(config: Config) -> Classroom:
    return Classroom((paths.ROOT / config.CourseDirectory.submitted_directory).resolve().parent)


def _released(config: Config) -> Path:
    return paths.ROOT / config.CourseDirectory.release_directory
