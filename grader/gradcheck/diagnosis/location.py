"""Where in an exercise something is wrong: the outputs, and the first broken link."""

from __future__ import annotations

from collections.abc import Iterable

from gradcheck.autodiff.ops import Kind
from gradcheck.exercises.graph_exercise import GraphExercise


def name_outputs(exercise: GraphExercise, wrong: Iterable[str]) -> str:
    """Write down outputs as text: "dW1 and db1"; empty where the exercise returns one thing."""
    names = [name for name in exercise.signature.outputs if name in set(wrong)]
    if len(exercise.signature.outputs) == 1 or not names:
        return ""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def first_broken_link(exercise: GraphExercise, wrong: frozenset[str]) -> str:
    """Return the first link of the backward chain (or value of the forward pass) that cannot be right."""
    chain = list(exercise.signature.outputs.values())
    broken = [exercise.signature.outputs[name] for name in exercise.signature.outputs if name in wrong]
    if not exercise.differentiates:
        return next((of for of in chain if of in broken), "")
    for number, step in reversed(list(enumerate(exercise.program))):
        own = ["d" + name for name in step.inputs if "d" + name in chain]
        if own and all(name in broken for name in own):
            shared = len(own) > 1 or len(broken) == len(chain) > 1
            return _handed(exercise, number) or own[0] if shared else own[0]
        if any(name in broken for name in own):
            return next(name for name in own if name in broken)
    return ""


def _handed(exercise: GraphExercise, number: int) -> str:
    """Return the link that all derivatives of a step come through; an identity passes on what it is handed."""
    step = exercise.program[number]
    after = next((s for s in exercise.program[number + 1 :] if step.out in s.inputs), None)
    if after is None or after.op.kind is Kind.SEED:
        return ""
    return "d" + (after.out if after.op.passes_on else step.out)
