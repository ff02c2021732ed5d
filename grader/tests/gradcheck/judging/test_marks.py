"""The same answer gets the same mark, whatever numbers are drawn."""

from __future__ import annotations

import os
import warnings

import numpy as np
import pytest

from autograder.grading.hidden_suite import judge_exercise
from gradcheck.caller import LocalCaller
from tests.answers.collection import Answer, read

NAMES_OF_SLOW = {"numeric-not-derived"}
"""What has to be stopped needs a process of its own, and its time is no matter of the draw."""
ALL = os.environ.get("ALL_ANSWERS") == "1"
SECRETS = [f"secret {i}".encode() for i in range(20 if ALL else 6)]


def _chosen() -> list[Answer]:
    answers = [a for kind in ("wrong", "right") for a in read(kind) if not (a.either | a.together) & NAMES_OF_SLOW]
    return answers if ALL else answers[::89]


@pytest.mark.parametrize("answer", _chosen(), ids=str)
def test_an_answer_gets_one_mark_under_twenty_secrets(answer: Answer) -> None:
    marks = set()
    for secret in SECRETS:
        namespace = {"np": np}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a learner's code warns of is the learner's
            exec(compile(answer.source, "<answer>", "exec"), namespace)
            marks.add(judge_exercise(answer.assignment, answer.exercise, LocalCaller(namespace), secret).points)
    assert len(marks) == 1


DECAYS = {
    "xor_net_grads": ("04-sigmoid-xor", "(A2 - Y) * A2 * (1 - A2) / len(X)", "A1 * (1 - A1)", True),
    "bce_net_grads": ("05-cross-entropy", "(A2 - Y) / len(X)", "A1 * (1 - A1)", True),
    "relu_net_grads": ("03-relu-network", "(Z2 - Y) / len(X)", "(Z1 > 0)", False),
}


@pytest.mark.parametrize("name", DECAYS)
@pytest.mark.parametrize("decay", ["1e-5 * W1", "1e-4 * W1", "1e-2 / len(X) * W1"])
def test_a_little_weight_decay_is_wrong_and_named_under_every_secret(name: str, decay: str) -> None:
    assignment, delta, slope, squashed = DECAYS[name]
    squash = "lambda z: 1 / (1 + np.exp(-z))" if squashed else "lambda z: np.maximum(z, 0)"
    source = (
        f"def {name}(X, Y, W1, b1, W2, b2):\n"
        f"    f = {squash}\n"
        "    Z1 = X @ W1 + b1\n    A1 = f(Z1)\n    Z2 = A1 @ W2 + b2\n    A2 = f(Z2)\n"
        f"    d2 = {delta}\n    d1 = d2 @ W2.T * {slope}\n"
        f"    return {{'dW1': X.T @ d1 + {decay}, 'db1': d1.sum(0, keepdims=True),\n"
        "            'dW2': A1.T @ d2, 'db2': d2.sum(0, keepdims=True)}\n"
    )
    namespace = {"np": np}
    exec(compile(source, "<answer>", "exec"), namespace)
    for secret in SECRETS[:6]:
        finding = judge_exercise(assignment, name, LocalCaller(namespace), secret)
        assert finding.points == finding.max_points * 3 / 4
        assert finding.diagnosis == ("weight-decay-added",)
