"""Turn diagnoses into sentences for a learner. No sentence holds a formula."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gradcheck.autodiff.ops import Kind
from gradcheck.call import Outcome
from gradcheck.comparison.status import Grade
from gradcheck.diagnosis.catalogue import describe_mistake, vocabulary
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise


def compose(exercise: str, diagnoses: Sequence[Diagnosis]) -> str:
    """Return tier 1 of all diagnoses; "or" between those that fit equally at the same place."""
    text = ""
    for diagnosis in (d for d in diagnoses if d.mistake):
        told = describe_mistake(diagnosis.mistake, diagnosis.where or f"what {exercise} returns", diagnosis.detail)
        told = told[0].upper() + told[1:] if told.startswith("what ") else told
        text += told if not text else f" {told}" if diagnosis.together else f" Or: {told}"
    return text


def describe_values(
    exercise: GraphExercise, grades: Mapping[str, Grade], diagnoses: Sequence[Diagnosis], first: str, shapes: str = ""
) -> str:
    """Say what holds, what does not, and what was seen."""
    right = [name for name, grade in grades.items() if grade is Grade.RIGHT]
    wrong = [name for name, grade in grades.items() if grade is not Grade.RIGHT]
    parts = []
    if right and wrong:
        verbs = ("holds" if len(right) == 1 else "hold", "does" if len(wrong) == 1 else "do")
        parts.append(f"{join_names(right)} {verbs[0]}; {join_names(wrong)} {verbs[1]} not.")
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
        parts.append(f"Look again first {_place(exercise, first)}.")
    return " ".join(parts)


def _place(exercise: GraphExercise, place: str) -> str:
    """Say where in the graph a value or a link is."""
    step = next((s for s in exercise.program if place in ["d" + name for name in s.inputs]), None)
    if step is None or step.op.kind is Kind.SEED:
        return f"at {place}"
    return f"at the link from {step.out} back to {place[1:]}"


def describe_error(exercise: str, outcome: Outcome, diagnoses: Sequence[Diagnosis] = ()) -> str:
    """Say that a function stopped, where in the learner's own line, and why if that is known."""
    raised = outcome.raised
    if outcome.status == "timeout":
        told = raised.message if raised else "It was still running when its time was up."
        return f"{exercise} did not come back. {told} Is there a loop that never ends?"
    if outcome.status == "killed":
        told = raised.message if raised else "It ended the process that it ran in."
        return f"{exercise} did not come back. {told}"
    place = f" in your line {raised.lineno}: {raised.line}" if raised.line else ""
    text = f"{exercise} stops with {raised.type}: {_plain(raised.message)}{place}."
    return f"{text} {compose(exercise, diagnoses)}".strip() if diagnoses else text


def hints(diagnoses: Sequence[Diagnosis], first: str = "") -> tuple[str, ...]:
    """Return tier 2, a question, and tier 3, which link to derive again."""
    named = next((d for d in diagnoses if d.mistake), None)
    if named is not None:
        known = vocabulary()[named.mistake]
        again = known.again.replace("{where}", named.where or "the sentence above")
        if again.startswith("nothing to derive"):
            return known.question, f"There is nothing to derive. Look at {again.split(': ', 1)[-1]}."
        return known.question, f"Derive again: {again}."
    if first:
        return (
            f"Which numbers go into {first}, and which shape must it have?",
            f"Derive again: {first}, from the link before it.",
        )
    return ()


def first_steps(exercise: GraphExercise) -> tuple[str, ...]:
    """Return what helps somebody who has not begun: a question, and the links in the order of the way back."""
    question = vocabulary()["not-attempted"].question
    if not exercise.differentiates:
        return question, f"On the way forward: {', then '.join(step.out for step in exercise.program)}."
    links = [
        f"{step.out} to {join_names(names)}"
        for step in reversed(exercise.program)
        if step.op.kind is not Kind.SEED and (names := [n for n in step.inputs if n not in exercise.constants])
    ]
    return question, f"On the way back: {'; '.join(links)}."


def _plain(message: str) -> str:
    """Say in words what numpy says in the signature of a generalized function."""
    sizes = re.search(r"size (\d+) is different from (\d+)", message)
    return f"the inner sizes {sizes.group(2)} and {sizes.group(1)} differ" if sizes else message.rstrip(". ")


def join_names(names: Sequence[str]) -> str:
    """Return names as a list in words: "W1, b1 and W2"."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
