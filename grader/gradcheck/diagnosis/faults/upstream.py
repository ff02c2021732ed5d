"""Mistakes in the link from a layer's z to the activations that entered it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from gradcheck.autodiff.ops import Kind, sigmoid
from gradcheck.autodiff.program import Env, Override, Program, Step
from gradcheck.diagnosis.faults.injected_fault import RESHAPED, InjectedFault


def upstream_faults(step: Step, program: Program, before: Step) -> Iterator[InjectedFault]:
    """Yield the ways to carry a delta back through the weights wrongly."""
    a, w, _ = step.inputs
    z, dz, da = step.out, "d" + step.out, "d" + a
    inner = "d" + before.inputs[0]

    def at(function: Callable[[Env], Any]) -> Mapping[str, Override]:
        return {da: function}

    ones = lambda env: np.ones_like(env[w])
    yield InjectedFault("w2-missing", "delta handed on", at(lambda env: env[dz] @ ones(env).T))
    yield InjectedFault("w2-missing", "delta spread", at(lambda env: np.broadcast_to(env[dz], np.shape(env[a]))))
    yield InjectedFault("w2-missing", "delta alone", at(lambda env: np.ones_like(env[a])))
    yield InjectedFault("sign-flipped", "sign of weight lost", at(lambda env: env[dz] @ np.abs(env[w]).T))
    yield InjectedFault("w2-missing", "mean weight", at(lambda env: env[dz] @ (np.mean(env[w]) * ones(env)).T))
    yield InjectedFault("residual-missing", "weights alone", at(lambda env: np.ones_like(env[dz]) @ env[w].T))
    units = lambda env: np.sum(env[dz] @ env[w].T, axis=-1, keepdims=True) * np.ones_like(env[a])
    yield InjectedFault("summed-over-too-much", "over the units that it goes to", at(units), rare=True)
    yield InjectedFault("averaged-twice", "at this layer again", at(lambda env: env[dz] @ env[w].T / len(env[dz])))
    for by in (1, -1):
        rolled = lambda env, by=by: env[dz] @ np.roll(env[w], by, axis=0).T
        said = "Each unit gets the weight of the unit beside it."
        yield InjectedFault("off-by-one", f"weights {by} further", at(rolled), said, rare=True)
    if before.op.name == "sigmoid":
        following = lambda env: sigmoid(env[a] @ env[w])
        behind = lambda env: (env[dz] * following(env) * (1 - following(env))) @ env[w].T
        rules: dict[str, Override] = {da: behind, inner: lambda env: env[da] * 1.0}
        yield InjectedFault("other-layer-used", "slope of the layer behind, before the weights", rules, rare=True)
    yield from _summed_before(step)
    yield from _reshaped(step)
    final = next((s for s in program if s.op.kind is Kind.LOSS), None)
    if final is not None:
        y = final.inputs[1]
        m = lambda env: np.shape(env[y])[0]
        for label, scale in {"mean": m, "sum": lambda env: 1}.items():
            yield InjectedFault(
                "hidden-compared-with-target", label, at(lambda env, s=scale: (env[a] - env[y]) / s(env))
            )
            yield InjectedFault(
                "hidden-compared-with-target",
                f"{label}, no slope",
                {da: lambda env, s=scale: (env[a] - env[y]) / s(env), inner: lambda env: env[da] * 1.0},
            )
            besides = lambda env, s=scale: env[dz] @ env[w].T + (env[a] - env[y]) / s(env)
            yield InjectedFault("hidden-compared-with-target", f"{label}, besides", at(besides), rare=True)
            yield InjectedFault(
                "hidden-compared-with-target",
                f"{label}, with weights",
                at(lambda env, s=scale: (env[a] - env[y]) / s(env) * env[w].T),
            )
        slope = next(s for s in program if s.out == final.inputs[0])
        if slope.inputs[0] == z and final.op.name == "cross_entropy":
            again = lambda env: (env[dz] * env[slope.out] * (1 - env[slope.out])) @ env[w].T
            yield InjectedFault("extra-output-slope", "on the way back only", at(again))
        if slope.op.name == "sigmoid" and slope.inputs[0] == z:
            yield InjectedFault(
                "output-slope-missing", "on the way back only", at(lambda env: env["d" + slope.out] @ env[w].T)
            )
    yield from _weights_of_other_layers(step, program)


def _summed_before(step: Step) -> Iterator[InjectedFault]:
    """Yield sums that are taken before delta and weights meet."""
    a, w, _ = step.inputs
    dz, da = "d" + step.out, "d" + a
    sums: dict[str, Override] = {
        "all deltas first": lambda env: np.sum(env[dz]) * np.ones_like(env[dz]) @ env[w].T,
        "examples first": lambda env: np.sum(env[dz], axis=0) * np.ones_like(env[dz]) @ env[w].T,
        "units first": lambda env: np.sum(env[dz], axis=-1, keepdims=True) * np.sum(env[w], axis=-1),
    }
    for label, rule in sums.items():
        yield InjectedFault("summed-over-too-much", label, {da: rule}, "A sum was taken before deltas met weights.")


def _reshaped(step: Step) -> Iterator[InjectedFault]:
    """Yield products that were made to fit by a reshape in place of a transpose."""
    a, w, _ = step.inputs
    dz, da = "d" + step.out, "d" + a
    products: dict[str, Override] = {
        "weights reshaped": lambda env: env[dz] @ np.reshape(env[w], np.shape(env[w])[::-1]),
        "delta reshaped": lambda env: np.reshape(env[w] @ np.transpose(env[dz]), np.shape(env[a])),
    }
    for label, rule in products.items():
        yield InjectedFault("w2-not-transposed", label, {da: rule}, RESHAPED)


def _weights_of_other_layers(step: Step, program: Program) -> Iterator[InjectedFault]:
    """Yield the ways to carry a delta back through the weights of another layer."""
    a, z = step.inputs[0], step.out
    da, dz = "d" + a, "d" + z

    def at(function: Callable[[Env], Any]) -> Mapping[str, Override]:
        return {da: function}

    others = [s for s in program if s.op.kind is Kind.LINEAR]
    for end, other in {"first": others[0], "last": others[-1]}.items():
        if other.out != z:
            own = at(lambda env, k=other.inputs[1]: env[dz] @ env[k].T)
            yield InjectedFault("other-layer-used", f"weights of the {end} layer", own)
    for other in others:
        if other.out != z:
            u = other.inputs[1]
            side = "before" if other.out < z else "behind"
            yield InjectedFault(
                "other-layer-used", f"weights of the layer {side}", at(lambda env, k=u: env[dz] @ env[k].T)
            )
            yield InjectedFault("other-layer-used", "weights of another layer", at(lambda env, k=u: env[dz] @ env[k].T))
            yield InjectedFault(
                "other-layer-used", "weights of another layer transposed", at(lambda env, k=u: env[dz] @ env[k])
            )
            yield InjectedFault(
                "other-layer-used",
                "first row of another layer",
                at(lambda env, k=u: np.broadcast_to(env[dz] * env[k][:1], np.shape(env[a]))),
            )


def slopes_not_carried(program: Program) -> Iterator[InjectedFault]:
    """Yield the habit of sending back what arrived at a layer's activations, in every layer: before their slope."""
    rules: dict[str, Override] = {}
    for step in [s for s in program if s.op.kind is Kind.LINEAR][1:]:
        a, w, _ = step.inputs
        after = next((s for s in program if s.inputs[0] == step.out and not s.op.passes_on), None)
        if after is not None:
            rules["d" + a] = lambda env, arrived="d" + after.out, w=w: env[arrived] @ env[w].T
    if len(rules) > 1:  # with two layers it is the output's slope that is missing, which says more
        yield InjectedFault("slope-not-carried-on", "slopes enter their own layer alone", rules)
