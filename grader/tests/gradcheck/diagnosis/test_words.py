"""What is said of an answer is true of it, points at no link that is right, and agrees with the picture."""

from __future__ import annotations

import re

import numpy as np
import pytest

from autograder.grading.hidden_suite import find_exercise, judge_exercise
from gradcheck.caller import LocalCaller
from gradcheck.display.graph_svg import GraphPicture
from gradcheck.judging.finding import Finding
from tests.gradcheck.diagnosis import sentences


def examine(assignment: str, name: str, source: str) -> Finding:
    namespace = {"np": np}
    exec(compile(source, "<learner>", "exec"), namespace)
    return judge_exercise(assignment, name, LocalCaller(namespace), b"words")


NET = """
def xor_net_grads(X, Y, W1, b1, W2, b2):
    s = lambda z: 1 / (1 + np.exp(-z))
    A1 = s(X @ W1 + b1)
    A2 = s(A1 @ W2 + b2)
    d2 = (A2 - Y) * A2 * (1 - A2) / len(X)
    d1 = d2 @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": A1.T @ d2, "db2": d2.sum(0, keepdims=True)}
"""
XOR = ("04-sigmoid-xor", "xor_net_grads")


def test_where_only_a_stretch_is_known_sentence_hint_and_picture_name_the_stretch() -> None:
    finding = examine(*XOR, NET.replace("d2 @ W2.T", "np.cos(d2) @ W2.T"))
    assert finding.diagnosis == ()
    assert finding.first_wrong == "dA1, dZ1"
    assert "somewhere between Z2 and Z1" in finding.message
    assert any("between Z2 and Z1" in hint for hint in finding.hints)
    assert "dZ1, dA1: one of these is the first broken link" in GraphPicture(find_exercise(*XOR), finding).alt()


def test_a_gradient_that_is_right_proves_the_links_it_came_through() -> None:
    finding = examine(*XOR, NET.replace("A1.T @ d2", "np.cos(A1).T @ d2"))
    assert finding.first_wrong == "dW2"
    assert "dW2 is not" in finding.message


def test_of_two_broken_links_the_one_nearest_to_the_loss_is_pointed_at() -> None:
    source = NET.replace("A1.T @ d2", "-A1.T @ d2").replace("X.T @ d1", "2 * X.T @ d1")
    assert examine(*XOR, source).first_wrong == "dW2"


def test_w2_is_not_blamed_where_it_is_transposed_rightly() -> None:
    finding = examine(*XOR, NET.replace("A1 * (1 - A1)", "X * (1 - X)"))
    assert finding.diagnosis == ("shapes-do-not-fit",)
    assert finding.hints


def test_what_is_right_but_for_one_example_is_told_so_and_gets_no_name() -> None:
    finding = examine(*XOR, NET.replace("len(X)", "max(len(X), 2)"))
    assert finding.diagnosis == ()
    assert "It is correct for usual inputs, and not for a single example." in finding.message
    assert finding.first_wrong == ""


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("return z ^ 2", "^ is not a power"),
        ("return {'z': z}.T", "That is a dict"),
        ("a, b, c = np.zeros((2, 3))\n    return a", "number of names on the left"),
        ("return np.zeros((2, 2))[0, 0, 0]", "more axes than this array has"),
        ("return np.zeros(3)[3]", "Positions count from 0"),
        ("a, b = {'Z1': z, 'A1': z}\n    return a - z", "its keys, not its values"),
        ("import no_such_package_here\n    return z", "numpy, matplotlib, ipywidgets and Python's standard library"),
        ("return np.max(0, z)", "expects one whole number"),
        ("return np.zeros(z)", "expects one whole number"),
        ("return {'a': z}['b']", "no entry of that name"),
        ("return helper(z)", "in your line 5 of the function helper"),
    ],
)
def test_a_stop_is_explained_in_words_and_gets_hints(body: str, words: str) -> None:
    source = f"def relu(z):\n    {body}\n\ndef helper(z):\n    return z + 'a'\n"
    if "helper" in body:
        source = "def relu(z):\n    return helper(z)\n\ndef helper(z):\n    return np.zeros(2) + np.zeros(3)\n"
        words = "of the function helper"
    finding = examine("03-relu-network", "relu", source)
    assert finding.status == "error"
    assert words in finding.message
    assert "only-for-single-numbers" not in finding.diagnosis
    assert len(finding.hints) >= 2


def test_a_state_that_is_kept_between_calls_is_told_and_no_formula_is_blamed() -> None:
    source = "def relu(z, seen=[]):\n    seen.append(1)\n    return np.maximum(z, 0) * len(seen)\n"
    finding = examine("03-relu-network", "relu", source)
    assert finding.points == 0
    assert "two different answers" in finding.message


def test_no_link_is_pointed_at_where_all_that_came_from_above_is_missing() -> None:
    source = "def neuron_sample_grads(x, y, w, b):\n    return (x @ w + b - y) * x, 1.0\n"
    finding = examine("01-single-neuron", "neuron_sample_grads", source)
    assert finding.diagnosis == ("upstream-missing",)
    assert "link from z back to b" not in finding.message


def test_every_sentence_stands_on_the_page_where_a_change_of_words_is_seen() -> None:
    told = "the page is old: cd grader && python -m tests.gradcheck.diagnosis.sentences, then read its difference"
    assert sentences.PAGE.read_text(encoding="utf-8") == sentences.rendered(), told


def test_no_sentence_has_a_gap_or_a_plural_that_does_not_fit() -> None:
    said = sentences.rendered()
    assert not re.search(r"\{\w+\}", said)
    wrong = re.findall(r"^\* \*\*\S+\*\* (?:\S+, )*\S+ and \S+ (?:is|has|comes|differs) .*$", said, re.MULTILINE)
    assert not wrong
