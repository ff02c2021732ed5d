"""Name mistakes that hold one unknown number, a learning rate, when the same number fits every fixture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from gradcheck.autodiff.ops import Kind, weight_link
from gradcheck.autodiff.program import Override, Step, replay
from gradcheck.comparison.equality import matches_replay
from gradcheck.comparison.observation import Observation
from gradcheck.diagnosis.fault_search import explained, right_chain
from gradcheck.diagnosis.faults.scale import FACTORS
from gradcheck.diagnosis.location import name_outputs
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise

RATES = (1.0, 0.5, 0.1, 0.05, 0.01, 0.001, 2.0, 0.2)
"""Learning rates that learners type in."""
MOVING_PARAMETERS = {
    "seen": "The parameters move from one example to the next: each example is measured at other parameters.",
    "question": "At which parameters is the gradient asked for: at those handed in, or at those that a step has made?",
    "again": "nothing to derive: the lines that change a parameter",
}


def find_unknown_rate(
    exercise: GraphExercise, observations: Sequence[Observation], wrong: frozenset[str]
) -> tuple[Diagnosis, ...]:
    """Name mistakes that hold one unknown number, a learning rate, when the same number fits every fixture."""
    if not exercise.differentiates:
        return ()
    where = name_outputs(exercise, wrong)
    updated = [_rates(o, name, _minus_step(exercise, o, name)) for o in observations for name in wrong]
    if _one_number(updated):
        return (Diagnosis("other-quantity-returned", where),)
    weights = [s.inputs[1] for s in exercise.program if s.op.kind is Kind.LINEAR][1:]
    for weight in weights:
        moved = [_rates(o, name, _with_moved(exercise, o, name, weight)) for o in observations for name in wrong]
        if _one_number(moved):
            return (Diagnosis("measured-elsewhere", where),)
    if _is_stepped_before(exercise, observations, wrong):
        return (Diagnosis("measured-elsewhere", where),)
    averages = exercise.program[-1].op.kind is Kind.REDUCTION
    several = [o for o in observations if averages and o.case.count_examples() > 1]
    for shared_out in (False, True):
        if several and any(all(_moves(exercise, o, rate, shared_out) for o in several) for rate in RATES):
            return (Diagnosis("measured-elsewhere", where, detail=MOVING_PARAMETERS),)
    return ()


def _is_stepped_before(exercise: GraphExercise, observations: Sequence[Observation], wrong: frozenset[str]) -> bool:
    """Tell whether one parameter, the last layer or each layer was stepped before other gradients were taken."""
    layers = [s for s in exercise.program if s.op.kind is Kind.LINEAR]
    for leaf in _alone(exercise):
        if _one_number([_rates(o, n, _with_stepped(exercise, o, n, leaf)) for o in observations for n in wrong]):
            return True
    return any(
        all(_last_layer_stepped(exercise, o, layers[-1], rate) for o in observations)
        or (len(layers) > 2 and _all_stepped(exercise, observations, rate))
        for rate in (RATES if len(layers) > 1 else ())
    )


def _alone(exercise: GraphExercise) -> tuple[str, ...]:
    """Return the parameters of a single layer without an activation: there a gradient is linear in each step."""
    layers = [s for s in exercise.program if s.op.kind is Kind.LINEAR]
    bends = [s for s in exercise.program if s.op.kind is Kind.ACTIVATION and not s.op.passes_on]
    return layers[0].inputs[1:] if len(layers) == 1 and not bends else ()


def _last_layer_stepped(exercise: GraphExercise, o: Observation, layer: Step, rate: float) -> bool:
    """Tell whether the gradients of the other layers were taken after a step of the last one."""
    right = right_chain(o)
    own = {leaf: o.case.inputs[leaf] for leaf in layer.inputs[1:] if leaf in o.case.inputs}
    if len(own) < 2:
        return False
    stepped = {leaf: value - rate * right["d" + leaf] for leaf, value in own.items()}
    moved = replay(exercise.program, {**o.case.inputs, **stepped}, exercise.constants)
    outputs = exercise.signature.outputs.items()
    return all(
        name in o.arrays and matches_replay(o.arrays[name], np.asarray((right if of[1:] in own else moved)[of]))
        for name, of in outputs
    )


def _with_stepped(exercise: GraphExercise, o: Observation, name: str, leaf: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the right derivative and how it changes with the rate when ``leaf`` was stepped before."""
    of = exercise.signature.outputs[name]
    right = right_chain(o)
    if "d" + leaf not in right:
        return np.asarray(np.nan), np.asarray(np.nan)
    stepped = {**o.case.inputs, leaf: o.case.inputs[leaf] - right["d" + leaf]}
    moved = replay(exercise.program, stepped, exercise.constants)
    return np.asarray(right[of]), np.asarray(moved[of]) - np.asarray(right[of])


Factor = Callable[[int, int], float]
"""A number as a function of the numbers of examples and of inputs."""


def find_weight_decay(
    exercise: GraphExercise, observations: Sequence[Observation], wrong: frozenset[str]
) -> tuple[Diagnosis, ...]:
    """Name gradients that hold a multiple of their own parameters, the same multiple (or over m) on every fixture.

    The gradient itself may be multiplied by a wrong number everywhere.
    """
    if not exercise.differentiates or not observations:
        return ()
    unscaled: tuple[str, Factor] = ("", lambda m, n: 1.0)
    for id, factor in (unscaled, *FACTORS.values()):
        scaled = [n for n in wrong if id and all(_is_scaled(exercise, o, n, factor) for o in observations)]
        decayed = wrong.difference(scaled)
        lines = [(o, _rates(o, n, _with_decay(exercise, o, n, factor))) for n in decayed for o in observations]
        for count in (lambda o: 1, lambda o: o.case.count_examples()) if decayed else ():
            rates = [rate * count(o) for o, rate in lines]
            if _one_number(rates) or _one_number([-rate for rate in rates]):
                found = Diagnosis("weight-decay-added", name_outputs(exercise, decayed))
                return (Diagnosis(id, name_outputs(exercise, wrong)), replace(found, together=True)) if id else (found,)
    return ()


def find_decayed(exercise: GraphExercise, observations: Sequence[Observation], wrong: frozenset[str]) -> frozenset[str]:
    """Return those of several wrong outputs that are right but for weight decay, with one strength for all of them."""
    if not exercise.differentiates or not observations:
        return frozenset()
    lines = {n: [(o, _with_decay(exercise, o, n, lambda m, k: 1.0)) for o in observations] for n in wrong}
    rates = {n: [_rates(o, n, line) for o, line in own] for n, own in lines.items()}
    able = [n for n in sorted(wrong) if _one_number(rates[n])]
    return frozenset(able) if able and _one_number([rate for n in able for rate in rates[n]]) else frozenset()


def _is_scaled(exercise: GraphExercise, o: Observation, name: str, factor: Factor) -> bool:
    return name in o.arrays and matches_replay(o.arrays[name], _with_decay(exercise, o, name, factor)[0])


def _with_decay(exercise: GraphExercise, o: Observation, name: str, factor: Factor) -> tuple[np.ndarray, np.ndarray]:
    """Return the derivative times a wrong number, and how it changes with the strength of the decay."""
    of = exercise.signature.outputs[name]
    right = np.asarray(right_chain(o)[of], dtype=float)
    inputs = np.shape(o.case.args[0])[-1] if np.ndim(o.case.args[0]) else 1
    decay = np.asarray(o.case.inputs.get(of[1:], np.nan), dtype=float)
    return right * factor(o.case.count_examples(), inputs), decay


def _all_stepped(exercise: GraphExercise, observations: Sequence[Observation], rate: float) -> bool:
    """Tell whether every layer was stepped at this rate before it sent its delta back."""

    def stepped(layer: Step) -> Override:
        a, w, _ = layer.inputs
        delta = "d" + layer.out
        return lambda env: env[delta] @ (env[w] - rate * weight_link(env[a], env[delta])).T

    rules = {"d" + s.inputs[0]: stepped(s) for s in exercise.program if s.op.kind is Kind.LINEAR and s.inputs[0] != "X"}
    return all(explained(o, rules) >= set(exercise.signature.outputs) for o in observations)


def _moves(exercise: GraphExercise, o: Observation, rate: float, shared_out: bool) -> bool:
    """Tell whether a step was taken after each example, and the gradients on the way were averaged.

    Each step is the rate times the example's own gradient, or (``shared_out``) times its share of the average.
    """
    inputs, count = dict(o.case.inputs), len(o.case.args[0])
    rows = {name: inputs[name] for name in inputs.keys() & exercise.constants}
    wanted = {name: exercise.signature.outputs[name] for name in o.arrays}
    sums = dict.fromkeys(wanted, 0.0)
    for row in range(count):
        one = {name: values[row : row + 1] for name, values in rows.items()}
        found = replay(exercise.program, {**inputs, **one}, exercise.constants)
        sums = {name: total + found[wanted[name]] / count for name, total in sums.items()}
        step = rate / count if shared_out else rate
        inputs |= {leaf: inputs[leaf] - step * found["d" + leaf] for leaf in (of[1:] for of in wanted.values())}
    return all(matches_replay(o.arrays[name], np.asarray(total)) for name, total in sums.items())


def _minus_step(exercise: GraphExercise, observation: Observation, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return where the answer starts and in which direction it moves with the rate: W - rate * dW."""
    of = exercise.signature.outputs[name]
    return np.asarray(observation.case.inputs.get(of[1:], np.nan), dtype=float), -observation.case.truth[name].value


def _with_moved(
    exercise: GraphExercise, observation: Observation, name: str, weight: str
) -> tuple[np.ndarray, np.ndarray]:
    """Return the right derivative and how it changes with the rate when ``weight`` was updated before its use."""
    inputs = observation.case.inputs
    right = replay(exercise.program, inputs, exercise.constants)
    layer = next(s for s in exercise.program if s.op.kind is Kind.LINEAR and s.inputs[1] == weight)
    place = "d" + layer.inputs[0]
    rule = {place: lambda env: -env["d" + layer.out] @ right["d" + weight].T}
    moved = replay(exercise.program, inputs, exercise.constants, rule)
    return np.asarray(right[exercise.signature.outputs[name]]), np.asarray(moved[exercise.signature.outputs[name]])


def _rates(observation: Observation, name: str, line: tuple[np.ndarray, np.ndarray]) -> float:
    start, direction = line
    got = observation.arrays.get(name)
    if got is None or not np.shape(got) == np.shape(start) == np.shape(direction) or not np.any(direction):
        return np.nan
    rate = float(np.sum((got - start) * direction) / np.sum(direction * direction))
    return rate if matches_replay(got, start + rate * direction) else np.nan


def _one_number(rates: Sequence[float]) -> bool:
    array = np.array(rates)
    return (
        array.size > 1 and bool(np.all(np.isfinite(array)) and np.allclose(array, array[0], rtol=1e-3)) and array[0] > 0
    )
