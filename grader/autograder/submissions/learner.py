"""One person of the class: who it is to each platform, and what came in."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.course.names import folded, name_key


@dataclass
class CameIn:
    """One submission as the platform named it."""

    platform: str
    file: str
    """The name by which the platform takes feedback back."""
    late: bool = False
    """Whether the platform calls it late."""


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
