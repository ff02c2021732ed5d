"""Where in an exercise something is wrong: the outputs, and the first broken link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gradcheck.autodiff.ops import Kind
from gradcheck.autodiff.program import Step
from gradcheck.exercises.graph_exercise import GraphExercise


def name_outputs(exercise: GraphExercise, wrong: Iterable[str]) -> str:
    """Write down outputs as text: "dW1 and db1"; empty where the exercise returns one thing."""
    names = _join_entries(exercise, [name for name in exercise.signature.outputs if name in set(wrong)])
    if len(exercise.signature.outputs) == 1 or not names:
        return ""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _join_entries(exercise: GraphExercise, names: list[str]) -> list[str]:
    """Return the name of a whole array in place of its entries, where all of them are meant."""
    for whole, entries in exercise.signature.joined.items():
        if set(entries) <= set(names):
            names = [whole if name == entries[0] else name for name in names if name not in entries[1:]]
    return names


def broken_links(exercise: GraphExercise, wrong: frozenset[str]) -> tuple[str, ...]:
    """Return the links of which one is the first that is broken, from the loss on; a value where values are asked for.

    A gradient that is right proves all links that it came through. Where both gradients of a layer are wrong, only
    the stretch down to its z is known.
    """
    outputs = exercise.signature.outputs
    broken = [of for name, of in outputs.items() if name in wrong]
    if not exercise.differentiates:
        return tuple(broken[:1])
    proven: set[str] = set()
    for number, step in reversed(list(enumerate(exercise.program))):
        own = ["d" + name for name in step.inputs if "d" + name in outputs.values()]
        found = [of for of in own if of in broken]
        if own and len(found) < len(own):  # what is right came through here
            proven |= {"d" + s.inputs[0] for s in exercise.program[number + 1 :]}
        if found:
            return tuple(found[:1]) if len(found) < len(own) else _stretch(exercise, number, proven, found)
    return ()


def _stretch(exercise: GraphExercise, number: int, proven: set[str], found: Sequence[str]) -> tuple[str, ...]:
    """Return the links from the last proven one down to a step whose own derivatives are all wrong."""
    before = [s for s in reversed(exercise.program[number + 1 :]) if s.op.kind is not Kind.SEED and not s.op.passes_on]
    links = [link for s in before if (link := "d" + s.inputs[0]) not in proven]
    if len(found) == 1:
        return (*links, *found) if not exercise.program[number].op.passes_on else tuple(links) or tuple(found)
    return tuple(links) or tuple(found)


def nearest_to_loss(exercise: GraphExercise, places: Iterable[str]) -> tuple[str, ...]:
    """Sort places in the order in which they are computed: forward values, then links from the loss on."""
    order = [step.out for step in exercise.program]
    order += ["d" + name for step in reversed(exercise.program) for name in step.inputs]
    return tuple(place for place in dict.fromkeys(order) if place in set(places))


def describe_place(exercise: GraphExercise, places: Sequence[str]) -> str:
    """Say where in the graph values or links are: "at the link from Z1 back to W1", "somewhere between Z2 and Z1"."""
    steps = [_step_of(exercise, place) for place in places]
    known = [step for step in steps if step is not None]
    called = lambda name: exercise.spoken.get(name, name)
    if len(places) > 1 and len(known) == len(places):
        ends = [place[1:] for place in places]
        if all(step.inputs[0] == end for step, end in zip(known, ends, strict=True)):
            return f"somewhere between {called(known[0].out)} and {ends[-1]}, on the way back"
        if len({step.out for step in known}) == 1:
            return f"at the links from {called(known[0].out)} back to {' and to '.join(ends)}"
    return " or ".join(
        f"at the link from {called(step.out)} back to {place[1:]}" if step else f"at {place}"
        for place, step in zip(places, steps, strict=True)
    )


def holds_one_number(exercise: GraphExercise, output: str) -> bool:
    """Tell whether an output is the derivative of a parameter that has a single entry at every size."""
    shape = exercise.inputs.leaves.get(exercise.signature.outputs[output][1:])
    return shape is not None and set(shape.split()) <= {"1"}


def shape_of(exercise: GraphExercise, name: str) -> str:
    """Return the shape of a leaf or of a value, as "(m, h)"; empty where it is no array of rows."""
    letters = _letters(exercise, name)
    return f"({', '.join(letters)})" if letters else ""


def _letters(exercise: GraphExercise, name: str) -> list[str]:
    if name in exercise.inputs.leaves:
        return exercise.inputs.leaves[name].split()
    step = next((s for s in exercise.program if s.out == name), None)
    if step is None or step.op.kind not in (Kind.LINEAR, Kind.ACTIVATION):
        return []
    before = _letters(exercise, step.inputs[0])
    after = _letters(exercise, step.inputs[1]) if step.op.kind is Kind.LINEAR else before
    return [before[0], after[-1]] if len(before) == len(after) == 2 else []


def _step_of(exercise: GraphExercise, place: str) -> Step | None:
    """Return the step that a link belongs to; None for a value, and for a derivative that is handed in."""
    step = next((s for s in exercise.program if place in ["d" + name for name in s.inputs]), None)
    return None if step is None or step.op.kind is Kind.SEED else step
