"""Say why an answer that has to follow a rule is wrong: a known rule that makes it, or what it does for some inputs."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np

from gradcheck.call import Branch, Leaf, Outcome, Raised, Value, describe
from gradcheck.comparison.equality import is_close, is_same_value, matches_rounded
from gradcheck.comparison.extraction import numbers
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.diagnosis.from_errors import from_error
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.property_exercise import PropertyExercise, Trial
from gradcheck.judging.property_fitting import find_mistakes, makes_all
from gradcheck.judging.right_form import bring_into_form

LOSSES: tuple[Callable, ...] = (*(partial(np.round, decimals=k) for k in range(4)), np.trunc, np.floor, np.ceil)
"""Ways to lose decimals."""
WORTH = 0.2
"""A wrong result tells more about the mistake than a right one, so only this part of its time counts."""
IN_VIEW = "It is right for the inputs that the notebook shows, and not for all others."
UP_TO = "It is right for as many as the notebook shows, and not for more."
BEYOND = "than the notebook"
"""At the end of the kind of a trial that is larger than anything that the notebooks show."""
SOME = "It is right for some inputs, and stops for others."


CANNOT_DO = re.compile(r"'(float|int)' object|type '(float|int)'")
"""In the text of an error that says what a plain number cannot do."""


class Tried(NamedTuple):
    """One call of an answer, and what is wrong with what came back."""

    trial: Trial
    outcome: Outcome
    wrong: Diagnosis | None
    """None where it is right, or where the call stopped."""
    seconds: float = 0.0
    """The time of the call, or of looking at what came back if that took longer: then the rule itself takes long."""

    @property
    def returned(self) -> bool:
        """Tell whether the call came back."""
        return self.outcome.status == "returned"


def try_out(exercise: PropertyExercise, trials: Sequence[Trial], outcomes: Sequence[Outcome]) -> tuple[Tried, ...]:
    """Return all calls with what is wrong with each."""
    return tuple(_try_out(exercise, trial, outcome) for trial, outcome in zip(trials, outcomes, strict=True))


def _try_out(exercise: PropertyExercise, trial: Trial, outcome: Outcome) -> Tried:
    started = time.perf_counter()
    wrong = exercise.accepts(outcome.value, trial.known) if outcome.value is not None else None
    return Tried(trial, outcome, wrong, max(outcome.seconds, time.perf_counter() - started))


def explain_rule(
    exercise: PropertyExercise, tried: Sequence[Tried], wrong: Sequence[Diagnosis]
) -> tuple[Diagnosis, ...]:
    """Return what explains the answers of a function that came back every time."""
    for explain in (_known_rule, _fitting, _fitting_fractions):
        if found := explain(exercise, tried):
            return found
    finite = all(_is_finite(t.outcome.value) for t in tried)
    named = _whole_story(wrong, finite)
    fine = {t.trial.kind for t in tried if t.wrong is None}
    missed = {t.trial.kind for t in tried} - fine
    only_whole = bool(exercise.reference and missed) and all("whole" in kind for kind in missed)
    if only_whole and all(diagnosis.mistake == "approximation-too-coarse" for diagnosis in named):
        return (Diagnosis("decimals-lost"),)
    if missed and all(kind.endswith(BEYOND) for kind in missed):
        return (Diagnosis("tied-to-visible-data", detail={"seen": UP_TO}),)
    if named and named[0].mistake == "wrong-container":
        return (*_in_right_form(exercise, tried), replace(named[0], together=True))
    if named:
        ids = [diagnosis.mistake for diagnosis in named]
        return (max(named, key=lambda diagnosis: ids.count(diagnosis.mistake)),)
    if exercise.reference and all(
        _rounded(t.outcome.value, describe(exercise.reference(*t.trial.known))) for t in tried
    ):
        return (Diagnosis("decimals-lost"),)
    if finite and CaseKind.IN_VIEW in fine and len(fine) < len(tried) - 1:
        return (Diagnosis("tied-to-visible-data", detail={"seen": IN_VIEW}),)
    reads = next((t.outcome.reads for t in tried if t.outcome.reads), ())
    if reads:
        return (Diagnosis("notebook-variable-used", detail={"name": reads[0]}),)
    return () if finite else (Diagnosis("not-finite", f"what {exercise.name} returns"),)


def _in_right_form(exercise: PropertyExercise, tried: Sequence[Tried]) -> tuple[Diagnosis, ...]:
    """Return what is wrong with the numbers besides, where they came back in other containers."""
    if exercise.reference is None:
        return ()
    wants = [describe(exercise.reference(*t.trial.known)) for t in tried]
    forms = [bring_into_form(t.outcome.value, want) for t, want in zip(tried, wants, strict=True)]
    if any(form is None for form in forms):
        return ()
    if all(is_same_value(form, want, exercise.rtol) for form, want in zip(forms, wants, strict=True)):
        return ()
    formed = [t._replace(outcome=replace(t.outcome, value=form)) for t, form in zip(tried, forms, strict=True)]
    found = _fitting(exercise, formed)
    return () if "wrong-container" in {diagnosis.mistake for diagnosis in found} else found


def _whole_story(wrong: Sequence[Diagnosis], finite: bool) -> list[Diagnosis]:
    """Return what has a name: no form that only some answers have besides, and nothing close to what is no number."""
    all_half = all(diagnosis.half for diagnosis in wrong)
    named = [diagnosis for diagnosis in wrong if diagnosis.mistake and (all_half or not diagnosis.half)]
    return [d for d in named if finite or d.mistake != "approximation-too-coarse"]


def only_when(exercise: PropertyExercise, kinds: Iterable[str]) -> str:
    """Say what these trials have in common: "when n_test is 0"; empty where the exercise has no words for it."""
    kinds = list(kinds)
    if not kinds or any(kind not in exercise.cases for kind in kinds):
        return ""
    return " or ".join(dict.fromkeys(exercise.cases[kind] for kind in kinds))


def _came_back(tried: Sequence[Tried]) -> list[Tried]:
    """Return the calls that came back with numbers; those that tell most for their time come first."""
    back = [t for t in tried if t.returned and _is_finite(t.outcome.value)]
    return sorted(back, key=lambda t: t.seconds * (WORTH if t.wrong and not t.trial.kind.endswith(BEYOND) else 1.0))


def _known_rule(exercise: PropertyExercise, tried: Sequence[Tried]) -> tuple[Diagnosis, ...]:
    """Return the rule that makes every answer, in the words of the exercise."""
    answers = [(t.trial.known, t.outcome.value) for t in _came_back(tried)]
    for rule in exercise.known_rules:
        if answers and makes_all(rule.makers, answers, exercise.rtol):
            return (Diagnosis(rule.mistake, detail=rule.words),)
    return ()


def _fitting(exercise: PropertyExercise, tried: Sequence[Tried]) -> tuple[Diagnosis, ...]:
    return find_mistakes(exercise, [(t.trial.known, t.outcome.value) for t in _came_back(tried)])


def _fitting_fractions(exercise: PropertyExercise, tried: Sequence[Tried]) -> tuple[Diagnosis, ...]:
    """Return the mistakes that make every answer but those for whole numbers, where decimals are lost as well."""
    others = [t for t in tried if "whole" not in t.trial.kind]
    if exercise.reference is None or len(others) == len(tried):
        return ()
    whole = [t.outcome.value for t in tried if "whole" in t.trial.kind and t.returned]
    if not any(t.wrong for t in others) or not all(
        isinstance(value, Leaf) and value.dtype.startswith(("int", "uint")) for value in whole
    ):
        return ()
    ids = _fitting(exercise, others)
    return (*ids, Diagnosis("decimals-lost", together=True)) if ids else ()


def _is_finite(value: Value) -> bool:
    if isinstance(value, Branch):
        return all(_is_finite(item) for item in value.items)
    return value.array is None or bool(np.all(np.isfinite(value.array)))


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


def explain_stop(exercise: PropertyExercise, tried: Sequence[Tried], first: Raised) -> tuple[Diagnosis, ...]:
    """Name what explains a function that stops on some of its calls."""
    diagnosis = from_error(first)
    fitting = tuple(d for d in _fitting(exercise, tried) if d.mistake != "tied-to-visible-data")
    returned = [t for t in tried if t.returned]
    fine = [t.trial.kind for t in returned if t.wrong is None]
    right = len(fine) == len(returned)
    wants_arrays = len(returned) > 1 and _stops_at_plain_numbers(tried)
    if fitting and not right:
        alone = Diagnosis("only-for-arrays") if wants_arrays else diagnosis
        told_too = alone is not None and alone.mistake in ("only-for-arrays", "only-for-single-numbers")
        return (*fitting, replace(alone, together=True)) if told_too and alone else fitting[:1]
    if "out of bounds for axis 1 with size 1" in first.message and vocabulary()["wrong-axis"].occurs_in(exercise.name):
        return (Diagnosis("wrong-axis"),)  # columns of a table of one column were counted off as if they were its rows
    if right and wants_arrays:
        return (Diagnosis("only-for-arrays"),)
    told = ("notebook-variable-used", "decimals-lost", "only-for-single-numbers")
    if fine and not (diagnosis and diagnosis.mistake in told):
        return (Diagnosis("tied-to-visible-data", detail={"seen": SOME}),)
    return (diagnosis,) if diagnosis else ()


def _stops_at_plain_numbers(tried: Sequence[Tried]) -> bool:
    """Tell whether it stops only where a plain number came in, and because it was one."""
    stopped = [t for t in tried if not t.returned]
    if all("plain number" in t.trial.kind for t in stopped):
        return True
    errors = [t.outcome.raised.message for t in stopped if t.outcome.raised]
    return all(map(_holds_plain_number, stopped)) and all(map(CANNOT_DO.search, errors))


def _holds_plain_number(t: Tried) -> bool:
    dicts = [arg for arg in t.trial.args if isinstance(arg, dict)]
    return any(isinstance(item, int | float) for arg in dicts for item in arg.values())
