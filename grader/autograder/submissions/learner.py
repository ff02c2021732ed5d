"""One person of the class: who it is to each platform, and what came in."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.course.names import digest, folded, name_key
from autograder.course.text import clean_text
from autograder.submissions.platforms import FOLDERS

SAID = ("name", "login", "number", "email", "section")
"""What a list or a platform says about a person."""
_LABEL = 1_000
"""Characters of a platform's name for a submission, which is a path's at most."""


def plain_key(key: str) -> str:
    """Return who somebody is to a platform, as it is written between semicolons."""
    return _distinct(key.replace(";", ","))


def _distinct(text: str) -> str:
    """Return a text that can be written into a table; what had to go is told by a fingerprint, so that two stay two.

    >>> _distinct("folders:ada"), _distinct("folders:ada\\r")
    ('folders:ada', 'folders:ada-48119dad75ab')
    """
    return text if clean_text(text) == text else f"{clean_text(text, 200)}-{digest(text, 12)}"


@dataclass
class CameIn:
    """One submission as the platform named it."""

    platform: str
    file: str
    """The name by which the platform takes feedback back."""
    late: bool = False
    """Whether the platform calls it late."""

    def __post_init__(self) -> None:
        told_apart = self.platform != FOLDERS  # by the platform's numbers
        self.file = clean_text(self.file, _LABEL) if told_apart else _distinct(self.file)


@dataclass(eq=False)
class Learner:
    """One person of the class."""

    id: str
    name: str = ""
    login: str = ""
    number: str = ""
    email: str = ""
    section: str = ""
    keys: set[str] = field(default_factory=set)
    """Who it is to platforms: ``canvas:12345``."""
    dropped: bool = False
    came_in: dict[str, CameIn] = field(default_factory=dict)
    """Assignment -> its submission."""

    def __post_init__(self) -> None:
        for word in SAID:
            setattr(self, word, clean_text(getattr(self, word)))
        self.keys = set(map(plain_key, self.keys))

    @property
    def shown(self) -> str:
        """The name for people to read; the id where there is none."""
        return self.name or self.id

    def is_another(self, name: str, email: str) -> bool:
        """Tell whether somebody of this name and address is surely another person.

        A platform may write a group's name before a person's.
        """
        if email and self.email and folded(email) != folded(self.email):
            return True
        return bool(name and self.name) and not set(name_key(self.name).split()) <= set(name_key(name).split())
