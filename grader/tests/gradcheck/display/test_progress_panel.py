"""The panel of a chapter says of every exercise what its visible check says, and what that does not cover."""

from __future__ import annotations

import importlib
import re
import sys
import types

import pytest

from gradcheck.caller import LocalCaller
from gradcheck.chapters import relu_network
from gradcheck.chapters.registry import CHAPTER_MODULES
from gradcheck.display.progress_panel import ProgressPanel, review_chapter, state

CHAPTER = relu_network.CHAPTER
ANSWERS = """
import numpy as np
def relu(z): return np.maximum(z, 0)
def relu_deriv(z): return z
def out_delta(A2, Y): return [1]
def layer_grads(A_prev, dZ): return A_prev.T @ dZ, dZ.sum(axis=0, keepdims=True) / 2
def hidden_delta(dZ2, W2, Z1): return (dZ2 @ W2.T) * relu_deriv(Z1)
def forward(X, W1, b1, W2, b2): return 1 / 0
switched_off = None
"""


def panel() -> ProgressPanel:
    namespace: dict = {}
    exec(ANSWERS, namespace)
    return ProgressPanel(CHAPTER, tuple(review_chapter(CHAPTER, LocalCaller(namespace)).values()))


def test_every_exercise_has_its_word_and_the_points_add_up() -> None:
    found = panel()
    assert {finding.name: state(finding) for finding in found.findings}.items() >= {
        "relu": "correct",
        "relu_deriv": "not yet",
        "shapes": "empty",
        "forward": "not yet",
        "out_delta": "not yet",
        "layer_grads": "partly",
        "hidden_delta": "correct",  # its only mistake was counted in relu_deriv
        "relu_net_grads": "empty",
        "switched_off": "empty",
    }.items()
    worth = sum(exercise.points for exercise in CHAPTER.exercises)
    assert found.title() == f"03-relu-network: 8.5 of {worth:g} points by the visible checks"
    assert any("counted once" in note for note in found.notes())


def test_the_panel_says_the_same_as_html_and_as_text() -> None:
    found = panel()
    html = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found.html()))
    for finding in found.findings:
        assert f"{finding.name} {state(finding)} {finding.points:g} of {finding.max_points:g}" in html
        line = next(line for line in found.text().splitlines() if f" {finding.name} " in line)
        assert re.search(rf"{state(finding)} +{finding.points:g} of {finding.max_points:g}$", line)
    for sentence in (found.title(), *found.notes()):
        assert sentence in found.text()
        assert sentence in html


def test_the_panel_names_what_the_visible_checks_do_not_cover() -> None:
    notes = " ".join(panel().notes())
    assert "other numbers and other sizes" in notes
    assert "relu_net_grads a network so large" in notes


def test_a_learners_text_cannot_become_markup() -> None:
    assert "<script" not in panel().html().lower()


@pytest.mark.parametrize("name", CHAPTER_MODULES)
def test_every_chapter_exports_progress_and_it_looks_into_the_notebook(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    module = importlib.import_module(f"gradcheck.chapters.{name}")
    monkeypatch.setitem(sys.modules, "__main__", types.ModuleType("__main__"))
    module.progress()
    said = capsys.readouterr().out
    assert module.CHAPTER.assignment in said
    assert said.count("empty ") == len(module.CHAPTER.exercises)
