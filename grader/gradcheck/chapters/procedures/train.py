"""Train: measure the cost, take a step, over and over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.call import Branch, Code, Value
from gradcheck.chapters.procedures.gd_step import (
    CLIPS,
    DECAYS,
    FLOAT32,
    LEFT_OUT,
    OVER_LENGTH,
    RATES,
    UPHILL,
    Params,
    step,
    step_with,
    without,
)
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


def _train(
    X: Any,
    Y: Any,
    params: Params,
    grad_fn: Callable,
    cost_fn: Callable,
    lr: float,
    epochs: int,
    *,
    update: Callable = step,
    after: bool = False,
    frozen: bool = False,
    one_by_one: bool = False,
    both: bool = False,
) -> tuple[Params, list[float]]:
    costs, start = ([cost_fn(X, Y, params)] if both else []), grad_fn(X, Y, params)
    for _ in range(epochs):
        before = cost_fn(X, Y, params)
        if one_by_one:
            for name in list(params):
                params = {**params, name: params[name] - lr * grad_fn(X, Y, params)["d" + name]}
        else:
            params = update(params, start if frozen else grad_fn(X, Y, params), lr)
        costs.append(cost_fn(X, Y, params) if after or both else before)
    return params, costs


def _train_with(epochs: Callable[[int], int] = lambda n: n, **change: Any) -> Callable:
    return lambda X, Y, p, g, c, lr, n: _train(X, Y, p, g, c, lr, epochs(n), **change)


def _late_costs(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple[Params, list[float]]:
    return _train(X, Y, p, g, c, lr, n)[0], _train(X, Y, p, g, c, lr, n + 1)[1]


def _short_costs(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple[Params, list[float]]:
    return _train(X, Y, p, g, c, lr, n)[0], _train(X, Y, p, g, c, lr, n)[1][:-1]


def _one_step_less(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple:
    return _train(X, Y, p, g, c, lr, n - 1)[0], _train(X, Y, p, g, c, lr, n)[1]


def _decaying(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple[Params, list[float]]:
    costs = []
    for epoch in range(n):
        costs.append(c(X, Y, p))
        p = step(p, g(X, Y, p), lr / (epoch + 1))
    return p, costs


def _averaged(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple[Params, list[float]]:
    return _train(X, Y, p, g, c, lr / len(X), n)


def _until_better(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple[Params, list[float]]:
    costs: list[float] = []
    for _ in range(n):
        costs.append(c(X, Y, p))
        if len(costs) > 1 and costs[-1] < costs[-2]:
            break
        p = step(p, g(X, Y, p), lr)
    return p, costs


def _until(leaves: Callable[[list[float], Params], bool], *, drop: bool = False) -> Callable:
    """Return a training that leaves early; it does not keep the cost that made it leave where ``drop`` is set."""

    def trained(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple[Params, list[float]]:
        costs: list[float] = []
        for _ in range(n):
            costs.append(c(X, Y, p))
            slopes = g(X, Y, p)
            if leaves(costs, slopes):
                return p, costs[:-1] if drop else costs
            p = step(p, slopes, lr)
        return p, costs

    return trained


def _rate_by_epoch(rate: Callable[[float, int], float]) -> Callable:
    """Return a training whose rate depends on the epoch."""

    def trained(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple[Params, list[float]]:
        costs = []
        for epoch in range(n):
            costs.append(c(X, Y, p))
            p = step(p, g(X, Y, p), rate(lr, epoch))
        return p, costs

    return trained


def _rate_cut_at_a_rise(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple:
    costs: list[float] = []
    for _ in range(n):
        costs.append(c(X, Y, p))
        lr = lr / 2 if len(costs) > 1 and costs[-1] > costs[-2] else lr
        p = step(p, g(X, Y, p), lr)
    return p, costs


def _with_momentum(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple:
    costs, speed = [], {"d" + k: 0.0 * np.asarray(v) for k, v in p.items()}
    for _ in range(n):
        costs.append(c(X, Y, p))
        speed = {k: 0.9 * speed[k] + v for k, v in g(X, Y, p).items()}
        p = step(p, speed, lr)
    return p, costs


def _best_kept(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple:
    costs, best = [], p
    for _ in range(n):
        costs.append(c(X, Y, p))
        p = step(p, g(X, Y, p), lr)
        best = p if c(X, Y, p) < c(X, Y, best) else best
    return best, costs


def _costs_now_and_then(every: int) -> Callable:
    def trained(*args: Any) -> tuple[Params, list[float]]:
        p, costs = _train(*args)
        return p, costs[::every]

    return trained


def _hardly_moves(by: float) -> Callable:
    return lambda costs, _: len(costs) > 1 and abs(costs[-2] - costs[-1]) < by


def _rises(costs: list[float], _: Params) -> bool:
    return len(costs) > 1 and costs[-1] > costs[-2]


def _falls_no_more(costs: list[float], _: Params) -> bool:
    return len(costs) > 1 and costs[-1] >= costs[-2]


def _is_flat(by: float) -> Callable:
    return lambda _, slopes: max(np.max(np.abs(v)) for v in slopes.values()) < by


EARLY = (
    *(_until(_hardly_moves(10.0**-k)) for k in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12)),
    *(_until(_is_flat(10.0**-k)) for k in (2, 3, 4, 5, 6, 7, 8)),
    *(_until(leaves, drop=drop) for leaves in (_rises, _falls_no_more) for drop in (True, False)),
    *(_until(lambda costs, _, by=10.0**-k: costs[-1] < by) for k in (2, 3, 4)),
)
"""Trainings that leave before the last epoch."""

CHANGING = (
    *(_rate_by_epoch(lambda lr, t, every=every: lr * 0.5 ** (t // every)) for every in (10, 50, 100, 200)),
    *(_rate_by_epoch(lambda lr, t, by=by: lr * by**t) for by in (0.9, 0.95, 0.99, 0.995, 0.999)),
    *(_rate_by_epoch(lambda lr, t, by=by: lr / (1 + by * t)) for by in (0.1, 0.01, 0.001)),
    _rate_cut_at_a_rise,
    _train_with(update=step_with(lambda lr: min(lr, 0.1))),
)
"""Trainings whose rate is not the one asked for at every epoch."""

_OTHER = "lambda X, Y, p: float(np.sum((p['theta'] - np.mean(X)) ** 2) + np.sum((p['c'] - 1.0) ** 2))"
_OTHER_GRAD = "lambda X, Y, p: {'dc': 2 * (p['c'] - 1.0), 'dtheta': 2 * (p['theta'] - np.mean(X))}"
"""Its gradients come in another order than the parameters: they belong together by name."""


def _draw_special(rng: np.random.Generator) -> list[Trial]:
    """Draw trainings that are long, that climb, that start far out, and that have other names or whole numbers."""
    X, Y = rng.normal(size=(5, 2)), rng.integers(0, 2, size=(5, 1)) * 1.0
    whole = rng.integers(-3, 4, size=(4, 2))
    start = lambda size: {"W1": size * rng.normal(size=(2, 2)), "b1": size * rng.normal(size=(1, 2))}
    small = {"W1": rng.normal(size=(2, 1)), "b1": rng.normal(size=(1, 1))}
    rows = (
        ("long", X, Y, small, 0.02, 420, _GRAD, _COST),
        ("at rest in the end", X, Y, small, 0.1, 200, _GRAD, _COST),
        ("climbs", X, Y, start(1.0), 0.9, 5, _GRAD, _COST),
        ("far out", X, Y, start(300.0), 0.02, 4, _GRAD, _COST),
        ("other names", X, Y, {"theta": rng.normal(size=3), "c": np.array([4.0])}, 0.3, 4, _OTHER_GRAD, _OTHER),
        ("whole rows", whole, whole[:, :1] % 2, start(1.0), 0.05, 4, _GRAD, _COST),
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


_right = equals(_train, FLOAT32)


def _accepts(value: Value, known: tuple) -> Diagnosis | None:
    diagnosis = _right(value, known)
    costs = numbers(value.items[1]) if isinstance(value, Branch) and len(value.items) == 2 else None
    far = costs is not None and costs.ndim == 1 and len(costs) > known[-1] + 1
    return Diagnosis("tied-to-visible-data") if diagnosis and not diagnosis.mistake and far else diagnosis


_LOST = tuple(_train_with(update=without(pick, keep=True)) for pick in LEFT_OUT)
_VARIANTS = {
    "sign-flipped": (_train_with(update=step_with(lambda lr: -lr)),),
    "weight-decay-added": tuple(_train_with(update=decay) for decay in DECAYS),
    "gradient-clipped": tuple(_train_with(update=clip) for clip in CLIPS),
    "step-size-wrong": (
        *(_decaying, _averaged, *CHANGING),
        *(_train_with(update=step_with(rate)) for rate in RATES),
        *(_train_with(update=over_length) for over_length in OVER_LENGTH),
    ),
    "parameter-left-out": _LOST,
    "measured-elsewhere": (_train_with(frozen=True), _train_with(one_by_one=True)),
    "off-by-one": (
        _train_with(after=True),
        _train_with(both=True),
        _train_with(lambda n: n + 1),
        _train_with(lambda n: n - 1),
        _late_costs,
        _short_costs,
        _one_step_less,
    ),
    "stopped-early": (_train_with(lambda n: 1), _train_with(lambda n: n // 2), _until_better, *EARLY),
    "swapped-returns": (lambda *args: _train(*args)[::-1],),
}
_ORDER = "Write out two epochs by hand: at which parameters is each cost taken, and at which each gradient?"
_KNOWN_RULES = (
    KnownRule((_train_with(update=step_with(lambda lr: -lr)),), UPHILL, "sign-flipped"),
    *(
        KnownRule((rule,), {"seen": seen, "question": question, "look": _ORDER}, "off-by-one")
        for rule, seen, question in (
            (_train_with(after=True), "Each cost is taken one step too late.", "Which cost is costs[0]?"),
            (_late_costs, "Each cost is taken one step too late.", "Which cost is costs[0]?"),
            (_train_with(both=True), "One cost too many came back.", "How many costs are there after one epoch?"),
            (_short_costs, "The last cost is missing.", "How many costs are there after one epoch?"),
            (_train_with(lambda n: n + 1), "One epoch too many was trained.", "How often does your loop run?"),
            (_train_with(lambda n: n - 1), "One epoch too few was trained.", "How often does your loop run?"),
            (
                _one_step_less,
                "The costs are right; in the parameters the last step is missing.",
                "When does it return?",
            ),
        )
    ),
    KnownRule(
        (_train_with(frozen=True),),
        {
            "seen": "Every step uses the gradient of the first parameters.",
            "question": "The parameters move in every epoch. What does that mean for the gradient?",
            "look": _ORDER,
        },
        "measured-elsewhere",
    ),
    KnownRule(
        (_train_with(one_by_one=True),),
        {
            "seen": "Some parameters have moved already when the gradient of the next one is taken.",
            "question": "Are all gradients of one step taken at the same parameters?",
            "look": _ORDER,
        },
        "measured-elsewhere",
    ),
)
_NEIGHBOURS = {
    "momentum": _with_momentum,
    "the best parameters instead of the last": _best_kept,
    **{f"costs kept every {every} epochs": _costs_now_and_then(every) for every in (2, 5, 10, 50, 100)},
}
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
        _VARIANTS,
        _KNOWN_RULES,
        rtol=FLOAT32,
        neighbours=_NEIGHBOURS,
        hints=_HINTS,
        reference=_train,
    )
