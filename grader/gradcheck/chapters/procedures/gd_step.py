"""Take one step of gradient descent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.property_exercise import PropertyExercise, Trial
from gradcheck.judging.properties import equals

Params = dict[str, Any]


def step(params: Params, grads: Params, lr: float) -> Params:
    """Take one step of gradient descent."""
    return {name: value - lr * grads["d" + name] for name, value in params.items()}


def step_with(rate: Callable[[float], float]) -> Callable:
    """Return a step whose length follows another rate."""
    return lambda params, grads, lr: {k: v - rate(lr) * grads["d" + k] for k, v in params.items()}


def without(pick: Callable[[list[str]], list[str]], *, keep: bool) -> Callable:
    """Return a step that leaves the picked parameters where they are, or out of the result."""

    def partial(params: Params, grads: Params, lr: float) -> Params:
        left = set(pick(list(params)))
        moved = step(params, grads, lr)
        return {k: params[k] if k in left else moved[k] for k in params if keep or k not in left}

    return partial


LEFT_OUT = (
    lambda names: [n for n in names if n.startswith("b")],
    lambda names: [n for n in names if n.lower().startswith("w")],
    lambda names: names[:1],
    lambda names: names[-1:],
    lambda names: names[1:],
    lambda names: [n for n in names if n.endswith("2")],
    lambda names: [n for n in names if n.endswith("1")],
    lambda names: names,
    lambda names: [n for n in names if not n.startswith("W")],
    lambda names: [n for n in names if not n.startswith("b")],
    lambda names: names[2:],
    lambda names: names[:2],
)

RATES = (
    *(lambda lr: 1.0, lambda lr: lr**2, lambda lr: lr / 2, lambda lr: 2 * lr, lambda lr: 1 / lr, lambda lr: lr / 10),
    *(lambda lr: 0.1, lambda lr: 0.01, lambda lr: 0.5, lambda lr: 2.0, lambda lr: np.sqrt(lr), lambda lr: lr * 5),
)
"""Rates that a step may follow in place of the one asked for."""


def _other_gradient(params: Params, grads: Params, lr: float) -> Params:
    names = list(params)
    return {k: params[k] - lr * grads["d" + other] for k, other in zip(names, reversed(names), strict=True)}


def _draw_steps(rng: np.random.Generator) -> tuple[Trial, ...]:
    shapes = (
        ("neuron", {"w": (3,), "b": ()}),
        (CaseKind.IN_VIEW, {"W1": (2, 3), "b1": (1, 3), "W2": (3, 1), "b2": (1, 1)}),
        ("alike", {"W1": (2, 2), "W2": (2, 2)}),
        ("deep", {"W3": (2, 4), "b3": (1, 4)}),
    )
    trials = []
    for (kind, layout), lr in zip(shapes, (0.3, 0.07, 0.013, 1.7), strict=True):
        params = {name: rng.normal(size=shape) if shape else float(rng.normal()) for name, shape in layout.items()}
        grads = {"d" + name: rng.normal(size=shape) if shape else float(rng.normal()) for name, shape in layout.items()}
        trials.append(Trial(kind, (params, grads, lr), (params, grads, lr)))
    return tuple(trials)


def gd_step_exercise(points: float) -> PropertyExercise:
    """Return the exercise ``gd_step(params, grads, lr)``."""
    return PropertyExercise(
        "gd_step",
        points,
        ("params", "grads", "lr"),
        _draw_steps,
        equals(step),
        {
            "sign-flipped": (step_with(lambda lr: -lr),),
            "step-size-wrong": (
                lambda p, g, lr: {k: p[k] - lr * g["d" + k] / np.size(g["d" + k]) for k in p},
                lambda p, g, lr: {k: p[k] - lr * g["d" + k] / np.linalg.norm(g["d" + k]) for k in p},
                lambda p, g, lr: {k: p[k] - lr * np.sign(g["d" + k]) for k in p},
                *(step_with(rate) for rate in RATES),
            ),
            "summed-over-too-much": (
                lambda p, g, lr: {k: p[k] - lr * np.sum(g["d" + k]) for k in p},
                lambda p, g, lr: {k: p[k] - lr * np.mean(g["d" + k]) for k in p},
            ),
            "parameter-left-out": tuple(without(pick, keep=keep) for pick in LEFT_OUT for keep in (True, False)),
            "other-quantity-returned": (
                lambda p, g, lr: {k: lr * g["d" + k] for k in p},
                lambda p, g, lr: {k: -lr * g["d" + k] for k in p},
                lambda p, g, lr: g,
                lambda p, g, lr: {k: g["d" + k] for k in p},
                lambda p, g, lr: {"d" + k: lr * g["d" + k] for k in p},
            ),
            "other-layer-used": (_other_gradient,),
        },
        hints={
            "": (
                "What should stand in the new dict under each name, and what must the old one still hold afterwards?",
                "Write the step down for one parameter alone; then do the same for every name in params.",
            )
        },
        reference=step,
    )
