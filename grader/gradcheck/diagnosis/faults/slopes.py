"""Functions that are mistaken for an activation or for its slope."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from gradcheck.autodiff.ops import Op, sigmoid

WrongSlope = tuple[str, str, Callable[[Any, Any], Any]]
"""Mistake, label, and the slope as a function of z and a."""

ACTIVATIONS: dict[str, tuple[Callable, Callable | None]] = {
    "none": (lambda z: z * 1.0, lambda z: np.ones_like(z)),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z))),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "tanh of half": (lambda z: np.tanh(z / 2), lambda z: (1 - np.tanh(z / 2) ** 2) / 2),
    "leaky": (lambda z: np.where(z > 0, z, 0.01 * z), lambda z: np.where(z > 0, 1.0, 0.01)),
    **{
        f"leaky {by}": (lambda z, by=by: np.where(z > 0, z, by * z), lambda z, by=by: np.where(z > 0, 1.0, by))
        for by in (0.02, 0.05, 0.1, 0.2, 0.25, 0.3, 0.5)
    },
    "absolute": (np.abs, np.sign),
    "without the half": (lambda z: z + np.abs(z), None),
    "shifted down": (lambda z: np.maximum(z, 0) - 0.5, None),
    "shifted down by one": (lambda z: np.maximum(z, 0) - 1, None),
    "largest of each column": (lambda z: np.max(z, axis=0), None),
    "largest": (lambda z: np.max(z), None),
    "minimum": (lambda z: np.minimum(z, 0), lambda z: (z < 0) * 1.0),
    "step": (lambda z: (z > 0) * 1.0, None),
    "capped": (lambda z: np.clip(z, 0, 1), lambda z: ((z > 0) & (z < 1)) * 1.0),
    "capped at 6": (lambda z: np.clip(z, 0, 6), lambda z: ((z > 0) & (z < 6)) * 1.0),
    "negated": (lambda z: sigmoid(-z), lambda z: -sigmoid(z) * (1 - sigmoid(z))),
    "exp": (np.exp, np.exp),
    "negated exponent": (lambda z: 1 / (1 + np.exp(z)), lambda z: -sigmoid(z) * (1 - sigmoid(z))),
    "twice": (lambda z: sigmoid(sigmoid(z)), lambda z: sigmoid(sigmoid(z)) * (1 - sigmoid(sigmoid(z)))),
    "exponent": (lambda z: np.exp(-z) / (1 + np.exp(-z)), lambda z: -sigmoid(z) * (1 - sigmoid(z))),
    "shifted": (lambda z: np.maximum(z, 1), lambda z: (z > 1) * 1.0),
    "softplus": (lambda z: np.log1p(np.exp(z)), sigmoid),
    "twice as steep": (lambda z: sigmoid(2 * z), lambda z: 2 * sigmoid(2 * z) * (1 - sigmoid(2 * z))),
    "no one": (lambda z: 1 / np.exp(-z), np.exp),
    "softmax": (lambda z: np.exp(z) / np.sum(np.exp(z), axis=-1, keepdims=True), None),
    "slope of sigmoid": (lambda z: sigmoid(z) * (1 - sigmoid(z)), None),
    "one plus exp": (lambda z: 1 + np.exp(-z), lambda z: -np.exp(-z)),
    "straight": (lambda z: np.clip(0.5 + 0.25 * z, 0, 1), lambda z: (np.abs(z) < 2) * 0.25),
    "softmax over all": (lambda z: np.exp(z) / np.sum(np.exp(z)), None),
}
"""What may be taken for an activation, with its slope where a learner would take that as well."""


def wrong_slopes(op: Op, *, last: bool) -> Iterator[WrongSlope]:
    """Yield the slopes that may be taken for the one of ``op``; ``last``: no layer follows it."""
    if op.passes_on:
        yield from _extra_slopes()
        return
    yield "value-not-slope", "activation as slope", lambda z, a: a
    yield "value-not-slope", "z as slope", lambda z, a: z
    if op.name in SPECIAL:
        yield from SPECIAL[op.name](last)
        return
    yield from _no_slope(last)
    for name, (_, derivative) in ACTIVATIONS.items():
        if derivative is not None and name not in ("none", op.name):
            yield "wrong-slope", f"slope of {name}", lambda z, a, d=derivative: d(z)
    yield "wrong-slope", "own slope, z for a", lambda z, a: op.links[0](1.0, z, z)


def _extra_slopes() -> Iterator[WrongSlope]:
    """Yield slopes that are multiplied in where there is nothing to multiply."""
    for name, (_, derivative) in ACTIVATIONS.items():
        if name in ("relu", "sigmoid", "tanh"):
            yield ("extra-output-slope", f"slope of {name}", lambda z, a, d=derivative: d(z))
    yield "extra-output-slope", "a(1 - a)", lambda z, a: a * (1 - a)
    yield "value-not-slope", "prediction as slope", lambda z, a: a
    yield "extra-output-slope", "1 - a^2", lambda z, a: 1 - a**2


def _no_slope(last: bool) -> Iterator[WrongSlope]:
    yield "output-slope-missing" if last else "hidden-slope-missing", "no slope", lambda z, a: np.ones_like(z)


def _relu_slopes(last: bool) -> Iterator[WrongSlope]:
    del last
    tangent = ACTIVATIONS["tanh"][1]
    yield "relu-mask-missing", "no mask", lambda z, a: np.ones_like(z)
    any_open = lambda z, a: np.any(z > 0, axis=0) * np.ones_like(z)
    yield "mask-from-wrong-array", "open for any example", any_open
    yield "mask-inverted", "closed ones open", lambda z, a: (z <= 0) * 1.0
    for leak in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.3, 0.5, -1.0, -0.01):
        yield ("closed-units-leak", f"leak {leak}", lambda z, a, s=leak: np.where(z > 0, 1.0, s))
    yield "closed-units-leak", "z where closed", lambda z, a: np.where(z > 0, 1.0, z)
    yield "wrong-slope", "half", lambda z, a: 0.5 * np.ones_like(z)
    yield "wrong-slope", "zero", lambda z, a: np.zeros_like(z)
    yield "wrong-slope", "sigmoid", lambda z, a: sigmoid(z) * (1 - sigmoid(z))
    yield "wrong-slope", "softplus", lambda z, a: sigmoid(z)
    yield "wrong-slope", "a(1 - a)", lambda z, a: a * (1 - a)
    yield "wrong-slope", "tanh", lambda z, a: tangent(z)
    yield "wrong-slope", "1 - a^2", lambda z, a: 1 - a**2
    yield "wrong-slope", "z above one", lambda z, a: (z > 1) * 1.0


def _sigmoid_slopes(last: bool) -> Iterator[WrongSlope]:
    tangent = ACTIVATIONS["tanh"][1]
    yield from _no_slope(last)
    yield "deriv-given-z", "z(1 - z)", lambda z, a: z * (1 - z)
    yield "sigmoid-applied-twice", "sigmoid of a", lambda z, a: sigmoid(a)
    yield ("sigmoid-applied-twice", "slope of sigmoid of a", lambda z, a: sigmoid(a) * (1 - sigmoid(a)))
    yield "deriv-given-z", "a from z as given", lambda z, a: z * (1 - a)
    yield "deriv-given-z", "one from z", lambda z, a: a * (1 - z)
    for label, function in {
        "1 - a": lambda z, a: 1 - a,
        "1 - a^2": lambda z, a: 1 - a**2,
        "tanh": lambda z, a: tangent(z),
        "relu": lambda z, a: (z > 0) * 1.0,
        "relu of a": lambda z, a: (a > 0.5) * 1.0,
        "quarter": lambda z, a: 0.25 * np.ones_like(a),
        "half": lambda z, a: 0.5 * np.ones_like(a),
        "zero": lambda z, a: np.zeros_like(a),
        "a(1 - a^2)": lambda z, a: a * (1 - a**2),
        "a^2": lambda z, a: a**2,
        "(1 - a)^2": lambda z, a: (1 - a) ** 2,
        "a(1 + a)": lambda z, a: a * (1 + a),
        "a / (1 - a)": lambda z, a: a / (1 - a),
        "(1 - a) / a": lambda z, a: (1 - a) / a,
        "a - 1": lambda z, a: a - 1,
        "a(1 - a)^2": lambda z, a: a * (1 - a) ** 2,
        "a^2(1 - a)": lambda z, a: a**2 * (1 - a),
        "root": lambda z, a: np.sqrt(a * (1 - a)),
        "exp(-z)": lambda z, a: np.exp(-z),
        "exp(-a) form": lambda z, a: np.exp(-a) / (1 + np.exp(-a)) ** 2,
        "1 - 2a": lambda z, a: 1 - 2 * a,
        "2a - 1": lambda z, a: 2 * a - 1,
        "sin": lambda z, a: np.cos(z),
    }.items():
        yield "wrong-slope", label, function
    squared = "extra-output-slope" if last else "wrong-slope"
    yield squared, "slope twice", lambda z, a: (a * (1 - a)) ** 2


SPECIAL: dict[str, Callable[[bool], Iterator[WrongSlope]]] = {"relu": _relu_slopes, "sigmoid": _sigmoid_slopes}
"""Operation -> the wrong slopes that only it has."""
