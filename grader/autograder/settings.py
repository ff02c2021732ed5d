"""nbgrader's configuration and the two classes of ours that it runs: the same by hand and from ``course``."""

from __future__ import annotations

import logging
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbgrader.api
import nbgrader.apps.api
import nbgrader.apps.autogradeapp
import nbgrader.apps.generatefeedbackapp
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from autograder import course
from autograder.course import Classroom
from autograder.feedback import GenerateFeedback
from autograder.front import Autograde


def apply(config: Config, classroom: Classroom, release: Path = course.NOTEBOOKS) -> Config:
    """Write everything that nbgrader has to know into ``config`` and return it."""
    folders = config.CourseDirectory
    folders.root = str(course.ROOT)
    folders.course_id = course.ID  # a server wants every assignment to belong to a course that it knows
    folders.source_directory = _from_root(course.SOLUTIONS)
    folders.release_directory = _from_root(release)
    folders.submitted_directory = _from_root(classroom.submitted)
    folders.autograded_directory = _from_root(classroom.autograded)
    folders.feedback_directory = _from_root(classroom.feedback)
    folders.db_url = classroom.db_url
    config.GenerateFeedback.force = True  # a page older than its marks would be worse than a second's work
    config.Exchange.root = str(classroom.folder.resolve() / "exchange")  # the default place is nobody's to write
    return config


def bind() -> None:
    """Put our converters in the place of nbgrader's, for its commands and for formgrader."""
    for module in (nbgrader.apps.autogradeapp, nbgrader.apps.api):
        module.Autograde = Autograde
    for module in (nbgrader.apps.generatefeedbackapp, nbgrader.apps.api):
        module.GenerateFeedback = GenerateFeedback
    warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")  # three of its lookups, harmless
    nbgrader.api.get_alembic_version = schema  # nbgrader's own starts a program for it, which has to be on the PATH


def schema() -> str:
    """Return the version of the tables that this nbgrader makes, as its first gradebook has to note it."""
    scripts = AlembicConfig()
    scripts.set_main_option("script_location", str(Path(nbgrader.__file__).parent / "alembic"))
    return ScriptDirectory.from_config(scripts).get_current_head()


class Folders(CourseDirectory):
    """nbgrader's folders, with names that may hold what means something in a regular expression."""

    def format_path(self, nbgrader_step: str, student_id: str, assignment_id: str, escape: bool = False) -> str:
        """Return a path, or a pattern if ``escape``."""
        step = re.escape(nbgrader_step) if escape else nbgrader_step
        return super().format_path(step, student_id, assignment_id, escape)


def run(converter: type[BaseConverter], assignment: str, config: Config, **options: Any) -> BaseConverter:
    """Run one of nbgrader's converters over an assignment and return it; it logs into the class's ``nbgrader.log``.

    Raises NbGraderException with nbgrader's own sentences where it fails.
    """
    bind()
    classroom = (course.ROOT / config.CourseDirectory.submitted_directory).resolve().parent
    classroom.mkdir(parents=True, exist_ok=True)
    folders = Folders(config=config, assignment_id=assignment)
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
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(file)
    log.addHandler(memory)
    try:
        yield log, errors
    finally:
        file.close()


def _from_root(path: Path) -> str:
    """Return the path as nbgrader wants it: relative to the root, or with .. where it lies elsewhere."""
    return os.path.relpath(path.resolve(), course.ROOT)
