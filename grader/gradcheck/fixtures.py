"""Draw the inputs of a case and certify them: an answer is only judged where the inputs can decide."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gradcheck.exercise import Case, GraphExercise
from gradcheck.graph import Env, Program, forward
from gradcheck.oracle import Undecidable, along, differentiate, exact

TRIES = 5000
MIN_KINK_DISTANCE = 0.03
MAX_Z = 6.0
"""Beyond it a sigmoid is so flat that differences are noise."""
DIRECTIONS = 3


def draw(
    exercise: GraphExercise,
    rng: np.random.Generator,
    sizes: Mapping[str, int],
    *,
    integers: bool = False,
    form: Mapping[str, str] | None = None,
) -> Env:
    """Draw leaves until they are certified; raise Undecidable where none are found."""
    leaves = {**exercise.leaves, **(form or {})}
    for _ in range(TRIES):
        inputs = {name: _leaf(exercise, rng, name, spec, sizes, integers) for name, spec in leaves.items()}
        if certified(exercise.program, inputs):
            return inputs
    raise Undecidable(f"no certified inputs for {exercise.name} at {dict(sizes)} in {TRIES} draws")


def _leaf(exercise: GraphExercise, rng: np.random.Generator, name: str, spec: str, sizes: Mapping, integers: bool):
    shape = tuple(int(letter) if letter.isdigit() else sizes[letter] for letter in spec.split())
    if name in exercise.labels:
        value = rng.integers(0, 2, size=shape)
        value = value if integers else value * 1.0
    elif integers and name in exercise.data:
        value = rng.integers(-4, 5, size=shape)
    elif name.startswith("W"):
        value = rng.normal(size=shape) / np.sqrt(shape[0]) * 1.2
    else:
        value = rng.normal(size=shape)
    if shape:
        return value
    return int(value) if integers and name in exercise.data else float(value)


def certified(program: Program, inputs: Env) -> bool:
    """Tell whether these inputs can decide: off the kinks, unsaturated, units on and off, residuals of both signs."""
    env = forward(program, inputs)
    return all(_fit(step.op, [np.asarray(env[name]) for name in step.inputs]) for step in program)


def _fit(op: str, args: list[np.ndarray]) -> bool:
    first = args[0]
    if op == "relu":
        size = max(1.0, float(np.mean(np.abs(first))))
        on = first > 0
        mixed = first.shape[0] < 2 or bool(np.all(on.any(axis=0) & ~on.all(axis=0))) if first.ndim == 2 else True
        return bool(np.min(np.abs(first)) > MIN_KINK_DISTANCE * size) and mixed
    if op == "sigmoid":
        return bool(np.max(np.abs(first)) < MAX_Z)
    if op in ("half_square", "cross_entropy"):
        residual = first - args[1]
        both = residual.size < 2 or bool(residual.min() < 0 < residual.max())
        return both and bool(np.min(np.abs(residual)) > 0.05 * np.mean(np.abs(residual)))
    if op == "affine":
        weights, bias = args[1], args[2]
        both = weights.size < 2 or bool(weights.min() < 0 < weights.max())
        return both and bool(np.min(np.abs(bias)) > 0.02)
    return True


def case(exercise: GraphExercise, member: str, inputs: Env) -> Case:
    """Add arguments and truth to certified inputs; raise Undecidable where differences cannot decide."""
    env = forward(exercise.program, inputs)
    truth = {
        name: differentiate(exercise.program, inputs, of[1:]) if exercise.differentiates else exact(env[of])
        for name, of in exercise.outputs.items()
    }
    return Case(member, exercise, inputs, arguments(exercise, env), truth)


def large_case(exercise: GraphExercise, rng: np.random.Generator) -> Case:
    """Draw the large member; its truth is the derivative along a few random directions for each output."""
    inputs = {
        name: _leaf(exercise, rng, name, spec, exercise.large, integers=False) for name, spec in exercise.leaves.items()
    }
    directions = []
    for _ in range(DIRECTIONS):
        probes = {}
        for name, of in exercise.outputs.items():
            direction = rng.normal(size=np.shape(inputs[of[1:]]))
            direction /= np.sqrt(direction.size)
            probes[name] = (direction, *along(exercise.program, inputs, {of[1:]: direction}))
        directions.append(probes)
    return Case(
        "large", exercise, inputs, arguments(exercise, forward(exercise.program, inputs)), {}, tuple(directions)
    )


def arguments(exercise: GraphExercise, env: Env) -> tuple:
    """Return the learner's arguments from the values of the forward pass."""
    return tuple(
        [env[name] for name in sorted(env) if name[0] == arg[0] and name[1:].isdigit()]
        if arg in exercise.stacks
        else env[arg]
        for arg in exercise.args
    )


def battery(exercise: GraphExercise, rng: np.random.Generator, *, hidden: bool) -> tuple[Case, ...]:
    """Draw all members of an exercise's battery; the visible one leaves out what takes long."""
    regular = exercise.sizes if hidden else exercise.sizes[:2]
    first = dict(exercise.sizes[0])
    cases = [case(exercise, "regular", draw(exercise, rng, sizes)) for sizes in regular]
    if exercise.views:
        cases.append(case(exercise, "in view", draw(exercise, rng, exercise.views)))
    if exercise.data or exercise.labels:
        cases.append(case(exercise, "integers", draw(exercise, rng, first, integers=True)))
    for letter, member in (("m", "one example"), ("h", "one unit")):
        if letter in first:
            cases.append(case(exercise, member, draw(exercise, rng, {**first, letter: 1})))
    for form in exercise.forms:
        cases.append(case(exercise, "form", draw(exercise, rng, first, form=form)))
    for other in exercise.others:
        cases.append(case(other, "depth", draw(other, rng, other.sizes[0])))
    if hidden and exercise.large:
        cases.append(large_case(exercise, rng))
    return tuple(cases)
