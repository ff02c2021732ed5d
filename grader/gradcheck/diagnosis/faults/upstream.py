"""Mistakes in the link from a layer's z to the activations that entered it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from gradcheck.autodiff.ops import Kind
from gradcheck.autodiff.program import Env, Override, Program, Step
from gradcheck.diagnosis.faults.injected_fault import InjectedFault


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
    for other in program:
        if other.op.kind is Kind.LINEAR and other.out != z:
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
