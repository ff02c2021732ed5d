from __future__ import annotations

import numpy as np
import pytest

from autograder.authoring.canonical import read_notebook
from autograder.course import paths
from gradcheck.chapters.registry import all_chapters
from gradcheck.pitfalls import PITFALLS, card, unsolved


def solutions(assignment: str) -> dict:
    """Run the reference solutions of a chapter, and the set-up that they need."""
    namespace = {"np": np, "__name__": "notebook"}
    for cell in read_notebook(paths.notebook_path(paths.SOLUTIONS, assignment)).cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            exec(cell.source, namespace)
    return namespace


def test_the_card_stays_closed_and_names_what_is_missing(capsys):
    namespace = solutions("01-single-neuron")
    namespace["loss"] = lambda a, y: (a - y) ** 2
    del namespace["dz_db"]
    assert unsolved("01-single-neuron", namespace) == ["loss", "dz_db", "neuron_sample_grads"], (
        "the last one calls dz_db"
    )
    card("01-single-neuron")
    told = capsys.readouterr().out
    assert "Not yet" in told
    assert not any(sentence in told for sentence in PITFALLS["01-single-neuron"])


@pytest.mark.parametrize("assignment", ["01-single-neuron", "02-cost-vs-loss", "03-relu-network"])
def test_the_card_opens_for_the_reference_solutions(assignment):
    assert unsolved(assignment, solutions(assignment)) == []


def test_every_chapter_has_a_card():
    assert list(PITFALLS) == list(all_chapters())


def test_every_exercise_of_an_empty_notebook_is_unsolved():
    assert len(unsolved("01-single-neuron", {})) == 8
