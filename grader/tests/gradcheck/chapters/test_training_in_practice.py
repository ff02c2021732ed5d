from __future__ import annotations

import nbformat
import numpy as np
import pytest

from autograder.course import paths
from gradcheck.caller import LocalCaller
from gradcheck.chapters import gated_layer, training_in_practice
from gradcheck.chapters.procedures.momentum_step import momentum_step
from gradcheck.chapters.procedures.split_rows import split
from gradcheck.judging.judge import judge

CHAPTER = training_in_practice.CHAPTER
CELLS = (
    *("noisy-corners", "cut-in-order", "fixed-split", "start-and-cost", "measure", "minibatches", "fit"),
    *("momentum_step", "early_stop", "slide", "cost-after", "best_rate", "rows_for"),
    *("gated-forward", "gated-grads", "gated-run", "find_the_bug"),
)


def find(name, answer):
    return judge(CHAPTER, CHAPTER[name], LocalCaller({name: answer}), ())


@pytest.fixture(scope="module")
def notebook():
    """The names of the notebook's experiments and of all that they run on, without the pictures."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    names = {"np": np, "plt": plt, "compare": lambda *_: None}
    source = paths.notebook_path(paths.SOLUTIONS, "07-training-in-practice")
    for cell in nbformat.read(source, as_version=4).cells:
        if cell.id in CELLS:
            exec(cell.source, names)
    plt.close("all")
    return names


@pytest.fixture(scope="module")
def long_run(notebook):
    """The costs of the 400 epochs of the text, on training, validation and test rows."""
    stops = notebook["fit"](10, 400, lr=0.5, beta=0.9)
    rows = [(notebook[f"X_{part}"], notebook[f"Y_{part}"]) for part in ("train", "val", "test")]
    return [[notebook["cost"](X, Y, params) for params in stops] for X, Y in rows]


def test_the_exercises_stand_in_the_order_of_the_page():
    assert [(e.name, e.points) for e in CHAPTER.exercises] == [
        ("split_rows", 4),
        ("minibatches", 6),
        ("momentum_step", 5),
        ("early_stop", 6),
        ("best_rate", 4),
        ("rows_for", 2),
        ("find_the_bug", 3),
    ]


def test_the_rows_judged_are_the_rows_of_the_notebook(notebook):
    held = training_in_practice.TRAINED + training_in_practice.VALIDATED
    for name, rows in training_in_practice.ROWS.items():
        np.testing.assert_array_equal(notebook[name], rows)
        np.testing.assert_array_equal(notebook[f"{name}_train"], rows[: training_in_practice.TRAINED])
        np.testing.assert_array_equal(notebook[f"{name}_val"], rows[training_in_practice.TRAINED : held])
        np.testing.assert_array_equal(notebook[f"{name}_test"], rows[held:])


def test_the_start_and_the_sweep_are_those_of_the_notebook(notebook):
    for name, value in training_in_practice.START.items():
        np.testing.assert_array_equal(notebook["start"]()[name], value)
    assert tuple(notebook["rates"]) == training_in_practice.RATES


def test_the_experiment_gives_the_cost_that_the_notebook_shows(notebook):
    for rate in (0.0, 0.1, 1.0, 2.0, 5.0, 7.0, 10.0, 20.0):
        assert training_in_practice.cost_after(rate) == pytest.approx(notebook["cost_after"](rate), rel=1e-8), rate


def test_the_reference_answers_earn_all(notebook):
    assert find("best_rate", notebook["best_rate"]).points == 4
    assert find("rows_for", notebook["rows_for"]).points == 2
    assert find("find_the_bug", notebook["find_the_bug"]).points == 3


def test_every_rate_that_the_notebook_bears_out_is_right_and_no_other(notebook):
    lowest = min(map(notebook["cost_after"], notebook["rates"]))
    verdicts = set()
    for rate in np.geomspace(0.5, 500.0, 13):
        with np.errstate(all="ignore"):
            right = notebook["cost_after"](rate) <= 1.05 * lowest
        verdicts.add(bool(right))
        assert (find("best_rate", float(rate)).points == 4) == right, rate
    assert verdicts == {True, False}


@pytest.mark.parametrize(
    "answer", [5, 5.0, np.float64(5.0), np.float32(5.0), np.int64(5), np.array(5.0), np.array([5.0])]
)
def test_any_kind_of_number_will_do(answer):
    assert find("best_rate", answer).status == "right"


@pytest.mark.parametrize("answer", [0.1, 1.0, 10.0, 50.0, 1e6, 1e300, 0, -5.0, np.inf, -np.inf, np.nan])
def test_a_rate_that_the_sweep_does_not_bear_out_is_named_as_such(answer):
    found = find("best_rate", answer)
    assert (found.points, found.diagnosis) == (0, ("prediction-differs",))
    assert "nan" not in found.message


def test_a_rate_that_is_refused_is_told_where_it_ends():
    assert "0.6923" in find("best_rate", 0.1).message


@pytest.mark.parametrize("answer", ["5", [4.0, 5.0], {"best": 5.0}, "?", ..., 0.537 + 1j])
def test_what_is_no_number_is_named_as_such(answer):
    found = find("best_rate", answer)
    assert (found.points, found.diagnosis) == (0, ("wrong-container",))


@pytest.mark.parametrize("name", ["best_rate", "rows_for", "find_the_bug"])
@pytest.mark.parametrize("untouched", [True, False])
def test_an_untouched_cell_is_not_attempted(name, untouched):
    namespace = {} if untouched else {name: None}
    assert judge(CHAPTER, CHAPTER[name], LocalCaller(namespace), ()).status == "not-attempted"


RIGHT = {"step": "training", "stop": "validation", "rate": "validation", "report": "test"}


@pytest.mark.parametrize(
    ("change", "points"),
    [
        ({}, 2),
        ({"report": " Test "}, 2),
        ({"report": "test rows"}, 2),
        ({"rate": "test"}, 1),
        ({"rate": "test", "stop": "test"}, 0),
        ({"step": "test", "stop": "training", "rate": "training", "report": "training"}, 0),
        ({"rate": 3}, 1),
    ],
)
def test_rows_for_earns_half_if_one_entry_is_wrong_and_does_not_say_which(change, points):
    found = find("rows_for", RIGHT | change)
    assert found.points == points
    assert not any(f"{key}" in found.message.split() for key in RIGHT)
    assert bool(points == 2) == (found.message == "")


@pytest.mark.parametrize("answer", ["validation", {"step": "training"}, ["training"] * 4, 3])
def test_rows_for_wants_a_dict_with_four_keys(answer):
    found = find("rows_for", answer)
    assert (found.points, found.diagnosis) == (0, ("wrong-container",))


def test_the_layer_judged_is_the_layer_of_the_notebook(notebook):
    rows, params = gated_layer.draw_rows(), gated_layer.draw_params()
    assert params.keys() == notebook["gated"].keys()
    for name, value in params.items():
        np.testing.assert_array_equal(value, notebook["gated"][name])
    assert gated_layer.gated_cost(rows, params) == pytest.approx(notebook["gated_cost"](params), rel=1e-12)
    theirs = notebook["gated_grads"](params)
    for name, grad in gated_layer.suspect_grads(rows, params).items():
        np.testing.assert_allclose(grad, theirs[name], rtol=1e-10)


def test_one_gradient_is_wrong_and_far_from_its_measurement_and_ten_are_close():
    rows, params = gated_layer.draw_rows(), gated_layer.draw_params()
    grads, off = gated_layer.suspect_grads(rows, params), {}
    for name in params:
        true = gated_layer.measured(rows, params, name)
        assert true.shape == grads["d" + name].shape
        off[name] = np.abs(grads["d" + name] - true).max() / np.abs(true).max()
    wrong = max(off, key=off.get)
    assert gated_layer.wrong_names(rows, params) == [wrong]
    assert off.pop(wrong) > 0.1
    assert max(off.values()) < 1e-6


def test_only_the_name_of_the_wrong_one_earns_marks(notebook):
    wrong = notebook["find_the_bug"]
    for name in notebook["gated"]:
        assert find("find_the_bug", name).points == (3 if name == wrong else 0)
    assert find("find_the_bug", f"d{wrong}").points == 1.5  # the gradient's name, and not the parameter's
    for form in (wrong.lower(), f" {wrong} ", np.str_(wrong)):
        assert find("find_the_bug", form).points == 3, form
    for form in (5, [], {wrong: 1}, [wrong, "V"], "", "?"):
        assert find("find_the_bug", form).points == 0, form


def test_numbers_in_the_text_are_those_of_its_experiments(notebook, long_run):
    cost, start = notebook["cost"], notebook["start"]
    assert cost(notebook["X_train"], notebook["Y_train"], start()) == pytest.approx(0.7073, abs=5e-5)
    assert [round(notebook["cost_after"](lr), 4) for lr in (0.0, 0.1)] == [0.7099, 0.6923]
    assert sum(p.size for p in start().values()) * 2 == 66, "forward passes for one measured gradient"
    fewest = {
        beta: min(len(notebook["slide"](lr, beta)) - 1 for lr in np.arange(0.01, 0.2, 0.005)) for beta in (0, 0.5)
    }
    assert fewest[0] == 89
    assert fewest[0.5] < 0.25 * fewest[0]
    train, val, test = long_run
    best, run = notebook["early_stop"](val, 50)
    assert 80 < best < 120
    assert run == best + 51
    assert best == np.argmin(val)
    assert train[400] < 0.2
    assert train[400] < 0.9 * train[best]
    assert np.median(val[380:]) > 0.55
    assert test[best] > val[best]


def test_the_course_itself_follows_the_rules_of_the_examples():
    assert [len(part) for part in split(20, 6, 5, np.random.default_rng(0))] == [9, 6, 5]
    params, velocity = momentum_step({"w": 1.0}, {"dw": 4.0}, {"dw": 10.0}, 0.1, 0.5)
    assert (round(params["w"], 9), velocity) == (0.1, {"dw": 9.0})
