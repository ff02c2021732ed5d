"""Charge a mistake once: an answer that is right but for an earlier exercise which it calls keeps its marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gradcheck.autodiff.oracle import exact
from gradcheck.autodiff.program import replay
from gradcheck.caller import Caller
from gradcheck.comparison.equality import grade_output
from gradcheck.comparison.observation import observe
from gradcheck.comparison.status import Grade, Status
from gradcheck.exercises.cases import Case, CaseKind
from gradcheck.exercises.chapter import Chapter
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.judging.finding import Finding

KINDS = (CaseKind.REGULAR, CaseKind.ONE_EXAMPLE, CaseKind.IN_VIEW)
"""The calls by which it is judged once more."""


def judge_with_stand_ins(
    chapter: Chapter, exercise: GraphExercise, caller: Caller, cases: Sequence[Case], earlier: Mapping[str, Finding]
) -> Finding | None:
    """Return full marks where the earlier exercise, already charged, is all that is wrong; None otherwise.

    The earlier function is replaced by a harmless one of the right shapes, here and in the learner's process. The
    answer is right when it equals the course's own chain with that function in the same link.
    """
    charged = {
        name: stand_in
        for name, finding in earlier.items()
        if not finding.is_right and (stand_in := getattr(chapter[name], "stand_in", None)) is not None
    }
    if not charged:
        return None
    used: set[str] = set()
    for case in cases:
        if case.kind in KINDS:
            called = _right_with(exercise, caller, case, charged)
            if not called:
                return None
            used |= called
    names = " and ".join(sorted(used))
    message = f"Right, but for what comes from {names}, which it calls. That was charged there, so nothing is lost."
    return Finding(exercise.name, exercise.points, exercise.points, Status.CARRIED, message=message)


def _right_with(exercise: GraphExercise, caller: Caller, case: Case, charged: Mapping) -> set[str]:
    """Return which stand-ins were called, where the answer is right given them; nothing where it is not."""
    codes = {name: stand_in.code for name, stand_in in charged.items()}
    outcome = caller.call(exercise.name, case.args, codes)
    called = {name for name in charged if name in outcome.called}
    if not called or outcome.status != "returned":
        return set()
    made = {name: charged[name].rules(exercise.program) for name in called}
    if not all(made.values()):  # it is called where this chain has no such link, so nothing can be compared
        return set()
    rules = {place: rule for own in made.values() for place, rule in own.items()}
    env = replay(exercise.program, case.inputs, exercise.constants, rules)
    seen = observe(case, outcome)
    right = not seen.diagnoses and all(
        name in seen.arrays and grade_output(seen.arrays[name], exact(env[of])) is Grade.RIGHT
        for name, of in exercise.signature.outputs.items()
    )
    return called if right else set()
