"""Which arguments of an exercise are tried as whole numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck.autodiff.program import handed_derivative
from gradcheck.exercises.graph_exercise import GraphExercise


def whole_groups(exercise: GraphExercise) -> list[frozenset[str]]:
    """Return groups of leaves that are whole while the others have decimals.

    The data are whole by themselves, and so are the parameters: an array that is made in the kind of numbers of one
    argument loses the decimals of another. Of two arguments, or beside a derivative that is handed in, each is.
    """
    leaves, labels = frozenset(exercise.inputs.leaves), exercise.inputs.label_leaves
    data = exercise.inputs.integer_leaves
    handed = frozenset({handed_derivative(exercise.program)} - {""})
    given = frozenset(name for name in leaves if name in exercise.signature.args or _is_stacked(exercise, name))
    alone = len(given) < 3 or handed
    first = [data | labels] if data or labels else [leaves - handed] if handed else []
    others = [frozenset({name}) for name in sorted(given)] if alone else [given - data - labels]
    wanted = [*first, *(group for group in others if group and group != given)]
    return list({group | labels: group for group in reversed(wanted)}.values())[::-1]


def parameters_are_handed(exercise: GraphExercise) -> bool:
    """Tell whether the function takes other arguments than data, labels and derivatives."""
    others = frozenset(exercise.inputs.leaves) - exercise.inputs.integer_leaves - exercise.inputs.label_leaves
    return any(_is_handed(exercise, name) for name in others)


def _is_handed(exercise: GraphExercise, name: str) -> bool:
    """Tell whether the learner's function takes this leaf, or a value that is equal to it."""
    equal = {step.out for step in exercise.program if step.op.passes_on and step.inputs[0] == name}
    return bool({name, *equal} & set(exercise.signature.args)) or _is_stacked(exercise, name)


def _is_stacked(exercise: GraphExercise, name: str) -> bool:
    return name[0] + "s" in exercise.signature.stacks


def as_integers(value: Any) -> Any:
    """Return a value of the forward pass as integers, where it holds whole numbers only."""
    if isinstance(value, list):
        return [as_integers(item) for item in value]
    array = np.asarray(value)
    return array.astype(int)[()] if np.array_equal(array, np.round(array)) else value
