"""Find the known mistakes that make every answer of a function, alone or put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from gradcheck.call import Branch, Leaf, Value, describe
from gradcheck.comparison.equality import is_close, is_same_value
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.property_exercise import PropertyExercise

Answers = Sequence[tuple[tuple, Value]]
"""Arguments, and what came back for them."""
STOPS = (ValueError, IndexError, KeyError, TypeError, AttributeError, ZeroDivisionError)
"""What a rule may raise where it does not suit the arguments."""


def find_mistakes(exercise: PropertyExercise, answers: Answers) -> tuple[Diagnosis, ...]:
    """Return the mistakes that make every answer: the fewest that do it, and where one does it all that do."""
    if not answers:
        return ()
    with np.errstate(all="ignore"):  # a wrong rule may divide by 0
        for search in (_single, _finished_wrongly, _exchanged, _paired, _finished_wrongly_too):
            if found := search(exercise, answers):
                return found
    return ()


def makes_all(makers: Sequence[Callable], answers: Answers, rtol: float) -> bool:
    """Tell whether one of these functions makes every answer."""
    return any(all(_makes(maker, known, answer, rtol) for known, answer in answers) for maker in makers)


def _single(exercise: PropertyExercise, answers: Answers) -> tuple[Diagnosis, ...]:
    fitting = [id for id, makers in exercise.variants.items() if makes_all(makers, answers, exercise.rtol)]
    return tuple(map(Diagnosis, fitting))


def _exchanged(exercise: PropertyExercise, answers: Answers) -> tuple[Diagnosis, ...]:
    """Look at pairs in their right order as well."""
    turned = [(known, back) for known, value in answers if (back := _turned(value)) is not None]
    if len(turned) < len(answers):
        return ()
    exchanged = _told(exercise, "swapped-returns")
    single = [found for found in _single(exercise, turned) if found.mistake != "swapped-returns"]
    return (*single, exchanged) if single else ()


def _paired(exercise: PropertyExercise, answers: Answers) -> tuple[Diagnosis, ...]:
    for ids, makers in exercise.pairs.items():
        if makes_all(makers, answers, exercise.rtol):
            return _all_told(exercise, ids)
    return ()


def _finished_wrongly(exercise: PropertyExercise, answers: Answers) -> tuple[Diagnosis, ...]:
    """Look for the right rule with another end."""
    right = [((), exercise.reference)] if exercise.reference else []
    return _find_end(exercise, answers, right)


def _finished_wrongly_too(exercise: PropertyExercise, answers: Answers) -> tuple[Diagnosis, ...]:
    """Look for a wrong rule, or a pair of mistakes, with another end besides."""
    return _find_end(exercise, answers, _wrong_rules(exercise))


def _wrong_rules(exercise: PropertyExercise) -> Iterator[tuple[tuple[str, ...], Callable]]:
    """Yield every wrong rule with the names of its mistakes; those with one come first."""
    for id, makers in exercise.variants.items():
        yield from (((id,), maker) for maker in makers)
    for ids, makers in exercise.pairs.items():
        yield from ((ids, maker) for maker in makers)


def _find_end(exercise: PropertyExercise, answers: Answers, rules: Any) -> tuple[Diagnosis, ...]:
    """Return the names of the first rule and the first end that make every answer."""
    ends = [(id, end) for id, of_id in exercise.ends.items() for end in of_id]
    if not ends:
        return ()
    (known, first), *others = answers
    for ids, rule in rules:
        made = _result(rule, known)
        for id, end in ends if made is not None else ():
            if id not in ids and _ends_in(end, known, made, first, exercise.rtol):
                rest = ((args, _result(rule, args), value) for args, value in others)
                if all(_ends_in(end, args, made, value, exercise.rtol) for args, made, value in rest):
                    return _all_told(exercise, (*ids, id))
    return ()


def _ends_in(end: Callable, known: tuple, made: Any, value: Value, rtol: float) -> bool:
    """Tell whether this end turns what a rule made into what came back."""
    if made is None:
        return False
    return _is_made(_result(end, (known, made, value)), value, rtol)


def _result(rule: Callable, args: tuple) -> Any:
    """Return what a rule makes of its arguments; None where it does not suit them."""
    try:
        return rule(*args)
    except STOPS:
        return None


def _makes(maker: Callable, known: tuple, value: Value, rtol: float) -> bool:
    return _is_made(_result(maker, known), value, rtol)


def _is_made(made: Any, value: Value, rtol: float) -> bool:
    """Tell whether a rule made what came back; most rules that did not show it in the first of their numbers."""
    return made is not None and _begins_alike(made, value, rtol) and is_same_value(value, describe(made), rtol)


def _begins_alike(made: Any, value: Value, rtol: float) -> bool:
    """Compare the first array in both, which takes less time than to compare all; in doubt they are alike."""
    while isinstance(value, Branch) and value.items:
        place: Any = value.keys[0] if value.type == "dict" else 0
        if not isinstance(made, dict if value.type == "dict" else list | tuple):
            return True
        if not (place in made if isinstance(made, dict) else made):
            return False
        made, value = made[place], value.items[0]
    if not isinstance(value, Leaf):
        return True
    if isinstance(made, dict | list | tuple):
        return not isinstance(made, dict) and value.array is not None and value.array.ndim > 0
    if not isinstance(made, np.ndarray | float | int) or value.array is None:
        return True
    return is_close(value.array, np.asarray(made), rtol)


def _turned(value: Value) -> Value | None:
    if not isinstance(value, Branch) or value.type == "dict" or len(value.items) != 2:
        return None
    return Branch(value.type, (), value.items[::-1])


def _all_told(exercise: PropertyExercise, ids: Sequence[str]) -> tuple[Diagnosis, ...]:
    """Return mistakes that were made together; one that is alone is told in the words of the vocabulary."""
    if len(ids) == 1:
        return (Diagnosis(ids[0]),)
    return tuple(_told(exercise, id, together=i > 0) for i, id in enumerate(ids))


def _told(exercise: PropertyExercise, id: str, *, together: bool = True) -> Diagnosis:
    detail = {"seen": exercise.beside[id]} if id in exercise.beside else {}
    return Diagnosis(id, together=together, detail=detail)
