"""The lock of a class: only one run writes at a time, and the system releases the lock when a run dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_NAME = ".lock"


class ClassBusyError(Exception):
    """Another run is writing into this class; the sentence says so and what to do."""


@contextmanager
def hold_lock(classroom: Path) -> Iterator[None]:
    """Hold the lock of a class; raise ClassBusyError where another run has it."""
    with (classroom / LOCK_NAME).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ClassBusyError(
                f"another run is at work in {classroom}; give the command again when it is done"
            ) from None
        yield
