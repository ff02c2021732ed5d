"""What a platform says about one file in the names that it gives."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from autograder.submissions.entries import Entry

_YEARS = range(1990, 2100)


@dataclass(frozen=True)
class Upload:
    """One file of one learner, as the platform names it."""

    key: str
    """Who it is, to the platform: ``canvas:12345``; empty where only the name tells."""
    name: str
    """The person's name, as far as the platform gives it."""
    label: str
    """The name of the file or folder by which the platform takes feedback back."""
    file: str
    """The learner's own name for the file."""
    login: str = ""
    attempt: tuple[int, ...] = ()
    """What orders the attempts of one learner; empty where only the time of the file does."""
    moment: datetime | None = None
    """When it was handed in, by the class's clock, where the name says so."""
    late: bool = False
    """Whether the platform calls it late."""
    one_attempt: bool = False
    """Whether the platform hands out one attempt of everybody, so that all files of one learner belong together."""
    depth: int = 0
    """Which part of the path names the learner: archives from there on, and what is in them, are the learner's own."""


Uploads = list[tuple[Entry, Upload]]


@dataclass(frozen=True)
class Platform:
    """How one platform names what it gives."""

    name: str
    recognize: Callable[[Sequence[str]], Upload | None]
    """Parts of a path -> what they say; None where this platform writes no such name."""
    settle: Callable[[Uploads, Collection[str]], Uploads] = lambda uploads, logins: uploads
    """What only all names together tell, and the logins of the class."""

    def read(self, parts: Sequence[str]) -> Upload | None:
        """Return what a path says; a number or a date that no platform writes makes it no name of this one."""
        try:
            return self.recognize(parts) if parts else None
        except (ValueError, OverflowError):
            return None


def check_moment(moment: datetime) -> datetime:
    """Return a moment that a clock of today can have shown; ValueError for any other."""
    if moment.year not in _YEARS:
        raise ValueError(f"nothing was handed in in the year {moment.year}")
    return moment
