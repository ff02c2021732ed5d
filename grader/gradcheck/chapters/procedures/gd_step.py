"""Take one step of gradient descent."""

from __future__ import annotations

import numpy as np

from gradcheck.chapters.procedures.gd_step_variants import (
    BESIDE,
    FLOAT32,
    NEIGHBOURS,
    PAIRS,
    UPHILL,
    VARIANTS,
    changed_by,
    keep_still,
    step,
    step_with,
)
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.property_exercise import KnownRule, PropertyExercise, Trial
from gradcheck.judging.properties import equals


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
    slopes = {"dW1": np.full((2, 3), 0.03), "db1": 0.03 * rng.normal(size=3)}
    gentle = ({"W1": rng.normal(size=(2, 3)), "b1": rng.normal(size=3)}, slopes, 0.4)
    special = (("steep", steep), ("gentle", gentle), ("flat", flat), ("whole numbers", whole))
    return (*trials, *(Trial(kind, args, args) for kind, args in special))


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
        VARIANTS,
        (
            KnownRule((step_with(lambda lr: -lr),), UPHILL, "sign-flipped"),
            KnownRule((changed_by(lambda p, g, lr: p),), OWN_VALUE, "value-not-slope"),
        ),
        rtol=FLOAT32,
        neighbours=NEIGHBOURS,
        pairs=PAIRS,
        ends={"parameter-left-out": (lambda known, made, came_back: keep_still(known[0], made, came_back),)},
        beside=BESIDE,
        given_back=("params",),
        hints=_HINTS,
        reference=step,
    )
