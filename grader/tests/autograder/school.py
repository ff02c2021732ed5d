"""A small school: a course home of its own, and whole classes that are graded once for each file of tests."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import BaseCell, Grade, Gradebook, Notebook, SubmittedAssignment, SubmittedNotebook
from traitlets.config import Config

from autograder.authoring.release import release_assignment
from autograder.authoring.sample_class import build_submission, read_answers
from autograder.course import paths, secret
from autograder.course.classroom import Classroom
from autograder.course.secret import home_folder
from autograder.gradebook.autograde import Autograde
from autograder.gradebook.nbgrader_config import configure, run_converter
from autograder.reporting.feedback_pages import GenerateFeedback
from autograder.sandbox.engines import Engine, engine_problems


@dataclass(frozen=True)
class School:
    """One class and the commands that an instructor gives."""

    classroom: Classroom
    released: Path
    config: Config

    def release(self, assignment: str) -> Path:
        """Give an assignment out."""
        return release_assignment(assignment, self.config)

    def hand_in(self, assignment: str, student: str, raw: bytes) -> Path:
        """Put a learner's file where it belongs."""
        path = paths.notebook_path(self.classroom.submitted / student, assignment)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        return path

    def sample(self, assignment: str, student: str, name: str = "") -> Path:
        """Hand in what one of the sample class did."""
        given = read_answers(paths.SAMPLES / assignment / f"{student}.py")
        return self.hand_in(assignment, name or student, build_submission(assignment, given, self.released))

    def grade(self, assignment: str, **options: object) -> Autograde:
        """Grade whatever is new."""
        return run_converter(Autograde, assignment, self.config, **options)

    def feedback(self, assignment: str) -> None:
        """Write the pages."""
        run_converter(GenerateFeedback, assignment, self.config)

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
        environment = {**os.environ, secret.HOME_VARIABLE: str(home_folder())}
        return subprocess.run(command, cwd=paths.ROOT, env=environment, check=False, capture_output=True, text=True)

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


def found_school(folder: Path, name: str = "class (a+b)") -> School:
    """Found a school in an empty folder, with the best engine of this machine."""
    classroom, released = Classroom(folder / name), folder / "notebooks"
    classroom.folder.mkdir()
    config = configure(Config(), classroom, released)
    config.Autograde.engine = "trust" if engine_problems(Engine("bubblewrap")) else "bubblewrap"
    return School(classroom, released, config)
