"""One call of a graph exercise and all that is needed to judge it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gradcheck.autodiff.oracle import Estimate
from gradcheck.autodiff.program import Env
from gradcheck.exercises.graph_exercise import GraphExercise


@dataclass(frozen=True)
class Case:
    """One call of a graph exercise with everything that is needed to judge it."""

    member: str
    """The name under which it is reported: regular, integers, one example, one unit, form, in view, depth, large."""
    exercise: GraphExercise
    """The declaration that it was drawn from."""
    inputs: Env
    args: tuple
    truth: Mapping[str, Estimate]
    """Output name -> its true value."""
    directions: tuple[Mapping[str, tuple[np.ndarray, float, float]], ...] = ()
    """For the large member: output name -> (direction, derivative along it, bound)."""
