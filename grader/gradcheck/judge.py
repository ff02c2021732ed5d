"""Judge one exercise: call the learner's function on every case, compare, grade, and say what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from gradcheck import probes
from gradcheck.call import Outcome, Value
from gradcheck.carried import carried
from gradcheck.effort import judge_large, signature
from gradcheck.exercise import (
    CALL_S,
    AnswerExercise,
    Caller,
    Case,
    Chapter,
    Exercise,
    Fault,
    GraphExercise,
    PropertyExercise,
)
from gradcheck.explain import explain
from gradcheck.finding import Finding
from gradcheck.observe import Observation, observe
from gradcheck.places import first_broken
from gradcheck.properties import judge_property
from gradcheck.sentences import about_error, about_values, compose, hints
from gradcheck.unfinished import unfinished

CHARGED = ("wrong", "partial")
"""What an exercise was when its mistake has been charged; one that is empty or stops measures nothing."""
EXTREME_HINTS = (
    "What goes into each function at the edge, and what comes out of it?",
    "Follow the extreme input through your lines, one by one.",
)
SHARE = {"right": 1.0, "shape": 0.5, "sideways": 0.5, "wrong": 0.0}
"""Of an output's points, by how it was found."""


def judge(
    chapter: Chapter, exercise: Exercise, caller: Caller, cases: Sequence, earlier: Mapping[str, Finding] | None = None
) -> Finding:
    """Judge ``exercise``; ``cases`` is its battery, ``earlier`` holds the findings of the exercises before it."""
    with np.errstate(all="ignore"):  # a learner's numbers may be anything
        return replace(_judge(chapter, exercise, caller, cases, earlier or {}), exercise=exercise)


def _judge(
    chapter: Chapter, exercise: Exercise, caller: Caller, cases: Sequence, earlier: Mapping[str, Finding]
) -> Finding:
    if isinstance(exercise, AnswerExercise):
        return _judge_answer(exercise, caller, earlier)
    if isinstance(exercise, PropertyExercise):
        return judge_property(exercise, caller, cases)
    finding = _judge_graph(exercise, caller, cases)
    if not finding.right and earlier:
        return carried(chapter, exercise, caller, cases, earlier) or finding
    return finding


def _judge_answer(exercise: AnswerExercise, caller: Caller, earlier: Mapping[str, Finding]) -> Finding:
    outcome = caller.value(exercise.name)
    if outcome.status == "returned" and getattr(outcome.value, "type", "") == "NoneType":
        outcome = Outcome("missing")
    if (early := unfinished(exercise, outcome)) is not None:
        return early
    if outcome.status == "raised":
        message = about_error(exercise.name, outcome)
        return Finding(exercise.name, 0.0, exercise.points, "error", message=message)
    fraction, fault = exercise.judge(outcome.value)
    charged = [name for name in exercise.measured_with if name in earlier and earlier[name].status in CHARGED]
    if fault and fault.diagnosis == "prediction-differs" and charged:
        message = f"Your experiment ran on {' and '.join(charged)}. That was charged there, so nothing is lost."
        return Finding(exercise.name, exercise.points, exercise.points, "carried", message=message)
    faults = (fault,) if fault else ()
    status = "right" if fraction == 1 else "partial" if fraction else "wrong"
    points = round(exercise.points * fraction, 4)
    ids = tuple(f.diagnosis for f in faults if f.diagnosis)
    return Finding(
        exercise.name,
        points,
        exercise.points,
        status,
        ids,
        message=compose(exercise.name, faults) if faults else "",
        hints=exercise.hints.get("") or hints(faults),
    )


def _judge_graph(exercise: GraphExercise, caller: Caller, cases: Sequence[Case]) -> Finding:
    small = [case for case in cases if case.member != "large"]
    observations, seconds = [], 0.0
    for case in small:
        outcome = caller.call(exercise.name, case.args, seconds=CALL_S)
        seconds += outcome.seconds
        if (early := unfinished(exercise, outcome)) is not None:
            return early
        observations.append(observe(case, outcome))
    again = caller.call(exercise.name, small[0].args, seconds=CALL_S)
    if any(o.outcome.changed for o in observations):  # what is done in place, integers cannot hold: charged once
        observations = [o for o in observations if o.case.member != "integers"]
    grades = {name: _overall(observations, name) for name in exercise.outputs}
    faults = _form_faults(exercise, observations, again)
    extreme = _judge_extremes(exercise, caller)
    if all(grade == "right" for grade in grades.values()) and not faults and not extreme:
        return _right(exercise, caller, cases, seconds, grades, observations)
    return _not_right(exercise, observations, grades, faults, extreme, seconds)


def _overall(observations: Sequence[Observation], name: str) -> str:
    found = {o.grade(name) for o in observations if name in o.case.truth}
    order = ("wrong", "sideways", "shape", "right")
    return next(grade for grade in order if grade in found)


def _form_faults(exercise: GraphExercise, observations: Sequence[Observation], again: Outcome) -> tuple[Fault, ...]:
    found = [fault for o in observations for fault in o.faults]
    if any(o.outcome.changed for o in observations):
        names = [exercise.args[i] for o in observations for i in o.outcome.changed]
        found.append(Fault("input-modified", " and ".join(dict.fromkeys(names)), half=True))
    elif again.status == "returned" and observations[0].returned and not _equal(again.value, observations[0]):
        found.append(Fault("input-modified", "what the function keeps", half=True))
    return tuple({(f.diagnosis, f.where): f for f in reversed(found)}.values())


def _equal(value: Value, first: Observation) -> bool:
    second = observe(first.case, Outcome("returned", value)).arrays
    return second.keys() == first.arrays.keys() and all(
        np.array_equal(second[name], first.arrays[name], equal_nan=True) for name in second
    )


def _judge_extremes(exercise: GraphExercise, caller: Caller) -> Fault | None:
    for extreme in exercise.extremes:
        outcome = caller.call(exercise.name, extreme.args, seconds=CALL_S)
        array = getattr(outcome.value, "array", None)
        if outcome.changed:
            return Fault("input-modified", " and ".join(exercise.args[i] for i in outcome.changed), half=True)
        if outcome.status != "returned" or array is None or not extreme.holds(array):
            finite = array is not None and bool(np.all(np.isfinite(array)))
            return Fault("" if finite else "not-finite", extreme.member, detail={"asked": extreme.asked})
    return None


def _right(exercise, caller, cases, seconds, grades, observations) -> Finding:
    finding = Finding(
        exercise.name,
        exercise.points,
        exercise.points,
        "right",
        seconds=round(seconds, 4),
        outputs=grades,
        values=_shown(observations[0]),
        message=_remark(observations),
        remarks=signature(exercise, observations),
    )
    for case in cases:
        if case.member == "large":
            return judge_large(exercise, caller, case, finding)
    return finding


def _remark(observations: Sequence[Observation]) -> str:
    texts = [text for o in observations for text in o.outcome.warnings]
    return f"Nothing is lost for it, but numpy warns: {texts[0]}." if texts else ""


def _shown(observation: Observation) -> dict:
    names = observation.case.exercise.outputs
    return {names[name]: array for name, array in observation.arrays.items()}


def _not_right(
    exercise: GraphExercise,
    observations: Sequence[Observation],
    grades: Mapping[str, str],
    form: Sequence[Fault],
    extreme: Fault | None,
    seconds: float,
) -> Finding:
    wrong = frozenset(name for name, grade in grades.items() if grade != "right")
    stopped = [o for o in observations if o.outcome.status == "raised"]
    if stopped:
        faults = probes.of_errors(exercise, observations)
        message, first = about_error(exercise.name, stopped[0].outcome, faults), ""
    else:
        faults = explain(exercise, observations, grades, form) if wrong else tuple(form)
        faults = (*faults, extreme) if extreme and not wrong else faults
        places = [f.place for f in faults if f.place]
        first = places[0] if places else first_broken(exercise, wrong) if wrong and not faults else ""
        message = about_values(exercise, grades, faults, first, _bent(observations))
        message += " " + extreme.detail.get("asked", "") if extreme and not wrong else ""
    fraction = 0.0 if stopped else _fraction(grades, spoiled=bool(form or extreme))
    return Finding(
        exercise.name,
        round(exercise.points * fraction, 4),
        exercise.points,
        "error" if stopped else "partial" if fraction else "wrong",
        tuple(dict.fromkeys(f.diagnosis for f in faults if f.diagnosis)),
        first,
        message.strip(),
        round(seconds, 4),
        outputs={} if stopped else grades,
        hints=hints(faults, first) or (EXTREME_HINTS if extreme and not wrong else ()),
        values=_shown(observations[0]) if not stopped else {},
    )


def _bent(observations: Sequence[Observation]) -> str:
    """Say which shape came back where another one was asked for."""
    first = observations[0]
    for name, array in first.arrays.items():
        want = first.case.truth[name].value.shape
        if array.shape != want:
            asked = f"shape {want}" if want else "one number"
            return f"{name} came back with shape {array.shape}, {asked} is asked for."
    return ""


def _fraction(grades: Mapping[str, str], *, spoiled: bool) -> float:
    """Return the share of the points: half for the right numbers in a wrong form, never more where that spoils all."""
    share = sum(SHARE[grade] for grade in grades.values()) / len(grades)
    return min(share, 0.5) if spoiled else share
