"""Every known mistake loses marks and gets no false name; every right variant keeps its marks."""

from __future__ import annotations

import pytest

from gradcheck.chapters.registry import all_chapters
from tests.answers.collection import Answer, examine, outcome, read

WRONG, RIGHT = read("wrong"), read("right")


def test_the_collection_covers_every_exercise_that_is_a_function() -> None:

    functions = {
        (assignment, exercise.name)
        for assignment, chapter in all_chapters().items()
        for exercise in chapter.exercises
        if exercise.kind != "answer"
    }
    assert functions <= {(a.assignment, a.exercise) for a in WRONG}
    assert functions <= {(a.assignment, a.exercise) for a in RIGHT}
    assert len(WRONG) >= 120
    assert len(RIGHT) >= 80


@pytest.mark.filterwarnings("ignore")  # what a learner's code warns of is the learner's
@pytest.mark.parametrize("answer", WRONG, ids=str)
def test_a_wrong_answer_loses_marks_and_gets_no_false_name(
    answer: Answer, record_property: pytest.RecordProperty
) -> None:
    finding = examine(answer)
    named = outcome(answer, finding)
    record_property("named", named)
    assert finding.points < finding.max_points
    assert finding.message
    assert not any("judge stopped" in remark for remark in finding.remarks)
    assert named != "false", (
        f"{finding.diagnosis} for {sorted(answer.together | answer.either)}: if the name is true, add it to the label "
        "(NAME / OTHER); if it is not, docs/add-a-mistake.md says what to do"
    )


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("answer", RIGHT, ids=str)
def test_a_right_answer_keeps_its_marks_and_gets_no_name(answer: Answer) -> None:
    finding = examine(answer)
    assert finding.points == finding.max_points, finding.message
    assert not finding.diagnosis
