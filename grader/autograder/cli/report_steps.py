"""What the commands about a whole class do: the marks that are booked, the report, the answers to one exercise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from traitlets.config import Config

from autograder.cli.regraded import print_lateness
from autograder.cli.steps import booked_marks
from autograder.course import paths
from autograder.course.class_language import class_language
from autograder.course.classroom import Classroom
from autograder.course.names import STUDENT_ID
from autograder.grading.store import read_verdict, verdict_path
from autograder.reporting.answer_groups import book_comment, find_answers, group_answers, write_answer_files
from autograder.reporting.answers_page import write_answers_page
from autograder.reporting.class_report import exercise_points, print_class
from autograder.reporting.feedback_index import write_indexes
from autograder.reporting.report_data import read_class
from autograder.reporting.report_page import write_report
from autograder.scheduling.batch import GraderFailure
from autograder.scheduling.class_summary import ClassSummary


def print_booked(assignment: str, config: Config, console: Console) -> None:
    """Print the marks of an assignment as the gradebook holds them."""
    classroom, summary = _classroom(config), ClassSummary()
    for student in classroom.submissions(assignment):
        known = STUDENT_ID.fullmatch(student)
        verdict = read_verdict(verdict_path(classroom.verdicts, assignment, student)) if known else None
        summary.add(student, verdict or GraderFailure("there is no verdict yet: course grade"))
    booked, late = booked_marks(assignment, config)
    print_class(console, assignment, summary, exercise_points(assignment, _released(config)), booked)
    print_lateness(console, booked, late)


def write_class_report(assignments: Sequence[str], config: Config, *, anonymous: bool = False) -> Path:
    """Write the page about the class and return its path."""
    classroom = _classroom(config)
    in_order = sorted(set(assignments))  # "since the last chapter" goes by teaching order, however they were typed
    data = read_class(classroom, in_order, _released(config), anonymous=anonymous)
    return write_report(data, classroom.folder / "report" / "index.html")


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
