"""One thing that is wrong with an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Diagnosis:
    """One thing that is wrong with an answer."""

    mistake: str = ""
    """Id of a MistakeType; empty where none is known."""
    where: str = ""
    """The outputs in which it was seen."""
    half: bool = False
    """The values are right all the same: half of the points."""
    detail: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    """The link or value that is replaced, where one is known."""
    together: bool = False
    """This mistake was made together with the one before it; otherwise it fits as well as that one."""
