"""What an exercise says of a mistake in the names of its own arguments, where the vocabulary's words do not fit it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise


def in_own_words(exercise: GraphExercise, diagnoses: Sequence[Diagnosis]) -> tuple[Diagnosis, ...]:
    """Return the diagnoses with the words of this exercise; what is said of one answer alone comes before them."""
    return tuple(
        replace(d, detail={**_as_detail(exercise.words[d.mistake]), **d.detail}) if d.mistake in exercise.words else d
        for d in diagnoses
    )


def _as_detail(words: Mapping[str, str]) -> dict[str, str]:
    """Return the words as a diagnosis holds them: what was seen has gaps still to be filled."""
    return {"template" if part == "seen" else part: told for part, told in words.items()}
