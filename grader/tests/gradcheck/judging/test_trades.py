"""No mistake in an early exercise makes a later one cheaper than its honest loss."""

from __future__ import annotations

import dataclasses

import pytest

from autograder.course import paths
from gradcheck.call import Outcome, Raised
from gradcheck.chapters.registry import all_chapters
from gradcheck.comparison.status import Status
from gradcheck.exercises.answer_exercise import AnswerExercise
from gradcheck.judging.finding import Finding
from gradcheck.judging.judge import judge
from tests.answers.trades import search_trades

STEP = 11


@pytest.mark.parametrize("assignment", paths.assignments())
def test_no_sampled_pair_of_faults_earns_more_than_the_honest_loss(assignment: str) -> None:
    assert search_trades(assignment, STEP).gains == []


def _experiments() -> list[tuple[str, AnswerExercise]]:
    return [
        (assignment, exercise)
        for assignment, chapter in all_chapters().items()
        for exercise in chapter.exercises
        if isinstance(exercise, AnswerExercise) and exercise.measured_with
    ]


class _Stopped:
    """A caller whose experiment never came to an end."""

    def value(self, name: str) -> Outcome:
        """Say that the cell raised."""
        return Outcome("raised", raised=Raised("ValueError", name))


@pytest.mark.parametrize(("assignment", "exercise"), _experiments(), ids=lambda value: getattr(value, "name", value))
@pytest.mark.parametrize("lost", [0.25, 0.375, 1.0, 9.0])
def test_an_experiment_is_forgiven_no_more_than_was_lost_before_it(
    assignment: str, exercise: AnswerExercise, lost: float
) -> None:
    chapter = all_chapters()[assignment]
    charged = exercise.measured_with[0]
    wrong = Finding(charged, 10.0 - lost, 10.0, Status.PARTIAL)
    found = judge(chapter, exercise, _Stopped(), (), {charged: wrong})
    assert found.points == min(lost, exercise.points)
    twin = dataclasses.replace(exercise, name="twin")
    both = dataclasses.replace(chapter, exercises=(*chapter.exercises, twin))
    second = judge(both, twin, _Stopped(), (), {charged: wrong, exercise.name: found})
    assert found.points + second.points <= lost + 1e-9, "one loss excuses once"
    assert judge(chapter, exercise, _Stopped(), (), {}).points == 0
