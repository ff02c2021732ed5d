"""Mistakes in the link from a layer's z to its bias."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.autodiff.ops import Kind, bias_link, weight_link
from gradcheck.autodiff.program import Env, Override, Program, Step, handed_derivative
from gradcheck.diagnosis.faults.injected_fault import InjectedFault, left_out, missing_slope


def bias_faults(step: Step, program: Program) -> Iterator[InjectedFault]:
    """Yield the ways to carry a delta to the bias wrongly; where it is handed in, also after another average."""
    yield from _bias_faults(step, program)
    if handed_derivative(program):  # else the average lies in the delta, and that is a fault of its own
        db = "d" + step.inputs[2]
        for fault in _bias_faults(step, program):
            if db in fault.rules:
                averaged = lambda env, rule=fault.rules[db]: rule(env) / len(env["d" + step.out])
                yield replace(fault, label=f"{fault.label}, averaged again", rules={db: averaged})


def _bias_faults(step: Step, program: Program) -> Iterator[InjectedFault]:
    a, w, b = step.inputs
    z, dz, db = step.out, "d" + step.out, "d" + b

    def at(function: Callable[[Env], Any]) -> Mapping[str, Override]:
        return {db: function}

    def collapsed(env: Env) -> Any:
        total = np.sum(env[dz])
        return np.full(np.shape(env[b]), total) if np.size(env[b]) > 1 else total

    yield InjectedFault("examples-not-summed", "delta itself", at(lambda env: env[dz] * 1.0))
    yield InjectedFault("summed-over-too-much", "one number", at(lambda env: np.sum(env[dz])))
    yield InjectedFault("summed-over-too-much", "filled", at(collapsed))
    yield InjectedFault("summed-over-too-much", "one number kept", at(lambda env: np.sum(env[dz], keepdims=True)))
    yield InjectedFault("summed-over-too-much", "mean of all", at(lambda env: np.mean(env[dz], axis=(0, 1))))
    yield InjectedFault("wrong-axis", "rows", at(lambda env: np.sum(env[dz], axis=1)))
    yield InjectedFault("wrong-axis", "rows kept", at(lambda env: np.sum(env[dz], axis=1, keepdims=True)))
    yield InjectedFault("wrong-axis", "rows averaged", at(lambda env: np.mean(env[dz], axis=1)))
    yield InjectedFault("wrong-axis", "rows averaged kept", at(lambda env: np.mean(env[dz], axis=1, keepdims=True)))
    yield InjectedFault(
        "wrong-axis", "rows averaged transposed", at(lambda env: np.sum(env[dz], axis=1, keepdims=True).T)
    )
    yield InjectedFault("chain-added", "one added", at(lambda env: env[dz] + 1))
    yield InjectedFault("chain-added", "two added", at(lambda env: env[dz] + 2))
    yield InjectedFault("wrong-partial-of-z", "bias times b", at(lambda env: bias_link(env[dz]) * env[b]))
    yield InjectedFault("wrong-partial-of-z", "bias zero", at(lambda env: np.zeros_like(bias_link(env[dz]))))
    yield InjectedFault("wrong-partial-of-z", "bias itself", at(lambda env: env[b] * 1.0))
    yield InjectedFault(
        "wrong-partial-of-z", "once for each input", at(lambda env: bias_link(env[dz]) * np.shape(env[a])[-1])
    )
    yield InjectedFault("value-not-slope", "z times delta", at(lambda env: bias_link(env[dz] * env[z])))
    yield InjectedFault("value-not-slope", "z itself", at(lambda env: env[z] * 1.0))
    yield InjectedFault("value-not-slope", "z of a bias that is 1 larger", at(lambda env: env[z] + 1.0))
    for name in (s.out for s in program if s.op.kind in (Kind.LOSS, Kind.REDUCTION)):
        loss = lambda env, k=name: env[k] * np.ones(np.shape(env[b]))
        yield InjectedFault("other-quantity-returned", f"{name} for the bias", at(loss), rare=True)
    yield from left_out(lambda rows: at(lambda env: bias_link(env[dz][rows])), "rows")
    yield from left_out(
        lambda rows: at(lambda env: len(env[dz]) / len(env[dz][rows]) * bias_link(env[dz][rows])), "alone"
    )
    after = next((s for s in program if z in s.inputs and s.op.kind is Kind.ACTIVATION), None)
    if after is not None and not after.op.passes_on:
        id = missing_slope(after, program)
        yield InjectedFault(id, "bias only", at(lambda env: bias_link(env["d" + after.out])))
        yield InjectedFault(id, "weights only", {"d" + w: lambda env: weight_link(env[a], env["d" + after.out])})
    for other in program:
        if other.op.kind is Kind.LINEAR and other.out != z:
            yield InjectedFault(
                "other-layer-used", "bias of another layer", at(lambda env, k="d" + other.out: bias_link(env[k]))
            )
            total = lambda env, k="d" + other.out: np.full(np.shape(env[b]), np.sum(env[k]))
            yield InjectedFault("other-layer-used", "bias of another layer, one number", at(total))
            yield InjectedFault(
                "other-layer-used",
                "bias of another layer spread",
                at(lambda env, k="d" + other.out: np.broadcast_to(bias_link(env[k]), np.shape(env[b]))),
            )
