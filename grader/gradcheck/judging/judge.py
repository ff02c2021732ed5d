"""Judge one exercise: call the learner's function on every case, compare, grade, and say what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
        return _judge_answer(exercise, caller, earlier)
    if isinstance(exercise, PropertyExercise):
        return judge_property(exercise, caller, cases)
    finding = judge_graph(exercise, caller, cases)
    if not finding.is_right and earlier:
        return judge_with_stand_ins(chapter, exercise, caller, cases, earlier) or finding
    return finding


def _judge_answer(exercise: AnswerExercise, caller: Caller, earlier: Mapping[str, Finding]) -> Finding:
    outcome = caller.value(exercise.name)
    if outcome.status == "returned" and getattr(outcome.value, "type", "") == "NoneType":
        outcome = Outcome("missing")
    if (early := find_unfinished(exercise, outcome)) is not None:
        return early
    charged = [name for name in exercise.measured_with if name in earlier and earlier[name].status in CHARGED]
    if outcome.status == "raised" and charged:
        told = f"Your experiment stopped, and it ran on {' and '.join(charged)}."
        message = f"{told} That was charged there, so nothing is lost."
        return Finding(exercise.name, exercise.points, exercise.points, Status.CARRIED, message=message)
    if outcome.status == "raised":
        message = describe_error(exercise.name, outcome)
        return Finding(exercise.name, 0.0, exercise.points, Status.ERROR, message=message)
    fraction, diagnosis = exercise.judge(outcome.value)
    if diagnosis and diagnosis.mistake == "prediction-differs" and charged:
        message = f"Your experiment ran on {' and '.join(charged)}. That was charged there, so nothing is lost."
        return Finding(exercise.name, exercise.points, exercise.points, Status.CARRIED, message=message)
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
