"""Name values that were right on the way forward and came back changed by an activation."""

from __future__ import annotations

import numpy as np

from gradcheck.autodiff.ops import Kind, sigmoid
from gradcheck.autodiff.program import ends_at_value
from gradcheck.comparison.equality import matches_replay
from gradcheck.diagnosis.evidence import Evidence
from gradcheck.diagnosis.location import name_outputs
from gradcheck.exercises.diagnosis import Diagnosis


def find_overwritten(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name a weighted sum that came back with the values of its activation: one array was made, and then changed."""
    exercise, outputs = evidence.exercise, evidence.exercise.signature.outputs
    if exercise.differentiates or not evidence.drawn:
        return ()
    after = {s.inputs[0]: s.out for s in exercise.program if s.op.kind is Kind.ACTIVATION and not s.op.passes_on}
    named = {of: name for name, of in outputs.items()}
    pairs = {name: named.get(after.get(outputs[name], "")) for name in outputs if name in evidence.wrong}
    if not pairs or not all(pairs.values()):
        return ()
    arrays = [(o.arrays.get(a), o.arrays.get(b)) for o in evidence.drawn for a, b in pairs.items()]
    if not all(a is not None and b is not None and np.array_equal(a, b) for a, b in arrays):
        return ()
    told = " and ".join(f"{a} came back with the values of {b}" for a, b in pairs.items())
    detail = {
        "seen": f"{told}: {'it was' if len(pairs) == 1 else 'they were'} right, and changed afterwards.",
        "question": "How many arrays are there for the sum and for its activation: one, or two?",
        "again": "nothing to derive: a line that changes an array in place",
    }
    return (Diagnosis("other-quantity-returned", name_outputs(exercise, frozenset(pairs)), detail=detail),)


def find_activated_again(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name values that went on as they should and came back with one sigmoid too many."""
    if evidence.exercise.differentiates or not evidence.drawn:
        return ()
    after = {s.out for s in evidence.exercise.program if s.op.name == "sigmoid"}
    if not after.issuperset(evidence.exercise.signature.outputs[name] for name in evidence.wrong):
        return ()
    pairs = [(o.arrays.get(name), o.case.truth[name].value) for o in evidence.drawn for name in evidence.wrong]
    if not pairs or not all(got is not None and matches_replay(got, sigmoid(true)) for got, true in pairs):
        return ()
    return (Diagnosis("sigmoid-applied-twice", name_outputs(evidence.exercise, evidence.wrong)),)


def find_another_slope(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name the slope of some other curve, where a slope is all that is asked for and nothing narrower is known."""
    exercise = evidence.exercise
    alone = (
        exercise.differentiates and ends_at_value(exercise.program) and exercise.program[0].op.kind is Kind.ACTIVATION
    )
    if not alone or not evidence.wrong_when_usual:
        return ()
    shaped = all(
        name in o.arrays and o.arrays[name].shape == truth.value.shape
        for o in evidence.drawn
        for name, truth in o.case.truth.items()
    )
    return (Diagnosis("wrong-slope", name_outputs(exercise, evidence.wrong)),) if shaped else ()
