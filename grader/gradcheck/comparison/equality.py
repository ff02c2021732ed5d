"""When two answers are equal, and how far apart they may be."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from gradcheck.autodiff.oracle import ATOL, RTOL, Estimate
from gradcheck.call import Branch, Leaf, Value
from gradcheck.comparison.extraction import numbers
from gradcheck.comparison.status import Grade

REPLAY_RTOL = 2e-4
"""Between an answer and a replayed mistake: above what float32 loses, far below what a mistake changes."""
ROUNDED_ATOL = 1e-9
"""Between an answer and a value that was rounded to decimals: far below the last decimal that is kept."""


def grade_output(got: np.ndarray, truth: Estimate) -> Grade:
    """Grade one output. Shapes come first: broadcasting would hide a missing axis."""
    want = truth.value.shape
    if got.shape == want:
        return Grade.RIGHT if bool(np.all(truth.admits(got))) else _grade_transposed(got, truth)
    if got.ndim == 2 and got.shape == want[::-1]:
        return _grade_transposed(got, truth)
    if got.size == truth.value.size and bool(np.all(truth.admits(got.reshape(want)))):
        return Grade.WRONG_SHAPE
    return Grade.WRONG


def _grade_transposed(got: np.ndarray, truth: Estimate) -> Grade:
    fits = got.ndim == 2 and got.T.shape == truth.value.shape and bool(np.all(truth.admits(got.T)))
    return Grade.TRANSPOSED if fits else Grade.WRONG


def is_close(got: np.ndarray, want: np.ndarray, rtol: float = RTOL) -> bool:
    """Tell whether two arrays agree in shape, and in value to ``rtol`` of the largest entry of ``want``.

    Nothing is close to what is not finite.
    """
    if got.shape != want.shape:
        return False
    size = float(np.abs(want).max(initial=0.0))
    return math.isfinite(size) and bool(np.abs(got - want).max(initial=0.0) <= rtol * size + ATOL)


def matches_replay(got: np.ndarray, made: object) -> bool:
    """Tell whether ``got`` is what a replayed mistake made; nothing matches what is not finite."""
    return is_close(got, np.asarray(made, dtype=float), REPLAY_RTOL)


def matches_rounded(got: np.ndarray, rounded: np.ndarray) -> bool:
    """Tell whether ``got`` is what rounding made."""
    return got.shape == np.shape(rounded) and bool(np.allclose(got, rounded, rtol=0, atol=ROUNDED_ATOL))


def is_same_value(one: Value, other: Value, rtol: float = RTOL) -> bool:
    """Tell whether two described values hold the same numbers in the same places, lists as good as tuples."""
    if isinstance(one, Branch) and isinstance(other, Branch):
        if (one.type == "dict") != (other.type == "dict"):
            return False
        mine, theirs = _entries(one), _entries(other)
        return mine.keys() == theirs.keys() and all(is_same_value(mine[key], theirs[key], rtol) for key in mine)
    if isinstance(one, Leaf) and isinstance(other, Leaf) and one.type == other.type == "NoneType":
        return True
    a, b = numbers(one), numbers(other)
    return a is not None and b is not None and is_close(a, b, rtol)


def _entries(branch: Branch) -> Mapping[str | int, Value]:
    """Return the items by their keys, or by their positions."""
    keys = branch.keys if branch.type == "dict" else range(len(branch.items))
    return dict(zip(keys, branch.items, strict=True))
