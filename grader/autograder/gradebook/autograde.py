"""nbgrader's ``autograde``, which takes its marks from our verdicts and never opens what a learner sent in."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import BrokenExecutor
from contextlib import closing
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import converters
from nbgrader.api import Assignment, Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import compute_checksum
from traitlets import Any as AnyTrait
from traitlets import Integer, List, Type, Unicode

from autograder.course import limits, paths
from autograder.course.classroom import Classroom, Submissions
from autograder.course.secret import course_secret
from autograder.gradebook.preprocessors import Execute, Exporter, SaveAutoGrades
from autograder.gradebook.shared import locked_class, open_gradebook
from autograder.gradebook.staging import rebuild_graded, stage_timestamp
from autograder.grading.verdict import Verdict
from autograder.sandbox.engines import ENGINES, EngineError
from autograder.scheduling.batch import GradedSubmission, GraderFailure, GradingRun, grade_class
from autograder.scheduling.class_summary import ClassSummary
from autograder.scheduling.dask_cluster import ClusterError

Results = Generator[GradedSubmission, None, None]


class Autograde(converters.Autograde):
    """Compute the missing verdicts, then let nbgrader do its books with notebooks that we rebuilt."""

    engine = Unicode("", help="bubblewrap (the default), podman, docker or trust").tag(config=True)
    workers = Integer(0, help="How many submissions are judged at once; 0: one a processor").tag(config=True)
    scheduler = Unicode("", help="The Dask scheduler whose workers judge, tcp://host:port; empty: this machine").tag(
        config=True
    )
    watch = AnyTrait(help="A function around the results, to show progress").tag(config=False)

    # every cell and its metadata are the release's: there is nothing to sanitize, to restore, or to check
    sanitize_preprocessors = List([]).tag(config=True)
    autograde_preprocessors = List([Execute, SaveAutoGrades, AssignLatePenalties]).tag(config=True)

    exporter_class = Type(Exporter, klass="nbconvert.exporters.Exporter").tag(config=True)

    results: ClassSummary
    """What this run found about the class."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.results = ClassSummary()

    def start(self) -> None:
        """Grade every submission of the assignment, and book what is not in the gradebook with its present verdict."""
        with locked_class(self._classroom.folder, self.log):
            shutil.rmtree(self._classroom.intake, ignore_errors=True)
            try:
                super().start()
            finally:
                shutil.rmtree(self._classroom.intake, ignore_errors=True)

    def init_notebooks(self) -> None:
        """Look for nothing: submissions are read where they lie, and each is handed to nbgrader when it is judged."""
        if self.config.Execute.get("enabled") is False:
            raise self._failure("--no-execute would give full marks to cells that nobody ran; leave it out")

    def convert_notebooks(self) -> None:
        """Judge the class, and book everybody as soon as there is a verdict."""
        release, bounds = self._release(), limits.load(self._classroom.folder / "limits.toml")
        engine = self.engine or ENGINES[0]
        job = GradingRun(self.coursedir.assignment_id, release, course_secret(), engine, bounds)
        blank, students, failed = nbformat.reads(release.decode(), as_version=4), self._students(), []
        for step in (*self.sanitize_preprocessors, *self.autograde_preprocessors):
            self.exporter.register_preprocessor(step)
        watch: Callable[[Results, int], Results] = self.watch or (lambda results, total: results)
        judging = grade_class(students, job, self._classroom.verdicts, self.workers, self.scheduler)
        try:
            with open_gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook, closing(judging):
                self._keep = gradebook.db.keep
                booked = self._booked(gradebook, students)
                for judged in watch(judging, len(students)):
                    self._note(judged)
                    if isinstance(judged.result, Verdict) and (
                        self.force or booked.get(judged.student) != judged.result.key
                    ):
                        folder = students[judged.student]
                        notebook = rebuild_graded(judged.placement(blank), blank)
                        failed += [] if self._book(judged, folder, notebook) else [judged.student]
                        gradebook.db.rollback()  # of a step that failed; nothing where all went well
        except (ClusterError, EngineError, BrokenExecutor) as err:
            raise self._failure(str(err)) from err
        if failed:
            raise self._failure(f"graded, but not booked: {', '.join(failed)}; nbgrader.log says why")

    def _note(self, judged: GradedSubmission) -> None:
        result = judged.result
        if isinstance(result, GraderFailure):
            self.log.error("%s was not graded: %s", judged.student, result.sentence)
        elif result.status == "refused":
            self.log.warning("%s was refused: %s", judged.student, result.reason)
        else:
            self.log.info("%s: %g of %g", judged.student, result.points, result.max_points)
        self.results.add(judged.student, result)

    def _book(self, judged: GradedSubmission, submitted: Path, notebook: NotebookNode) -> bool:
        """Let nbgrader do its books on one submission; tell whether it could."""
        place = Path(self._format_source(submitted.name, judged.student))
        self._present = judged.result, notebook
        self.assignments = {str(place): [str(place / f"{submitted.name}.ipynb")]}
        try:
            stage_timestamp(submitted, place)
            super().convert_notebooks()
        except NbGraderException:
            return False
        finally:
            shutil.rmtree(place, ignore_errors=True)
        return True

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Put the present verdict into its notebook, in one pass and in memory."""
        resources = self.init_single_notebook_resources(notebook_filename)
        resources["nbgrader"]["verdict"], notebook = self._present
        done = self.exporter.from_notebook_node(notebook, resources)
        self._keep()
        self.write_single_notebook(*done)  # its key says that the marks are in the gradebook, so it comes last

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Make room: only what has to be done anew comes here, and an older page is no longer true."""
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
        """Return the released notebook, in which no stub may have been touched."""
        assignment = self.coursedir.assignment_id
        path = paths.notebook_path(Path(self.coursedir.root, self.coursedir.release_directory), assignment)
        again = f"run: course release {assignment}"
        if not path.is_file() or not self._released():
            raise self._failure(f"{assignment} has not been released to this class; {again}")
        raw = path.read_bytes()
        for cell in nbformat.reads(raw.decode(), as_version=4).cells:
            ours = cell.metadata.get("nbgrader")
            if ours and ours.get("checksum") != compute_checksum(cell):
                raise self._failure(f"{path} has been edited (cell {ours.grade_id}); {again}")
        return raw

    def _released(self) -> bool:
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            try:
                return bool(gradebook.find_assignment(self.coursedir.assignment_id).notebooks)
            except MissingEntry:
                return False

    def _students(self) -> Submissions:
        excluded, wanted = self.coursedir.student_id_exclude.split(","), self.coursedir.student_id
        chosen = Submissions(
            self._classroom.submitted,
            self.coursedir.assignment_id,
            lambda student: fnmatchcase(student, wanted) and student not in excluded,
        )
        if not chosen:
            raise self._failure(
                f"nobody has handed in {self.coursedir.assignment_id} yet ({self._classroom.submitted})"
            )
        return chosen

    def _booked(self, gradebook: Gradebook, students: Mapping[str, Path]) -> dict[str, str]:
        """Return student -> key of the verdict that is in the gradebook."""
        known = gradebook.db.query(SubmittedAssignment.student_id).join(Assignment)
        rows = known.filter(Assignment.name == self.coursedir.assignment_id)
        keys = {}
        for student in {student for (student,) in rows} & students.keys():
            try:
                path = paths.notebook_path(self._classroom.autograded / student, self.coursedir.assignment_id)
                keys[student] = json.loads(path.read_bytes())["metadata"]["verdict"]["key"]
            except (OSError, ValueError, KeyError):
                continue
        return keys
