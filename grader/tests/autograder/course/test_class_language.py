"""A class's pages are in its language; what is judged is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from autograder.course import paths
from autograder.course.class_language import class_language, keep_language
from autograder.reporting.feedback_index import write_indexes
from autograder.reporting.report_data import read_class
from autograder.reporting.report_page import render_report, write_report
from gradcheck.language import choice
from gradcheck.language.catalogue import read_entries
from tests.autograder.reporting.made_up_class import make_class

CHAPTERS = paths.assignments()[:2]
ENTRIES = read_entries("de")["sentences"]


@pytest.fixture(autouse=True)
def _no_other_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "_chosen", [])
    monkeypatch.delenv(choice.VARIABLE, raising=False)


def test_the_language_of_a_class_is_that_of_its_file_then_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert class_language(tmp_path) == "en"
    monkeypatch.setenv("COURSE_LANGUAGE", "de")
    assert class_language(tmp_path) == "de"
    keep_language(tmp_path, "en")
    assert class_language(tmp_path) == "en"
    with pytest.raises(ValueError, match="no language xx; there are en"):
        keep_language(tmp_path, "xx")
    (tmp_path / "language").write_text("xx", encoding="utf-8")
    with pytest.raises(ValueError, match="no language xx"):
        class_language(tmp_path)


def numbers(page: BeautifulSoup) -> list[str]:
    return [cell.get_text(strip=True) for cell in page.find_all("td")]


def test_the_report_says_the_same_in_another_language(tmp_path: Path) -> None:
    data = read_class(make_class(tmp_path, 12, CHAPTERS), CHAPTERS)
    english = BeautifulSoup(render_report(data), "html.parser")
    keep_language(tmp_path, "de")
    german = BeautifulSoup(
        write_report(data, tmp_path / "report" / "index.html").read_text(encoding="utf-8"), "html.parser"
    )
    assert german.html["lang"] == "de"
    assert german.h1.text == ENTRIES[english.h1.text] != english.h1.text
    assert [tag.name for tag in german.find_all(True)] == [tag.name for tag in english.find_all(True)]
    assert [pre.text for pre in german.find_all("pre")] == [pre.text for pre in english.find_all("pre")]
    assert [cell for cell in numbers(german) if cell.isdigit()] == [c for c in numbers(english) if c.isdigit()]


def test_the_index_of_a_learner_is_in_the_language_of_the_class(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, 3, CHAPTERS[:1])
    place = classroom.feedback_page(CHAPTERS[0], "learner-0001")
    place.parent.mkdir(parents=True)
    place.write_text("", encoding="utf-8")
    keep_language(tmp_path, "de")
    (written,) = write_indexes(classroom)
    page = BeautifulSoup(written.read_text(encoding="utf-8"), "html.parser")
    assert page.h1.text == ENTRIES["All chapters"]
