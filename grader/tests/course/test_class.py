"""Whole classes through the code that an instructor runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from autograder import course, report, sample
from autograder.batch import Fault

if TYPE_CHECKING:
    from conftest import School

CHAPTERS = course.assignments()
EVERYBODY = [(chapter, given.student) for chapter in CHAPTERS for given in sample.answers(chapter)]


@pytest.fixture(scope="module", params=CHAPTERS)
def graded(
    request: pytest.FixtureRequest, school: Callable, tmp_path_factory: pytest.TempPathFactory
) -> tuple[School, str]:
    """The sample class of one chapter, graded."""
    place = school(tmp_path_factory.mktemp("school"))
    place.release(request.param)
    assert sample.hand_in(request.param, place.classroom, place.released) >= 8
    place.grade(request.param)
    return place, request.param


@pytest.mark.parametrize(("graded", "student"), EVERYBODY, indirect=["graded"])
def test_every_answer_gets_what_its_file_declares(graded: tuple[School, str], student: str) -> None:
    place, assignment = graded
    given = sample.read(course.SAMPLE / assignment / f"{student}.py")
    found = json.loads((place.classroom.verdicts / assignment / f"{student}.json").read_text(encoding="utf-8"))
    points = report.exercises(assignment, place.released)
    if given.expected == sample.REFUSED:
        assert (found["status"], found["points"]) == ("refused", 0)
        assert found["reason"]
        assert set(place.marks(assignment)[student].values()) == {0}
        return
    expected = {name: ("right", most) for name, most in points.items()} | dict(given.expected)
    assert {n: (e["status"], e["points"]) for n, e in found["exercises"].items()} == expected
    assert place.marks(assignment)[student] == {name: mark for name, (_, mark) in expected.items()}


def test_the_solutions_earn_full_marks_and_the_untouched_notebook_none(graded: tuple[School, str]) -> None:
    place, assignment = graded
    marks = place.marks(assignment)
    assert marks["perfect"] == report.exercises(assignment, place.released)
    assert set(marks["untouched"].values()) == {0}


def test_nobody_is_lost(graded: tuple[School, str]) -> None:
    place, assignment = graded
    everybody = {given.student for given in sample.answers(assignment)}
    assert set(place.marks(assignment)) == everybody
    assert all(None not in marks.values() for marks in place.marks(assignment).values())


def test_grading_again_changes_nothing_and_does_nothing(graded: tuple[School, str]) -> None:
    place, assignment = graded
    before, gradebook = place.marks(assignment), place.classroom.gradebook.read_bytes()
    pages = {p: p.stat().st_mtime_ns for p in place.classroom.autograded.rglob("*.ipynb")}
    place.grade(assignment)
    assert place.marks(assignment) == before
    assert place.classroom.gradebook.read_bytes() == gradebook
    assert {p: p.stat().st_mtime_ns for p in place.classroom.autograded.rglob("*.ipynb")} == pages


def test_from_nothing_the_same_gradebook_comes_out(graded: tuple[School, str], empty_school: School) -> None:
    place, assignment = graded
    empty_school.release(assignment)
    some = sample.answers(assignment)[::4]
    for given in some:
        empty_school.sample(assignment, given.student)
    results = empty_school.grade(assignment).results
    assert not [result for result in results.values() if isinstance(result, Fault)]
    marks = place.marks(assignment)
    assert empty_school.marks(assignment) == {given.student: marks[given.student] for given in some}
