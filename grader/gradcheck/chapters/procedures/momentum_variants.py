"""Steps with momentum that are got wrong, put together from a velocity, a move, and what comes back of both."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from gradcheck.call import Branch, Value
from gradcheck.chapters.procedures.gd_step_variants import LEFT_OUT, ORDERS, SHARES, Params, keep_still, length_of

Moved = tuple[Params, Params]
Rule = Callable[..., Moved]


class At(NamedTuple):
    """What a rule can use at one parameter."""

    p: Any
    g: Any
    old: Any
    lr: float
    beta: float
    grads: Params
    v: Any = 0.0
    """The new velocity."""


Part = Callable[[At], Any]


def with_momentum(
    velocity: Part = lambda at: at.beta * at.old + at.g, move: Part = lambda at: at.p - at.lr * at.v
) -> Rule:
    """Return the rule with another velocity, or another use of it."""

    def step(params: Params, grads: Params, old: Params, lr: float, beta: float) -> Moved:
        at = {k: At(p, grads["d" + k], old["d" + k], lr, beta, grads) for k, p in params.items()}
        new = {k: velocity(here) for k, here in at.items()}
        return {k: move(at[k]._replace(v=v)) for k, v in new.items()}, {"d" + k: v for k, v in new.items()}

    return step


momentum_step = with_momentum()
"""v <- beta v + gradient; p <- p - lr v."""


def _returns(change: Callable[[Params, Params, Params, Params], tuple]) -> Callable:
    """Return the right rule with another thing handed back, made from old and new parameters and velocities."""
    return lambda p, g, v, lr, beta: change(p, v, *momentum_step(p, g, v, lr, beta))


def _for_some(pick: Callable[[str, Any], bool], rule: Rule) -> Rule:
    """Return the right rule, but for the parameters picked by name and gradient another one."""

    def step(params: Params, grads: Params, old: Params, lr: float, beta: float) -> Moved:
        right, other = momentum_step(params, grads, old, lr, beta), rule(params, grads, old, lr, beta)
        picked = {k: pick(k, grads["d" + k]) for k in params}
        moved = {k: other[0][k] if picked[k] else right[0][k] for k in params}
        return moved, {k: other[1][k] if picked[k[1:]] else right[1][k] for k in grads}

    return step


def _of_some(pick: Callable[[list[str]], list[str]]) -> Rule:
    """Return the right rule, with the picked parameters not in what comes back."""

    def step(params: Params, grads: Params, old: Params, lr: float, beta: float) -> Moved:
        moved, new = momentum_step(params, grads, old, lr, beta)
        left = set(pick(list(params)))
        return {k: v for k, v in moved.items() if k not in left}, {k: v for k, v in new.items() if k[1:] not in left}

    return step


def _by_place(*orders: Callable[[Params], list[str]]) -> Rule:
    """Return the rule with gradients and velocities that belong to the parameters by their places."""

    def step(params: Params, grads: Params, old: Params, lr: float, beta: float) -> Moved:
        names, places, speeds = (order(given) for order, given in zip(orders, (params, grads, old), strict=True))
        by_name = {"d" + k: grads[g] for k, g in zip(names, places, strict=True)}
        return momentum_step(params, by_name, {"d" + k: old[v] for k, v in zip(names, speeds, strict=True)}, lr, beta)

    return step


def _cut_to_length(at: At, limit: float, length: float) -> Any:
    """Shorten a gradient of this length to the limit."""
    return at.g if length <= limit else at.g * limit / length


PLAIN = with_momentum(move=lambda at: at.p - at.lr * at.g)
STILL = with_momentum(move=lambda at: at.p)
UNTOUCHED = with_momentum(lambda at: at.old, lambda at: at.p)
PICKS: tuple[Callable[[str, Any], bool], ...] = (
    lambda name, g: name.startswith("b"),
    lambda name, g: name.lower().startswith("w"),
    lambda name, g: name.endswith("2"),
    lambda name, g: name.endswith("1"),
)
BETAS = (0.5, 0.8, 0.9, 0.95, 0.99)
"""Shares of the velocity that a learner may type in."""
LIMITS = (0.5, 1.0, 2.0, 5.0, 10.0, 100.0)
"""Limits that a learner may type in."""

VELOCITIES: dict[str, tuple[Part, ...]] = {
    "velocity-not-used": (lambda at: at.g,),
    "gradient-weighted-down": (
        lambda at: at.beta * at.old + (1 - at.beta) * at.g,
        lambda at: (1 - at.beta) * at.old + at.beta * at.g,
    ),
    "beta-misplaced": (
        lambda at: at.old + at.beta * at.g,
        lambda at: at.beta * (at.old + at.g),
        lambda at: at.old + at.g,
        lambda at: (1 - at.beta) * at.old + at.g,
        *(lambda at, typed=typed: typed * at.old + at.g for typed in BETAS),
    ),
    "rate-in-velocity": (lambda at: at.beta * at.old + at.lr * at.g,),
    "half-kept": (lambda at: (at.beta * at.old + at.g) / 2,),
    "gradient-clipped": (
        *(lambda at, to=to: at.beta * at.old + np.clip(at.g, -to, to) for to in LIMITS),
        *(lambda at, to=to: np.clip(at.beta * at.old + at.g, -to, to) for to in LIMITS),
        *(lambda at, to=to: at.beta * at.old + _cut_to_length(at, to, length_of(at.g)) for to in LIMITS),
        *(lambda at, to=to: at.beta * at.old + _cut_to_length(at, to, length_of(at.grads)) for to in LIMITS),
    ),
    "weight-decay-added": (
        *(lambda at, by=by: at.beta * at.old + at.g + by * at.p for by in SHARES),
        lambda at: at.beta * at.old + at.g + at.lr * at.p,
    ),
    "summed-over-too-much": tuple(
        part
        for over in (np.sum, np.mean)
        for part in (
            lambda at, over=over: over(at.beta * at.old + at.g),
            lambda at, over=over: at.beta * at.old + over(at.g),
            lambda at, over=over: at.beta * over(at.old) + at.g,
            lambda at, over=over: np.full(np.shape(at.p), over(at.beta * at.old + at.g)),
        )
    ),
}
"""Mistake -> another velocity."""
MOVES: dict[str, tuple[Part, ...]] = {
    "sign-flipped": (lambda at: at.p + at.lr * at.v, lambda at: at.lr * at.v - at.p),
    "velocity-not-used": (lambda at: at.p - at.lr * at.g,),
    "old-velocity-used": (lambda at: at.p - at.lr * at.old, lambda at: at.p - at.lr * at.beta * at.old),
    "beta-misplaced": (lambda at: at.p - at.lr * (at.g + at.beta * at.v),),
    "step-size-wrong": (
        lambda at: at.p - at.v,
        lambda at: at.p - at.lr / len(at.grads) * at.v,
        lambda at: at.p - at.lr * (1 - at.beta) * at.v,
        lambda at: at.p - at.lr**2 * at.v,
        lambda at: at.p - at.lr * at.beta * at.v,
        lambda at: at.p - at.lr / 2 * at.v,
        lambda at: at.p - 2 * at.lr * at.v,
        lambda at: at.p - at.lr * (at.v + at.g),
        lambda at: at.p - at.lr / np.size(at.v) * at.v,
        lambda at: at.p - at.lr / np.shape(at.p)[0] * at.v,
        lambda at: at.p - min(at.lr, 1.0) * at.v,
        lambda at: at.p - at.lr * at.v / length_of(at.v),
        lambda at: at.p - at.lr * np.sign(at.v),
        *(lambda at, typed=t: at.p - typed * at.v for t in (0.01, 0.1, 0.5)),
    ),
    "weight-decay-added": (
        *(lambda at, by=by: at.p - at.lr * (at.v + by * at.p) for by in SHARES),
        *(lambda at, by=by: (1 - by) * at.p - at.lr * at.v for by in SHARES),
        lambda at: (1 - at.lr) * at.p - at.lr * at.v,
    ),
    "gradient-clipped": tuple(lambda at, to=to: at.p - at.lr * np.clip(at.v, -to, to) for to in LIMITS),
    "summed-over-too-much": tuple(lambda at, over=over: at.p - at.lr * over(at.v) for over in (np.sum, np.mean)),
    "other-quantity-returned": (lambda at: -at.lr * at.v, lambda at: at.lr * at.v, lambda at: at.v, lambda at: at.g),
}
"""Mistake -> another use of the velocity."""


def _renewed(known: tuple, made: Moved, _: Any) -> Moved:
    """Renew the velocity once more for the return."""
    return made[0], {k: known[4] * v + known[1][k] for k, v in made[1].items()}


def _braked(known: tuple, made: Moved, _: Any) -> Moved:
    """Multiply the velocity by beta once more for the return."""
    return made[0], {k: known[4] * v for k, v in made[1].items()}


def _still(known: tuple, made: Moved, came_back: Value) -> Moved | None:
    """Leave alone, or out, those parameters that were left alone or out; their velocities as they came back."""
    if not isinstance(came_back, Branch) or len(came_back.items) != 2:
        return None
    params, _, old, *_ = known
    moved = keep_still(params, made[0], came_back.items[0])
    kept = keep_still(old, made[1], came_back.items[1])
    still = {"d" + k for k, p in params.items() if k not in moved or moved[k] is p}
    return moved, {k: kept.get(k) if k in still else v for k, v in made[1].items() if k in kept or k not in still}


ENDS: dict[str, tuple[Callable[[tuple, Moved, Value], Any], ...]] = {
    "parameter-left-out": (_still,),
    "velocity-not-kept": (
        lambda known, made, _: (made[0], known[2]),
        lambda known, made, _: (made[0], known[1]),
        lambda known, made, _: (made[0], {k: 0.0 * v for k, v in made[1].items()}),
        _renewed,
        _braked,
    ),
    "other-quantity-returned": (
        lambda known, made, _: ({k: p - known[0][k] for k, p in made[0].items()}, made[1]),
        lambda known, made, _: ({k: known[0][k] - p for k, p in made[0].items()}, made[1]),
    ),
}
"""What comes back of a right or a wrong step."""


def _ended(end: Callable[[tuple, Moved, Any], Any]) -> Rule:
    return lambda *known: end(known, momentum_step(*known), None)


_OTHERS: dict[str, tuple[Rule, ...]] = {
    "other-layer-used": tuple(
        _by_place(*orders)
        for orders in itertools.product(ORDERS, repeat=3)
        if len(set(orders)) > 1 or orders[0] is list
    ),
    "velocity-not-used": (
        lambda p, g, v, lr, beta: (PLAIN(p, g, v, lr, beta)[0], v),
        lambda p, g, v, lr, beta: (PLAIN(p, g, v, lr, beta)[0], g),
    ),
    "velocity-not-kept": tuple(map(_ended, ENDS["velocity-not-kept"])),
    "rate-in-velocity": (
        with_momentum(lambda at: at.beta * at.old + at.lr * at.g, lambda at: at.p - at.v),
        with_momentum(lambda at: at.beta * at.old - at.lr * at.g, lambda at: at.p + at.v),
        with_momentum(lambda at: at.lr * (at.beta * at.old + at.g), lambda at: at.p - at.v),
    ),
    "parameter-left-out": (
        *(_for_some(pick, rule) for pick in PICKS for rule in (STILL, UNTOUCHED)),
        _for_some(lambda name, g: not np.any(g), UNTOUCHED),
        *map(_of_some, LEFT_OUT),
    ),
    "swapped-returns": (_returns(lambda p, v, moved, new: (new, moved)),),
}
VARIANTS = {
    id: (
        *(with_momentum(velocity) for velocity in VELOCITIES.get(id, ())),
        *(with_momentum(move=move) for move in MOVES.get(id, ())),
        *_OTHERS.get(id, ()),
    )
    for id in {**_OTHERS, **VELOCITIES, **MOVES}
}
FORMS = 9
"""So many forms of each mistake are tried together with others: those that come first are the usual ones."""
PAIRS = {
    **{
        (one, other): tuple(with_momentum(*both) for both in itertools.product(velocities[:FORMS], moves[:FORMS]))
        for (one, velocities), (other, moves) in itertools.product(VELOCITIES.items(), MOVES.items())
        if one != other
    },
    ("rate-in-velocity", "sign-flipped"): (
        with_momentum(lambda at: at.beta * at.old + at.lr * at.g, lambda at: at.p + at.v),
        with_momentum(lambda at: at.beta * at.old + at.lr * at.g, lambda at: at.p + at.lr * at.v),
    ),
    **{
        ("sign-flipped", id): tuple(with_momentum(move=lambda at, to=to: 2 * at.p - to(at)) for to in moves)
        for id, moves in MOVES.items()
        if id not in ("sign-flipped", "other-quantity-returned")
    },
}
NEIGHBOURS: dict[str, Rule] = {
    "looks ahead (Nesterov)": with_momentum(move=lambda at: at.p - at.lr * (at.beta * at.v + at.g)),
    "subtracts the gradient from the velocity": with_momentum(lambda at: at.beta * at.old - at.g),
    "velocity with a minus and a plus": with_momentum(
        lambda at: at.beta * at.old - at.g, lambda at: at.p + at.lr * at.v
    ),
    "no momentum for the biases": _for_some(lambda name, g: name.startswith("b"), PLAIN),
    "no momentum where the gradient is zero": _for_some(lambda name, g: not np.any(g), PLAIN),
    "entries whose gradient is zero stay where they are": with_momentum(
        move=lambda at: np.where(at.g == 0, at.p, at.p - at.lr * at.v)
    ),
    "params returned as they were": _returns(lambda p, v, moved, new: (p, new)),
    "beta at most 0.9": lambda p, g, v, lr, beta: momentum_step(p, g, v, lr, min(beta, 0.9)),
    "the velocity under the parameters' names": _returns(lambda p, v, to, new: (to, {k[1:]: new[k] for k in new})),
    "flat velocities": _returns(lambda p, v, moved, new: (moved, {k: np.ravel(x) for k, x in new.items()})),
    "flat parameters": _returns(lambda p, v, moved, new: ({k: np.ravel(x) for k, x in moved.items()}, new)),
}
"""Rules close to the right one that have no name."""
