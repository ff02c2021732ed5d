"""One class of hostile and honest learners goes through grading, and nobody gets more or less than they deserve."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import paths
from autograder.sandbox.engines import Engine, engine_problems
from tests.hostile import markup, run
from tests.hostile.pages import BROWSER, acting, opened
from tests.hostile.school import CLASSES, ENGINE, Result, School

STEP = 4
"""``make test-hostile`` grades everybody; here every fourth one does, in a fourth of the time."""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[School, Result]]:
    """The whole class. It fails where the engine that COURSE_ENGINE names cannot be used."""
    wrong = engine_problems(Engine(ENGINE, paths.LEARNER_PYTHON))
    if wrong and "COURSE_ENGINE" not in os.environ:
        pytest.skip(" ".join(wrong))
    kept = dict(os.environ)
    yield run.graded(tmp_path_factory.mktemp("hostile"), {name: attacks[::STEP] for name, attacks in CLASSES.items()})
    os.environ.clear()
    os.environ.update(kept)


def test_the_class_is_large_enough_to_mean_something():
    assert sum(len(attacks[::STEP]) for attacks in CLASSES.values()) >= 40


@pytest.mark.parametrize("what", ["forged", "lost", "leaked", "harmed"])
def test_nothing_is(graded: tuple[School, Result], what: str) -> None:
    assert [sentence for cases in run.failures(*graded).values() for sentence in cases[what]] == []


def test_nothing_happens_outside_the_sandbox(graded: tuple[School, Result]) -> None:
    assert run.outside(graded[1]) == []


def test_nothing_of_theirs_acts_in_a_page(graded: tuple[School, Result]) -> None:
    assert {student: found for student, page in graded[1].pages.items() if (found := acting(page))} == {}


def test_no_page_is_too_long_to_be_opened(graded: tuple[School, Result]) -> None:
    assert {s: len(page) for s, page in graded[1].pages.items() if len(page) > 3_000_000} == {}


@pytest.mark.skipif(not BROWSER, reason="no browser on this machine")
def test_a_browser_runs_nothing_of_theirs_and_asks_nobody(graded: tuple[School, Result], tmp_path: Path) -> None:
    school, result = graded
    bodies = [re.search(r"<main>.*</main>", result.pages[student], re.DOTALL).group() for student, (kind, _) in school.hostile.items() if kind == "markup"]
    dom, asked = opened(f"<!DOCTYPE html><html><title>ours</title>{''.join(bodies)}</html>", tmp_path, school.port)
    assert asked == []
    assert "<title>ours</title>" in dom
    assert acting(dom.replace("<title>", "<style></style><title>", 1)) == []


@pytest.mark.skipif(not BROWSER, reason="no browser on this machine")
def test_what_they_sent_does_act_where_nobody_stops_it(graded: tuple[School, Result], tmp_path: Path) -> None:
    """The test above would see it."""
    raw = markup.ALL.replace("PORT_NUMBER", str(graded[0].port))
    dom, asked = opened(f"<!DOCTYPE html><html><title>ours</title><main>{raw}</main></html>", tmp_path, graded[0].port)
    assert "<title>OWNED</title>" in dom
    assert "/i" in asked
    assert acting(raw)
