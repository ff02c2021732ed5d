"""What is to be seen in wrong values, whatever the mistake is: their shapes, and what an exercise knows to look at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gradcheck.comparison.observation import Observation
from gradcheck.comparison.status import Grade
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise


def remark_on(exercise: GraphExercise, observations: Sequence[Observation]) -> str:
    """Say what is to be seen in the first wrong value; the exercise knows what to look at."""
    arrays = [o.arrays[name] for o in observations for name in o.arrays if o.grade(name) is not Grade.RIGHT]
    return next((told for array in arrays if exercise.remark and (told := exercise.remark(array))), "")


def describe_left_over(grades: Mapping[str, Grade], diagnoses: Sequence[Diagnosis]) -> str:
    """Say which outputs have the right numbers in another shape, where what was found speaks of other outputs only."""
    named = [re.findall(r"\w+", d.where) for d in diagnoses]
    if not named or not all(named):
        return ""
    spoken = {name for names in named for name in names}
    left = [n for n, grade in grades.items() if grade is Grade.WRONG_SHAPE and n not in spoken]
    return (
        f" In {' and '.join(left)} the number is right and the shape is not." if left and spoken & set(grades) else ""
    )


def describe_wrong_shape(observations: Sequence[Observation]) -> str:
    """Say which shape came back where another one was asked for."""
    first = observations[0]
    for name, array in first.arrays.items():
        want = first.case.truth[name].value.shape
        if array.shape != want:
            asked = f"shape {want}" if want else "one number"
            return f"{name} came back with shape {array.shape}, {asked} is asked for."
    return ""
