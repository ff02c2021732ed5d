"""Draw the inputs of a case and certify them: an answer is only judged where the inputs can decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from gradcheck.autodiff.ops import Kind
from gradcheck.autodiff.program import Env, Program, forward
from gradcheck.exercises.graph_exercise import GraphExercise

TRIES = 5000


class NoFixtureError(RuntimeError):
    """None of ``TRIES`` draws can decide about an answer: an exercise's leaves are declared badly."""


def draw_inputs(
    exercise: GraphExercise,
    rng: np.random.Generator,
    sizes: Mapping[str, int],
    *,
    whole: frozenset[str] = frozenset(),
    shapes: Mapping[str, str] | None = None,
    turn: int = 0,
) -> Env:
    """Draw leaves until they are certified; raise NoFixtureError where none are found.

    ``turn`` counts the fixtures of a battery: where one holds a single example, signs alternate with it.
    """
    leaves = {**exercise.inputs.leaves, **(shapes or {})}
    draw = lambda name: draw_leaf(exercise, rng, name, leaves[name], sizes, whole)
    for _ in range(TRIES):
        env = certified(exercise.program, {}, draw)
        if env is not None:
            inputs = {name: env[name] if name in env else draw(name) for name in leaves}
            if _alternates(exercise, inputs, turn):
                return inputs
    raise NoFixtureError(f"no certified inputs for {exercise.name} at {dict(sizes)} in {TRIES} draws")


def draw_leaf(
    exercise: GraphExercise, rng: np.random.Generator, name: str, spec: str, sizes: Mapping, whole: frozenset[str]
) -> Any:
    """Draw one leaf at the given sizes; those in ``whole`` are integers, and so are labels beside them."""
    shape = tuple(int(letter) if letter.isdigit() else sizes[letter] for letter in spec.split())
    value: Any
    if name in exercise.inputs.one_hot_leaves:
        value = np.eye(shape[-1], dtype=int if whole else float)[rng.integers(0, shape[-1], size=shape[0])]
    elif name in exercise.inputs.label_leaves:
        value = rng.integers(0, 2, size=shape)
        value = value if whole else value * 1.0
    elif name in whole:
        most = 2 if name not in exercise.inputs.integer_leaves or whole >= set(exercise.inputs.leaves) else 4
        value = np.floor(rng.random(shape) * (2 * most + 1)).astype(int) - most  # half as long as rng.integers
        if name.startswith("b"):  # a bias of 0 decides nothing
            value = np.where(value == 0, most, value)
    elif name.startswith("W"):
        value = rng.normal(size=shape) / np.sqrt(shape[0]) * 1.2
    else:
        value = rng.normal(size=shape)
    if name in exercise.inputs.positive_leaves:
        value = np.abs(value) + (1 if name in whole else 0.3)
    if shape:
        return value
    return int(value) if name in whole else float(value)


def is_certified(program: Program, inputs: Env) -> bool:
    """Tell whether these inputs can decide between answers."""
    return certified(program, inputs, inputs.__getitem__) is not None


def certified(program: Program, inputs: Env, draw: Callable[[str], Any]) -> Env | None:
    """Return all values of the forward pass if they can decide, and None as soon as they cannot.

    They decide off the kinks, unsaturated, with units on and off and residuals of both signs. Leaves that are not in
    ``inputs`` are drawn when they are needed.
    """
    env = dict(inputs)
    for step in program:
        env.update({name: draw(name) for name in step.inputs if name not in env})
        values = [env[name] for name in step.inputs]
        if not step.op.decides(*map(np.asarray, values)):
            return None
        env[step.out] = step.op.forward(*values)
    return env


def _alternates(exercise: GraphExercise, inputs: Env, turn: int) -> bool:
    """Tell whether a single residual and a single z have the signs of this turn: no two fixtures may agree in both."""
    env = forward(exercise.program, inputs)
    if exercise.signature.joined and not all(np.all(value) for value in inputs.values()):
        return False  # a weight of 0 makes everything before it 0, whatever was returned
    for step in exercise.program:
        first = np.asarray(env[step.inputs[0]])
        alone = first.ndim == 0 or bool(exercise.signature.joined)
        if step.op.kind is Kind.LOSS and alone and env[step.inputs[1]] is not None:
            if (first > env[step.inputs[1]]) != (turn % 2 == 0):
                return False
        elif step.op.passes_on and first.ndim == 0 and (first > 0) != (turn % 3 == 0):
            return False
        if step.op.passes_on and first.ndim == 2 and first.size > 1 and not first.min() < 0 < first.max():
            return False
    return True
