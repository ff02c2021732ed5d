"""Charge a mistake once: an answer that is right but for an earlier exercise which it calls keeps its marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from gradcheck.autodiff.oracle import exact
from gradcheck.autodiff.program import replay
from gradcheck.call import Code, Outcome
from gradcheck.caller import Caller
from gradcheck.comparison.equality import grade_output
from gradcheck.comparison.observation import observe
from gradcheck.comparison.status import Grade, Status
from gradcheck.exercises.cases import Case, CaseKind
from gradcheck.exercises.chapter import Chapter
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.judging.finding import Finding

CARRIED_SECONDS = 4.0
"""How long the call on a large network may take, as where numbers found by trying are told apart."""
LARGE_RTOL = 1e-3
"""Of the largest entry: what was computed in float32 is right."""


def judge_with_stand_ins(
    chapter: Chapter, exercise: GraphExercise, caller: Caller, cases: Sequence[Case], earlier: Mapping[str, Finding]
) -> Finding | None:
    """Return full marks where the values of an earlier exercise, already charged, are all that is wrong; else None.

    The earlier function is replaced by a harmless one of the right shapes, here and in the learner's process. The
    answer is right when it equals the course's own chain with that function in the same link: on every case of the
    battery, called twice, and with its arguments left as they were. So a mistake of its own is never forgiven.
    """
    charged = {
        name: stand_in
        for name, finding in earlier.items()
        if not finding.is_right and (stand_in := getattr(chapter[name], "stand_in", None)) is not None
    }
    if not charged or exercise.extremes:  # no stand-in is made for the extremes of an exercise
        return None
    used: set[str] = set()
    for case, outcome in _called_with(exercise, caller, cases, {name: one.code for name, one in charged.items()}):
        called = _right_with(case, outcome, charged)
        if called is None:
            return None
        used |= called
    if not used:
        return None
    names = " and ".join(sorted(used))
    message = f"Right, but for what comes from {names}, which it calls. That was charged there, so nothing is lost."
    return Finding(exercise.name, exercise.points, exercise.points, Status.CARRIED, message=message)


def _called_with(
    exercise: GraphExercise, caller: Caller, cases: Sequence[Case], codes: Mapping[str, Code]
) -> Iterator[tuple[Case, Outcome]]:
    """Call the function on every case, and on the first one twice; most answers are given up after the first."""
    yield cases[0], caller.call(exercise.name, cases[0].args, codes)
    small = [case for case in (*cases[1:], cases[0]) if case.kind is not CaseKind.LARGE]
    yield from zip(small, caller.call_all(exercise.name, [case.args for case in small], codes), strict=True)
    for case in cases:
        if case.kind is CaseKind.LARGE:
            yield case, caller.call(exercise.name, case.args, codes, CARRIED_SECONDS)


def _right_with(case: Case, outcome: Outcome, charged: Mapping) -> set[str] | None:
    """Return which stand-ins were called, where the answer is right given them; None where it is not."""
    large = case.kind is CaseKind.LARGE
    if outcome.status != "returned" or outcome.changed or (large and outcome.seconds > CARRIED_SECONDS):
        return None
    called = {name for name in charged if name in outcome.called}
    program, constants = case.exercise.program, case.exercise.constants
    made = {name: charged[name].rules(program) for name in called}
    if not all(made.values()):  # it is called where this chain has no such link, so nothing can be compared
        return None
    rules = {place: rule for own in made.values() for place, rule in own.items()}
    env = replay(program, case.inputs, constants, rules)
    seen = observe(case, outcome)
    outputs = case.exercise.signature.outputs.items()
    right = not seen.diagnoses and all(
        name in seen.arrays and _equals(seen.arrays[name], np.asarray(env[of], dtype=float), large=large)
        for name, of in outputs
    )
    return called if right else None


def _equals(got: np.ndarray, want: np.ndarray, *, large: bool) -> bool:
    if not large:
        return grade_output(got, exact(want)) is Grade.RIGHT
    scale = float(np.max(np.abs(want), initial=0.0))
    return got.shape == want.shape and bool(np.all(np.abs(got - want) <= LARGE_RTOL * scale + 1e-300))
