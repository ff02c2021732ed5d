"""One call of a learner's function beside the truth."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from gradcheck.call import Outcome
from gradcheck.comparison.equality import grade_output
from gradcheck.comparison.extraction import extract
from gradcheck.comparison.status import Grade
from gradcheck.exercises.cases import Case
from gradcheck.exercises.diagnosis import Diagnosis


def is_right(observation: Observation) -> bool:
    """Tell whether every output of this call is right."""
    return all(observation.grade(name) is Grade.RIGHT for name in observation.case.exercise.signature.outputs)


@dataclass(frozen=True, eq=False)
class Observation:
    """One call of a learner's function beside the truth."""

    case: Case
    outcome: Outcome
    arrays: dict[str, np.ndarray] = field(default_factory=dict)
    """Output name -> the numbers that were found for it, in the learner's shape."""
    diagnoses: tuple[Diagnosis, ...] = ()
    """What is wrong with the form: containers and names."""

    @property
    def returned(self) -> bool:
        """Tell whether the call came back."""
        return self.outcome.status == "returned"

    def grade(self, name: str) -> Grade:
        """Return how this output was found; one that is missing is wrong."""
        if name not in self.arrays:
            return Grade.WRONG
        return grade_output(self.arrays[name], self.case.truth[name])


def observe(case: Case, outcome: Outcome) -> Observation:
    """Read the outputs of ``case`` out of ``outcome``."""
    if outcome.status != "returned":
        return Observation(case, outcome)
    arrays, diagnoses = extract(case.exercise, outcome.value)
    return Observation(case, outcome, arrays, diagnoses)
