"""Trainings that are got wrong, made of the one that is right, and others close to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from gradcheck.call import Leaf, Value
from gradcheck.chapters.procedures import gd_step_variants
from gradcheck.chapters.procedures.gd_step_variants import LEFT_OUT, UPDATES, Params, held, step, step_with, without


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


def short_costs(**change: Any) -> Callable:
    """Return a training that leaves out the last cost."""
    return _apart(lambda n: n, lambda n: n, slice(None, -1), **change)


def one_step_less(**change: Any) -> Callable:
    """Return a training that leaves out the last step."""
    return _apart(lambda n: n - 1, lambda n: n, slice(None), **change)


def _apart(steps: Callable[[int], int], costs: Callable[[int], int], kept: slice, **change: Any) -> Callable:
    """Return a training whose parameters and whose costs are those of another number of epochs each."""

    def trained(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple[Params, list[float]]:
        ends = train(X, Y, p, g, c, lr, steps(n), **change)[0]
        return ends, train(X, Y, p, g, c, lr, costs(n), **change)[1][kept]

    return trained


def _decaying(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple[Params, list[float]]:
    costs = []
    for epoch in range(n):
        costs.append(c(X, Y, p))
        p = step(p, g(X, Y, p), lr / (epoch + 1))
    return p, costs


def _one_epoch_late(X: Any, Y: Any, p: Params, g: Callable, c: Callable, lr: float, n: int) -> tuple:
    """Step with the gradient of the epoch before; the first epoch has its own."""
    costs, ready = [], g(X, Y, p)
    for _ in range(n):
        costs.append(c(X, Y, p))
        coming = g(X, Y, p)
        p, ready = step(p, ready, lr), coming
    return p, costs


def _single_entries_stay(params: Params, grads: Params, lr: float) -> Params:
    return {k: v if np.size(v) == 1 else v - lr * grads["d" + k] for k, v in params.items()}


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

COUNTED: dict[str, tuple[Callable, ...]] = {
    "off-by-one": (
        partial(train_with, after=True),
        partial(train_with, both=True),
        partial(train_with, lambda n: n + 1),
        partial(train_with, lambda n: n - 1),
        short_costs,
        one_step_less,
    ),
    "measured-elsewhere": (partial(train_with, frozen=True),),
    "stopped-early": (partial(train_with, lambda n: 1), partial(train_with, lambda n: n // 2)),
}
"""Mistake -> trainings that make it outside of the step, for any ``update``."""
FORMS = 9
"""So many forms of each wrong step are tried together with a parameter that is left out."""
_LEFT_OUT = tuple(without(pick, keep=True) for pick in LEFT_OUT)
WRONG_TRAININGS = {
    **{id: tuple(train_with(update=update) for update in updates) for id, updates in UPDATES.items()},
    "step-size-wrong": (
        *(_decaying, _averaged, *CHANGING),
        *(train_with(update=update) for update in UPDATES["step-size-wrong"]),
    ),
    "parameter-left-out": tuple(train_with(update=update) for update in (*_LEFT_OUT, _single_entries_stay)),
    "measured-elsewhere": (train_with(frozen=True), train_with(one_by_one=True), _one_epoch_late),
    "off-by-one": tuple(counted() for counted in COUNTED["off-by-one"]),
    "stopped-early": (train_with(lambda n: 1), train_with(lambda n: n // 2), _until_better, *EARLY),
    "swapped-returns": (lambda *args: train(*args)[::-1],),
}
PAIRS = {
    **{
        (one, other): tuple(counted(update=update) for counted in ways for update in updates)
        for other, ways in COUNTED.items()
        for one, updates in (*UPDATES.items(), ("parameter-left-out", _LEFT_OUT))
    },
    **{ids: tuple(train_with(update=update) for update in updates) for ids, updates in gd_step_variants.PAIRS.items()},
    **{
        (id, "parameter-left-out"): tuple(
            train_with(update=held(update, pick)) for update in updates[:FORMS] for pick in LEFT_OUT
        )
        for id, updates in UPDATES.items()
    },
}
"""A wrong step beside a wrong count, another wrong step, or a parameter that is left out."""


def _moved(known: tuple, made: tuple[Params, list[float]], _: Value) -> tuple[Params, list[float]]:
    return {k: p - known[2][k] for k, p in made[0].items()}, made[1]


def _moved_back(known: tuple, made: tuple[Params, list[float]], _: Value) -> tuple[Params, list[float]]:
    return {k: known[2][k] - p for k, p in made[0].items()}, made[1]


def _slopes(known: tuple, made: tuple[Params, list[float]], _: Value) -> tuple[Params, list[float]]:
    X, Y, _params, grad_fn, *_rest = known
    return grad_fn(X, Y, made[0]), made[1]


def _slopes_by_name(known: tuple, made: tuple[Params, list[float]], _: Value) -> tuple[Params, list[float]]:
    slopes, costs = _slopes(known, made, _)
    return {name: slopes["d" + name] for name in made[0]}, costs


ENDS = {"other-quantity-returned": (_moved, _moved_back, _slopes, _slopes_by_name)}
"""What may come back in place of the parameters."""
CLOSE_TRAININGS = {
    "momentum": _with_momentum,
    "the best parameters instead of the last": _best_kept,
    "the way from start to end": lambda *known: _moved(known, train(*known), Leaf("")),
    **{f"costs kept every {every} epochs": _costs_now_and_then(every) for every in (2, 5, 10, 50, 100)},
}
