"""What is known about an answer that came back and is not right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gradcheck.comparison.observation import Observation, is_right
from gradcheck.comparison.status import Grade
from gradcheck.exercises.cases import USUAL, WITH_INTEGERS, CaseKind
from gradcheck.exercises.graph_exercise import GraphExercise


@dataclass(frozen=True, eq=False)
class Evidence:
    """What is known about an answer that came back and is not right."""

    exercise: GraphExercise
    observations: Sequence[Observation]
    """All calls by which the answer is judged."""
    grades: Mapping[str, Grade]
    """Output name -> how it was found over all calls."""

    @cached_property
    def wrong(self) -> frozenset[str]:
        """Return the outputs that are not right."""
        return frozenset(name for name, grade in self.grades.items() if grade is not Grade.RIGHT)

    @cached_property
    def own(self) -> Sequence[Observation]:
        """Return the calls on the exercise's own program (not another depth) with float data."""
        return [
            o
            for o in self.observations
            if o.case.exercise is self.exercise and o.case.kind not in WITH_INTEGERS | {CaseKind.AS_DECIMALS}
        ]

    @cached_property
    def drawn(self) -> Sequence[Observation]:
        """Return the calls of usual size with random float data."""
        return [o for o in self.own if o.case.kind in USUAL]

    @cached_property
    def not_near(self) -> Sequence[Observation]:
        """Return those of ``drawn`` that are not near the optimum: there nothing that is a little off is close."""
        return [o for o in self.drawn if o.case.kind is not CaseKind.NEAR_OPTIMUM]

    @cached_property
    def wrong_when_usual(self) -> frozenset[str]:
        """Return the outputs that are not right on a call of usual size with random float data."""
        return frozenset(n for n in self.wrong if any(o.grade(n) is not Grade.RIGHT for o in self.drawn))

    def kinds_of_calls(self, *, right: bool) -> set[CaseKind]:
        """Return the kinds of the calls whose outputs are all right, or of the others."""
        return {o.case.kind for o in self.observations if is_right(o) == right}
