"""What grading one submission came to."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Verdict:
    """Points, reasons and what a learner's cells printed."""

    assignment: str
    student: str
    points: float
    max_points: float
    status: str
    """graded or refused."""
    key: str
    """Hash of everything that went in; the same key is the same verdict."""
    engine: str
    reason: str = ""
    """Why it was refused."""
    exercises: Mapping[str, dict] = field(default_factory=dict)
    """Name of the exercise -> its finding, with the panel for the feedback."""
    outputs: Mapping[str, list[dict]] = field(default_factory=dict)
    """Cell id of the rebuilt notebook -> its outputs."""

    def brief(self) -> Verdict:
        """Return the verdict without what only pages show, so that a run can keep it for everybody."""
        kept = ("points", "max_points", "status", "remarks")
        exercises = {name: {word: e[word] for word in kept if word in e} for name, e in self.exercises.items()}
        return dataclasses.replace(self, exercises=exercises, outputs={})

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict as JSON holds it."""
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, content: dict[str, Any]) -> Verdict:
        """Return the verdict that ``content`` holds; TypeError where it is none."""
        return cls(**content)
