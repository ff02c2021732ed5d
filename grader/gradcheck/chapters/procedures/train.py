"""Train: measure the cost, take a step, over and over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.call import Branch, Code, Value
from gradcheck.chapters.procedures.gd_step import LEFT_OUT, RATES, Params, step, step_with, without
from gradcheck.comparison.extraction import numbers
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.property_exercise import PropertyExercise, Trial
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
    return tuple(trials)


_right = equals(_train)


def _accepts(value: Value, known: tuple) -> Diagnosis | None:
    diagnosis = _right(value, known)
    costs = numbers(value.items[1]) if isinstance(value, Branch) and len(value.items) == 2 else None
    far = costs is not None and costs.ndim == 1 and len(costs) > known[-1] + 1
    return Diagnosis("tied-to-visible-data") if diagnosis and not diagnosis.mistake and far else diagnosis


def train_exercise(points: float) -> PropertyExercise:
    """Return the exercise ``train(X, Y, params, grad_fn, cost_fn, lr, epochs)``."""
    lost = tuple(_train_with(update=without(pick, keep=True)) for pick in LEFT_OUT)
    return PropertyExercise(
        "train",
        points,
        ("X", "Y", "params", "grad_fn", "cost_fn", "lr", "epochs"),
        _draw_training,
        _accepts,
        {
            "sign-flipped": (_train_with(update=step_with(lambda lr: -lr)),),
            "step-size-wrong": (_decaying, _averaged, *(_train_with(update=step_with(rate)) for rate in RATES)),
            "parameter-left-out": lost,
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
            "stopped-early": (_train_with(lambda n: 1), _train_with(lambda n: n // 2), _until_better),
            "swapped-returns": (lambda *args: _train(*args)[::-1],),
        },
        hints={
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
        },
        reference=_train,
    )
