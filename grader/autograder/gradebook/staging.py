"""What lies in the folder of a graded submission: the notebook that we rebuilt, and when it came in."""

from __future__ import annotations

import os
import secrets
import stat
from datetime import datetime
from pathlib import Path

from nbformat import NotebookNode

from autograder.course.clock import TIMESTAMP_NAME, handed_in, noted_moment
from autograder.submissions.intake import Refused
from autograder.submissions.placement import Placement
from autograder.submissions.rebuild import copy_release, rebuild

SECRET_NAME = "submission_secret.txt"
"""What the exchange names a learner's feedback by."""
SECRET_BYTES = 4096


def stage_timestamp(submitted: Path, target: Path) -> None:
    """Write into ``target`` when the submission in ``submitted`` came in, and the secret of the exchange.

    Work that came another way gets a secret that nobody knows: without one nbgrader releases nobody's page. A time that
    nbgrader can read goes over as it is, byte for byte: it is what learners of the exchange are told by.
    """
    target.mkdir(parents=True)
    moment = handed_in(submitted, f"{submitted.name}.ipynb")
    noted = _small_file(submitted / TIMESTAMP_NAME) if noted_moment(submitted) else b""
    noted = noted if noted.strip().endswith(b" UTC") else b""  # nbgrader reads other zones in a way of its own
    (target / TIMESTAMP_NAME).write_bytes(noted or f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC\n".encode())
    secret = _small_file(submitted / SECRET_NAME) or secrets.token_hex(32).encode()
    (target / SECRET_NAME).write_bytes(secret)


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
