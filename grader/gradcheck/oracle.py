"""The truth: finite differences of a forward computation, with a bound on their error for each entry.

Central differences at several steps, each with half of it, Richardson extrapolation
``r = (4 d(h/2) - d(h)) / 3`` and the error estimate ``|d(h/2) - d(h)| / 30 + 50 eps |f| / h`` (the first term from the
two leading terms of the expansion of a central difference, the second from rounding in f). A step across which a ReLU
opens or closes is not used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.graph import Program, forward, kinks

STEPS = (1e-2, 1e-3, 1e-4, 1e-5)
"""Relative to the mean size of the array that is moved."""
RTOL = 1e-4
"""An answer that was computed in float32 is right (measured: up to 3.5e-5 off)."""
ATOL = 1e-12


class Undecidable(ValueError):
    """No step leaves every ReLU on its side: these inputs cannot decide about a derivative."""


@dataclass(frozen=True)
class Estimate:
    """A derivative and how far from it the true one may be."""

    value: np.ndarray
    bound: np.ndarray

    def admits(self, answer: np.ndarray, rtol: float = RTOL) -> np.ndarray:
        """Return per entry whether ``answer`` may be the derivative; the shapes must agree."""
        scale = np.max(np.abs(self.value), initial=0.0)
        return np.abs(answer - self.value) <= self.bound + rtol * scale + ATOL


def exact(value: Any) -> Estimate:
    """Wrap a value that is known to rounding."""
    array = np.asarray(value, dtype=float)
    return Estimate(array, np.zeros_like(array))


def differentiate(program: Program, inputs: Mapping[str, Any], name: str) -> Estimate:
    """Differentiate the last step of ``program`` with respect to each entry of ``inputs[name]``.

    Raises Undecidable where every step crosses a kink.
    """
    point = np.asarray(inputs[name], dtype=float)
    value, bound = np.empty(point.shape), np.empty(point.shape)
    for index in np.ndindex(point.shape):
        direction = np.zeros(point.shape)
        direction[index] = 1.0
        value[index], bound[index] = along(program, inputs, {name: direction})
    return Estimate(value, bound)


def along(program: Program, inputs: Mapping[str, Any], direction: Mapping[str, np.ndarray]) -> tuple[float, float]:
    """Return the derivative of the last step along ``direction`` (name -> array of its shape) and its error bound."""
    sizes = [np.mean(np.abs(inputs[name])) for name in direction]
    scale = float(np.mean(sizes)) or 1.0
    start = kinks(program, forward(program, inputs))
    best = (0.0, np.inf)
    for relative in STEPS:
        step = relative * scale
        differences, size, crossed = [], 0.0, False
        for half in (step, step / 2):
            ends = [_moved(program, inputs, direction, sign * half) for sign in (1, -1)]
            crossed |= any(not _same(start, kinks(program, end)) for end in ends)
            up, down = (float(end[program[-1].out]) for end in ends)
            size = max(size, abs(up), abs(down))
            differences.append((up - down) / (2 * half))
        if crossed:
            continue
        wide, narrow = differences
        error = abs(narrow - wide) / 30 + 50 * np.finfo(float).eps * size / step
        if error < best[1]:
            best = ((4 * narrow - wide) / 3, error)
    if not np.isfinite(best[1]):
        raise Undecidable("every step crosses a kink of a ReLU; draw other inputs")
    return best


def _moved(program: Program, inputs: Mapping[str, Any], direction: Mapping[str, np.ndarray], step: float) -> dict:
    moved = {name: np.asarray(inputs[name], dtype=float) + step * change for name, change in direction.items()}
    return forward(program, {**inputs, **moved})


def _same(one: tuple[np.ndarray, ...], other: tuple[np.ndarray, ...]) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
