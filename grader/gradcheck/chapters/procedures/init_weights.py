"""Draw the weights that a deep ReLU network starts with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from gradcheck.call import Branch, Code, Value
from gradcheck.chapters.procedures.chance import arrays_in, find_own_randomness
from gradcheck.comparison.extraction import describe_form, numbers
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.property_exercise import PropertyExercise, Trial

CALLS: tuple[tuple[str, list[int], int], ...] = (
    (CaseKind.IN_VIEW, [2, 16, 16, 1], 11),
    ("other generator", [2, 16, 16, 1], 12),
    ("narrowing", [240, 120, 40], 13),
    ("widening", [30, 90, 250], 14),
    ("equal widths", [100, 100, 100], 15),
    ("one layer", [5, 3], 16),
    ("one unit", [4, 1, 3], 17),
    ("same generator", [2, 16, 16, 1], 11),
)
"""What is special about each call, its widths, and the seed of its generator."""
FIRST, OTHER, SAME = 0, 1, 7
"""The places of the calls that are compared with each other."""
ENOUGH = 2500
"""Entries from which on mean and variance say something: the variance of that many is off by 3 percent."""
HEAD = 400
"""Entries of two arrays that are compared: where most of them are 0, a few could be equal by chance."""
MANY = 0.25
"""The part of all lines that has to come twice."""
VARIANCE_OFF, MEAN_OFF = 0.2, 6.0
"""How far the variance may be from the one asked for (a share of it), and the mean from 0 (in standard errors)."""


def _draw(rng: np.random.Generator) -> tuple[Trial, ...]:
    """Return the calls; what is drawn in them comes from the generators that are handed over."""
    del rng
    return tuple(
        Trial(kind, (list(widths), Code(f"np.random.default_rng({seed})")), (widths, kind))
        for kind, widths, seed in CALLS
    )


def _accepts(value: Value, known: tuple) -> Diagnosis | None:
    widths, _ = known
    pairs = list(zip(widths[:-1], widths[1:], strict=True))
    wanted = f"a list of {len(pairs)} array{'s' if len(pairs) > 1 else ''}"
    if isinstance(value, Branch) and value.type != "dict" and (count := _miscounted(value, pairs)) is not None:
        return count
    if not isinstance(value, Branch) or value.type == "dict" or len(value.items) != len(pairs):
        return Diagnosis("wrong-container", detail={"got": describe_form(value), "want": wanted})
    arrays = [numbers(item) for item in value.items]
    for number, (array, item, pair) in enumerate(zip(arrays, value.items, pairs, strict=True), start=1):
        if array is None:
            detail = {"got": describe_form(item), "want": f"an array of shape {pair}"}
            return Diagnosis("wrong-container", f"W{number}", detail=detail)
    drawn = [np.asarray(array) for array in arrays]
    return _shapes(drawn, pairs) or _twins(drawn) or _spread(drawn, pairs)


def _miscounted(value: Branch, pairs: Sequence[tuple[int, int]]) -> Diagnosis | None:
    """Name the array that is missing at an end, or the one too many, where the others have the shapes asked for."""
    arrays = [numbers(item) for item in value.items]
    shapes = [array.shape for array in arrays if array is not None]
    last = len(pairs)
    for fits, seen in (
        (shapes == pairs[:-1], f"W{last} is missing."),
        (shapes == pairs[1:], "W1 is missing."),
        (shapes[:-1] == pairs, "One array too many came back, behind the others."),
        (shapes[1:] == pairs, "One array too many came back, before the others."),
    ):
        if fits and len(shapes) == len(arrays) != last:
            return Diagnosis("off-by-one", "what came back", detail={"seen": seen})
    return None


def _shapes(arrays: Sequence[np.ndarray], pairs: Sequence[tuple[int, int]]) -> Diagnosis | None:
    for number, (array, pair) in enumerate(zip(arrays, pairs, strict=True), start=1):
        if array.shape != pair:
            seen = {"seen": f"W{number} has the shape {array.shape}; it should be {pair}."}
            turned = array.size == pair[0] * pair[1]
            return Diagnosis("right-values-wrong-shape" if turned else "wrong-container", f"W{number}", detail=seen)
    return None


def _spread(arrays: Sequence[np.ndarray], pairs: Sequence[tuple[int, int]]) -> Diagnosis | None:
    """Compare mean and variance with those asked for, in every array that is large enough."""
    for number, (array, pair) in enumerate(zip(arrays, pairs, strict=True), start=1):
        if array.size < ENOUGH:
            continue
        if not np.all(np.isfinite(array)):
            return Diagnosis()
        if found := (_off_center(array, f"W{number}") or _too_wide(array, pair, f"W{number}")):
            return found
    return None


def _off_center(array: np.ndarray, name: str) -> Diagnosis | None:
    spread, mean = float(np.std(array)), float(np.mean(array))
    off = abs(mean) > MEAN_OFF * spread / np.sqrt(array.size) and abs(mean) > 1e-9
    return Diagnosis("mean-not-zero", name) if off else None


def _too_wide(array: np.ndarray, pair: tuple[int, int], name: str) -> Diagnosis | None:
    """Compare the variance, about the mean that the numbers have, with the one asked for."""
    share = float(np.var(array)) * pair[0] / 2
    return Diagnosis("variance-wrong", name, detail={"got": f"{share:.2g}"}) if abs(share - 1) > VARIANCE_OFF else None


def _twins(arrays: Sequence[np.ndarray]) -> Diagnosis | None:
    """Find numbers that were used twice: in two columns, in two rows, or in two layers."""
    large = [array for array in arrays if array.size >= ENOUGH and np.std(array) > 0]
    heads = [np.ravel(array)[:HEAD] / np.std(array) for array in large]
    repeated = any(_repeats(lines) for array in large for lines in (array, array.T))
    if repeated or any(np.allclose(one, other) for i, one in enumerate(heads) for other in heads[:i]):
        return Diagnosis("entries-repeated", "the weights")
    return None


def _repeats(lines: np.ndarray) -> bool:
    """Tell whether many lines come twice; with a coin that hardly ever falls on one side, some do by chance."""
    return len(np.unique(np.round(lines, 12), axis=0)) < (1 - MANY) * len(lines)


def _across(calls: Sequence[tuple[Value, tuple]]) -> tuple[Diagnosis, ...]:
    """Say where chance comes from, and what is wrong with means and variances besides what each call shows alone."""
    one, other, again = (calls[place][0] for place in (FIRST, OTHER, SAME))
    constant = all(array.size == 0 or np.ptp(array) == 0 for array in arrays_in(one))
    own = None if constant else find_own_randomness(one, other, again)
    return (*((own,) if own else ()), *_both(calls))


def _both(calls: Sequence[tuple[Value, tuple]]) -> tuple[Diagnosis, ...]:
    """Return what is wrong with mean and with variance of the arrays that have the shapes asked for."""
    found: dict[str, Diagnosis] = {}
    for value, (widths, _) in calls:
        pairs = list(zip(widths[:-1], widths[1:], strict=True))
        arrays = [array for array in arrays_in(value) if array.shape in pairs]
        if _twins(arrays) is not None:
            return ()
        for array in arrays:
            if array.size >= ENOUGH and np.all(np.isfinite(array)):
                name = f"W{pairs.index(array.shape) + 1}"
                for diagnosis in (_off_center(array, name), _too_wide(array, array.shape, name)):
                    if diagnosis is not None:
                        found.setdefault(diagnosis.mistake, diagnosis)
    return tuple(found.values())


def _normal(spread: Callable[[int, int], float], source: Callable | None = None, mean: float = 0.0) -> Callable:
    """Return the rule with another spread, another source of chance, or another mean."""

    def draw(widths: Sequence[int], rng: np.random.Generator) -> list:
        own = source(rng) if source else rng
        pairs = zip(widths[:-1], widths[1:], strict=True)
        return [own.normal(mean, spread(n, k), size=(n, k)) for n, k in pairs]

    return draw


def _right(n: int, _: int) -> float:
    return float(np.sqrt(2 / n))


NEIGHBOURS: dict[str, Callable] = {
    "variance for spread": _normal(lambda n, k: 2 / n),
    "one over n": _normal(lambda n, k: np.sqrt(1 / n)),
    "width of the units": _normal(lambda n, k: np.sqrt(2 / k)),
    "both widths": _normal(lambda n, k: np.sqrt(2 / (n + k))),
    "four over n": _normal(lambda n, k: np.sqrt(4 / n)),
    "spread of one": _normal(lambda n, k: 1.0),
    "a small number": _normal(lambda n, k: 0.01),
    "above zero": lambda widths, rng: [np.abs(W) for W in _normal(_right)(widths, rng)],
    "from 0 on": lambda widths, rng: [
        rng.random((n, k)) * np.sqrt(6 / n) for n, k in zip(widths[:-1], widths[1:], strict=True)
    ],
    "numpy's own generator": _normal(_right, lambda rng: np.random),
    "a new generator": _normal(_right, lambda rng: np.random.default_rng()),
    "a new generator with a seed": _normal(_right, lambda rng: np.random.default_rng(0)),
    "equal columns": lambda widths, rng: [
        np.repeat(W[:, :1], W.shape[1], axis=1) for W in _normal(_right)(widths, rng)
    ],
    "turned": lambda widths, rng: [W.T for W in _normal(_right)(widths, rng)],
    "one layer fewer": lambda widths, rng: _normal(_right)(widths[:-1], rng),
    "one layer more": lambda widths, rng: _normal(_right)((*widths, 7), rng),
    "the first layer left out": lambda widths, rng: _normal(_right)(widths[1:], rng),
    "zeros": lambda widths, rng: [0 * W for W in _normal(_right)(widths, rng)],
}
"""Rules close to the right one."""


def init_weights_exercise(points: float) -> PropertyExercise:
    """Return the exercise ``init_weights(widths, rng)``."""
    return PropertyExercise(
        "init_weights",
        points,
        ("widths", "rng"),
        _draw,
        _accepts,
        across=_across,
        neighbours=NEIGHBOURS,
        hints={
            "right-values-wrong-shape": (
                "How many numbers enter this layer, and how many leave it?",
                "Write each pair of neighbours in `widths` down: it is the shape of one W.",
            ),
            "off-by-one": (
                "How many layers do three widths make?",
                "Write each pair of neighbours in `widths` down, the first and the last, too: each is one shape.",
            ),
            "wrong-container": (
                "How many layers do three widths make, and what does the caller receive?",
                "Write each pair of neighbours in `widths` down: it is the shape of one W.",
            ),
            "": (
                "What must be true of the numbers in each W: their mean, their variance, where they come from?",
                "Draw one large W and print its mean, its variance and its shape.",
            ),
        },
    )
