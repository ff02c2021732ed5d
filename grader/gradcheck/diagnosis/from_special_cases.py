"""Tell where an answer fails that is right on usual inputs: by the inputs, and under no name of a formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from gradcheck.comparison.equality import matches_rounded
from gradcheck.comparison.observation import Observation, is_right
from gradcheck.diagnosis.evidence import Evidence
from gradcheck.diagnosis.fault_search import diagnose
from gradcheck.diagnosis.from_examples import name_counts
from gradcheck.diagnosis.from_values import find_closeness
from gradcheck.exercises.cases import USUAL, WITH_INTEGERS, CaseKind
from gradcheck.exercises.diagnosis import Diagnosis

QUESTION = (
    "What is different in your function when it is called with {case}? Call it yourself with the smallest such input."
)
BY_FORM = {
    "broadcast-by-accident": "With {case}, every prediction is compared with every target.",
    "sum-not-mean": "With {case}, the losses are added up and not averaged.",
    "examples-not-summed": "With {case}, a number for each example comes back, and no average.",
    "stretched-not-summed": "With {case}, the copies of a stretched entry are not all added up.",
}
SHAPE = "With {case}, the value is right and its shape is not."
CLOSE = 0.05
"""How far a slope may be from the true one where probabilities were kept a little away from 0 and 1."""
AGAIN = "nothing to derive: the line that only fits the other inputs"


def describe_cases(observations: Sequence[Observation]) -> str:
    """Name the inputs of these calls: "a single example, and one layer"."""
    words = list(dict.fromkeys(o.case.describe() for o in observations))
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def find_special_cases(evidence: Evidence, usual: frozenset[CaseKind] = USUAL) -> tuple[Diagnosis, ...]:
    """Say for which inputs an answer is wrong that is right on all calls of ``usual`` kinds."""
    drawn = [o for o in evidence.drawn if o.case.kind in usual]
    if not drawn or not all(map(is_right, drawn)):
        return ()
    wrong = [o for o in evidence.observations if not is_right(o) and o.case.kind is not CaseKind.AS_DECIMALS]
    if not wrong:
        return ()
    if all(o.case.kind in WITH_INTEGERS for o in wrong) and _decimals_help(evidence):
        return (Diagnosis("decimals-lost", detail=_told("Decimals are lost when the function gets {case}.", wrong)),)
    if all(o.case.kind in (CaseKind.FORM, CaseKind.EXAMPLE) for o in wrong) and (
        named := _find_by_form(evidence, wrong)
    ):
        return named
    if any(not np.all(np.isfinite(array)) for o in wrong for array in o.arrays.values()):
        return (Diagnosis("not-finite", detail=_told("With {case}, a value comes out that is not a number.", wrong)),)
    if all(_is_cut(o) for o in wrong):
        return (Diagnosis("decimals-lost", detail=_told("Decimals are lost when the function gets {case}.", wrong)),)
    if all(o.case.kind is CaseKind.SURE for o in wrong) and find_closeness(wrong, CLOSE):
        return (Diagnosis("approximation-too-coarse", detail=_told("With {case}, it is close and not equal.", wrong)),)
    return (
        Diagnosis(
            name_of_sizes(wrong) or name_counts(wrong),
            detail=_told("It is correct for usual inputs, and not for {case}.", wrong),
        ),
    )


def _find_by_form(evidence: Evidence, wrong: Sequence[Observation]) -> tuple[Diagnosis, ...]:
    """Name what arrays of another shape do, where that makes the numbers: a column met a flat array, or was counted."""
    if all(_is_right_but_for_shape(o) for o in wrong):
        return (Diagnosis("right-values-wrong-shape", detail=_told(SHAPE, wrong)),)
    found = diagnose(evidence.exercise, wrong, frozenset(evidence.exercise.signature.outputs))
    return tuple(replace(d, detail=_told(BY_FORM[d.mistake], wrong)) for d in found if d.mistake in BY_FORM)


def _is_cut(o: Observation) -> bool:
    """Tell whether the right numbers came back without their decimals."""
    pairs = [(o.arrays.get(name), truth.value) for name, truth in o.case.truth.items()]
    cut = all(got is not None and matches_rounded(got, np.trunc(true)) for got, true in pairs)
    return cut and any(np.any(np.trunc(true)) for _, true in pairs)


def _is_right_but_for_shape(o: Observation) -> bool:
    pairs = [(o.arrays.get(name), truth) for name, truth in o.case.truth.items()]
    return all(
        got is not None and got.size == truth.value.size and np.all(truth.admits(got.reshape(truth.value.shape)))
        for got, truth in pairs
    )


def _decimals_help(evidence: Evidence) -> bool:
    """Tell whether the same numbers as decimals come out right: then only their type is at fault."""
    again = [o for o in evidence.observations if o.case.kind is CaseKind.AS_DECIMALS]
    return bool(again) and all(is_right(o) for o in again)


def _told(sentence: str, wrong: Sequence[Observation]) -> dict[str, str]:
    case = describe_cases(wrong)
    return {"seen": sentence.format(case=case), "question": QUESTION.format(case=case), "again": AGAIN}


def only_for(works: str) -> dict[str, str]:
    """Return the sentences for an answer that is right on some sizes only."""
    return {
        "seen": f"It is correct for {works}, and not for other sizes or numbers.",
        "question": "Which line would give something else if there were more examples, more inputs, or other numbers?",
        "again": "nothing to derive: numbers that are typed in, and steps that only fit one size",
    }


def stops_for(stopped: Sequence[Observation]) -> dict[str, str]:
    """Return the sentences for an answer that is right on usual inputs and stops for others."""
    return _told("It is correct for usual inputs, and stops for {case}.", stopped)


def name_of_sizes(wrong: Sequence[Observation]) -> str:
    """Return the id of an answer that is right for one number of layers only; empty for any other."""
    depths = {o.case.describe() for o in wrong if o.case.kind is CaseKind.DEPTH}
    return "tied-to-visible-data" if len(depths) > 1 and all(o.case.kind is CaseKind.DEPTH for o in wrong) else ""
