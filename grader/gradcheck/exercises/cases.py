"""One call of a graph exercise and all that is needed to judge it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from gradcheck.autodiff.oracle import Estimate
from gradcheck.autodiff.program import Env
from gradcheck.exercises.graph_exercise import GraphExercise


class CaseKind(StrEnum):
    """What is special about one call of a graph exercise."""

    REGULAR = "regular"
    """Random float data of several sizes."""
    IN_VIEW = "in view"
    """Random data of the size that the notebook shows."""
    EXAMPLE = "example"
    """The notebook's own running example."""
    INTEGERS = "integers"
    ONE_EXAMPLE = "one example"
    ONE_UNIT = "one unit"
    FORM = "form"
    """Leaves of another shape that the function must take as well."""
    DEPTH = "depth"
    """The same function on another program."""
    LARGE = "large"
    """A network on which only a real backward pass is quick enough."""


@dataclass(frozen=True)
class Case:
    """One call of a graph exercise with everything that is needed to judge it."""

    kind: CaseKind
    exercise: GraphExercise
    """The declaration that it was drawn from."""
    inputs: Env
    args: tuple
    truth: Mapping[str, Estimate]
    """Output name -> its true value."""
    directions: tuple[Mapping[str, tuple[np.ndarray, float, float]], ...] = ()
    """For the large case: output name -> (direction, derivative along it, bound)."""
