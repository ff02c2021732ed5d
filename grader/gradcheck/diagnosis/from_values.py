"""Name mistakes that show themselves in the returned numbers, without replaying the chain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from gradcheck.autodiff.program import forward
from gradcheck.comparison.equality import matches_rounded
from gradcheck.comparison.extraction import is_yes_or_no
from gradcheck.comparison.observation import Observation
from gradcheck.comparison.status import Grade
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise

YES_OR_NO = {
    "seen": "True and False came back, and numbers are asked for.",
    "question": "Which part of that line is done first: the comparison, or the product?",
    "again": "nothing to derive: the brackets around the comparison",
}
COARSE_STEPS = (1.0, 0.5, 0.3, 0.25, 0.2, 0.1, 0.05, 0.01, 0.005, 0.001)


def find_rounding(exercise: GraphExercise, observations: Sequence[Observation]) -> Diagnosis | None:
    """Name decimals that were cut off, rounded or turned into yes and no."""
    seen = [o for o in observations if o.case.kind in (CaseKind.REGULAR, CaseKind.IN_VIEW) and o.arrays]
    ways: list[Callable] = [partial(np.round, decimals=k) for k in range(7)]
    ways += [np.trunc, np.floor, np.ceil, lambda v: (v > 0) * 1.0, lambda v: (v != 0) * 1.0, lambda v: (v > 0.5) * 1.0]
    bad = {name for o in seen for name in exercise.signature.outputs if o.grade(name) is not Grade.RIGHT}
    if seen and all(is_yes_or_no(o.outcome.value) for o in seen) and not all(_wants_zeros_and_ones(o) for o in seen):
        return Diagnosis("decimals-lost", detail=YES_OR_NO)
    for way in ways:
        if seen and all(_is_rounded(o, name, way) for o in seen for name in bad) and _says_something(seen, bad, way):
            return Diagnosis("decimals-lost")
    whole = {float(v) for o in seen for name in bad if _is_whole(o, name) for v in np.ravel(o.arrays[name])}
    if len(whole) > 2 and all(_is_whole(o, name) for o in seen for name in bad):
        return Diagnosis("decimals-lost")
    return None


def _wants_zeros_and_ones(o: Observation) -> bool:
    return all(np.isin(truth.value, (0, 1)).all() for truth in o.case.truth.values())


def _is_whole(o: Observation, name: str) -> bool:
    """Tell whether whole numbers came back for decimals, as where each example is added to an array of integers."""
    got, truth = o.arrays.get(name), o.case.truth[name].value
    if got is None or got.shape != truth.shape or np.all(truth == np.round(truth)):
        return False
    return bool(np.all(got == np.round(got)) and np.all(np.abs(got - truth) < o.case.count_examples()))


def _says_something(seen: Sequence[Observation], bad: set[str], way) -> bool:
    """Tell whether rounding leaves more than one value: a constant has too many other causes."""
    return len({float(v) for o in seen for name in bad for v in np.ravel(way(o.case.truth[name].value))}) > 1


def _is_rounded(observation: Observation, name: str, way) -> bool:
    got, truth = observation.arrays.get(name), observation.case.truth[name].value
    return got is not None and matches_rounded(got, way(truth))


def find_ratio(observations: Sequence[Observation], wrong: frozenset[str]) -> Diagnosis | None:
    """Name answers that are the truth times one number, the same for every entry."""
    ratios = [_ratio(o, wrong) for o in observations if o.case.kind is CaseKind.REGULAR]
    if len(ratios) < 2 or any(ratio is None or abs(ratio) < 1e-9 for ratio, _ in ratios):
        return None
    typed_in = [m / ratio for ratio, m in ratios]
    if abs(typed_in[0]) > 1.5 and np.allclose(typed_in, typed_in[0], rtol=1e-3) and len({m for _, m in ratios}) > 1:
        return Diagnosis("divided-by-wrong-count")
    if _is_over_a_size([o for o in observations if o.case.kind is CaseKind.REGULAR], [ratio for ratio, _ in ratios]):
        return Diagnosis("divided-by-wrong-count")
    same = np.allclose([ratio for ratio, _ in ratios], ratios[0][0], rtol=1e-3)
    return Diagnosis("other-quantity-returned") if same and abs(ratios[0][0]) < 0.4 else None


def _is_over_a_size(observations: Sequence[Observation], ratios: Sequence[float]) -> bool:
    """Tell whether a number of inputs or units divides everything, in place of the number of examples or beside it."""
    sizes = [o.case.sizes() for o in observations]
    letters = set.intersection(*(set(size) for size in sizes)) - {"m"}
    ways = (lambda size, letter: 1 / size[letter], lambda size, letter: size.get("m", 1) / size[letter])
    return any(
        len({size[letter] for size in sizes}) > 1
        and np.allclose(ratios, [way(size, letter) for size in sizes], rtol=1e-3)
        for letter in letters
        for way in ways
    )


def find_varying_factor(observations: Sequence[Observation], wrong: frozenset[str]) -> Diagnosis | None:
    """Tell that answers point the right way and are too long or too short, by another factor for other data."""
    drawn = [o for o in observations if o.case.kind is CaseKind.REGULAR]
    ratios = [_ratio(o, wrong)[0] for o in drawn]
    several = all(o.case.truth[name].value.size > 1 for o in drawn for name in wrong)
    if len(ratios) < 2 or not several or any(ratio is None or abs(ratio) < 1e-9 for ratio in ratios):
        return None
    detail = {
        "seen": "Every entry is multiplied by the same wrong number, and that number is another one for other data.",
        "question": "By what is the result multiplied or divided last? Print that number for two data sets.",
    }
    return Diagnosis(detail=detail)


def find_closeness(observations: Sequence[Observation], room: float = 5e-3) -> Diagnosis | None:
    """Name answers that are close everywhere and equal nowhere where it matters."""
    errors = []
    for o in observations:
        for name, truth in o.case.truth.items():
            got = o.arrays.get(name)
            if got is None or got.shape != truth.value.shape:
                return None
            size = np.max(np.abs(truth.value), initial=0.0)
            errors.append(float(np.max(np.abs(got - truth.value), initial=0.0) / size) if size else 0.0)
    return Diagnosis("approximation-too-coarse") if errors and max(errors) < room else None


def find_coarse_step(
    exercise: GraphExercise, observations: Sequence[Observation], wrong: frozenset[str]
) -> Diagnosis | None:
    """Name differences that were taken for derivatives, when one known step makes the learner's numbers."""
    if not exercise.differentiates or not observations:
        return None
    for step in COARSE_STEPS:
        for ahead, back in ((1, 0), (0, 1), (1, 1)):
            if all(_measured(exercise, o, name, step, ahead, back) for o in observations[:2] for name in wrong):
                return Diagnosis("approximation-too-coarse")
    return None


def _measured(exercise: GraphExercise, o: Observation, name: str, step: float, ahead: int, back: int) -> bool:
    got, leaf = o.arrays.get(name), exercise.signature.outputs[name][1:]
    point = np.asarray(o.case.inputs.get(leaf, np.nan), dtype=float)
    if got is None or got.shape != point.shape or not np.all(np.isfinite(point)):
        return False
    last = exercise.program[-1].out
    for index in np.ndindex(point.shape):
        nudge = np.zeros(point.shape)
        nudge[index] = step
        ends = [forward(exercise.program, {**o.case.inputs, leaf: point + s * nudge})[last] for s in (ahead, -back)]
        if abs((ends[0] - ends[1]) / (step * (ahead + back)) - got[index]) > 1e-6 * np.max(np.abs(got)):
            return False
    return True


def find_repeats(observations: Sequence[Observation], wrong: frozenset[str]) -> Diagnosis | None:
    """Name one right number that was returned several times over."""
    for name in wrong:
        for o in observations:
            got, truth = o.arrays.get(name), o.case.truth[name]
            if got is None or truth.value.size != 1 or got.size < 2 or not np.all(truth.admits(got.reshape(-1, 1))):
                return None
    detail = {"got": "of several", "want": "one number"}
    return Diagnosis("right-values-wrong-shape", detail=detail) if wrong and observations else None


def is_made_by(reduce: Callable, o: Observation, name: str) -> bool:
    """Tell whether an output is the right one reduced (np.sum, np.mean) over some or all of its axes."""
    got, truth = o.arrays.get(name), o.case.truth[name].value
    if got is None or truth.size < 2:
        return False
    axes = [None, *range(truth.ndim)]
    made = [reduce(truth, axis=axis, keepdims=keep) for axis in axes for keep in (False, True)]
    made.append(np.full(truth.shape, reduce(truth)))
    return any(got.shape == m.shape and np.allclose(got, m, rtol=1e-4, atol=1e-9) for m in made)


def find_factors(observations: Sequence[Observation], wrong: frozenset[str]) -> tuple[str, ...]:
    """Name the wrong numbers whose product multiplies every wrong output, when it takes two of them."""
    ratios = [_ratio(o, wrong) for o in observations if o.case.kind is CaseKind.REGULAR]
    if len(ratios) < 2 or any(ratio is None for ratio, _ in ratios):
        return ()
    for two, two_id in ((1.0, ""), (2.0, "factor-two"), (0.5, "half-kept")):
        for power, count_id in ((0, ""), (1, "sum-not-mean"), (-1, "averaged-twice")):
            for sign, sign_id in ((1.0, ""), (-1.0, "sign-flipped")):
                ids = tuple(id for id in (two_id, count_id, sign_id) if id)
                if len(ids) == 2 and all(np.isclose(r, sign * two * float(m) ** power, rtol=1e-3) for r, m in ratios):
                    return ids
    return ()


def _ratio(o: Observation, wrong: frozenset[str]) -> tuple[float | None, int]:
    """Return the one number that the wrong outputs are the truth times, and the number of examples."""
    found = set()
    for name in wrong:
        got, true = o.arrays.get(name), o.case.truth[name].value
        if got is None or got.shape != true.shape or not np.any(true):
            return None, o.case.count_examples()
        ratio = float(np.sum(got * true) / np.sum(true * true))
        if not np.allclose(got, ratio * true, rtol=1e-4, atol=1e-6 * np.max(np.abs(true))):
            return None, o.case.count_examples()
        found.add(ratio)
    same = bool(found) and np.allclose(list(found), min(found), rtol=1e-3)
    return (min(found) if same else None), o.case.count_examples()


def find_clipping(observations: Sequence[Observation], wrong: frozenset[str]) -> Diagnosis | None:
    """Name outputs that are the truth cut off at one limit: entry by entry, or by the length of the whole array.

    Something has to be below the limit and unchanged: where everything is cut, only the limit came back.
    """
    for limit_of, cut in ((_largest, lambda v, c: np.clip(v, -c, c)), (np.linalg.norm, _shortened)):
        limits, kept = [], False
        for o in observations:
            for name in wrong:
                got, truth = o.arrays.get(name), o.case.truth[name]
                if got is None or got.shape != truth.value.shape or not np.all(np.isfinite(got)):
                    return None
                limit = float(limit_of(got))
                if np.all(truth.admits(got)):
                    kept |= bool(np.any(truth.value))
                    continue
                made = cut(truth.value, limit)
                if not np.allclose(got, made, rtol=1e-4, atol=1e-9) or limit < 1e-9:
                    break
                limits.append(limit)
                kept |= bool(np.any((made == truth.value) & (made != 0)))
            else:
                continue
            break
        else:
            if kept and limits and np.allclose(limits, limits[0], rtol=1e-6):
                return Diagnosis("gradient-clipped")
    return None


def _largest(values: np.ndarray) -> float:
    return float(np.max(np.abs(values), initial=0.0))


def _shortened(values: np.ndarray, limit: float) -> np.ndarray:
    length = float(np.linalg.norm(values))
    return values * (limit / length) if length > limit else values
