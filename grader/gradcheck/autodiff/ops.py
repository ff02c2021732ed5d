"""The operations of forward computations: one record each, with the value beside the derivatives.

To add an operation, add a record to ``OPERATIONS``. Nothing else has to know its name, except the faults that only
this operation can have.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np

from gradcheck.autodiff.softmax import class_cross_entropy, class_cross_entropy_link, softmax, softmax_link

MIN_KINK_DISTANCE = 0.03
"""Relative to the mean size of what enters the ReLU, as the steps are: small weights decide as well as large ones."""
MAX_Z = 6.0
"""Beyond it a sigmoid is so flat that differences are noise."""
MIN_RESIDUAL = 0.05
"""Relative to the mean residual: a smaller one would hide a mistake in its example."""
MIN_BIAS = 0.02
"""Relative to the mean weight: a smaller bias could be left out without being seen."""


class Kind(Enum):
    """What an operation is in the computation of a cost."""

    LINEAR = "linear"
    ACTIVATION = "activation"
    LOSS = "loss"
    REDUCTION = "reduction"
    """The mean over the examples."""
    OPERATION = "operation"
    """One operation of the machine of chapter 8, by itself."""
    SEED = "seed"
    """It makes one number of a value, so that there is something to differentiate. Pictures leave it out."""


@dataclass(frozen=True)
class Op:
    """One operation: its value, and the derivative that it hands back to each of its inputs."""

    name: str
    kind: Kind
    forward: Callable[..., Any]
    """From the inputs to the value."""
    links: tuple[Callable[..., Any], ...]
    """One for each input that gets a derivative: ``(d_out, out, *inputs)`` to the derivative of that input."""
    stacked: Callable[..., Any] | None = None
    """``forward`` at s points at once, (s, shape) each; None where ``forward`` itself does that by broadcasting."""
    word: str = ""
    """Its name in pictures."""
    passes_on: bool = False
    """The value is the input, so there is no slope to get wrong."""
    mask: Callable[..., np.ndarray] | None = None
    """Of an operation with a kink: which side of it each entry is on, from the inputs."""
    decides: Callable[..., bool] = lambda *inputs: True
    """Tell whether an answer can be judged at these inputs (arrays)."""

    def forward_stacked(self, args: list[np.ndarray]) -> np.ndarray:
        """Return the values at s points at once, from inputs (s, shape) or (1, shape)."""
        return self.stacked(*args) if self.stacked else self.forward(*align_axes(args))


def sigmoid(z: Any) -> Any:
    """Return 1/(1 + exp(-z)), written with tanh so that no z overflows."""
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(z, dtype=float)))


def cross_entropy(a: Any, y: Any) -> Any:
    """Return the cross-entropy of predictions a and labels y, entry by entry."""
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))


def weight_link(a: Any, dz: Any) -> Any:
    """Carry dz (m, k) to the weights that multiplied a (m, n): (n, k); for one example a (n,): (n,)."""
    return a * dz if np.ndim(a) == 1 else np.transpose(a) @ dz


def bias_link(dz: Any) -> Any:
    """Carry dz to the bias: (1, k) from (m, k), a number from (m,) or from a number."""
    return np.sum(dz, axis=0, keepdims=True) if np.ndim(dz) == 2 else float(np.sum(dz))


def fit_shape(gradient: Any, shape: tuple[int, ...]) -> Any:
    """Add up the copies of entries that broadcasting stretched, so that the gradient has ``shape`` again."""
    gradient = np.asarray(gradient)
    if gradient.ndim > len(shape):
        gradient = gradient.sum(axis=tuple(range(gradient.ndim - len(shape))))
    stretched = tuple(i for i, size in enumerate(shape) if size == 1 and gradient.shape[i] != 1)
    return gradient.sum(axis=stretched, keepdims=True) if stretched else gradient


def align_axes(args: list[np.ndarray]) -> list[np.ndarray]:
    """Give all arrays as many axes behind the first as the longest has: as numpy broadcasts single points."""
    most = max(arg.ndim for arg in args)
    return [arg.reshape(arg.shape[:1] + (1,) * (most - arg.ndim) + arg.shape[1:]) for arg in args]


def _stacked_affine(a: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return a @ w + b for (s, n) or (s, m, n), (s, n) or (s, n, h), and (s, ...)."""
    z = (a if a.ndim == 3 else a[:, None, :]) @ (w if w.ndim == 3 else w[:, :, None])
    z = z if w.ndim == 3 else z[..., 0]
    z = z if a.ndim == 3 else z[:, 0]
    return np.add(*align_axes([z, b]))


def _stacked_matmul(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return a @ b for (s, m, n) and (s, n, h); as one product of two tables where one factor never changes."""
    if len(b) == 1:
        return (a.reshape(-1, a.shape[2]) @ b[0]).reshape(*a.shape[:2], -1)
    if len(a) == 1:
        wide = a[0] @ b.transpose(1, 0, 2).reshape(b.shape[1], -1)
        return wide.reshape(a.shape[1], len(b), -1).transpose(1, 0, 2)
    return a @ b


def _stacked_dot(z: np.ndarray, upstream: np.ndarray) -> np.ndarray:
    z, upstream = align_axes([z, upstream])
    return _over_points(np.sum)(z * upstream)


def _over_points(reduce: Callable[..., Any]) -> Callable[[np.ndarray], np.ndarray]:
    return lambda x: reduce(x, axis=tuple(range(1, x.ndim)))


def _has_both_signs(values: np.ndarray) -> bool:
    return values.size < 2 or bool(values.min() < 0 < values.max())


def _mean_size(values: np.ndarray) -> float:
    """Return the mean absolute value; np.mean takes several times as long for a few numbers, and many are tried."""
    return float(np.abs(values).sum() / values.size)


def _affine_decides(a: np.ndarray, w: np.ndarray, b: np.ndarray) -> bool:
    del a
    return _has_both_signs(w) and bool(np.abs(b).min() > MIN_BIAS * _mean_size(w))


def _relu_decides(z: np.ndarray) -> bool:
    """Tell whether no entry is near the kink, and each unit is on for some examples and off for others."""
    on = z > 0
    mixed = bool(np.all(on.any(axis=0) & ~on.all(axis=0))) if z.ndim == 2 and z.shape[0] > 1 else True
    return mixed and bool(np.abs(z).min() > MIN_KINK_DISTANCE * _mean_size(z))


def _loss_decides(a: np.ndarray, y: np.ndarray) -> bool:
    residual = a - y
    return _has_both_signs(residual) and bool(np.abs(residual).min() > MIN_RESIDUAL * _mean_size(residual))


OPERATIONS: dict[str, Op] = {
    op.name: op
    for op in (
        Op(
            "affine",
            Kind.LINEAR,
            lambda a, w, b: a @ w + b,
            (
                lambda d_out, z, a, w, b: d_out @ w.T,
                lambda d_out, z, a, w, b: weight_link(a, d_out),
                lambda d_out, z, a, w, b: bias_link(d_out),
            ),
            _stacked_affine,
            word="linear",
            decides=_affine_decides,
        ),
        Op(
            "identity",
            Kind.ACTIVATION,
            lambda z: z * 1.0,
            (lambda d_out, a, z: d_out * (np.ones_like(z) if np.ndim(z) else 1.0),),
            word="same",
            passes_on=True,
        ),
        Op(
            "relu",
            Kind.ACTIVATION,
            lambda z: np.maximum(z, 0.0),
            (lambda d_out, a, z: d_out * ((np.asarray(z) > 0) * 1.0),),
            word="ReLU",
            mask=lambda z: np.asarray(z) > 0,
            decides=_relu_decides,
        ),
        Op(
            "sigmoid",
            Kind.ACTIVATION,
            sigmoid,
            (lambda d_out, a, z: d_out * (a * (1 - a)),),
            word="sigmoid",
            decides=lambda z: bool(np.max(np.abs(z)) < MAX_Z),
        ),
        Op(
            "times",
            Kind.OPERATION,
            lambda a, b: a * b,
            (
                lambda d_out, c, a, b: fit_shape(d_out * b, np.shape(a)),
                lambda d_out, c, a, b: fit_shape(d_out * a, np.shape(b)),
            ),
            word="times",
        ),
        Op(
            "matmul",
            Kind.OPERATION,
            lambda a, b: a @ b,
            (lambda d_out, c, a, b: d_out @ np.transpose(b), lambda d_out, c, a, b: np.transpose(a) @ d_out),
            _stacked_matmul,
            word="matmul",
        ),
        Op("exp", Kind.OPERATION, np.exp, (lambda d_out, e, a: d_out * e,), word="exp"),
        Op("log", Kind.OPERATION, np.log, (lambda d_out, e, a: d_out / a,), word="log"),
        Op(
            "half_square",
            Kind.LOSS,
            lambda a, y: 0.5 * (a - y) ** 2,
            (lambda d_out, loss, a, y: d_out * (a - y),),
            word="loss",
            decides=_loss_decides,
        ),
        Op(
            "cross_entropy",
            Kind.LOSS,
            cross_entropy,
            (lambda d_out, loss, a, y: d_out * ((a - y) / (a * (1 - a))),),
            word="loss",
            decides=_loss_decides,
        ),
        Op(
            "softmax",
            Kind.ACTIVATION,
            softmax,
            (lambda d_out, p, z: softmax_link(d_out, p),),
            word="softmax",
            decides=lambda z: bool(np.max(np.abs(z)) < MAX_Z),
        ),
        Op(
            "class_cross_entropy",
            Kind.LOSS,
            class_cross_entropy,
            (lambda d_out, loss, p, y: class_cross_entropy_link(d_out, p, y),),
            word="loss",
            decides=_loss_decides,
        ),
        Op(
            "mean",
            Kind.REDUCTION,
            np.mean,
            (lambda d_out, mean, x: d_out * np.ones_like(x) / np.size(x),),
            _over_points(np.mean),
            word="mean",
        ),
        Op("total", Kind.SEED, np.sum, (lambda d_out, total, x: d_out * np.ones_like(x),), _over_points(np.sum)),
        Op(
            "dot",
            Kind.SEED,
            lambda z, upstream: np.sum(z * upstream),
            (lambda d_out, dot, z, upstream: d_out * upstream,),
            _stacked_dot,
        ),
    )
}
"""All operations by name."""
