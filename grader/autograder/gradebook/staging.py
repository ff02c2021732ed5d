"""Give nbgrader what it needs of a submission: the rebuilt notebook, and the time when it came in."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import parse_utc

from autograder.submissions.intake import Refused
from autograder.submissions.placement import Placement
from autograder.submissions.rebuild import copy_release, rebuild

TIMESTAMP_BYTES = 64


def stage_timestamp(submitted: Path, target: Path) -> None:
    """Write into ``target`` when the submission in ``submitted`` came in, as nbgrader reads it."""
    target.mkdir(parents=True)
    moment = handed_in_at(submitted, submitted.name)
    (target / "timestamp.txt").write_text(f"{moment:%Y-%m-%d %H:%M:%S} UTC\n", encoding="utf-8")


def rebuild_graded(placement: Placement | Refused, release: NotebookNode) -> NotebookNode:
    """Return the notebook that was graded, or a copy of the release if the submission was refused."""
    return copy_release(release) if isinstance(placement, Refused) else rebuild(release, placement)


def handed_in_at(submitted: Path, assignment: str) -> datetime:
    """Return when a submission came in (UTC): the exchange's note if it is a date, else the time of the file."""
    try:
        handle = os.open(submitted / "timestamp.txt", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            if stat.S_ISREG(os.fstat(handle).st_mode):
                return parse_utc(file.read(TIMESTAMP_BYTES).decode().strip())
    except (OSError, ValueError, OverflowError):
        pass
    path = submitted / f"{assignment}.ipynb"
    moment = (path if os.path.lexists(path) else submitted).lstat().st_mtime
    return datetime.fromtimestamp(moment, UTC).replace(tzinfo=None)
