"""Right and wrong answers to ``relu_net_grads``, as a learner might write them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Answer = Callable[..., dict[str, np.ndarray]]


def right(X: Any, Y: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> dict[str, np.ndarray]:
    """Return all four gradients of the mean of the losses."""
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    dZ2 = (A1 @ W2 + b2 - Y) / len(X)
    dZ1 = (dZ2 @ W2.T) * (Z1 > 0)
    return {
        "dW1": X.T @ dZ1,
        "db1": dZ1.sum(axis=0, keepdims=True),
        "dW2": A1.T @ dZ2,
        "db2": dZ2.sum(axis=0, keepdims=True),
    }


def right_float32(*args: Any) -> dict[str, np.ndarray]:
    """Return the same, computed in single precision from the first line to the last."""
    return right(*(np.asarray(arg, dtype=np.float32) for arg in args))


def bias_not_averaged(X: Any, *rest: Any) -> dict[str, np.ndarray]:
    """Forget the 1/m in db1 alone."""
    grads = right(X, *rest)
    return {**grads, "db1": grads["db1"] * len(X)}


def mask_missing(X: Any, Y: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> dict[str, np.ndarray]:
    """Forget that a closed ReLU passes nothing on."""
    A1 = np.maximum(X @ W1 + b1, 0)
    dZ2 = (A1 @ W2 + b2 - Y) / len(X)
    dZ1 = dZ2 @ W2.T
    grads = right(X, Y, W1, b1, W2, b2)
    return {**grads, "dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True)}


def stale_weights(X: Any, Y: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> dict[str, np.ndarray]:
    """Step W2 first (rate 0.1), then carry the error back through what is no longer the W2 of the forward pass."""
    grads = right(X, Y, W1, b1, W2, b2)
    Z1 = X @ W1 + b1
    dZ2 = (np.maximum(Z1, 0) @ W2 + b2 - Y) / len(X)
    dZ1 = (dZ2 @ (W2 - 0.1 * grads["dW2"]).T) * (Z1 > 0)
    return {**grads, "dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True)}


def one_bias_off(*args: Any) -> dict[str, np.ndarray]:
    """Be one per cent off in the first entry of db1."""
    grads = right(*args)
    return {**grads, "db1": grads["db1"] * np.where(np.arange(grads["db1"].size) == 0, 1.01, 1.0)}


SOUND: frozenset[Answer] = frozenset({right, right_float32})
"""The answers that deserve full marks."""
