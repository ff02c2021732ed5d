"""Name mistakes that show themselves in an exception."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gradcheck.call import Raised
from gradcheck.comparison.observation import Observation, is_right
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise

SHAPE_WORDS = (
    "matmul",
    "shapes",
    "could not be broadcast",
    "not aligned",
    "mismatch in its core dimension",
    "operands",
)
SCALAR_WORDS = (
    *("only size-1", "only length-1", "only 0-dimensional", "truth value of an array", "must be real number"),
    *("only integer scalar arrays", "is ambiguous"),
)
CAST_WORDS = ("cannot cast", "same_kind")  # "cast" alone would also be found in "broadcast"


def from_error(raised: Raised) -> Diagnosis | None:
    """Name the mistake behind an exception, where its text proves one."""
    text = raised.message.lower()
    diagnosis = None
    if raised.type == "NameError" and (name := re.search(r"name '(\w+)'", raised.message)):
        diagnosis = Diagnosis("notebook-variable-used", detail={"name": name.group(1)})
    elif any(word in text for word in CAST_WORDS):
        diagnosis = Diagnosis("decimals-lost")
    elif any(word in text for word in SCALAR_WORDS):
        diagnosis = Diagnosis("only-for-single-numbers")
    elif raised.type == "ValueError" and any(word in text for word in SHAPE_WORDS):
        shapes = re.findall(r"\(\d*(?:,\d*)*\)", raised.message)
        sizes = re.search(r"size (\d+) is different from (\d+)", raised.message)
        shown = " and ".join(shapes[-2:]) if len(shapes) > 1 and not sizes else ""
        shown = f"{sizes.group(1)} meets {sizes.group(2)}" if sizes else shown
        diagnosis = Diagnosis("shapes-do-not-fit", detail={"shapes": shown or "their sizes differ"})
    return diagnosis


def from_errors(exercise: GraphExercise, observations: Sequence[Observation]) -> tuple[Diagnosis, ...]:
    """Name the mistake behind a function that stops on some or all of its cases."""
    stopped = [o for o in observations if o.outcome.status == "raised"]
    fine = {o.case.kind for o in observations if o.returned and is_right(o)}
    back = {o.case.kind for o in observations if o.returned}
    diagnosis = from_error(stopped[0].outcome.raised)
    regular = any(o.case.kind is CaseKind.REGULAR for o in stopped)
    if diagnosis and diagnosis.mistake in ("notebook-variable-used", "only-for-single-numbers", "decimals-lost"):
        return (diagnosis,)
    if (
        regular
        and diagnosis
        and CaseKind.ONE_UNIT in back
        and vocabulary()["w2-not-transposed"].occurs_in(exercise.name)
    ):
        return (Diagnosis("w2-not-transposed"),)
    if fine & {CaseKind.IN_VIEW, CaseKind.EXAMPLE}:
        return (Diagnosis("tied-to-visible-data"),)
    if {o.case.kind for o in stopped} == {CaseKind.INTEGERS} and fine >= {CaseKind.REGULAR}:
        return (Diagnosis("decimals-lost"),)
    return (diagnosis,) if diagnosis else ()
