"""Mistakes in z itself, on the way forward."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gradcheck.autodiff.ops import Kind, sigmoid, weight_link
from gradcheck.autodiff.program import Program, Step
from gradcheck.diagnosis.faults.injected_fault import InjectedFault


def linear_faults(step: Step, program: Program) -> Iterator[InjectedFault]:
    """Yield the ways to get z wrong."""
    a, w, b = step.inputs
    z = step.out
    before = next((s for s in program if s.out == a), None)
    yield InjectedFault("bias-missing-forward", "no bias", {z: lambda env: env[a] @ env[w]})
    nowhere = {z: lambda env: env[a] @ env[w], "d" + b: lambda env: np.zeros_like(env[b])}
    yield InjectedFault("bias-missing-forward", "no bias, which moves nothing", nowhere)
    yield InjectedFault("off-by-one", "last input", {z: lambda env: env[a][..., :-1] @ env[w][:-1] + env[b]})
    yield InjectedFault("off-by-one", "first input", {z: lambda env: env[a][..., 1:] @ env[w][1:] + env[b]})
    yield InjectedFault(
        "summed-over-too-much", "one sum of all products", {z: lambda env: np.sum(env[a] @ env[w]) + env[b]}
    )
    over_rows = lambda env: np.sum(env[a] * env[w], axis=0) + env[b]
    yield InjectedFault("wrong-axis", "products summed over the rows", {z: over_rows}, rare=True)
    first = lambda env: env[a][:1] @ env[w] + env[b]
    yield InjectedFault("examples-left-out", "first row kept", {z: first}, rare=True)
    yield InjectedFault("examples-left-out", "first row alone", {z: lambda env: first(env)[0]}, rare=True)
    for other in (s.inputs[2] for s in program if s.op.kind is Kind.LINEAR and s.inputs[2] != b):
        borrowed = lambda env, k=other: env[a] @ env[w] + env[k]
        yield InjectedFault("other-layer-used", f"bias {other} of another layer", {z: borrowed}, rare=True)
    after = next((s for s in program if s.inputs[0] == z and s.op.kind is Kind.ACTIVATION and not s.op.passes_on), None)
    if after is not None:
        activate = after.op.forward
        id = "sigmoid-applied-twice" if after.op.name == "sigmoid" else "forward-activation-wrong"
        activated = {z: lambda env: activate(env[a] @ env[w] + env[b])}
        said = "The activation is in z already, and is applied once more."
        yield InjectedFault(id, "z activated too", activated, said)
        late = {z: lambda env: env[a] @ env[w], after.out: lambda env: activate(env[a] @ env[w]) + env[b]}
        said = "The bias is added behind the activation, and not before it."
        yield InjectedFault("bias-missing-forward", "bias behind the activation", late, said)
    if before is not None and before.op.name == "sigmoid":
        twice = {z: lambda env: sigmoid(env[a]) @ env[w] + env[b]}
        yield InjectedFault("sigmoid-applied-twice", "before the product", twice)
        both = {**twice, "d" + w: lambda env: weight_link(sigmoid(env[a]), env["d" + z])}
        yield InjectedFault("sigmoid-applied-twice", "before both products", both)
    if before is not None:
        yield InjectedFault("z-for-a", "forward", {z: lambda env: env[before.inputs[0]] @ env[w] + env[b]})
        yield InjectedFault(
            "z-for-a", "backward", {"d" + w: lambda env: weight_link(env[before.inputs[0]], env["d" + z])}
        )
