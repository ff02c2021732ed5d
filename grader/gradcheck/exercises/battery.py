"""All calls by which an exercise is judged."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from gradcheck.autodiff.ops import Kind
from gradcheck.autodiff.oracle import Undecidable, along, differentiate, exact, multiply_links
from gradcheck.autodiff.program import Env, forward, handed_derivative, replay
from gradcheck.exercises.cases import Case, CaseKind
from gradcheck.exercises.fixtures import TRIES, NoFixtureError, draw_inputs, draw_leaf
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.exercises.property_exercise import PropertyExercise
from gradcheck.exercises.single_precision import decides
from gradcheck.exercises.special_fixtures import (
    draw_boundary,
    draw_closed,
    draw_far,
    draw_met,
    draw_near_optimum,
    draw_sure,
    draw_tail,
    find_hidden_bend,
    find_loss,
    has_one_exact_prediction,
    near_sizes,
)
from gradcheck.exercises.whole_numbers import as_integers, parameters_are_handed, whole_groups


def draw_cases(exercise: Any, rng: np.random.Generator, *, hidden: bool) -> tuple:
    """Draw the battery of any kind of exercise."""
    if isinstance(exercise, GraphExercise):
        return draw_battery(exercise, rng, hidden=hidden)
    return exercise.draw(rng) if isinstance(exercise, PropertyExercise) else ()


DIRECTIONS = 3
SIDE = 3
"""Rows and columns of square tables."""


def build_case(exercise: GraphExercise, kind: CaseKind, inputs: Env) -> Case:
    """Add arguments and truth to certified inputs; raise Undecidable where differences cannot decide."""
    env = forward(exercise.program, inputs)
    truth = {
        name: differentiate(exercise.program, inputs, of[1:]) if exercise.differentiates else exact(env[of])
        for name, of in exercise.signature.outputs.items()
    }
    args = arguments(exercise, env)
    return Case(kind, exercise, inputs, tuple(map(as_integers, args)) if kind is CaseKind.WHOLE else args, truth)


def _drawn(exercise: GraphExercise, kind: CaseKind, rng: np.random.Generator, sizes: Mapping[str, int], **how) -> Case:
    return _deciding(exercise, kind, lambda: draw_inputs(exercise, rng, sizes, **how))


def _drawn_with_signs(
    exercise: GraphExercise, kind: CaseKind, rng: np.random.Generator, sizes: Mapping[str, int]
) -> Case:
    """Draw a case in which no derivative of a loss is without a negative entry, so that a lost sign shows."""
    if not exercise.differentiates or find_loss(exercise) is None:
        return _drawn(exercise, kind, rng, sizes)

    def draw() -> Env:
        for _ in range(TRIES):
            inputs = draw_inputs(exercise, rng, sizes, turn=1)  # an odd turn: one residual alone is negative
            found = replay(exercise.program, inputs, exercise.constants)
            if all(np.min(found[of]) < 0 for of in exercise.signature.outputs.values()):
                return inputs
        raise NoFixtureError(f"no negative derivatives {kind} for {exercise.name} in {TRIES} draws")

    return _deciding(exercise, kind, draw)


def large_case(exercise: GraphExercise, rng: np.random.Generator) -> Case:
    """Draw the large case; its truth is the derivative along a few random directions for each output.

    Raises Undecidable where every step along one of them crosses a kink.
    """
    inputs = {
        name: draw_leaf(exercise, rng, name, spec, exercise.inputs.large, frozenset())
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


def long_case(exercise: GraphExercise, rng: np.random.Generator) -> Case:
    """Draw a long chain of single units; its truth is the product of links that were measured one by one."""
    inputs = draw_inputs(exercise, rng, {})
    env = forward(exercise.program, inputs)
    slopes = multiply_links(exercise.program, env)
    probes = {name: (np.ones((1, 1)), slopes[of[1:]], 0.0) for name, of in exercise.signature.outputs.items()}
    return Case(CaseKind.LARGE, exercise, inputs, arguments(exercise, env), {}, (probes,))


def arguments(exercise: GraphExercise, env: Env) -> tuple:
    """Return the learner's arguments from the values of the forward pass."""
    if exercise.signature.joined:
        return tuple(_flat(env, arg, exercise) for arg in exercise.signature.args)
    return tuple(
        _stack(env, arg) if arg in exercise.signature.stacks else _plain(env[arg]) for arg in exercise.signature.args
    )


def _stack(env: Env, arg: str) -> list:
    """Return the leaves that a stack stands for, first layer first."""
    names = [name for name in env if name[0] == arg[0] and name[1:].isdigit()]
    return [env[name] for name in sorted(names, key=lambda name: int(name[1:]))]


def _flat(env: Env, arg: str, exercise: GraphExercise) -> Any:
    """Return an argument of a chain of single units: a plain number, or one array (K,)."""
    if arg in exercise.signature.stacks:
        return np.ravel(_stack(env, arg))
    return np.asarray(env[arg]).item()


def _whole_numbers(exercise: GraphExercise, rng: np.random.Generator, sizes: Mapping[str, int]) -> list[Case]:
    """Draw cases with integers: in some arguments, and in all of them where all can be whole."""
    found = [_drawn(exercise, CaseKind.INTEGERS, rng, sizes, whole=group) for group in whole_groups(exercise)]
    if parameters_are_handed(exercise):
        case = _drawn(exercise, CaseKind.WHOLE, rng, sizes, whole=frozenset(exercise.inputs.leaves))
        found += [case] if case.is_whole() else []  # a value of a sigmoid is never whole, and then not all are
    return found


def _special_places(exercise: GraphExercise, rng: np.random.Generator, sizes: Mapping[str, int]) -> list[Case]:
    """Draw the case near the optimum, where targets are met, and the one on a boundary."""
    found = [_deciding(exercise, CaseKind.BOUNDARY, lambda: draw_boundary(exercise, rng, sizes))]
    if exercise.differentiates and find_hidden_bend(exercise):
        closed = lambda: build_case(exercise, CaseKind.CLOSED, draw_closed(exercise, rng, sizes))
        found.append(_first(closed, f"closed units for {exercise.name}"))
    loss = find_loss(exercise)
    if handed := handed_derivative(exercise.program):
        steep = lambda: (inputs := draw_inputs(exercise, rng, sizes)) | {handed: 1000.0 * inputs[handed]}
        found.append(_deciding(exercise, CaseKind.FAR, steep))
    if loss is None or loss.inputs[1] not in exercise.inputs.leaves:
        if [step.op.name for step in exercise.program] == ["sigmoid"]:
            found.append(_deciding(exercise, CaseKind.TAIL, lambda: draw_tail(exercise, rng, sizes)))
        return found
    if exercise.differentiates and (
        exercise.inputs.label_leaves.isdisjoint(loss.inputs) or exercise.program[0].op.kind is Kind.LINEAR
    ):
        found.append(_deciding(exercise, CaseKind.FAR, lambda: draw_far(exercise, rng, sizes)))
    if loss.op.name.endswith("cross_entropy"):
        sure = lambda: draw_sure(exercise, rng, near_sizes(exercise))
        found.append(_deciding(exercise, CaseKind.SURE, sure))
    if has_one_exact_prediction(exercise, sizes):
        met = lambda: build_case(exercise, CaseKind.MET, draw_met(exercise, rng, sizes))
        found.append(_first(met, f"a target that is met for {exercise.name}"))
    near = lambda: draw_near_optimum(exercise, rng, near_sizes(exercise))
    return [_deciding(exercise, CaseKind.NEAR_OPTIMUM, near), *found]


def _deciding(exercise: GraphExercise, kind: CaseKind, draw: Callable[[], Env]) -> Case:
    """Draw inputs until differences and float32 can decide about one of them."""

    def build() -> Case | None:
        case = build_case(exercise, kind, draw())
        return case if decides(case) else None

    return _first(build, f"{kind} for {exercise.name}")


def _first(build: Callable[[], Case | None], what: str) -> Case:
    """Build until there is a case; inputs that cannot decide are drawn anew."""
    for _ in range(TRIES):
        with contextlib.suppress(Undecidable):
            if case := build():
                return case
    raise NoFixtureError(f"no deciding inputs {what} in {TRIES} draws")


def _plain(value: Any) -> Any:
    """Return a number as Python's own, as a learner would type it."""
    return value.item() if isinstance(value, np.generic) else value


def draw_battery(exercise: GraphExercise, rng: np.random.Generator, *, hidden: bool) -> tuple[Case, ...]:
    """Draw all cases of an exercise's battery; the visible one leaves out what takes long."""
    regular = exercise.inputs.sizes if hidden else exercise.inputs.sizes[:2]
    first = dict(exercise.inputs.sizes[0])
    cases = [_drawn(exercise, CaseKind.REGULAR, rng, sizes, turn=i) for i, sizes in enumerate(regular)]
    if exercise.inputs.notebook_sizes:
        cases.append(_drawn(exercise, CaseKind.IN_VIEW, rng, exercise.inputs.notebook_sizes, turn=4))
    if exercise.inputs.example:
        cases.append(build_case(exercise, CaseKind.EXAMPLE, dict(exercise.inputs.example)))
    cases += _whole_numbers(exercise, rng, first)
    used = "".join(exercise.inputs.leaves.values())
    ones = (("m", CaseKind.ONE_EXAMPLE), ("hkl", CaseKind.ONE_UNIT), ("n", CaseKind.ONE_INPUT))
    for letters, kind in ones:
        if letters[0] in first and letters[0] in used:
            cases.append(_drawn_with_signs(exercise, kind, rng, {**first, **{k: 1 for k in letters if k in first}}))
    cases += _special_places(exercise, rng, first)
    for shapes in exercise.inputs.alternate_shapes:
        cases.append(_drawn(exercise, CaseKind.FORM, rng, first, shapes=shapes))
    if any(len(set(spec.split()) & set(first)) > 1 for spec in exercise.inputs.leaves.values()):
        cases.append(_drawn(exercise, CaseKind.SQUARE, rng, dict.fromkeys(first, SIDE)))
    for variant in exercise.variants:
        cases.append(_drawn(variant, CaseKind.DEPTH, rng, variant.inputs.sizes[0]))
    if hidden and exercise.inputs.large:
        cases.append(_first(lambda: large_case(exercise, rng), f"large for {exercise.name}"))
    if hidden and exercise.longest:
        cases.append(long_case(exercise.longest, rng))
    return tuple(cases)
