"""Write every sentence that can be said of an answer into ``sentences.md``.

``python -m tests.gradcheck.diagnosis.sentences`` in ``grader/``. The file is there to be read: whoever changes a word
sees in the difference where it is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gradcheck.chapters.registry import all_chapters
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.diagnosis.location import name_outputs
from gradcheck.diagnosis.messages import compose, hints
from gradcheck.diagnosis.own_words import in_own_words
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise

PAGE = Path(__file__).with_name("sentences.md")
GENERAL = "all"
"""What stands in the vocabulary for every exercise: said once, not in each of them."""


def rendered() -> str:
    """Return the page."""
    lines = [
        "# What is said of answers",
        "",
        "Made by `python -m tests.gradcheck.diagnosis.sentences`; a test compares it.",
        "",
    ]
    lines += ["## Everywhere", ""]
    for id, mistake in vocabulary().items():
        if GENERAL in mistake.exercises:
            lines += _said("an exercise", Diagnosis(id, "dW"))
    for assignment, chapter in all_chapters().items():
        for exercise in chapter.exercises:
            lines += ["", f"## {assignment}: {exercise.name}", ""]
            for id, mistake in vocabulary().items():
                own = isinstance(exercise, GraphExercise) and id in exercise.words
                if own or (GENERAL not in mistake.exercises and mistake.occurs_in(exercise.name)):
                    for where in _places(exercise):
                        lines += _said(exercise.name, Diagnosis(id, where), exercise)
    return "\n".join(lines) + "\n"


def _places(exercise: object) -> Iterator[str]:
    """Yield one output, and all of them where they are several: verbs and numbers differ."""
    if not isinstance(exercise, GraphExercise):
        yield ""
        return
    names = tuple(exercise.signature.outputs)
    yield name_outputs(exercise, names[:1])
    if len(names) > 1:
        yield name_outputs(exercise, names)


def _said(name: str, diagnosis: Diagnosis, exercise: object = None) -> Iterator[str]:
    if isinstance(exercise, GraphExercise):
        (diagnosis,) = in_own_words(exercise, (diagnosis,))
    yield f"* **{diagnosis.mistake}** {compose(name, [diagnosis])}"
    yield from (f"  * {hint}" for hint in hints([diagnosis]))


if __name__ == "__main__":
    PAGE.write_text(rendered(), encoding="utf-8")
