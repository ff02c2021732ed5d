"""Name mistakes that show themselves in the shapes or in the order of the outputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from gradcheck.comparison.equality import grade_output
from gradcheck.comparison.observation import Observation
from gradcheck.comparison.status import Grade
from gradcheck.diagnosis.evidence import Evidence
from gradcheck.diagnosis.fault_search import diagnose
from gradcheck.diagnosis.location import name_outputs
from gradcheck.exercises.diagnosis import Diagnosis


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
    reshaped = [replace(o, arrays={n: _reshape(o, n, a) for n, a in o.arrays.items()}) for o in drawn]
    wrong = frozenset(n for n in exercise.signature.outputs if any(o.grade(n) is not Grade.RIGHT for o in reshaped))
    found = diagnose(exercise, reshaped, wrong)
    if not found:
        return ()
    example = next((o.arrays[n], o.case.truth[n].value) for o in drawn for n in sorted(misshapen) if n in o.arrays)
    detail = {"got": str(example[0].shape), "want": str(example[1].shape)}
    where = name_outputs(exercise, misshapen)
    return (*found, Diagnosis("right-values-wrong-shape", where, half=True, detail=detail, together=True))


def _only_misshapen(o: Observation, name: str, array: np.ndarray) -> bool:
    want = o.case.truth[name].value
    return array.shape != want.shape and array.size == want.size


def _reshape(o: Observation, name: str, array: np.ndarray) -> np.ndarray:
    want = o.case.truth[name].value
    return array.reshape(want.shape) if array.size == want.size else array
