"""Harmless functions for the parts of the machine of chapter 8, where its network is judged."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck.autodiff.program import Env, Override, Program, Step
from gradcheck.call import Code
from gradcheck.exercises.stand_ins import StandIn, _evaluate, _holds, _is_linear, _rules

PARAMETERS = ("W1", "b1", "W2", "b2")


def unbroadcast_stand_in() -> StandIn:
    """Stand in for the sum over stretched axes; where nothing was stretched, it changes nothing."""
    source = (
        "lambda G, shape: G * 1.0 if np.shape(G) == tuple(shape) "
        "else 0.3 * np.sum(np.cos(G)) + 0.1 * np.arange(np.prod(shape, dtype=int)).reshape(shape)"
    )
    f = _evaluate(source)

    def bias(step: Step) -> Override:
        return lambda env: f(env["d" + step.out], np.shape(env[step.inputs[2]]))

    def factor(step: Step, name: str, other: str) -> Override:
        return lambda env: f(env["d" + step.out] * env[other], np.shape(env[name]))

    def rules(program: Program) -> dict[str, Override]:
        made: dict[str, Override] = {}
        for step in program:
            if _is_linear(step.op):
                made["d" + step.inputs[2]] = bias(step)
            if step.op.name == "times":
                for name, other in zip(step.inputs, reversed(step.inputs), strict=True):
                    made["d" + name] = factor(step, name, other)
        return made

    return StandIn(Code(source), rules)


def matmul_back_stand_in() -> StandIn:
    """Stand in for the backward rule of a matrix product."""
    source = "lambda G, A, B: (np.sin(G) @ np.cos(B).T, np.cos(A).T @ np.sin(G))"
    f = _evaluate(source)

    def make(step: Step) -> dict[str, Override]:
        a, w, _ = step.inputs
        z = "d" + step.out
        return {"d" + a: lambda env: f(env[z], env[a], env[w])[0], "d" + w: lambda env: f(env[z], env[a], env[w])[1]}

    return StandIn(Code(source), lambda p: _rules(p, _is_linear, make))


def relu_back_stand_in() -> StandIn:
    """Stand in for the backward rule of ReLU."""
    source = "lambda G, A: np.sin(G) * (0.4 + 0.3 * np.cos(A))"
    f = _evaluate(source)

    def make(step: Step) -> dict[str, Override]:
        z = step.inputs[0]
        return {"d" + z: lambda env: f(env["d" + step.out], env[z])}

    return StandIn(Code(source), lambda p: _rules(p, lambda o: o.name == "relu", make))


def times_back_stand_in() -> StandIn:
    """Stand in for the backward rule of a product, as the chapter's own cost uses it."""
    source = "lambda G, A, B: (0.3 * np.mean(np.sin(G)) + 0.1 * np.cos(A), 0.3 * np.mean(np.sin(G)) + 0.1 * np.cos(B))"
    f = _evaluate(source)

    def slope(env: Env) -> Any:
        miss = env["A2"] - env["Y"]
        to_total = f(1.0, 0.5 / len(miss), float(np.sum(miss**2)))[1]
        return sum(f(to_total * np.ones(miss.shape), miss, miss))

    return StandIn(Code(source), lambda p: {"dA2": slope} if _holds(p, ("A2", "Y", "W2")) else {})


def walk_back_stand_in() -> StandIn:
    """Stand in for the walk: what stands beside a row follows from its value and from the last one."""
    source = "lambda tape, back: [np.cos(row[0]) * np.sum(tape[-1][0]) for row in tape]"

    def beside(name: str) -> Override:
        return lambda env: np.cos(env[name]) * env["J"]

    rules = {"d" + name: beside(name) for name in PARAMETERS}
    return StandIn(Code(source), lambda p: rules if _holds(p, PARAMETERS) else {})
