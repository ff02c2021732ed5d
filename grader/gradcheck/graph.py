"""A forward computation as data: run it, and carry derivatives back through it link by link.

A program is a tuple of steps in the order of the forward pass. Every variable is used once on the way to the last
one, so each derivative is one link of a chain. A rule replaces a single value or link: that is how a mistake is
replayed, and how a learner's own function can stand in for the course's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Env = dict[str, Any]
"""Name -> array or float. ``dZ1`` is the derivative of the last step with respect to ``Z1``."""
Rule = Callable[[Env], Any]


@dataclass(frozen=True)
class Step:
    """One operation of the forward pass."""

    out: str
    """The name that it defines."""
    op: str
    """A key of FORWARD."""
    inputs: tuple[str, ...]


Program = tuple[Step, ...]


def sigmoid(z: Any) -> Any:
    """Return 1/(1 + exp(-z)), written with tanh so that no z overflows."""
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(z, dtype=float)))


def _cross_entropy(a: Any, y: Any) -> Any:
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))


FORWARD: dict[str, Callable] = {
    "affine": lambda a, w, b: a @ w + b,
    "identity": lambda z: z * 1.0,
    "relu": lambda z: np.maximum(z, 0.0),
    "sigmoid": sigmoid,
    "half_square": lambda a, y: 0.5 * (a - y) ** 2,
    "cross_entropy": _cross_entropy,
    "mean": np.mean,
    "total": np.sum,
    "weigh": lambda z, upstream: np.sum(z * upstream),
}

SLOPE: dict[str, Callable] = {
    "identity": lambda z, a: np.ones_like(z) if np.ndim(z) else 1.0,
    "relu": lambda z, a: (np.asarray(z) > 0) * 1.0,
    "sigmoid": lambda z, a: a * (1 - a),
}

LOSS_SLOPE: dict[str, Callable] = {
    "half_square": lambda a, y: a - y,
    "cross_entropy": lambda a, y: (a - y) / (a * (1 - a)),
}


def weight_link(a: Any, dz: Any) -> Any:
    """Carry dz (m, k) to the weights that multiplied a (m, n): (n, k); for one example a (n,): (n,)."""
    return a * dz if np.ndim(a) == 1 else np.transpose(a) @ dz


def bias_link(dz: Any) -> Any:
    """Carry dz to the bias: (1, k) from (m, k), a number from (m,) or from a number."""
    return np.sum(dz, axis=0, keepdims=True) if np.ndim(dz) == 2 else float(np.sum(dz))


def link(step: Step, position: int, env: Env) -> Any:
    """Return the derivative that ``step`` hands to its input at ``position``."""
    out = env["d" + step.out]
    args = [env[name] for name in step.inputs]
    if step.op == "affine":
        return (lambda: out @ args[1].T, lambda: weight_link(args[0], out), lambda: bias_link(out))[position]()
    if step.op in SLOPE:
        return out * SLOPE[step.op](args[0], env[step.out])
    if step.op in LOSS_SLOPE:
        return out * LOSS_SLOPE[step.op](*args)
    if step.op == "mean":
        return out * np.ones_like(args[0]) / np.size(args[0])
    if step.op == "total":
        return out * np.ones_like(args[0])
    return out * args[1]  # weigh


def forward(program: Program, inputs: Mapping[str, Any], rules: Mapping[str, Rule] | None = None) -> Env:
    """Return all values of the forward pass, ``rules`` replacing the steps whose output they name."""
    env: Env = dict(inputs)
    for step in program:
        rule = rules.get(step.out) if rules else None
        env[step.out] = rule(env) if rule else FORWARD[step.op](*(env[name] for name in step.inputs))
    return env


def stacked(program: Program, inputs: Mapping[str, Any], moved: Mapping[str, np.ndarray]) -> Env:
    """Return the forward pass at s points at once: name -> (s, shape), or (1, shape) where all points agree.

    ``moved`` holds the inputs that differ, as (s, shape).
    """
    env: Env = dict(moved)
    for step in program:
        for name in step.inputs:
            if name not in env:
                env[name] = np.asarray(inputs[name], dtype=float)[None]
        env[step.out] = _STACKED.get(step.op, FORWARD[step.op])(*_level([env[name] for name in step.inputs], step.op))
    return env


def _level(args: list[np.ndarray], op: str) -> list[np.ndarray]:
    """Give all arrays as many axes behind the first as the longest has: as numpy broadcasts single points."""
    most = 0 if op == "affine" else max(arg.ndim for arg in args)
    return [arg.reshape(arg.shape[:1] + (1,) * (most - arg.ndim) + arg.shape[1:]) for arg in args]


def _stacked_affine(a: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return a @ w + b for (s, n) or (s, m, n), (s, n) or (s, n, h), and (s, ...)."""
    z = (a if a.ndim == 3 else a[:, None, :]) @ (w if w.ndim == 3 else w[:, :, None])
    z = z if w.ndim == 3 else z[..., 0]
    z = z if a.ndim == 3 else z[:, 0]
    return np.add(*_level([z, b], ""))


def _over_points(reduce: Callable) -> Callable:
    return lambda x: reduce(x, axis=tuple(range(1, x.ndim)))


_STACKED: dict[str, Callable] = {
    "affine": _stacked_affine,
    "mean": _over_points(np.mean),
    "total": _over_points(np.sum),
    "weigh": lambda z, upstream: _over_points(np.sum)(z * upstream),
}


def backward(program: Program, env: Env, constants: frozenset[str], rules: Mapping[str, Rule] | None = None) -> Env:
    """Return ``env`` and all derivatives of the last step, ``rules`` replacing the links that they name."""
    env = dict(env)
    env["d" + program[-1].out] = 1.0
    for step in reversed(program):
        for position, name in enumerate(step.inputs):
            if name in constants or (step.op in ("half_square", "cross_entropy", "weigh") and position):
                continue
            rule = rules.get("d" + name) if rules else None
            env["d" + name] = rule(env) if rule else link(step, position, env)
    return env


def replay(
    program: Program,
    inputs: Mapping[str, Any],
    constants: frozenset[str] = frozenset(),
    rules: Mapping[str, Rule] | None = None,
) -> Env:
    """Run forward and backward with ``rules`` in place."""
    return backward(program, forward(program, inputs, rules), constants, rules)


def redo(
    program: Program, base: Env, constants: frozenset[str], rules: Mapping[str, Rule]
) -> tuple[Env, frozenset[str]]:
    """Return what ``replay`` would, from its result without rules, and the names that had to be computed anew."""
    env, changed = dict(base), set()
    for step in program:
        rule = rules.get(step.out)
        if rule or not changed.isdisjoint(step.inputs):
            env[step.out] = rule(env) if rule else FORWARD[step.op](*(env[name] for name in step.inputs))
            changed.add(step.out)
    for step in reversed(program):
        moved = not changed.isdisjoint((*step.inputs, step.out, "d" + step.out))
        for position, name in enumerate(step.inputs):
            place = "d" + name
            if place in base and name not in constants and (moved or place in rules):
                env[place] = rules[place](env) if place in rules else link(step, position, env)
                changed.add(place)
    return env, frozenset(changed)


def kinks(program: Program, env: Env) -> tuple[np.ndarray, ...]:
    """Return which side of its kink each entry of each ReLU is on."""
    return tuple(np.asarray(env[step.inputs[0]]) > 0 for step in program if step.op == "relu")
