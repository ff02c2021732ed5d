"""Fixtures belong to a course, a class, a learner and a hand-in."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from autograder.course import paths, secret
from autograder.course.secret import class_secret, course_secret, note_secret, other_secret
from autograder.grading.fixture_pool import KEY_BYTES, POOL_SIZE, fixture_seed, pooled_cases

CHAPTER = "02-cost-vs-loss"


def test_a_class_keeps_its_secret_and_shares_it_with_no_other(tmp_path: Path) -> None:
    this_year, last_year = tmp_path / "this", tmp_path / "last"
    assert class_secret(this_year) == class_secret(this_year)
    assert class_secret(this_year) != class_secret(last_year)
    assert class_secret(this_year) != course_secret()


def test_a_class_needs_the_courses_secret_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = class_secret(tmp_path)
    monkeypatch.setenv(secret.HOME_VARIABLE, str(tmp_path / "another home"))
    assert class_secret(tmp_path) != before


def test_another_secret_of_the_course_is_told_once_and_the_mark_gives_none_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        assert other_secret(tmp_path) == ""
        note_secret(tmp_path)
    mark = (tmp_path / secret.SECRET_MARK).read_text()
    assert course_secret().hex() not in mark
    assert class_secret(tmp_path).hex() not in mark
    monkeypatch.setenv(secret.HOME_VARIABLE, str(tmp_path / "second grader"))
    assert str(tmp_path / "second grader" / "secret") in other_secret(tmp_path)
    note_secret(tmp_path)
    assert other_secret(tmp_path) == ""


def test_the_pages_say_where_the_secret_lies_and_that_two_graders_share_it() -> None:
    term = " ".join((paths.ROOT / "docs" / "term.md").read_text(encoding="utf-8").split())
    for words in ("~/.local/share/backprop-course/secret", f"${secret.HOME_VARIABLE}/secret", "copy the file"):
        assert words in term
    readme = " ".join((paths.ROOT / "README.md").read_text(encoding="utf-8").split())
    assert "give it to a second grader: [docs/term.md](docs/term.md) says which secret lies where" in readme


def test_nobody_else_can_read_a_secret(tmp_path: Path) -> None:
    class_secret(tmp_path)
    assert stat.S_IMODE((tmp_path / secret.CLASS_KEY).stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.[0-9]*"))


def test_a_second_hand_in_gets_other_fixtures_and_a_regrade_the_same() -> None:
    seeds = [fixture_seed(b"class", CHAPTER, "ada", f"hand-in {n}".encode()) for n in range(12)]
    assert seeds == [fixture_seed(b"class", CHAPTER, "ada", f"hand-in {n}".encode()) for n in range(12)]
    picked = {id(pooled_cases(CHAPTER, "cost", seed)) for seed in seeds}
    assert len(picked) > 12 - POOL_SIZE // 4  # of 12 draws from 32 some may agree
    assert len({seed[:KEY_BYTES] for seed in seeds}) == 1


def test_the_pools_of_two_classes_share_no_fixture() -> None:
    one, other = (pooled_cases(CHAPTER, "cost", fixture_seed(key, CHAPTER, "ada", b"")) for key in (b"1", b"2"))
    assert (one[0].args[0] != other[0].args[0]).all()
