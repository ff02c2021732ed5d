"""nbgrader's configuration and the two classes of ours that it runs: the same by hand and from ``course``."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.course.text import clean_text
from autograder.gradebook.learner_notebook import PrepareForLearners
from autograder.gradebook.patches import apply_patches


def configure(config: Config, classroom: Classroom, release: Path = paths.NOTEBOOKS) -> Config:
    """Write everything that nbgrader has to know into ``config`` and return it."""
    folders = config.CourseDirectory
    folders.root = str(paths.ROOT)
    folders.course_id = paths.COURSE_ID  # a server wants every assignment to belong to a course that it knows
    folders.source_directory = _from_root(paths.SOLUTIONS)
    folders.release_directory = _from_root(release)
    folders.submitted_directory = _from_root(classroom.submitted)
    folders.autograded_directory = _from_root(classroom.autograded)
    folders.feedback_directory = _from_root(classroom.feedback)
    folders.db_url = classroom.db_url
    steps = GenerateAssignment.preprocessors.default_args[0]
    config.GenerateAssignment.preprocessors = [*steps, PrepareForLearners]
    config.GenerateFeedback.force = True  # a page older than its marks would be worse than a second's work
    config.Exchange.root = str(classroom.exchange)  # outside the class, which is nobody else's to read
    return config


def run_converter(converter: type[BaseConverter], assignment: str, config: Config, **options: Any) -> BaseConverter:
    """Run one of nbgrader's converters over an assignment and return it; it logs into the class's ``nbgrader.log``.

    Raises NbGraderException with nbgrader's own sentences where it fails.
    """
    apply_patches()
    classroom = (paths.ROOT / config.CourseDirectory.submitted_directory).resolve().parent
    Classroom(classroom).make()
    folders = CourseDirectory(config=config, assignment_id=assignment)
    with _logging(classroom / "nbgrader.log") as (log, errors):
        running = converter(coursedir=folders, config=config, log=log, **options)
        try:
            running.start()
        except NbGraderException as err:
            raise NbGraderException("\n".join(errors) or str(err)) from err
    return running


@contextmanager
def _logging(path: Path) -> Iterator[tuple[logging.Logger, list[str]]]:
    errors: list[str] = []

    class Errors(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            errors.append(record.getMessage())

    log = logging.Logger("nbgrader", logging.INFO)
    file, memory = logging.FileHandler(path, encoding="utf-8"), Errors(logging.ERROR)
    log.addFilter(_clean)
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(file)
    log.addHandler(memory)
    books = logging.getLogger("tornado.application")  # nbgrader's gradebook tells its errors there, with tracebacks
    passes_on, books.propagate = books.propagate, False
    books.addHandler(file)
    try:
        yield log, errors
    finally:
        books.removeHandler(file)
        books.propagate = passes_on
        file.close()


def _clean(record: logging.LogRecord) -> bool:
    """Take out of a line what a terminal would obey: names of files are the learners'."""
    record.msg, record.args = clean_text(record.getMessage(), 10_000, lines=True), ()
    return True


def _from_root(path: Path) -> str:
    """Return the path as nbgrader wants it: relative to the root, or with .. where it lies elsewhere."""
    return os.path.relpath(path.resolve(), paths.ROOT)
