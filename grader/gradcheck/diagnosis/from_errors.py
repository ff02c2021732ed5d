"""Name mistakes that show themselves in an exception."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from gradcheck.call import Raised
from gradcheck.comparison.observation import Observation, is_right
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.diagnosis.from_special_cases import describe_cases, name_of_sizes, only_for, stops_for
from gradcheck.exercises.cases import USUAL, WITH_INTEGERS, CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise

SHAPE_WORDS = (
    "matmul",
    "shapes",
    "could not be broadcast",
    "not aligned",
    "mismatch in its core dimension",
    "operands",
    "non-broadcastable",
    "shape-mismatch",
)
SCALAR_WORDS = (
    *("only size-1", "only length-1", "only 0-dimensional", "truth value of an array", "must be real number"),
    *("is ambiguous", "setting an array element with a sequence."),
)
PRODUCT_WORDS = ("matmul", "not aligned", "core dimension", "shape-mismatch for sum")
"""Of errors in a matrix product; what is multiplied entry by entry stops with other words."""
BY_TEXT = ("notebook-variable-used", "only-for-single-numbers")
"""What the text of an error proves, whichever calls stop."""
ARRAY_ONLY = re.compile(
    r"'(float|int)' object has no attribute '(shape|reshape|T|ndim|size|copy|sum|mean|astype|dot|ravel|flatten|tolist)'"
)
"""Of a plain number that something is asked of which arrays alone have."""
CAST_WORDS = ("cannot cast", "same_kind")  # "cast" alone would also be found in "broadcast"


def from_error(raised: Raised) -> Diagnosis | None:
    """Name the mistake behind an exception, where its text proves one."""
    text = raised.message.lower()
    diagnosis = None
    if raised.type == "NameError" and (name := re.search(r"name '(\w+)'", raised.message)):
        diagnosis = Diagnosis("notebook-variable-used", detail={"name": name.group(1)})
    elif raised.type == "AttributeError" and ARRAY_ONLY.search(raised.message):
        diagnosis = Diagnosis("only-for-arrays")
    elif any(word in text for word in CAST_WORDS):
        diagnosis = Diagnosis("decimals-lost")
    elif any(word in text for word in SCALAR_WORDS) and "inhomogeneous" not in text:
        diagnosis = Diagnosis("only-for-single-numbers")
    elif raised.type in ("ValueError", "IndexError") and any(word in text for word in SHAPE_WORDS):
        shapes = re.findall(r"\(\d*(?:,\d*)*\)", raised.message)
        sizes = re.search(r"size (\d+) is different from (\d+)", raised.message)
        shown = " and ".join(shapes[-2:]) if len(shapes) > 1 and not sizes else ""
        shown = f"{sizes.group(1)} meets {sizes.group(2)}" if sizes else shown
        diagnosis = Diagnosis("shapes-do-not-fit", "that line", detail={"shapes": shown or "their sizes differ"})
    return diagnosis


def from_errors(exercise: GraphExercise, observations: Sequence[Observation]) -> tuple[Diagnosis, ...]:
    """Name the mistake behind a function that stops on some or all of its cases."""
    stopped = [o for o in observations if o.outcome.status == "raised" and o.case.kind is not CaseKind.AS_DECIMALS]
    first = stopped[0].outcome.raised
    assert first is not None
    fine = [o for o in observations if o.returned and is_right(o)]
    usual = [o for o in observations if o.case.kind in USUAL]
    diagnosis = from_error(first)
    told_by_text = ("notebook-variable-used",) if all(o in fine for o in usual) else BY_TEXT
    if diagnosis and diagnosis.mistake in told_by_text:
        return (diagnosis,)
    if all(map(is_single, stopped)) and any(not is_single(o) for o in fine):
        return (Diagnosis("only-for-arrays"),)
    if all(o in fine for o in usual):
        return _from_special_cases(stopped, observations, diagnosis)
    if diagnosis and diagnosis.mistake == "decimals-lost":
        return (diagnosis,)
    singles = [o for o in observations if is_single(o)]
    if not diagnosis and singles and all(o in fine for o in singles) and not any(map(is_single, stopped)):
        return (Diagnosis("only-for-single-numbers"),)
    if _is_product_of_w2(exercise, stopped, observations):
        return (Diagnosis("w2-not-transposed"),)
    if "inhomogeneous" in first.message and len(exercise.signature.args) == 1:  # a number beside an array in a list
        return (Diagnosis("only-for-single-numbers"),)
    in_view = [o for o in observations if o.case.kind in (CaseKind.IN_VIEW, CaseKind.EXAMPLE) and o.returned]
    if in_view and (reads := stopped[0].outcome.reads):
        return (Diagnosis("notebook-variable-used", detail={"name": reads[0]}),)
    if works := [o for o in in_view if o in fine]:
        return (Diagnosis("tied-to-visible-data", detail=only_for(describe_cases(works))),)
    return (diagnosis,) if diagnosis else ()


def is_single(o: Observation) -> bool:
    """Tell whether every argument of this call is a plain number."""
    return all(np.ndim(arg) == 0 and not isinstance(arg, list) for arg in o.case.args)


def _from_special_cases(
    stopped: Sequence[Observation], observations: Sequence[Observation], diagnosis: Diagnosis | None
) -> tuple[Diagnosis, ...]:
    """Say for which inputs a function stops that is right on all usual ones."""
    again = [o for o in observations if o.case.kind is CaseKind.AS_DECIMALS]
    if all(o.case.kind in WITH_INTEGERS for o in stopped) and again and all(is_right(o) for o in again):
        return (diagnosis if diagnosis and diagnosis.mistake == "decimals-lost" else Diagnosis("decimals-lost"),)
    if all(map(_holds_number, stopped)) and not any(_holds_number(o) for o in observations if o not in stopped):
        return (Diagnosis("only-for-arrays"),)
    return (Diagnosis(name_of_sizes(stopped), detail=stops_for(stopped)),)


def _holds_number(o: Observation) -> bool:
    """Tell whether some argument of this call is a plain number."""
    return any(np.ndim(arg) == 0 and not isinstance(arg, list) for arg in o.case.args)


def _is_product_of_w2(
    exercise: GraphExercise, stopped: Sequence[Observation], observations: Sequence[Observation]
) -> bool:
    """Tell whether a matrix product stops unless there is one hidden unit: then W lies the wrong way."""
    texts = [o.outcome.raised.message.lower() for o in stopped if o.outcome.raised]
    return (
        vocabulary()["w2-not-transposed"].occurs_in(exercise.name)
        and all(any(word in text for word in PRODUCT_WORDS) for text in texts)
        and all(_is_weights_as_they_lie(o) for o in stopped)
        and any(o.case.kind is CaseKind.REGULAR for o in stopped)
        and any(o.case.kind is CaseKind.ONE_UNIT and o.returned for o in observations)
    )


def _is_weights_as_they_lie(o: Observation) -> bool:
    """Tell whether a matrix of weights as it was handed in can be what does not fit, as far as the text tells.

    Where the delta of another layer meets weights that were transposed, it is not.
    """
    assert o.outcome.raised is not None
    weights = {np.shape(value) for name, value in o.case.inputs.items() if name.startswith("W")}
    shapes = re.search(r"shapes \((\d+),(\d+)\) and \((\d+),(\d+)\)", o.outcome.raised.message)
    if shapes:
        rows, columns, *second = map(int, shapes.groups())
        return bool({(rows, columns), tuple(second)} & weights)
    sizes = re.search(r"size (\d+) is different from (\d+)", o.outcome.raised.message)
    return not sizes or tuple(map(int, sizes.groups())) in weights
