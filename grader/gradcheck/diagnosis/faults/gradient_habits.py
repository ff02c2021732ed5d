"""Habits from elsewhere that end up in a gradient: the bias made from the weights, the wrong array carried back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from gradcheck.autodiff.ops import Kind, bias_link, weight_link
from gradcheck.autodiff.program import Env, Override, Program, Step, link
from gradcheck.diagnosis.faults.injected_fault import InjectedFault

CLIPS = (0.01, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 100.0)
"""Limits that are typed in where residuals are clipped."""


HOW_MANY_ARRAYS = (
    "How many arrays are there for the two gradients: one, or two?",
    "nothing to derive: the line that makes both of them",
)
ONE_ARRAY = "Both gradients came back as one array: what is added to one is added to the other as well."


def one_array_for_both(step: Step) -> Iterator[InjectedFault]:
    """Yield the sums of weights and bias that were collected in one array under two names."""
    a, w, b = step.inputs
    dz = "d" + step.out
    both = lambda env: weight_link(env[a], env[dz]) + bias_link(env[dz])
    rules = {"d" + w: both, "d" + b: both}
    yield InjectedFault("summed-over-too-much", "one array for both", rules, ONE_ARRAY, HOW_MANY_ARRAYS)


def bias_from_weights(step: Step) -> Iterator[InjectedFault]:
    """Yield the ways to make a bias gradient from the gradient of the weights."""
    _, w, b = step.inputs
    db, dw = "d" + b, "d" + w
    for label, reduce in {"sum": np.sum, "mean": np.mean}.items():
        yield InjectedFault(
            "bias-from-weights",
            f"{label} of columns",
            {db: lambda env, r=reduce: r(env[dw], axis=0, keepdims=np.ndim(env[dw]) > 1)},
        )
        yield InjectedFault(
            "bias-from-weights", f"{label} of columns, flat", {db: lambda env, r=reduce: r(env[dw], axis=0)}
        )
        yield InjectedFault("bias-from-weights", f"{label} of all", {db: lambda env, r=reduce: r(env[dw])})
        yield InjectedFault(
            "bias-from-weights", f"{label} of rows", {db: lambda env, r=reduce: r(env[dw], axis=-1, keepdims=True).T}
        )
    yield InjectedFault("bias-from-weights", "first row", {db: lambda env: env[dw][:1]})
    yield InjectedFault("bias-from-weights", "last row", {db: lambda env: env[dw][-1:]}, rare=True)
    yield InjectedFault("bias-from-weights", "first entry", {db: lambda env: np.ravel(env[dw])[0]})


def upstream_missing(step: Step) -> Iterator[InjectedFault]:
    """Yield the local slopes that stand where the whole path is asked for."""
    a, w, b = step.inputs
    z, dw, db = step.out, "d" + w, "d" + b
    yield InjectedFault("upstream-missing", "bias: one", {db: lambda env: np.ones_like(env[b]) * 1.0})
    yield InjectedFault("upstream-missing", "bias: examples", {db: lambda env: np.ones_like(env[b]) * len(env[z])})
    ones = lambda env: np.ones(np.shape(env[z]))
    both = {dw: lambda env: weight_link(env[a], ones(env)), db: lambda env: bias_link(ones(env))}
    yield InjectedFault("upstream-missing", "weights and bias: ones in place of the delta", both)
    yield InjectedFault("upstream-missing", "weights: mean input", {dw: lambda env: np.mean(env[a], axis=0)})
    yield InjectedFault("upstream-missing", "weights: summed input", {dw: lambda env: np.sum(env[a], axis=0)})
    yield InjectedFault(
        "upstream-missing", "weights: input of each unit", {dw: lambda env: env[a].T @ np.ones_like(env[z])}
    )


def not_the_delta(step: Step, program: Program) -> Iterator[InjectedFault]:
    """Yield the arrays that are carried back in place of this layer's delta, or in place of its weights."""
    a, w, _ = step.inputs
    da, dz, dw = "d" + a, "d" + step.out, "d" + w
    loss = next((s for s in program if s.op.kind is Kind.LOSS), None)
    names = [s.out for s in program if s.op.kind in (Kind.LINEAR, Kind.ACTIVATION)]
    if loss is not None:
        names += [loss.inputs[1]]
        y = loss.inputs[1]
        last = loss.inputs[0]
        error = lambda env: (env[last] - env[y]) @ env[w].T
        forward_again = lambda env: env[a] @ env[dw] @ env[w].T
        yield InjectedFault("not-the-delta", "input times gradient of the weights", {da: forward_again})
        yield InjectedFault("w2-missing", "weights of gradient", {da: lambda env: env[dz] @ env[dw].T})
        product = lambda env: (env[dw] * env[w]).T * np.ones_like(env[a])
        yield InjectedFault("not-the-delta", "gradient of the weights times weights", {da: product})
        shared: dict[str, Override] = {da: lambda env: product(env) / len(env[a])}
        yield InjectedFault("not-the-delta", "gradient of the weights times weights, averaged", shared, rare=True)
        yield InjectedFault("not-the-delta", "gradient alone", {da: lambda env: env[dw].T * np.ones_like(env[a])})
        if any(s.op.kind is Kind.LINEAR and s.inputs[0] == step.out for s in program):
            yield InjectedFault("not-the-delta", "residual", {da: error})
    before = next((s for s in program if s.out == a), None)
    if before is not None:
        for label, over in {"": lambda env: 1.0, ", averaged": lambda env: len(env[a])}.items():
            values = {"d" + before.inputs[0]: lambda env, over=over: env[a] / over(env)}
            yield InjectedFault("not-the-delta", f"values of the layer in its place{label}", values)
    after = next((s.out for s in program if s.inputs[0] == step.out and s.op.kind is Kind.ACTIVATION), None)
    for label, name in {"own value": after, "own sum": step.out}.items():
        if name is not None:
            for word, over in {"": lambda env: 1.0, ", averaged": lambda env: len(env[a])}.items():
                carried = lambda env, k=name, over=over: env[k] @ env[w].T / over(env)
                yield InjectedFault("not-the-delta", f"{label} carried back{word}", {da: carried}, rare=True)
    for name in names:
        yield InjectedFault("not-the-delta", f"{name} carried back", {da: lambda env, k=name: env[k] @ env[w].T})
        yield InjectedFault(
            "not-the-delta", f"{name} carried back, averaged", {da: lambda env, k=name: env[k] @ env[w].T / len(env[k])}
        )


def clipped_residuals(step: Step) -> Iterator[InjectedFault]:
    """Yield residuals that are cut at a limit before they are carried back."""
    a, y = step.inputs
    if step.op.name != "half_square":
        return
    for limit in CLIPS:
        yield InjectedFault(
            "gradient-clipped",
            f"residual at {limit}",
            {"d" + a: lambda env, c=limit: env["d" + step.out] * np.clip(env[a] - env[y], -c, c)},
        )


def divided_in_the_loop(step: Step) -> Iterator[InjectedFault]:
    """Yield the sum over the examples that is divided by m after each of them, so that early ones hardly count."""
    a, w, b = step.inputs
    dz = "d" + step.out

    def shrunk(env: Env) -> np.ndarray:
        m = len(env[dz])
        return env[dz] * np.reshape(float(m) ** np.arange(1 - m, 1), (m, *[1] * (np.ndim(env[dz]) - 1)))

    rules: dict[str, Override] = {
        "d" + w: lambda env: weight_link(env[a], shrunk(env)),
        "d" + b: lambda env: bias_link(shrunk(env)),
    }
    seen = "The sum so far is divided by m again with every example, so the first examples hardly count."
    yield InjectedFault("examples-left-out", "divided in the loop", rules, seen)


def errors_added_up(step: Step) -> Iterator[InjectedFault]:
    """Yield errors that are added up, in a loop or in one line, where each example has one of its own."""
    place = "d" + step.inputs[0]
    runs_on: Override = lambda env: np.cumsum(link(step, 0, env), axis=0)
    seen = "The error runs on from one example to the next, so an early one counts again in every later one."
    yield InjectedFault("examples-left-out", "error runs on", {place: runs_on}, seen, rare=True)
    all_in_one: Override = lambda env: np.sum(link(step, 0, env)) * np.ones(np.shape(env[step.out]))
    yield InjectedFault("summed-over-too-much", "errors of all examples", {place: all_in_one}, rare=True)


def decimals_cut_inside(step: Step) -> Iterator[InjectedFault]:
    """Yield values that lose their decimals on the way forward."""
    for label, cut in {"cut": np.trunc, "rounded": np.round, "rounded down": np.floor}.items():
        forward = step.op.forward
        yield InjectedFault(
            "decimals-lost",
            f"{label} inside",
            {step.out: lambda env, c=cut, f=forward: c(f(*(env[name] for name in step.inputs)))},
        )
        if step.op.kind is Kind.LINEAR:
            summed = lambda env, c=cut: _sum_of_products(env, step, c) + env[step.inputs[2]]
            yield InjectedFault("decimals-lost", f"products {label}", {step.out: summed}, rare=True)


def deltas_rounded(step: Step) -> Iterator[InjectedFault]:
    """Yield deltas that are rounded to some decimals, before they are divided by the number of examples or after."""
    z = step.inputs[0]
    counts: dict[str, Callable[[Env], int]] = {"": lambda env: 1, " before the mean": lambda env: np.shape(env[z])[0]}
    for decimals in range(1, 5):
        for label, count in counts.items():
            rounded = lambda env, k=decimals, n=count: np.round(link(step, 0, env) * n(env), k) / n(env)
            yield InjectedFault("decimals-lost", f"delta rounded to {decimals}{label}", {"d" + z: rounded}, rare=True)


def _sum_of_products(env: Env, step: Step, cut: Callable) -> np.ndarray:
    a, w = env[step.inputs[0]], env[step.inputs[1]]
    return np.sum(cut(a * w), axis=-1) if np.ndim(w) == 1 else np.sum(cut(a[..., None] * w), axis=-2)
