"""Turn diagnoses into sentences for a learner. No sentence holds a formula."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gradcheck.autodiff.ops import Kind
from gradcheck.autodiff.program import Step, handed_derivative
from gradcheck.call import Outcome, Raised
from gradcheck.comparison.status import Grade
from gradcheck.diagnosis.catalogue import describe_mistake, vocabulary
from gradcheck.diagnosis.location import describe_place, shape_of
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise


def compose(exercise: str, diagnoses: Sequence[Diagnosis]) -> str:
    """Return tier 1 of all diagnoses; "or" between those that fit equally at the same place."""
    text = ""
    for diagnosis in (d for d in diagnoses if d.mistake or "seen" in d.detail):
        told = describe_mistake(diagnosis.mistake, diagnosis.where or f"what {exercise} returns", diagnosis.detail)
        told = told[0].upper() + told[1:] if told.startswith("what ") else told
        if told in text:
            continue
        text += told if not text else f" {told}" if diagnosis.together else f" Or: {told}"
    return text


def describe_values(
    exercise: GraphExercise,
    grades: Mapping[str, Grade],
    diagnoses: Sequence[Diagnosis],
    first: Sequence[str],
    shapes: str = "",
) -> str:
    """Say what holds, what does not, and what was seen."""
    right = [name for name, grade in grades.items() if grade is Grade.RIGHT]
    wrong = [name for name, grade in grades.items() if grade is not Grade.RIGHT]
    parts = []
    if right and wrong:
        verbs = ("is" if len(right) == 1 else "are", "is" if len(wrong) == 1 else "are")
        parts.append(f"{join_names(right)} {verbs[0]} correct; {join_names(wrong)} {verbs[1]} not.")
    if diagnoses:
        parts.append(compose(exercise.name, diagnoses))
    elif wrong:
        parts.append(
            f"The values of {exercise.name} are not those of finite differences."
            if exercise.differentiates
            else f"The values of {exercise.name} are not those of the forward pass."
        )
        parts += [shapes] if shapes else []
    if first and len(grades) > 1:
        parts.append(f"Look first {describe_place(exercise, first)}.")
    return " ".join(parts)


def count_layers(exercise: GraphExercise) -> str:
    """Say how many layers the graph of an exercise has, or how many units in a row."""
    number = sum(step.op.kind is Kind.LINEAR for step in exercise.program)
    what = "unit" if exercise.signature.joined else "layer"
    return f"{number} {what}" + ("s" if number != 1 else "")


def describe_error(
    exercise: str, outcome: Outcome, diagnoses: Sequence[Diagnosis] = (), case: str = "", reason: str = ""
) -> str:
    """Say that a function stopped, where in the learner's own line, with which input, and why if that is known."""
    raised = outcome.raised
    if outcome.status == "timeout":
        told = raised.message if raised else "It was still running when its time was up."
        return f"{exercise} did not come back. {told} Is there a loop that never ends?"
    if outcome.status == "killed":
        told = raised.message if raised else "It ended the process that it ran in."
        return f"{exercise} did not come back. {told}"
    helper = raised.function if raised.function not in ("", exercise) and raised.function[0] != "<" else ""
    inside = f" of the function {helper}" if helper else ""
    place = f" in your line {raised.lineno}{inside}: {raised.line}" if raised.line else inside and f" in a line{inside}"
    place += f", inside {raised.inside}" if raised.inside else ""
    text = f"{exercise} stops with {raised.type}: {_plain(raised.message)}{place}."
    text += f" It was called with {case}." if case else ""
    why, seen = reason or plain_reason(raised), compose(exercise, diagnoses)
    return " ".join(part for part in (text, why, "" if seen in why else seen) if part)


VERBS = ("work", "write", "count", "run")


def hints(
    diagnoses: Sequence[Diagnosis], first: Sequence[str] = (), exercise: GraphExercise | None = None
) -> tuple[str, ...]:
    """Return the tiers after the message: a question, which link to derive again, and what goes into that link."""
    told = [d for d in diagnoses if d.mistake or "seen" in d.detail]
    named = next((d for d in told if d.place and d.place in first), told[0] if told else None)
    where = describe_place(exercise, first).removeprefix("at ") if exercise and first else ""
    last = _describe_operands(exercise, first) if exercise and first else ()
    if where and not any(place.startswith("d") for place in first):
        where = f"the line that makes {where}"
    if named is None:
        if not first or not where:
            return ()
        own = exercise.words.get("", {}).get("question") if exercise else ""
        return own or "What goes into this part, and which shape must come out?", _derive_again(where), *last
    known = vocabulary().get(named.mistake)
    question = named.detail.get("question") or (known.question if known else "")
    again = named.detail.get("again") or (known.again if known else "")
    if "look" in named.detail:
        return question, named.detail["look"], *last
    again = again.replace("{where}", named.where or "the sentence above")
    if again.startswith("nothing to derive"):
        look = again.split(": ", 1)[-1]
        look = f"{look[0].upper()}{look[1:]}" if look.split()[0] in VERBS else f"Look at {look}"
        return question, f"There is nothing to derive here. {look}."
    if not where and again.startswith("the line"):
        return question, f"Look again at {again}.", *last
    return question, _derive_again(where or again), *last


def _derive_again(what: str) -> str:
    """Return tier 3 for a link, or for a stretch of which one link is broken."""
    what = what.removesuffix(", on the way back").replace("somewhere between", "each link between")
    if what.startswith("the line that makes"):
        return f"Look again at {what}."
    return f"Derive again: {what}."


def _describe_operands(exercise: GraphExercise, first: Sequence[str]) -> tuple[str, ...]:
    """Say which arrays belong to the link that is to be derived again, and in which shapes."""
    step = next((s for s in exercise.program if "d" + s.inputs[0] == first[0] or first[0][1:] in s.inputs), None)
    if step is None or not first[0].startswith("d") or step.op.kind is Kind.SEED:
        return ()
    if handed_derivative(exercise.program):
        return _describe_arguments(exercise, step, first[0][1:])
    shapes = {name: shape_of(exercise, name) for name in (*step.inputs, step.out)}
    sized = [f"{name} {shape}" for name, shape in shapes.items() if shape]
    named = ", ".join([*sized, *(name for name, shape in shapes.items() if not shape)])
    if exercise.signature.joined:
        return (f"Write down {', '.join((*step.inputs, step.out))}, and beside them the slope that came back so far.",)
    return (f"Write down {named}, and beside them the slope that came back so far.",) if sized else ()


def _describe_arguments(exercise: GraphExercise, step: Step, wanted: str) -> tuple[str, ...]:
    """Say the shapes of a rule's arguments, and which shape must come out; nothing where all are the same."""
    shapes = {name: shape_of(exercise, name) for name in exercise.signature.args}
    if len(set(shapes.values())) < 2 or not all(shapes.values()):
        return ()
    named = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
    matrices = step.op.kind is Kind.LINEAR or step.operation == "matmul"
    asked = f" Which product of two of them has the shape {shape_of(exercise, wanted)}?" if matrices else ""
    return (f"Write down these with their shapes: {named}.{asked}",)


def first_steps(exercise: GraphExercise) -> tuple[str, ...]:
    """Return what helps somebody who has not begun: a question, and the links in the order of the way back."""
    question = vocabulary()["not-attempted"].question
    if not exercise.differentiates:
        return question, f"On the way forward: {', then '.join(step.out for step in exercise.program)}."
    links = [
        f"{exercise.spoken.get(step.out, step.out)} to {join_names(names)}"
        for step in reversed(exercise.program)
        if step.op.kind is not Kind.SEED and (names := [n for n in step.inputs if n not in exercise.constants])
    ]
    return question, f"On the way back: {'; '.join(links)}."


REASONS = (
    (r"bitwise_xor|for \^", "In Python, ^ is not a power. A power is written with two stars."),
    (r"'dict' object has no attribute", "That is a dict. Take an array out of it by its name first."),
    (
        r"\<U|StrDType|'str'|str_|numpy.str",
        "A text stands where numbers should be. When a dict is unpacked into names, they get its keys, not its values.",
    ),
    (
        r"too many values to unpack|not enough values to unpack",
        "The number of names on the left is not the number of things on the right. "
        "Of a dict the keys are unpacked, of an array the rows.",
    ),
    (r"too many indices", "The index asks for more axes than this array has. Print its shape just above that line."),
    (r"index -?\d+ is out of bounds", "Positions count from 0, so the last one is one less than the length."),
    (
        r"list index out of range|tuple index out of range",
        "Positions count from 0, so the last one is one less than the length.",
    ),
    (
        r"only integer scalar arrays|cannot be interpreted as an integer",
        "In that place numpy expects one whole number: an axis, a size or a position.",
    ),
    (
        r"missing \d+ required positional|takes \d+ positional",
        "The function is called with another number of arguments than it was defined with.",
    ),
    (r"'NoneType'", "Something is None there. Does a function that is called lack its return?"),
    (r"recursion", "The function calls itself again and again."),
)
"""Patterns in the text of an exception, and what they mean in words."""


def plain_reason(raised: Raised) -> str:
    """Say in words what an exception means, where it is a common one; empty otherwise."""
    if raised.type in ("ModuleNotFoundError", "ImportError"):
        return (
            "That package is not there while grading. These are: numpy, matplotlib, ipywidgets and "
            "Python's standard library."
        )
    if raised.type == "KeyError" and raised.inside:
        return f"A dict that {raised.inside} looks into has no entry of that name."
    if raised.type == "KeyError":
        return "The dict has no entry of that name. Print its keys just above that line."
    return next((told for pattern, told in REASONS if re.search(pattern, raised.message)), "")


def _plain(message: str) -> str:
    """Say in words what numpy says in the signature of a generalized function."""
    sizes = re.search(r"size (\d+) is different from (\d+)", message)
    return f"the inner sizes {sizes.group(2)} and {sizes.group(1)} differ" if sizes else message.rstrip(". ")


def join_names(names: Sequence[str]) -> str:
    """Return names as a list in words: "W1, b1 and W2"."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
