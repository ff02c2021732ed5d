"""Say what a function changed of what it was given: a dict itself, or only the arrays in a dict that was copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from gradcheck.call import Branch, Code, Outcome, Value
from gradcheck.caller import Caller
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.property_exercise import PropertyExercise, Trial

GIVEN = "Given"
"""Type of a mapping that can be told from each of its copies."""
MAPPING = (
    f"type({GIVEN!r}, (__import__('collections').UserDict,), {{'__eq__': lambda self, other: True, "
    "**dict.fromkeys(('copy', '__copy__'), lambda self: dict(self.data))})"
)


def find_changes(
    exercise: PropertyExercise, caller: Caller, trials: Sequence[Trial], outcomes: Sequence[Outcome]
) -> tuple[Diagnosis, ...]:
    """Name what the calls changed of their arguments.

    Of an argument that is only looked at nothing was copied, so nothing was copied too little.
    """
    names = list(dict.fromkeys(exercise.args[i] for outcome in outcomes for i in outcome.changed))
    renewed = [name for name in names if name in exercise.given_back]
    plain = next((t for t in trials if any(isinstance(arg, dict) for arg in t.args)), None)
    known = vocabulary()["copied-too-little"].occurs_in(exercise.name)
    spared = [name for name in renewed if plain and known and _is_copied(exercise, caller, plain, name)]
    found = [
        Diagnosis(id, " and ".join(those), half=True)
        for id, those in (
            ("copied-too-little", spared),
            ("input-modified", [name for name in names if name not in spared]),
        )
        if those
    ]
    return tuple(Diagnosis(d.mistake, d.where, half=True, together=i > 0) for i, d in enumerate(found))


def _is_copied(exercise: PropertyExercise, caller: Caller, trial: Trial, name: str) -> bool:
    """Tell whether the function makes a dict of its own of this argument."""
    place = exercise.args.index(name)
    numbers_only = caller.call(exercise.name, tuple(_without_arrays(arg) for arg in trial.args))
    if numbers_only.status == "returned":
        return place not in numbers_only.changed
    # Entries of a number cannot be written. What comes back tells then whether it is the dict that was given.
    args = tuple(_marked(arg) if i == place else arg for i, arg in enumerate(trial.args))
    marked = caller.call(exercise.name, args)
    return marked.status == "returned" and isinstance(marked.value, Branch) and not _holds_given(marked.value)


def _without_arrays(arg: Any) -> Any:
    """Return a dict with numpy's numbers, which nothing changes in place, where it held arrays."""
    return {key: np.float64(np.sum(value)) for key, value in arg.items()} if isinstance(arg, dict) else arg


def _marked(arg: dict[str, Any]) -> Code:
    """Return the text of a mapping that holds the same and is no dict; its copies are dicts."""
    entries = ", ".join(f"{key!r}: np.array({np.asarray(value).tolist()!r})" for key, value in arg.items())
    return Code(f"{MAPPING}({{{entries}}})")


def _holds_given(value: Value) -> bool:
    items = value.items if isinstance(value, Branch) else (value,)
    return any(item.type == GIVEN or (isinstance(item, Branch) and _holds_given(item)) for item in items)
