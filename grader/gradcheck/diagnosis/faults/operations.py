"""Mistakes in the backward rule of one operation by itself: a product, a matrix product, exp, log."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from gradcheck.autodiff.ops import fit_shape
from gradcheck.autodiff.program import Env, Override, Program, Step, handed_derivative, link
from gradcheck.diagnosis.faults.injected_fault import RESHAPED, InjectedFault
from gradcheck.diagnosis.faults.scale import scale_faults


def _series(a: Any, terms: int) -> Any:
    """Return the first terms of the series of exp."""
    return sum(a**k / float(math.factorial(k)) for k in range(terms))


SLOPES: dict[str, dict[str, tuple[str, Callable[[Any], Any]]]] = {
    "exp": {
        "input": ("wrong-local-slope", lambda a: a),
        "one over": ("wrong-local-slope", lambda a: 1 / a),
        "minus": ("wrong-local-slope", lambda a: np.exp(-a)),
        "sign of a decay": ("wrong-local-slope", lambda a: -np.exp(-a)),
        "rule of powers": ("wrong-local-slope", lambda a: a * np.exp(a - 1)),
        "less one": ("wrong-local-slope", lambda a: np.exp(a - 1)),
        "input times": ("wrong-local-slope", lambda a: a * np.exp(a)),
        "twice": ("wrong-local-slope", lambda a: np.exp(np.exp(a))),
        "log": ("wrong-local-slope", lambda a: np.log(a)),
        **{
            f"{k} terms of the series": ("approximation-too-coarse", lambda a, k=k: _series(a, k)) for k in range(2, 13)
        },
    },
    "log": {
        "value": ("value-not-slope", np.log),
        "input": ("wrong-local-slope", lambda a: a),
        "square": ("wrong-local-slope", lambda a: 1 / a**2),
        "slope of one over": ("wrong-local-slope", lambda a: -1 / a**2),
        "base ten": ("wrong-local-slope", lambda a: 1 / (a * np.log(10))),
        "base two": ("wrong-local-slope", lambda a: 1 / (a * np.log(2))),
        "exp": ("wrong-local-slope", np.exp),
        "minus exp": ("wrong-local-slope", lambda a: np.exp(-a)),
        "one over log": ("wrong-local-slope", lambda a: 1 / np.log(a)),
        "one over exp": ("wrong-local-slope", lambda a: 1 / np.log(np.exp(1) + a)),
    },
}
"""Operation -> slopes that are mistaken for its own."""


def operation_faults(step: Step, program: Program) -> Iterator[InjectedFault]:
    """Yield the ways to get the backward rule of one operation wrong."""
    yield from upstream_left_out(step, program)
    out = "d" + step.out
    for label, (id, slope) in SLOPES.get(step.op.name, {}).items():
        a = step.inputs[0]
        yield InjectedFault(id, label, {"d" + a: lambda env, a=a, f=slope: env[out] * f(env[a])})
    if step.op.name != "matmul":
        for name in step.inputs:
            alone = lambda env, k=name: fit_shape(env[out], np.shape(env[k]))
            yield InjectedFault("local-slope-missing", "handed on", {"d" + name: alone})
    if step.op.name == "times":
        yield from _product_faults(step)
    if len(step.inputs) == 2:
        yield from _wrong_factors(step)
        yield from _both_scaled(step)


def upstream_left_out(step: Step, program: Program) -> Iterator[InjectedFault]:
    """Yield the slope of the operation alone, where the operation is all that the exercise is about."""
    if len(program) != 2 or not handed_derivative(program):
        return
    for position, name in enumerate(step.inputs):
        ones = lambda env, k=position: link(step, k, {**env, "d" + step.out: np.ones(np.shape(env[step.out]))})
        yield InjectedFault("upstream-missing", "slope alone", {"d" + name: ones})
        if step.op.name != "matmul":
            added = lambda env, k=name, slope=ones: fit_shape(env["d" + step.out] + slope(env), np.shape(env[k]))
            yield InjectedFault("chain-added", "slope added", {"d" + name: added})


def _both_scaled(step: Step) -> Iterator[InjectedFault]:
    """Yield both links times the same wrong number."""
    links = [scale_faults("d" + name, step, position) for position, name in enumerate(step.inputs)]
    for one, other in zip(*links, strict=True):
        yield InjectedFault(one.id, f"{one.label}, both", {**one.rules, **other.rules})


def _product_faults(step: Step) -> Iterator[InjectedFault]:
    """Yield the ways to lose the copies of an entry that was stretched."""
    for name, other in zip(step.inputs, reversed(step.inputs), strict=True):
        whole = lambda env, k=other: env["d" + step.out] * env[k]
        for id, label, rule in _reductions(step, whole, name):
            yield InjectedFault(id, label, {"d" + name: rule})
        level = lambda env, k=name, o=other: (
            fit_shape(env["d" + step.out], np.shape(env[k])) * _mean_of_copies(env, o, k)
        )
        yield InjectedFault("mean-taken-too-early", "mean of the other factor", {"d" + name: level}, rare=True)
        value = lambda env, k=name: fit_shape(env["d" + step.out] * env[step.out], np.shape(env[k]))
        yield InjectedFault("value-not-slope", "product for slope", {"d" + name: value})
        early = lambda env, k=name, o=other: fit_shape(env["d" + step.out], np.shape(env[k])) * env[o]
        said = "The copies were added together before they met the other factor, and not after it."
        yield InjectedFault("stretched-not-summed", "summed before the product", {"d" + name: early}, said)


def _mean_of_copies(env: Env, name: str, other: str) -> Any:
    """Return a factor averaged over the copies of the other one."""
    whole = np.broadcast_to(env[name], np.broadcast_shapes(np.shape(env[name]), np.shape(env[other])))
    return fit_shape(whole, np.shape(env[other])) / (np.size(whole) / max(np.size(env[other]), 1))


def _reductions(step: Step, whole: Override, name: str) -> Iterator[tuple[str, str, Override]]:
    """Yield wrong ways from the shape of the product down to that of a factor."""

    def averaged(env: Env) -> Any:
        copies = np.size(env[step.out]) / np.size(env[name])
        return fit_shape(whole(env), np.shape(env[name])) / copies

    def summed_flat(env: Env) -> Any:
        return np.sum(whole(env), axis=0) if np.shape(env[name]) != np.shape(env[step.out]) else whole(env)

    yield "stretched-not-summed", "as it is", whole
    yield "averaged-not-summed", "mean", averaged
    yield "right-values-wrong-shape", "flat", summed_flat
    yield "summed-over-too-much", "one number", lambda env: np.sum(whole(env))
    yield "summed-over-too-much", "filled", lambda env: np.sum(whole(env)) * np.ones(np.shape(env[name]))
    for label, row in {"first": 0, "last": -1}.items():
        yield "copies-left-out", label, lambda env, i=row: _one_copy(whole(env), np.shape(env[name]), i)


def _one_copy(gradient: Any, shape: tuple[int, ...], row: int) -> Any:
    """Return one of the copies along each stretched axis."""
    while np.ndim(gradient) > len(shape):
        gradient = gradient[row]
    for axis, length in enumerate(shape):
        if length == 1 and np.shape(gradient)[axis] > 1:
            gradient = np.take(gradient, [row], axis=axis)
    return gradient


def _wrong_factors(step: Step) -> Iterator[InjectedFault]:
    """Yield products with the wrong one of the two factors."""
    out = "d" + step.out
    yield from _matmul_faults(step) if step.op.name == "matmul" else ()
    for position, name in enumerate(step.inputs):
        if step.op.name == "times":
            own = lambda env, k=name: fit_shape(env[out] * env[k], np.shape(env[k]))
            yield InjectedFault("wrong-factor", "own", {"d" + name: own})
            other = step.inputs[1 - position]
            added = lambda env, k=name, o=other: fit_shape(env[out] + env[o], np.shape(env[k]))
            yield InjectedFault("chain-added", "other factor added", {"d" + name: added})
            continue
        product = {0: lambda env, k=step.inputs[1]: env[step.out] @ np.transpose(env[k])}
        product[1] = lambda env, k=step.inputs[0]: np.transpose(env[k]) @ env[step.out]
        yield InjectedFault("value-not-slope", "product for what comes back", {"d" + name: product[position]})
        solved = {0: lambda env, k=step.inputs[1]: env[out] @ np.linalg.pinv(env[k])}
        solved[1] = lambda env, k=step.inputs[0]: np.linalg.pinv(env[k]) @ env[out]
        yield InjectedFault("wrong-local-slope", "solved for the factor", {"d" + name: solved[position]})
        for other in (*step.inputs, step.out):
            before = lambda env, k=other: env[out] @ np.transpose(env[k])
            after = lambda env, k=other: np.transpose(env[k]) @ env[out]
            for label, rule in {"behind": before, "in front": after}.items():
                if (label == "behind") != (position == 0) or other not in (step.inputs[1 - position],):
                    yield InjectedFault("wrong-factor", f"{label} {other}", {"d" + name: rule})


def _matmul_faults(step: Step) -> Iterator[InjectedFault]:
    """Yield products of the wrong arrays, or of arrays that lie the wrong way, for the factors of a matrix product."""
    (a, b), out = step.inputs, "d" + step.out
    rules: dict[tuple[str, str, str], tuple[Override, Override]] = {
        ("wrong-factor", "own, entry by entry", ""): (
            lambda env: np.sum(env[out], axis=1, keepdims=True) * env[a],
            lambda env: np.sum(env[out], axis=0) * env[b],
        ),
        ("layer-input-missing", "ones", "All rows are the same: the other factor is not in it."): (
            lambda env: env[out] @ np.ones_like(env[b], dtype=float).T,
            lambda env: np.ones_like(env[a], dtype=float).T @ env[out],
        ),
        ("wrong-local-slope", "reshaped", RESHAPED): (
            lambda env: env[out] @ np.reshape(env[b], np.shape(env[b])[::-1]),
            lambda env: np.reshape(env[a], np.shape(env[a])[::-1]) @ env[out],
        ),
        ("summed-over-too-much", "sum not set back", "A sum goes on from one entry to the next."): (
            lambda env: np.cumsum(env[out] @ np.transpose(env[b]), axis=1),
            lambda env: np.cumsum(np.transpose(env[a]) @ env[out], axis=1),
        ),
    }
    for (id, label, seen), both in rules.items():
        for name, rule in zip(step.inputs, both, strict=True):
            yield InjectedFault(id, label, {"d" + name: rule}, seen, rare=True)
        yield InjectedFault(
            id, f"{label}, both", {"d" + n: rule for n, rule in zip(step.inputs, both, strict=True)}, seen, rare=True
        )
