"""Judge a function at the edges of what it must take."""

from __future__ import annotations

import numpy as np

from gradcheck.call import Value
from gradcheck.caller import Caller
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import Extreme, GraphExercise

WHOLE = ("int", "uint", "bool")
"""Names of types that hold no decimals."""


def judge_extremes(exercise: GraphExercise, caller: Caller) -> Diagnosis | None:
    """Return what is wrong at the first edge of its range where an answer is not right."""
    outcomes = caller.call_all(exercise.name, [extreme.args for extreme in exercise.extremes])
    for extreme, outcome in zip(exercise.extremes, outcomes, strict=True):
        array = getattr(outcome.value, "array", None)
        if outcome.changed:
            return Diagnosis(
                "input-modified", " and ".join(exercise.signature.args[i] for i in outcome.changed), half=True
            )
        if outcome.status != "returned" or array is None or not extreme.is_right(array):
            name = _name(extreme, outcome.value, array)
            return Diagnosis(name, extreme.where, half=extreme.half, detail={"asked": extreme.asked})
    return None


def _name(extreme: Extreme, value: Value | None, array: np.ndarray | None) -> str:
    """Name what came back at this edge, where its numbers prove a mistake."""
    if array is None or not np.all(np.isfinite(array)):
        return "not-finite"
    if getattr(value, "dtype", "").startswith(WHOLE):
        return "decimals-lost"
    return extreme.name(array)
