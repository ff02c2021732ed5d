"""nbgrader's ``autograde``, which takes its marks from our verdicts and never opens what a learner sent in."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import converters
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, NbGraderPreprocessor, SaveAutoGrades
from nbgrader.utils import compute_checksum, is_grade
from traitlets import Any as AnyTrait
from traitlets import Integer, List, Unicode

from autograder import batch, course, limits, probes, sandbox, staging, turn
from autograder.course import Classroom
from autograder.verdict import Verdict

Results = Iterator[tuple[str, Verdict | batch.Fault]]


class Execute(NbGraderPreprocessor):
    """Put the verdict into the notebook, where nbgrader looks for marks."""

    def preprocess(self, nb: NotebookNode, resources: Mapping[str, Any]) -> tuple[NotebookNode, Mapping[str, Any]]:
        """Give every cell the outputs that the verdict recorded, and every tests cell its points."""
        found: Verdict = resources["nbgrader"]["verdict"]
        nb.metadata["verdict"] = {"key": found.key, "status": found.status, "reason": found.reason}
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs = [nbformat.from_dict(output) for output in found.outputs.get(cell.id, ())]
            if is_grade(cell):
                _score(cell, found)
        return nb, resources


def _score(cell: NotebookNode, found: Verdict) -> None:
    """Write the one output by which nbgrader scores a tests cell: a plain float, and nothing before it."""
    name = cell.metadata.nbgrader.grade_id.removeprefix("test-")
    exercise = dict(found.exercises.get(name, {}))
    if not exercise and found.status == "graded":
        raise ValueError(f"the verdict on {found.student} says nothing about {name}")
    points = min(max(float(exercise.get("points", 0)), 0.0), float(cell.metadata.nbgrader.points))
    data = {"text/plain": repr(points)}
    if exercise.get("panel"):
        data["text/html"] = exercise.pop("panel")
    cell.outputs = [nbformat.v4.new_output("execute_result", data)]
    cell.metadata["verdict"] = exercise


class Autograde(converters.Autograde):
    """Compute the missing verdicts, then let nbgrader do its books with notebooks that we rebuilt."""

    engine = Unicode("", help="bubblewrap (the default), podman, docker or trust").tag(config=True)
    workers = Integer(0, help="How many submissions are judged at once; 0: one a processor").tag(config=True)
    watch = AnyTrait(help="A function around the results, to show progress").tag(config=False)

    # intake has rebuilt every cell from the release: there is nothing left to sanitize, and nothing to restore
    sanitize_preprocessors = List([CheckCellMetadata]).tag(config=True)
    autograde_preprocessors = List([Execute, SaveAutoGrades, AssignLatePenalties, CheckCellMetadata]).tag(config=True)

    results: dict[str, Verdict | batch.Fault]

    def start(self) -> None:
        """Grade every submission of the assignment that is not in the gradebook with its present verdict."""
        with turn.take(self._classroom.folder, self.log):
            self._start()

    def _start(self) -> None:
        if self.config.Execute.get("enabled") is False:
            raise self._failure("--no-execute would give full marks to cells that nobody ran; leave it out")
        release, bounds = self._release(), limits.load(self._classroom.folder / "limits.toml")
        verdicts, engine = self._classroom.verdicts, self._engine(bounds)
        job = batch.Job(self.coursedir.assignment_id, release, course.secret(), engine, bounds, verdicts)
        self._judge(job)
        if self._stage(nbformat.reads(release.decode(), as_version=4), bounds):
            try:
                super().start()
            finally:
                shutil.rmtree(self._classroom.intake)

    def init_single_notebook_resources(self, notebook_filename: str) -> dict[str, Any]:
        """Hand the verdict on to the preprocessors."""
        resources = super().init_single_notebook_resources(notebook_filename)
        resources["nbgrader"]["verdict"] = self.results[resources["nbgrader"]["student"]]
        return resources

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Make room: only what has to be done anew was staged, and an older page is no longer true."""
        for folder in (self._classroom.autograded, self._classroom.feedback):
            shutil.rmtree(folder / student_id / assignment_id, ignore_errors=True)
        return True

    @property
    def _input_directory(self) -> str:
        folder = self._classroom.intake if self._sanitizing else self._classroom.autograded
        return os.path.relpath(folder, self.coursedir.root)

    @property
    def _classroom(self) -> Classroom:
        return Classroom(Path(self.coursedir.root, self.coursedir.submitted_directory).resolve().parent)

    def _failure(self, sentence: str) -> NbGraderException:
        self.log.error(sentence)
        return NbGraderException(sentence)

    def _engine(self, bounds: limits.Limits) -> sandbox.Engine:
        """Return the engine, which has been tried from inside."""
        try:
            engine = sandbox.choose(self.engine or None, course.ROOT)
            probes.require(engine, bounds)
        except sandbox.EngineError as err:
            raise self._failure(str(err)) from err
        return engine

    def _release(self) -> bytes:
        """Return the released notebook, in which no stub may have been touched."""
        assignment = self.coursedir.assignment_id
        path = course.notebook(Path(self.coursedir.root, self.coursedir.release_directory), assignment)
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

    def _students(self) -> dict[str, Path]:
        excluded = self.coursedir.student_id_exclude.split(",")
        folders = self._classroom.submissions(self.coursedir.assignment_id)
        chosen = {s: f for s, f in folders.items() if fnmatchcase(s, self.coursedir.student_id) and s not in excluded}
        if not chosen:
            raise self._failure(
                f"nobody has handed in {self.coursedir.assignment_id} yet ({self._classroom.submitted})"
            )
        return chosen

    def _judge(self, job: batch.Job) -> None:
        students = self._students()
        watch: Callable[[Results, int], Results] = self.watch or (lambda results, total: results)
        self.results = {}
        for student, result in watch(batch.judge(students, job, self.workers), len(students)):
            self.results[student] = result
            if isinstance(result, batch.Fault):
                self.log.error("%s was not graded: %s", student, result.sentence)
            elif result.status == "refused":
                self.log.warning("%s was refused: %s", student, result.reason)
            else:
                self.log.info("%s: %g of %g", student, result.points, result.max_points)

    def _stage(self, release: NotebookNode, bounds: limits.Limits) -> bool:
        """Rebuild the notebooks whose verdict the gradebook does not have yet; tell whether there are any."""
        assignment, room = self.coursedir.assignment_id, self._classroom
        shutil.rmtree(room.intake, ignore_errors=True)
        booked = self._booked()
        for student, found in self.results.items():
            if isinstance(found, batch.Fault) or (not self.force and booked.get(student) == found.key):
                continue
            folder = room.submitted / student / assignment
            staging.put(folder, room.intake / student / assignment, release, bounds)
        return room.intake.exists()

    def _booked(self) -> dict[str, str]:
        """Return student -> key of the verdict that is in the gradebook."""
        assignment = self.coursedir.assignment_id
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            known = {submission.student.id for submission in gradebook.assignment_submissions(assignment)}
        keys = {}
        for student in known & self.results.keys():
            try:  # the key is written after the marks: a run that died in between is done again
                path = self._classroom.autograded / student / assignment / f"{assignment}.ipynb"
                keys[student] = json.loads(path.read_bytes())["metadata"]["verdict"]["key"]
            except (OSError, ValueError, KeyError):
                continue
        return keys
