"""Judge functions that follow a rule: against a trusted run of the rule, or by the properties it must have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from gradcheck.autodiff.oracle import RTOL
from gradcheck.call import Branch, Leaf, Outcome, Value, describe
from gradcheck.caller import Caller
from gradcheck.comparison.equality import is_close, is_same_value, matches_rounded
from gradcheck.comparison.extraction import describe_form, numbers
from gradcheck.comparison.status import Status
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.diagnosis.from_errors import from_error
from gradcheck.diagnosis.messages import compose, describe_error, hints
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.property_exercise import PropertyExercise, Trial
from gradcheck.judging.finding import Finding
from gradcheck.judging.unfinished import find_unfinished

LOSSES: tuple[Callable, ...] = (*(partial(np.round, decimals=k) for k in range(4)), np.trunc, np.floor, np.ceil)
"""Ways to lose decimals."""


def equals(reference: Callable, rtol: float = RTOL) -> Callable[[Value, tuple], Diagnosis | None]:
    """Return a property: the value is what ``reference`` returns for the same arguments."""

    def accepts(value: Value, known: tuple) -> Diagnosis | None:
        want = describe(reference(*known))
        if is_same_value(value, want, rtol):
            return None
        if (shape := _shape(value, want)) is not None:
            return shape
        return Diagnosis()

    return accepts


def _shape(value: Value, want: Value) -> Diagnosis | None:
    if isinstance(value, Branch) and isinstance(want, Branch):
        container = (value.type == "dict") == (want.type == "dict") and len(value.items) == len(want.items)
        bare = any(isinstance(a, Branch) and _is_number(b) for a, b in zip(want.items, value.items, strict=False))
        if container and not bare and (want.type != "dict" or set(value.keys) == set(want.keys)):
            return None
    elif isinstance(want, Leaf):
        got, right = numbers(value), want.array
        if got is not None and right is not None and got.size == right.size and got.shape != right.shape:
            fits = is_close(got.reshape(right.shape), right)
            if isinstance(value, Branch):
                return Diagnosis("wrong-container", half=True, detail=_forms(value, want)) if fits else None
            shapes = {"got": str(got.shape), "want": str(right.shape) if right.ndim else "one number"}
            return Diagnosis("right-values-wrong-shape", half=True, detail=shapes) if fits else None
        if got is not None:
            return None
    return Diagnosis("wrong-container", detail=_forms(value, want))


def _is_number(value: Value) -> bool:
    return isinstance(value, Leaf) and value.array is not None and value.array.ndim == 0


def _forms(value: Value, want: Value) -> dict[str, str]:
    return {"got": describe_form(value), "want": describe_form(want)}


def judge_property(exercise: PropertyExercise, caller: Caller, trials: Sequence[Trial]) -> Finding:
    """Judge ``exercise`` on all ``trials``."""
    outcomes: list[Outcome] = []
    for trial in trials:
        outcome = caller.call(exercise.name, trial.args)
        if (early := find_unfinished(exercise, outcome)) is not None:
            return early
        outcomes.append(outcome)
    stopped = [o for o in outcomes if o.status == "raised"]
    if stopped:
        diagnosis = _stopped(exercise, trials, outcomes, stopped[0])
        changed = [exercise.args[i] for o in outcomes for i in o.changed]
        modified = (_modified(exercise, caller, trials, changed),) if changed else ()
        diagnoses = (*((diagnosis,) if diagnosis else ()), *(replace(m, together=bool(diagnosis)) for m in modified))
        return _finding(exercise, Status.ERROR, 0.0, diagnoses, describe_error(exercise.name, stopped[0], diagnoses))
    found = [exercise.accepts(o.value, t.known) for o, t in zip(outcomes, trials, strict=True)]
    changed = [exercise.args[i] for o in outcomes for i in o.changed]
    modified = (_modified(exercise, caller, trials, changed),) if changed else ()
    if exercise.across and not any(found):
        found.append(exercise.across(tuple(o.value for o in outcomes)))
    wrong = [diagnosis for diagnosis in found if diagnosis is not None]
    if not wrong:
        return _finding(exercise, Status.PARTIAL if modified else Status.RIGHT, 0.5 if modified else 1.0, modified)
    fraction = 0.5 if all(diagnosis.half for diagnosis in wrong) else 0.0
    named = (*_explain(exercise, trials, outcomes, wrong), *modified)
    return _finding(exercise, Status.PARTIAL if fraction else Status.WRONG, fraction, named)


def _modified(exercise: PropertyExercise, caller: Caller, trials: Sequence[Trial], changed: Sequence[str]) -> Diagnosis:
    """Name what the call changed: a dict itself, or only the arrays in a dict that was copied."""
    names = list(dict.fromkeys(changed))
    where = " and ".join(names)
    plain = next((t for t in trials if any(isinstance(arg, dict) for arg in t.args)), None)
    if plain is None or not vocabulary()["copied-too-little"].occurs_in(exercise.name):
        return Diagnosis("input-modified", where, half=True)
    numbers_only = caller.call(exercise.name, tuple(_without_arrays(arg) for arg in plain.args))
    spared = numbers_only.status == "returned" and not numbers_only.changed
    return Diagnosis("copied-too-little" if spared else "input-modified", where, half=True)


def _without_arrays(arg: Any) -> Any:
    """Return a dict with numpy's numbers, which nothing changes in place, where it held arrays."""
    return {key: np.float64(np.sum(value)) for key, value in arg.items()} if isinstance(arg, dict) else arg


def _explain(
    exercise: PropertyExercise, trials: Sequence[Trial], outcomes: Sequence[Outcome], wrong: Sequence[Diagnosis]
) -> tuple[Diagnosis, ...]:
    named = [diagnosis for diagnosis in wrong if diagnosis.mistake]
    if fitting := _fitting(exercise, trials, outcomes):
        return fitting
    if fitting := _fitting_fractions(exercise, trials, outcomes):
        return fitting
    finite = all(_is_finite(outcome.value) for outcome in outcomes)
    if not finite:  # what is no number is not close
        named = [diagnosis for diagnosis in named if diagnosis.mistake != "approximation-too-coarse"]
    if named:
        return (named[0],)
    if exercise.reference and all(
        _rounded(o.value, describe(exercise.reference(*t.known))) for t, o in zip(trials, outcomes, strict=True)
    ):
        return (Diagnosis("decimals-lost"),)
    fine = {t.kind for t, o in zip(trials, outcomes, strict=True) if exercise.accepts(o.value, t.known) is None}
    missed = {trial.kind for trial in trials} - fine
    if exercise.reference and missed and all("whole" in kind for kind in missed):
        return (Diagnosis("decimals-lost"),)
    if finite and CaseKind.IN_VIEW in fine and len(fine) < len(trials) - 1:
        return (Diagnosis("tied-to-visible-data"),)
    reads = next((o.reads for o in outcomes if o.reads), ())
    if reads:
        return (Diagnosis("notebook-variable-used", detail={"name": reads[0]}),)
    return ()


def _fitting(exercise: PropertyExercise, trials: Sequence[Trial], outcomes: Sequence[Outcome]) -> tuple[Diagnosis, ...]:
    """Return the mistakes that make every answer; an exchanged pair is looked at in its right order as well."""
    back = [t for t in zip(trials, outcomes, strict=True) if t[1].status == "returned" and _is_finite(t[1].value)]
    back.sort(key=lambda t: (exercise.accepts(t[1].value, t[0].known) is None, t[1].seconds))  # what tells most, first
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
            exchanged = (Diagnosis("swapped-returns", together=True),) if turned else ()
            return (*(Diagnosis(id) for id in ids if id != "swapped-returns" or not turned), *exchanged)
    return ()


def _fitting_fractions(exercise: PropertyExercise, trials, outcomes) -> tuple[Diagnosis, ...]:
    """Return the mistakes that make every answer but those for whole numbers, where decimals are lost as well."""
    pairs = [(t, o) for t, o in zip(trials, outcomes, strict=True) if "whole" not in t.kind]
    if exercise.reference is None or len(pairs) == len(trials):
        return ()
    wrong = any(exercise.accepts(o.value, t.known) is not None for t, o in pairs if o.status == "returned")
    whole = [o.value for t, o in zip(trials, outcomes, strict=True) if "whole" in t.kind and o.status == "returned"]
    if not wrong or not all(isinstance(v, Leaf) and v.dtype.startswith(("int", "uint")) for v in whole):
        return ()
    ids = _fitting(exercise, *zip(*pairs, strict=True))
    return (*ids, Diagnosis("decimals-lost", together=True)) if ids else ()


def _is_finite(value: Value) -> bool:
    if isinstance(value, Branch):
        return all(_is_finite(item) for item in value.items)
    return value.array is None or bool(np.all(np.isfinite(value.array)))


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
    return is_close(got, right) or matches_rounded(got, way(right))


def _makes(maker: Callable, known: tuple, value: Value, rtol: float) -> bool:
    try:
        made: Any = maker(*known)
    except (ValueError, IndexError, KeyError, TypeError, ZeroDivisionError):
        return False
    return is_same_value(value, describe(made), rtol)


def _stopped(exercise: PropertyExercise, trials, outcomes, first: Outcome) -> Diagnosis | None:
    diagnosis = from_error(first.raised)
    fitting = [d for d in _fitting(exercise, trials, outcomes) if d.mistake != "tied-to-visible-data"]
    returned = [(t, o) for t, o in zip(trials, outcomes, strict=True) if o.status == "returned"]
    fine = [t.kind for t, o in returned if exercise.accepts(o.value, t.known) is None]
    right = len(fine) == len(returned)
    if fitting and not right:
        return fitting[0]
    stops = [t.kind for t, o in zip(trials, outcomes, strict=True) if o.status == "raised"]
    if right and len(fine) > 1 and all("plain number" in kind for kind in stops):
        return Diagnosis("only-for-arrays")
    told = ("notebook-variable-used", "decimals-lost", "only-for-single-numbers")
    if fine and not (diagnosis and diagnosis.mistake in told):
        return Diagnosis("tied-to-visible-data")
    return diagnosis


def _hints(exercise: PropertyExercise, ids: Sequence[str]) -> tuple[str, ...]:
    """Return the exercise's own hints for what was found, the vocabulary's where it has none."""
    own = next((exercise.hints[id] for id in ids if id in exercise.hints), None)
    general = hints([Diagnosis(id) for id in ids])
    return own or general or exercise.hints.get("", ())


def _finding(
    exercise: PropertyExercise, status: Status, fraction: float, diagnoses: Sequence[Diagnosis] = (), message: str = ""
) -> Finding:
    ids = tuple(dict.fromkeys(d.mistake for d in diagnoses if d.mistake))
    if not message and status is not Status.RIGHT:
        named = [d for d in diagnoses if d.mistake]
        message = compose(exercise.name, named) or f"{exercise.name} does not do what its rule says."
    points = round(exercise.points * fraction, 4)
    return Finding(exercise.name, points, exercise.points, status, ids, message=message, hints=_hints(exercise, ids))
