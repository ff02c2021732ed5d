"""Hold the lock of a class while nbgrader works in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from logging import Logger
from pathlib import Path

from nbgrader.converters.base import NbGraderException

from autograder.course.lock import ClassBusyError, hold_lock


@contextmanager
def locked_class(folder: Path, log: Logger) -> Iterator[None]:
    """Hold the lock of a class; raise NbGraderException if another run has it."""
    try:
        with hold_lock(folder):
            yield
    except ClassBusyError as err:
        log.error(str(err))
        raise NbGraderException(str(err)) from None
