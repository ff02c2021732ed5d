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
SURE = -9.0, -8.0
"""How far on the wrong side a prediction is sure: its probability is some ten-thousandths."""
OVERFLOWS = 800.0
"""A z whose exponential is infinite."""
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


def draw_sure(exercise: GraphExercise, rng: np.random.Generator, sizes: Mapping[str, int]) -> Env:
    """Draw inputs whose predictions are sure and wrong, so that a limit on probabilities shows."""
    for _ in range(TRIES):
        if (moved := _with_labels_met(exercise, rng, _leaves(exercise, rng, sizes), by=SURE)) is not None:
            return moved
    raise NoFixtureError(f"no sure predictions for {exercise.name} in {TRIES} draws")


def _with_labels_met(
    exercise: GraphExercise, rng: np.random.Generator, inputs: Env, by: tuple[float, float] = (3.0, 4.5)
) -> Env | None:
    """Move what enters the last sigmoid to where every label is nearly met; missed by far where ``by`` is negative."""
    loss = find_loss(exercise)
    assert loss is not None
    label = inputs[loss.inputs[1]]
    z = (2 * label - 1) * rng.uniform(*by, np.shape(label))
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
    """Draw inputs with an entry that is exactly 0 in every array, and one prediction that meets its target.

    A single input or bias is 0; a single weight is not, since then nothing would be left of what comes before it.
    """
    loss = find_loss(exercise)
    target = loss.inputs[1] if loss is not None else ""
    kept = exercise.inputs.label_leaves | exercise.inputs.positive_leaves
    for _ in range(TRIES):
        inputs = _in_quarters(exercise, _leaves(exercise, rng, sizes))
        for name, value in inputs.items():
            if np.size(value) > 1 and name not in kept:
                _place_on_boundary(exercise, name, value)
            elif name not in kept | {target} and name[0] not in "Ww":
                inputs[name] = 0.0 * value
        if not exercise.differentiates:
            _saturate(exercise, inputs)
        if _can_be_met(exercise) and np.size(inputs[target]) > 1:
            inputs[target].flat[0] = _prediction(exercise, inputs).flat[0]
        if not exercise.differentiates or (_is_off_the_kinks(exercise, inputs) and _has_slopes(exercise, inputs)):
            return inputs
    raise NoFixtureError(f"no inputs on a boundary for {exercise.name} in {TRIES} draws")


def _has_slopes(exercise: GraphExercise, inputs: Env) -> bool:
    """Tell whether no gradient is 0 altogether, as where errors add up to 0; at an input of 0 a chain has such ones."""
    found = replay(exercise.program, inputs, exercise.constants)
    return bool(exercise.signature.joined) or all(np.any(found[of]) for of in exercise.signature.outputs.values())


def _saturate(exercise: GraphExercise, inputs: Env) -> None:
    """Let one unit of each sigmoid layer get a sum so far out that the sigmoid is 1 there to the last digit."""
    for step in exercise.program:
        if step.op.name == "sigmoid":
            layer = next((s for s in exercise.program if s.out == step.inputs[0] and s.op.kind is Kind.LINEAR), None)
            if layer is not None:
                inputs[layer.inputs[2]].flat[-1] = OVERFLOWS


def has_one_exact_prediction(exercise: GraphExercise, sizes: Mapping[str, int]) -> bool:
    """Tell whether there is a single prediction, of which all digits are known."""
    loss = find_loss(exercise)
    spec = exercise.inputs.leaves.get(loss.inputs[1], "m") if loss is not None else "m"
    single = all(letter == "1" or sizes.get(letter) == 1 for letter in spec.split())
    return single and _can_be_met(exercise) and _is_exact(exercise)


def draw_met(exercise: GraphExercise, rng: np.random.Generator, sizes: Mapping[str, int]) -> Env:
    """Draw inputs whose only prediction is its target to the last digit."""
    loss = find_loss(exercise)
    assert loss is not None
    inputs = _in_quarters(exercise, _leaves(exercise, rng, sizes))
    return {**inputs, loss.inputs[1]: _prediction(exercise, inputs)[()]}


def _prediction(exercise: GraphExercise, inputs: Env) -> np.ndarray:
    loss = find_loss(exercise)
    assert loss is not None
    return np.asarray(forward(exercise.program, inputs)[loss.inputs[0]])


def _can_be_met(exercise: GraphExercise) -> bool:
    """Tell whether a target can be what is predicted, and the loss has a slope there."""
    loss = find_loss(exercise)
    return loss is not None and not (loss.op.mask and exercise.differentiates) and not _has_labels(exercise)


def _is_exact(exercise: GraphExercise) -> bool:
    """Tell whether sums and products lead to the prediction: then all digits of it are the same in any order."""
    curved = [s for s in exercise.program if s.op.kind is Kind.ACTIVATION and not s.op.passes_on and not s.op.mask]
    return not curved


def _in_quarters(exercise: GraphExercise, inputs: Env) -> Env:
    """Round the inputs to quarters where that makes the prediction exact, so that a residual can be exactly 0."""
    if not _can_be_met(exercise) or not _is_exact(exercise):
        return inputs
    return {name: np.round(4 * np.asarray(value))[()] / 4 for name, value in inputs.items()}


def find_hidden_bend(exercise: GraphExercise) -> Step | None:
    """Return the ReLU that a layer follows; None where there is none."""
    entered = {step.inputs[0] for step in exercise.program if step.op.kind is Kind.LINEAR}
    bends = (step for step in exercise.program if step.op.mask and step.op.kind is Kind.ACTIVATION)
    return next((step for step in bends if step.out in entered), None)


def draw_closed(exercise: GraphExercise, rng: np.random.Generator, sizes: Mapping[str, int]) -> Env:
    """Draw inputs that close every hidden ReLU for every example."""
    bend = find_hidden_bend(exercise)
    assert bend is not None
    inputs, z = _leaves(exercise, rng, sizes), bend.inputs[0]
    if z in inputs:
        return {**inputs, z: -1.0 - np.abs(inputs[z])}
    bias = next(step for step in exercise.program if step.out == z).inputs[2]
    return {**inputs, bias: inputs[bias] - 1.0 - np.max(forward(exercise.program, inputs)[z])}


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
