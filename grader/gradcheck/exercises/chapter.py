"""The exercises of one notebook."""

from __future__ import annotations

from dataclasses import dataclass

from gradcheck.exercises.answer_exercise import AnswerExercise
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.exercises.property_exercise import PropertyExercise

Exercise = GraphExercise | PropertyExercise | AnswerExercise


@dataclass(frozen=True, eq=False)
class Chapter:
    """The exercises of one notebook, in its order."""

    assignment: str
    """Folder, file stem and nbgrader name: NN-slug."""
    exercises: tuple[Exercise, ...]

    def __getitem__(self, name: str) -> Exercise:
        """Return the exercise of that name; KeyError where there is none."""
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        raise KeyError(f"chapter {self.assignment} has no exercise {name!r}")
