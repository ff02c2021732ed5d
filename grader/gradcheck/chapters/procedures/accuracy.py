"""Count how many predictions are right."""

from __future__ import annotations

import numpy as np

from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.property_exercise import PropertyExercise, Trial
from gradcheck.judging.properties import equals


def _accuracy(A2: np.ndarray, Y: np.ndarray) -> float:
    return float(np.mean((A2 > 0.5) == (Y > 0.5)))


def _draw_accuracy(rng: np.random.Generator) -> tuple[Trial, ...]:
    trials = []
    for kind, shape in ((CaseKind.IN_VIEW, (4, 1)), ("column", (9, 1)), ("one", (1, 1)), ("long", (40, 1))):
        A2 = rng.uniform(0.05, 0.45, size=shape) + 0.5 * rng.integers(0, 2, size=shape)
        Y = rng.integers(0, 2, size=shape) * 1.0
        if kind == CaseKind.IN_VIEW:
            Y = np.where(np.arange(4).reshape(4, 1) < 3, A2 > 0.5, A2 < 0.5) * 1.0  # three of four are right
        trials.append(Trial(kind, (A2, Y), (A2, Y)))
    whole = trials[1].known[1].astype(int)
    trials.append(Trial("integers", (trials[1].known[0], whole), (trials[1].known[0], whole)))
    return tuple(trials)


def accuracy_exercise(points: float) -> PropertyExercise:
    """Return the exercise ``accuracy(A2, Y)``."""
    flat = lambda A2, Y: np.mean((A2.reshape(-1, 1) > 0.5) == (Y.reshape(1, -1) > 0.5))
    return PropertyExercise(
        "accuracy",
        points,
        ("A2", "Y"),
        _draw_accuracy,
        equals(_accuracy),
        {
            "sum-not-mean": (lambda A2, Y: np.sum((A2 > 0.5) == (Y > 0.5)),),
            "broadcast-by-accident": (flat, lambda A2, Y: flat(A2, Y) * Y.size),
            "divided-by-wrong-count": (lambda A2, Y: np.sum((A2 > 0.5) == (Y > 0.5)) / 4,),
            "decimals-lost": (
                lambda A2, Y: np.round(_accuracy(A2, Y)),
                lambda A2, Y: np.round(_accuracy(A2, Y), 1),
                lambda A2, Y: np.round(_accuracy(A2, Y), 2),
            ),
            "examples-left-out": (
                lambda A2, Y: _accuracy(A2[:1], Y[:1]) / len(Y),
                lambda A2, Y: _accuracy(A2[:1], Y[:1]),
                lambda A2, Y: _accuracy(A2[1:], Y[1:]) if len(Y) > 1 else 0.0,
                lambda A2, Y: _accuracy(A2[:-1], Y[:-1]) if len(Y) > 1 else 0.0,
            ),
            "examples-not-summed": (lambda A2, Y: (A2 > 0.5) == (Y > 0.5),),
        },
        hints={
            "": (
                "A2 holds probabilities and Y labels: what turns the first into the second, and what is then compared?",
                "Take four examples and count by hand which ones are right.",
            )
        },
    )
