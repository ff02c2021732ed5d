"""Whole classes through the code that an instructor runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import pytest

from autograder.authoring import sample_class
from autograder.authoring.sample_class import read_answers, sample_answers
from autograder.course import paths
from autograder.reporting.class_report import exercise_points

if TYPE_CHECKING:
    from tests.autograder.school import School

CHAPTERS = paths.assignments()
EVERYBODY = [(chapter, given.student) for chapter in CHAPTERS for given in sample_answers(chapter)]


@pytest.fixture(scope="module")
def graded(school: Callable, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], School]:
    """What returns the sample class of a chapter: each is graded once, for whichever test comes first."""

    @cache
    def grade(assignment: str) -> School:
        place: School = school(tmp_path_factory.mktemp("school"))
        place.release(assignment)
        assert sample_class.hand_in(assignment, place.classroom, place.released) >= 4
        assert place.grade(assignment).results.faults == {}, "the grader failed"
        return place

    return grade


@pytest.mark.parametrize(("assignment", "student"), EVERYBODY)
def test_every_answer_gets_what_its_file_declares(
    graded: Callable[[str], School], assignment: str, student: str
) -> None:
    place = graded(assignment)
    given = read_answers(paths.SAMPLES / assignment / f"{student}.py")
    found = json.loads((place.classroom.verdicts / assignment / f"{student}.json").read_text(encoding="utf-8"))
    points = exercise_points(assignment, place.released)
    if given.expected == sample_class.REFUSED:
        assert (found["status"], found["points"]) == ("refused", 0)
        assert found["reason"]
        assert set(place.marks(assignment)[student].values()) == {0}
        return
    expected = {name: ("right", most) for name, most in points.items()} | dict(given.expected)
    assert {n: (e["status"], e["points"]) for n, e in found["exercises"].items()} == expected
    assert place.marks(assignment)[student] == {name: mark for name, (_, mark) in expected.items()}


@pytest.mark.parametrize("assignment", CHAPTERS)
def test_the_solutions_earn_full_marks_and_the_untouched_notebook_none(
    graded: Callable[[str], School], assignment: str
) -> None:
    place = graded(assignment)
    marks = place.marks(assignment)
    assert marks["perfect"] == exercise_points(assignment, place.released)
    assert set(marks["untouched"].values()) == {0}


@pytest.mark.parametrize("assignment", CHAPTERS)
def test_nobody_is_lost(graded: Callable[[str], School], assignment: str) -> None:
    place = graded(assignment)
    everybody = {given.student for given in sample_answers(assignment)}
    assert set(place.marks(assignment)) == everybody
    assert all(None not in marks.values() for marks in place.marks(assignment).values())


@pytest.mark.parametrize("assignment", CHAPTERS)
def test_grading_again_changes_nothing_and_does_nothing(graded: Callable[[str], School], assignment: str) -> None:
    place = graded(assignment)
    before, gradebook = place.marks(assignment), place.classroom.gradebook.read_bytes()
    pages = {p: p.stat().st_mtime_ns for p in place.classroom.autograded.rglob("*.ipynb")}
    place.grade(assignment)
    assert place.marks(assignment) == before
    assert place.classroom.gradebook.read_bytes() == gradebook
    assert {p: p.stat().st_mtime_ns for p in place.classroom.autograded.rglob("*.ipynb")} == pages


@pytest.mark.parametrize("assignment", CHAPTERS[::3])
def test_from_nothing_the_same_gradebook_comes_out(
    graded: Callable[[str], School], assignment: str, empty_school: School
) -> None:
    place = graded(assignment)
    empty_school.release(assignment)
    some = sample_answers(assignment)[::4]
    for given in some:
        empty_school.sample(assignment, given.student)
    assert empty_school.grade(assignment).results.faults == {}
    marks = place.marks(assignment)
    assert empty_school.marks(assignment) == {given.student: marks[given.student] for given in some}
