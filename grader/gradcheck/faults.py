"""The faults that can be injected into a program: one local mistake each, under the name it is known by.

A fault replaces one value or one link. Nothing in here knows an exercise: faults follow from the operations of its
program, so a new exercise has them at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.graph import FORWARD, LOSS_SLOPE, Env, Program, Rule, Step, bias_link, link, sigmoid, weight_link


@dataclass(frozen=True)
class Suspect:
    """One mistake at one place of a program."""

    id: str
    label: str
    """What exactly is done; the same label at another place is the same habit."""
    rules: Mapping[str, Rule]
    """The place and what happens there instead."""

    @property
    def places(self) -> frozenset[str]:
        """Return the values and links that it replaces."""
        return frozenset(self.rules)


ACTIVATIONS: dict[str, tuple[Callable, Callable]] = {
    "none": (lambda z: z * 1.0, lambda z: np.ones_like(z)),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z))),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "leaky": (lambda z: np.where(z > 0, z, 0.01 * z), lambda z: np.where(z > 0, 1.0, 0.01)),
    "absolute": (np.abs, np.sign),
    "minimum": (lambda z: np.minimum(z, 0), lambda z: (z < 0) * 1.0),
    "step": (lambda z: (z > 0) * 1.0, lambda z: np.zeros_like(z)),
    "negated": (lambda z: sigmoid(-z), lambda z: -sigmoid(z) * (1 - sigmoid(z))),
    "exp": (np.exp, np.exp),
    "negated exponent": (lambda z: 1 / (1 + np.exp(z)), lambda z: -sigmoid(z) * (1 - sigmoid(z))),
    "twice": (lambda z: sigmoid(sigmoid(z)), lambda z: sigmoid(sigmoid(z)) * (1 - sigmoid(sigmoid(z)))),
    "exponent": (lambda z: np.exp(-z) / (1 + np.exp(-z)), lambda z: -sigmoid(z) * (1 - sigmoid(z))),
    "shifted": (lambda z: np.maximum(z, 1), lambda z: (z > 1) * 1.0),
    "softplus": (lambda z: np.log1p(np.exp(z)), sigmoid),
    "twice as steep": (lambda z: sigmoid(2 * z), lambda z: 2 * sigmoid(2 * z) * (1 - sigmoid(2 * z))),
    "no one": (lambda z: 1 / np.exp(-z), np.exp),
    "softmax": (lambda z: np.exp(z) / np.sum(np.exp(z), axis=-1, keepdims=True), lambda z: np.ones_like(z)),
    "softmax over all": (lambda z: np.exp(z) / np.sum(np.exp(z)), lambda z: np.ones_like(z)),
}


def suspects(program: Program, constants: frozenset[str]) -> tuple[Suspect, ...]:
    """Return every fault that this program can have, the same habit at several places joined at the end."""
    single = [fault for step in program for fault in _faults(step, program, constants)]
    habits: dict[tuple[str, str], list[Suspect]] = {}
    for fault in single:
        habits.setdefault((fault.id, fault.label), []).append(fault)
    joined = [
        Suspect(id, label, {place: rule for fault in group for place, rule in fault.rules.items()})
        for (id, label), group in habits.items()
        if len({place for fault in group for place in fault.places}) > 1
    ]
    return (*single, *joined)


def _faults(step: Step, program: Program, constants: frozenset[str]) -> Iterator[Suspect]:
    if step.op == "affine":
        yield from _affine(step, program, constants)
    elif step.op in LOSS_SLOPE:
        yield from _loss(step)
    elif step.op == "mean":
        yield from _mean(step)
    elif step.op not in ("total", "weigh"):
        yield from _activation(step, program)
    for position, name in enumerate(step.inputs):
        if name not in constants and not (step.op in (*LOSS_SLOPE, "weigh") and position) and step.op != "total":
            yield from _scaled("d" + name, step, position)


def _count(env: Env, step: Step) -> int:
    """Return the number of examples: the rows of what the step makes, or of what goes into it."""
    for name in (step.out, *step.inputs):
        if np.ndim(env[name]):
            return np.shape(env[name])[0]
    return 1


def _scaled(place: str, step: Step, position: int) -> Iterator[Suspect]:
    """Yield the right link times a wrong number."""

    def times(factor: Callable[[int, int], float]) -> Rule:
        def rule(env: Env) -> Any:
            first = next((env[n] for n in ("X", "x", "A_prev", "A1") if n in env), env[step.inputs[0]])
            width = np.shape(first)[-1] if np.ndim(first) else 1
            return link(step, position, env) * factor(_count(env, step), width)

        return rule

    factors: dict[str, tuple[str, Callable[[int, int], float]]] = {
        "negative": ("sign-flipped", lambda m, n: -1.0),
        "twice": ("factor-two", lambda m, n: 2.0),
        "half": ("half-kept", lambda m, n: 0.5),
        "times m": ("sum-not-mean", lambda m, n: m),
        "over m": ("averaged-twice", lambda m, n: 1 / m),
        "m over n": ("divided-by-wrong-count", lambda m, n: m / n),
        "over n": ("divided-by-wrong-count", lambda m, n: 1 / n),
        "m over m-1": ("divided-by-wrong-count", lambda m, n: m / (m - 1) if m > 1 else np.inf),
        "m over m+1": ("divided-by-wrong-count", lambda m, n: m / (m + 1)),
        "over m n": ("divided-by-wrong-count", lambda m, n: 1 / (m * n)),
    }
    for label, (id, factor) in factors.items():
        yield Suspect(id, label, {place: times(factor)})


def _mean(step: Step) -> Iterator[Suspect]:
    values = step.inputs[0]

    def of(function: Callable) -> Mapping[str, Rule]:
        return {step.out: lambda env: function(env[values])}

    m = lambda v: np.shape(v)[0]
    yield Suspect("sum-not-mean", "summed", of(np.sum))
    yield Suspect("averaged-twice", "mean over m", of(lambda v: np.mean(v) / m(v)))
    yield Suspect("factor-two", "mean doubled", of(lambda v: 2 * np.mean(v)))
    yield Suspect("half-kept", "mean halved", of(lambda v: np.mean(v) / 2))
    yield Suspect("sign-flipped", "mean negated", of(lambda v: -np.mean(v)))
    yield Suspect("divided-by-wrong-count", "over m-1", of(lambda v: np.sum(v) / (m(v) - 1)))
    yield Suspect("divided-by-wrong-count", "over m+1", of(lambda v: np.sum(v) / (m(v) + 1)))
    yield Suspect("other-loss", "root", of(lambda v: np.sqrt(np.mean(v))))
    yield Suspect("other-loss", "root of twice", of(lambda v: np.sqrt(np.mean(2 * v))))
    yield Suspect("other-loss", "half root of twice", of(lambda v: np.sqrt(np.mean(2 * v)) / 2))
    yield Suspect("other-loss", "median", of(np.median))
    yield Suspect("other-loss", "largest", of(np.max))
    yield Suspect("examples-not-summed", "losses", of(lambda v: v))
    yield Suspect("examples-not-summed", "losses over m", of(lambda v: v / m(v)))
    yield from _left_out(lambda rows: of(lambda v: np.mean(v[rows])), "mean of")
    yield from _left_out(lambda rows: of(lambda v: np.sum(v[rows]) / m(v)), "share of")


def _left_out(make: Callable, label: str) -> Iterator[Suspect]:
    for name, rows in {
        "all but first": slice(1, None),
        "all but last": slice(None, -1),
        "first": slice(None, 1),
        "last": slice(-1, None),
        "every other": slice(None, None, 2),
        "first two": slice(None, 2),
    }.items():
        yield Suspect("examples-left-out", f"{label} {name}", make(rows))


def _loss(step: Step) -> Iterator[Suspect]:
    a, y = step.inputs
    place, back = "d" + a, "d" + step.out

    def slope(function: Callable) -> Mapping[str, Rule]:
        return {place: lambda env: env[back] * function(env[a], env[y])}

    def value(function: Callable) -> Mapping[str, Rule]:
        return {step.out: lambda env: function(env[a], env[y])}

    own = FORWARD[step.op]
    slopes: dict[str, dict[str, Callable]] = {
        "residual-missing": {
            "prediction": lambda a, y: a * 1.0,
            "one": lambda a, y: np.ones_like(a),
            "minus one": lambda a, y: -np.ones_like(a),
        },
        "value-not-slope": {"loss": own, "cost": lambda a, y: np.ones_like(a) * np.mean(own(a, y))},
    }
    if step.op == "half_square":
        slopes["residual-sign-lost"] = {
            "absolute": lambda a, y: np.abs(a - y),
            "square": lambda a, y: (a - y) ** 2,
            "loss": lambda a, y: (a - y) ** 2 / 2,
        }
        slopes["other-loss"] = {
            "sign": lambda a, y: np.sign(a - y),
            "root": lambda a, y: (a - y) / np.sqrt(np.mean((a - y) ** 2)),
            "cross-entropy": lambda a, y: (a - y) / (a * (1 - a)),
            "logarithm": lambda a, y: -y / a,
            "cubic": lambda a, y: (a - y) ** 3,
        }
        slopes["mean-taken-too-early"] = {"mean residual": lambda a, y: np.mean(a - y) * np.ones_like(a)}
    else:
        slopes["one-class-wrong"] = {
            "ones only": lambda a, y: -y / a,
            "zeros only": lambda a, y: (1 - y) / (1 - a),
            "zeros negated": lambda a, y: -y / a - (1 - y) / (1 - a),
            "ones negated": lambda a, y: y / a + (1 - y) / (1 - a),
        }
        slopes["other-loss"] = {
            "squared error": lambda a, y: a - y,
            "exchanged": lambda a, y: np.log((1 - y + 1e-12) / (y + 1e-12)),
        }
    for id, group in slopes.items():
        for label, function in group.items():
            yield Suspect(id, label, slope(function))
    for id, label, function in _other_losses(step.op, own):
        yield Suspect(id, label, value(function))


def _other_losses(op: str, own: Callable) -> Iterator[tuple[str, str, Callable]]:
    yield "factor-two", "loss doubled", lambda a, y: 2 * own(a, y)
    yield "half-kept", "loss halved", lambda a, y: own(a, y) / 2
    yield "sign-flipped", "loss negated", lambda a, y: -own(a, y)
    yield "other-loss", "absolute", lambda a, y: np.abs(a - y)
    yield "other-loss", "half absolute", lambda a, y: np.abs(a - y) / 2
    yield ("other-loss", "exchanged", lambda a, y: -(a * np.log(y) + (1 - a) * np.log(1 - y)))
    yield "other-quantity-returned", "residual", lambda a, y: a - y
    yield "other-quantity-returned", "negative residual", lambda a, y: y - a
    yield "other-quantity-returned", "prediction", lambda a, y: a * 1.0
    yield ("broadcast-by-accident", "every pair", lambda a, y: own(np.reshape(a, (-1, 1)), np.reshape(y, (1, -1))))
    if op == "half_square":
        yield "other-loss", "cross-entropy", FORWARD["cross_entropy"]
        yield "other-loss", "cubic", lambda a, y: np.abs(a - y) ** 3
        yield "other-loss", "root", lambda a, y: np.sqrt(np.abs(a - y))
        yield "other-loss", "sum squared", lambda a, y: (a + y) ** 2 / 2
        yield "other-loss", "logarithm", lambda a, y: np.log(np.cosh(a - y))
        yield ("mean-taken-too-early", "of residual", lambda a, y: np.mean(a - y) ** 2 / 2)
        yield ("mean-taken-too-early", "of residual, squared", lambda a, y: np.mean(a - y) ** 2)
    else:
        yield "other-loss", "squared error", lambda a, y: (a - y) ** 2 / 2
        yield "other-loss", "whole squared error", lambda a, y: (a - y) ** 2
        yield "other-loss", "logarithm to base 2", lambda a, y: own(a, y) / np.log(2)
        yield "other-loss", "logarithm to base 10", lambda a, y: own(a, y) / np.log(10)
        yield "one-class-wrong", "ones only", lambda a, y: -y * np.log(a)
        yield "one-class-wrong", "zeros only", lambda a, y: -(1 - y) * np.log(1 - a)
        yield ("one-class-wrong", "zeros negated", lambda a, y: -y * np.log(a) + (1 - y) * np.log(1 - a))
        yield ("one-class-wrong", "ones negated", lambda a, y: y * np.log(a) - (1 - y) * np.log(1 - a))
        yield ("one-class-wrong", "log of prediction twice", lambda a, y: -(y * np.log(a) + (1 - y) * np.log(a)))
        yield ("other-loss", "labels exchanged", lambda a, y: -((1 - y) * np.log(a) + y * np.log(1 - a)))


def _activation(step: Step, program: Program) -> Iterator[Suspect]:
    z, a = step.inputs[0], step.out
    dz, da = "d" + z, "d" + a
    last = not any(other.op == "affine" and a in other.inputs for other in program)

    def slope(function: Callable[[Any, Any], Any]) -> Mapping[str, Rule]:
        return {dz: lambda env: env[da] * function(env[z], env[a])}

    for id, label, function in _slopes(step.op, last):
        yield Suspect(id, label, slope(function))
    for id, label, rule in _borrowed(step, program):
        yield Suspect(id, label, {dz: rule})
    yield Suspect("value-not-slope", "activation alone", {dz: lambda env: env[a] * 1.0})
    own = "none" if step.op == "identity" else step.op
    for name, (function, derivative) in ACTIVATIONS.items():
        if name == own:
            continue
        id = "sigmoid-applied-twice" if name == "twice" else "forward-activation-wrong"
        change = {a: lambda env, f=function: f(env[z])}
        yield Suspect(id, f"forward {name}", change)
        bent = {**change, dz: lambda env, d=derivative: env[da] * d(env[z])}
        yield Suspect(id, f"forward and slope {name}", bent)


def _slopes(op: str, last: bool) -> Iterator[tuple[str, str, Callable[[Any, Any], Any]]]:
    """Yield wrong slopes as functions of z and a."""
    if op == "identity":
        for name, (_, derivative) in ACTIVATIONS.items():
            if name in ("relu", "sigmoid", "tanh"):
                yield ("extra-output-slope", f"slope of {name}", lambda z, a, d=derivative: d(z))
        yield "extra-output-slope", "a(1 - a)", lambda z, a: a * (1 - a)
        yield "extra-output-slope", "prediction as slope", lambda z, a: a
        yield "extra-output-slope", "1 - a^2", lambda z, a: 1 - a**2
        return
    tangent = ACTIVATIONS["tanh"][1]
    yield "value-not-slope", "activation as slope", lambda z, a: a
    yield "value-not-slope", "z as slope", lambda z, a: z
    if op == "relu":
        yield "relu-mask-missing", "no mask", lambda z, a: np.ones_like(z)
        yield "mask-inverted", "closed ones open", lambda z, a: (z <= 0) * 1.0
        for leak in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.3, 0.5, -1.0, -0.01):
            yield ("closed-units-leak", f"leak {leak}", lambda z, a, s=leak: np.where(z > 0, 1.0, s))
        yield "wrong-slope", "half", lambda z, a: 0.5 * np.ones_like(z)
        yield "wrong-slope", "zero", lambda z, a: np.zeros_like(z)
        yield "wrong-slope", "sigmoid", lambda z, a: sigmoid(z) * (1 - sigmoid(z))
        yield "wrong-slope", "softplus", lambda z, a: sigmoid(z)
        yield "wrong-slope", "a(1 - a)", lambda z, a: a * (1 - a)
        yield "wrong-slope", "tanh", lambda z, a: tangent(z)
        yield "wrong-slope", "1 - a^2", lambda z, a: 1 - a**2
        yield "wrong-slope", "z above one", lambda z, a: (z > 1) * 1.0
        return
    yield (("output-slope-missing" if last else "hidden-slope-missing"), "no slope", lambda z, a: np.ones_like(z))
    yield "deriv-given-z", "z(1 - z)", lambda z, a: z * (1 - z)
    yield ("sigmoid-applied-twice", "slope of sigmoid of a", lambda z, a: sigmoid(a) * (1 - sigmoid(a)))
    yield "deriv-given-z", "a from z as given", lambda z, a: z * (1 - a)
    yield "deriv-given-z", "one from z", lambda z, a: a * (1 - z)
    for label, function in {
        "1 - a": lambda z, a: 1 - a,
        "1 - a^2": lambda z, a: 1 - a**2,
        "tanh": lambda z, a: tangent(z),
        "relu": lambda z, a: (z > 0) * 1.0,
        "relu of a": lambda z, a: (a > 0.5) * 1.0,
        "quarter": lambda z, a: 0.25 * np.ones_like(a),
        "half": lambda z, a: 0.5 * np.ones_like(a),
        "a^2": lambda z, a: a**2,
        "(1 - a)^2": lambda z, a: (1 - a) ** 2,
        "a(1 + a)": lambda z, a: a * (1 + a),
        "a - 1": lambda z, a: a - 1,
        "a(1 - a)^2": lambda z, a: a * (1 - a) ** 2,
        "a^2(1 - a)": lambda z, a: a**2 * (1 - a),
        "root": lambda z, a: np.sqrt(a * (1 - a)),
        "exp(-z)": lambda z, a: np.exp(-z),
        "exp(-a) form": lambda z, a: np.exp(-a) / (1 + np.exp(-a)) ** 2,
        "1 - 2a": lambda z, a: 1 - 2 * a,
        "sin": lambda z, a: np.cos(z),
    }.items():
        yield "wrong-slope", label, function
    squared = "extra-output-slope" if last else "wrong-slope"
    yield squared, "slope twice", lambda z, a: (a * (1 - a)) ** 2


def _borrowed(step: Step, program: Program) -> Iterator[tuple[str, str, Rule]]:
    """Yield slopes taken from an array that is not this layer's own."""
    z, a = step.inputs[0], step.out
    da = "d" + a
    others = [s for s in program if s.op in ("relu", "sigmoid", "identity") and s.out != a]
    if step.op == "relu":
        yield ("mask-from-wrong-array", "gradient", lambda env: env[da] * (np.asarray(env[da]) > 0))
        for label, function in {
            "any example": lambda v: np.any(v > 0, axis=0, keepdims=True),
            "all examples": lambda v: np.all(v > 0, axis=0, keepdims=True),
            "any unit": lambda v: np.any(v > 0, axis=-1, keepdims=True),
            "all units": lambda v: np.all(v > 0, axis=-1, keepdims=True),
            "sum of examples": lambda v: np.sum(v, axis=0, keepdims=True) > 0,
            "sum of units": lambda v: np.sum(v, axis=-1, keepdims=True) > 0,
            "first example": lambda v: v[:1] > 0,
            "first unit": lambda v: v[..., :1] > 0,
            "last example": lambda v: v[-1:] > 0,
            "whole array": lambda v: np.full(np.shape(v), np.sum(v) > 0),
        }.items():
            yield ("mask-from-wrong-array", label, lambda env, f=function: env[da] * f(env[z]))
        names = [name for s in program for name in (s.out, *s.inputs) if name not in (z, a)]
        names += ["d" + s.out for s in program if s.op in ("affine", "identity", "sigmoid")]
        for name in dict.fromkeys(names):
            yield ("mask-from-wrong-array", name, lambda env, k=name: env[da] * (np.asarray(env[k]) > 0))
            yield ("mask-from-wrong-array", name + " lying", lambda env, k=name: env[da] * (np.asarray(env[k]).T > 0))
    if step.op == "sigmoid":
        for other in others:
            name = other.out
            yield (
                "other-layer-used",
                f"slope of {'another layer'}",
                lambda env, k=name: env[da] * env[k] * (1 - env[k]),
            )


def _affine(step: Step, program: Program, constants: frozenset[str]) -> Iterator[Suspect]:
    a, w, b = step.inputs
    z = step.out
    dz, dw, db = "d" + z, "d" + w, "d" + b
    before = next((s for s in program if s.out == a), None)
    yield Suspect("bias-missing-forward", "no bias", {z: lambda env: env[a] @ env[w]})
    if before is not None:
        yield Suspect("z-for-a", "forward", {z: lambda env: env[before.inputs[0]] @ env[w] + env[b]})
        yield Suspect("z-for-a", "backward", {dw: lambda env: weight_link(env[before.inputs[0]], env[dz])})
    yield from _weights(step, program)
    yield from _bias(step, program)
    for label, function in {
        "b": lambda env: env[dz] * env[b],
        "zero": lambda env: np.zeros_like(bias_link(env[dz])),
        "z": lambda env: env[dz] * env[z],
    }.items():
        yield Suspect("wrong-partial-of-z", f"bias {label}", {db: function})
    if a not in constants and before is not None:
        yield from _through(step, program, before)


def _weights(step: Step, program: Program) -> Iterator[Suspect]:
    a, w, b = step.inputs
    dz, dw = "d" + step.out, "d" + w

    def at(function: Callable[[Env], Any]) -> Mapping[str, Rule]:
        return {dw: function}

    right = lambda env: weight_link(env[a], env[dz])
    yield Suspect("layer-input-missing", "ones", at(lambda env: weight_link(np.ones_like(env[a]), env[dz])))
    yield Suspect("gradient-transposed", "lying", at(lambda env: right(env).T))
    yield Suspect("summed-over-too-much", "one number", at(lambda env: np.sum(right(env))))
    yield Suspect("summed-over-too-much", "filled", at(lambda env: np.sum(right(env)) * np.ones_like(env[w])))
    yield Suspect("summed-over-too-much", "over inputs", at(lambda env: np.sum(right(env), axis=0)))
    yield Suspect("summed-over-too-much", "over rows kept", at(lambda env: np.sum(right(env), axis=0, keepdims=True)))
    yield Suspect("summed-over-too-much", "over units", at(lambda env: np.sum(right(env), axis=-1)))
    yield Suspect("examples-not-summed", "elementwise", at(lambda env: env[a] * np.reshape(env[dz], (-1, 1))))
    yield Suspect("examples-not-summed", "elementwise lying", at(lambda env: (env[a] * np.reshape(env[dz], (-1, 1))).T))
    yield Suspect("examples-not-summed", "outer", at(lambda env: env[a][:, :, None] * env[dz][:, None, :]))
    yield Suspect("wrong-axis", "rows", at(lambda env: np.sum(env[a] * np.reshape(env[dz], (-1, 1)), axis=1)))
    yield Suspect("wrong-axis", "rows averaged", at(lambda env: np.mean(env[a] * np.reshape(env[dz], (-1, 1)), axis=1)))
    early = lambda env: np.mean(env[a], axis=0)
    yield Suspect(
        "mean-taken-too-early",
        "mean input, summed delta",
        at(lambda env: np.multiply.outer(early(env), np.sum(env[dz], axis=0))),
    )
    yield Suspect(
        "mean-taken-too-early",
        "summed input, summed delta",
        at(lambda env: np.multiply.outer(np.sum(env[a], axis=0), np.sum(env[dz], axis=0))),
    )
    yield Suspect(
        "mean-taken-too-early",
        "mean input, mean delta",
        at(lambda env: np.multiply.outer(early(env), np.mean(env[dz], axis=0))),
    )
    yield from _left_out(lambda rows: at(lambda env: weight_link(env[a][rows], env[dz][rows])), "weights from")
    for label, function in {
        "w": lambda env: env[dz] * env[w],
        "w alone": lambda env: env[w] * 1.0,
        "input alone": lambda env: env[a] * 1.0,
        "x plus b": lambda env: env[dz] * (env[a] + env[b]),
        "x and w": lambda env: env[dz] * env[a] * env[w],
        "x times b": lambda env: env[dz] * env[a] * env[b],
        "w of sum": lambda env: env[w] * np.sum(env[dz]),
        "square": lambda env: weight_link(env[a] ** 2, env[dz]),
    }.items():
        yield Suspect("wrong-partial-of-z", f"weight {label}", at(function))
    yield Suspect("value-not-slope", "z for slope", at(lambda env: env[dz] * env[step.out]))
    yield Suspect("value-not-slope", "z for slope, filled", at(lambda env: env[step.out] * np.ones_like(env[w])))
    yield Suspect("chain-added", "input added", at(lambda env: env[dz] + env[a]))
    yield Suspect("chain-added", "input and one added", at(lambda env: env[dz] + 1 + env[a]))
    yield from _wrong_inputs(step, program)


def _wrong_inputs(step: Step, program: Program) -> Iterator[Suspect]:
    a, w, _ = step.inputs
    z, dw = step.out, "d" + w
    names = [name for s in program for name in (*s.inputs, s.out)] + ["d" + s.out for s in program]
    for name in dict.fromkeys(names):
        if name != a:
            yield Suspect(
                "wrong-layer-input", f"input {name}", {dw: lambda env, k=name: weight_link(env[k], env["d" + z])}
            )
            yield Suspect(
                "wrong-layer-input",
                f"broadcast {name}",
                {dw: lambda env, k=name: weight_link(np.broadcast_to(env[k], np.shape(env[a])), env["d" + z])},
            )
            yield Suspect(
                "wrong-layer-input",
                f"product {name}",
                {dw: lambda env, k=name: np.broadcast_to(env[k] * bias_link(env["d" + z]), np.shape(env[w]))},
            )
    deltas = [s.out for s in program if s.op in ("affine", "identity", "relu", "sigmoid")]
    for name in deltas:
        if name != z:
            yield Suspect(
                "other-layer-used",
                f"delta {'before' if name < z else 'after'} {name[0]}",
                {dw: lambda env, k="d" + name: weight_link(env[a], env[k])},
            )
            yield Suspect(
                "other-layer-used",
                f"delta {name[0]} spread",
                {dw: lambda env, k="d" + name: weight_link(env[a], np.broadcast_to(env[k], np.shape(env["d" + z])))},
            )


def _bias(step: Step, program: Program) -> Iterator[Suspect]:
    a, w, b = step.inputs
    z, dz, db = step.out, "d" + step.out, "d" + b

    def at(function: Callable[[Env], Any]) -> Mapping[str, Rule]:
        return {db: function}

    def collapsed(env: Env) -> Any:
        total = np.sum(env[dz])
        return np.full(np.shape(env[b]), total) if np.size(env[b]) > 1 else total

    yield Suspect("examples-not-summed", "delta itself", at(lambda env: env[dz] * 1.0))
    yield Suspect("summed-over-too-much", "one number", at(lambda env: np.sum(env[dz])))
    yield Suspect("summed-over-too-much", "filled", at(collapsed))
    yield Suspect("summed-over-too-much", "one number kept", at(lambda env: np.sum(env[dz], keepdims=True)))
    yield Suspect("summed-over-too-much", "mean of all", at(lambda env: np.mean(env[dz])))
    yield Suspect("wrong-axis", "rows", at(lambda env: np.sum(env[dz], axis=1)))
    yield Suspect("wrong-axis", "rows kept", at(lambda env: np.sum(env[dz], axis=1, keepdims=True)))
    yield Suspect("wrong-axis", "rows averaged", at(lambda env: np.mean(env[dz], axis=1)))
    yield Suspect("wrong-axis", "rows averaged kept", at(lambda env: np.mean(env[dz], axis=1, keepdims=True)))
    yield Suspect("wrong-axis", "rows averaged lying", at(lambda env: np.sum(env[dz], axis=1, keepdims=True).T))
    yield Suspect("chain-added", "one added", at(lambda env: env[dz] + 1))
    yield Suspect("chain-added", "two added", at(lambda env: env[dz] + 2))
    yield Suspect("value-not-slope", "bias itself", at(lambda env: env[b] * 1.0))
    yield Suspect("value-not-slope", "z itself", at(lambda env: env[z] * 1.0))
    yield from _left_out(lambda rows: at(lambda env: bias_link(env[dz][rows])), "bias from")
    after = next((s for s in program if z in s.inputs and s.op in ("relu", "sigmoid", "identity")), None)
    if after is not None and after.op != "identity":
        last = not any(s.op == "affine" and after.out in s.inputs for s in program)
        ids = {"relu": "relu-mask-missing", "sigmoid": "output-slope-missing" if last else "hidden-slope-missing"}
        yield Suspect(ids[after.op], "bias only", at(lambda env: bias_link(env["d" + after.out])))
        yield Suspect(ids[after.op], "weights only", {"d" + w: lambda env: weight_link(env[a], env["d" + after.out])})
    for other in program:
        if other.op == "affine" and other.out != z:
            yield Suspect(
                "other-layer-used", "bias of another layer", at(lambda env, k="d" + other.out: bias_link(env[k]))
            )
            yield Suspect(
                "other-layer-used",
                "bias of another layer spread",
                at(lambda env, k="d" + other.out: np.broadcast_to(bias_link(env[k]), np.shape(env[b]))),
            )


def _through(step: Step, program: Program, before: Step) -> Iterator[Suspect]:
    a, w, _ = step.inputs
    z, dz, da = step.out, "d" + step.out, "d" + a
    inner = "d" + before.inputs[0]

    def at(function: Callable[[Env], Any]) -> Mapping[str, Rule]:
        return {da: function}

    ones = lambda env: np.ones_like(env[w])
    yield Suspect("w2-missing", "delta handed on", at(lambda env: env[dz] @ ones(env).T))
    yield Suspect("w2-missing", "delta spread", at(lambda env: np.broadcast_to(env[dz], np.shape(env[a]))))
    yield Suspect("w2-missing", "delta alone", at(lambda env: np.ones_like(env[a])))
    yield Suspect("sign-flipped", "sign of weight lost", at(lambda env: env[dz] @ np.abs(env[w]).T))
    yield Suspect("w2-missing", "mean weight", at(lambda env: env[dz] @ (np.mean(env[w]) * ones(env)).T))
    yield Suspect("residual-missing", "weights alone", at(lambda env: np.ones_like(env[dz]) @ env[w].T))
    final = next((s for s in program if s.op in LOSS_SLOPE), None)
    if final is not None:
        y = final.inputs[1]
        m = lambda env: np.shape(env[y])[0]
        for label, scale in {"mean": m, "sum": lambda env: 1}.items():
            yield Suspect("hidden-compared-with-target", label, at(lambda env, s=scale: (env[a] - env[y]) / s(env)))
            yield Suspect(
                "hidden-compared-with-target",
                f"{label}, no slope",
                {da: lambda env, s=scale: (env[a] - env[y]) / s(env), inner: lambda env: env[da] * 1.0},
            )
            yield Suspect(
                "hidden-compared-with-target",
                f"{label}, with weights",
                at(lambda env, s=scale: (env[a] - env[y]) / s(env) * env[w].T),
            )
        slope = next(s for s in program if s.out == final.inputs[0])
        if slope.op == "sigmoid" and slope.inputs[0] == z:
            yield Suspect(
                "output-slope-missing", "on the way back only", at(lambda env: env["d" + slope.out] @ env[w].T)
            )
    for other in program:
        if other.op == "affine" and other.out != z:
            u = other.inputs[1]
            yield Suspect("other-layer-used", "weights of another layer", at(lambda env, k=u: env[dz] @ env[k].T))
            yield Suspect("other-layer-used", "weights of another layer lying", at(lambda env, k=u: env[dz] @ env[k]))
            yield Suspect(
                "other-layer-used",
                "first row of another layer",
                at(lambda env, k=u: np.broadcast_to(env[dz] * env[k][:1], np.shape(env[a]))),
            )
