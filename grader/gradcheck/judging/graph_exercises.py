"""Judge functions that return values or derivatives of a forward computation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from gradcheck.call import Outcome, Value
from gradcheck.caller import Caller
from gradcheck.comparison.observation import Observation, is_right, observe
from gradcheck.comparison.status import Grade, Status
from gradcheck.diagnosis.from_errors import from_errors, is_single
from gradcheck.diagnosis.from_special_cases import describe_cases
from gradcheck.diagnosis.location import broken_links, nearest_to_loss
from gradcheck.diagnosis.messages import count_layers, describe_error, describe_values, hints
from gradcheck.diagnosis.own_words import in_own_words
from gradcheck.diagnosis.pipeline import explain
from gradcheck.exercises.cases import USUAL, WITH_INTEGERS, Case, CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.judging.extremes import judge_extremes
from gradcheck.judging.finding import Finding
from gradcheck.judging.influence import find_without_influence
from gradcheck.judging.looks import describe_left_over, describe_wrong_shape, remark_on
from gradcheck.judging.numeric_detection import judge_large, precision_remarks
from gradcheck.judging.unfinished import find_unfinished

KEEPS = {
    "seen": "Called twice with the same inputs, it gives two different answers.",
    "question": "Is there anything that lives on after the call: a list, a dict or a counter outside of it?",
    "again": "nothing to derive: what the function keeps from one call to the next, its default arguments included",
}
STOP_HINTS = (
    "Which value in that line is not what you expect? Print its type and its shape just above it.",
    "Call the function yourself with inputs so small that you know every number, and follow them line by line.",
)
UNNAMED_HINTS = (
    "Take inputs so small that you can do them by hand. Which is the first line whose value differs from yours?",
    "Compare your lines with the formulas of the text, one by one.",
)
EXTREME_HINTS = (
    "What goes into each function at the edge, and what comes out of it?",
    "Follow the extreme input through your lines, one by one.",
)
UPSTREAM = "upstream-missing"
"""Its last link is right and stands alone: what is missing lies anywhere above it, so no link is pointed at."""
SHARE = {Grade.RIGHT: 1.0, Grade.WRONG_SHAPE: 0.5, Grade.TRANSPOSED: 0.5, Grade.WRONG: 0.0}
"""Of an output's points, by how it was found."""


def judge_graph(exercise: GraphExercise, caller: Caller, cases: Sequence[Case]) -> Finding:
    """Judge ``exercise`` on all ``cases``: values, form, repeated call, extremes, and a large network if it has one."""
    small = [case for case in cases if case.kind is not CaseKind.LARGE]
    observations, seconds = [], 0.0
    outcomes = caller.call_all(exercise.name, [case.args for case in (*small, small[0])])
    for case, outcome in zip(small, outcomes, strict=False):  # the last one is left
        seconds += outcome.seconds
        if (early := find_unfinished(exercise, outcome)) is not None:
            return early
        observations.append(observe(case, outcome))
    again = next(outcomes)
    if any(o.outcome.changed for o in observations):  # neither integers nor numbers bear it: charged once
        observations = [o for o in observations if o.case.kind not in WITH_INTEGERS and not is_single(o)]
    if any(o.returned and not is_right(o) for o in observations if o.case.kind in USUAL):
        # arrays come out wrong: that is told first, and not that a plain number stops it
        observations = [o for o in observations if o.returned or not is_single(o)]
    grades = {name: _overall(observations, name) for name in exercise.signature.outputs}
    diagnoses = _diagnose_form(exercise, observations, again)
    extreme = judge_extremes(exercise, caller)
    if all(grade is Grade.RIGHT for grade in grades.values()) and not diagnoses:
        found = _right(exercise, caller, cases, seconds, grades, observations)
        if not extreme or not found.is_right:  # numbers by trying earn nothing, at the edge or elsewhere
            return found
    observations += _try_as_decimals(caller, observations)
    probed = exercise.probe(caller, small[0].args) if exercise.probe else None
    influence = partial(find_without_influence, exercise, caller, small[0])
    return _not_right(exercise, observations, grades, diagnoses, extreme, seconds, influence, probed)


def _try_as_decimals(caller: Caller, observations: Sequence[Observation]) -> list[Observation]:
    """Call once more with decimals where integers did not come out right: it tells whether their type matters."""
    found = []
    for o in observations:
        if o.case.kind in WITH_INTEGERS and not is_right(o):
            case = replace(o.case, kind=CaseKind.AS_DECIMALS, args=tuple(map(_as_decimals, o.case.args)))
            found.append(observe(case, caller.call(case.exercise.name, case.args)))
    return found


def _as_decimals(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_decimals(item) for item in value]
    return np.asarray(value, dtype=float) if np.ndim(value) else float(value)


def _overall(observations: Sequence[Observation], name: str) -> Grade:
    """Return the worst grade of an output over all calls."""
    found = {o.grade(name) for o in observations if name in o.case.truth}
    order = (Grade.WRONG, Grade.TRANSPOSED, Grade.WRONG_SHAPE, Grade.RIGHT)
    return next(grade for grade in order if grade in found)


def _diagnose_form(
    exercise: GraphExercise, observations: Sequence[Observation], again: Outcome
) -> tuple[Diagnosis, ...]:
    found = [diagnosis for o in observations for diagnosis in o.diagnoses]
    if any(o.outcome.changed for o in observations):
        names = [exercise.signature.args[i] for o in observations for i in o.outcome.changed]
        found.append(Diagnosis("input-modified", " and ".join(dict.fromkeys(names)), half=True))
    elif (
        again.status == "returned" and observations[0].returned and not _returns_the_same(again.value, observations[0])
    ):
        found.append(Diagnosis("input-modified", half=True, detail=KEEPS))
    return tuple({(d.mistake, d.where): d for d in reversed(found)}.values())


def _returns_the_same(value: Value, first: Observation) -> bool:
    second = observe(first.case, Outcome("returned", value)).arrays
    return second.keys() == first.arrays.keys() and all(
        np.array_equal(second[name], first.arrays[name], equal_nan=True) for name in second
    )


def _right(exercise, caller, cases, seconds, grades, observations) -> Finding:
    finding = Finding(
        exercise.name,
        exercise.points,
        exercise.points,
        Status.RIGHT,
        seconds=round(seconds, 4),
        outputs=grades,
        values=_shown(observations[0]),
        message=_remark(observations),
        remarks=precision_remarks(exercise, observations),
    )
    for case in cases:
        if case.kind is CaseKind.LARGE:
            return judge_large(exercise, caller, case, finding)
    return finding


def _remark(observations: Sequence[Observation]) -> str:
    texts = [text for o in observations for text in o.outcome.warnings]
    return f"Nothing is lost for it, but numpy warns: {texts[0]}." if texts else ""


def _shown(observation: Observation) -> dict:
    names = observation.case.exercise.signature.outputs
    return {names[name]: array for name, array in observation.arrays.items()}


def _not_right(
    exercise: GraphExercise,
    observations: Sequence[Observation],
    grades: Mapping[str, Grade],
    form: Sequence[Diagnosis],
    extreme: Diagnosis | None,
    seconds: float,
    influence: Callable[[], tuple[Diagnosis, ...]],
    probed: Diagnosis | None = None,
) -> Finding:
    stopped = [o for o in observations if o.outcome.status == "raised" and o.case.kind is not CaseKind.AS_DECIMALS]
    beside = _stops_beside_wrong_values(observations, stopped, form)
    if beside:
        observations = [o for o in observations if o not in stopped]
    told = _told_grades(exercise, observations, grades)
    wrong = frozenset(name for name, grade in told.items() if grade is not Grade.RIGHT)
    first: tuple[str, ...] = ()
    if stopped and not beside:
        diagnoses = (probed,) if probed else in_own_words(exercise, from_errors(exercise, observations))
        case = (
            ""
            if stopped[0].case.kind is CaseKind.REGULAR or any("seen" in d.detail for d in diagnoses)
            else stopped[0].case.describe()
        )
        changed = [replace(d, together=bool(diagnoses)) for d in form if d.mistake == "input-modified"]
        diagnoses = (*diagnoses, *changed)
        message = describe_error(exercise.name, stopped[0].outcome, diagnoses, case)
    else:
        found = (_explain(exercise, observations, told, form) or influence()) if wrong else tuple(form)
        diagnoses = (probed,) if probed else found
        at_the_edge = extreme and (not wrong or extreme.mistake == "input-modified")
        diagnoses = in_own_words(exercise, (*diagnoses, extreme) if at_the_edge else diagnoses)
        first = _first_places(exercise, observations, diagnoses, wrong)
        message = describe_values(exercise, told, diagnoses, first, describe_wrong_shape(observations))
        if exercise.variants and told != grades and any(grade is Grade.RIGHT for grade in told.values()):
            message = f"With {count_layers(exercise)}: {message}"
        message += " " + extreme.detail.get("asked", "") if extreme and not wrong else ""
        message += describe_left_over(told, diagnoses)
        message += f" {remark_on(exercise, observations)}" if wrong and exercise.remark else ""
        message += f" It stops for {describe_cases(stopped)}." if beside else ""
    nothing = stopped or (extreme and not extreme.half)
    fraction = 0.0 if nothing else _fraction(exercise, grades, spoiled=bool(form or extreme))
    return Finding(
        exercise.name,
        round(exercise.points * fraction, 4),
        exercise.points,
        Status.ERROR if stopped and not beside else Status.PARTIAL if fraction else Status.WRONG,
        tuple(dict.fromkeys(d.mistake for d in diagnoses if d.mistake)),
        ", ".join(first),
        message.strip(),
        round(seconds, 4),
        outputs={} if stopped and not beside else told,
        hints=hints(diagnoses, first, exercise)
        or (STOP_HINTS if stopped and not beside else EXTREME_HINTS if extreme and not wrong else UNNAMED_HINTS),
        values=_shown(observations[0]) if not stopped or beside else {},
    )


def _stops_beside_wrong_values(
    observations: Sequence[Observation], stopped: Sequence[Observation], form: Sequence[Diagnosis]
) -> bool:
    """Tell whether it stops for special inputs only, and usual ones say more of the mistake."""
    kinds = {o.case.kind for o in stopped}
    in_a_container = any(diagnosis.mistake == "wrong-container" for diagnosis in form)
    wrong = not all(is_right(o) for o in observations if o.case.kind in USUAL)
    return bool(stopped) and ((kinds <= WITH_INTEGERS and wrong) or (kinds == {CaseKind.FORM} and in_a_container))


def _told_grades(
    exercise: GraphExercise, observations: Sequence[Observation], grades: Mapping[str, Grade]
) -> Mapping[str, Grade]:
    """Return the grades on the chain that the picture shows; ``grades``, over all depths, where all is right there.

    Of a chain of five, dw3 belongs to another unit than of a chain of three.
    """
    own = [o for o in observations if o.case.exercise is exercise]
    found = {name: _overall(own, name) for name in exercise.signature.outputs}
    return found if any(grade is not Grade.RIGHT for grade in found.values()) else grades


def _explain(
    exercise: GraphExercise, observations: Sequence[Observation], grades: Mapping[str, Grade], form: Sequence[Diagnosis]
) -> tuple[Diagnosis, ...]:
    """Return what explains wrong values; an answer that is not the same twice is explained by that."""
    kept = tuple(d for d in form if d.detail is KEEPS)
    return kept or explain(exercise, observations, grades, form)


def _first_places(
    exercise: GraphExercise, observations: Sequence[Observation], diagnoses: Sequence[Diagnosis], wrong: frozenset[str]
) -> tuple[str, ...]:
    """Return the link to look at first, or those of which one is broken."""
    placed = nearest_to_loss(exercise, [d.place for d in diagnoses if d.place])
    if any(d.mistake == UPSTREAM for d in diagnoses):
        return ()
    if placed:
        tied = len(diagnoses) > 1 and not any(d.together for d in diagnoses)
        return placed if tied else placed[:1]
    usual = any(o.case.kind in USUAL and not is_right(o) for o in observations)
    return broken_links(exercise, wrong) if wrong and usual and not diagnoses else ()


def _fraction(exercise: GraphExercise, grades: Mapping[str, Grade], *, spoiled: bool) -> float:
    """Return the share of the points: half for the right numbers in a wrong form, never more where that spoils all.

    An input that is handed back earns nothing.
    """
    given = [name for name, of in exercise.signature.outputs.items() if of in exercise.inputs.leaves]
    earned = [SHARE[grade] for name, grade in grades.items() if name not in given]
    spoiled = spoiled or any(grades[name] is not Grade.RIGHT for name in given)
    share = sum(earned) / len(earned)
    return min(share, 0.5) if spoiled else share
