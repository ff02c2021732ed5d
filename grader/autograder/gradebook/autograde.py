"""nbgrader's ``autograde``, which takes its marks from our verdicts and never opens what a learner sent in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator
from concurrent.futures import BrokenExecutor
from contextlib import closing
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import converters
from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException
from traitlets import Any as AnyTrait
from traitlets import Integer, List, Type, Unicode

from autograder.course import limits, paths
from autograder.course.classroom import Classroom, Submissions
from autograder.course.frozen import require_thawed
from autograder.course.secret import class_secret, note_secret, other_secret
from autograder.gradebook.locked_class import locked_class
from autograder.gradebook.patches import shared_gradebook
from autograder.gradebook.preprocessors import Execute, Exporter, SaveAutoGrades
from autograder.gradebook.regrade import Regrade, watch_marks
from autograder.gradebook.release_check import ReleaseError, checked_release
from autograder.gradebook.selection import booked_keys, chosen_submissions
from autograder.gradebook.staging import rebuild_graded, stage_timestamp
from autograder.grading.verdict import Verdict
from autograder.sandbox.engines import ENGINES, EngineError
from autograder.scheduling.batch import GradedSubmission, GraderFailure, GradingRun, grade_class
from autograder.scheduling.class_summary import ClassSummary
from autograder.scheduling.dask_cluster import ClusterError

Results = Generator[GradedSubmission, None, None]


@dataclass(frozen=True)
class Booking:
    """The learner whose verdict nbgrader is booking."""

    verdict: Verdict
    notebook: NotebookNode
    commit: Callable[[], None]
    """Writes everything that was booked into the database."""


class Autograde(converters.Autograde):
    """Compute the missing verdicts, then let nbgrader book them with notebooks that we rebuilt."""

    engine = Unicode("", help="bubblewrap (the default), podman, docker or trust").tag(config=True)
    workers = Integer(0, help="How many submissions are graded at once; 0: one per processor").tag(config=True)
    scheduler = Unicode("", help="The Dask scheduler whose workers grade, tcp://host:port; empty: this machine").tag(
        config=True
    )
    again = Unicode("", help="Grade these learners again although their verdict is known (may hold *)").tag(config=True)
    progress = AnyTrait(help="A function around the results, to show progress").tag(config=False)

    # lateness is booked for everybody at the end of a run, by the class's one policy (gradebook/late.py);
    # every cell and its metadata are the release's: there is nothing to sanitize, to restore, or to check
    sanitize_preprocessors: List[Any] = List([]).tag(config=True)
    autograde_preprocessors = List([Execute, SaveAutoGrades]).tag(config=True)

    exporter_class = Type(Exporter, klass="nbconvert.exporters.Exporter").tag(config=True)

    results: ClassSummary
    """The results of this run."""
    regrade: Regrade
    """What this run changed in the gradebook."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.results = ClassSummary()

    def start(self) -> None:
        """Grade every submission of the assignment, and book what is not in the gradebook with its present verdict."""
        with locked_class(self._classroom.folder, self.log):
            require_thawed(self._classroom.folder, self.coursedir.assignment_id, self._failure)
            shutil.rmtree(self._classroom.intake, ignore_errors=True)
            with watch_marks(self) as self.regrade:
                try:
                    super().start()
                finally:
                    shutil.rmtree(self._classroom.intake, ignore_errors=True)

    def init_notebooks(self) -> None:
        """Look for no files: we read the submissions, and hand each to nbgrader when it is graded."""
        if self.config.Execute.get("enabled") is False:
            raise self._failure("--no-execute would give full marks to cells that nobody ran; leave it out")

    def convert_notebooks(self) -> None:
        """Grade the class, and book each learner as soon as there is a verdict."""
        assignment, url = self.coursedir.assignment_id, self.coursedir.db_url
        release, bounds = self._release(), limits.load(self._classroom.folder / "limits.toml")
        if warning := other_secret(self._classroom.folder):
            self.log.warning(warning)
        note_secret(self._classroom.folder)
        secret = class_secret(self._classroom.folder)
        run = GradingRun(assignment, release, secret, self.engine or ENGINES[0], bounds)
        blank, students = nbformat.reads(release.decode(), as_version=4), self._students()
        for step in (*self.sanitize_preprocessors, *self.autograde_preprocessors):
            self.exporter.register_preprocessor(step)
        progress: Callable[[Results, int], Results] = self.progress or (lambda results, total: results)
        again = partial(fnmatchcase, pat=self.again)
        grading = grade_class(students, run, self._classroom.verdicts, self.workers, self.scheduler, again)
        try:
            with shared_gradebook(url, self.coursedir.course_id) as gradebook, closing(grading):
                booked = booked_keys(gradebook, self._classroom, assignment, students)
                for graded in progress(grading, len(students)):
                    verdict, why = graded.result, ""
                    known = booked.get(graded.student) == getattr(verdict, "key", "")
                    if isinstance(verdict, Verdict) and (self.force or again(graded.student) or not known):
                        why = self._book(graded, verdict, students[graded.student], blank, gradebook)
                    self._note(graded.student, GraderFailure(f"graded, but not booked: {why}") if why else verdict)
        except (ClusterError, EngineError, BrokenExecutor) as err:
            raise self._failure(str(err)) from err

    def _note(self, student: str, result: Verdict | GraderFailure) -> None:
        if isinstance(result, GraderFailure):
            self.log.error("%s has no mark of this run: %s", student, result.sentence)
        elif result.status == "refused":
            self.log.warning("%s was refused: %s", student, result.reason)
        else:
            self.log.info("%s: %g of %g", student, result.points, result.max_points)
        self.results.add(student, result)

    def _book(
        self, graded: GradedSubmission, verdict: Verdict, submitted: Path, blank: NotebookNode, gradebook: Gradebook
    ) -> str:
        """Book one verdict; return what went wrong, or nothing. One submission must never stop the class."""
        try:
            try:
                notebook = rebuild_graded(graded.placement(blank), blank)
                self._let_nbgrader_book(Booking(verdict, notebook, gradebook.db.keep), submitted)
            finally:
                gradebook.db.rollback()  # undoes a step that failed; without a failure there is nothing left
        except NbGraderException:
            return self._why or "nbgrader.log says why"  # nbgrader left the reason out of the exception
        except Exception as err:  # whatever it is, it is this learner's alone
            self.log.info("%s was not booked", graded.student, exc_info=True)
            return f"{type(err).__name__}: {err}"
        return ""

    def _let_nbgrader_book(self, booking: Booking, submitted: Path) -> None:
        place = Path(self._format_source(submitted.name, booking.verdict.student))
        # nbgrader's loop calls convert_single_notebook with a file name and nothing else, so what belongs to the
        # learner can reach it only through the converter.
        self._booking, self._why = booking, ""
        self.assignments = {str(place): [str(place / f"{submitted.name}.ipynb")]}
        try:
            stage_timestamp(submitted, place)
            super().convert_notebooks()
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Enter the submission into the gradebook, and note why where that fails."""
        try:
            super().init_assignment(assignment_id, student_id)
        except Exception as err:
            self._why = (str(err).splitlines() or [type(err).__name__])[0]
            raise

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Put the verdict into its notebook, in one pass and in memory."""
        resources = self.init_single_notebook_resources(notebook_filename)
        resources["nbgrader"]["verdict"] = self._booking.verdict
        done = self.exporter.from_notebook_node(self._booking.notebook, resources)
        self._booking.commit()
        self.write_single_notebook(*done)  # the key in this file says that the marks are booked, so it comes last

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Remove the older notebook and page: only verdicts that are not booked yet come here."""
        for folder in (self._classroom.autograded, self._classroom.feedback):
            shutil.rmtree(folder / student_id / assignment_id, ignore_errors=True)
        return True

    @property
    def _input_directory(self) -> str:
        return os.path.relpath(self._classroom.intake, self.coursedir.root)

    @property
    def _classroom(self) -> Classroom:
        return Classroom(Path(self.coursedir.root, self.coursedir.submitted_directory).resolve().parent)

    def _failure(self, sentence: str) -> NbGraderException:
        self.log.error(sentence)
        return NbGraderException(sentence)

    def _release(self) -> bytes:
        assignment = self.coursedir.assignment_id
        path = paths.notebook_path(Path(self.coursedir.root, self.coursedir.release_directory), assignment)
        try:
            with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
                return checked_release(path, assignment, gradebook)
        except ReleaseError as err:
            raise self._failure(str(err)) from err

    def _students(self) -> Submissions:
        assignment, excluded = self.coursedir.assignment_id, self.coursedir.student_id_exclude.split(",")
        chosen = chosen_submissions(self._classroom, assignment, self.coursedir.student_id, excluded)
        if not chosen:
            raise self._failure(f"nobody has handed in {assignment} yet ({self._classroom.submitted})")
        return chosen
