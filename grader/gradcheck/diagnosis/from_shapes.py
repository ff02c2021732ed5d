"""Name mistakes that show themselves in the shapes or in the order of the outputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from gradcheck.autodiff.ops import fit_shape
from gradcheck.call import Branch
from gradcheck.comparison.equality import grade_output
from gradcheck.comparison.extraction import numbers
from gradcheck.comparison.observation import Observation
from gradcheck.comparison.status import Grade
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.diagnosis.evidence import Evidence
from gradcheck.diagnosis.fault_search import diagnose
from gradcheck.diagnosis.location import name_outputs
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise


def find_wrong_shapes(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name right numbers in another shape, where that is all that is wrong."""
    grades = {name: grade for name, grade in evidence.grades.items() if grade is not Grade.RIGHT}
    if not set(grades.values()) <= {Grade.WRONG_SHAPE, Grade.TRANSPOSED}:
        return ()
    found = []
    transposed = [name for name, grade in grades.items() if grade is Grade.TRANSPOSED]
    if transposed:
        found.append(Diagnosis("gradient-transposed", name_outputs(evidence.exercise, transposed), half=True))
    other = [name for name, grade in grades.items() if grade is Grade.WRONG_SHAPE]
    if other:
        detail = (
            _describe_joined(evidence) if evidence.exercise.signature.joined else _describe_shapes(evidence.own, other)
        )
        where = name_outputs(evidence.exercise, other)
        found.append(Diagnosis("right-values-wrong-shape", where, half=True, detail=detail))
    return tuple(found)


def _describe_shapes(own: Sequence[Observation], names: Sequence[str]) -> dict[str, str]:
    """Return the shapes that came back and those asked for, in the order of the outputs."""
    pairs = [
        next((o.arrays[n].shape, o.case.truth[n].value.shape) for o in own if o.grade(n) is Grade.WRONG_SHAPE)
        for n in names
    ]
    got = " and ".join(str(shape) if shape else "of one number" for shape, _ in pairs)
    return {"got": got, "want": " and ".join(str(shape) if shape else "one number" for _, shape in pairs)}


def _describe_joined(evidence: Evidence) -> dict[str, str]:
    """Return the shapes of the arrays that came back, where their entries are the outputs."""
    joined = evidence.exercise.signature.joined.values()
    first = next(o for o in evidence.own if any(o.grade(name) is Grade.WRONG_SHAPE for name in o.arrays))
    got = [str(np.shape(item.array)) for item in getattr(first.outcome.value, "items", ()) if hasattr(item, "array")]
    return {"got": " and ".join(got), "want": " and ".join(f"({len(entries)},)" for entries in joined)}


def find_swapped_outputs(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name two outputs that came back in each other's place."""
    names, own = sorted(evidence.wrong), evidence.own
    for one in names:
        for other in names:
            if one < other and own and all(_are_swapped(o, one, other) for o in own):
                return (Diagnosis("swapped-returns", f"{one} and {other}", half=True),)
    return ()


def _are_swapped(o: Observation, one: str, other: str) -> bool:
    pairs = ((one, other), (other, one))
    return all(a in o.arrays and grade_output(o.arrays[a], o.case.truth[b]) is Grade.RIGHT for a, b in pairs)


def find_faults_behind_shapes(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Explain outputs that are wrong in value and in shape: reshape them, search for a fault, name both."""
    exercise, drawn = evidence.exercise, evidence.drawn
    misshapen = {name for o in drawn for name, array in o.arrays.items() if _only_misshapen(o, name, array)}
    if not misshapen:
        return ()
    lying = frozenset(n for n in misshapen if all(n in o.arrays and _is_lying(o, n) for o in drawn))
    if lying and (
        found := _diagnose_turned(exercise, drawn, lambda o, n: o.arrays[n].T if n in lying else o.arrays[n])
    ):
        where = name_outputs(exercise, lying)
        return (*found, Diagnosis("gradient-transposed", where, half=True, together=True))
    found = _diagnose_turned(exercise, drawn, lambda o, n: _reshape(o, n, o.arrays[n]))
    if not found:
        return ()
    example = next((o.arrays[n], o.case.truth[n].value) for o in drawn for n in sorted(misshapen) if n in o.arrays)
    detail = {"got": str(example[0].shape), "want": str(example[1].shape)}
    where = name_outputs(exercise, misshapen)
    return (*found, Diagnosis("right-values-wrong-shape", where, half=True, detail=detail, together=True))


def _diagnose_turned(
    exercise: GraphExercise,
    drawn: Sequence[Observation],
    turn: Callable[[Observation, str], np.ndarray],
    *,
    pairs: bool = True,
) -> tuple[Diagnosis, ...]:
    """Search for a fault behind outputs that are looked at in another form."""
    turned = [replace(o, arrays={name: turn(o, name) for name in o.arrays}) for o in drawn]
    wrong = frozenset(n for n in exercise.signature.outputs if any(o.grade(n) is not Grade.RIGHT for o in turned))
    return diagnose(exercise, turned, wrong, pairs=pairs)


def find_faults_behind_exchange(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Explain outputs that came back in each other's place, as their shapes show, and are wrong besides."""
    exercise, drawn = evidence.exercise, evidence.drawn
    if not drawn or not vocabulary()["swapped-returns"].occurs_in(exercise.name):
        return ()
    if exercise.signature.joined:
        return _find_faults_behind_joined_exchange(evidence)
    place = _backward(list(exercise.signature.outputs))
    moved = frozenset(name for name, other in place.items() if name != other)
    if any(n not in o.arrays for o in drawn for n in place):
        return ()
    exchanged = Diagnosis("swapped-returns", name_outputs(exercise, moved), together=True)
    for lying in (False, True):
        turned = [{n: o.arrays[n].T if lying else o.arrays[n] for n in place} for o in drawn]
        wanted = [{n: o.case.truth[n].value.shape for n in place} for o in drawn]
        pairs = list(zip(turned, wanted, strict=True))
        fits = all(got[n].shape == want[place[n]] for got, want in pairs for n in place)
        if not fits or all(want[n] == want[place[n]] for _, want in pairs for n in moved):
            continue
        turn = lambda o, n, lying=lying: o.arrays[place[n]].T if lying else o.arrays[place[n]]
        if lying and all(grade_output(turn(o, n), o.case.truth[n]) is Grade.RIGHT for o in drawn for n in place):
            return Diagnosis("gradient-transposed", name_outputs(exercise, set(place))), exchanged
        found = _diagnose_turned(exercise, drawn, turn)
        return (*found, exchanged) if found and not lying else ()
    return ()


def find_one_missing(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name a list in which the first or the last array is missing, and what else is wrong."""
    exercise, drawn = evidence.exercise, evidence.drawn
    names = list(exercise.signature.outputs)
    values = [o.outcome.value for o in drawn]
    short = all(
        isinstance(v, Branch) and v.type in ("list", "tuple") and len(v.items) == len(names) - 1 for v in values
    )
    if exercise.signature.container != "list" or not drawn or not short or len(names) < 3:
        return ()
    for missing in (names[0], names[-1]):
        told = [name for name in names if name != missing]
        filled = [_filled(o, told, missing) for o in drawn]
        if any(o is None for o in filled):
            continue
        seen = [o for o in filled if o is not None]
        wrong = frozenset(n for n in told if any(o.grade(n) is not Grade.RIGHT for o in seen))
        found = diagnose(exercise, seen, wrong) if wrong else ()
        if found or not wrong:
            detail = {"seen": f"{missing} is missing from the list."}
            return (*found, Diagnosis("off-by-one", "the list", detail=detail, together=bool(found)))
    return ()


def _filled(o: Observation, told: Sequence[str], missing: str) -> Observation | None:
    """Return a call with the array that is missing put in; None where the others do not have their shapes."""
    arrays = dict(zip(told, map(numbers, getattr(o.outcome.value, "items", ())), strict=False))
    if any(arrays.get(n) is None or arrays[n].shape != o.case.truth[n].value.shape for n in told):
        return None
    return replace(o, arrays={**arrays, missing: o.case.truth[missing].value})


def _find_faults_behind_joined_exchange(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Explain two lists that came back in each other's place, and are wrong besides: by one fault that makes all."""
    exercise, (one, other) = evidence.exercise, evidence.exercise.signature.joined.items()
    place = dict(zip((*one[1], *other[1]), (*other[1], *one[1]), strict=True))
    if any(name not in o.arrays for o in evidence.drawn for name in place):
        return ()
    found = _diagnose_turned(exercise, evidence.drawn, lambda o, n: o.arrays[place[n]], pairs=False)
    exchanged = Diagnosis("swapped-returns", f"{one[0]} and {other[0]}", together=True)
    return (*found, exchanged) if found else ()


def _backward(outputs: Sequence[str]) -> dict[str, str]:
    """Return which output stands in the place of each: of two the other, of a list of layers the one from its end."""
    if len(outputs) == 2:
        return dict(zip(outputs, reversed(outputs), strict=True))
    letters = [name.rstrip("0123456789") for name in outputs]
    lists = {letter: [n for n, own in zip(outputs, letters, strict=True) if own == letter] for letter in letters}
    return {name: other for names in lists.values() for name, other in zip(names, reversed(names), strict=True)}


def find_faults_behind_stretching(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Explain outputs in which the copies of stretched entries are left, and that are wrong besides: add them up."""
    exercise, drawn = evidence.exercise, evidence.drawn
    if not drawn or not vocabulary()["stretched-not-summed"].occurs_in(exercise.name):
        return ()
    pairs = [(o.arrays[n].shape, o.case.truth[n].value.shape, n) for o in drawn for n in o.arrays]
    left = {n for got, want, n in pairs if got != want and _is_stretched(want, got)}
    if not left or any(got != want for got, want, n in pairs if n not in left):
        return ()
    found = _diagnose_turned(exercise, drawn, lambda o, n: fit_shape(o.arrays[n], o.case.truth[n].value.shape))
    where = name_outputs(exercise, left)
    return (*found, Diagnosis("stretched-not-summed", where, together=True)) if found else ()


def _is_stretched(shape: tuple[int, ...], to: tuple[int, ...]) -> bool:
    """Tell whether broadcasting can stretch an array of ``shape`` to the shape ``to``."""
    return len(shape) <= len(to) and all(a in (1, b) for a, b in zip(reversed(shape), reversed(to), strict=False))


def find_unsummed(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name outputs that still have one entry for each example: their sum or their mean is what was asked for."""
    exercise, wrong = evidence.exercise, evidence.wrong
    if not wrong or not evidence.drawn or not vocabulary()["examples-not-summed"].occurs_in(exercise.name):
        return ()
    last: Callable = lambda values, axis: values[-1]  # of a running sum or average
    ways = (np.sum, np.mean, last)
    if any(all(_is_right_over(o, name, over) for o in evidence.drawn for name in wrong) for over in ways):
        return (Diagnosis("examples-not-summed", name_outputs(exercise, wrong)),)
    return ()


def _is_right_over(o: Observation, name: str, over: Callable) -> bool:
    """Tell whether an output comes out right where one more axis in front, or one of size 1, is summed up."""
    got, want = o.arrays.get(name), o.case.truth[name].value.shape
    if got is None or got.ndim == 0 or len(got) < 2 or got.shape == want:
        return False
    summed = over(got, axis=0)
    return summed.size == np.prod(want) and grade_output(summed.reshape(want), o.case.truth[name]) is Grade.RIGHT


def _is_lying(o: Observation, name: str) -> bool:
    got, want = o.arrays[name], o.case.truth[name].value.shape
    return got.ndim == 2 and got.T.shape == want != got.shape


def _only_misshapen(o: Observation, name: str, array: np.ndarray) -> bool:
    want = o.case.truth[name].value
    return array.shape != want.shape and array.size == want.size


def _reshape(o: Observation, name: str, array: np.ndarray) -> np.ndarray:
    want = o.case.truth[name].value
    return array.reshape(want.shape) if array.size == want.size else array
