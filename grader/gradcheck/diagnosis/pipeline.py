"""Say why an answer is wrong: from what is certain to what is wide, the first explanation that fits is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from gradcheck.autodiff.program import forward
from gradcheck.comparison.equality import agrees, compare
from gradcheck.comparison.observation import Observation, is_right
from gradcheck.diagnosis import from_values
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.diagnosis.fault_search import diagnose
from gradcheck.diagnosis.from_values import (
    find_closeness,
    find_coarse_step,
    find_factors,
    find_ratio,
    find_repeats,
    find_rounding,
)
from gradcheck.diagnosis.location import name_outputs
from gradcheck.diagnosis.unknown_rate import find_unknown_rate
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise

Grades = Mapping[str, str]


def explain(
    exercise: GraphExercise, observations: Sequence[Observation], grades: Grades, form: Sequence[Diagnosis]
) -> tuple[Diagnosis, ...]:
    """Return the faults behind outputs that are not right; ``form`` is what is wrong with the form already."""
    wrong = frozenset(name for name, grade in grades.items() if grade != "right")
    own = [o for o in observations if o.case.exercise is exercise and o.case.member != "integers"]
    drawn = [o for o in own if o.case.member in ("regular", "in view")]
    containers = tuple(f for f in form if f.diagnosis == "wrong-container")
    if containers:
        return _another_quantity(exercise, drawn) or containers[:1]
    for found in (
        _not_finite(exercise, drawn, wrong),
        _only_integers(observations),
        _shapes(exercise, own, grades),
        _swapped(own, wrong),
        diagnose(exercise, drawn, wrong),
        _behind_shapes(exercise, drawn),
        _sums(exercise, drawn, wrong),
        _factors(exercise, drawn, wrong),
        _rounded(exercise, observations, wrong),
        _typed_in(exercise, observations, own, wrong),
        _probed(exercise, drawn, wrong),
    ):
        if found:
            return (*found, *form)
    return tuple(form)


def _another_quantity(exercise: GraphExercise, drawn: Sequence[Observation]) -> tuple[Diagnosis, ...]:
    """Name a cost or a prediction that came back where derivatives were asked for."""
    if not vocabulary()["other-quantity-returned"].occurs_in(exercise.name):
        return ()
    returned = [getattr(o.outcome.value, "array", None) for o in drawn]
    values = [forward(exercise.program, o.case.inputs) for o in drawn]
    for step in exercise.program:
        if returned and all(
            got is not None and agrees(got, env[step.out]) for got, env in zip(returned, values, strict=True)
        ):
            return (Diagnosis("other-quantity-returned"),)
    return ()


def _not_finite(exercise: GraphExercise, drawn: Sequence[Observation], wrong: frozenset[str]) -> tuple[Diagnosis, ...]:
    if any(not np.all(np.isfinite(array)) for o in drawn for array in o.arrays.values()):
        return (Diagnosis("not-finite", name_outputs(exercise, wrong)),)
    return ()


def _only_integers(observations: Sequence[Observation]) -> tuple[Diagnosis, ...]:
    bad = {o.case.member for o in observations if not is_right(o)}
    return (Diagnosis("decimals-lost"),) if bad == {"integers"} else ()


def _shapes(exercise: GraphExercise, own: Sequence[Observation], grades: Grades) -> tuple[Diagnosis, ...]:
    """Name right numbers in another shape, where that is all that is wrong."""
    kinds = {grade for grade in grades.values() if grade != "right"}
    return _shape_faults(exercise, own, grades) if kinds <= {"shape", "sideways"} else ()


def _shape_faults(exercise: GraphExercise, own: Sequence[Observation], grades: Grades) -> tuple[Diagnosis, ...]:
    faults = []
    sideways = [name for name, grade in grades.items() if grade == "sideways"]
    if sideways:
        faults.append(Diagnosis("gradient-transposed", name_outputs(exercise, sideways), half=True))
    flat = [name for name, grade in grades.items() if grade == "shape"]
    if flat:
        faults.append(
            Diagnosis("right-values-wrong-shape", name_outputs(exercise, flat), half=True, detail=_forms(own, flat))
        )
    return tuple(faults)


def _forms(own: Sequence[Observation], flat: Sequence[str]) -> dict[str, str]:
    """Return the shapes that came back and those asked for, in the order of the outputs."""
    pairs = [next((o.arrays[n].shape, o.case.truth[n].value.shape) for o in own if o.grade(n) == "shape") for n in flat]
    got = " and ".join(str(shape) if shape else "of one number" for shape, _ in pairs)
    return {"got": got, "want": " and ".join(str(shape) if shape else "one number" for _, shape in pairs)}


def _swapped(own: Sequence[Observation], wrong: frozenset[str]) -> tuple[Diagnosis, ...]:
    names = sorted(wrong)
    for one in names:
        for other in names:
            if one < other and own and all(_exchanged(o, one, other) for o in own):
                return (Diagnosis("swapped-returns", f"{one} and {other}", half=True),)
    return ()


def _exchanged(o: Observation, one: str, other: str) -> bool:
    pairs = ((one, other), (other, one))
    return all(a in o.arrays and compare(o.arrays[a], o.case.truth[b]) == "right" for a, b in pairs)


def _behind_shapes(exercise: GraphExercise, drawn: Sequence[Observation]) -> tuple[Diagnosis, ...]:
    """Explain outputs that are wrong in value and in shape: in the right shape first, then the shape."""
    bent = {
        name
        for o in drawn
        for name, array in o.arrays.items()
        if array.shape != o.case.truth[name].value.shape and array.size == o.case.truth[name].value.size
    }
    if not bent:
        return ()
    straight = [replace(o, arrays={n: _straight(o, n, a) for n, a in o.arrays.items()}) for o in drawn]
    wrong = frozenset(n for n in exercise.outputs if any(o.grade(n) != "right" for o in straight))
    found = diagnose(exercise, straight, wrong)
    shape = Diagnosis("right-values-wrong-shape", name_outputs(exercise, bent), half=True, together=True)
    example = next((o.arrays[n], o.case.truth[n].value) for o in drawn for n in sorted(bent) if n in o.arrays)
    detail = {"got": str(example[0].shape), "want": str(example[1].shape)}
    return (*found, replace(shape, detail=detail)) if found else ()


def _straight(o: Observation, name: str, array: np.ndarray) -> np.ndarray:
    want = o.case.truth[name].value
    return array.reshape(want.shape) if array.size == want.size else array


def _typed_in(
    exercise: GraphExercise, observations: Sequence[Observation], own: Sequence[Observation], wrong: frozenset[str]
) -> tuple[Diagnosis, ...]:
    """Name answers that hold for the numbers of the notebook only, or that read them."""
    ratio = find_ratio(own, wrong)
    if ratio and ratio.diagnosis == "divided-by-wrong-count":
        return (Diagnosis(ratio.diagnosis, name_outputs(exercise, wrong)),)
    if observations[0].outcome.reads:
        return (Diagnosis("notebook-variable-used", detail={"name": observations[0].outcome.reads[0]}),)
    good = {o.case.member for o in observations if is_right(o)}
    bad = {o.case.member for o in observations if not is_right(o)}
    if "regular" in bad and (good & {"in view", "example"} or good == {"one unit"}):
        return (Diagnosis("tied-to-visible-data"),)
    return ()


def _sums(exercise: GraphExercise, drawn: Sequence[Observation], wrong: frozenset[str]) -> tuple[Diagnosis, ...]:
    """Name right numbers that were added together, where entries should stay apart."""
    if drawn and all(from_values.is_sum(o, name) for o in drawn for name in wrong):
        return (Diagnosis("summed-over-too-much", name_outputs(exercise, wrong)),)
    return ()


def _factors(exercise: GraphExercise, drawn: Sequence[Observation], wrong: frozenset[str]) -> tuple[Diagnosis, ...]:
    """Name two wrong numbers that multiply everything: a sign and a two, a two and a count."""
    ids = find_factors(drawn, wrong)
    where = name_outputs(exercise, wrong)
    return tuple(Diagnosis(id, where, together=number > 0) for number, id in enumerate(ids))


def _rounded(
    exercise: GraphExercise, observations: Sequence[Observation], wrong: frozenset[str]
) -> tuple[Diagnosis, ...]:
    fault = find_rounding(exercise, observations)
    return (replace(fault, where=name_outputs(exercise, wrong)),) if fault else ()


def _probed(exercise: GraphExercise, drawn: Sequence[Observation], wrong: frozenset[str]) -> tuple[Diagnosis, ...]:
    where = name_outputs(exercise, wrong)
    fitting = (
        *find_unknown_rate(exercise, drawn, wrong),
        find_ratio(drawn, wrong),
        find_coarse_step(exercise, drawn, wrong),
        find_repeats(drawn, wrong),
        find_closeness(drawn),
    )
    for fault in fitting:
        if fault and vocabulary()[fault.diagnosis].occurs_in(exercise.name):
            return (Diagnosis(fault.diagnosis, fault.where or where, fault.half, fault.detail),)
    return next(((Diagnosis(f.diagnosis, f.where or where, f.half, f.detail),) for f in fitting if f), ())
