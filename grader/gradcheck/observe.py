"""Find an exercise's outputs in whatever came back, and compare them with the truth."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from gradcheck.call import Branch, Leaf, Outcome, Value
from gradcheck.exercise import Case, Fault, GraphExercise
from gradcheck.oracle import Estimate


@dataclass(frozen=True, eq=False)
class Observation:
    """One call of a learner's function beside the truth."""

    case: Case
    outcome: Outcome
    arrays: dict[str, np.ndarray] = field(default_factory=dict)
    """Output name -> the numbers that were found for it, in the learner's shape."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with the form: containers and names."""

    @property
    def returned(self) -> bool:
        """Tell whether the call came back."""
        return self.outcome.status == "returned"

    def grade(self, name: str) -> str:
        """Return right, shape (right numbers in another shape), sideways (transposed) or wrong."""
        if name not in self.arrays:
            return "wrong"
        return compare(self.arrays[name], self.case.truth[name])


def compare(got: np.ndarray, truth: Estimate) -> str:
    """Return right, shape, sideways or wrong. Shapes come first: broadcasting would hide a missing axis."""
    want = truth.value.shape
    if got.shape == want:
        return "right" if bool(np.all(truth.admits(got))) else _sideways(got, truth)
    if got.ndim == 2 and got.shape == want[::-1]:
        return _sideways(got, truth)
    if got.size == truth.value.size and bool(np.all(truth.admits(got.reshape(want)))):
        return "shape"
    return "wrong"


def _sideways(got: np.ndarray, truth: Estimate) -> str:
    fits = got.ndim == 2 and got.T.shape == truth.value.shape and bool(np.all(truth.admits(got.T)))
    return "sideways" if fits else "wrong"


def observe(case: Case, outcome: Outcome) -> Observation:
    """Read the outputs of ``case`` out of ``outcome``."""
    if outcome.status != "returned":
        return Observation(case, outcome)
    arrays, faults = _extract(case.exercise, outcome.value)
    return Observation(case, outcome, arrays, faults)


def form(value: Value) -> str:
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


def wanted(exercise: GraphExercise) -> str:
    """Say which form the exercise asks for."""
    names = ", ".join(exercise.outputs)
    return {
        "": "one array or number",
        "tuple": f"the tuple ({names})",
        "list": f"the list [{names}]",
        "dict": f"a dict with the keys {names}",
    }[exercise.container]


def _extract(exercise: GraphExercise, value: Value) -> tuple[dict[str, np.ndarray], tuple[Fault, ...]]:
    names = list(exercise.outputs)
    wrong = Fault("wrong-container", half=True, detail={"got": form(value), "want": wanted(exercise)})
    if exercise.container == "":
        if isinstance(value, Branch) and value.type != "dict" and len(value.items) == 1:
            value, faults = value.items[0], (wrong,)
        else:
            faults = ()
        items, keys = [value], [0]
    elif not isinstance(value, Branch):
        return {}, (wrong,)
    else:
        items, keys, faults = list(value.items), list(value.keys), ()
        if exercise.container == "dict" and value.type == "dict" and set(names) <= set(keys):
            items = [items[keys.index(name)] for name in names]
        elif len(items) != len(names):
            return _partly(names, keys, items), (wrong,)
        elif (exercise.container == "dict") != (value.type == "dict") or value.type == "dict":
            faults = (wrong,)
            if set(names) <= set(keys):
                items = [items[keys.index(name)] for name in names]
    arrays = {}
    for name, item in zip(names, items, strict=True):
        array, clean = _numbers(item)
        if array is not None:
            arrays[name] = array
        if not clean:
            detail = {"got": form(item), "want": "an array or a number"}
            faults = (*faults, Fault("wrong-container", name if len(names) > 1 else "", half=True, detail=detail))
    return arrays, faults


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
