"""An exercise that is a cell with an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gradcheck.call import Value
from gradcheck.exercises.diagnosis import Diagnosis


@dataclass(frozen=True, eq=False)
class AnswerExercise:
    """A cell that holds an answer and no function; the experiment decides."""

    name: str
    points: float
    judge: Callable[[Value], tuple[float, Diagnosis | None]]
    """From the described value to the fraction earned and what is wrong with it."""
    measured_with: tuple[str, ...] = ()
    """Earlier exercises that the learner's experiment runs on: their mistakes are not charged here again."""
    hints: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Under "": a question and where to look."""

    kind = "answer"
