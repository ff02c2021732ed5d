"""Train: measure the cost, take a step, over and over."""

from __future__ import annotations

import numpy as np

from gradcheck.call import Branch, Code, Value, describe
from gradcheck.chapters.procedures.gd_step_variants import BESIDE, FLOAT32, UPHILL, step_with
from gradcheck.chapters.procedures.train_variants import (
    CLOSE_TRAININGS,
    ENDS,
    PAIRS,
    WRONG_TRAININGS,
    one_step_less,
    short_costs,
    train,
    train_with,
)
from gradcheck.comparison.equality import is_same_value
from gradcheck.comparison.extraction import numbers
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.property_exercise import KnownRule, PropertyExercise, Trial
from gradcheck.judging.properties import equals

_COST = (
    "lambda X, Y, p: float(sum((i + 1) * np.sum((v - np.mean(X) - 0.3 * i * np.sum(Y)) ** 2)"
    " for i, v in enumerate(p.values())) + np.sum(p['W1']) * np.sum(p['b1']))"
)
_GRAD = (
    "lambda X, Y, p: {'d' + k: 2 * (i + 1) * (v - np.mean(X) - 0.3 * i * np.sum(Y))"
    " + (np.sum(p['b1']) if k == 'W1' else np.sum(p['W1']) if k == 'b1' else 0.0)"
    " for i, (k, v) in enumerate(p.items())}"
)


_OTHER = "lambda X, Y, p: float(np.sum((p['theta'] - np.mean(X)) ** 2) + np.sum((p['c'] - 1.0) ** 2))"
_OTHER_GRAD = "lambda X, Y, p: {'dc': 2 * (p['c'] - 1.0), 'dtheta': 2 * (p['theta'] - np.mean(X))}"
"""Its gradients come in another order than the parameters: they belong together by name."""
_QUICK, _QUICK_GRAD = "lambda X, Y, p: float(p['c'] @ p['c']) / 10", "lambda X, Y, p: {'dc': p['c'] / 5}"
"""A cost that takes little time, for many epochs, and that falls at a large rate, too."""


def _draw_special(rng: np.random.Generator) -> list[Trial]:
    """Draw trainings that are long, that climb, that start far out, and that have other names or whole numbers."""
    X, Y = rng.normal(size=(5, 2)), rng.integers(0, 2, size=(5, 1)) * 1.0
    whole = rng.integers(-3, 4, size=(4, 2))
    start = lambda size: {"W1": size * rng.normal(size=(2, 2)), "b1": size * rng.normal(size=(1, 2))}
    small = {"W1": rng.normal(size=(2, 1)), "b1": rng.normal(size=(1, 1))}
    few = {"c": rng.normal(size=2)}
    rows = (
        ("long", X, Y, small, 0.02, 420, _GRAD, _COST),
        ("at rest in the end", X, Y, small, 0.1, 200, _GRAD, _COST),
        ("climbs", X, Y, start(1.0), 0.9, 5, _GRAD, _COST),
        ("far out", X, Y, start(300.0), 0.02, 4, _GRAD, _COST),
        ("other names", X, Y, {"theta": rng.normal(size=3), "c": np.array([4.0])}, 0.3, 14, _OTHER_GRAD, _OTHER),
        ("whole rows", whole, whole[:, :1] % 2, start(1.0), 0.05, 4, _GRAD, _COST),
        ("a rate above 1", X, Y, few, 1.3, 3, _QUICK_GRAD, _QUICK),
    )
    trials = []
    for kind, inputs, targets, params, lr, epochs, grad, cost in rows:
        known = (inputs, targets, params, eval(grad, {"np": np}), eval(cost, {"np": np}), lr, epochs)
        trials.append(Trial(kind, (inputs, targets, params, Code(grad), Code(cost), lr, epochs), known))
    return trials


def _draw_training(rng: np.random.Generator) -> tuple[Trial, ...]:
    trials = []
    layouts = (
        (CaseKind.IN_VIEW, {"W1": (2, 3), "b1": (1, 3), "W2": (3, 1), "b2": (1, 1)}, 6),
        ("two", {"W1": (2, 2), "b1": (1, 2)}, 3),
        ("one epoch", {"W1": (3, 2), "b1": (1, 2), "W2": (2, 1), "b2": (1, 1)}, 1),
    )
    for kind, layout, epochs in layouts:
        X, Y = rng.normal(size=(5, 2)), rng.integers(0, 2, size=(5, 1)) * 1.0
        params = {name: rng.normal(size=shape) for name, shape in layout.items()}
        grad, cost = (eval(source, {"np": np}) for source in (_GRAD, _COST))
        rest = (0.013, epochs)
        trials.append(Trial(kind, (X, Y, params, Code(_GRAD), Code(_COST), *rest), (X, Y, params, grad, cost, *rest)))
    return (*trials, *_draw_special(rng))


_right = equals(train, FLOAT32)


def _accepts(value: Value, known: tuple) -> Diagnosis | None:
    diagnosis = _right(value, known)
    if diagnosis is None or diagnosis.mistake:
        return diagnosis
    costs = numbers(value.items[1]) if isinstance(value, Branch) and len(value.items) == 2 else None
    if costs is None or costs.ndim != 1:
        return diagnosis
    if len(costs) > known[-1] + 1:
        return Diagnosis("tied-to-visible-data")
    return Diagnosis("stopped-early") if _is_early(value, known, len(costs)) else diagnosis


def _is_early(value: Value, known: tuple, done: int) -> bool:
    """Tell whether parameters and costs are those of fewer epochs; the last step may be missing."""
    X, Y, params, grad_fn, cost_fn, lr, epochs = known
    if not 0 < done < epochs:
        return False
    ran = [train(X, Y, params, grad_fn, cost_fn, lr, steps) for steps in (done - 1, done)]
    early = [(stopped[0], ran[-1][1]) for stopped in ran]
    return any(is_same_value(value, describe(one), FLOAT32) for one in early)


_ORDER = "Write out two epochs by hand: at which parameters is each cost taken, and at which each gradient?"
_KNOWN_RULES = (
    KnownRule((train_with(update=step_with(lambda lr: -lr)),), UPHILL, "sign-flipped"),
    *(
        KnownRule((rule,), {"seen": seen, "question": question, "look": _ORDER}, "off-by-one")
        for rule, seen, question in (
            (train_with(after=True), "Each cost is taken one step too late.", "Which cost is costs[0]?"),
            (train_with(both=True), "One cost too many came back.", "How many costs are there after one epoch?"),
            (short_costs(), "The last cost is missing.", "How many costs are there after one epoch?"),
            (train_with(lambda n: n + 1), "One epoch too many was trained.", "How often does your loop run?"),
            (train_with(lambda n: n - 1), "One epoch too few was trained.", "How often does your loop run?"),
            (one_step_less(), "The costs are right; the parameters lack the last step.", "When does it return?"),
        )
    ),
    KnownRule(
        (train_with(frozen=True),),
        {
            "seen": "Every step uses the gradient of the first parameters.",
            "question": "The parameters move in every epoch. What does that mean for the gradient?",
            "look": _ORDER,
        },
        "measured-elsewhere",
    ),
    KnownRule(
        (train_with(one_by_one=True),),
        {
            "seen": "Some parameters have moved already when the gradient of the next one is taken.",
            "question": "Are all gradients of one step taken at the same parameters?",
            "look": _ORDER,
        },
        "measured-elsewhere",
    ),
)
_HINTS = {
    "stopped-early": (
        "How many costs should come back, and what may end the loop?",
        "Look at every line that can leave the loop before its last round.",
    ),
    "step-size-wrong": (
        "Is each step as long as the rate asks, in the first epoch and in the last?",
        "Look at every line in which the rate stands.",
    ),
    "copied-too-little": (
        "After the copy, how many arrays exist: does each dict have its own?",
        "A copy of a dict has its own names and shares the arrays. Look at the line that changes one in place.",
    ),
    "": (
        "In which order do measuring the cost, asking for the gradient and stepping follow each other?",
        "Write out two epochs by hand: what is measured, at which parameters, what is stepped.",
    ),
    "measured-elsewhere": (
        "Is the gradient asked for anew at each epoch, and for all parameters before any of them moves?",
        "Write out two epochs by hand: at which parameters is each gradient taken?",
    ),
    "off-by-one": (
        "How many costs are there, and is costs[0] taken before or after the first step?",
        "Write out one epoch by hand.",
    ),
}


def train_exercise(points: float) -> PropertyExercise:
    """Return the exercise ``train(X, Y, params, grad_fn, cost_fn, lr, epochs)``."""
    return PropertyExercise(
        "train",
        points,
        ("X", "Y", "params", "grad_fn", "cost_fn", "lr", "epochs"),
        _draw_training,
        _accepts,
        WRONG_TRAININGS,
        _KNOWN_RULES,
        rtol=FLOAT32,
        neighbours=CLOSE_TRAININGS,
        pairs=PAIRS,
        ends=ENDS,
        beside=BESIDE,
        given_back=("params",),
        hints=_HINTS,
        reference=train,
    )
