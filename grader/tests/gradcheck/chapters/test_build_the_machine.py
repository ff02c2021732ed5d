"""Chapter 8: the truth of its rules, its numbers, and the machine of its page against the course's gradients."""

from __future__ import annotations

import re
from functools import cache

import nbformat
import numpy as np
import pytest

from autograder.course import paths
from gradcheck.autodiff.networks import network
from gradcheck.autodiff.program import replay
from gradcheck.call import call
from gradcheck.caller import LocalCaller
from gradcheck.chapters.build_the_machine import CHAPTER, shared_loss
from gradcheck.chapters.procedures.unbroadcast import sum_down
from gradcheck.chapters.procedures.walk_back import BACK, FORWARD, RULES, measure, record
from gradcheck.exercises.battery import draw_cases
from gradcheck.judging.judge import judge

SOURCE = paths.notebook_path(paths.SOLUTIONS, "08-build-the-machine")
PARAMETERS = ("W1", "b1", "W2", "b2")


def find(name, value):
    return judge(CHAPTER, CHAPTER[name], LocalCaller({name: value}), ())


@pytest.fixture(scope="module")
def cells():
    return {cell.id: cell.source for cell in nbformat.read(SOURCE, as_version=4).cells}


@pytest.fixture(scope="module")
def page(cells):
    """Everything that the page defines, without its checks and pictures."""
    names = {"np": np}
    kept = ("put", "compute-table", "plus-and-total", "back-table-code", "cost-row", "more-rows")
    kept += ("cross-entropy-code", "network", "measure", "networks-of-the-course-code", "yours")
    for id, source in cells.items():
        if id in kept or f"test-{id}" in cells:
            exec(source, names)
    return names


def test_the_exercises_stand_in_the_order_of_the_page(cells):
    order = [id.removeprefix("test-") for id in cells if id.startswith("test-")]
    assert [exercise.name for exercise in CHAPTER.exercises] == order


@pytest.mark.parametrize("answer", [17, 17.0, np.float64(17), np.array(17.0), np.array([17])])
def test_the_sum_of_both_paths_is_right_in_any_form(answer):
    assert find("used_twice", answer).points == 3


@pytest.mark.parametrize("answer", [-51, 68, -17, 119, 0, 16.99, 17.01, -119, "17", None, [17, 17], np.nan])
def test_one_path_alone_or_anything_else_is_not(answer):
    found = find("used_twice", answer)
    assert found.points == 0
    assert not found.is_right


def test_the_neuron_judged_is_the_one_of_the_page(cells, page):
    exec(cells["shared-tape"].split("shared_names =")[0], page)
    assert page["shared"][-1][0] == shared_loss(7.0) == 144.5
    assert page["shared"][page["miss"]][0] == -17
    assert page["walk_back"](page["shared"], page["back"])[page["w"]] == page["used_twice"] == 17


@pytest.mark.parametrize("name", BACK)
def test_every_backward_rule_of_the_judge_agrees_with_its_forward_operation(name):
    draw = np.random.default_rng(1)
    count = FORWARD[name].__code__.co_argcount if hasattr(FORWARD[name], "__code__") else 1
    inputs = [draw.normal(size=(2, 3)) for _ in range(count)]
    if name == "weigh":
        inputs[0] = 0.7
    G = draw.normal(size=np.shape(FORWARD[name](*inputs)))
    parts = RULES[name](G, *inputs)
    assert len(parts) == count
    for k, part in enumerate(parts):
        assert np.shape(part) == np.shape(inputs[k])
        step = 1e-6 * draw.normal(size=np.shape(inputs[k]))
        ahead, behind = ([*inputs[:k], inputs[k] + sign * step, *inputs[k + 1 :]] for sign in (1, -1))
        moved = np.sum(G * (FORWARD[name](*ahead) - FORWARD[name](*behind))) / 2
        assert np.sum(part * step) == pytest.approx(moved, rel=1e-5, abs=1e-12)


def test_the_truth_of_a_tape_adds_up_both_paths():
    tape = record(3.0, ("bend", (0, 0)), ("bend", (1, 0)))  # u = x^3 + x, then u x^2 + x
    assert [float(slope) for slope in measure(tape, {})] == pytest.approx([5 * 3**4 + 3 * 3**2 + 1, 9, 1], rel=1e-8)


@pytest.mark.parametrize("shape", [(1, 3), (4, 1), (3,), (1,), (), (1, 1), (4, 3)])
def test_the_truth_of_unbroadcast_is_the_sum_over_the_copies(shape):
    G = np.random.default_rng(2).normal(size=(4, 3))
    front = G.ndim - len(shape)
    axes = (*range(front), *(front + i for i, size in enumerate(shape) if size == 1))
    np.testing.assert_allclose(sum_down(G, shape), np.sum(G, axis=axes, keepdims=True).reshape(shape))


def test_every_draw_of_tapes_holds_what_tells_rules_apart():
    for seed in range(5):
        tapes = [trial.known[0] for trial in CHAPTER["walk_back"].draw(np.random.default_rng(seed))]
        uses = [[i for _, _, inputs in tape for i in inputs] for tape in tapes]
        assert min(len(tape) for tape in tapes) == 1
        assert any(len(set(used)) < len(used) for used in uses)
        assert any(set(range(len(tape) - 1)) - set(used) for tape, used in zip(tapes, uses, strict=True))
        assert any(len(set(inputs)) < len(inputs) for tape in tapes for _, _, inputs in tape)
        assert not {operation for tape in tapes for _, operation, _ in tape} & {"plus", "times", "matmul", "relu"}


@pytest.mark.parametrize(
    ("name", "activations", "loss"),
    [
        ("relu_net_grads", ("relu", "identity"), "half_square"),
        ("xor_net_grads", ("sigmoid", "sigmoid"), "half_square"),
        ("bce_net_grads", ("sigmoid", "sigmoid"), "cross_entropy"),
        ("deep_sigmoid_grads", ("sigmoid",) * 4, "half_square"),
    ],
)
def test_the_machine_of_the_page_agrees_with_the_courses_gradients_digit_for_digit(page, name, activations, loss):
    params, *how = page["networks"][name]
    derived = replay(network(*activations, loss=loss), {"X": page["X"], "Y": page["Y"], **params}, frozenset("XY"))
    machine = page["network"](page["X"], page["Y"], params, *how)
    assert min(page["digits"](derived[key], machine[key]) for key in machine) >= 14
    measured = page["measure"](page["X"], page["Y"], params, *how)
    assert 7 <= min(page["digits"](measured[key], machine[key]) for key in machine) <= 12


def test_a_pasted_function_takes_the_place_of_the_measurement(page):
    def relu_net_grads(X, Y, W1, b1, W2, b2):
        return page["machine_grads"](X, Y, W1, b1, W2, b2)

    params, *how = page["networks"]["relu_net_grads"]
    assert page["yours"]("relu_net_grads", params, *how)[1] == "measured"
    page["relu_net_grads"] = relu_net_grads
    try:
        assert page["yours"]("relu_net_grads", params, *how)[1] == "yours"
    finally:
        del page["relu_net_grads"]


def test_a_deep_function_that_was_pasted_is_called_with_lists(page):
    def deep_sigmoid_grads(X, Y, Ws, bs):
        assert isinstance(Ws, list) and isinstance(bs, list)  # as chapter 6 calls it
        return [0 * W for W in Ws]

    params, *how = page["networks"]["deep_sigmoid_grads"]
    page["deep_sigmoid_grads"] = deep_sigmoid_grads
    try:
        grads, _ = page["yours"]("deep_sigmoid_grads", params, *how)
    finally:
        del page["deep_sigmoid_grads"]
    assert list(grads) == ["dW1", "dW2", "dW3", "dW4"]


def test_the_numbers_of_parameters_in_the_text_are_those_of_the_networks(cells, page):
    large = CHAPTER["machine_grads"].inputs.large
    count = large["n"] * large["h"] + 2 * large["h"] + 1
    text = cells["price-in-memory"].replace(",", "")
    assert [int(number) for number in re.findall(r"\d{6}", text)] == [count, 2 * count]
    params = page["networks"]["deep_sigmoid_grads"][0]
    assert sum(value.size for value in params.values()) == 51
    assert "51 parameters" in cells["what-it-cost-guess"]


def test_a_table_of_functions_is_no_variable_of_the_notebook():
    names = {"np": np, "back": {"times": np.multiply}, "rates": {"good": 0.1}}
    exec("def f(x):\n    return back['times'](x, x) + rates['good']\n", names)
    assert call(names["f"], (2.0,)).reads == ("rates",)


@cache
def drawn(exercise):
    return draw_cases(exercise, np.random.default_rng(4), hidden=False)


CHARGED_ONCE = {
    "walk_back": "def walk_back(tape, back):\n    return [-np.ones(np.shape(row[0])) for row in tape]\n",
    "unbroadcast": "def unbroadcast(G, shape):\n    return G\n",
    "times_back": "def times_back(G, A, B):\n    return unbroadcast(G, np.shape(A)), unbroadcast(G, np.shape(B))\n",
    "matmul_back": "def matmul_back(G, A, B):\n    return 2 * G @ B.T, 2 * A.T @ G\n",
    "relu_back": "def relu_back(G, A):\n    return G\n",
}
CAUSES = {
    "right": lambda source: source,
    "another network": lambda source: source.replace('apply(tape, "relu", z1)', "z1"),
    "a wrong row": lambda source: source.replace('"dW1": grads[w1]', '"dW1": -grads[w1]'),
}


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("name", CHARGED_ONCE)
def test_a_wrong_part_is_charged_once_and_a_wrong_network_as_well(page, cells, name, cause):
    names = {**page}
    for id in ("put", "compute-table", "plus-and-total", "back-table-code", "cost-row", *CHARGED_ONCE):
        exec(CHARGED_ONCE[id] if id == name else cells[id], names)
    exec(CAUSES[cause](cells["machine_grads"]), names)
    found = {}
    for exercise in (CHAPTER[name], CHAPTER["machine_grads"]):
        found[exercise.name] = judge(CHAPTER, exercise, LocalCaller(names), drawn(exercise), dict(found))
    assert found[name].points == 0
    assert (found["machine_grads"].status == "carried") == (cause == "right")
