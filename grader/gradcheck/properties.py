"""Judge functions that follow a rule: against a trusted run of the rule, or by the properties it must have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from gradcheck import probes
from gradcheck.call import Branch, Leaf, Outcome, Value, describe
from gradcheck.exercise import CALL_S, Caller, Fault, PropertyExercise, Trial
from gradcheck.finding import Finding
from gradcheck.observe import form
from gradcheck.oracle import ATOL, RTOL
from gradcheck.sentences import about_error, compose, hints
from gradcheck.unfinished import unfinished

LOSSES = (*(lambda v, k=k: np.round(v, k) for k in range(4)), np.trunc, np.floor, np.ceil)
"""Ways to lose decimals."""


def same(one: Value, other: Value, rtol: float = RTOL) -> bool:
    """Tell whether two described values hold the same numbers in the same places, lists as good as tuples."""
    if isinstance(one, Branch) and isinstance(other, Branch):
        if (one.type == "dict") != (other.type == "dict"):
            return False
        if one.type == "dict":
            mine, theirs = (
                dict(zip(one.keys, one.items, strict=True)),
                dict(zip(other.keys, other.items, strict=True)),
            )
            return mine.keys() == theirs.keys() and all(same(mine[key], theirs[key], rtol) for key in mine)
        return len(one.items) == len(other.items) and all(
            same(a, b, rtol) for a, b in zip(one.items, other.items, strict=True)
        )
    a, b = numbers(one), numbers(other)
    return a is not None and b is not None and close(a, b, rtol)


def close(got: np.ndarray, want: np.ndarray, rtol: float = RTOL) -> bool:
    """Tell whether two arrays agree in shape, and in value to ``rtol`` of the largest entry."""
    size = np.max(np.abs(want), initial=0.0)
    return got.shape == want.shape and bool(np.all(np.abs(got - want) <= rtol * size + ATOL))


def numbers(value: Value) -> np.ndarray | None:
    """Return the numbers of a leaf, or of a list of numbers; None where there are none."""
    if isinstance(value, Leaf):
        return value.array
    parts = [numbers(item) for item in value.items]
    if value.type == "dict" or any(part is None or part.shape != parts[0].shape for part in parts):
        return None
    return np.array(parts) if parts else np.empty(0)


def equals(reference: Callable, rtol: float = RTOL) -> Callable[[Value, tuple], Fault | None]:
    """Return a property: the value is what ``reference`` returns for the same arguments."""

    def accepts(value: Value, known: tuple) -> Fault | None:
        want = describe(reference(*known))
        if same(value, want, rtol):
            return None
        if (shape := _shape(value, want)) is not None:
            return shape
        return Fault()

    return accepts


def _shape(value: Value, want: Value) -> Fault | None:
    if isinstance(value, Branch) and isinstance(want, Branch):
        container = (value.type == "dict") == (want.type == "dict") and len(value.items) == len(want.items)
        bare = any(isinstance(a, Branch) and _is_number(b) for a, b in zip(want.items, value.items, strict=False))
        if container and not bare and (want.type != "dict" or set(value.keys) == set(want.keys)):
            return None
    elif isinstance(want, Leaf):
        got, right = numbers(value), want.array
        if got is not None and right is not None and got.size == right.size and got.shape != right.shape:
            fits = close(got.reshape(right.shape), right)
            if isinstance(value, Branch):
                return Fault("wrong-container", half=True, detail=_forms(value, want)) if fits else None
            shapes = {"got": str(got.shape), "want": str(right.shape) if right.ndim else "one number"}
            return Fault("right-values-wrong-shape", half=True, detail=shapes) if fits else None
        if got is not None:
            return None
    return Fault("wrong-container", detail=_forms(value, want))


def _is_number(value: Value) -> bool:
    return isinstance(value, Leaf) and value.array is not None and value.array.ndim == 0


def _forms(value: Value, want: Value) -> dict[str, str]:
    return {"got": form(value), "want": form(want)}


def judge_property(exercise: PropertyExercise, caller: Caller, trials: Sequence[Trial]) -> Finding:
    """Judge ``exercise`` on all ``trials``."""
    outcomes: list[Outcome] = []
    for trial in trials:
        outcome = caller.call(exercise.name, trial.args, seconds=CALL_S)
        if (early := unfinished(exercise, outcome)) is not None:
            return early
        outcomes.append(outcome)
    stopped = [o for o in outcomes if o.status == "raised"]
    if stopped:
        fault = _stopped(exercise, trials, outcomes, stopped[0])
        faults = (fault,) if fault else ()
        return _finding(exercise, "error", 0.0, faults, about_error(exercise.name, stopped[0], faults))
    faults = [exercise.accepts(o.value, t.known) for o, t in zip(outcomes, trials, strict=True)]
    changed = [exercise.args[i] for o in outcomes for i in o.changed]
    modified = (Fault("input-modified", " and ".join(dict.fromkeys(changed)), half=True),) if changed else ()
    if exercise.across and not any(faults):
        faults.append(exercise.across(tuple(o.value for o in outcomes)))
    wrong = [fault for fault in faults if fault is not None]
    if not wrong:
        return _finding(exercise, "partial" if modified else "right", 0.5 if modified else 1.0, modified)
    fraction = 0.5 if all(fault.half for fault in wrong) else 0.0
    found = (*_explain(exercise, trials, outcomes, wrong), *modified)
    return _finding(exercise, "partial" if fraction else "wrong", fraction, found)


def _explain(
    exercise: PropertyExercise, trials: Sequence[Trial], outcomes: Sequence[Outcome], wrong: Sequence[Fault]
) -> tuple[Fault, ...]:
    named = [fault for fault in wrong if fault.diagnosis]
    if fitting := _fitting(exercise, trials, outcomes):
        return fitting
    if named:
        return (named[0],)
    if exercise.reference and all(
        _rounded(o.value, describe(exercise.reference(*t.known))) for t, o in zip(trials, outcomes, strict=True)
    ):
        return (Fault("decimals-lost"),)
    fine = {t.member for t, o in zip(trials, outcomes, strict=True) if exercise.accepts(o.value, t.known) is None}
    if "in view" in fine and len(fine) < len(trials) - 1:
        return (Fault("tied-to-visible-data"),)
    reads = next((o.reads for o in outcomes if o.reads), ())
    if reads:
        return (Fault("notebook-variable-used", detail={"name": reads[0]}),)
    return ()


def _fitting(exercise: PropertyExercise, trials: Sequence[Trial], outcomes: Sequence[Outcome]) -> tuple[Fault, ...]:
    """Return the mistakes that make every answer; an exchanged pair is looked at in its right order as well."""
    back = [t for t in zip(trials, outcomes, strict=True) if t[1].status == "returned"]
    for turned in (False, True):
        answers = [(t.known, _turned(o.value) if turned else o.value) for t, o in back]
        if not answers or any(answer is None for _, answer in answers):
            return ()
        ids = [
            id
            for id, makers in exercise.variants.items()
            if any(all(_makes(maker, known, answer, exercise.rtol) for known, answer in answers) for maker in makers)
        ]
        if ids:
            exchanged = (Fault("swapped-returns", together=True),) if turned else ()
            return (*(Fault(id) for id in ids if id != "swapped-returns" or not turned), *exchanged)
    return ()


def _turned(value: Value) -> Value | None:
    if not isinstance(value, Branch) or value.type == "dict" or len(value.items) != 2:
        return None
    return Branch(value.type, (), value.items[::-1])


def _rounded(value: Value, want: Value) -> bool:
    """Tell whether some way of losing decimals turns what is right into what came back."""
    return any(_lost(value, want, way) for way in LOSSES)


def _lost(value: Value, want: Value, way: Callable) -> bool:
    if isinstance(value, Branch) and isinstance(want, Branch) and numbers(want) is None:
        return len(value.items) == len(want.items) and all(
            _lost(a, b, way) for a, b in zip(value.items, want.items, strict=True)
        )
    got, right = numbers(value), numbers(want)
    if got is None or right is None or got.shape != right.shape:
        return False
    return close(got, right) or bool(np.allclose(got, way(right), rtol=0, atol=1e-9))


def _makes(maker: Callable, known: tuple, value: Value, rtol: float) -> bool:
    try:
        made: Any = maker(*known)
    except (ValueError, IndexError, KeyError, TypeError, ZeroDivisionError):
        return False
    return same(value, describe(made), rtol)


def _stopped(exercise: PropertyExercise, trials, outcomes, first: Outcome) -> Fault | None:
    fault = probes.of_error(first.raised)
    if fitting := _fitting(exercise, trials, outcomes):
        return fitting[0]
    fine = [
        t.member
        for t, o in zip(trials, outcomes, strict=True)
        if o.status == "returned" and exercise.accepts(o.value, t.known) is None
    ]
    if fine and not (fault and fault.diagnosis in ("notebook-variable-used", "decimals-lost")):
        return Fault("tied-to-visible-data")
    return fault


def _hints(exercise: PropertyExercise, ids: Sequence[str]) -> tuple[str, ...]:
    """Return the exercise's own hints for what was found, the vocabulary's where it has none."""
    own = next((exercise.hints[id] for id in ids if id in exercise.hints), None)
    general = hints([Fault(id) for id in ids])
    return own or general or exercise.hints.get("", ())


def _finding(
    exercise: PropertyExercise, status: str, fraction: float, faults: Sequence[Fault] = (), message: str = ""
) -> Finding:
    ids = tuple(dict.fromkeys(f.diagnosis for f in faults if f.diagnosis))
    if not message and status != "right":
        named = [f for f in faults if f.diagnosis]
        message = compose(exercise.name, named) or f"{exercise.name} does not do what its rule says."
    points = round(exercise.points * fraction, 4)
    return Finding(exercise.name, points, exercise.points, status, ids, message=message, hints=_hints(exercise, ids))
