"""Take one step of gradient descent with momentum."""

from __future__ import annotations

import numpy as np

from gradcheck.call import Branch, Value, describe
from gradcheck.chapters.procedures.gd_step_variants import BESIDE, FLOAT32
from gradcheck.chapters.procedures.momentum_variants import ENDS, NEIGHBOURS, PAIRS, VARIANTS, momentum_step
from gradcheck.comparison.equality import is_same_value
from gradcheck.comparison.extraction import describe_form
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.property_exercise import PropertyExercise, Trial
from gradcheck.judging.properties import equals


def _draw_steps(rng: np.random.Generator) -> tuple[Trial, ...]:
    shapes: tuple[tuple[str, dict[str, tuple[int, ...]], float, float], ...] = (
        (CaseKind.IN_VIEW, {"W1": (2, 3), "b1": (1, 3), "W2": (3, 1), "b2": (1, 1)}, 0.07, 0.9),
        ("neuron", {"w": (3,), "b": ()}, 0.3, 0.6),
        ("no momentum", {"W1": (2, 2), "W2": (2, 2)}, 0.013, 0.0),
        ("all momentum", {"W3": (2, 4), "b3": (1, 4)}, 1.7, 1.0),
        ("a name with a d in it", {"add": (2, 1), "d": (3,)}, 0.2, 0.35),
        ("a rate of 30", {"W1": (2, 3), "b1": (1, 3)}, 30.0, 0.8),
        ("first step", {"W1": (2, 3), "b1": (1, 3), "W2": (3, 1), "b2": (1, 1)}, 0.4, 0.7),
    )
    trials = []
    for kind, layout, lr, beta in shapes:
        draw = lambda shape: rng.normal(size=shape) if shape else float(rng.normal())
        params = {name: draw(shape) for name, shape in layout.items()}
        grads = {"d" + name: draw(shape) for name, shape in layout.items()}
        if kind == "no momentum":  # gradients belong to parameters by their names, and not by their places
            grads = dict(reversed(grads.items()))
        velocity = {name: 0.0 * grad if kind == "first step" else draw(np.shape(grad)) for name, grad in grads.items()}
        trials.append(Trial(kind, (params, grads, velocity, lr, beta), (params, grads, velocity, lr, beta)))
    steep = {"dW1": 1000.0 * rng.normal(size=(2, 3)) + np.eye(2, 3)}
    fast = {"dW1": 300.0 * rng.normal(size=(2, 3))}
    flat = ({"W1": 40.0 * rng.normal(size=(2, 3))}, {"dW1": np.zeros((2, 3))}, {"dW1": np.zeros((2, 3))}, 0.5, 0.9)
    # As in a step without momentum: whole numbers only where nothing can be changed in place.
    slow = {"dt": 1, "dw": np.array([4.0, -3.0])}
    whole = ({"t": int(rng.integers(2, 9)), "w": np.ones(2)}, {"dt": 3, "dw": np.array([2.0, 5.0])}, slow, 0.25, 0.5)
    # A parameter at the bottom of its valley still rolls on, as far as its velocity goes.
    here, level, speed = (
        {key: size * rng.normal(size=(2, 2)), other: beside * rng.normal(size=(1, 2))}
        for key, other, size, beside in (("W1", "b1", 1.0, 1.0), ("dW1", "db1", 0.0, 0.1), ("dW1", "db1", 1.0, 1.0))
    )
    special = (
        ("steep", ({"W1": rng.normal(size=(2, 3))}, steep, fast, 0.02, 0.9)),
        ("flat", flat),
        ("whole numbers", whole),
        ("a gradient of zeros", (here, level, speed, 0.3, 0.9)),
    )
    return (*trials, *(Trial(kind, args, args) for kind, args in special))


HINTS = {
    "rate-in-velocity": (
        "The task gives two lines. In which of them is the rate, and what does the other one hold afterwards?",
        "Look at what is returned as velocity when the rate is 30.",
    ),
    "velocity-not-kept": (
        "What does the next step need from this one, and does it get it?",
        "Look at the second of the two dicts that you return.",
    ),
    "step-size-wrong": (
        "If the rate is halved, what should happen to the step?",
        "Take one parameter, one gradient and one velocity as plain numbers, and do the step by hand.",
    ),
    "copied-too-little": (
        "After the copy, how many arrays exist: does each dict have its own?",
        "A copy of a dict has its own names and shares the arrays. Look at the line that changes one in place.",
    ),
    "": (
        "Which of the two lines of the rule comes first, and which value of v does the other one use?",
        "Take one parameter, one gradient and one velocity as plain numbers, and do the step by hand.",
    ),
}


def _dicts(value: Value) -> list[Branch]:
    """Return the two dicts of a pair; none where it is no such pair."""
    found = [item for item in getattr(value, "items", ()) if isinstance(item, Branch) and item.type == "dict"]
    return found if isinstance(value, Branch) and value.type != "dict" and len(found) == len(value.items) == 2 else []


def _accepts(value: Value, known: tuple) -> Diagnosis | None:
    """Look at the names first: under wrong ones the numbers may be right."""
    got, want = (_dicts(x) for x in (value, describe(momentum_step(*known))))
    names = [[set(one.keys) for one in pair] for pair in (got, want)]
    if got and names[0] != names[1]:
        if names[0][::-1] == names[1]:
            return Diagnosis("swapped-returns", "params and velocity")
        odd, right = next((a, b) for a, b in zip(got, want, strict=True) if set(a.keys) != set(b.keys))
        one, other = (Branch("list", (), tuple(item for each in pair for item in each.items)) for pair in (got, want))
        fits = is_same_value(one, other, FLOAT32)
        return Diagnosis("wrong-container", half=fits, detail={"got": describe_form(odd), "want": describe_form(right)})
    return equals(momentum_step, FLOAT32)(value, known)


def momentum_step_exercise(points: float) -> PropertyExercise:
    """Return the exercise ``momentum_step(params, grads, velocity, lr, beta)``."""
    return PropertyExercise(
        "momentum_step",
        points,
        ("params", "grads", "velocity", "lr", "beta"),
        _draw_steps,
        _accepts,
        VARIANTS,
        rtol=FLOAT32,
        neighbours=NEIGHBOURS,
        pairs=PAIRS,
        ends=ENDS,
        beside=BESIDE,
        given_back=("params", "velocity"),
        hints=HINTS,
        reference=momentum_step,
    )
