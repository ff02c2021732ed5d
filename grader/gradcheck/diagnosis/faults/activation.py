"""Mistakes in an activation and in its slope."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from gradcheck.autodiff.ops import sigmoid
from gradcheck.autodiff.program import Override, Program, Step
from gradcheck.diagnosis.faults.injected_fault import InjectedFault

ACTIVATIONS: dict[str, tuple[Callable, Callable | None]] = {
    "none": (lambda z: z * 1.0, lambda z: np.ones_like(z)),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z))),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "leaky": (lambda z: np.where(z > 0, z, 0.01 * z), lambda z: np.where(z > 0, 1.0, 0.01)),
    "absolute": (np.abs, np.sign),
    "minimum": (lambda z: np.minimum(z, 0), lambda z: (z < 0) * 1.0),
    "step": (lambda z: (z > 0) * 1.0, None),
    "capped": (lambda z: np.clip(z, 0, 1), lambda z: ((z > 0) & (z < 1)) * 1.0),
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
CLIPS = (0.5, 1, 2, 3, 4)


def activation_faults(step: Step, program: Program) -> Iterator[InjectedFault]:
    """Yield the ways to get an activation or its slope wrong."""
    z, a = step.inputs[0], step.out
    dz, da = "d" + z, "d" + a
    last = not any(other.op == "affine" and a in other.inputs for other in program)

    def slope(function: Callable[[Any, Any], Any]) -> Mapping[str, Override]:
        return {dz: lambda env: env[da] * function(env[z], env[a])}

    alone = program[-1].op == "total"
    for id, label, function in _slopes(step.op, last):
        id = "wrong-slope" if alone and id == "output-slope-missing" else id
        yield InjectedFault(id, label, slope(function))
    for id, label, rule in _borrowed(step, program):
        yield InjectedFault(id, label, {dz: rule})
    yield InjectedFault("value-not-slope", "activation alone", {dz: lambda env: env[a] * 1.0})
    own = "none" if step.op == "identity" else step.op
    for name, (function, derivative) in ACTIVATIONS.items():
        if name == own:
            continue
        id = _named_by_function(name, step.op)
        change = {a: lambda env, f=function: f(env[z])}
        yield InjectedFault(id, f"forward {name}", change)
        if derivative is not None:
            bent = {**change, dz: lambda env, d=derivative: env[da] * d(env[z])}
            yield InjectedFault(
                id.replace("decimals-lost", "forward-activation-wrong"), f"forward and slope {name}", bent
            )
    if step.op == "sigmoid":
        for c in CLIPS:
            clipped = {a: lambda env, c=c: sigmoid(np.clip(env[z], -c, c))}
            yield InjectedFault("approximation-too-coarse", f"clipped at {c}", clipped)


def _named_by_function(name: str, op: str) -> str:
    if name == "twice":
        return "sigmoid-applied-twice"
    if name == "step" and op == "sigmoid":
        return "decimals-lost"
    return "forward-activation-wrong"


def _slopes(op: str, last: bool) -> Iterator[tuple[str, str, Callable[[Any, Any], Any]]]:
    """Yield wrong slopes as functions of z and a."""
    if op == "identity":
        for name, (_, derivative) in ACTIVATIONS.items():
            if name in ("relu", "sigmoid", "tanh"):
                yield ("extra-output-slope", f"slope of {name}", lambda z, a, d=derivative: d(z))
        yield "extra-output-slope", "a(1 - a)", lambda z, a: a * (1 - a)
        yield "extra-output-slope", "prediction as slope", lambda z, a: a
        yield "extra-output-slope", "1 - a^2", lambda z, a: 1 - a**2
        return
    tangent = ACTIVATIONS["tanh"][1]
    yield "value-not-slope", "activation as slope", lambda z, a: a
    yield "value-not-slope", "z as slope", lambda z, a: z
    if op == "relu":
        yield "relu-mask-missing", "no mask", lambda z, a: np.ones_like(z)
        yield "mask-inverted", "closed ones open", lambda z, a: (z <= 0) * 1.0
        for leak in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.3, 0.5, -1.0, -0.01):
            yield ("closed-units-leak", f"leak {leak}", lambda z, a, s=leak: np.where(z > 0, 1.0, s))
        yield "wrong-slope", "half", lambda z, a: 0.5 * np.ones_like(z)
        yield "wrong-slope", "zero", lambda z, a: np.zeros_like(z)
        yield "wrong-slope", "sigmoid", lambda z, a: sigmoid(z) * (1 - sigmoid(z))
        yield "wrong-slope", "softplus", lambda z, a: sigmoid(z)
        yield "wrong-slope", "a(1 - a)", lambda z, a: a * (1 - a)
        yield "wrong-slope", "tanh", lambda z, a: tangent(z)
        yield "wrong-slope", "1 - a^2", lambda z, a: 1 - a**2
        yield "wrong-slope", "z above one", lambda z, a: (z > 1) * 1.0
        return
    yield (("output-slope-missing" if last else "hidden-slope-missing"), "no slope", lambda z, a: np.ones_like(z))
    yield "deriv-given-z", "z(1 - z)", lambda z, a: z * (1 - z)
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
        "a - 1": lambda z, a: a - 1,
        "a(1 - a)^2": lambda z, a: a * (1 - a) ** 2,
        "a^2(1 - a)": lambda z, a: a**2 * (1 - a),
        "root": lambda z, a: np.sqrt(a * (1 - a)),
        "exp(-z)": lambda z, a: np.exp(-z),
        "exp(-a) form": lambda z, a: np.exp(-a) / (1 + np.exp(-a)) ** 2,
        "1 - 2a": lambda z, a: 1 - 2 * a,
        "sin": lambda z, a: np.cos(z),
    }.items():
        yield "wrong-slope", label, function
    squared = "extra-output-slope" if last else "wrong-slope"
    yield squared, "slope twice", lambda z, a: (a * (1 - a)) ** 2


def _borrowed(step: Step, program: Program) -> Iterator[tuple[str, str, Override]]:
    """Yield slopes taken from an array that is not this layer's own."""
    z, a = step.inputs[0], step.out
    da = "d" + a
    others = [s for s in program if s.op in ("relu", "sigmoid", "identity") and s.out != a]
    if step.op == "relu":
        yield ("mask-from-wrong-array", "gradient", lambda env: env[da] * (np.asarray(env[da]) > 0))
        for label, function in {
            "any example": lambda v: np.any(v > 0, axis=0, keepdims=True),
            "all examples": lambda v: np.all(v > 0, axis=0, keepdims=True),
            "any unit": lambda v: np.any(v > 0, axis=-1, keepdims=True),
            "all units": lambda v: np.all(v > 0, axis=-1, keepdims=True),
            "sum of examples": lambda v: np.sum(v, axis=0, keepdims=True) > 0,
            "sum of units": lambda v: np.sum(v, axis=-1, keepdims=True) > 0,
            "first example": lambda v: v[:1] > 0,
            "first unit": lambda v: v[..., :1] > 0,
            "last example": lambda v: v[-1:] > 0,
            "whole array": lambda v: np.full(np.shape(v), np.sum(v) > 0),
        }.items():
            yield ("mask-from-wrong-array", label, lambda env, f=function: env[da] * f(env[z]))
        names = [name for s in program for name in (s.out, *s.inputs) if name not in (z, a)]
        names += ["d" + s.out for s in program if s.op in ("affine", "identity", "sigmoid")]
        for name in dict.fromkeys(names):
            yield ("mask-from-wrong-array", name, lambda env, k=name: env[da] * (np.asarray(env[k]) > 0))
            yield ("mask-from-wrong-array", name + " lying", lambda env, k=name: env[da] * (np.asarray(env[k]).T > 0))
    if step.op == "sigmoid":
        for other in others:
            name = other.out
            slope = lambda env, k=name: env[da] * env[k] * (1 - env[k])
            yield "other-layer-used", "slope of another layer", slope
