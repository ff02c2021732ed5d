"""Mistakes in an activation and in its slope."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from gradcheck.autodiff.ops import Kind, sigmoid
from gradcheck.autodiff.program import Override, Program, Step, ends_at_value, handed_derivative
from gradcheck.diagnosis.faults.injected_fault import InjectedFault, is_last_activation
from gradcheck.diagnosis.faults.slopes import ACTIVATIONS, wrong_slopes

ROUNDED = "The number e is rounded: this is the sigmoid of a base that is close to e."
BASES = (2.7, 2.71, 2.718, 2.7183, 2.71828, 2.718282)
"""What is typed in for the number e."""
CLIPS = (0.5, 1, 2, 3, 4, 5, 6, 8, 10, 12)


def activation_faults(step: Step, program: Program) -> Iterator[InjectedFault]:
    """Yield the ways to get an activation or its slope wrong."""
    z, a = step.inputs[0], step.out
    dz, da = "d" + z, "d" + a
    last = is_last_activation(step, program)

    def slope(function: Callable[[Any, Any], Any]) -> Mapping[str, Override]:
        return {dz: lambda env: env[da] * function(env[z], env[a])}

    yield from _slope_alone(step) if handed_derivative(program) else ()
    alone = ends_at_value(program)
    for id, label, function in wrong_slopes(step.op, last=last):
        id = "wrong-slope" if alone and id == "output-slope-missing" else id
        yield InjectedFault(id, label, slope(function))
    for id, label, rule in _borrowed(step, program):
        yield InjectedFault(id, label, {dz: rule})
    yield InjectedFault("value-not-slope", "activation alone", {dz: lambda env: env[a] * 1.0})
    if not step.op.passes_on and step.op.name != "softmax":
        added = lambda env: env[da] + step.op.links[0](1.0, env[a], env[z])
        yield InjectedFault("chain-added", "slope added", {dz: added}, rare=True)
    own = "none" if step.op.passes_on else step.op.name
    for name, (function, derivative) in ACTIVATIONS.items():
        if name == own:
            continue
        id = _named_by_function(name, step.op.name)
        change = {a: lambda env, f=function: f(env[z])}
        yield InjectedFault(id, f"forward {name}", change)
        if derivative is not None:
            both = {**change, dz: lambda env, d=derivative: env[da] * d(env[z])}
            yield InjectedFault(
                id.replace("decimals-lost", "forward-activation-wrong"), f"forward and slope {name}", both
            )
    yield from _compared_without_decimals(step) if step.op.mask else ()
    yield from _of_a_sigmoid(step) if step.op.name == "sigmoid" else ()


def _compared_without_decimals(step: Step) -> Iterator[InjectedFault]:
    z, da, mask = step.inputs[0], "d" + step.out, step.op.mask
    assert mask is not None
    for label, cut in {"cut": np.trunc, "rounded": np.round, "rounded down": np.floor}.items():
        whole = lambda env, cut=cut: env[da] * mask(cut(env[z]))
        yield InjectedFault("decimals-lost", f"{label} before it is compared", {"d" + z: whole}, rare=True)


def _of_a_sigmoid(step: Step) -> Iterator[InjectedFault]:
    """Yield mistakes that only a sigmoid can have: values cut off, a rounded e, the slope of an average."""
    z, a, da = step.inputs[0], step.out, "d" + step.out
    for c in CLIPS:
        clipped = {a: lambda env, c=c: sigmoid(np.clip(env[z], -c, c))}
        yield InjectedFault("approximation-too-coarse", f"clipped at {c}", clipped)
    typical = lambda env: env[da] * (np.mean(env[a], axis=0) * (1 - np.mean(env[a], axis=0)))
    yield InjectedFault("mean-taken-too-early", "slope of the mean activation", {"d" + z: typical}, rare=True)
    for base in BASES:
        rounded = {a: lambda env, base=base: sigmoid(env[z] * np.log(base))}
        yield InjectedFault("approximation-too-coarse", f"{base} for e", rounded, ROUNDED, rare=True)


def _slope_alone(step: Step) -> Iterator[InjectedFault]:
    z, a = step.inputs[0], step.out
    local = lambda env: step.op.links[0](1.0, env[a], env[z])
    yield InjectedFault("upstream-missing", "slope alone", {"d" + z: local})


def _named_by_function(name: str, op: str) -> str:
    if name == "twice":
        return "sigmoid-applied-twice"
    if name == "step" and op == "sigmoid":
        return "decimals-lost"
    return "forward-activation-wrong"


def _borrowed(step: Step, program: Program) -> Iterator[tuple[str, str, Override]]:
    """Yield slopes taken from an array that is not this layer's own."""
    z, a = step.inputs[0], step.out
    da = "d" + a
    others = [s for s in program if s.op.kind is Kind.ACTIVATION and s.out != a]
    if step.op.name == "relu":
        yield ("mask-from-wrong-array", "gradient", lambda env: env[da] * (np.asarray(env[da]) > 0))
        yield ("mask-from-wrong-array", "product", lambda env: env[da] * (np.asarray(env[da]) * env[z] > 0))
        yield ("mask-from-wrong-array", "both", lambda env: env[da] * (np.minimum(env[da], env[z]) > 0))
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
        names += ["d" + s.out for s in program if s.op.kind in (Kind.LINEAR, Kind.ACTIVATION) and not s.op.mask]
        for name in dict.fromkeys(names):
            yield ("mask-from-wrong-array", name, lambda env, k=name: env[da] * (np.asarray(env[k]) > 0))
            yield (
                "mask-from-wrong-array",
                name + " transposed",
                lambda env, k=name: env[da] * (np.asarray(env[k]).T > 0),
            )
    if step.op.name == "sigmoid":
        for other in others:
            name = other.out
            slope = lambda env, k=name: env[da] * env[k] * (1 - env[k])
            yield "other-layer-used", "slope of another layer", slope
        for y in (s.inputs[1] for s in program if s.op.kind is Kind.LOSS and s.inputs[0] == a):
            yield "wrong-slope", "one minus the residual", lambda env, y=y: env[da] * (1 - env[a] + env[y])
        own = [s.out for s in program if s.op.kind is Kind.ACTIVATION]
        following = own[own.index(a) + 1 :][:1]
        for name in following:
            yield "other-layer-used", "slope of the layer behind", lambda env, k=name: env[da] * env[k] * (1 - env[k])
            yield "other-layer-used", "half a slope of each", lambda env, k=name: env[da] * env[a] * (1 - env[k])
        for name in (s.inputs[0] for s in program if s.out == z and s.op.kind is Kind.LINEAR):
            yield "other-layer-used", "slope of the layer in front", lambda env, k=name: env[da] * env[k] * (1 - env[k])
