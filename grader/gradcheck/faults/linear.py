"""Mistakes in z itself, on the way forward."""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.faults.suspect import Suspect
from gradcheck.graph import FORWARD, SLOPE, Program, Step, sigmoid, weight_link


def linear(step: Step, program: Program) -> Iterator[Suspect]:
    """Yield the ways to get z wrong."""
    a, w, b = step.inputs
    z = step.out
    before = next((s for s in program if s.out == a), None)
    yield Suspect("bias-missing-forward", "no bias", {z: lambda env: env[a] @ env[w]})
    yield Suspect("off-by-one", "last input", {z: lambda env: env[a][..., :-1] @ env[w][:-1] + env[b]})
    yield Suspect("off-by-one", "first input", {z: lambda env: env[a][..., 1:] @ env[w][1:] + env[b]})
    after = next((s for s in program if s.inputs[0] == z and s.op in SLOPE and s.op != "identity"), None)
    if after is not None:
        bent = FORWARD[after.op]
        yield Suspect("forward-activation-wrong", "z bent too", {z: lambda env: bent(env[a] @ env[w] + env[b])})
    if before is not None and before.op == "sigmoid":
        twice = {z: lambda env: sigmoid(env[a]) @ env[w] + env[b]}
        yield Suspect("sigmoid-applied-twice", "before the product", twice)
        both = {**twice, "d" + w: lambda env: weight_link(sigmoid(env[a]), env["d" + z])}
        yield Suspect("sigmoid-applied-twice", "before both products", both)
    if before is not None:
        yield Suspect("z-for-a", "forward", {z: lambda env: env[before.inputs[0]] @ env[w] + env[b]})
        yield Suspect("z-for-a", "backward", {"d" + w: lambda env: weight_link(env[before.inputs[0]], env["d" + z])})
