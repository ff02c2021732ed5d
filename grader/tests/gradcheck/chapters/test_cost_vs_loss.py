from __future__ import annotations

import nbformat
import numpy as np
import pytest

from autograder.course import paths
from gradcheck.caller import LocalCaller
from gradcheck.chapters import cost_vs_loss
from gradcheck.judging.judge import judge

SOURCE = paths.notebook_path(paths.SOLUTIONS, "02-cost-vs-loss")
RATES = {"slow": 0.01, "good": 0.3, "diverges": 1.3}


def points(name, answer):
    return judge(cost_vs_loss.CHAPTER, cost_vs_loss.CHAPTER[name], LocalCaller({name: answer}), ()).points


@pytest.fixture(scope="module")
def notebook():
    """The names of the notebook's two data cells and of its solution cells."""
    cells = {cell.id: cell.source for cell in nbformat.read(SOURCE, as_version=4).cells}
    names = {"np": np, "rng": np.random.default_rng(0)}
    for cell in ("three-examples", "nine-points", "doubled_data", "learning_rates"):
        exec(cells[cell], names)
    return names


def test_the_rows_judged_are_the_rows_of_the_notebook(notebook):
    for name, value in cost_vs_loss.ROWS.items():
        np.testing.assert_array_equal(notebook[name], value)


def test_the_points_judged_are_the_points_of_the_notebook(notebook):
    np.testing.assert_array_equal(notebook["inputs"], cost_vs_loss.INPUTS)
    np.testing.assert_array_equal(notebook["targets"], cost_vs_loss.TARGETS)
    for name, value in cost_vs_loss.START.items():
        np.testing.assert_array_equal(notebook["start"][name], value)


def test_the_points_are_those_of_the_first_chapter():
    rng = np.random.default_rng(0)
    np.testing.assert_array_equal(
        cost_vs_loss.TARGETS, 1.5 * np.linspace(-2, 2, 9) - 0.5 + rng.normal(0.0, 0.3, size=9)
    )


def test_the_reference_answers_earn_all(notebook):
    assert points("doubled_data", notebook["doubled_data"]) == 1
    assert points("learning_rates", notebook["learning_rates"]) == 2


@pytest.mark.parametrize("word", ["doubles", "halves", "twice", 1, None, np.ones(2)])
def test_each_wrong_word_about_doubled_data_costs_its_half(word):
    assert points("doubled_data", {"J": "same", "dw": word}) == 0.5
    assert points("doubled_data", {"J": word, "dw": "same"}) == 0.5


@pytest.mark.parametrize(
    ("name", "rates"),
    [
        ("slow", [1e-6, 1e-3, 0.03, 0.07, 1.15, 1.19, np.float64(0.01), np.float32(0.01), np.array([0.01])]),
        ("good", [0.15, 0.2, 0.5, 0.6, 0.9, 1, 1.1, np.int64(1)]),
        ("diverges", [1.205, 1.25, 2, 3.0, 1e6, 1e200, 1.7e308]),
    ],
)
def test_every_rate_that_the_experiment_bears_out_counts(name, rates):
    for rate in rates:
        assert points("learning_rates", {**RATES, name: rate}) == 2, rate


@pytest.mark.parametrize(
    ("name", "rates"),
    [
        ("slow", [0.1, 0.3, 1.3, 0, -0.01, 0.0, np.nan, np.inf]),
        ("good", [0.01, 0.1, 1.15, 1.3, 0, -1, np.nan, np.inf, "0.3", None, 0.3 + 1j, [0.3, 0.4]]),
        ("diverges", [0.01, 0.3, 1.19, 0, -1, -1e9, np.inf, -np.inf, np.nan]),
    ],
)
def test_every_other_rate_costs_a_third(name, rates):
    for rate in rates:
        assert points("learning_rates", {**RATES, name: rate}) == pytest.approx(4 / 3, abs=1e-3), rate


@pytest.mark.parametrize("answer", [(0.01, 0.3, 1.3), [0.01, 0.3, 1.3], 0.3, "fast", {}, {"slow": 0.01}, np.ones(3)])
def test_rates_without_their_names_earn_nothing(answer):
    assert points("learning_rates", answer) == 0
