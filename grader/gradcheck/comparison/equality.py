"""When two answers are equal."""

from __future__ import annotations

import numpy as np

from gradcheck.autodiff.oracle import ATOL, RTOL, Estimate
from gradcheck.call import Branch, Value
from gradcheck.comparison.extraction import numbers
from gradcheck.comparison.status import Grade


def compare(got: np.ndarray, truth: Estimate) -> Grade:
    """Grade one output. Shapes come first: broadcasting would hide a missing axis."""
    want = truth.value.shape
    if got.shape == want:
        return Grade.RIGHT if bool(np.all(truth.admits(got))) else _if_transposed(got, truth)
    if got.ndim == 2 and got.shape == want[::-1]:
        return _if_transposed(got, truth)
    if got.size == truth.value.size and bool(np.all(truth.admits(got.reshape(want)))):
        return Grade.WRONG_SHAPE
    return Grade.WRONG


def _if_transposed(got: np.ndarray, truth: Estimate) -> Grade:
    fits = got.ndim == 2 and got.T.shape == truth.value.shape and bool(np.all(truth.admits(got.T)))
    return Grade.TRANSPOSED if fits else Grade.WRONG


MATCH_RTOL = 2e-4
"""Above what float32 loses, far below what a mistake changes."""


def agrees(got: np.ndarray, made: object) -> bool:
    """Tell whether two results are the same numbers in the same shape."""
    made = np.asarray(made, dtype=float)
    if got.shape != made.shape:
        return False
    size = np.abs(made).max(initial=0.0)
    return bool(np.isfinite(size) and (np.abs(got - made) <= MATCH_RTOL * size + 1e-12).all())


def same(one: Value, other: Value, rtol: float = RTOL) -> bool:
    """Tell whether two described values hold the same numbers in the same places, lists as good as tuples."""
    if isinstance(one, Branch) and isinstance(other, Branch):
        if (one.type == "dict") != (other.type == "dict"):
            return False
        if one.type == "dict":
            mine, theirs = (
                dict(zip(one.keys, one.items, strict=True)),
                dict(zip(other.keys, other.items, strict=True)),
            )
            return mine.keys() == theirs.keys() and all(same(mine[key], theirs[key], rtol) for key in mine)
        return len(one.items) == len(other.items) and all(
            same(a, b, rtol) for a, b in zip(one.items, other.items, strict=True)
        )
    a, b = numbers(one), numbers(other)
    return a is not None and b is not None and close(a, b, rtol)


def close(got: np.ndarray, want: np.ndarray, rtol: float = RTOL) -> bool:
    """Tell whether two arrays agree in shape, and in value to ``rtol`` of the largest entry."""
    size = np.max(np.abs(want), initial=0.0)
    return got.shape == want.shape and bool(np.all(np.abs(got - want) <= rtol * size + ATOL))
