"""A small school: a course home of its own, and whole classes that are graded once for each file of tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from autograder import course, sample, sandbox, settings
from autograder.course import Classroom
from autograder.feedback import GenerateFeedback
from autograder.front import Autograde
from autograder.release import release
from nbgrader.api import BaseCell, Grade, Gradebook, Notebook, SubmittedAssignment, SubmittedNotebook
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

    def by_hand(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run nbgrader as an instructor types it, in the project's root, on this class."""
        folders = self.config.CourseDirectory
        given = [f"--CourseDirectory.{name}={value}" for name, value in folders.items() if name != "root"]
        engine = f"--Autograde.engine={self.config.Autograde.engine}"
        command = [str(Path(sys.executable).parent / "nbgrader"), *arguments, *given, engine]
        environment = {**os.environ, course.HOME_VARIABLE: str(course.home())}
        return subprocess.run(command, cwd=course.ROOT, env=environment, check=False, capture_output=True, text=True)

    def books(self) -> list[tuple]:
        """Return everything that the gradebook says of marks, entry by entry."""
        what = (
            *(SubmittedAssignment.student_id, SubmittedAssignment.timestamp, Notebook.name, BaseCell.name),
            *(Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade),
            SubmittedNotebook.late_submission_penalty,
        )
        with Gradebook(self.config.CourseDirectory.db_url) as gradebook:
            rows = gradebook.db.query(*what).select_from(Grade).join(BaseCell, BaseCell.id == Grade.cell_id)
            rows = rows.join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
            rows = rows.join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            rows = rows.join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
            return sorted((tuple(row) for row in rows), key=lambda row: (row[0], row[2], row[3]))


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
