"""Train a deep network with sigmoids or ReLUs in its hidden layers, for chapter 6 to look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

Arrays = list[np.ndarray]

NEAREST = 1e-12
"""How near to 0 and 1 a prediction may come before its logarithm is taken."""


def _sigmoid(z: np.ndarray) -> np.ndarray:
    return 0.5 * (1.0 + np.tanh(0.5 * z))


KINDS: dict[str, tuple[Callable, Callable]] = {
    "sigmoid": (_sigmoid, lambda out: out - out**2),
    "ReLU": (lambda z: np.maximum(z, 0.0), lambda out: np.sign(out)),
}
"""Kind of the hidden layers -> the activation, and its slope as a function of the layer's output."""


def train_deep(
    X: np.ndarray, Y: np.ndarray, Ws: Sequence[np.ndarray], kind: str, lr: float = 0.03, steps: int = 1000
) -> list[float]:
    """Train from the weights ``Ws`` and biases 0, with all rows in every step; return the cost before each step.

    X (m, n), Y (m, 1) with targets 0 and 1; ``kind`` is a key of KINDS. The last layer has a sigmoid and the cost is
    the mean cross-entropy. A cost that is too large to count is nan. The arrays that are handed over stay as they are.
    """
    weights, biases, costs = list(Ws), [np.zeros((1, W.shape[1])) for W in Ws], []
    with np.errstate(all="ignore"):  # what explodes may leave the numbers
        for _ in range(steps):
            outs = _outputs(X, weights, biases, kind)
            costs.append(_cross_entropy(outs[-1], Y))
            deltas = _deltas(Y, outs, weights, kind)
            weights = [W - lr * into.T @ d for W, into, d in zip(weights, outs, deltas, strict=False)]
            biases = [b - lr * d.sum(axis=0, keepdims=True) for b, d in zip(biases, deltas, strict=True)]
    return costs


def delta_sizes(X: np.ndarray, Y: np.ndarray, Ws: Sequence[np.ndarray], kind: str) -> np.ndarray:
    """Return the norm of each layer's delta (K,) over that of the last one, at the weights ``Ws`` and biases 0."""
    outs = _outputs(X, list(Ws), [np.zeros((1, W.shape[1])) for W in Ws], kind)
    norms = np.array([np.linalg.norm(d) for d in _deltas(Y, outs, list(Ws), kind)])
    return norms / norms[-1]


def _outputs(X: np.ndarray, Ws: Arrays, bs: Arrays, kind: str) -> Arrays:
    """Return X and what every layer puts out."""
    outs, last = [X], len(Ws) - 1
    for number, (W, b) in enumerate(zip(Ws, bs, strict=True)):
        activate = _sigmoid if number == last else KINDS[kind][0]
        outs.append(activate(outs[-1] @ W + b))
    return outs


def _deltas(Y: np.ndarray, outs: Arrays, Ws: Arrays, kind: str) -> Arrays:
    """Return the slopes of the cost for every layer's weighted sums, first layer first."""
    found = [(outs[-1] - Y) / Y.shape[0]]
    for number in range(len(Ws) - 1, 0, -1):
        found.append((found[-1] @ Ws[number].T) * KINDS[kind][1](outs[number]))
    return found[::-1]


def _cross_entropy(out: np.ndarray, Y: np.ndarray) -> float:
    right = np.where(Y == 1, out, 1.0 - out)
    return float(-np.mean(np.log(np.maximum(right, NEAREST))))
