"""What one worker has drawn, another one reads as if it had drawn it itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autograder.grading import fixture_pool, shared_fixtures
from autograder.grading.fixture_pool import pooled_cases
from autograder.grading.shared_fixtures import keep_cases, read_cases, share_in
from gradcheck.chapters.registry import all_chapters
from gradcheck.exercises.graph_exercise import GraphExercise

SEED = b"s" * 64


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(shared_fixtures, "_folders", [])
    fixture_pool._battery.cache_clear()
    share_in(tmp_path)
    return tmp_path


def _same(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray):
        return isinstance(other, np.ndarray) and one.dtype == other.dtype and np.array_equal(one, other)
    if isinstance(one, list | tuple):
        return type(one) is type(other) and len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if hasattr(one, "__dict__") and not isinstance(one, GraphExercise):
        return type(one) is type(other) and _same(vars(one), vars(other))
    return one is other or one == other


@pytest.mark.parametrize("assignment", sorted(all_chapters()))
def test_a_battery_is_read_as_it_was_drawn(folder: Path, assignment: str) -> None:
    graphs = [e for e in all_chapters()[assignment].exercises if isinstance(e, GraphExercise)]
    drawn = {exercise.name: pooled_cases(assignment, exercise.name, SEED) for exercise in graphs}
    assert len(list(folder.iterdir())) == len(graphs)
    fixture_pool._battery.cache_clear()  # as in another worker
    for exercise in graphs:
        read = pooled_cases(assignment, exercise.name, SEED)
        assert read is not drawn[exercise.name]
        assert _same(read, drawn[exercise.name])
        assert all(case.exercise in (exercise, *exercise.variants, exercise.longest) for case in read)


def test_another_class_draws_its_own(folder: Path) -> None:
    pooled_cases("01-single-neuron", "forward", SEED)
    before = {file.name for file in folder.iterdir()}
    pooled_cases("01-single-neuron", "forward", b"t" * 64)
    assert len({file.name for file in folder.iterdir()} - before) == 1


def test_a_folder_that_is_gone_costs_only_time(tmp_path: Path, folder: Path) -> None:
    share_in(tmp_path / "gone")
    assert pooled_cases("01-single-neuron", "forward", SEED)


def test_what_follows_a_rule_is_drawn_by_each(folder: Path) -> None:
    exercise = all_chapters()["01-single-neuron"]["numeric_grad"]
    keep_cases("a", exercise, ())
    assert read_cases("a", exercise) is None
    assert not list(folder.iterdir())
