"""The truth: finite differences of a forward computation, with a bound on their error for each entry.

Central differences at several steps, each with half of it, Richardson extrapolation
``r = (4 d(h/2) - d(h)) / 3`` and the error estimate ``|d(h/2) - d(h)| / 30 + 50 eps |f| / h`` (the first term from the
two leading terms of the expansion of a central difference, the second from rounding in f). A step across which a ReLU
opens or closes is not used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.autodiff.program import Program, Step, forward, forward_stacked, kinks

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
    shape = np.shape(inputs[name])
    entries = np.eye(int(np.prod(shape, dtype=int)))
    values, bounds = _slopes(program, inputs, {name: entries.reshape(-1, *shape)})
    return Estimate(values.reshape(shape), bounds.reshape(shape))


def along(program: Program, inputs: Mapping[str, Any], direction: Mapping[str, np.ndarray]) -> tuple[float, float]:
    """Return the derivative of the last step along ``direction`` (name -> array of its shape) and its error bound.

    It is for large programs, whose many kinks leave room for small steps only.
    """
    directions = {name: np.asarray(d)[None] for name, d in direction.items()}
    values, bounds = _slopes(program, inputs, directions, STEPS[2:])
    return float(values[0]), float(bounds[0])


def multiply_links(program: Program, env: Mapping[str, Any]) -> dict[str, float]:
    """Return the derivative of the last step with respect to every value of a chain of single numbers.

    Each link is measured by itself and the links are multiplied. So derivatives are found, too, that are far smaller
    than the rounding in differences of the whole program.
    """
    slopes = {program[-1].out: 1.0}
    for step in reversed(program):
        inputs = [env[name] for name in step.inputs]
        for position, name in enumerate(step.inputs):
            slopes[name] = slopes[step.out] * _measured_link(step, inputs, position)
    return slopes


def _measured_link(step: Step, inputs: list, position: int) -> float:
    """Return the slope of one step with respect to one of its inputs, by differences with two steps."""

    def difference(h: float) -> float:
        ends = [step.op.forward(*inputs[:position], inputs[position] + s, *inputs[position + 1 :]) for s in (h, -h)]
        return float(np.sum(ends[0] - ends[1])) / (2 * h)

    return (4 * difference(5e-4) - difference(1e-3)) / 3


def _slopes(
    program: Program, inputs: Mapping[str, Any], directions: Mapping[str, np.ndarray], sizes: Sequence[float] = STEPS
) -> tuple[np.ndarray, np.ndarray]:
    """Return derivatives and error bounds (d,) along d directions: name -> (d, its shape).

    All points of all differences go through the program together, as one stack.
    """
    scale = float(np.mean([np.mean(np.abs(inputs[name])) for name in directions])) or 1.0
    steps = scale * np.array(sizes)
    offsets = np.stack([steps, -steps, steps / 2, -steps / 2])  # (4, k)
    moved = {}
    for name, direction in directions.items():
        change = np.multiply.outer(offsets.ravel(), direction)  # (4k, d, shape)
        moved[name] = np.asarray(inputs[name], dtype=float) + change.reshape(-1, *direction.shape[1:])
    env = forward_stacked(program, inputs, moved)
    ends = np.reshape(env[program[-1].out], (4, len(steps), -1))  # (4, k, d)
    wide, narrow = (ends[0] - ends[1]) / (2 * steps[:, None]), (ends[2] - ends[3]) / steps[:, None]
    rounding = 50 * np.finfo(float).eps * np.max(np.abs(ends), axis=0) / steps[:, None]
    errors = np.abs(narrow - wide) / 30 + rounding
    errors[_crossed(program, inputs, env).reshape(ends.shape).any(axis=0)] = np.inf
    best = np.argmin(errors, axis=0), np.arange(errors.shape[1])
    if not np.isfinite(errors[best]).all():
        raise Undecidable("every step crosses a kink of a ReLU; draw other inputs")
    return ((4 * narrow - wide) / 3)[best], errors[best]


def _crossed(program: Program, inputs: Mapping[str, Any], env: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return for each point of the stack whether a ReLU is on another side there than at the inputs themselves."""
    crossed = np.zeros(len(env[program[-1].out]), dtype=bool)
    for start, sides in zip(kinks(program, forward(program, inputs)), kinks(program, env), strict=True):
        crossed |= np.any(sides != start, axis=tuple(range(1, sides.ndim)))
    return crossed
