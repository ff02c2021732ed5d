"""All answers to an exercise side by side, and one comment for a group of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from nbgrader.api import Gradebook

from autograder.cli.report_steps import (
    comment_group,
    print_booked,
    read_booked_class,
    write_answers,
    write_class_report,
)
from autograder.gradebook.marks import read_class_books
from autograder.reporting.answer_groups import find_answers, group_answers
from autograder.reporting.answers_page import _highlight

if TYPE_CHECKING:
    from conftest import School

FIRST, EXERCISE = "01-single-neuron", "neuron_sample_grads"


@pytest.fixture(scope="module")
def place(school: Callable, tmp_path_factory: pytest.TempPathFactory) -> School:
    """Five learners of chapter 1: two turned the same signs, three are right (two of them in the same way)."""
    found: School = school(tmp_path_factory.mktemp("school"))
    found.release(FIRST)
    for student in ("perfect", "einsum", "signs-turned-twice"):
        found.sample(FIRST, student)
    found.sample(FIRST, "perfect", "perfect-too")
    found.sample(FIRST, "signs-turned-twice", "signs-again")
    found.grade(FIRST)
    return found


def comments(place: School) -> dict[str, str | None]:
    with Gradebook(place.classroom.db_url) as book:
        return {
            who: book.find_comment(EXERCISE, FIRST, FIRST, who).comment
            for who in ("perfect", "einsum", "signs-turned-twice", "signs-again")
        }


def test_wrong_answers_are_grouped_by_mistake_and_right_ones_by_form(place: School) -> None:
    groups = group_answers(find_answers(place.classroom, EXERCISE, place.released))
    members = {group.id: [answer.student for answer in group.answers] for group in groups}
    assert members["sign-flipped"] == ["signs-again", "signs-turned-twice"]
    assert not groups[0].right
    assert ["perfect", "perfect-too"] in members.values()
    assert ["einsum"] in members.values()


def test_the_page_shows_every_answer_and_hides_names_on_request(place: School) -> None:
    (page,) = write_answers(EXERCISE, place.config)
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    assert len(soup.main.find_all("pre")) == 5
    assert "signs-turned-twice" in soup.get_text()
    (page,) = write_answers(f"{FIRST}/{EXERCISE}", place.config, anonymous=True)
    assert "signs-turned-twice" not in page.read_text(encoding="utf-8")


def test_a_comment_is_booked_once_for_the_group_and_keeps_what_was_there(place: School) -> None:
    with Gradebook(place.classroom.db_url) as book:
        book.find_comment(EXERCISE, FIRST, FIRST, "signs-again").manual_comment = "Well written."
        book.db.commit()
    for _ in range(2):
        assert comment_group(EXERCISE, "sign-flipped", "Look at  the <sign>.", place.config) == (
            "signs-again",
            "signs-turned-twice",
        )
    assert comments(place) == {
        "perfect": None,
        "einsum": None,
        "signs-turned-twice": "Look at the <sign>.",
        "signs-again": "Well written.\n\nLook at the <sign>.",
    }
    place.feedback(FIRST)
    said = "<strong>Comment</strong> Look at the &lt;sign&gt;."
    for who in ("perfect", "einsum", "signs-turned-twice"):
        page = place.classroom.feedback_page(FIRST, who).read_text(encoding="utf-8")
        assert page.count(said) == (who == "signs-turned-twice")
    with pytest.raises(ValueError, match="no group sign; neuron_sample_grads has sign-flipped"):
        comment_group(EXERCISE, "sign", "x", place.config)


def test_one_file_for_each_answer_and_never_into_a_folder_in_use(place: School, tmp_path: Path) -> None:
    _, folder = write_answers(EXERCISE, place.config, files=tmp_path)
    assert sorted(file.name for file in folder.iterdir()) == [
        *("einsum.py", "perfect-too.py", "perfect.py", "signs-again.py", "signs-turned-twice.py")
    ]
    assert f"def {EXERCISE}(" in (folder / "einsum.py").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="is not empty"):
        write_answers(EXERCISE, place.config, files=tmp_path)


def test_an_exercise_that_nobody_has_is_said_to_be_none(place: School) -> None:
    for name in ("nothing", "02-cost-vs-loss/cost", "../x"):
        with pytest.raises(ValueError, match="nobody has handed in"):
            find_answers(place.classroom, name, place.released)


def test_the_report_shows_what_is_booked_and_not_what_was_judged(place: School) -> None:
    from rich.console import Console

    with Gradebook(place.classroom.db_url) as book:
        book.find_grade(f"test-{EXERCISE}", FIRST, FIRST, "einsum").manual_score = 1.5
        book.find_submission(FIRST, "einsum").notebooks[0].late_submission_penalty = 2
        book.db.commit()
    marks = read_class_books(place.classroom.db_url).marks[FIRST, "einsum"]
    assert (marks.total, marks.penalty, marks.overrides) == (13.5, 2, {EXERCISE: (6, 1.5)})
    console = Console(record=True, width=140, file=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    print_booked(read_booked_class([FIRST], place.config), place.config, console)
    console.file.close()
    (row,) = [line for line in console.export_text().splitlines() if line.startswith("einsum")]
    assert "1.5 ◐*" in row
    assert row.split()[-2:] == ["13.5", "late"]
    text = BeautifulSoup(
        write_class_report(read_booked_class([FIRST], place.config)).read_text(encoding="utf-8"), "html.parser"
    ).get_text()
    told = " ".join(text.split())
    assert "einsum, neuron_sample_grads: 6 became 1.5" in told
    assert "einsum: 2 points taken off" in told
    assert "perfect, perfect-too: all 8 answers are the same text." in told


def test_no_code_takes_long_to_be_coloured() -> None:
    began = time.process_time()
    assert "17999" in _highlight("\n " * 9_999)
    assert time.process_time() - began < 3
