"""All changes to nbgrader and its libraries, each with the upstream fault that it waits for."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import nbgrader.api
import nbgrader.apps.api
import nbgrader.apps.autogradeapp
import nbgrader.apps.generatefeedbackapp
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from nbgrader.converters.base import BaseConverter
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning


def replace_converters(autograde: type[BaseConverter], generate_feedback: type[BaseConverter]) -> None:
    """Put our converters in the place of nbgrader's, for its commands and for formgrader."""
    for module in (nbgrader.apps.autogradeapp, nbgrader.apps.api):
        module.Autograde = autograde
    for module in (nbgrader.apps.generatefeedbackapp, nbgrader.apps.api):
        module.GenerateFeedback = generate_feedback


def apply_patches() -> None:
    """Mend what nbgrader does at its own cost or ours."""
    warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")  # three of its lookups, harmless
    nbgrader.api.get_alembic_version = schema  # nbgrader's own starts a program for it, which has to be on the PATH


def schema() -> str:
    """Return the version of the tables that this nbgrader makes, as its first gradebook has to note it."""
    scripts = AlembicConfig()
    scripts.set_main_option("script_location", str(Path(nbgrader.__file__).parent / "alembic"))
    return ScriptDirectory.from_config(scripts).get_current_head()


class CourseFolders(CourseDirectory):
    """nbgrader's folders, with names that may hold what means something in a regular expression."""

    def format_path(self, nbgrader_step: str, student_id: str, assignment_id: str, escape: bool = False) -> str:
        """Return a path, or a pattern if ``escape``."""
        step = re.escape(nbgrader_step) if escape else nbgrader_step
        return super().format_path(step, student_id, assignment_id, escape)
