"""One gradebook connection for a whole run, one commit for each notebook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from logging import Logger
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.converters import autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import getgrades, latesubmissions, saveautogrades

from autograder.course.lock import ClassBusyError, hold_lock

_OPENERS = (autograde, saveautogrades, latesubmissions, getgrades)
"""nbgrader's modules that open the gradebook anew for each learner, which costs more than what they write into it."""


@contextmanager
def open_gradebook(db_url: str, course_id: str) -> Iterator[Gradebook]:
    """Yield the gradebook, which all steps of nbgrader's share while it is open.

    What they write is flushed; only ``gradebook.db.keep()`` commits it.
    """
    with Gradebook(db_url, course_id) as gradebook:
        gradebook.db = _Session(gradebook.db)
        shared = _Shared(gradebook)
        for module in _OPENERS:
            module.Gradebook = lambda *_: shared
        try:
            yield gradebook
        finally:
            for module in _OPENERS:
                module.Gradebook = Gradebook


class _Shared:
    """A gradebook that its users do not close."""

    def __init__(self, gradebook: Gradebook) -> None:
        self._gradebook = gradebook

    def __enter__(self) -> Gradebook:
        return self._gradebook

    def __exit__(self, *exc: object) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        return getattr(self._gradebook, name)


class _Session:
    """nbgrader's session, which commits when a whole notebook is booked: each of its own commits forgets all rows."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self.commit, self.keep = session.flush, session.commit

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)


@contextmanager
def locked_class(folder: Path, log: Logger) -> Iterator[None]:
    """Hold the lock of a class while nbgrader works in it; raise NbGraderException where another run has it."""
    try:
        with hold_lock(folder):
            yield
    except ClassBusyError as err:
        log.error(str(err))
        raise NbGraderException(str(err)) from None
