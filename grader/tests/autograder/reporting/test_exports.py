"""The marks as a learning platform takes them."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from autograder.cli.steps import export_grades
from autograder.reporting.class_report import exercise_points

if TYPE_CHECKING:
    from tests.autograder.school import School

FIRST, SECOND = "01-single-neuron", "02-cost-vs-loss"


def table(place: School, layout: str, *assignments: str) -> list[list[str]]:
    """Export and read again."""
    target = place.classroom.folder / f"{layout}.csv"
    export_grades(list(assignments), layout, target, place.config)
    with target.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_every_learner_has_a_row_and_who_has_not_handed_in_no_zero(empty_school: School) -> None:
    for assignment, student in ((FIRST, "guessed-signs"), (FIRST, "cut-off"), (SECOND, "columns")):
        empty_school.release(assignment)
        empty_school.sample(assignment, student)
    for assignment in (FIRST, SECOND):
        empty_school.grade(assignment)
    first, second = (sum(exercise_points(each, empty_school.released).values()) for each in (FIRST, SECOND))
    signs, columns = f"{first - 2:g}", f"{second - 4:g}"
    assert table(empty_school, "moodle") == [
        ["username", FIRST, SECOND], ["columns", "", columns], ["cut-off", "0", ""], ["guessed-signs", signs, ""]
    ]  # fmt: skip
    assert table(empty_school, "canvas", SECOND) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", SECOND],
        ["    Points Possible", "", "", "", "", f"{second:g}"],
        ["columns", "", "", "columns", "", columns],
        ["cut-off", "", "", "cut-off", "", ""],
        ["guessed-signs", "", "", "guessed-signs", "", ""],
    ]
