"""Say why an answer that has to follow a rule is wrong: a known rule that makes it, or what it does for some inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np

from gradcheck.call import Branch, Leaf, Outcome, Value, describe
from gradcheck.comparison.equality import is_close, is_same_value, matches_rounded
from gradcheck.comparison.extraction import numbers
from gradcheck.diagnosis.from_errors import from_error
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.property_exercise import PropertyExercise, Trial

LOSSES: tuple[Callable, ...] = (*(partial(np.round, decimals=k) for k in range(4)), np.trunc, np.floor, np.ceil)
"""Ways to lose decimals."""
IN_VIEW = "It is right for the inputs that the notebook shows, and not for all others."
SOME = "It is right for some inputs, and stops for others."


def explain_rule(
    exercise: PropertyExercise, trials: Sequence[Trial], outcomes: Sequence[Outcome], wrong: Sequence[Diagnosis]
) -> tuple[Diagnosis, ...]:
    """Return what explains the answers of a function that came back every time."""
    if known := _known_rule(exercise, trials, outcomes):
        return known
    if fitting := _fitting(exercise, trials, outcomes):
        return fitting
    if fitting := _fitting_fractions(exercise, trials, outcomes):
        return fitting
    finite = all(_is_finite(outcome.value) for outcome in outcomes)
    named = _whole_story(wrong, finite)
    fine = {t.kind for t, o in zip(trials, outcomes, strict=True) if exercise.accepts(o.value, t.known) is None}
    missed = {trial.kind for trial in trials} - fine
    only_whole = bool(exercise.reference and missed) and all("whole" in kind for kind in missed)
    if only_whole and all(diagnosis.mistake == "approximation-too-coarse" for diagnosis in named):
        return (Diagnosis("decimals-lost"),)
    if named:
        return (named[0],)
    if exercise.reference and all(
        _rounded(o.value, describe(exercise.reference(*t.known))) for t, o in zip(trials, outcomes, strict=True)
    ):
        return (Diagnosis("decimals-lost"),)
    if finite and CaseKind.IN_VIEW in fine and len(fine) < len(trials) - 1:
        return (Diagnosis("tied-to-visible-data", detail={"seen": IN_VIEW}),)
    reads = next((o.reads for o in outcomes if o.reads), ())
    if reads:
        return (Diagnosis("notebook-variable-used", detail={"name": reads[0]}),)
    return () if finite else (Diagnosis("not-finite", f"what {exercise.name} returns"),)


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


def _came_back(
    exercise: PropertyExercise, trials: Sequence[Trial], outcomes: Sequence[Outcome]
) -> list[tuple[Trial, Outcome]]:
    """Return the calls that came back with numbers; those that tell most come first."""
    back = [t for t in zip(trials, outcomes, strict=True) if t[1].status == "returned" and _is_finite(t[1].value)]
    return sorted(back, key=lambda t: (exercise.accepts(t[1].value, t[0].known) is None, t[1].seconds))


def _known_rule(
    exercise: PropertyExercise, trials: Sequence[Trial], outcomes: Sequence[Outcome]
) -> tuple[Diagnosis, ...]:
    """Return the rule that makes every answer, in the words of the exercise."""
    back = _came_back(exercise, trials, outcomes) if exercise.known_rules else []
    for rule in exercise.known_rules:
        if back and any(all(_makes(m, t.known, o.value, exercise.rtol) for t, o in back) for m in rule.makers):
            return (Diagnosis(rule.mistake, detail=rule.words),)
    return ()


def _fitting(exercise: PropertyExercise, trials: Sequence[Trial], outcomes: Sequence[Outcome]) -> tuple[Diagnosis, ...]:
    """Return the mistakes that make every answer; an exchanged pair is looked at in its right order as well."""
    back = _came_back(exercise, trials, outcomes)
    for turned in (False, True):
        answers = [(t.known, _turned(o.value) if turned else o.value) for t, o in back]
        if not answers or any(answer is None for _, answer in answers):
            break
        if ids := [id for id, makers in exercise.variants.items() if _made_by(makers, answers, exercise.rtol)]:
            exchanged = (Diagnosis("swapped-returns", together=True),) if turned else ()
            return (*(Diagnosis(id) for id in ids if id != "swapped-returns" or not turned), *exchanged)
    answers = [(t.known, o.value) for t, o in back]
    for (one, other), makers in exercise.pairs.items():
        if answers and _made_by(makers, answers, exercise.rtol):
            return (Diagnosis(one), Diagnosis(other, together=True))
    return ()


def _made_by(makers: Sequence[Callable], answers: Sequence[tuple[tuple, Any]], rtol: float) -> bool:
    """Tell whether one of these functions makes every answer."""
    return any(all(_makes(maker, known, answer, rtol) for known, answer in answers) for maker in makers)


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


def explain_stop(exercise: PropertyExercise, trials, outcomes, first: Outcome) -> Diagnosis | None:
    """Name what explains a function that stops on some of its calls."""
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
        return Diagnosis("tied-to-visible-data", detail={"seen": SOME})
    return diagnosis
