"""A small class is shown learner by learner; a large one is counted, and holds nobody in memory."""

from __future__ import annotations

import io
from collections.abc import Iterator

from rich.console import Console

from autograder.gradebook.marks import BookedExercise, BookedMarks
from autograder.grading.verdict import ExerciseVerdict, Verdict
from autograder.reporting import class_report
from autograder.reporting.class_report import print_class
from autograder.scheduling.batch import GraderFailure
from autograder.scheduling.class_summary import MAX_ROWS, ClassSummary

POINTS = {"relu": 1.0, "shapes": 3.0}


def verdicts(count: int) -> Iterator[tuple[str, Verdict | GraderFailure]]:
    """Yield learners of whom every tenth was refused, every tenth not graded, every fifth wrong in one exercise."""
    for number in range(count):
        student = f"learner-{number:05d}"
        common = {"assignment": "03", "student": student, "max_points": 4.0, "key": "k", "engine": "trust"}
        if number % 10 == 3:
            yield student, GraderFailure("no space left")
        elif number % 10 == 7:
            yield student, Verdict(points=0.0, status="refused", reason="it is empty", **common)
        else:
            wrong = number % 5 == 0
            relu = ExerciseVerdict(0.0 if wrong else 1.0, 1.0, "wrong" if wrong else "right")
            shapes = ExerciseVerdict(3.0, 3.0, "carried", remarks=("look",) if number == 1 else ())
            exercises = {"relu": relu, "shapes": shapes}
            yield student, Verdict(points=3.0 + relu.points, status="graded", exercises=exercises, **common)


def filled(count: int) -> ClassSummary:
    found = ClassSummary()
    for student, result in verdicts(count):
        found.add(student, result)
    return found


def shown(found: ClassSummary) -> str:
    console = Console(file=io.StringIO(), width=120)
    print_class(console, "03", found, POINTS)
    return console.file.getvalue()


def test_a_small_class_is_shown_by_name() -> None:
    found = filled(20)
    assert len(found) == found.learners == 20
    text = shown(found)
    assert all(f"learner-{number:05d}" in text for number in range(20))
    assert "learner-00003, learner-00013: no space left" in text


def test_the_marks_that_are_booked_are_shown_and_not_those_of_the_judge() -> None:
    console, found = Console(file=io.StringIO(), width=120), filled(2)
    booked = {
        "learner-00000": BookedMarks(None, 0.0, {"relu": BookedExercise(1.0, 0.0, 1.0, 1.0)}),
        "learner-00001": BookedMarks(None, 0.5, {"relu": BookedExercise(0.0, 1.0, 1.0, 0.0)}),
    }
    print_class(console, "03", found, {"relu": 1.0}, booked)
    rows = [line.split() for line in console.file.getvalue().splitlines() if "*" in line and "learner-" in line]
    assert rows == [["learner-00000", "1", "✓*", "1"], ["learner-00001", "0", "✗*", "0", "late"]]
    assert "* changed by hand" in console.file.getvalue()


def test_a_large_class_is_counted_and_nobody_is_kept() -> None:
    found = filled(1000)
    assert (len(found), found.learners, found.graded) == (0, 1000, 800)
    assert len(found._rows) == 0
    text = shown(found)
    relu = next(line for line in text.splitlines() if line.strip().startswith("relu"))
    assert relu.split() == ["relu", "1", "0.75", "75.0", "%", "0.0", "%", "25.0", "%", "0.0", "%", "0.0", "%"]
    assert "1000 learners, 800 graded" in text
    assert "and 70 more: it is empty" in text
    assert "learner-00001: shapes: look" in text
    assert text.count("learner-") == 2 * class_report.NAMED + 1


def test_the_largest_class_that_is_shown_by_name() -> None:
    assert len(filled(MAX_ROWS)) == MAX_ROWS
    assert len(filled(MAX_ROWS + 1)) == 0
