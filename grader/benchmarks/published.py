"""The gradient checks that known courses and libraries publish, written anew from their rules.

Every rule takes a ``Problem`` and tells whether the answer passes. Steps and tolerances are the published ones; where a
source prints a number and leaves the verdict to the reader, the threshold that its text names is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

Arrays = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Point:
    """Where a gradient is checked."""

    cost: Callable[[Arrays], float]
    """Parameters -> cost."""
    params: Arrays
    _known: dict[tuple[float, bool], Arrays] = field(default_factory=dict, repr=False)

    def numeric(self, step: float, *, central: bool = True) -> Arrays:
        """Return the finite differences of the cost for every entry of every parameter."""
        if (step, central) not in self._known:
            self._known[step, central] = {name: self._slopes(name, step, central) for name in self.params}
        return self._known[step, central]

    def _slopes(self, name: str, step: float, central: bool) -> np.ndarray:
        value, back, width = self.params[name], -step * central, step * (1 + central)
        slopes = [
            (self._cost_at(name, at, step) - self._cost_at(name, at, back)) / width for at in np.ndindex(value.shape)
        ]
        return np.reshape(slopes, value.shape)

    def _cost_at(self, name: str, index: tuple[int, ...], step: float) -> float:
        value = self.params[name].copy()
        value[index] += step
        return self.cost({**self.params, name: value})


@dataclass(frozen=True)
class Problem:
    """One answer to check, at one point."""

    point: Point
    grads: Arrays
    """The answer: parameter name -> its gradient."""
    rng: np.random.Generator

    def pairs(self, step: float, *, central: bool = True) -> list[tuple[np.ndarray, np.ndarray]]:
        """Return the answer beside the finite differences, for each parameter."""
        return [(self.grads[name], slopes) for name, slopes in self.point.numeric(step, central=central).items()]


def deeplearning_ai(problem: Problem) -> bool:
    """Compare one norm over all parameters.

    DeepLearning.AI, "Improving Deep Neural Networks", week 1, ``gradient_check_n``: central, step 1e-7,
    |g - n| / (|g| + |n|) at most 2e-7.
    """
    grad, numeric = (np.concatenate([a.ravel() for a in side]) for side in zip(*problem.pairs(1e-7), strict=True))
    return bool(np.linalg.norm(grad - numeric) <= 2e-7 * (np.linalg.norm(grad) + np.linalg.norm(numeric)))


def cs231n(problem: Problem) -> bool:
    """Compare every entry by its own relative error.

    Stanford CS231n, ``eval_numerical_gradient`` with ``rel_error``: central, step 1e-5, |g - n| / max(1e-8, |g| + |n|);
    of the thresholds in its notes and notebooks (1e-8, 1e-7, and 1e-4 where there are kinks) the kindest.
    """
    return all(
        bool(np.all(np.abs(grad - numeric) <= 1e-4 * np.maximum(1e-8, np.abs(grad) + np.abs(numeric))))
        for grad, numeric in problem.pairs(1e-5)
    )


def cs231n_sparse(problem: Problem) -> bool:
    """Compare ten random entries of each array by relative error.

    Stanford CS231n, ``grad_check_sparse``: central, step 1e-5, ten draws, |g - n| / (|g| + |n|), printed; 1e-4 as
    above. Where a unit is dead it prints 0/0, which is no pass.
    """
    for grad, numeric in problem.pairs(1e-5):
        picked = problem.rng.integers(numeric.size, size=10)
        one, other = grad.ravel()[picked], numeric.ravel()[picked]
        with np.errstate(invalid="ignore"):
            if not np.all(np.abs(one - other) / (np.abs(one) + np.abs(other)) <= 1e-4):
                return False
    return True


def cmu_dlsys(problem: Problem) -> bool:
    """Compare the sum of the norms of all errors with one absolute number.

    Carnegie Mellon 10-714, homework 1, ``gradient_check``: the output projected to a number (here the cost is one),
    central, step 1e-4, sum over the arrays of |g - n| below 1e-6.
    """
    return bool(sum(np.linalg.norm(grad - numeric) for grad, numeric in problem.pairs(1e-4)) < 1e-6)


def minitorch(problem: Problem) -> bool:
    """Compare one random entry of each array.

    Cornell Tech MiniTorch, ``grad_check``: central, step 1e-6, relative and absolute tolerance 1e-2.
    """
    for grad, numeric in problem.pairs(1e-6):
        at = problem.rng.integers(numeric.size)
        if not np.isclose(grad.flat[at], numeric.flat[at], rtol=1e-2, atol=1e-2):
            return False
    return True


def torch_gradcheck(problem: Problem) -> bool:
    """Compare every entry with a mixed tolerance.

    ``torch.autograd.gradcheck``: central, step 1e-6, |g - n| at most 1e-5 + 1e-3 |n|.
    """
    return all(np.allclose(grad, numeric, rtol=1e-3, atol=1e-5) for grad, numeric in problem.pairs(1e-6))


def projection(problem: Problem) -> bool:
    """Compare the slope along one random direction of each array.

    HIPS autograd, ``test_util.check_grads``: central, width 1e-6, 1e-6 absolute or relative.
    """
    point = problem.point
    for name, value in point.params.items():
        direction = problem.rng.normal(size=value.shape)
        ends = [point.cost({**point.params, name: value + step * direction}) for step in (5e-7, -5e-7)]
        numeric, slope = (ends[0] - ends[1]) / 1e-6, float(np.sum(direction * problem.grads[name]))
        off = abs(numeric - slope)
        if off >= 1e-6 and off >= 1e-6 * abs(numeric + slope) / 2:
            return False
    return True


def udlbook(problem: Problem) -> bool:
    """Compare every entry with a forward difference.

    Prince, "Understanding Deep Learning", notebook 7.2: one-sided, step 1e-6, ``np.allclose`` at 1e-5 and 1e-8.
    """
    pairs = problem.pairs(1e-6, central=False)
    return all(np.allclose(numeric, grad, rtol=1e-5, atol=1e-8) for grad, numeric in pairs)


RULES: Mapping[str, Callable[[Problem], bool]] = {
    "DL.ai": deeplearning_ai,
    "CS231n": cs231n,
    "sparse": cs231n_sparse,
    "CMU": cmu_dlsys,
    "minitorch": minitorch,
    "torch": torch_gradcheck,
    "project": projection,
    "udlbook": udlbook,
}
"""Column -> rule."""
