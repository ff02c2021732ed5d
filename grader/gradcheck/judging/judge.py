"""Judge one exercise: call the learner's function on every case, compare, grade, and say what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gradcheck.call import Outcome
from gradcheck.caller import Caller
from gradcheck.comparison.status import Status
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.diagnosis.messages import compose, describe_error, hints
from gradcheck.exercises.answer_exercise import AnswerExercise
from gradcheck.exercises.chapter import Chapter, Exercise
from gradcheck.exercises.property_exercise import PropertyExercise
from gradcheck.judging.error_carried_forward import judge_with_stand_ins
from gradcheck.judging.finding import Finding
from gradcheck.judging.graph_exercises import judge_graph
from gradcheck.judging.properties import judge_property
from gradcheck.judging.unfinished import find_unfinished

UNFORESEEN = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What computing with a strange answer may raise. What ends a sandbox is none of these and is handled outside."""
CHARGED = (Status.WRONG, Status.PARTIAL)
"""What an exercise was when its mistake has been charged; one that is empty or stops measures nothing."""

EXCUSED = "That was charged there"
"""The words that tell an experiment which was excused."""


def judge(
    chapter: Chapter, exercise: Exercise, caller: Caller, cases: Sequence, earlier: Mapping[str, Finding] | None = None
) -> Finding:
    """Judge ``exercise``; ``cases`` is its battery, ``earlier`` holds the findings of the exercises before it."""
    vocabulary()  # outside of what follows: a catalogue that cannot be read is no answer's fault
    with np.errstate(all="ignore"):  # a learner's numbers may be anything
        try:
            return _judge(chapter, exercise, caller, cases, earlier or {})
        except UNFORESEEN as err:
            return _not_judged(exercise, err)


def _not_judged(exercise: Exercise, err: Exception) -> Finding:
    """Return the finding of an answer that no rule foresaw: no points yet, and a remark for the instructor."""
    message = "What came back could not be judged. Your instructor sees a note about it."
    remark = f"The judge stopped with {type(err).__name__}: {str(err)[:200]}. Please grade this answer by hand."
    return Finding(exercise.name, 0.0, exercise.points, Status.ERROR, message=message, remarks=(remark,))


def _judge(
    chapter: Chapter, exercise: Exercise, caller: Caller, cases: Sequence, earlier: Mapping[str, Finding]
) -> Finding:
    if isinstance(exercise, AnswerExercise):
        return _judge_answer(exercise, caller, _charged(chapter, exercise, earlier))
    if isinstance(exercise, PropertyExercise):
        return judge_property(exercise, caller, cases)
    finding = judge_graph(exercise, caller, cases)
    if not finding.is_right and earlier:
        return judge_with_stand_ins(chapter, exercise, caller, cases, earlier) or finding
    return finding


OWN_DOING = frozenset({"wrong-container", "decimals-lost"})
"""What is wrong with an answer whatever its experiment ran on."""


@dataclass(frozen=True)
class _Charged:
    """What was charged of the functions that an experiment ran on."""

    names: tuple[str, ...] = ()
    credit: float = 0.0
    """The points that were lost there and have excused no experiment yet: more is never forgiven, so that nobody gains
    by breaking a cheap exercise."""

    def excuse(self, exercise: AnswerExercise, told: str) -> Finding:
        """Return what an experiment earns whose result those functions may explain."""
        points = round(min(exercise.points, self.credit), 4)
        whole = points == exercise.points
        more = "so nothing is lost" if whole else "so no more is lost here than was left of that"
        message = f"{told} {EXCUSED}, {more}."
        status = Status.CARRIED if whole else Status.PARTIAL
        return Finding(exercise.name, points, exercise.points, status, message=message)


def _charged(chapter: Chapter, exercise: AnswerExercise, earlier: Mapping[str, Finding]) -> _Charged:
    names = tuple(name for name in exercise.measured_with if name in earlier and earlier[name].status in CHARGED)
    lost = sum(earlier[name].max_points - earlier[name].points for name in names)
    others = (e for e in chapter.exercises if isinstance(e, AnswerExercise) and e.measured_with and e.name in earlier)
    forgiven = sum(earlier[e.name].points for e in others if EXCUSED in earlier[e.name].message)
    return _Charged(names, lost - forgiven) if lost > forgiven else _Charged()


def _judge_answer(exercise: AnswerExercise, caller: Caller, charged: _Charged) -> Finding:
    outcome = caller.value(exercise.name)
    if outcome.status == "returned" and getattr(outcome.value, "type", "") == "NoneType":
        outcome = Outcome("missing")
    ran_on = " and ".join(charged.names)
    if outcome.status in ("timeout", "killed") and charged.names:
        return charged.excuse(exercise, f"Your experiment did not come back, and it ran on {ran_on}.")
    if (early := find_unfinished(exercise, outcome)) is not None:
        return early
    if outcome.status == "raised" and charged.names:
        return charged.excuse(exercise, f"Your experiment stopped, and it ran on {ran_on}.")
    if outcome.status == "raised":
        message = describe_error(exercise.name, outcome)
        return Finding(exercise.name, 0.0, exercise.points, Status.ERROR, message=message)
    fraction, diagnosis = exercise.judge(outcome.value)
    if diagnosis and diagnosis.mistake not in OWN_DOING and charged.names:
        excused = charged.excuse(exercise, f"Your experiment ran on {ran_on}.")
        if excused.points > exercise.points * fraction:
            return excused
    diagnoses = (diagnosis,) if diagnosis else ()
    status = Status.RIGHT if fraction == 1 else Status.PARTIAL if fraction else Status.WRONG
    points = round(exercise.points * fraction, 4)
    ids = tuple(d.mistake for d in diagnoses if d.mistake)
    return Finding(
        exercise.name,
        points,
        exercise.points,
        status,
        ids,
        message=compose(exercise.name, diagnoses) if diagnoses else "",
        hints=exercise.hints.get("") or hints(diagnoses),
    )
