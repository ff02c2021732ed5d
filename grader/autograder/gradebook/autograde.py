"""nbgrader's ``autograde``, which takes its marks from our verdicts and never opens what a learner sent in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Generator
from concurrent.futures import BrokenExecutor
from contextlib import closing
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
from traitlets import Integer, List, Unicode

from autograder.course import limits, paths
from autograder.course.classroom import Classroom, Submissions
from autograder.course.frozen import require_thawed
from autograder.course.secret import class_secret, note_secret, other_secret
from autograder.course.whole_file import write_whole
from autograder.gradebook.books import Booking, Books
from autograder.gradebook.graded_notebook import unanswered_cells, write_in
from autograder.gradebook.locked_class import locked_class
from autograder.gradebook.regrade import Regrade, watch_marks
from autograder.gradebook.release_check import ReleaseError, checked_release
from autograder.gradebook.selection import booked_keys, chosen_submissions
from autograder.gradebook.staging import handed_in_at, rebuild_graded, stage_timestamp
from autograder.grading.verdict import Verdict
from autograder.sandbox.engines import ENGINES, EngineError
from autograder.scheduling.batch import GradedSubmission, GraderFailure, GradingRun, grade_class
from autograder.scheduling.class_summary import ClassSummary
from autograder.scheduling.dask_cluster import ClusterError

Results = Generator[GradedSubmission, None, None]


class Autograde(converters.Autograde):
    """Compute the missing verdicts, and book each: marks into the gradebook, and the notebook that was graded."""

    engine = Unicode("", help="bubblewrap (the default), podman, docker or trust").tag(config=True)
    workers = Integer(0, help="How many submissions are graded at once; 0: one per processor").tag(config=True)
    scheduler = Unicode("", help="The Dask scheduler whose workers grade, tcp://host:port; empty: this machine").tag(
        config=True
    )
    again = Unicode("", help="Grade these learners again although their verdict is known (may hold *)").tag(config=True)
    progress = AnyTrait(help="A function around the results, to show progress").tag(config=False)

    # nothing here is nbgrader's work: every cell and its metadata are the release's, and lateness is booked for
    # everybody at the end of a run, by the class's one policy (gradebook/late.py)
    sanitize_preprocessors: List[Any] = List([]).tag(config=True)
    autograde_preprocessors: List[Any] = List([]).tag(config=True)

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
            shutil.rmtree(self._classroom.folder / "intake", ignore_errors=True)  # where older versions put notebooks
            with watch_marks(self) as self.regrade:
                super().start()

    def init_notebooks(self) -> None:
        """Look for no files: we read the submissions."""
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
        progress: Callable[[Results, int], Results] = self.progress or (lambda results, total: results)
        again = partial(fnmatchcase, pat=self.again)
        grading = grade_class(students, run, self._classroom.verdicts, self.workers, self.scheduler, again)
        try:
            with Gradebook(url, self.coursedir.course_id) as gradebook, closing(grading):
                books = Books(gradebook, assignment)
                booked = booked_keys(gradebook, self._classroom, assignment, students)
                for graded in progress(grading, len(students)):
                    verdict, why = graded.result, ""
                    known = booked.get(graded.student) == getattr(verdict, "key", "")
                    if isinstance(verdict, Verdict) and (self.force or again(graded.student) or not known):
                        why = self._book(graded, verdict, students[graded.student], blank, books)
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
        self, graded: GradedSubmission, verdict: Verdict, submitted: Path, blank: NotebookNode, books: Books
    ) -> str:
        """Book one verdict; return what went wrong, or nothing. One submission must never stop the class."""
        assignment, student = submitted.name, graded.student
        path = paths.notebook_path(self._classroom.autograded / student, assignment)
        try:
            self.notebooks = [str(path)]
            self.run_pre_convert_hook()
            for old in (path.parent, self._classroom.feedback / student / assignment):
                shutil.rmtree(old, ignore_errors=True)
            notebook = rebuild_graded(graded.placement(blank), blank)
            points, moment = write_in(verdict, notebook), handed_in_at(submitted, assignment)
            stage_timestamp(submitted, path.parent)
            text = json.dumps(notebook, ensure_ascii=False) + "\n"
            books.enter(Booking(student, moment, points, unanswered_cells(notebook)))
            # the key in this file says that the marks are booked, so it comes last
            write_whole(path, text)
            self.set_permissions(assignment, student)
            self.run_post_convert_hook()
        except Exception as err:  # whatever it is, it is this learner's alone
            shutil.rmtree(path.parent, ignore_errors=True)
            self.log.info("%s was not booked", graded.student, exc_info=True)
            first = (str(err).splitlines() or [""])[0]  # behind it the database shows its statement, with all values
            return f"{type(err).__name__}: {first}"
        return ""

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
