"""All calls by which an exercise is judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gradcheck.autodiff.oracle import RTOL, Undecidable, along, differentiate, exact
from gradcheck.autodiff.program import Env, forward, replay
from gradcheck.exercises.cases import Case, CaseKind
from gradcheck.exercises.fixtures import TRIES, draw_inputs, draw_leaf
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.exercises.property_exercise import PropertyExercise


def draw_cases(exercise: Any, rng: np.random.Generator, *, hidden: bool) -> tuple:
    """Draw the battery of any kind of exercise."""
    if isinstance(exercise, GraphExercise):
        return draw_battery(exercise, rng, hidden=hidden)
    return exercise.draw(rng) if isinstance(exercise, PropertyExercise) else ()


ROUNDING = 0.1
"""Part of the tolerance that the course's own chain may use up in float32, so that a learner's may be as coarse."""
DIRECTIONS = 3


def build_case(exercise: GraphExercise, kind: CaseKind, inputs: Env) -> Case:
    """Add arguments and truth to certified inputs; raise Undecidable where differences cannot decide."""
    env = forward(exercise.program, inputs)
    truth = {
        name: differentiate(exercise.program, inputs, of[1:]) if exercise.differentiates else exact(env[of])
        for name, of in exercise.signature.outputs.items()
    }
    return Case(kind, exercise, inputs, arguments(exercise, env), truth)


def decides(case: Case) -> bool:
    """Tell whether float32 is enough here: no output is the small rest of a large sum."""
    exercise = case.exercise
    single = replay(exercise.program, {k: np.float32(v) for k, v in case.inputs.items()}, exercise.constants)
    return case.kind is CaseKind.EXAMPLE or all(
        case.truth[name].admits(single[of], ROUNDING * RTOL).all() for name, of in exercise.signature.outputs.items()
    )


def _drawn(exercise: GraphExercise, kind: CaseKind, rng: np.random.Generator, sizes: Mapping[str, int], **how) -> Case:
    for _ in range(TRIES):
        found = build_case(exercise, kind, draw_inputs(exercise, rng, sizes, **how))
        if decides(found):
            return found
    raise Undecidable(f"no deciding inputs for {exercise.name} at {dict(sizes)} in {TRIES} draws")


def large_case(exercise: GraphExercise, rng: np.random.Generator) -> Case:
    """Draw the large case; its truth is the derivative along a few random directions for each output."""
    inputs = {
        name: draw_leaf(exercise, rng, name, spec, exercise.inputs.large, integers=False)
        for name, spec in exercise.inputs.leaves.items()
    }
    directions = []
    for _ in range(DIRECTIONS):
        probes = {}
        for name, of in exercise.signature.outputs.items():
            direction = rng.normal(size=np.shape(inputs[of[1:]]))
            direction /= np.sqrt(direction.size)
            probes[name] = (direction, *along(exercise.program, inputs, {of[1:]: direction}))
        directions.append(probes)
    return Case(
        CaseKind.LARGE, exercise, inputs, arguments(exercise, forward(exercise.program, inputs)), {}, tuple(directions)
    )


def arguments(exercise: GraphExercise, env: Env) -> tuple:
    """Return the learner's arguments from the values of the forward pass."""
    return tuple(
        [env[name] for name in sorted(env) if name[0] == arg[0] and name[1:].isdigit()]
        if arg in exercise.signature.stacks
        else env[arg]
        for arg in exercise.signature.args
    )


def draw_battery(exercise: GraphExercise, rng: np.random.Generator, *, hidden: bool) -> tuple[Case, ...]:
    """Draw all cases of an exercise's battery; the visible one leaves out what takes long."""
    regular = exercise.inputs.sizes if hidden else exercise.inputs.sizes[:2]
    first = dict(exercise.inputs.sizes[0])
    cases = [_drawn(exercise, CaseKind.REGULAR, rng, sizes, turn=i) for i, sizes in enumerate(regular)]
    if exercise.inputs.notebook_sizes:
        cases.append(_drawn(exercise, CaseKind.IN_VIEW, rng, exercise.inputs.notebook_sizes, turn=4))
    if exercise.inputs.example:
        cases.append(build_case(exercise, CaseKind.EXAMPLE, dict(exercise.inputs.example)))
    if exercise.inputs.integer_leaves or exercise.inputs.label_leaves:
        cases.append(_drawn(exercise, CaseKind.INTEGERS, rng, first, integers=True))
    for letters, kind in (("m", CaseKind.ONE_EXAMPLE), ("hkl", CaseKind.ONE_UNIT)):
        if letters[0] in first:
            ones = {letter: 1 for letter in letters if letter in first}
            cases.append(_drawn(exercise, kind, rng, {**first, **ones}))
    for shapes in exercise.inputs.alternate_shapes:
        cases.append(_drawn(exercise, CaseKind.FORM, rng, first, shapes=shapes))
    for variant in exercise.variants:
        cases.append(_drawn(variant, CaseKind.DEPTH, rng, variant.inputs.sizes[0]))
    if hidden and exercise.inputs.large:
        cases.append(large_case(exercise, rng))
    return tuple(cases)
