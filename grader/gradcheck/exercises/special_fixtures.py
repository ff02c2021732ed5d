"""Draw inputs at special places: near the optimum, and on a boundary."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gradcheck.autodiff.ops import Kind
from gradcheck.autodiff.oracle import RTOL
from gradcheck.autodiff.program import Env, Step, forward, replay
from gradcheck.exercises.fixtures import TRIES, NoFixtureError, draw_leaf, is_certified
from gradcheck.exercises.graph_exercise import GraphExercise

DECAY = 1e-5
"""Weight decay that has to be seen near the optimum."""
SEEN = 4
"""Times the tolerance: what is this large is wrong for every learner."""
FAR = 40.0
"""A z at which a sigmoid is exactly 0 or 1."""
TAIL = 4.0, 6.0
"""How far below 0 a sigmoid is small, and float32 still finds it by way of a tanh."""


def find_loss(exercise: GraphExercise) -> Step | None:
    """Return the step that compares predictions with targets."""
    return next((step for step in exercise.program if step.op.kind is Kind.LOSS), None)


def draw_near_optimum(exercise: GraphExercise, rng: np.random.Generator, sizes: Mapping[str, int]) -> Env:
    """Draw inputs whose predictions are close to their targets; raise NoFixtureError where none are found."""
    for _ in range(TRIES):
        inputs = _leaves(exercise, rng, sizes)
        moved = (
            _with_labels_met(exercise, rng, inputs) if _has_labels(exercise) else _with_targets(exercise, rng, inputs)
        )
        if moved is not None and is_certified(exercise.program, moved) and shows_decay(exercise, moved):
            return moved
    raise NoFixtureError(f"no inputs near the optimum for {exercise.name} in {TRIES} draws")


def near_sizes(exercise: GraphExercise) -> dict[str, int]:
    """Return sizes at which the last layer can meet every label: no more examples than it has inputs."""
    sizes = dict(exercise.inputs.sizes[0])
    deep = any(step.op.kind is Kind.LINEAR for step in exercise.program)
    return {**sizes, "m": 2} if deep and _has_labels(exercise) else sizes


def shows_decay(exercise: GraphExercise, inputs: Env) -> bool:
    """Tell whether a little weight decay makes every gradient of weights wrong here."""
    if not exercise.differentiates:
        return True
    env = replay(exercise.program, inputs, exercise.constants)
    weights = [step.inputs[1] for step in exercise.program if step.op.kind is Kind.LINEAR]
    asked = [w for w in weights if "d" + w in exercise.signature.outputs.values()]
    return all(DECAY * np.max(np.abs(env[w])) > SEEN * RTOL * np.max(np.abs(env["d" + w])) for w in asked)


def _leaves(exercise: GraphExercise, rng: np.random.Generator, sizes: Mapping[str, int]) -> Env:
    leaves = exercise.inputs.leaves.items()
    return {name: draw_leaf(exercise, rng, name, spec, sizes, frozenset()) for name, spec in leaves}


def _has_labels(exercise: GraphExercise) -> bool:
    loss = find_loss(exercise)
    return loss is not None and loss.inputs[1] in exercise.inputs.label_leaves


def _with_targets(exercise: GraphExercise, rng: np.random.Generator, inputs: Env) -> Env:
    """Move the targets to where the predictions are, but for small residuals."""
    loss = find_loss(exercise)
    assert loss is not None
    prediction = forward(exercise.program, inputs)[loss.inputs[0]]
    low, high = (0.01, 0.02) if exercise.differentiates else (0.03, 0.06)  # a value is the square of it: float32
    residual = rng.uniform(low, high, np.shape(prediction)) * rng.choice([-1.0, 1.0], np.shape(prediction))
    target = prediction - residual
    return {**inputs, loss.inputs[1]: target if np.ndim(target) else float(target)}


def _with_labels_met(exercise: GraphExercise, rng: np.random.Generator, inputs: Env) -> Env | None:
    """Move what enters the last sigmoid to where every label is nearly met."""
    loss = find_loss(exercise)
    assert loss is not None
    label = inputs[loss.inputs[1]]
    z = (2 * label - 1) * rng.uniform(3.0, 4.5, np.shape(label))
    if loss.inputs[1] in exercise.inputs.one_hot_leaves:
        z = z / 2  # a softmax looks at differences of scores, and those are twice as large
    out = next(step for step in exercise.program if step.out == loss.inputs[0])
    layer = next((step for step in exercise.program if step.out == out.inputs[0]), None)
    if layer is None:
        return {**inputs, out.inputs[0]: z}
    a, w, b = layer.inputs
    env = forward(exercise.program, inputs)
    weights = np.linalg.lstsq(env[a], z - env[b], rcond=None)[0]
    met = np.allclose(env[a] @ weights + env[b], z, atol=0.5)
    return {**inputs, w: weights} if met else None


def draw_boundary(exercise: GraphExercise, rng: np.random.Generator, sizes: Mapping[str, int]) -> Env:
    """Draw inputs with an entry that is exactly 0 in every array, and one prediction that meets its target."""
    for _ in range(TRIES):
        inputs = _leaves(exercise, rng, sizes)
        for name in inputs:
            if np.size(inputs[name]) > 1 and name not in exercise.inputs.label_leaves | exercise.inputs.positive_leaves:
                _place_on_boundary(exercise, name, inputs[name])
        loss = find_loss(exercise)
        smooth = loss is not None and not (loss.op.mask and exercise.differentiates)  # no slope where it is met
        if loss is not None and smooth and not _has_labels(exercise) and np.size(inputs[loss.inputs[1]]) > 1:
            inputs[loss.inputs[1]].flat[0] = np.ravel(forward(exercise.program, inputs)[loss.inputs[0]])[0]
        if _is_off_the_kinks(exercise, inputs):
            return inputs
    raise NoFixtureError(f"no inputs on a boundary for {exercise.name} in {TRIES} draws")


def draw_far(exercise: GraphExercise, rng: np.random.Generator, sizes: Mapping[str, int]) -> Env:
    """Draw inputs with large gradients: targets that are far away, or where those are labels, large inputs."""
    loss = find_loss(exercise)
    assert loss is not None
    for _ in range(TRIES):
        inputs = _leaves(exercise, rng, sizes)
        if not _has_labels(exercise):
            target = inputs[loss.inputs[1]]
            inputs[loss.inputs[1]] = target + 1000.0 * (np.sign(target) if np.ndim(target) else 1.0)
        else:
            first = next(step for step in exercise.program if step.op.kind is Kind.LINEAR)
            inputs[first.inputs[0]] = inputs[first.inputs[0]] * 1000.0
            inputs[first.inputs[1]] = inputs[first.inputs[1]] / 1000.0
        if is_certified(exercise.program, inputs):
            return inputs
    raise NoFixtureError(f"no inputs far from the optimum for {exercise.name} in {TRIES} draws")


def draw_tail(exercise: GraphExercise, rng: np.random.Generator, sizes: Mapping[str, int]) -> Env:
    """Draw sums far below 0, where a sigmoid is close to its exponential, and one where it is 0."""
    inputs = {name: -rng.uniform(*TAIL, np.shape(value)) for name, value in _leaves(exercise, rng, sizes).items()}
    for value in inputs.values():
        value.flat[0] = -FAR
    return inputs


def _place_on_boundary(exercise: GraphExercise, name: str, value: np.ndarray) -> None:
    step = next(step for step in exercise.program if name in step.inputs)
    if step.op.mask and exercise.differentiates:  # the slope at exactly 0 is never asked for
        if name == step.inputs[0]:  # of two, the other stays: where both are the same, there is no slope either
            value.flat[0] = FAR
        return
    value.flat[0] = 0.0
    if step.op.kind is Kind.ACTIVATION and find_loss(exercise) is None and not step.op.passes_on and value.size > 2:
        value.flat[1], value.flat[2] = FAR, -FAR


def _is_off_the_kinks(exercise: GraphExercise, inputs: Env) -> bool:
    """Tell whether no ReLU that is differentiated is near its kink and no hidden sigmoid is saturated."""
    env = forward(exercise.program, inputs)
    return all(
        step.op.decides(np.asarray(env[step.inputs[0]]))
        for step in exercise.program
        if step.op.kind is Kind.ACTIVATION and step.inputs[0] not in inputs
    )
