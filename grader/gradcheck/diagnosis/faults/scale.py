"""The right link times a wrong number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from gradcheck.autodiff.ops import Kind
from gradcheck.autodiff.program import Env, Override, Step, link
from gradcheck.diagnosis.faults.injected_fault import InjectedFault

FACTORS: dict[str, tuple[str, Callable[[int, int], float]]] = {
    "negative": ("sign-flipped", lambda m, n: -1.0),
    "twice": ("factor-two", lambda m, n: 2.0),
    "half": ("half-kept", lambda m, n: 0.5),
    "times m": ("sum-not-mean", lambda m, n: m),
    "over m": ("averaged-twice", lambda m, n: 1 / m),
    "m over n": ("divided-by-wrong-count", lambda m, n: m / n),
    "over n": ("divided-by-wrong-count", lambda m, n: 1 / n),
    "m over m-1": ("divided-by-wrong-count", lambda m, n: m / (m - 1) if m > 1 else np.inf),
    "m over m+1": ("divided-by-wrong-count", lambda m, n: m / (m + 1) if m > 1 else np.inf),
    "over m n": ("divided-by-wrong-count", lambda m, n: 1 / (m * n)),
}
"""Wrong numbers as functions of the numbers of examples and of inputs, under their names."""


LAYER_WISE = frozenset({"sum-not-mean", "averaged-twice", "factor-two", "half-kept"})
"""Wrong numbers that stand in one layer's own lines alone."""


def count(env: Env, step: Step) -> int:
    """Return the number of examples: the rows of what the step makes, or of what it averages."""
    name = step.inputs[0] if step.op.kind in (Kind.REDUCTION, Kind.SEED) else step.out
    return np.shape(env[name])[0] if np.ndim(env[name]) else 1


def layer_scale_faults(step: Step) -> Iterator[InjectedFault]:
    """Yield both gradients of a layer times the same wrong number, which the layers before it do not get."""
    _, w, b = step.inputs
    weights, biases = scale_faults("d" + w, step, 1), scale_faults("d" + b, step, 2)
    for one, other in zip(weights, biases, strict=True):
        if one.id in LAYER_WISE:
            yield InjectedFault(one.id, f"{one.label}, this layer", {**one.rules, **other.rules})


def scale_faults(place: str, step: Step, position: int) -> Iterator[InjectedFault]:
    """Yield the right link times a wrong number."""

    def times(factor: Callable[[int, int], float]) -> Override:
        def rule(env: Env) -> Any:
            first = next((env[n] for n in ("X", "x", "A_prev", "A1") if n in env), env[step.inputs[0]])
            width = np.shape(first)[-1] if np.ndim(first) else 1
            return link(step, position, env) * factor(count(env, step), width)

        return rule

    for label, (id, factor) in FACTORS.items():
        if step.op.kind is Kind.REDUCTION and id in ("sign-flipped", "factor-two", "half-kept"):
            continue  # an average has no sign and no half: those are the loss's
        yield InjectedFault(id, label, {place: times(factor)})
