"""Name mistakes that show themselves without arithmetic: in errors, and in where an answer holds and where not."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from gradcheck.call import Raised
from gradcheck.exercise import Fault, GraphExercise
from gradcheck.mistakes import vocabulary
from gradcheck.observe import Observation

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


def of_error(exercise: str, raised: Raised) -> Fault | None:
    """Name the mistake behind an exception, where its text proves one."""
    text = raised.message.lower()
    fault = None
    if raised.type == "NameError" and (name := re.search(r"name '(\w+)'", raised.message)):
        fault = Fault("notebook-variable-used", detail={"name": name.group(1)})
    elif any(word in text for word in CAST_WORDS):
        fault = Fault("decimals-lost")
    elif any(word in text for word in SCALAR_WORDS):
        fault = Fault("only-for-single-numbers")
    elif raised.type == "ValueError" and any(word in text for word in SHAPE_WORDS):
        shapes = re.findall(r"\(\d*(?:,\d*)*\)", raised.message)
        sizes = re.search(r"size (\d+) is different from (\d+)", raised.message)
        shown = " and ".join(shapes[-2:]) if len(shapes) > 1 and not sizes else ""
        shown = f"{sizes.group(1)} meets {sizes.group(2)}" if sizes else shown
        fault = Fault("shapes-do-not-fit", detail={"shapes": shown or "their sizes differ"})
    return fault if fault and vocabulary()[fault.diagnosis].occurs_in(exercise) else None


def of_errors(exercise: GraphExercise, observations: Sequence[Observation]) -> tuple[Fault, ...]:
    """Name the mistake behind a function that stops on some or all of its cases."""
    stopped = [o for o in observations if o.outcome.status == "raised"]
    fine = {o.case.member for o in observations if o.returned and holds(o)}
    back = {o.case.member for o in observations if o.returned}
    fault = of_error(exercise.name, stopped[0].outcome.raised)
    regular = any(o.case.member == "regular" for o in stopped)
    if fault and fault.diagnosis in ("notebook-variable-used", "only-for-single-numbers", "decimals-lost"):
        return (fault,)
    if regular and fault and "one unit" in back and vocabulary()["w2-not-transposed"].occurs_in(exercise.name):
        return (Fault("w2-not-transposed"),)
    if "in view" in fine:
        return (Fault("tied-to-visible-data"),)
    if {o.case.member for o in stopped} == {"integers"} and fine >= {"regular"}:
        return (Fault("decimals-lost"),)
    return (fault,) if fault else ()


def holds(observation: Observation) -> bool:
    """Tell whether every output of this call is right."""
    return all(observation.grade(name) == "right" for name in observation.case.exercise.outputs)


def of_members(observations: Sequence[Observation], right: frozenset[str]) -> tuple[Fault, ...]:
    """Name a mistake by the members of the battery that notice it."""
    bad = {o.case.member for o in observations if not holds(o)}
    if bad == {"integers"}:
        return (Fault("decimals-lost"),)
    if "in view" in right and "in view" not in bad and "regular" in bad:
        return (Fault("tied-to-visible-data"),)
    return ()


def of_rounding(exercise: GraphExercise, observations: Sequence[Observation]) -> Fault | None:
    """Name decimals that were cut off, rounded or turned into yes and no."""
    seen = [o for o in observations if o.case.member in ("regular", "in view") and o.arrays]
    ways = [lambda v, k=k: np.round(v, k) for k in range(4)]
    ways += [np.trunc, np.floor, np.ceil, lambda v: (v > 0) * 1.0, lambda v: (v != 0) * 1.0, lambda v: (v > 0.5) * 1.0]
    bad = {name for o in seen for name in exercise.outputs if o.grade(name) != "right"}
    for way in ways:
        if seen and all(_same(o, name, way) for o in seen for name in bad):
            return Fault("decimals-lost")
    return None


def _same(observation: Observation, name: str, way) -> bool:
    got, truth = observation.arrays.get(name), observation.case.truth[name].value
    made = way(truth)
    return got is not None and got.shape == truth.shape and np.any(made) and np.allclose(got, made, rtol=0, atol=1e-9)


def of_ratio(observations: Sequence[Observation], wrong: frozenset[str]) -> Fault | None:
    """Name answers that are the truth times one number, the same for every entry."""
    ratios = []
    for o in observations:
        if o.case.member != "regular":
            continue
        pairs = [(o.arrays.get(name), o.case.truth[name].value) for name in wrong]
        if any(got is None or got.shape != true.shape or not np.any(true) for got, true in pairs):
            return None
        each = [float(np.sum(got * true) / np.sum(true * true)) for got, true in pairs]
        fits = all(
            np.allclose(got, ratio * true, rtol=1e-4, atol=1e-6 * np.max(np.abs(true)))
            for ratio, (got, true) in zip(each, pairs, strict=True)
        )
        if not fits or not np.allclose(each, each[0], rtol=1e-3):
            return None
        ratios.append((each[0], _examples(o)))
    if len(ratios) < 2 or any(abs(ratio) < 1e-9 for ratio, _ in ratios):
        return None
    typed_in = [m / ratio for ratio, m in ratios]
    if np.allclose(typed_in, typed_in[0], rtol=1e-3) and len({m for _, m in ratios}) > 1:
        return Fault("divided-by-wrong-count")
    same = np.allclose([ratio for ratio, _ in ratios], ratios[0][0], rtol=1e-3)
    return Fault("other-quantity-returned") if same and abs(ratios[0][0]) < 0.4 else None


def _examples(observation: Observation) -> int:
    rows = [np.shape(v)[0] for v in observation.case.args if isinstance(v, np.ndarray) and v.ndim]
    return rows[0] if rows else 1


def of_closeness(observations: Sequence[Observation]) -> Fault | None:
    """Name answers that are close everywhere and equal nowhere where it matters."""
    errors = []
    for o in observations:
        for name, truth in o.case.truth.items():
            got = o.arrays.get(name)
            if got is None or got.shape != truth.value.shape:
                return None
            size = np.max(np.abs(truth.value), initial=0.0)
            errors.append(float(np.max(np.abs(got - truth.value), initial=0.0) / size) if size else 0.0)
    return Fault("approximation-too-coarse") if errors and max(errors) < 5e-3 else None
