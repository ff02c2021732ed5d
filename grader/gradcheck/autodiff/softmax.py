"""Softmax over the classes of each example, the loss that belongs to it, and the derivatives of both."""

from __future__ import annotations

from typing import Any

import numpy as np


def softmax(z: Any) -> Any:
    """Return probabilities (..., k) from scores (..., k); each row is shifted first, so that no score overflows."""
    z = np.asarray(z, dtype=np.result_type(z, np.float32))
    powers = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)


def softmax_link(d_out: Any, p: Any) -> Any:
    """Carry the derivative of the probabilities p (m, k) to the scores: every class depends on every score."""
    return p * (d_out - np.sum(d_out * p, axis=-1, keepdims=True))


def class_cross_entropy(p: Any, y: Any) -> Any:
    """Return minus the log of the right class's probability, (..., 1), for rows y with one 1 each."""
    return -np.sum(y * np.log(p), axis=-1, keepdims=True)


def class_cross_entropy_link(d_out: Any, p: Any, y: Any) -> Any:
    """Carry the derivative of the losses (m, 1) to the probabilities (m, k)."""
    return d_out * (-y / p)
