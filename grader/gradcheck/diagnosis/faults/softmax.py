"""Mistakes in a softmax, in the loss of its probabilities, and in the one link that both leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from gradcheck.autodiff.program import Override, Program, Step
from gradcheck.diagnosis.faults.injected_fault import InjectedFault


def _share(powers: Any, axis: int | None = -1) -> Any:
    return powers / np.sum(powers, axis=axis, keepdims=True)


def _largest(z: Any) -> Any:
    return np.max(z, axis=-1, keepdims=True)


VALUES: dict[str, dict[str, Callable[[Any], Any]]] = {
    "wrong-axis": {
        "over the examples": lambda z: _share(np.exp(z), 0),
        "over the examples, shifted along the rows": lambda z: _share(np.exp(z - _largest(z)), 0),
        "shifted along the columns": lambda z: _share(np.exp(z - np.max(z, axis=0))),
        "sums of the columns, flat": lambda z: np.exp(z) / np.sum(np.exp(z), axis=0),
    },
    "summed-over-too-much": {
        "over all entries": lambda z: _share(np.exp(z), None),
        "over all entries, shifted along the rows": lambda z: _share(np.exp(z - _largest(z)), None),
    },
    "forward-activation-wrong": {
        "no exponential": _share,
        "absolute scores": lambda z: _share(np.abs(z)),
        "squares": lambda z: _share(z**2),
        "shifted, not divided": lambda z: np.exp(z - _largest(z)),
        "shifted above only": lambda z: np.exp(z - _largest(z)) / np.sum(np.exp(z), axis=-1, keepdims=True),
        "shifted below only": lambda z: np.exp(z) / np.sum(np.exp(z - _largest(z)), axis=-1, keepdims=True),
        "logarithm of it": lambda z: np.log(_share(np.exp(z))),
        "logarithm of it, no minus": lambda z: -np.log(_share(np.exp(z))),
        "largest taken from the exponentials": lambda z: _share(np.exp(z) - _largest(z)),
        "largest of all taken from the exponentials": lambda z: _share(np.exp(z) - np.max(z)),
        "powers of two": lambda z: _share(2.0**z),
        "powers of ten": lambda z: _share(10.0**z),
        "negated scores": lambda z: _share(np.exp(-z)),
        **{f"scores over {by}": lambda z, by=by: _share(np.exp(z / by)) for by in (2, 10, 100, 1000)},
        "mean below": lambda z: np.exp(z) / np.mean(np.exp(z), axis=-1, keepdims=True),
        "length below": lambda z: np.exp(z) / np.linalg.norm(np.exp(z), axis=-1, keepdims=True),
        "largest below": lambda z: np.exp(z) / _largest(np.exp(z)),
        "others below": lambda z: np.exp(z) / (np.sum(np.exp(z), axis=-1, keepdims=True) - np.exp(z)),
        "one added below": lambda z: np.exp(z) / (1 + np.sum(np.exp(z), axis=-1, keepdims=True)),
        "twice": lambda z: _share(np.exp(_share(np.exp(z)))),
        "sigmoids, shared out": lambda z: _share(1 / (1 + np.exp(-z))),
        "scores over their sum below": lambda z: np.exp(_share(z)),
    },
    "decimals-lost": {"the largest alone": lambda z: (z == _largest(z)) * 1.0},
}
"""What may be taken for a softmax of the scores z (m, k), under its name."""


def softmax_faults(step: Step) -> Iterator[InjectedFault]:
    """Yield the ways to get a softmax or its derivative wrong that no other activation has."""
    z, p = step.inputs[0], step.out
    for id, functions in VALUES.items():
        for label, function in functions.items():
            yield InjectedFault(id, label, {p: lambda env, f=function: f(env[z])})
    own = lambda env: env["d" + p] * env[p] * (1 - env[p])
    yield InjectedFault("other-classes-ignored", "own score only", {"d" + z: own})


def class_loss_faults(step: Step, program: Program) -> Iterator[InjectedFault]:
    """Yield the ways to get the loss of probabilities wrong, or the one link that it leaves with a softmax."""
    p, y = step.inputs
    back, output = "d" + step.out, next(s for s in program if s.out == p)

    def at(place: str, function: Callable[[Any, Any], Any]) -> Mapping[str, Override]:
        return {place: lambda env: env[back] * function(env[p], env[y])}

    z = output.inputs[0]
    yield InjectedFault("z-for-a", "z compared", {"d" + z: lambda env: env[back] * (env[z] - env[y])})
    for id, functions in _DELTAS.items():
        for label, function in functions.items():
            yield InjectedFault(id, label, at("d" + output.inputs[0], function))
    for id, functions in _SLOPES.items():
        for label, function in functions.items():
            yield InjectedFault(id, label, at("d" + p, function))


_Functions = dict[str, dict[str, Callable[[Any, Any], Any]]]
_DELTAS: _Functions = {
    "extra-output-slope": {
        "slope of a sigmoid": lambda p, y: (p - y) * p * (1 - p),
        "probability": lambda p, y: (p - y) * p,
    },
    "residual-sign-lost": {
        "absolute": lambda p, y: np.abs(p - y),
        "square": lambda p, y: (p - y) ** 2,
        "half square": lambda p, y: (p - y) ** 2 / 2,
    },
    "residual-missing": {"probability": lambda p, y: p * 1.0, "slope": lambda p, y: p * (1 - p)},
    "other-classes-ignored": {
        "minus the target": lambda p, y: -y * 1.0,
        "probability of the right class": lambda p, y: y * p,
    },
    "value-not-slope": {
        "losses, one for each class": lambda p, y: -y * np.log(p),
        "losses": lambda p, y: -np.sum(y * np.log(p), axis=-1, keepdims=True) * np.ones_like(p),
    },
    "factor-two": {"of the right class": lambda p, y: (p - y) * (1 + y)},
    "decimals-lost": {"the largest alone": lambda p, y: (p == _largest(p)) - y},
    "broadcast-by-accident": {
        "targets of all examples": lambda p, y: p - np.any(y, axis=0),
        "targets of all examples, counted": lambda p, y: p - np.sum(y, axis=0),
    },
    "mean-taken-too-early": {
        "mean over the examples": lambda p, y: np.mean(p - y, axis=0, keepdims=True) * np.ones_like(p)
    },
}
"""Mistakes in the link from the loss to the scores, as functions of probabilities and labels."""
_SLOPES: _Functions = {
    "other-loss": {
        "squared error": lambda p, y: p - y,
        "a sigmoid's loss for each class": lambda p, y: (p - y) / (p * (1 - p)),
        "probability instead of its logarithm": lambda p, y: -y * 1.0,
    },
    "residual-missing": {"every class": lambda p, y: -1 / p},
}
"""Mistakes in the link from the loss to the probabilities."""
