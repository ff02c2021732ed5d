"""Judge functions that follow a rule: against a trusted run of the rule, or by the properties it must have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from gradcheck.autodiff.oracle import RTOL
from gradcheck.call import Branch, Leaf, Outcome, Value, describe
from gradcheck.caller import Caller
from gradcheck.comparison.equality import is_close, is_same_value
from gradcheck.comparison.extraction import describe_form, numbers
from gradcheck.comparison.status import Status
from gradcheck.diagnosis.messages import compose, describe_error, hints
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.property_exercise import PropertyExercise, Trial
from gradcheck.judging.changed_arguments import find_changes
from gradcheck.judging.finding import Finding
from gradcheck.judging.property_explanations import explain_rule, explain_stop, only_when, try_out
from gradcheck.judging.unfinished import find_unfinished


def equals(reference: Callable, rtol: float = RTOL) -> Callable[[Value, tuple], Diagnosis | None]:
    """Return a property: the value is what ``reference`` returns for the same arguments."""

    def accepts(value: Value, known: tuple) -> Diagnosis | None:
        want = describe(reference(*known))
        if is_same_value(value, want, rtol):
            return None
        if (shape := _shape(value, want, rtol)) is not None:
            return shape
        return Diagnosis()

    return accepts


def _shape(value: Value, want: Value, rtol: float) -> Diagnosis | None:
    if isinstance(value, Branch) and isinstance(want, Branch):
        container = (value.type == "dict") == (want.type == "dict") and len(value.items) == len(want.items)
        bare = any(isinstance(a, Branch) and _is_number(b) for a, b in zip(want.items, value.items, strict=False))
        if container and not bare and (want.type != "dict" or set(value.keys) == set(want.keys)):
            return _form_inside(value, want) or _shapes_inside(value, want, rtol)
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


def _form_inside(value: Branch, want: Branch) -> Diagnosis | None:
    """Name what stands where a dict was to come back, if there are fewer dicts than asked for."""
    if sum(map(_is_dict, value.items)) >= sum(map(_is_dict, want.items)):
        return None
    pairs = zip(value.items, want.items, strict=False)
    got, wanted = next((got, wanted) for got, wanted in pairs if _is_dict(wanted) and not _is_dict(got))
    return Diagnosis("wrong-container", detail=_forms(got, wanted))


def _is_dict(value: Value) -> bool:
    return isinstance(value, Branch) and value.type == "dict"


def _shapes_inside(value: Branch, want: Branch, rtol: float) -> Diagnosis | None:
    """Name arrays that hold the right numbers in another shape, where nothing else is wrong."""
    wrong = [(n, a, b) for n, a, b in _beside(value, want) if not is_same_value(a, b, rtol)]
    arrays = [(name, numbers(a), numbers(b)) for name, a, b in wrong]
    if not arrays or not all(_is_reshaped(got, right, rtol) for _, got, right in arrays):
        return None
    name, got, right = next((name, got, right) for name, got, right in arrays if got is not None and right is not None)
    shapes = {"got": str(got.shape) if got.ndim else "of one number", "want": str(right.shape)}
    return Diagnosis("right-values-wrong-shape", name, half=True, detail=shapes)


def _beside(value: Value, want: Value, name: str = "") -> Iterator[tuple[str, Value, Value]]:
    """Yield what came back at every place where an array was to come back, beside that array."""
    if isinstance(want, Leaf) or numbers(want) is not None or not isinstance(value, Branch):
        yield name, value, want
    elif len(value.items) != len(want.items) or set(value.keys) != set(want.keys):
        yield name, Leaf("nothing of that name"), want
    else:
        found = [value.items[value.keys.index(key)] for key in want.keys] or value.items
        for key, item, wanted in zip(want.keys or [name] * len(found), found, want.items, strict=True):
            yield from _beside(item, wanted, key)


def _is_reshaped(got: np.ndarray | None, right: np.ndarray | None, rtol: float) -> bool:
    if got is None or right is None or got.size != right.size or got.shape == right.shape:
        return False
    return is_close(got.reshape(right.shape), right, rtol)


def _is_number(value: Value) -> bool:
    return isinstance(value, Leaf) and value.array is not None and value.array.ndim == 0


def _forms(value: Value, want: Value) -> dict[str, str]:
    return {"got": describe_form(value), "want": describe_form(want)}


def judge_property(exercise: PropertyExercise, caller: Caller, trials: Sequence[Trial]) -> Finding:
    """Judge ``exercise`` on all ``trials``."""
    outcomes: list[Outcome] = []
    for outcome in caller.call_all(exercise.name, [trial.args for trial in trials]):
        if (early := find_unfinished(exercise, outcome)) is not None:
            return early
        outcomes.append(outcome)
    tried = try_out(exercise, trials, outcomes)
    first = next((o.raised for o in outcomes if o.raised is not None), None)
    if first is not None:
        stops = explain_stop(exercise, tried, first)
        modified = find_changes(exercise, caller, trials, outcomes)
        diagnoses = (*stops, *(replace(m, together=bool(stops) or m.together) for m in modified))
        return _finding(exercise, Status.ERROR, 0.0, diagnoses, _tell_stop(exercise, trials, outcomes, diagnoses))
    found = [t.wrong for t in tried]
    modified = find_changes(exercise, caller, trials, outcomes)
    across = exercise.across([(t.outcome.value, t.trial.known) for t in tried])
    alone = [diagnosis for diagnosis in found if diagnosis is not None]
    wrong = [*alone, *across]
    if not wrong:
        return _finding(exercise, Status.PARTIAL if modified else Status.RIGHT, 0.5 if modified else 1.0, modified)
    fraction = 0.5 if all(diagnosis.half for diagnosis in wrong) else 0.0
    rules = explain_rule(exercise, tried, alone or wrong)
    told = {diagnosis.mistake for diagnosis in rules}
    beside = [diagnosis for diagnosis in (*across, *modified) if diagnosis.mistake not in told]
    named = (*rules, *(replace(d, together=bool(rules) or d.together) for d in beside))
    missed = [t.kind for t, diagnosis in zip(trials, found, strict=True) if diagnosis is not None]
    case = only_when(exercise, missed) if not across and len(missed) < len(trials) else ""
    return _finding(exercise, Status.PARTIAL if fraction else Status.WRONG, fraction, named, case=case)


def _tell_stop(
    exercise: PropertyExercise, trials: Sequence[Trial], outcomes: Sequence[Outcome], diagnoses: Sequence[Diagnosis]
) -> str:
    """Say where a function stopped first, why, and in which case only."""
    stops = [(t, o) for t, o in zip(trials, outcomes, strict=True) if o.raised is not None]
    trial, outcome = stops[0]
    reason = exercise.reason(outcome.raised, trial.known) if exercise.reason and outcome.raised else ""
    told = describe_error(exercise.name, outcome, diagnoses, reason=reason)
    case = only_when(exercise, (t.kind for t, _ in stops))
    return f"{told} This happens only {case}." if case else told


def _hints(
    exercise: PropertyExercise, diagnoses: Sequence[Diagnosis], ids: Sequence[str], case: str
) -> tuple[str, ...]:
    """Return the hints of this very answer, the exercise's own for what was found, or the vocabulary's."""
    if (said := next((d.detail for d in diagnoses if "look" in d.detail), None)) is not None:
        return said["question"], said["look"]
    own = next((exercise.hints[id] for id in ids if id in exercise.hints), None)
    general = hints([Diagnosis(id) for id in ids])
    told = own or general or exercise.hints.get("", ())
    return (f"Follow your lines {case}. Which of them does what you did not want?", *told[1:]) if case else told


def _finding(
    exercise: PropertyExercise,
    status: Status,
    fraction: float,
    diagnoses: Sequence[Diagnosis] = (),
    message: str = "",
    case: str = "",
) -> Finding:
    ids = tuple(dict.fromkeys(d.mistake for d in diagnoses if d.mistake))
    if not message and status is not Status.RIGHT:
        message = compose(exercise.name, diagnoses) or f"{exercise.name} does not do what its rule says."
        message += f" This happens only {case}." if case else ""
    points = round(exercise.points * fraction, 4)
    return Finding(
        exercise.name,
        points,
        exercise.points,
        status,
        ids,
        message=message,
        hints=_hints(exercise, diagnoses, ids, case.partition(" (")[0]),
    )
