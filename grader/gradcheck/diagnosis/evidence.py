"""What is known about an answer that came back and is not right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gradcheck.comparison.observation import Observation, is_right
from gradcheck.exercises.graph_exercise import GraphExercise


@dataclass(frozen=True, eq=False)
class Evidence:
    """What is known about an answer that came back and is not right."""

    exercise: GraphExercise
    observations: Sequence[Observation]
    """All calls by which the answer is judged."""
    grades: Mapping[str, str]
    """Output name -> how it was found over all calls."""

    @cached_property
    def wrong(self) -> frozenset[str]:
        """Return the outputs that are not right."""
        return frozenset(name for name, grade in self.grades.items() if grade != "right")

    @cached_property
    def own(self) -> Sequence[Observation]:
        """Return the calls on the exercise's own program (not another depth) with float data."""
        return [o for o in self.observations if o.case.exercise is self.exercise and o.case.member != "integers"]

    @cached_property
    def drawn(self) -> Sequence[Observation]:
        """Return the calls of usual size with random float data."""
        return [o for o in self.own if o.case.member in ("regular", "in view")]

    def kinds_of_calls(self, *, right: bool) -> set[str]:
        """Return the kinds of the calls whose outputs are all right, or of the others."""
        return {o.case.member for o in self.observations if is_right(o) == right}
