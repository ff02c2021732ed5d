"""All changes to nbgrader and its libraries, each beside the upstream fault that it waits for.

One more change has to be made before nbgrader is imported: ``autograder/__init__.py`` keeps jsonschema from loading
a slow library.
"""

from __future__ import annotations

import re
import warnings
from datetime import datetime
from pathlib import Path
from typing import Any

import nbgrader.api
import nbgrader.apps.api
import nbgrader.apps.autogradeapp
import nbgrader.apps.generatefeedbackapp
from nbgrader.converters.base import BaseConverter
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default.collect import ExchangeCollect
from sqlalchemy.exc import SAWarning

from autograder.gradebook import exchange_collect
from autograder.gradebook.staging import handed_in_at


def apply_patches() -> None:
    """Make the changes that hold for the whole process."""
    # Three lookups of nbgrader cause warnings of SQLAlchemy that change no result. jupyter/nbgrader#1420 removed
    # those of an older version; these three are not reported upstream (looked 2026-11).
    warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")
    # A new gradebook runs the program alembic to learn its version, which fails if it is not on the PATH and costs a
    # process. Not reported upstream (looked 2026-11).
    nbgrader.api.get_alembic_version = schema_version
    # nbgrader matches paths with a pattern into which the name of the step's folder goes unescaped, so formgrader shows
    # nobody where it holds a plus or a parenthesis: jupyter/nbgrader#1965, #1843 and #1738 (open).
    CourseDirectory.format_path = _format_path
    # A submission whose folder has no timestamp.txt, because somebody put it there by hand, would need autograding for
    # ever: formgrader compares its missing time with that in the gradebook. Not reported upstream (looked 2026-11).
    nbgrader.apps.api.NbGraderAPI.get_submitted_timestamp = _submitted_timestamp
    # nbgrader collects with the instructor's rights: it follows links, takes a folder that somebody else owns after a
    # warning, and ends at the first thing that cannot be copied. Not reported upstream (looked 2026-11);
    # jupyter/nbgrader#1225 (open) asks why everybody may write into the exchange.
    ExchangeCollect.init_src = exchange_collect.init_src
    ExchangeCollect.do_copy = exchange_collect.do_copy


_plain_format_path = CourseDirectory.format_path


def _format_path(
    folders: CourseDirectory, nbgrader_step: str, student_id: str, assignment_id: str, escape: bool = False
) -> str:
    """Return a path, or a regular expression if ``escape``."""
    step = re.escape(nbgrader_step) if escape else nbgrader_step
    path: str = _plain_format_path(folders, step, student_id, assignment_id, escape)
    return path


def _submitted_timestamp(api: Any, assignment_id: str, student_id: str) -> datetime | None:
    """Return when a submission came in, as the gradebook notes it; None where there is none."""
    folders = api.coursedir
    submitted = Path(folders.format_path(folders.submitted_directory, student_id, assignment_id)).resolve()
    return handed_in_at(submitted, assignment_id) if submitted.is_dir() else None


def schema_version() -> str:
    """Return the version of the tables that this nbgrader makes; a new gradebook has to note it."""
    from alembic.config import Config  # here: it takes long to load, and only a new gradebook needs it
    from alembic.script import ScriptDirectory

    scripts = Config()
    scripts.set_main_option("script_location", str(Path(nbgrader.__file__).parent / "alembic"))
    return str(ScriptDirectory.from_config(scripts).get_current_head())


def replace_converters(autograde: type[BaseConverter], generate_feedback: type[BaseConverter]) -> None:
    """Make nbgrader's commands and formgrader use our converters."""
    # The classes of the converters cannot be configured, and the stock ``autograde`` runs what learners wrote with
    # the instructor's rights: jupyter/nbgrader#483.
    for module in (nbgrader.apps.autogradeapp, nbgrader.apps.api):
        module.Autograde = autograde
    for module in (nbgrader.apps.generatefeedbackapp, nbgrader.apps.api):
        module.GenerateFeedback = generate_feedback
