"""Steps of gradient descent that are got wrong, alone and two mistakes at once, and others close to the right one."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.call import Branch, Value, describe
from gradcheck.comparison.equality import is_same_value

Params = dict[str, Any]
Step = Callable[[Params, Params, float], Params]


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
    lambda names: names[:-1],
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
SHARES = (*(10.0**-k for k in range(1, 6)), *(times * 10.0**-k for times in (2, 5) for k in range(1, 6)))
"""Parts of itself that a parameter may lose where weights decay."""


def keep_still(before: Params, made: Params, came_back: Value) -> Params:
    """Return what a rule made without the names that did not come back; those that came back as they were stay so."""
    if not isinstance(came_back, Branch) or came_back.type != "dict":
        return made
    got = dict(zip(came_back.keys, came_back.items, strict=True))
    stays = {k for k in made if k in got and k in before and is_same_value(got[k], describe(before[k]), 1e-12)}
    return {k: before[k] if k in stays else value for k, value in made.items() if k in got}


def length_of(arrays: Any) -> float:
    """Return the length of an array, or of all arrays in a dict together."""
    parts = arrays.values() if isinstance(arrays, dict) else (arrays,)
    return float(np.sqrt(sum(np.sum(np.square(part)) for part in parts)))


def at_rate(rule: Step, rate: Callable[[float], float]) -> Step:
    """Return a step that follows another rate."""
    return lambda params, grads, lr: rule(params, grads, rate(lr))


def _uphill(rule: Step) -> Step:
    """Return a step as long as that of a rule, the other way."""
    return lambda params, grads, lr: {k: 2 * params[k] - moved for k, moved in rule(params, grads, lr).items()}


def _by_place(names: Callable[[Any], list[str]], places: Callable[[Any], list[str]]) -> Step:
    """Return a step whose gradients belong to the parameters by their places, each in an order."""

    def by_place(params: Params, grads: Params, lr: float) -> Params:
        of = dict(zip(names(params), places(grads), strict=True))
        return {k: p - lr * grads[of[k]] for k, p in params.items()}

    return by_place


def backward(names: Any) -> list[str]:
    """Return the names from the last to the first."""
    return list(names)[::-1]


ORDERS: tuple[Callable[[Any], list[str]], ...] = (list, sorted, backward)
"""Orders in which a learner may go through names."""


def _other_gradient(params: Params, grads: Params, lr: float) -> Params:
    names = list(params)
    return {k: params[k] - lr * grads["d" + other] for k, other in zip(names, reversed(names), strict=True)}


def changed_by(change: Callable) -> Callable:
    """Return a step in which ``change(param, grad, lr)`` stands where the gradient belongs."""
    return lambda p, g, lr: {k: p[k] - lr * change(p[k], g["d" + k], lr) for k in p}


DECAYS = tuple(changed_by(lambda p, g, lr, by=by: g + by * p) for by in SHARES)
CLIPS = tuple(changed_by(lambda p, g, lr, at=at: np.clip(g, -at, at)) for at in (0.5, 1.0, 5.0, 10.0, 50.0, 100.0))


def cut_to_length(at: float) -> Step:
    """Return a step whose gradients are shortened, each by itself."""
    return changed_by(lambda p, g, lr: g * min(1.0, at / (np.linalg.norm(g) + 1e-300)))


def _over_length(added: float) -> Callable:
    return changed_by(lambda p, g, lr: g / (np.linalg.norm(g) + added))


OVER_LENGTH = tuple(map(_over_length, (0.0, 1e-15, 1e-12, 1e-10, 1e-8, 1e-6)))
"""Steps whose gradient is brought to length 1 first."""


def _direction_alone(added: float) -> Step:
    """Return a step that brings all gradients together to length 1."""

    def alone(params: Params, grads: Params, lr: float) -> Params:
        length = length_of(grads) + added
        return step(params, grads, lr / length if length else lr)

    return alone


DIRECTIONS = tuple(map(_direction_alone, (0.0, 1e-15, 1e-12, 1e-10, 1e-8, 1e-7, 1e-6)))
"""Steps whose gradients are brought to length 1 all together."""


def _cut_together(at: float) -> Step:
    """Return a step that shortens all gradients together."""
    return lambda params, grads, lr: step(params, grads, lr * min(1.0, at / (length_of(grads) + 1e-300)))


def held(rule: Step, pick: Callable[[list[str]], list[str]]) -> Step:
    """Return a step that follows a rule and leaves the picked parameters where they are."""

    def partly(params: Params, grads: Params, lr: float) -> Params:
        left, moved = set(pick(list(params))), rule(params, grads, lr)
        return {k: params[k] if k in left else value for k, value in moved.items()}

    return partly


def _same_letter(params: Params, grads: Params, lr: float) -> Params:
    """Take the first gradient whose name begins alike: dW1 for W2 as well."""
    first = {k: next(g for name, g in grads.items() if name[:2] == "d" + k[0]) for k in params}
    return {k: v - lr * first[k] for k, v in params.items()}


def _numbers_stay(params: Params, grads: Params, lr: float) -> Params:
    """Move arrays alone, as where ``-=`` is applied to a loop's own name."""
    moved = step(params, grads, lr)
    return {name: value if np.ndim(value) == 0 else moved[name] for name, value in params.items()}


UPDATES: dict[str, tuple[Step, ...]] = {
    "sign-flipped": (step_with(lambda lr: -lr),),
    "step-size-wrong": (
        *(step_with(rate) for rate in RATES),
        step_with(lambda lr: min(lr, 1.0)),
        lambda p, g, lr: {k: p[k] - lr * g["d" + k] / np.size(g["d" + k]) for k in p},
        lambda p, g, lr: step(p, g, lr / len(p)),
        lambda p, g, lr: {k: p[k] - lr * np.sign(g["d" + k]) for k in p},
        *OVER_LENGTH,
        *DIRECTIONS,
    ),
    "weight-decay-added": (*DECAYS, changed_by(lambda p, g, lr: g + lr * p)),
    "gradient-clipped": (
        *CLIPS,
        *(cut(at) for cut in (cut_to_length, _cut_together) for at in (0.5, 1.0, 2.0, 5.0, 10.0)),
    ),
    "summed-over-too-much": tuple(changed_by(lambda p, g, lr, over=over: over(g)) for over in (np.sum, np.mean)),
    "other-layer-used": (
        _other_gradient,
        _same_letter,
        _by_place(list, list),
        *(_by_place(*orders) for orders in itertools.permutations(ORDERS, 2)),
    ),
}
"""Mistake -> steps that make it and keep the form of the right one."""
VARIANTS: dict[str, tuple[Step, ...]] = {
    **UPDATES,
    "parameter-left-out": (_numbers_stay, *(without(pick, keep=keep) for pick in LEFT_OUT for keep in (True, False))),
    "other-quantity-returned": (
        lambda p, g, lr: {k: lr * g["d" + k] for k in p},
        lambda p, g, lr: {k: -lr * g["d" + k] for k in p},
        lambda p, g, lr: g,
        lambda p, g, lr: {k: g["d" + k] for k in p},
        lambda p, g, lr: {"d" + k: lr * g["d" + k] for k in p},
    ),
}
PAIRS: dict[tuple[str, str], tuple[Step, ...]] = {
    **{("sign-flipped", id): tuple(map(_uphill, rules)) for id, rules in UPDATES.items() if id != "sign-flipped"},
    **{
        ("step-size-wrong", id): tuple(at_rate(rule, rate) for rule in UPDATES[id] for rate in RATES)
        for id in ("weight-decay-added", "gradient-clipped", "summed-over-too-much", "other-layer-used")
    },
}
"""A wrong sign or a wrong rate beside another mistake."""
NEIGHBOURS = {
    "rate at least a tenth": step_with(lambda lr: max(lr, 0.1)),
    "first letter cut from all d": lambda p, g, lr: {k: p[k] - lr * g["d" + k.replace("d", "")] for k in p},
    "decimals of the step cut": changed_by(lambda p, g, lr: np.trunc(g)),
    "flat": lambda p, g, lr: {k: np.ravel(value) for k, value in step(p, g, lr).items()},
    "a list of pairs": lambda p, g, lr: list(step(p, g, lr).items()),
}
"""Rules close to the right one that have no name of their own here."""
UPHILL = {
    "seen": "The step goes the wrong way: a small step of this kind makes the cost larger.",
    "question": "A slope above 0 says that the cost grows with the parameter. Which way should the parameter move?",
    "look": "Take one parameter, one slope and one rate as plain numbers, and do the step by hand.",
}
"""What is said of a step against the one asked for."""
BESIDE = {
    "sign-flipped": UPHILL["seen"],
    "step-size-wrong": "The length of the step is not the one asked for.",
    "parameter-left-out": "Some parameters come out unchanged or not at all.",
    "velocity-not-kept": "The velocity that came back is not the one of this step.",
}
"""What is said of a mistake where it is not the only one."""
