"""Judge one exercise: call the learner's function on every case, compare, grade, and say what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from gradcheck import probes
from gradcheck.call import Outcome, Value
from gradcheck.diagnosis import diagnose, first_broken, unknowns, where_of
from gradcheck.exercise import AnswerExercise, Caller, Case, Chapter, Exercise, Fault, GraphExercise, PropertyExercise
from gradcheck.finding import Finding
from gradcheck.graph import replay
from gradcheck.mistakes import vocabulary
from gradcheck.observe import Observation, compare, observe
from gradcheck.oracle import exact
from gradcheck.properties import judge_property
from gradcheck.sentences import about_error, about_values, compose, hints

CALL_S = 5.0
LARGE_CALL_S = 4.0
"""An honest pure-Python triple loop was measured at 0.4 s; full differences take more than ten times this limit."""
LARGE_RTOL = 1e-3


def judge(
    chapter: Chapter, exercise: Exercise, caller: Caller, cases: Sequence, earlier: Mapping[str, Finding] | None = None
) -> Finding:
    """Judge ``exercise``; ``cases`` is its battery, ``earlier`` holds the findings of the exercises before it."""
    return replace(_judge(chapter, exercise, caller, cases, earlier or {}), exercise=exercise)


def _judge(
    chapter: Chapter, exercise: Exercise, caller: Caller, cases: Sequence, earlier: Mapping[str, Finding]
) -> Finding:
    if isinstance(exercise, AnswerExercise):
        return _judge_answer(exercise, caller)
    if isinstance(exercise, PropertyExercise):
        return judge_property(exercise, caller, cases)
    finding = _judge_graph(exercise, caller, cases)
    if not finding.right and earlier:
        return _carried(chapter, exercise, caller, cases, earlier) or finding
    return finding


def unfinished(exercise: Exercise, outcome: Outcome) -> Finding | None:
    """Return the finding of an answer that is not there or did not come back; None where there is one to judge."""
    raised = outcome.raised
    if outcome.status == "missing" or (raised and raised.type == "NotImplementedError"):
        return Finding(
            exercise.name,
            0.0,
            exercise.points,
            "not-attempted",
            ("not-attempted",),
            message=vocabulary()["not-attempted"].seen,
            hints=hints((Fault("not-attempted"),)),
        )
    if outcome.status in ("timeout", "killed"):
        message = about_error(exercise.name, outcome)
        return Finding(exercise.name, 0.0, exercise.points, outcome.status, message=message)
    return None


def _judge_answer(exercise: AnswerExercise, caller: Caller) -> Finding:
    outcome = caller.value(exercise.name)
    if outcome.status == "returned" and getattr(outcome.value, "type", "") == "NoneType":
        outcome = Outcome("missing")
    if (early := unfinished(exercise, outcome)) is not None:
        return early
    fraction, fault = exercise.judge(outcome.value)
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
        hints=hints(faults),
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
        if outcome.status != "returned" or array is None or not extreme.holds(array):
            return Fault(extreme.diagnosis, extreme.member)
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
    )
    for case in cases:
        if case.member == "large":
            return _judge_large(exercise, caller, case, finding)
    return finding


def _remark(observations: Sequence[Observation]) -> str:
    texts = [text for o in observations for text in o.outcome.warnings]
    return f"Nothing is lost for it, but numpy warns: {texts[0]}." if texts else ""


def _shown(observation: Observation) -> dict:
    names = observation.case.exercise.outputs
    return {names[name]: array for name, array in observation.arrays.items()}


def _judge_large(exercise: GraphExercise, caller: Caller, case: Case, finding: Finding) -> Finding:
    outcome = caller.call(exercise.name, case.args, seconds=LARGE_CALL_S)
    base = {**finding.__dict__, "points": 0.0}
    if outcome.status == "timeout" or outcome.seconds > LARGE_CALL_S:
        fault = Fault("numeric-not-derived")
        text = compose(exercise.name, (fault,))
        return Finding(
            **{**base, "status": "numeric", "diagnosis": (fault.diagnosis,), "message": text, "hints": hints((fault,))}
        )
    seen = observe(case, outcome)
    if outcome.status == "returned" and all(
        _along(seen, name, probe) for d in case.directions for name, probe in d.items()
    ):
        return finding
    fault = Fault("tied-to-visible-data")
    message = compose(exercise.name, (fault,)) + " It does not hold on a large network."
    return Finding(
        **{**base, "status": "wrong", "diagnosis": (fault.diagnosis,), "message": message, "hints": hints((fault,))}
    )


def _along(seen: Observation, name: str, probe: tuple) -> bool:
    direction, slope, bound = probe
    got = seen.arrays.get(name)
    if got is None or got.shape != direction.shape or not np.all(np.isfinite(got)):
        return False
    scale = float(np.linalg.norm(got) * np.linalg.norm(direction) / np.sqrt(direction.size))
    return abs(float(np.sum(got * direction)) - slope) <= bound + LARGE_RTOL * max(abs(slope), scale)


def _not_right(exercise, observations, grades, form, extreme, seconds) -> Finding:
    half = {"right": 1.0, "shape": 0.5, "sideways": 0.5, "wrong": 0.0}
    fraction = sum(half[grade] for grade in grades.values()) / len(grades)
    wrong = frozenset(name for name, grade in grades.items() if grade != "right")
    if form:
        fraction = min(fraction, 0.5)
    if extreme:
        fraction = min(fraction, 0.5)
    modifies = any(f.diagnosis == "input-modified" for f in form)
    stopped = [o for o in observations if o.outcome.status == "raised"]
    if modifies and {o.case.member for o in stopped} == {"integers"}:  # what it does in place, integers cannot hold
        fine = [o for o in observations if o not in stopped]
        return _not_right(exercise, fine, {n: _overall(fine, n) for n in grades}, form, extreme, seconds)
    faults: tuple[Fault, ...] = ()
    if stopped:
        fraction = 0.0
        faults = probes.of_errors(exercise, observations)
    elif form and not wrong:
        faults = form
    elif wrong:
        faults = _explain(exercise, observations, grades, wrong, form)
    if extreme and not wrong:
        faults = (*faults, extreme)
    places = [f.place for f in faults if f.place]
    first = (places[0] if places else first_broken(exercise, wrong)) if wrong else ""
    status = "error" if stopped else "partial" if fraction else "wrong"
    message = about_error(exercise.name, stopped[0].outcome, faults) if stopped else ""
    return Finding(
        exercise.name,
        round(exercise.points * fraction, 4),
        exercise.points,
        status,
        tuple(dict.fromkeys(f.diagnosis for f in faults)),
        first,
        message or about_values(exercise, grades, faults, first),
        round(seconds, 4),
        outputs=grades,
        hints=hints(faults, first),
        values=_shown(observations[0]) if not stopped else {},
    )


def _explain(exercise, observations, grades, wrong, form) -> tuple[Fault, ...]:
    """Try the explanations from the certain to the wide; the first that fits is given."""
    where = where_of(exercise, wrong)
    floats = [o for o in observations if o.case.exercise is exercise and o.case.member != "integers"]
    if form and any(f.diagnosis == "wrong-container" for f in form):
        return tuple(f for f in form if f.diagnosis == "wrong-container")[:1]
    bad = [o for o in observations if o.arrays and not all(np.all(np.isfinite(a)) for a in o.arrays.values())]
    if bad and not any(a.size == 0 for o in bad for a in o.arrays.values()):
        return (Fault("not-finite", where),)
    if (members := probes.of_members(observations, frozenset(o.case.member for o in observations))) and not form:
        reads = observations[0].outcome.reads
        if members[0].diagnosis == "tied-to-visible-data" and reads:
            return (Fault("notebook-variable-used", detail={"name": reads[0]}),)
        return members
    if (swapped := _swapped(exercise, floats, wrong)) is not None:
        return (swapped,)
    many = [o for o in floats if o.case.member in ("regular", "in view")]
    found = diagnose(exercise, many, wrong)
    if found:
        return (*found, *form)
    if observations[0].outcome.reads:
        return (Fault("notebook-variable-used", detail={"name": observations[0].outcome.reads[0]}),)
    for fault in (
        probes.of_rounding(exercise, observations),
        *unknowns(exercise, many, wrong),
        probes.of_ratio(floats, wrong),
        _form_of_numbers(exercise, floats, grades, wrong),
        probes.of_closeness(many),
    ):
        if fault and vocabulary()[fault.diagnosis].occurs_in(exercise.name):
            return (Fault(fault.diagnosis, fault.where or where, fault.half, fault.detail), *form)
    return form


def _form_of_numbers(exercise, observations, grades, wrong) -> Fault | None:
    kinds = {grades[name] for name in wrong}
    if kinds == {"sideways"}:
        return Fault("gradient-transposed", where_of(exercise, wrong), half=True)
    if kinds == {"shape"}:
        name = next(iter(wrong))
        o = next(o for o in observations if o.grade(name) == "shape")
        detail = {"got": str(o.arrays[name].shape), "want": str(o.case.truth[name].value.shape)}
        if detail["want"] == "()":
            detail["want"] = "one number"
        return Fault("right-values-wrong-shape", where_of(exercise, wrong), half=True, detail=detail)
    return None


def _swapped(exercise, observations, wrong) -> Fault | None:
    names = list(exercise.outputs)
    for one in names:
        for other in names:
            if (
                one < other
                and {one, other} <= wrong
                and observations
                and all(
                    compare(o.arrays.get(one, np.empty(0)), o.case.truth[other]) == "right"
                    and compare(o.arrays.get(other, np.empty(0)), o.case.truth[one]) == "right"
                    for o in observations
                )
            ):
                return Fault("swapped-returns", f"{one} and {other}", half=True)
    return None


def _carried(chapter, exercise, caller, cases, earlier) -> Finding | None:
    """Return full marks where the answer is right but for an earlier exercise that was charged already."""
    charged = {
        name: chapter[name].stand_in
        for name, finding in earlier.items()
        if not finding.right and getattr(chapter[name], "stand_in", None) is not None
    }
    if not charged:
        return None
    codes = {name: stand_in.code for name, stand_in in charged.items()}
    used: set[str] = set()
    for case in cases:
        if case.member not in ("regular", "one example", "in view"):
            continue
        outcome = caller.call(exercise.name, case.args, codes, CALL_S)
        called = [name for name in charged if name in outcome.called]
        if not called or outcome.status != "returned":
            return None
        used |= set(called)
        rules = {place: rule for name in called for place, rule in charged[name].rules(exercise.program).items()}
        env = replay(exercise.program, case.inputs, exercise.constants, rules)
        seen = observe(case, outcome)
        if seen.faults or not all(
            name in seen.arrays and compare(seen.arrays[name], exact(env[of])) == "right"
            for name, of in exercise.outputs.items()
        ):
            return None
    names = " and ".join(sorted(used))
    return Finding(
        exercise.name,
        exercise.points,
        exercise.points,
        "carried",
        message=f"Right, but for what comes from {names}, which it calls. That was charged there, so nothing is lost.",
    )
