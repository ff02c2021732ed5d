"""Trainings that are got wrong, made of the one that is right, and others close to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.chapters.procedures.gd_step import (
    CLIPS,
    DECAYS,
    LEFT_OUT,
    OVER_LENGTH,
    RATES,
    Params,
    step,
    step_with,
    without,
)


def train(
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
    """Return the parameters after ``epochs`` steps, and the cost before each; an option makes one mistake."""
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


def train_with(epochs: Callable[[int], int] = lambda n: n, **change: Any) -> Callable:
    """Return a training with another number of epochs, or with options of ``train``."""
    return lambda X, Y, p, g, c, lr, n: train(X, Y, p, g, c, lr, epochs(n), **change)


def late_costs(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple[Params, list[float]]:
    """Take one cost more than there are epochs."""
    return train(X, Y, p, g, c, lr, n)[0], train(X, Y, p, g, c, lr, n + 1)[1]


def short_costs(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple[Params, list[float]]:
    """Leave out the last cost."""
    return train(X, Y, p, g, c, lr, n)[0], train(X, Y, p, g, c, lr, n)[1][:-1]


def one_step_less(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple:
    """Leave out the last step."""
    return train(X, Y, p, g, c, lr, n - 1)[0], train(X, Y, p, g, c, lr, n)[1]


def _decaying(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple[Params, list[float]]:
    costs = []
    for epoch in range(n):
        costs.append(c(X, Y, p))
        p = step(p, g(X, Y, p), lr / (epoch + 1))
    return p, costs


def _averaged(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple[Params, list[float]]:
    return train(X, Y, p, g, c, lr / len(X), n)


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
        p, costs = train(*args)
        return p, costs[::every]

    return trained


def _hardly_moves(by: float) -> Callable:
    return lambda costs, _: len(costs) > 1 and abs(costs[-2] - costs[-1]) < by


def _falls_by_less(by: float) -> Callable:
    return lambda costs, _: len(costs) > 1 and costs[-2] - costs[-1] < by


def _rises(costs: list[float], _: Params) -> bool:
    return len(costs) > 1 and costs[-1] > costs[-2]


def _falls_no_more(costs: list[float], _: Params) -> bool:
    return len(costs) > 1 and costs[-1] >= costs[-2]


def _is_flat(by: float) -> Callable:
    return lambda _, slopes: max(np.max(np.abs(v)) for v in slopes.values()) < by


EARLY = (
    *(_until(_hardly_moves(10.0**-k)) for k in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12)),
    *(_until(_falls_by_less(10.0**-k)) for k in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12)),
    *(_until(_is_flat(10.0**-k)) for k in (2, 3, 4, 5, 6, 7, 8)),
    *(_until(leaves, drop=drop) for leaves in (_rises, _falls_no_more) for drop in (True, False)),
    *(_until(lambda costs, _, by=10.0**-k: costs[-1] < by) for k in range(2, 7)),
)
"""Trainings that leave before the last epoch."""

CHANGING = (
    *(_rate_by_epoch(lambda lr, t, every=every: lr * 0.5 ** (t // every)) for every in (10, 50, 100, 200)),
    *(_rate_by_epoch(lambda lr, t, by=by: lr * by**t) for by in (0.9, 0.95, 0.99, 0.995, 0.999)),
    *(_rate_by_epoch(lambda lr, t, by=by: lr / (1 + by * t)) for by in (0.1, 0.01, 0.001)),
    _rate_cut_at_a_rise,
    train_with(update=step_with(lambda lr: min(lr, 0.1))),
)
"""Trainings whose rate is not the one asked for at every epoch."""

WRONG_TRAININGS = {
    "sign-flipped": (train_with(update=step_with(lambda lr: -lr)),),
    "weight-decay-added": tuple(train_with(update=decay) for decay in DECAYS),
    "gradient-clipped": tuple(train_with(update=clip) for clip in CLIPS),
    "step-size-wrong": (
        *(_decaying, _averaged, *CHANGING),
        *(train_with(update=step_with(rate)) for rate in RATES),
        *(train_with(update=over_length) for over_length in OVER_LENGTH),
    ),
    "parameter-left-out": tuple(train_with(update=without(pick, keep=True)) for pick in LEFT_OUT),
    "measured-elsewhere": (train_with(frozen=True), train_with(one_by_one=True)),
    "off-by-one": (
        train_with(after=True),
        train_with(both=True),
        train_with(lambda n: n + 1),
        train_with(lambda n: n - 1),
        late_costs,
        short_costs,
        one_step_less,
    ),
    "stopped-early": (train_with(lambda n: 1), train_with(lambda n: n // 2), _until_better, *EARLY),
    "swapped-returns": (lambda *args: train(*args)[::-1],),
}
CLOSE_TRAININGS = {
    "momentum": _with_momentum,
    "the best parameters instead of the last": _best_kept,
    **{f"costs kept every {every} epochs": _costs_now_and_then(every) for every in (2, 5, 10, 50, 100)},
}
