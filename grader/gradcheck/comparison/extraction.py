"""Find an exercise's outputs in whatever came back."""

from __future__ import annotations

import numpy as np

from gradcheck.call import Branch, Leaf, Value
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise


def describe_form(value: Value) -> str:
    """Name the form of a value as a learner would: "a tuple of 2", "None", "a number"."""
    if isinstance(value, Branch):
        if value.type == "dict":
            return "a dict with " + (", ".join(value.keys[:6]) or "nothing in it")
        return f"a {value.type} of {len(value.items)}"
    if value.type == "NoneType":
        return "None (is there a return?)"
    if value.array is None:
        return f"something of type {value.type}"
    if value.array.ndim == 0:
        return "one number"
    return f"{'an array' if value.type == 'ndarray' else 'a ' + value.type} of shape {value.array.shape}"


def expected_form(exercise: GraphExercise) -> str:
    """Say which form the exercise asks for."""
    names = ", ".join(exercise.signature.outputs)
    return {
        "": "one array or number",
        "tuple": f"the tuple ({names})",
        "list": f"the list [{names}]",
        "dict": f"a dict with the keys {names}",
    }[exercise.signature.container]


def extract(exercise: GraphExercise, value: Value) -> tuple[dict[str, np.ndarray], tuple[Diagnosis, ...]]:
    """Return output name -> its numbers in the learner's shape, and what is wrong with the form."""
    names = list(exercise.signature.outputs)
    wrong = Diagnosis(
        "wrong-container", half=True, detail={"got": describe_form(value), "want": expected_form(exercise)}
    )
    if exercise.signature.container == "":
        if isinstance(value, Branch) and value.type != "dict" and len(value.items) == 1:
            value, diagnoses = value.items[0], (wrong,)
        else:
            diagnoses = ()
        items, keys = [value], [0]
    elif not isinstance(value, Branch):
        return {}, (wrong,)
    else:
        items, keys, diagnoses = list(value.items), list(value.keys), ()
        if exercise.signature.container == "dict" and value.type == "dict" and set(names) <= set(keys):
            items = [items[keys.index(name)] for name in names]
        elif len(items) != len(names):
            return _partly(names, keys, items), (wrong,)
        elif (exercise.signature.container == "dict") != (value.type == "dict") or value.type == "dict":
            diagnoses = (wrong,)
            if set(names) <= set(keys):
                items = [items[keys.index(name)] for name in names]
    arrays = {}
    for name, item in zip(names, items, strict=True):
        array, clean = _numbers(item)
        if array is not None:
            arrays[name] = array
        if not clean:
            detail = {"got": describe_form(item), "want": "an array or a number"}
            diagnoses = (
                *diagnoses,
                Diagnosis("wrong-container", name if len(names) > 1 else "", half=True, detail=detail),
            )
    return arrays, diagnoses


def _partly(names: list[str], keys: list[str], items: list[Value]) -> dict[str, np.ndarray]:
    found = {key: _numbers(item)[0] for key, item in zip(keys, items, strict=False) if key in names}
    return {key: array for key, array in found.items() if array is not None}


def _numbers(item: Value) -> tuple[np.ndarray | None, bool]:
    """Return the numbers in ``item`` and whether it is of the right kind (a list is not an array)."""
    if isinstance(item, Leaf):
        return item.array, item.array is not None and item.type != "matrix"
    parts = [_numbers(part)[0] for part in item.items]
    if item.type == "dict" or not parts or any(part is None or part.shape != parts[0].shape for part in parts):
        return None, False
    return np.array(parts), False


def numbers(value: Value) -> np.ndarray | None:
    """Return the numbers of a leaf, or of a list of numbers; None where there are none."""
    if isinstance(value, Leaf):
        return value.array
    parts = [numbers(item) for item in value.items]
    if value.type == "dict" or any(part is None or part.shape != parts[0].shape for part in parts):
        return None
    return np.array(parts) if parts else np.empty(0)
