"""A small school: a course home of its own, and whole classes that are graded once for each file of tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from autograder import course, sample, sandbox, settings
from autograder.course import Classroom
from autograder.feedback import GenerateFeedback
from autograder.front import Autograde
from autograder.release import release
from nbgrader.api import Gradebook
from sqlalchemy import text
from traitlets.config import Config


@dataclass(frozen=True)
class School:
    """One class and the commands that an instructor gives."""

    classroom: Classroom
    released: Path
    config: Config

    def release(self, assignment: str) -> Path:
        """Give an assignment out."""
        return release(assignment, self.config)

    def hand_in(self, assignment: str, student: str, raw: bytes) -> Path:
        """Put a learner's file where it belongs."""
        path = course.notebook(self.classroom.submitted / student, assignment)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        return path

    def sample(self, assignment: str, student: str, name: str = "") -> Path:
        """Hand in what one of the sample class did."""
        given = sample.read(course.SAMPLE / assignment / f"{student}.py")
        return self.hand_in(assignment, name or student, sample.submission(assignment, given, self.released))

    def grade(self, assignment: str, **options: object) -> Autograde:
        """Grade whatever is new."""
        return settings.run(Autograde, assignment, self.config, **options)

    def feedback(self, assignment: str) -> None:
        """Write the pages."""
        settings.run(GenerateFeedback, assignment, self.config)

    def marks(self, assignment: str) -> dict[str, dict[str, float]]:
        """Return the gradebook: student -> exercise -> points."""
        with Gradebook(self.config.CourseDirectory.db_url) as gradebook:
            return {
                submission.student.id: {
                    grade.name.removeprefix("test-"): grade.score
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                }
                for submission in gradebook.assignment_submissions(assignment)
            }

    def books(self) -> list[tuple]:
        """Return everything that the gradebook says of marks, entry by entry."""
        with Gradebook(self.config.CourseDirectory.db_url) as gradebook:
            return [tuple(row) for row in gradebook.db.execute(text(_BOOKS))]


_BOOKS = """
    select student.id, assignment.name, submitted_assignment.timestamp, notebook.name, base_cell.name, grade.auto_score,
           grade.manual_score, grade.extra_credit, grade.needs_manual_grade, submitted_notebook.late_submission_penalty
    from grade join base_cell on base_cell.id = grade.cell_id
    join submitted_notebook on submitted_notebook.id = grade.notebook_id
    join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
    join student on student.id = submitted_assignment.student_id
    join notebook on notebook.id = submitted_notebook.notebook_id
    join assignment on assignment.id = notebook.assignment_id order by 1, 2, 5
"""


def _school(folder: Path, name: str = "class (a+b)") -> School:
    """Found a school in an empty folder, with the best engine of this machine."""
    classroom, released = Classroom(folder / name), folder / "notebooks"
    classroom.folder.mkdir()
    config = settings.apply(Config(), classroom, released)
    config.Autograde.engine = "trust" if sandbox.problems(sandbox.Engine("bubblewrap")) else "bubblewrap"
    return School(classroom, released, config)


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests away from the instructor's own secret."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(course.HOME_VARIABLE, str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def school() -> Callable[[Path], School]:
    """Return what founds a school in an empty folder."""
    return _school


@pytest.fixture
def empty_school(tmp_path: Path) -> School:
    """A school in which nothing has happened yet."""
    return _school(tmp_path)
