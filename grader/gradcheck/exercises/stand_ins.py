"""Harmless functions that take an exercise's place when a later one is judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gradcheck.autodiff.ops import Kind, Op
from gradcheck.autodiff.program import Override, Program, Step
from gradcheck.call import Code


@dataclass(frozen=True)
class StandIn:
    """A harmless function of the right shapes that takes an exercise's place when a later one is judged.

    It is no solution: a later answer is right but for this exercise when it equals the course's own chain with the
    same harmless function in the same link. It grows with its arguments: a limit that cuts large gradients off shows.
    """

    code: Code
    """The function, for the learner's process."""
    rules: Callable[[Program], dict[str, Override]]
    """The same function as rules for the links of a later exercise's program."""


def _rules(
    program: Program, fits: Callable[[Op], bool], make: Callable[[Step], dict[str, Override]]
) -> dict[str, Override]:
    """Return the rules that ``make`` gives for each step whose operation ``fits``."""
    return {place: rule for step in program if fits(step.op) for place, rule in make(step).items()}


def _holds(program: Program, names: tuple[str, ...]) -> bool:
    """Tell whether a program has all these variables: a rule can only be made of what is there."""
    return {name for step in program for name in step.inputs} >= set(names)


def _is_linear(op: Op) -> bool:
    return op.kind is Kind.LINEAR


def _evaluate(source: str) -> Callable:
    return eval(source, {"np": np})  # the text is this module's own


def activation_stand_in(op: str) -> StandIn:
    """Stand in for an activation function of z."""
    source = "lambda z: np.cos(z) + 0.3 * z"
    f = _evaluate(source)
    return StandIn(
        Code(source), lambda p: _rules(p, lambda o: o.name == op, lambda s: {s.out: lambda env: f(env[s.inputs[0]])})
    )


def slope_stand_in(op: str, *, of_activation: bool) -> StandIn:
    """Stand in for the slope of an activation, as a function of z or of the activation itself."""
    source = "lambda v: 1.4 + 0.3 * np.cos(v)"
    f = _evaluate(source)

    def make(step: Step) -> dict[str, Override]:
        z, a = step.inputs[0], step.out
        return {"d" + z: lambda env: env["d" + a] * f(env[a if of_activation else z])}

    return StandIn(Code(source), lambda p: _rules(p, lambda o: o.name == op, make))


def loss_slope_stand_in() -> StandIn:
    """Stand in for the derivative of the loss with respect to the prediction."""
    source = "lambda a, y: 0.2 * a - 0.5 * y + np.cos(y)"
    f = _evaluate(source)

    def make(step: Step) -> dict[str, Override]:
        a, y = step.inputs
        return {"d" + a: lambda env: env["d" + step.out] * f(env[a], env[y])}

    return StandIn(Code(source), lambda p: _rules(p, lambda o: o.kind is Kind.LOSS, make))


def surprisal_stand_in() -> StandIn:
    """Stand in for the price of an answer that had a probability."""
    source = "lambda p: 0.3 * np.cos(p) + p"
    f = _evaluate(source)

    def make(step: Step) -> dict[str, Override]:
        a, y = step.inputs
        return {step.out: lambda env: env[y] * f(env[a]) + (1 - env[y]) * f(1 - env[a])}

    return StandIn(Code(source), lambda p: _rules(p, lambda o: o.name == "cross_entropy", make))


def weight_slope_stand_in() -> StandIn:
    """Stand in for what is left of z when one weight moves."""
    source = "lambda x, w, b: np.cos(x) + 0.5 * x + 0.1 * w"
    f = _evaluate(source)

    def make(step: Step) -> dict[str, Override]:
        x, w, b = step.inputs
        return {"d" + w: lambda env: env["d" + step.out] * f(env[x], env[w], env[b])}

    return StandIn(Code(source), lambda p: _rules(p, _is_linear, make))


def bias_slope_stand_in() -> StandIn:
    """Stand in for what is left of z when the bias moves."""
    source = "lambda x, w, b: 0.7 + 0.1 * b"
    f = _evaluate(source)

    def make(step: Step) -> dict[str, Override]:
        x, w, b = step.inputs
        return {"d" + b: lambda env: env["d" + step.out] * f(env[x], env[w], env[b])}

    return StandIn(Code(source), lambda p: _rules(p, _is_linear, make))


def prediction_stand_in() -> StandIn:
    """Stand in for the prediction of one linear neuron."""
    source = "lambda x, w, b: np.cos(x @ w) + b"
    f = _evaluate(source)

    def make(step: Step) -> dict[str, Override]:
        x, w, b = step.inputs
        return {step.out: lambda env: f(env[x], env[w], env[b])}

    return StandIn(Code(source), lambda p: _rules(p, _is_linear, make))


def forward_stand_in() -> StandIn:
    """Stand in for the forward pass of a two-layer network, all four values of it."""
    source = (
        "lambda X, W1, b1, W2, b2: {'Z1': np.cos(X @ W1) + b1, 'A1': np.sin(X @ W1) + 2.0, "
        "'Z2': np.cos(X @ W1 @ W2) + b2, 'A2': 0.5 + 0.2 * np.sin(X @ W1 @ W2)}"
    )
    f = _evaluate(source)

    leaves = ("X", "W1", "b1", "W2", "b2")

    def value(name: str) -> Override:
        return lambda env: f(*(env[leaf] for leaf in leaves))[name]

    values = {name: value(name) for name in ("Z1", "A1", "Z2", "A2")}
    return StandIn(Code(source), lambda p: values if _holds(p, leaves) else {})


def out_delta_stand_in() -> StandIn:
    """Stand in for the derivative of the cost with respect to the last Z."""
    source = "lambda A2, Y: (0.3 * A2 - 0.6 * Y + np.cos(Y)) / len(A2)"
    f = _evaluate(source)

    def rules(program: Program) -> dict[str, Override]:
        loss = next((step for step in program if step.op.kind is Kind.LOSS), None)
        last = next((step for step in program if loss and step.out == loss.inputs[0]), None)
        if loss is None or last is None:
            return {}
        a, y = loss.inputs
        return {"d" + last.inputs[0]: lambda env: f(env[a], env[y])}

    return StandIn(Code(source), rules)


def layer_stand_in() -> StandIn:
    """Stand in for the gradients of one layer."""
    source = (
        "lambda A_prev, dZ: (np.cos(A_prev).T @ (0.5 * dZ + np.sin(dZ)), "
        "0.5 * np.sum(dZ + np.cos(dZ), axis=0, keepdims=True))"
    )
    f = _evaluate(source)

    def make(step: Step) -> dict[str, Override]:
        a, w, b = step.inputs
        return {
            "d" + w: lambda env: f(env[a], env["d" + step.out])[0],
            "d" + b: lambda env: f(env[a], env["d" + step.out])[1],
        }

    return StandIn(Code(source), lambda p: _rules(p, _is_linear, make))


def deep_forward_stand_in() -> StandIn:
    """Stand in for the forward pass through any number of layers: a list of X and the activations."""
    source = (
        "lambda X, Ws, bs: (lambda f: f(f, [X], list(zip(Ws, bs))))(lambda f, A, rest: f(f, "
        "[*A, 0.5 + 0.2 * np.sin(A[-1] @ rest[0][0] + 0.3 * rest[0][1])], rest[1:]) if rest else A)"
    )

    def rules(program: Program) -> dict[str, Override]:
        layers = {step.out: step.inputs for step in program if _is_linear(step.op)}

        def activation(a: str, w: str, b: str) -> Override:
            return lambda env: 0.5 + 0.2 * np.sin(env[a] @ env[w] + 0.3 * env[b])

        return _rules(
            program, lambda op: op.name == "sigmoid", lambda step: {step.out: activation(*layers[step.inputs[0]])}
        )

    return StandIn(Code(source), rules)


def delta_back_stand_in() -> StandIn:
    """Stand in for one step back: from the next layer's delta to that of the sigmoid layer before it."""
    source = "lambda dZ_next, W_next, A: np.sin(dZ_next) @ np.cos(W_next).T + 0.1 * A"
    f = _evaluate(source)

    def rules(program: Program) -> dict[str, Override]:
        following = {step.inputs[0]: step for step in program if _is_linear(step.op)}

        def make(step: Step) -> dict[str, Override]:
            after = following.get(step.out)
            if after is None:
                return {}
            return {"d" + step.inputs[0]: lambda env: f(env["d" + after.out], env[after.inputs[1]], env[step.out])}

        return _rules(program, lambda op: op.name == "sigmoid", make)

    return StandIn(Code(source), rules)


def hidden_delta_stand_in() -> StandIn:
    """Stand in for the derivative of the cost with respect to Z1."""
    source = "lambda dZ2, W2, Z1: (0.5 * dZ2 + np.sin(dZ2)) @ np.cos(W2).T + 0.1 * Z1"
    f = _evaluate(source)
    rules = {"dZ1": lambda env: f(env["dZ2"], env["W2"], env["Z1"])}
    return StandIn(Code(source), lambda p: rules if _holds(p, ("W2", "Z1")) else {})
