"""The result of grading one submission."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

ANSWER_CHARACTERS = 20_000
"""Of a longer answer only the beginning is kept."""


@dataclass(frozen=True)
class ExerciseVerdict:
    """The result of one exercise."""

    points: float
    max_points: float
    status: str
    """One of ``course.labels.LABELS``: right, wrong, timeout and so on."""
    diagnosis: tuple[str, ...] = ()
    """Ids of the mistakes that explain the answer."""
    first_wrong: str = ""
    """The first value of the computation that is wrong."""
    message: str = ""
    """What the learner reads."""
    seconds: float = 0.0
    """How long judging took."""
    remarks: tuple[str, ...] = ()
    """What an instructor may want to look at."""
    panel: str = ""
    """The finding as HTML, for the feedback page."""

    def brief(self) -> ExerciseVerdict:
        """Return the result without the texts that only feedback pages show."""
        return ExerciseVerdict(self.points, self.max_points, self.status, remarks=self.remarks)

    @classmethod
    def from_dict(cls, content: Any) -> ExerciseVerdict:
        """Return the result in ``content``; TypeError if a field is missing, unknown or of a wrong type."""
        given = _checked(content, cls)
        return cls(**given | {name: tuple(given[name]) for name in ("diagnosis", "remarks") if name in given})


@dataclass(frozen=True)
class Verdict:
    """The points of one submission, the reasons, and the outputs of its cells."""

    assignment: str
    student: str
    points: float
    max_points: float
    status: str
    """graded or refused."""
    key: str
    """Hash of everything that the verdict depends on; the same key is the same verdict."""
    engine: str
    reason: str = ""
    """Why the submission was refused."""
    exercises: Mapping[str, ExerciseVerdict] = field(default_factory=dict)
    """Name of the exercise -> its result."""
    outputs: Mapping[str, Sequence[dict[str, Any]]] = field(default_factory=dict)
    """Cell id of the rebuilt notebook -> its outputs."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """Name of the exercise -> what the learner wrote."""

    def brief(self) -> Verdict:
        """Return the verdict without what only feedback pages show: a run keeps one for each learner."""
        exercises = {name: exercise.brief() for name, exercise in self.exercises.items()}
        return dataclasses.replace(self, exercises=exercises, outputs={}, answers={})

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict as JSON holds it."""
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, content: Any) -> Verdict:
        """Return the verdict in ``content``; TypeError if a field is missing, unknown or of a wrong type."""
        given = _checked(content, cls)
        exercises = {name: ExerciseVerdict.from_dict(found) for name, found in given.get("exercises", {}).items()}
        return cls(**given | {"exercises": exercises})


def _is_outputs(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(outputs, list) and all(isinstance(output, dict) for output in outputs) for outputs in value.values()
    )


_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "str": lambda value: isinstance(value, str),
    "float": lambda value: type(value) in (int, float),  # a bool is an int, and no points
    "tuple[str, ...]": lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
    "Mapping[str, str]": lambda value: isinstance(value, dict) and all(isinstance(one, str) for one in value.values()),
    "Mapping[str, ExerciseVerdict]": lambda value: isinstance(value, dict),
    "Mapping[str, Sequence[dict[str, Any]]]": _is_outputs,
}
"""Annotation of a field -> whether a value read from JSON can stand for it."""


def _checked(content: Any, kind: type[Verdict | ExerciseVerdict]) -> dict[str, Any]:
    """Return ``content`` if every field in it has its declared type."""
    if not isinstance(content, dict):
        raise TypeError(f"a {kind.__name__} is a JSON object")
    for each in dataclasses.fields(kind):
        if each.name in content and not _CHECKS[str(each.type)](content[each.name]):
            raise TypeError(f"{each.name} of a {kind.__name__} cannot be {content[each.name]!r:.100}")
    return content
