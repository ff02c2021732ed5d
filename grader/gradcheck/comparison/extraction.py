"""Find an exercise's outputs in whatever came back."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gradcheck.call import Branch, Leaf, Value
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise

READ_ONCE = ("generator", "zip", "map")
"""Forms that the cells behind an exercise cannot index, or look at twice."""


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
    names = ", ".join(exercise.signature.joined or exercise.signature.outputs)
    return {
        "": "one array or number",
        "tuple": f"the tuple ({names})",
        "list": f"the list [{names}]",
        "dict": f"a dict with the keys {names}",
    }[exercise.signature.container]


def extract(exercise: GraphExercise, value: Value) -> tuple[dict[str, np.ndarray], tuple[Diagnosis, ...]]:
    """Return output name -> its numbers in the learner's shape, and what is wrong with the form."""
    joined = exercise.signature.joined
    names = list(joined or exercise.signature.outputs)
    detail = {"got": describe_form(value), "want": expected_form(exercise)}
    wrong = Diagnosis("wrong-container", half=True, detail=detail)
    if exercise.signature.container == "":
        item, is_asked = _unwrapped(value)
        items = [item]
    elif not isinstance(value, Branch):
        return {}, (wrong,)
    else:
        is_asked = (exercise.signature.container == "dict") == (value.type == "dict") and value.type not in READ_ONCE
        if value.type == "dict":
            is_asked = is_asked and set(names) <= set(value.keys)
        items = _in_order(names, value, any_size=is_asked)
        if len(items) != len(names):
            return _partly(names, value), (wrong,)
    arrays, diagnoses = _read(names, items)
    if joined:
        arrays, diagnoses = _split(joined, arrays, diagnoses)
    return arrays, diagnoses if is_asked else (wrong, *diagnoses)


def _split(
    joined: Mapping[str, tuple[str, ...]], arrays: Mapping[str, np.ndarray], diagnoses: tuple[Diagnosis, ...]
) -> tuple[dict[str, np.ndarray], tuple[Diagnosis, ...]]:
    """Return each entry of a joined array as an output; in the wrong shape (1,) where the array is not flat."""
    entries: dict[str, np.ndarray] = {}
    found = list(diagnoses)
    for whole, names in joined.items():
        array = arrays.get(whole)
        if array is not None and array.size == len(names):
            shape = (1, 1) if array.ndim == 1 else (1,)
            entries |= {name: entry.reshape(shape) for name, entry in zip(names, np.ravel(array), strict=True)}
        elif array is not None:
            detail = {"got": f"{whole} of shape {array.shape}", "want": f"{whole} of shape ({len(names)},)"}
            found.append(Diagnosis("wrong-container", whole, half=True, detail=detail))
    return entries, tuple(found)


def _unwrapped(value: Value) -> tuple[Value, bool]:
    """Return the one thing that ``value`` is, and whether nothing was wrapped around it."""
    if isinstance(value, Branch) and value.type != "dict" and len(value.items) == 1:
        return value.items[0], False
    return value, True


def _in_order(names: list[str], value: Branch, *, any_size: bool) -> list[Value]:
    """Return the items in the order of ``names`` where they have these names, and as they come otherwise."""
    same_size = len(value.items) == len(names)
    if set(names) <= set(value.keys) and (same_size or any_size):
        return [value.items[value.keys.index(name)] for name in names]
    return list(value.items)


def _read(names: list[str], items: list[Value]) -> tuple[dict[str, np.ndarray], tuple[Diagnosis, ...]]:
    """Return the numbers in each item, and a diagnosis for each that is not an array or a number."""
    arrays: dict[str, np.ndarray] = {}
    diagnoses: list[Diagnosis] = []
    for name, item in zip(names, items, strict=True):
        array, clean = _numbers(item)
        if array is not None:
            arrays[name] = array
        if not clean:
            detail = {"got": describe_form(item), "want": "an array or a number"}
            output = name if len(names) > 1 else ""
            diagnoses.append(Diagnosis("wrong-container", output, half=True, detail=detail))
    return arrays, tuple(diagnoses)


def _partly(names: list[str], value: Branch) -> dict[str, np.ndarray]:
    found = {key: _numbers(item)[0] for key, item in zip(value.keys, value.items, strict=False) if key in names}
    return {key: array for key, array in found.items() if array is not None}


def _numbers(item: Value) -> tuple[np.ndarray | None, bool]:
    """Return the numbers in ``item`` and whether it is of the right kind (a list is not an array)."""
    if isinstance(item, Leaf):
        return item.array, item.array is not None and item.type != "matrix"
    if item.type == "dict" or not item.items:
        return None, False
    return _joined([_numbers(part)[0] for part in item.items]), False


def numbers(value: Value) -> np.ndarray | None:
    """Return the numbers of a leaf, or of a list of numbers; None where there are none."""
    if isinstance(value, Leaf):
        return value.array
    if value.type == "dict":
        return None
    return _joined([numbers(item) for item in value.items]) if value.items else np.empty(0)


def is_yes_or_no(value: Value | None) -> bool:
    """Tell whether a value holds True and False and nothing else."""
    if isinstance(value, Branch):
        return bool(value.items) and all(map(is_yes_or_no, value.items))
    return value is not None and value.dtype == "bool"


def _joined(parts: list[np.ndarray | None]) -> np.ndarray | None:
    """Return the parts as one array; None where one has no numbers or another shape."""
    found = [part for part in parts if part is not None]
    if len(found) < len(parts) or len({part.shape for part in found}) > 1:
        return None
    return np.array(found)
