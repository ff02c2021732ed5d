"""Say why an answer is wrong: try one explanation after the other and give the first that fits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from gradcheck.autodiff.program import forward
from gradcheck.call import Branch
from gradcheck.comparison.equality import matches_replay
from gradcheck.comparison.observation import Observation, is_right
from gradcheck.comparison.status import Grade
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.diagnosis.evidence import Evidence
from gradcheck.diagnosis.fault_search import diagnose, find_one_kind
from gradcheck.diagnosis.from_activations import find_activated_again, find_another_slope, find_overwritten
from gradcheck.diagnosis.from_examples import find_empty_rows, find_left_out, find_shifted_rows
from gradcheck.diagnosis.from_factors import find_decay_beside, find_faults_behind_factor, find_two_factors
from gradcheck.diagnosis.from_shapes import (
    find_faults_behind_exchange,
    find_faults_behind_shapes,
    find_faults_behind_stretching,
    find_one_missing,
    find_swapped_outputs,
    find_unsummed,
    find_wrong_shapes,
)
from gradcheck.diagnosis.from_special_cases import describe_cases, find_special_cases, only_for
from gradcheck.diagnosis.from_values import (
    find_clipping,
    find_closeness,
    find_coarse_step,
    find_ratio,
    find_repeats,
    find_rounding,
    find_varying_factor,
    is_made_by,
)
from gradcheck.diagnosis.location import name_outputs
from gradcheck.diagnosis.unknown_rate import find_unknown_rate, find_weight_decay
from gradcheck.exercises.cases import USUAL, WITH_INTEGERS, CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise

SHOWN = frozenset({CaseKind.IN_VIEW, CaseKind.EXAMPLE})
"""Calls on what the notebook shows: its sizes, or its numbers."""
ONE_OF_A_KIND = frozenset({CaseKind.ONE_EXAMPLE, CaseKind.ONE_UNIT, CaseKind.ONE_INPUT})
"""Calls that may come out right beside them; what is right on others as well is tied to no size."""
Explanation = Callable[[Evidence], tuple[Diagnosis, ...]]
"""What it finds; empty where it does not fit."""


def explain(
    exercise: GraphExercise,
    observations: Sequence[Observation],
    grades: Mapping[str, Grade],
    form: Sequence[Diagnosis],
    steps: Sequence[Explanation] | None = None,
) -> tuple[Diagnosis, ...]:
    """Return what the first of ``steps`` that fits says, and ``form``: what is wrong with the form already."""
    evidence = Evidence(exercise, observations, grades)
    containers = tuple(d for d in form if d.mistake == "wrong-container")
    if containers and not _are_in_order(evidence):  # the outputs were not found, so there is nothing to compare
        return _find_other_quantity(evidence) or find_one_missing(evidence) or containers[:1]
    beside = (*(replace(d, together=True) for d in containers[:1]), *(d for d in form if d not in containers))
    behind_form = [step for step in EXACT if step is not find_wrong_shapes]  # a list has no shape of its own
    for step in (behind_form if containers else STEPS) if steps is None else steps:
        if found := step(evidence):
            return (*found, *beside)
    return containers[:1] or tuple(form)


def _are_in_order(evidence: Evidence) -> bool:
    """Tell whether all outputs were found in the order asked for; what other names stand for cannot be told."""
    signature = evidence.exercise.signature
    names = set(signature.joined or signature.outputs)
    values = [o.outcome.value for o in evidence.drawn]
    told = all(isinstance(value, Branch) and (value.type != "dict" or names <= set(value.keys)) for value in values)
    return told and all(signature.outputs.keys() <= o.arrays.keys() for o in evidence.drawn)


def _find_other_quantity(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name a cost or a prediction that came back where derivatives were asked for."""
    several_values = not evidence.exercise.differentiates and len(evidence.exercise.signature.outputs) > 1
    if several_values or not vocabulary()["other-quantity-returned"].occurs_in(evidence.exercise.name):
        return ()
    program = evidence.exercise.program
    returned = [getattr(o.outcome.value, "array", None) for o in evidence.drawn]
    values = [forward(program, o.case.inputs) for o in evidence.drawn]
    for step in program:
        if returned and all(
            got is not None and matches_replay(got, env[step.out]) for got, env in zip(returned, values, strict=True)
        ):
            return (Diagnosis("other-quantity-returned"),)
    return ()


def _find_not_finite(evidence: Evidence) -> tuple[Diagnosis, ...]:
    if any(not np.all(np.isfinite(array)) for o in evidence.drawn for array in o.arrays.values()):
        return (Diagnosis("not-finite", name_outputs(evidence.exercise, evidence.wrong)),)
    return ()


def _find_zeros(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Say that nothing arrives at a layer, where others are right: a slope of 0 is only one of the causes."""
    exercise, wrong = evidence.exercise, evidence.wrong
    several = len(wrong) > 1 or len(exercise.signature.outputs) > 2
    if not exercise.differentiates or not several or wrong == set(exercise.signature.outputs):
        return ()
    got = [(o.arrays.get(name), o.case.truth[name].value) for o in evidence.drawn for name in wrong]
    if not got or any(array is None or np.any(array) for array, _ in got) or not any(np.any(true) for _, true in got):
        return ()
    where = name_outputs(exercise, wrong)
    detail = {
        "seen": f"{where} came back as zeros: on the way back from the loss, nothing arrives there.",
        "question": f"Which line hands the gradient on to {where}? Print what it gets, and what it hands on.",
        "again": "nothing to derive: where the way back is cut",
    }
    return (Diagnosis(detail=detail),)


def _find_injected_fault(evidence: Evidence) -> tuple[Diagnosis, ...]:
    kinds = WITH_INTEGERS | {CaseKind.ONE_EXAMPLE}
    further = [o for o in evidence.observations if o.case.kind in kinds and o.case.exercise is evidence.exercise]
    return diagnose(evidence.exercise, evidence.drawn, evidence.wrong_when_usual, further)


def _find_weight_decay(evidence: Evidence) -> tuple[Diagnosis, ...]:
    return find_weight_decay(evidence.exercise, evidence.drawn, evidence.wrong_when_usual)


def _find_clipping(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name gradients that are cut off at a limit; it may show on large ones only."""
    if not evidence.exercise.differentiates:
        return ()
    seen = [o for o in evidence.own if o.case.kind in USUAL | {CaseKind.FAR}]
    wrong = frozenset(n for n in evidence.wrong if any(o.grade(n) is not Grade.RIGHT for o in seen))
    found = find_clipping(seen, wrong)
    if found:
        return (replace(found, where=name_outputs(evidence.exercise, wrong)),)
    return find_one_kind(evidence.exercise, seen, "gradient-clipped")


def _find_limit(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name values that are cut off at a limit which shows far out only."""
    if evidence.exercise.differentiates or evidence.wrong_when_usual:
        return ()
    for id in ("approximation-too-coarse", "forward-activation-wrong"):
        if found := find_one_kind(evidence.exercise, evidence.own, id):
            return found
    return ()


def _find_sums(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name right numbers that were added together, where entries should stay apart."""
    where = name_outputs(evidence.exercise, evidence.wrong)
    averaged = {"seen": "Entries that should stay apart were averaged into one."}
    for id, factor in (("", 1.0), ("factor-two", 2.0), ("half-kept", 0.5), ("sign-flipped", -1.0)):
        for reduce, detail in ((np.sum, {}), (np.mean, averaged)):
            made = lambda values, reduce=reduce, factor=factor, **how: factor * reduce(values, **how)
            if evidence.drawn and all(is_made_by(made, o, name) for o in evidence.drawn for name in evidence.wrong):
                beside = (Diagnosis(id, where, together=True),) if id else ()
                return Diagnosis("summed-over-too-much", where, detail=detail), *beside
    return ()


def _find_lost_decimals(evidence: Evidence) -> tuple[Diagnosis, ...]:
    found = find_rounding(evidence.exercise, evidence.observations)
    return (replace(found, where=name_outputs(evidence.exercise, evidence.wrong)),) if found else ()


def _find_visible_data(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name answers that are right for the numbers of the notebook only, or that read them."""
    if find_closeness(evidence.not_near):  # neither the place nor a variable of the notebook makes it a little off
        return ()
    if reads := evidence.observations[0].outcome.reads:
        return (Diagnosis("notebook-variable-used", detail={"name": reads[0]}),)
    ratio = find_ratio(evidence.own, evidence.wrong)
    if ratio and ratio.mistake == "divided-by-wrong-count":
        return (Diagnosis(ratio.mistake, name_outputs(evidence.exercise, evidence.wrong)),)
    right, wrong = evidence.kinds_of_calls(right=True), evidence.kinds_of_calls(right=False)
    if _only_whole_numbers_are_right(evidence):
        return (Diagnosis("decimals-lost", name_outputs(evidence.exercise, evidence.wrong)),)
    in_view = bool(right & SHOWN) and right <= SHOWN | ONE_OF_A_KIND
    one_unit = right == {CaseKind.ONE_UNIT}
    if CaseKind.REGULAR in wrong and (in_view or one_unit):
        works = describe_cases([o for o in evidence.observations if is_right(o)])
        tied = in_view or any(_has_other_size(o, name) for o in evidence.drawn for name in evidence.wrong)
        return (Diagnosis("tied-to-visible-data" if tied else "", detail=only_for(works)),)
    return ()


def _has_other_size(o: Observation, name: str) -> bool:
    return name in o.arrays and o.arrays[name].size != o.case.truth[name].value.size


def _only_whole_numbers_are_right(evidence: Evidence) -> bool:
    """Tell whether it is right where every argument holds whole numbers, and nowhere else."""
    told = {(is_right(o), _holds_whole_numbers(o)) for o in evidence.observations}
    return (True, True) in told and told <= {(True, True), (False, False)}


def _holds_whole_numbers(o: Observation) -> bool:
    flat = [item for arg in o.case.args for item in (arg if isinstance(arg, list) else [arg])]
    return all(np.array_equal(item, np.round(item)) for item in flat)


def _find_nearest(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name the first mistake that fits and is usual in this exercise; else the first that fits."""
    if found := find_special_cases(evidence, USUAL - {CaseKind.NEAR_OPTIMUM}):
        return found
    exercise, wrong = evidence.exercise, evidence.wrong_when_usual
    drawn = evidence.not_near
    finders: tuple[Callable[[], Sequence[Diagnosis | None]], ...] = (
        lambda: find_unknown_rate(exercise, drawn, wrong),
        lambda: _name_small_part(find_ratio(drawn, wrong)),
        lambda: (find_coarse_step(exercise, drawn, wrong),),
        lambda: (find_repeats(drawn, wrong),),
        lambda: (find_closeness(drawn),),
        lambda: (find_varying_factor(drawn, wrong),),
    )
    unusual: list[Diagnosis] = []
    for diagnosis in (d for find in finders for d in find() if d):
        placed = replace(diagnosis, where=diagnosis.where or name_outputs(exercise, wrong))
        if not placed.mistake or vocabulary()[placed.mistake].occurs_in(exercise.name):
            return (placed,)
        unusual.append(placed)
    return tuple(unusual[:1])


def _name_small_part(ratio: Diagnosis | None) -> tuple[Diagnosis, ...]:
    """Return the names of the right numbers times one small number, as of a nudge that nothing is divided by."""
    if ratio and ratio.mistake == "other-quantity-returned":
        return ratio, replace(ratio, mistake="wrong-partial-of-z")
    return (ratio,) if ratio else ()


EXACT: tuple[Explanation, ...] = (
    _find_not_finite,  # first: nothing can be compared with what is no number
    _find_clipping,  # the limit is read off the numbers, and every entry has to bear it out
    _find_limit,  # a known limit that makes every number, before it is only said where the answer fails
    find_special_cases,  # all usual calls came out right, so no formula is wrong: say where it fails
    find_wrong_shapes,  # all numbers are right: certain
    find_swapped_outputs,  # all numbers are right: certain; no injected fault exchanges two outputs
    find_overwritten,  # the numbers of another output: certain
    find_activated_again,  # every number fits, and what comes behind is right: no value of the chain was changed
    _find_weight_decay,  # one free number that fits every entry of every fixture
    _find_zeros,  # zeros in a layer where others are right: certain, and many mistakes make them
    _find_injected_fault,  # one or two faults make every number of the learner: exact, and it names the place
    find_decay_beside,  # the same search on the outputs in which there is no decay
    find_unsummed,  # right numbers before a last sum, which no fault of the chain makes in this shape
    find_faults_behind_exchange,  # the same search on outputs put in each other's place, as their shapes ask for
    find_faults_behind_stretching,  # on sums of the copies that broadcasting made
    find_faults_behind_shapes,  # and on reshaped outputs: only where it finds nothing without
    find_left_out,  # one count for each example, which makes every number
    find_shifted_rows,  # right numbers, one place off
    find_empty_rows,  # right numbers, and rows that were never filled
    _find_sums,  # made of the right numbers, but no link of the chain makes it
    find_faults_behind_factor,  # one fault, and a factor at the same place, which the search does not pair
    find_two_factors,  # two factors on one path, which the search does not pair
)
"""The explanations that make every number, in the order in which they are tried: from what is certain on."""
STEPS: tuple[Explanation, ...] = (
    *EXACT,
    _find_lost_decimals,  # from here on, what fits may be wide: it says less about the formula
    _find_visible_data,  # after the exact ones: an answer with a wrong formula may read a variable of the notebook too
    _find_nearest,  # late: tolerances are wide or a number in it is free, so it could fit what the others explain
    find_another_slope,  # true of every slope that is wrong
)
"""All explanations in the order in which they are tried: from what is certain to what is wide."""
