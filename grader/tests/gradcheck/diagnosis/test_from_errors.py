"""What is said of a function that stops."""

from __future__ import annotations

import numpy as np

from gradcheck.caller import LocalCaller
from gradcheck.chapters import cost_vs_loss
from gradcheck.exercises.battery import draw_cases
from gradcheck.exercises.cases import CaseKind
from gradcheck.judging.judge import judge

ROWS_OF_THE_NOTEBOOK = """
def predict(X, w, b):
    a = np.zeros(len(y))
    for i in range(len(y)):
        a[i] = X[i] @ w + b
    return a
"""


def test_an_answer_that_counts_the_rows_of_a_notebook_variable_is_told_its_name() -> None:
    exercise = cost_vs_loss.CHAPTER["predict"]
    cases = draw_cases(exercise, np.random.default_rng(1), hidden=True)
    in_view = next(case for case in cases if case.kind is CaseKind.IN_VIEW)
    namespace = {"np": np, "y": np.zeros(len(in_view.args[0]))}
    exec(compile(ROWS_OF_THE_NOTEBOOK, "<answer>", "exec"), namespace)
    found = judge(cost_vs_loss.CHAPTER, exercise, LocalCaller(namespace), cases)
    assert found.diagnosis == ("notebook-variable-used",)
    assert "uses y" in found.message
