"""Take one step of gradient descent with momentum."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.call import Branch, Value, describe
from gradcheck.chapters.procedures.gd_step import LEFT_OUT
from gradcheck.comparison.equality import is_same_value
from gradcheck.comparison.extraction import describe_form
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.property_exercise import PropertyExercise, Trial
from gradcheck.judging.properties import equals

Params = dict[str, Any]
Moved = tuple[Params, Params]
FLOAT32 = 1e-6
"""What single precision loses; tighter than elsewhere, so that a little decay of the weights shows."""


def _momentum(
    velocity: Callable[..., Any] = lambda v, g, lr, beta: beta * v + g,
    move: Callable[..., Any] = lambda p, v, old, g, lr, beta: p - lr * v,
) -> Callable[..., Moved]:
    """Return the rule with another velocity, or another use of it."""

    def step(params: Params, grads: Params, old: Params, lr: float, beta: float) -> Moved:
        new = {name: velocity(old[name], grads[name], lr, beta) for name in grads}
        moved = {k: move(p, new["d" + k], old["d" + k], grads["d" + k], lr, beta) for k, p in params.items()}
        return moved, new

    return step


momentum_step = _momentum()
"""v <- beta v + gradient; p <- p - lr v."""


def _returns(change: Callable[[Params, Params, Params, Params], tuple]) -> Callable:
    """Return the right rule with another thing handed back, made from old and new parameters and velocities."""
    return lambda p, g, v, lr, beta: change(p, v, *momentum_step(p, g, v, lr, beta))


def _for_some(pick: Callable[[str], bool], rule: Callable[..., Moved]) -> Callable:
    """Return the right rule, but for the parameters picked another one."""

    def step(params: Params, grads: Params, old: Params, lr: float, beta: float) -> Moved:
        right, other = momentum_step(params, grads, old, lr, beta), rule(params, grads, old, lr, beta)
        moved = {k: other[0][k] if pick(k) else right[0][k] for k in params}
        return moved, {k: other[1][k] if pick(k[1:]) else right[1][k] for k in grads}

    return step


def _of_some(pick: Callable[[list[str]], list[str]]) -> Callable:
    """Return the right rule, with the picked parameters not in what comes back."""

    def step(params: Params, grads: Params, old: Params, lr: float, beta: float) -> Moved:
        moved, new = momentum_step(params, grads, old, lr, beta)
        left = set(pick(list(params)))
        return {k: v for k, v in moved.items() if k not in left}, {k: v for k, v in new.items() if k[1:] not in left}

    return step


PLAIN = _momentum(move=lambda p, v, old, g, lr, beta: p - lr * g)
STILL = _momentum(move=lambda p, v, old, g, lr, beta: p)
PICKS: tuple[Callable[[str], bool], ...] = (
    lambda name: name.startswith("b"),
    lambda name: name.lower().startswith("w"),
    lambda name: name.endswith("2"),
    lambda name: name.endswith("1"),
)
BETAS = (0.5, 0.8, 0.9, 0.95, 0.99)
"""Shares of the velocity that a learner may type in."""


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
    special = (
        ("steep", ({"W1": rng.normal(size=(2, 3))}, steep, fast, 0.02, 0.9)),
        ("flat", flat),
        ("whole numbers", whole),
    )
    return (*trials, *(Trial(kind, args, args) for kind, args in special))


def _by_place(*orders: Callable[[Params], list[str]]) -> Callable[[Params, Params, Params, float, float], Moved]:
    """Return the rule with gradients and velocities that belong to the parameters by their places."""

    def step(params: Params, grads: Params, old: Params, lr: float, beta: float) -> Moved:
        names, places, speeds = (order(given) for order, given in zip(orders, (params, grads, old), strict=True))
        by_name = {"d" + k: grads[g] for k, g in zip(names, places, strict=True)}
        return momentum_step(params, by_name, {"d" + k: old[v] for k, v in zip(names, speeds, strict=True)}, lr, beta)

    return step


VELOCITIES: dict[str, tuple[Callable, ...]] = {
    "velocity-not-used": (lambda v, g, lr, beta: g,),
    "gradient-weighted-down": (
        lambda v, g, lr, beta: beta * v + (1 - beta) * g,
        lambda v, g, lr, beta: (1 - beta) * v + beta * g,
    ),
    "beta-misplaced": (
        lambda v, g, lr, beta: v + beta * g,
        lambda v, g, lr, beta: beta * (v + g),
        lambda v, g, lr, beta: v + g,
        lambda v, g, lr, beta: (1 - beta) * v + g,
        *(lambda v, g, lr, beta, typed=typed: typed * v + g for typed in BETAS),
    ),
    "rate-in-velocity": (lambda v, g, lr, beta: beta * v + lr * g,),
    "gradient-clipped": tuple(
        lambda v, g, lr, beta, at=at: beta * v + np.clip(g, -at, at) for at in (0.5, 1.0, 5.0, 10.0, 100.0)
    ),
}
"""Mistake -> another velocity."""
MOVES: dict[str, tuple[Callable, ...]] = {
    "sign-flipped": (lambda p, v, old, g, lr, beta: p + lr * v,),
    "velocity-not-used": (lambda p, v, old, g, lr, beta: p - lr * g,),
    "old-velocity-used": (lambda p, v, old, g, lr, beta: p - lr * old,),
    "beta-misplaced": (lambda p, v, old, g, lr, beta: p - lr * (g + beta * v),),
    "step-size-wrong": (
        lambda p, v, old, g, lr, beta: p - v,
        lambda p, v, old, g, lr, beta: p - lr * (v + g),
        lambda p, v, old, g, lr, beta: p - lr * (1 - beta) * v,
        lambda p, v, old, g, lr, beta: p - lr**2 * v,
        lambda p, v, old, g, lr, beta: p - lr * beta * v,
        *(lambda p, v, old, g, lr, beta, typed=t: p - typed * v for t in (0.01, 0.1, 0.5)),
    ),
    "weight-decay-added": tuple(lambda p, v, old, g, lr, beta, by=10.0**-k: p - lr * (v + by * p) for k in range(1, 6)),
}
"""Mistake -> another use of the velocity."""
_OTHERS: dict[str, tuple[Callable, ...]] = {
    "other-layer-used": (_by_place(list, list, list), _by_place(sorted, list, list), _by_place(list, sorted, sorted)),
    "velocity-not-used": (
        lambda p, g, v, lr, beta: (PLAIN(p, g, v, lr, beta)[0], v),
        lambda p, g, v, lr, beta: (PLAIN(p, g, v, lr, beta)[0], g),
    ),
    "velocity-not-kept": (
        _returns(lambda p, v, moved, new: (moved, v)),
        lambda p, g, v, lr, beta: (momentum_step(p, g, v, lr, beta)[0], g),
        _returns(lambda p, v, moved, new: (moved, {k: 0.0 * x for k, x in new.items()})),
    ),
    "rate-in-velocity": (
        _momentum(lambda v, g, lr, beta: beta * v + lr * g, lambda p, v, old, g, lr, beta: p - v),
        _momentum(lambda v, g, lr, beta: beta * v - lr * g, lambda p, v, old, g, lr, beta: p + v),
        _momentum(lambda v, g, lr, beta: lr * (beta * v + g), lambda p, v, old, g, lr, beta: p - v),
    ),
    "parameter-left-out": (*(_for_some(pick, STILL) for pick in PICKS), *map(_of_some, LEFT_OUT)),
    "swapped-returns": (_returns(lambda p, v, moved, new: (new, moved)),),
}
VARIANTS = {
    id: (
        *(_momentum(velocity) for velocity in VELOCITIES.get(id, ())),
        *(_momentum(move=move) for move in MOVES.get(id, ())),
        *_OTHERS.get(id, ()),
    )
    for id in {**_OTHERS, **VELOCITIES, **MOVES}
}
PAIRS = {
    (one, other): tuple(_momentum(*both) for both in itertools.product(VELOCITIES[one], MOVES[other]))
    for one, other in itertools.product(VELOCITIES, MOVES)
    if one != other
}
NEIGHBOURS: dict[str, Callable] = {
    "looks ahead (Nesterov)": _momentum(move=lambda p, v, old, g, lr, beta: p - lr * (beta * v + g)),
    "subtracts the gradient from the velocity": _momentum(lambda v, g, lr, beta: beta * v - g),
    "velocity with a minus and a plus": _momentum(
        lambda v, g, lr, beta: beta * v - g, lambda p, v, old, g, lr, beta: p + lr * v
    ),
    "no momentum for the biases": _for_some(lambda name: name.startswith("b"), PLAIN),
    "params returned as they were": _returns(lambda p, v, moved, new: (p, new)),
    "beta at most 0.9": lambda p, g, v, lr, beta: momentum_step(p, g, v, lr, min(beta, 0.9)),
    "the velocity under the parameters' names": _returns(lambda p, v, to, new: (to, {k[1:]: new[k] for k in new})),
}
"""Rules close to the right one that have no name."""

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
        hints=HINTS,
        reference=momentum_step,
    )
