"""Draw the inputs of a case and certify them: an answer is only judged where the inputs can decide."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gradcheck.exercise import Case, GraphExercise
from gradcheck.graph import Env, Program, forward, replay
from gradcheck.oracle import RTOL, Undecidable, along, differentiate, exact

TRIES = 5000
MIN_KINK_DISTANCE = 0.03
"""Relative to the mean size of what enters the ReLU, as the steps are: small weights decide as well as large ones."""
MAX_Z = 6.0
"""Beyond it a sigmoid is so flat that differences are noise."""
ROUNDING = 0.1
"""Part of the tolerance that the course's own chain may use up in float32, so that a learner's may be as coarse."""
DIRECTIONS = 3


def draw(
    exercise: GraphExercise,
    rng: np.random.Generator,
    sizes: Mapping[str, int],
    *,
    integers: bool = False,
    form: Mapping[str, str] | None = None,
    turn: int = 0,
) -> Env:
    """Draw leaves until they are certified; raise Undecidable where none are found.

    ``turn`` counts the fixtures of a battery: where one holds a single example, signs alternate with it.
    """
    leaves = {**exercise.leaves, **(form or {})}
    for _ in range(TRIES):
        inputs = {name: _leaf(exercise, rng, name, spec, sizes, integers) for name, spec in leaves.items()}
        if certified(exercise.program, inputs) and _alternates(exercise.program, inputs, turn):
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


def _alternates(program: Program, inputs: Env, turn: int) -> bool:
    """Tell whether a single residual and a single z have the signs of this turn: no two fixtures may agree in both."""
    env = forward(program, inputs)
    for step in program:
        first = np.asarray(env[step.inputs[0]])
        if step.op in ("half_square", "cross_entropy") and first.ndim == 0 and env[step.inputs[1]] is not None:
            if (first > env[step.inputs[1]]) != (turn % 2 == 0):
                return False
        elif step.op == "identity" and first.ndim == 0 and (first > 0) != (turn % 3 == 0):
            return False
        if step.op == "identity" and first.ndim == 2 and first.size > 1 and not first.min() < 0 < first.max():
            return False
    return True


def _fit(op: str, args: list[np.ndarray]) -> bool:
    first = args[0]
    if op == "relu":
        size = float(np.mean(np.abs(first)))
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
        return both and bool(np.min(np.abs(bias)) > 0.02 * np.mean(np.abs(weights)))
    return True


def case(exercise: GraphExercise, member: str, inputs: Env) -> Case:
    """Add arguments and truth to certified inputs; raise Undecidable where differences cannot decide."""
    env = forward(exercise.program, inputs)
    truth = {
        name: differentiate(exercise.program, inputs, of[1:]) if exercise.differentiates else exact(env[of])
        for name, of in exercise.outputs.items()
    }
    return Case(member, exercise, inputs, arguments(exercise, env), truth)


def decides(case: Case) -> bool:
    """Tell whether float32 is enough here: no output is the small rest of a large sum."""
    exercise = case.exercise
    single = replay(exercise.program, {k: np.float32(v) for k, v in case.inputs.items()}, exercise.constants)
    return case.member == "example" or all(
        case.truth[name].admits(single[of], ROUNDING * RTOL).all() for name, of in exercise.outputs.items()
    )


def _drawn(exercise: GraphExercise, member: str, rng: np.random.Generator, sizes: Mapping[str, int], **how) -> Case:
    for _ in range(TRIES):
        found = case(exercise, member, draw(exercise, rng, sizes, **how))
        if decides(found):
            return found
    raise Undecidable(f"no deciding inputs for {exercise.name} at {dict(sizes)} in {TRIES} draws")


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
    cases = [_drawn(exercise, "regular", rng, sizes, turn=i) for i, sizes in enumerate(regular)]
    if exercise.views:
        cases.append(_drawn(exercise, "in view", rng, exercise.views, turn=4))
    if exercise.example:
        cases.append(case(exercise, "example", dict(exercise.example)))
    if exercise.data or exercise.labels:
        cases.append(_drawn(exercise, "integers", rng, first, integers=True))
    for letters, member in (("m", "one example"), ("hkl", "one unit")):
        if letters[0] in first:
            ones = {letter: 1 for letter in letters if letter in first}
            cases.append(_drawn(exercise, member, rng, {**first, **ones}))
    for form in exercise.forms:
        cases.append(_drawn(exercise, "form", rng, first, form=form))
    for other in exercise.others:
        cases.append(_drawn(other, "depth", rng, other.sizes[0]))
    if hidden and exercise.large:
        cases.append(large_case(exercise, rng))
    return tuple(cases)
