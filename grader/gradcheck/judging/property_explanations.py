"""Say why an answer that has to follow a rule is wrong: a known rule that makes it, or what it does for some inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from gradcheck.call import Branch, Leaf, Outcome, Raised, Value, describe
from gradcheck.comparison.equality import is_close, is_same_value, matches_rounded
from gradcheck.comparison.extraction import numbers
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.diagnosis.from_errors import from_error
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.property_exercise import PropertyExercise, Trial

LOSSES: tuple[Callable, ...] = (*(partial(np.round, decimals=k) for k in range(4)), np.trunc, np.floor, np.ceil)
"""Ways to lose decimals."""
WORTH = 0.2
"""A wrong result tells more about the mistake than a right one, so only this part of its time counts."""
IN_VIEW = "It is right for the inputs that the notebook shows, and not for all others."
SOME = "It is right for some inputs, and stops for others."


class Tried(NamedTuple):
    """One call of an answer, and what is wrong with what came back."""

    trial: Trial
    outcome: Outcome
    wrong: Diagnosis | None
    """None where it is right, or where the call stopped."""

    @property
    def returned(self) -> bool:
        """Tell whether the call came back."""
        return self.outcome.status == "returned"


def try_out(exercise: PropertyExercise, trials: Sequence[Trial], outcomes: Sequence[Outcome]) -> tuple[Tried, ...]:
    """Return all calls with what is wrong with each."""
    returned = [o.status == "returned" for o in outcomes]
    found = [
        exercise.accepts(o.value, t.known) if r else None for t, o, r in zip(trials, outcomes, returned, strict=True)
    ]
    return tuple(map(Tried, trials, outcomes, found))


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
    if named:
        return (named[0],)
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
    return sorted(back, key=lambda t: t.outcome.seconds * (WORTH if t.wrong else 1.0))


def _known_rule(exercise: PropertyExercise, tried: Sequence[Tried]) -> tuple[Diagnosis, ...]:
    """Return the rule that makes every answer, in the words of the exercise."""
    answers = [(t.trial.known, t.outcome.value) for t in _came_back(tried)]
    for rule in exercise.known_rules:
        if answers and _made_by(rule.makers, answers, exercise.rtol):
            return (Diagnosis(rule.mistake, detail=rule.words),)
    return ()


def _fitting(exercise: PropertyExercise, tried: Sequence[Tried]) -> tuple[Diagnosis, ...]:
    """Return the mistakes that make every answer; an exchanged pair is looked at in its right order as well."""
    as_it_is = [(t.trial.known, t.outcome.value) for t in _came_back(tried)]
    for turned in (False, True):
        answers = [(known, _turned(value)) for known, value in as_it_is] if turned else as_it_is
        if not answers or any(answer is None for _, answer in answers):
            break
        if ids := [id for id, makers in exercise.variants.items() if _made_by(makers, answers, exercise.rtol)]:
            exchanged = (Diagnosis("swapped-returns", together=True),) if turned else ()
            return (*(Diagnosis(id) for id in ids if id != "swapped-returns" or not turned), *exchanged)
    for (one, other), makers in exercise.pairs.items():
        if as_it_is and _made_by(makers, as_it_is, exercise.rtol):
            return (Diagnosis(one), Diagnosis(other, together=True))
    return ()


def _made_by(makers: Sequence[Callable], answers: Sequence[tuple[tuple, Any]], rtol: float) -> bool:
    """Tell whether one of these functions makes every answer."""
    return any(all(_makes(maker, known, answer, rtol) for known, answer in answers) for maker in makers)


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


def explain_stop(exercise: PropertyExercise, tried: Sequence[Tried], first: Raised) -> Diagnosis | None:
    """Name what explains a function that stops on some of its calls."""
    diagnosis = from_error(first)
    fitting = [d for d in _fitting(exercise, tried) if d.mistake != "tied-to-visible-data"]
    returned = [t for t in tried if t.returned]
    fine = [t.trial.kind for t in returned if t.wrong is None]
    right = len(fine) == len(returned)
    if fitting and not right:
        return fitting[0]
    if "out of bounds for axis 1 with size 1" in first.message and vocabulary()["wrong-axis"].occurs_in(exercise.name):
        return Diagnosis("wrong-axis")  # columns of a table of one column were counted off as if they were its rows
    stops = [t.trial.kind for t in tried if not t.returned]
    if right and len(fine) > 1 and all("plain number" in kind for kind in stops):
        return Diagnosis("only-for-arrays")
    told = ("notebook-variable-used", "decimals-lost", "only-for-single-numbers")
    if fine and not (diagnosis and diagnosis.mistake in told):
        return Diagnosis("tied-to-visible-data", detail={"seen": SOME})
    return diagnosis
