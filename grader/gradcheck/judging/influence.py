"""Change one argument of a learner's function and look whether anything that it returns moves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gradcheck.autodiff.program import forward
from gradcheck.call import Branch, Value
from gradcheck.caller import Caller
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.exercises.battery import arguments
from gradcheck.exercises.cases import Case
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.exercises.special_fixtures import find_loss

TARGET = "residual-missing"
"""Nothing that came back moves when the target does."""


def find_without_influence(exercise: GraphExercise, caller: Caller, case: Case) -> tuple[Diagnosis, ...]:
    """Name what has no influence on any output although it must have: the targets."""
    loss = find_loss(exercise)
    if loss is None or not exercise.differentiates or not vocabulary()[TARGET].occurs_in(exercise.name):
        return ()
    target = loss.inputs[1]
    if target not in exercise.signature.args:
        return ()
    moved = {target: _other_targets(exercise, target, case.inputs[target])}
    others = {name: value * 1.25 for name, value in case.inputs.items() if name != target}
    if not _stays_the_same(exercise, caller, case, moved) or _stays_the_same(exercise, caller, case, others):
        return ()  # what never moves follows nothing at all
    return (Diagnosis(TARGET),)


def _other_targets(exercise: GraphExercise, name: str, value: Any) -> Any:
    if name in exercise.inputs.one_hot_leaves:
        return np.roll(value, 1, axis=-1)
    return 1 - value if name in exercise.inputs.label_leaves else value + 1.5


def _stays_the_same(exercise: GraphExercise, caller: Caller, case: Case, moved: Mapping[str, Any]) -> bool:
    args = arguments(exercise, forward(exercise.program, {**case.inputs, **moved}))
    before, after = caller.call_all(exercise.name, [case.args, args])
    if before.status != "returned" or after.status != "returned":
        return False
    return _equal(before.value, after.value)


def _equal(one: Value | None, other: Value | None) -> bool:
    """Tell whether two values hold the same numbers, and some at all."""
    if isinstance(one, Branch) and isinstance(other, Branch):
        pairs = list(zip(one.items, other.items, strict=False))
        return len(one.items) == len(other.items) > 0 and all(_equal(a, b) for a, b in pairs)
    first, second = getattr(one, "array", None), getattr(other, "array", None)
    return first is not None and second is not None and np.array_equal(first, second)
