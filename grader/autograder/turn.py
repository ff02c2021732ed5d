"""One run at a time: whoever writes into a class holds its lock, and the system lets go of it when a run dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from logging import Logger
from pathlib import Path

from nbgrader.converters.base import NbGraderException

NAME = ".lock"


@contextmanager
def take(classroom: Path, log: Logger) -> Iterator[None]:
    """Hold the lock of a class; where another run has it, say so and raise NbGraderException."""
    with (classroom / NAME).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sentence = f"another run is at work in {classroom}; give the command again when it is done"
            log.error(sentence)
            raise NbGraderException(sentence) from None
        yield
