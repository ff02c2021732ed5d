from __future__ import annotations

import numpy as np
import pytest

from gradcheck.caller import LocalCaller
from gradcheck.chapters import sigmoid_xor
from gradcheck.chapters.sigmoid_xor import CHAPTER, REFUSED, SOLVED, STARTS
from gradcheck.judging.judge import judge


def find(name, value):
    return judge(CHAPTER, CHAPTER[name], LocalCaller({name: value}), ())


def test_the_exercises_stand_in_the_order_of_the_page():
    assert [(e.name, e.points) for e in CHAPTER.exercises] == [
        ("sigmoid", 3),
        ("sigmoid_deriv", 3),
        ("one_neuron_best", 2),
        ("forward", 3),
        ("xor_net_grads", 9),
        ("train", 5),
        ("accuracy", 2),
        ("success_rate", 3),
    ]


def test_the_best_of_one_neuron_is_what_many_random_neurons_reach():
    w1, w2, b = np.random.default_rng(1).normal(size=(3, 20_000, 1))
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    says_yes = w1 * X[:, 0] + w2 * X[:, 1] + b > 0
    best = np.max(np.mean(says_yes == np.array([False, True, True, False]), axis=1))
    assert find("one_neuron_best", best).status == "right"


@pytest.mark.parametrize("answer", [3 / 4, np.float64(0.75), np.array(0.75), np.array([0.75]), np.float32(0.75)])
def test_any_number_of_that_size_is_right(answer):
    assert find("one_neuron_best", answer).points == 2


@pytest.mark.parametrize("answer", [0.5, 1.0, 1, 0, 0.7, 0.8, 75, 3, -0.75, np.nan, np.inf, True])
def test_what_no_single_neuron_reaches_is_wrong(answer):
    found = find("one_neuron_best", answer)
    assert (found.points, found.diagnosis) == (0, ("prediction-differs",))


@pytest.mark.parametrize("answer", ["0.75", [0.5, 0.75], {"best": 0.75}, "?", ...])
def test_what_is_no_number_is_named_as_such(answer):
    assert find("one_neuron_best", answer).diagnosis == ("wrong-container",)


@pytest.mark.parametrize("name", ["one_neuron_best", "success_rate"])
@pytest.mark.parametrize("namespace", [{}, None])
def test_an_untouched_cell_is_not_attempted(name, namespace):
    caller = LocalCaller({} if namespace is None else {name: None})
    assert judge(CHAPTER, CHAPTER[name], caller, ()).status == "not-attempted"


@pytest.mark.parametrize(
    "answer",
    [
        {2: 0.8, 3: 1.0, 4: 1.0},
        {4: 1, 3: 0.95, 2: 0.65},
        {"2": 0.8, "3": 1.0, "4": 1.0},
        {np.int64(2): np.float64(0.8), np.int64(3): np.array(0.9), np.int64(4): np.array([1.0])},
        {2: 0.8, 3: 0.95, 4: 1.0, 8: 1.0},
        {2: 1.0, 3: 1.0, 4: 1.0},
    ],
)
def test_fractions_that_chance_allows_are_right(answer):
    assert find("success_rate", answer).points == 3


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ({2: 0.1, 3: 1.0, 4: 1.0}, 2),
        ({2: 0.8, 3: 0.5, 4: 0.6}, 1),
        ({2: 16, 3: 20, 4: 20}, 0),
        ({2: 80, 3: 95, 4: 100}, 0),
        ({2: -0.8, 3: np.nan, 4: np.inf}, 0),
        ({2: "most", 3: None, 4: [1.0, 1.0]}, 0),
    ],
)
def test_each_entry_earns_its_own_third(answer, points):
    found = find("success_rate", answer)
    assert found.points == pytest.approx(points)
    assert found.diagnosis == ("prediction-differs",)


@pytest.mark.parametrize("answer", [0.8, [0.8, 1.0, 1.0], {2: 0.8, 3: 1.0}, {}, "all"])
def test_what_is_no_dict_of_three_sizes_is_named_as_such(answer):
    assert find("success_rate", answer).diagnosis == ("wrong-container",)


def test_an_honest_answer_is_refused_too_rarely_to_matter():
    below = {h: sigmoid_xor._below(sigmoid_xor._fewest(share), share) for h, share in SOLVED.items()}
    assert sum(below.values()) < REFUSED
    assert all(share**STARTS > REFUSED for share in SOLVED.values())


def test_the_lowest_fraction_that_is_right_is_the_one_computed():
    for h, share in SOLVED.items():
        fewest = sigmoid_xor._fewest(share)
        others = dict.fromkeys(SOLVED, 1.0)
        assert find("success_rate", {**others, h: fewest / STARTS}).points == 3
        assert find("success_rate", {**others, h: (fewest - 1) / STARTS}).points == pytest.approx(2)


@pytest.mark.parametrize("h", SOLVED)
def test_the_share_of_solved_starts_is_what_training_gives(h):
    starts = 300
    solved = np.mean(_train_many(h, starts, np.random.default_rng(7)))
    spread = np.sqrt(SOLVED[h] * (1 - SOLVED[h]) / starts)
    assert abs(solved - SOLVED[h]) < 4 * spread


def _train_many(h: int, starts: int, rng: np.random.Generator) -> np.ndarray:
    """Train all starts side by side; tell which of them solve XOR."""
    X, Y = sigmoid_xor.CORNERS, sigmoid_xor.IS_ONE_ON[:, None] * 1.0
    shapes = ((2, h), (1, h), (h, 1), (1, 1))
    W1, b1, W2, b2 = (rng.uniform(-1, 1, size=(starts, *shape)) for shape in shapes)
    for _ in range(2500):
        A1 = _sigmoid(X @ W1 + b1)
        A2 = _sigmoid(A1 @ W2 + b2)
        dZ2 = (A2 - Y) / 4 * A2 * (1 - A2)
        dZ1 = dZ2 @ W2.swapaxes(1, 2) * A1 * (1 - A1)
        W2, b2 = W2 - 2 * A1.swapaxes(1, 2) @ dZ2, b2 - 2 * dZ2.sum(axis=1, keepdims=True)
        W1, b1 = W1 - 2 * X.T @ dZ1, b1 - 2 * dZ1.sum(axis=1, keepdims=True)
    return np.all((_sigmoid(_sigmoid(X @ W1 + b1) @ W2 + b2) > 0.5) == (Y > 0.5), axis=(1, 2))


def _sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))
