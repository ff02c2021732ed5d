"""What a busy machine can do to an answer is found out once more, alone; and whoever is named is graded again."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder.cli import main as cli
from autograder.grading.pipeline import GradedNotebook
from autograder.sandbox.engines import EngineError
from autograder.scheduling import batch
from autograder.scheduling.executors import SerialExecutor, WorkerPool

if TYPE_CHECKING:
    from tests.autograder.school import School

FIRST = "01-single-neuron"


@pytest.fixture
def small(school: Callable, tmp_path: Path) -> School:
    """A released class of two."""
    place = school(tmp_path, "class")
    place.release(FIRST)
    place.sample(FIRST, "perfect", "ada")
    place.sample(FIRST, "guessed-signs", "ben")
    return place


@contextlib.contextmanager
def _in_this_process(count: int, initialize: Callable[[], object]) -> Iterator[WorkerPool]:
    """Take the place of a pool of processes, whose work a test could not watch."""
    initialize()
    yield WorkerPool(SerialExecutor(), lambda: count)


def _doubted(graded: GradedNotebook, status: str) -> GradedNotebook:
    """Return what a busy machine would have made of a submission."""
    exercise = dataclasses.replace(graded.verdict.exercises["loss"], status=status, points=0.0)
    exercises = {**graded.verdict.exercises, "loss": exercise}
    points = sum(one.points for one in exercises.values())
    return dataclasses.replace(graded, verdict=dataclasses.replace(graded.verdict, exercises=exercises, points=points))


@pytest.mark.parametrize("status", ["numeric", "timeout", "killed"])
def test_a_verdict_that_a_busy_machine_may_have_made_is_repeated_alone_before_it_is_kept(
    small: School, monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    grade_submission, seen = batch.grade_submission, []

    def busy(raw: bytes, **common: object) -> GradedNotebook:
        graded = grade_submission(raw, **common)
        seen.append(common["student"])
        assert not list(small.classroom.verdicts.rglob("ada.json")), "it is not kept before"
        return _doubted(graded, status) if seen.count("ada") == 1 and common["student"] == "ada" else graded

    monkeypatch.setattr(batch, "process_pool", _in_this_process)
    monkeypatch.setattr(batch, "grade_submission", busy)
    results = small.grade(FIRST, workers=2).results
    assert seen == ["ada", "ben", "ada"], "once, and after everybody else"
    assert results["ada"].points == 20
    assert sum(small.marks(FIRST)["ada"].values()) == 20


@pytest.mark.parametrize("workers", [1, 2])
def test_a_submission_at_which_the_grader_failed_is_graded_once_more(
    small: School, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    grade_submission, seen = batch.grade_submission, []

    def short_of_processes(raw: bytes, **common: object) -> GradedNotebook:
        seen.append(common["student"])
        if seen == ["ada"]:
            raise EngineError("no process can be started")
        return grade_submission(raw, **common)

    monkeypatch.setattr(batch, "process_pool", _in_this_process)
    monkeypatch.setattr(batch, "grade_submission", short_of_processes)
    assert small.grade(FIRST, workers=workers).results["ada"].points == 20
    assert seen == ["ada", "ben", "ada"]


def test_what_is_found_alone_is_kept_and_who_was_alone_is_not_repeated(
    small: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade_submission, seen = batch.grade_submission, []

    def always(raw: bytes, **common: object) -> GradedNotebook:
        seen.append(common["student"])
        return _doubted(grade_submission(raw, **common), "timeout")

    monkeypatch.setattr(batch, "process_pool", _in_this_process)
    monkeypatch.setattr(batch, "grade_submission", always)
    small.grade(FIRST, workers=1)
    assert seen == ["ada", "ben"]
    small.grade(FIRST, workers=2, again="ad*")
    assert seen == ["ada", "ben", "ada"], "a pool of one is alone"
    small.grade(FIRST, workers=2, again="*")
    assert sorted(seen) == ["ada"] * 4 + ["ben"] * 3
    assert small.marks(FIRST)["ada"]["loss"] == 0


def test_whoever_is_named_is_graded_and_booked_again_and_nobody_else(small: School) -> None:
    small.grade(FIRST, workers=1)
    kept = {path.stem: path.stat().st_mtime_ns for path in small.classroom.verdicts.rglob("*.json")}
    notebooks = {path.parts[-3]: path.stat().st_mtime_ns for path in small.classroom.autograded.rglob("*.ipynb")}
    small.grade(FIRST, workers=1, again="ada")
    now = {path.stem: path.stat().st_mtime_ns for path in small.classroom.verdicts.rglob("*.json")}
    then = {path.parts[-3]: path.stat().st_mtime_ns for path in small.classroom.autograded.rglob("*.ipynb")}
    assert now["ada"] != kept["ada"]
    assert then["ada"] != notebooks["ada"]
    assert now["ben"] == kept["ben"]
    assert then["ben"] == notebooks["ben"]


def test_the_command_takes_a_learner_nobody_or_a_chapter_behind_the_word(
    small: School, capsys: pytest.CaptureFixture
) -> None:
    engine = small.config.Autograde.engine
    common = ["grade", "--classroom", str(small.classroom.folder), "--engine", engine, "--workers", "1"]

    def moments() -> dict[str, int]:
        return {path.stem: path.stat().st_mtime_ns for path in small.classroom.verdicts.rglob("*.json")}

    small.grade(FIRST, workers=1)
    before = moments()
    assert cli.main([*common, FIRST, "--again", "ben"]) == 0
    after = moments()
    assert (before["ada"] == after["ada"], before["ben"] == after["ben"]) == (True, False)
    assert cli.main([*common, "--again", FIRST]) == 0
    assert all(moments()[name] != after[name] for name in after)
    assert cli.main([*common, FIRST, "--again", "nobody"]) == 1
    assert "nobody" in capsys.readouterr().err
