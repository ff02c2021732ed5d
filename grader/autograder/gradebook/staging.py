"""What lies in the folder of a graded submission: the notebook that we rebuilt, and when it came in."""

from __future__ import annotations

import os
import re
import secrets
import stat
from datetime import datetime
from pathlib import Path

from nbformat import NotebookNode

from autograder.course.clock import TIMESTAMP_BYTES, TIMESTAMP_NAME, handed_in, noted_moment
from autograder.course.whole_file import write_whole
from autograder.submissions.intake import Refused
from autograder.submissions.placement import Placement
from autograder.submissions.rebuild import copy_release, rebuild

SECRET_NAME = "submission_secret.txt"
"""What the exchange names a learner's feedback by."""
SECRET_BYTES = 4096
_SECRET = re.compile(rb"[ -~]{1,256}\s{0,2}")


def stage_timestamp(submitted: Path, target: Path) -> None:
    """Write into ``target`` when the submission in ``submitted`` came in, and the secret of the exchange.

    Work that came another way gets a secret that nobody knows: without one nbgrader releases nobody's page. A time that
    nbgrader can read goes over as it is, byte for byte: it is what learners of the exchange are told by. Learners write
    both files, and nbgrader reads them for a whole class at once: what is not plain is not taken over.
    """
    if target.is_symlink():
        target.unlink()
    target.mkdir(parents=True, exist_ok=True)  # some file systems keep a folder whose files somebody has open
    moment = handed_in(submitted, f"{submitted.name}.ipynb")
    noted = _small_file(submitted / TIMESTAMP_NAME) if noted_moment(submitted) else b""
    # nbgrader reads other time zones in a way of its own
    plain = len(noted) <= TIMESTAMP_BYTES and noted.strip().endswith(b" UTC")
    noted = noted if plain else b""
    write_whole(target / TIMESTAMP_NAME, noted or f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC\n")
    given = _small_file(submitted / SECRET_NAME)
    write_whole(target / SECRET_NAME, given if _SECRET.fullmatch(given) else secrets.token_hex(32))


def _small_file(path: Path) -> bytes:
    """Return a small ordinary file; nothing where it is a link, a pipe or not there."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            return file.read(SECRET_BYTES) if stat.S_ISREG(os.fstat(handle).st_mode) else b""
    except OSError:
        return b""


def rebuild_graded(placement: Placement | Refused, release: NotebookNode) -> NotebookNode:
    """Return the notebook that was graded, or a copy of the release if the submission was refused."""
    return copy_release(release) if isinstance(placement, Refused) else rebuild(release, placement)


def handed_in_at(submitted: Path, assignment: str) -> datetime:
    """Return when a submission came in, as nbgrader keeps it: UTC that does not say so."""
    return handed_in(submitted, f"{assignment}.ipynb").replace(tzinfo=None)
