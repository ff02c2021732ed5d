"""Take one step of gradient descent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.property_exercise import KnownRule, PropertyExercise, Trial
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
    lambda names: [n for n in names if not n.lower().startswith("w")],
    lambda names: [n for n in names if "w" not in n.lower()],
    lambda names: [n for n in names if "b" in n.lower()],
    lambda names: names[2:],
    lambda names: names[:2],
)

FLOAT32 = 1e-6
"""What single precision loses; tighter than elsewhere, so that a little decay of the weights shows."""

RATES = (
    *(lambda lr: 1.0, lambda lr: lr**2, lambda lr: lr / 2, lambda lr: 2 * lr, lambda lr: 1 / lr, lambda lr: lr / 10),
    *(lambda lr: 0.1, lambda lr: 0.01, lambda lr: 0.5, lambda lr: 2.0, lambda lr: np.sqrt(lr), lambda lr: lr * 5),
)
"""Rates that a step may follow in place of the one asked for."""


def _other_gradient(params: Params, grads: Params, lr: float) -> Params:
    names = list(params)
    return {k: params[k] - lr * grads["d" + other] for k, other in zip(names, reversed(names), strict=True)}


def _gradient_by_place(params: Params, grads: Params, lr: float) -> Params:
    return {k: p - lr * grad for (k, p), grad in zip(params.items(), grads.values(), strict=True)}


_BY_SORTED_PLACE = tuple(
    lambda params, grads, lr, one=one, other=other: _gradient_by_place(
        {k: params[k] for k in one(params)}, {k: grads[k] for k in other(grads)}, lr
    )
    for one, other in ((sorted, list), (list, sorted))
)


def _draw_steps(rng: np.random.Generator) -> tuple[Trial, ...]:
    shapes: tuple[tuple[str, dict[str, tuple[int, ...]]], ...] = (
        ("neuron", {"w": (3,), "b": ()}),
        (CaseKind.IN_VIEW, {"W1": (2, 3), "b1": (1, 3), "W2": (3, 1), "b2": (1, 1)}),
        ("alike", {"W1": (2, 2), "W2": (2, 2)}),
        ("deep", {"W3": (2, 4), "b3": (1, 4)}),
        ("a name with a d in it", {"add": (2, 1), "d": (3,)}),
        ("one entry", {"W1": (1, 1), "b1": (1,)}),
        ("a rate of 30", {"W1": (2, 3), "b1": (1, 3)}),
    )
    trials = []
    for (kind, layout), lr in zip(shapes, (0.3, 0.07, 0.013, 1.7, 0.2, 0.6, 30.0), strict=True):
        params = {name: rng.normal(size=shape) if shape else float(rng.normal()) for name, shape in layout.items()}
        grads = {"d" + name: rng.normal(size=shape) if shape else float(rng.normal()) for name, shape in layout.items()}
        if kind == "alike":  # gradients belong to parameters by their names, and not by their places
            grads = dict(reversed(grads.items()))
        trials.append(Trial(kind, (params, grads, lr), (params, grads, lr)))
    steep = ({"W1": rng.normal(size=(2, 3))}, {"dW1": 1000.0 * rng.normal(size=(2, 3)) + np.eye(2, 3)}, 0.02)
    flat = ({"W1": 40.0 * rng.normal(size=(2, 3)), "b1": 7.0}, {"dW1": np.zeros((2, 3)), "db1": 0.0}, 0.5)
    whole = ({"t": int(rng.integers(2, 9)), "w": np.ones(2)}, {"dt": 3, "dw": np.array([2.0, 5.0])}, 0.25)
    special = (("steep", steep), ("flat", flat), ("whole numbers", whole))
    return (*trials, *(Trial(kind, args, args) for kind, args in special))


def _changed_by(change: Callable) -> Callable:
    """Return a step in which ``change(param, grad, lr)`` stands where the gradient belongs."""
    return lambda p, g, lr: {k: p[k] - lr * change(p[k], g["d" + k], lr) for k in p}


DECAYS = tuple(_changed_by(lambda p, g, lr, by=10.0**-k: g + by * p) for k in range(1, 6))
CLIPS = tuple(_changed_by(lambda p, g, lr, at=at: np.clip(g, -at, at)) for at in (0.5, 1.0, 5.0, 10.0, 50.0, 100.0))


def _cut_to_length(at: float) -> Callable:
    return _changed_by(lambda p, g, lr: g * min(1.0, at / (np.linalg.norm(g) + 1e-300)))


def _over_length(added: float) -> Callable:
    return _changed_by(lambda p, g, lr: g / (np.linalg.norm(g) + added))


OVER_LENGTH = tuple(map(_over_length, (0.0, 1e-15, 1e-12, 1e-10, 1e-8, 1e-6)))
"""Steps whose gradient is brought to length 1 first."""


def _direction_alone(params: Params, grads: Params, lr: float) -> Params:
    """Bring all gradients together to length 1."""
    length = np.sqrt(sum(np.sum(np.square(grad)) for grad in grads.values()))
    return step(params, grads, lr / length if length else lr)


def _numbers_stay(params: Params, grads: Params, lr: float) -> Params:
    """Move arrays alone, as where ``-=`` is applied to a loop's own name."""
    moved = step(params, grads, lr)
    return {name: value if np.ndim(value) == 0 else moved[name] for name, value in params.items()}


UPHILL = {
    "seen": "The step goes the wrong way: a small step of this kind makes the cost larger.",
    "question": "A slope above 0 says that the cost grows with the parameter. Which way should the parameter move?",
    "look": "Take one parameter, one slope and one rate as plain numbers, and do the step by hand.",
}
"""What is said of a step against the one asked for."""
OWN_VALUE = {
    "seen": "Each parameter loses a part of itself: the gradient has no influence.",
    "question": "What is it that is taken times the rate: a parameter, or its slope?",
    "look": "Look at the two names in the line that makes the step.",
}
"""What is said of a step that uses the parameter for its slope."""
_HINTS = {
    "tied-to-visible-data": (
        "Which names does params hold in the call that stops? Print its keys.",
        "Look at the names that are typed in.",
    ),
    "step-size-wrong": (
        "If the rate is halved, what should happen to the step?",
        "Take one parameter, one slope and one rate as plain numbers, and do the step by hand.",
    ),
    "other-layer-used": (
        "Which slope is taken from each parameter: its own?",
        "Write down for every name in params which name in grads belongs to it.",
    ),
    "summed-over-too-much": (
        "How many slopes does a parameter with six entries have?",
        "Look at what is taken from each entry.",
    ),
    "copied-too-little": (
        "After the copy, how many arrays exist: does each dict have its own?",
        "A copy of a dict has its own names and shares the arrays. Look at the line that changes one in place.",
    ),
    "": (
        "What should stand in the new dict under each name, and what must the old one still hold afterwards?",
        "Write the step down for one parameter alone; then do the same for every name in params.",
    ),
}


def gd_step_exercise(points: float) -> PropertyExercise:
    """Return the exercise ``gd_step(params, grads, lr)``."""
    return PropertyExercise(
        "gd_step",
        points,
        ("params", "grads", "lr"),
        _draw_steps,
        equals(step, FLOAT32),
        {
            "sign-flipped": (step_with(lambda lr: -lr),),
            "step-size-wrong": (
                step_with(lambda lr: min(lr, 1.0)),
                lambda p, g, lr: {k: p[k] - lr * g["d" + k] / np.size(g["d" + k]) for k in p},
                *OVER_LENGTH,
                _direction_alone,
                lambda p, g, lr: step(p, g, lr / len(p)),
                lambda p, g, lr: {k: p[k] - lr * np.sign(g["d" + k]) for k in p},
                *(step_with(rate) for rate in RATES),
            ),
            "weight-decay-added": DECAYS,
            "gradient-clipped": (*CLIPS, *(_cut_to_length(at) for at in (1.0, 5.0, 10.0))),
            "summed-over-too-much": (
                lambda p, g, lr: {k: p[k] - lr * np.sum(g["d" + k]) for k in p},
                lambda p, g, lr: {k: p[k] - lr * np.mean(g["d" + k]) for k in p},
            ),
            "parameter-left-out": (
                _numbers_stay,
                *(without(pick, keep=keep) for pick in LEFT_OUT for keep in (True, False)),
            ),
            "other-quantity-returned": (
                lambda p, g, lr: {k: lr * g["d" + k] for k in p},
                lambda p, g, lr: {k: -lr * g["d" + k] for k in p},
                lambda p, g, lr: g,
                lambda p, g, lr: {k: g["d" + k] for k in p},
                lambda p, g, lr: {"d" + k: lr * g["d" + k] for k in p},
            ),
            "other-layer-used": (_other_gradient, _gradient_by_place, *_BY_SORTED_PLACE),
        },
        (
            KnownRule((step_with(lambda lr: -lr),), UPHILL, "sign-flipped"),
            KnownRule((_changed_by(lambda p, g, lr: p),), OWN_VALUE, "value-not-slope"),
        ),
        rtol=FLOAT32,
        neighbours={
            "rate at least a tenth": step_with(lambda lr: max(lr, 0.1)),
            "first letter cut from all d": lambda p, g, lr: {k: p[k] - lr * g["d" + k.replace("d", "")] for k in p},
            "decimals of the step cut": _changed_by(lambda p, g, lr: np.trunc(g)),
        },
        hints=_HINTS,
        reference=step,
    )
