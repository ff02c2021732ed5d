"""The operations of forward computations: each one's value, derivative and stacked form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def sigmoid(z: Any) -> Any:
    """Return 1/(1 + exp(-z)), written with tanh so that no z overflows."""
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(z, dtype=float)))


def _cross_entropy(a: Any, y: Any) -> Any:
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))


FORWARD: dict[str, Callable] = {
    "affine": lambda a, w, b: a @ w + b,
    "identity": lambda z: z * 1.0,
    "relu": lambda z: np.maximum(z, 0.0),
    "sigmoid": sigmoid,
    "half_square": lambda a, y: 0.5 * (a - y) ** 2,
    "cross_entropy": _cross_entropy,
    "mean": np.mean,
    "total": np.sum,
    "weigh": lambda z, upstream: np.sum(z * upstream),
}

SLOPE: dict[str, Callable] = {
    "identity": lambda z, a: np.ones_like(z) if np.ndim(z) else 1.0,
    "relu": lambda z, a: (np.asarray(z) > 0) * 1.0,
    "sigmoid": lambda z, a: a * (1 - a),
}

LOSS_SLOPE: dict[str, Callable] = {
    "half_square": lambda a, y: a - y,
    "cross_entropy": lambda a, y: (a - y) / (a * (1 - a)),
}


def weight_link(a: Any, dz: Any) -> Any:
    """Carry dz (m, k) to the weights that multiplied a (m, n): (n, k); for one example a (n,): (n,)."""
    return a * dz if np.ndim(a) == 1 else np.transpose(a) @ dz


def bias_link(dz: Any) -> Any:
    """Carry dz to the bias: (1, k) from (m, k), a number from (m,) or from a number."""
    return np.sum(dz, axis=0, keepdims=True) if np.ndim(dz) == 2 else float(np.sum(dz))


def level(args: list[np.ndarray], op: str) -> list[np.ndarray]:
    """Give all arrays as many axes behind the first as the longest has: as numpy broadcasts single points."""
    most = 0 if op == "affine" else max(arg.ndim for arg in args)
    return [arg.reshape(arg.shape[:1] + (1,) * (most - arg.ndim) + arg.shape[1:]) for arg in args]


def _stacked_affine(a: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return a @ w + b for (s, n) or (s, m, n), (s, n) or (s, n, h), and (s, ...)."""
    z = (a if a.ndim == 3 else a[:, None, :]) @ (w if w.ndim == 3 else w[:, :, None])
    z = z if w.ndim == 3 else z[..., 0]
    z = z if a.ndim == 3 else z[:, 0]
    return np.add(*level([z, b], ""))


def _over_points(reduce: Callable) -> Callable:
    return lambda x: reduce(x, axis=tuple(range(1, x.ndim)))


STACKED: dict[str, Callable] = {
    "affine": _stacked_affine,
    "mean": _over_points(np.mean),
    "total": _over_points(np.sum),
    "weigh": lambda z, upstream: _over_points(np.sum)(z * upstream),
}
