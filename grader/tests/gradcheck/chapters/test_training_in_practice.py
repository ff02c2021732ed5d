from __future__ import annotations

import nbformat
import numpy as np
import pytest

from autograder.course import paths
from gradcheck.caller import LocalCaller
from gradcheck.chapters import training_in_practice
from gradcheck.judging.judge import judge

SOURCE = paths.notebook_path(paths.SOLUTIONS, "05-training-in-practice")
CELLS = (
    *("layers", "noisy-corners", "fit", "three-sizes", "cost-after", "best_rate"),
    *("bce_cost", "bce_out_delta", "bce_net_grads", "minibatches"),
)


def find(answer):
    return judge(
        training_in_practice.CHAPTER, training_in_practice.CHAPTER["best_rate"], LocalCaller({"best_rate": answer}), ()
    )


@pytest.fixture(scope="module")
def notebook():
    """The names of the notebook's sweep and of all that it runs on, without the pictures."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    names = {"np": np, "plt": plt}
    for cell in nbformat.read(SOURCE, as_version=4).cells:
        if cell.id in CELLS:
            exec(cell.source.split("\n\n\nfor ")[0], names)
    plt.close("all")
    return names


def test_the_exercises_stand_in_the_order_of_the_page():
    assert [(e.name, e.points) for e in training_in_practice.CHAPTER.exercises] == [
        ("bce_cost", 4),
        ("bce_out_delta", 4),
        ("bce_net_grads", 4),
        ("minibatches", 5),
        ("deep_sigmoid_grads", 6),
        ("early_stop", 4),
        ("best_rate", 3),
    ]


def test_the_rows_judged_are_the_rows_of_the_notebook(notebook):
    for name, rows in training_in_practice.ROWS.items():
        np.testing.assert_array_equal(notebook[name], rows)
        np.testing.assert_array_equal(notebook[f"{name}_train"], rows[: training_in_practice.TRAINED])
        np.testing.assert_array_equal(notebook[f"{name}_held"], rows[training_in_practice.TRAINED :])


def test_the_start_and_the_sweep_are_those_of_the_notebook(notebook):
    for name, value in training_in_practice.START.items():
        np.testing.assert_array_equal(notebook["fit"](60, 0)[0][name], value)
    assert tuple(notebook["rates"]) == training_in_practice.RATES


def test_the_experiment_gives_the_cost_that_the_notebook_shows(notebook):
    for rate in (0.0, *training_in_practice.RATES[:-3], *np.linspace(2.0, 9.0, 10)):
        assert training_in_practice.cost_after(rate) == pytest.approx(notebook["cost_after"](rate), rel=1e-9), rate


def test_no_rate_beyond_the_valley_is_the_best_for_either(notebook):
    lowest = min(map(training_in_practice.cost_after, training_in_practice.RATES[:-2]))
    with np.errstate(all="ignore"):
        for rate in np.geomspace(9.0, 500.0, 50):
            assert not training_in_practice.cost_after(rate) <= 1.1 * lowest, rate
            assert not notebook["cost_after"](rate) <= 1.1 * lowest, rate


def test_the_reference_answer_earns_all(notebook):
    assert find(notebook["best_rate"]).points == 3


def test_every_rate_that_the_notebook_bears_out_is_right_and_no_other(notebook):
    lowest = min(map(notebook["cost_after"], notebook["rates"]))
    verdicts = set()
    for rate in np.geomspace(0.01, 50.0, 80):
        right = notebook["cost_after"](rate) <= 1.05 * lowest
        verdicts.add(right)
        assert (find(float(rate)).points == 3) == right, rate
    assert verdicts == {True, False}


@pytest.mark.parametrize(
    "answer", [5, 5.0, np.float64(5.0), np.float32(5.0), np.int64(5), np.array(5.0), np.array([5.0])]
)
def test_any_kind_of_number_will_do(answer):
    assert find(answer).status == "right"


@pytest.mark.parametrize("answer", [0.1, 1.0, 10.0, 50.0, 1e6, 1e300, 0, -5.0, np.inf, -np.inf, np.nan])
def test_a_rate_that_the_sweep_does_not_bear_out_is_named_as_such(answer):
    found = find(answer)
    assert (found.points, found.diagnosis) == (0, ("prediction-differs",))


@pytest.mark.parametrize("answer", ["5", [4.0, 5.0], {"best": 5.0}, "?", ..., 0.537 + 1j])
def test_what_is_no_number_is_named_as_such(answer):
    found = find(answer)
    assert (found.points, found.diagnosis) == (0, ("wrong-container",))


@pytest.mark.parametrize("namespace", [{}, {"best_rate": None}])
def test_an_untouched_cell_is_not_attempted(namespace):
    found = judge(training_in_practice.CHAPTER, training_in_practice.CHAPTER["best_rate"], LocalCaller(namespace), ())
    assert found.status == "not-attempted"
