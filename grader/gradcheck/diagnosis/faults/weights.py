"""Mistakes in the link from a layer's z to its weights."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from gradcheck.autodiff.ops import Kind, bias_link, weight_link
from gradcheck.autodiff.program import Env, Override, Program, Step, link
from gradcheck.diagnosis.faults.injected_fault import RESHAPED, InjectedFault, left_out


def weight_faults(step: Step, program: Program) -> Iterator[InjectedFault]:
    """Yield the ways to carry a delta to the weights wrongly."""
    a, w, _ = step.inputs
    dz, dw = "d" + step.out, "d" + w

    def at(function: Callable[[Env], Any]) -> Mapping[str, Override]:
        return {dw: function}

    right = lambda env: weight_link(env[a], env[dz])
    yield InjectedFault("layer-input-missing", "ones", at(lambda env: weight_link(np.ones_like(env[a]), env[dz])))
    yield InjectedFault("gradient-transposed", "transposed", at(lambda env: right(env).T))
    turned = lambda env: np.reshape(right(env).T, np.shape(env[w]))
    yield InjectedFault("gradient-transposed", "reshaped", at(turned), RESHAPED)
    yield from _summed_too_much(step)
    yield InjectedFault("examples-not-summed", "elementwise", at(lambda env: env[a] * _column(env[dz])))
    yield InjectedFault("examples-not-summed", "elementwise transposed", at(lambda env: (env[a] * _column(env[dz])).T))
    flat = "All examples were laid end to end before they were multiplied, so each one meets every other one."
    yield InjectedFault("examples-not-summed", "flat outer", at(lambda env: np.outer(env[a], env[dz])), flat)
    yield InjectedFault("examples-not-summed", "outer", at(lambda env: env[a][:, :, None] * env[dz][:, None, :]))
    yield InjectedFault("wrong-axis", "rows", at(lambda env: np.sum(env[a] * _column(env[dz]), axis=1)))
    yield InjectedFault("wrong-axis", "rows averaged", at(lambda env: np.mean(env[a] * _column(env[dz]), axis=1)))
    yield InjectedFault(
        "wrong-axis", "averaged over inputs", at(lambda env: np.mean(env[a] * _column(env[dz]), axis=1) * len(env[a]))
    )
    for label, over in {"inputs": lambda env: np.shape(env[w])[0], "units": lambda env: np.shape(env[w])[-1]}.items():
        own = lambda env, n=over: right(env) * len(env[dz]) / n(env)
        yield InjectedFault("divided-by-wrong-count", f"over this layer's {label}", at(own), rare=True)
    early = lambda env: np.mean(env[a], axis=0)
    yield InjectedFault(
        "mean-taken-too-early",
        "mean input, summed delta",
        at(lambda env: np.multiply.outer(early(env), np.sum(env[dz], axis=0))),
    )
    yield InjectedFault(
        "mean-taken-too-early",
        "summed input, summed delta",
        at(lambda env: np.multiply.outer(np.sum(env[a], axis=0), np.sum(env[dz], axis=0))),
    )
    yield InjectedFault(
        "mean-taken-too-early",
        "mean input, mean delta",
        at(lambda env: np.multiply.outer(early(env), np.mean(env[dz], axis=0))),
    )
    yield from left_out(lambda rows: at(lambda env: weight_link(env[a][rows], env[dz][rows])), "rows")
    yield from left_out(
        lambda rows: at(lambda env: _alone(env[dz], rows) * weight_link(env[a][rows], env[dz][rows])), "alone"
    )
    yield from _wrong_partials(step)
    yield from _borrowed_inputs(step, program)
    yield from _wrong_inputs(step, program)


def _summed_too_much(step: Step) -> Iterator[InjectedFault]:
    """Yield sums over inputs or units, which should stay apart."""
    a, w, _ = step.inputs
    dz, dw = "d" + step.out, "d" + w

    def at(function: Callable[[Env], Any]) -> Mapping[str, Override]:
        return {dw: function}

    right = lambda env: weight_link(env[a], env[dz])
    yield InjectedFault("summed-over-too-much", "one number", at(lambda env: np.sum(right(env))))
    yield InjectedFault("summed-over-too-much", "filled", at(lambda env: np.sum(right(env)) * np.ones_like(env[w])))
    yield InjectedFault("summed-over-too-much", "over inputs", at(lambda env: np.sum(right(env), axis=0)))
    yield InjectedFault(
        "summed-over-too-much", "over rows kept", at(lambda env: np.sum(right(env), axis=0, keepdims=True))
    )
    all_units = lambda env: np.sum(env[dz], axis=-1, keepdims=True) * np.ones_like(env[dz])
    summed_units = lambda env: weight_link(env[a], all_units(env))
    yield InjectedFault("summed-over-too-much", "delta over units", at(summed_units), rare=True)
    over_inputs = lambda env: np.sum(right(env), axis=0) * np.ones_like(env[w])
    yield InjectedFault("summed-over-too-much", "over inputs, filled", at(over_inputs), rare=True)
    yield InjectedFault("summed-over-too-much", "over units", at(lambda env: np.sum(right(env), axis=-1)))


def _wrong_partials(step: Step) -> Iterator[InjectedFault]:
    """Yield the ways to take something else for the slope of z."""
    a, w, b = step.inputs
    dz, dw = "d" + step.out, "d" + w

    def at(function: Callable[[Env], Any]) -> Mapping[str, Override]:
        return {dw: function}

    partials: dict[str, Override] = {
        "w": lambda env: np.sum(env[dz]) * env[w],
        "w alone": lambda env: env[w] * 1.0,
        "input alone": lambda env: env[a] * 1.0,
        "x plus b": lambda env: weight_link(env[a] + env[b], env[dz]),
        "x and w": lambda env: env[dz] * env[a] * env[w],
        "x times b": lambda env: env[dz] * env[a] * env[b],
        "square": lambda env: weight_link(env[a] ** 2, env[dz]),
        "z solved for x": lambda env: env[dz] * (env[step.out] - env[b]) / env[w],
    }
    for label, function in partials.items():
        yield InjectedFault("wrong-partial-of-z", f"weight {label}", at(function))
    yield InjectedFault("value-not-slope", "z for slope", at(lambda env: env[dz] * env[step.out]))
    yield InjectedFault("value-not-slope", "z for slope, filled", at(lambda env: env[step.out] * np.ones_like(env[w])))
    yield InjectedFault("chain-added", "input added", at(lambda env: env[dz] + env[a]))
    yield InjectedFault("chain-added", "input and one added", at(lambda env: env[dz] + 1 + env[a]))
    db = "d" + step.inputs[2]
    for label, number in (("no link of the activation", 0), ("with it", 1)):
        both = {dw: lambda env, n=number: env[dz] + n + env[a], db: lambda env, n=number: env[dz] + n + 1}
        yield InjectedFault("chain-added", f"weight and bias, {label}", both)
    for label, number in (("no link of the activation", 0), ("with it", 1)):
        averaged: dict[str, Override] = {
            dw: lambda env, n=number: np.sum(env[dz]) + n + np.mean(env[a], axis=0),
            db: lambda env, n=number: np.sum(env[dz]) + n + 1,
        }
        yield InjectedFault("chain-added", f"weight and bias, averaged, {label}", averaged, rare=True)


def _borrowed_inputs(step: Step, program: Program) -> Iterator[InjectedFault]:
    """Yield the ways to take what lies next to the layer's input for it."""
    a, w, _ = step.inputs
    dz, dw = "d" + step.out, "d" + w

    def at(function: Callable[[Env], Any]) -> Mapping[str, Override]:
        return {dw: function}

    after = next((s for s in program if s.inputs[0] == step.out and s.op.kind is Kind.ACTIVATION), None)
    if after is not None:
        yield InjectedFault("wrong-layer-input", "own activation", at(lambda env: weight_link(env[after.out], env[dz])))
    before = next((s for s in program if s.out == a), None)
    if after is not None and before is None and not after.op.passes_on and after.op.name != "softmax":
        activated = after.op.forward
        yield InjectedFault(
            "wrong-layer-input", "input activated", at(lambda env: weight_link(activated(env[a]), env[dz]))
        )
    if before is not None and before.op.kind is Kind.ACTIVATION and not before.op.passes_on:
        slope = lambda env: link(before, 0, {**env, "d" + a: np.ones(np.shape(env[a]))})
        said = "A slope stands where the value of the layer before belongs."
        yield InjectedFault(
            "wrong-layer-input", "slope for input", at(lambda env: weight_link(slope(env), env[dz])), said
        )
    yield InjectedFault(
        "wrong-layer-input", "gradient of input", at(lambda env: weight_link(env[dz] @ env[w].T, env[dz]))
    )
    if before is None:
        for label, change in {"relu": lambda v: np.maximum(v, 0), "tanh": np.tanh, "size": np.abs}.items():
            changed = lambda env, f=change: weight_link(f(env[a]), env[dz])
            yield InjectedFault("wrong-layer-input", f"{label} of the input", at(changed), rare=True)
    if before is not None:
        weighed = lambda env: weight_link(env[a] * np.transpose(env[w]), env[dz])
        yield InjectedFault("wrong-layer-input", "input times weight", at(weighed), rare=True)
    yield InjectedFault(
        "wrong-layer-input", "centered", at(lambda env: weight_link(env[a] - np.mean(env[a], axis=0), env[dz]))
    )


def _wrong_inputs(step: Step, program: Program) -> Iterator[InjectedFault]:
    a, w, _ = step.inputs
    z, dw = step.out, "d" + w
    layers = [s for s in program if s.op.kind is Kind.LINEAR]
    if len(layers) > 2:
        inputs = [s.inputs[0] for s in layers]
        last = next((s.out for s in program if s.inputs[0] == layers[-1].out), layers[-1].out)
        early = [last, *inputs][layers.index(step)]  # position -1 is the last one
        mirrored = inputs[::-1][layers.index(step)]
        if mirrored != a:
            turned: dict[str, Override] = {dw: lambda env: weight_link(env[mirrored], env["d" + z])}
            yield InjectedFault("wrong-layer-input", "inputs in the other order", turned, rare=True)
        yield InjectedFault(
            "wrong-layer-input", "one layer early", {dw: lambda env: weight_link(env[early], env["d" + z])}
        )
    names = [name for s in program for name in (*s.inputs, s.out)] + ["d" + s.out for s in program]
    for name in dict.fromkeys(names):
        if name != a:
            yield InjectedFault(
                "wrong-layer-input", f"input {name}", {dw: lambda env, k=name: weight_link(env[k], env["d" + z])}
            )
            yield InjectedFault(
                "wrong-layer-input",
                f"broadcast {name}",
                {dw: lambda env, k=name: weight_link(np.broadcast_to(env[k], np.shape(env[a])), env["d" + z])},
            )
            yield InjectedFault(
                "wrong-layer-input",
                f"product {name}",
                {dw: lambda env, k=name: np.broadcast_to(env[k] * bias_link(env["d" + z]), np.shape(env[w]))},
            )
    after = next((s for s in program if s.inputs[0] == z and s.op.kind is Kind.ACTIVATION), None)
    deltas = [s.out for s in program if s.op.kind in (Kind.LINEAR, Kind.ACTIVATION)]
    for name in deltas:
        if name != z and (after is None or name != after.out):
            yield InjectedFault(
                "other-layer-used",
                f"delta {'before' if name < z else 'after'} {name[0]}",
                {dw: lambda env, k="d" + name: weight_link(env[a], env[k])},
            )
            yield InjectedFault(
                "other-layer-used",
                f"delta {name[0]} spread",
                {dw: lambda env, k="d" + name: weight_link(env[a], np.broadcast_to(env[k], np.shape(env["d" + z])))},
            )


def _column(dz: Any) -> np.ndarray:
    return np.reshape(dz, (-1, 1))


def _alone(dz: Any, rows: slice) -> float:
    """Return what makes the average over all examples one over some rows only."""
    return len(dz) / len(dz[rows])
