from __future__ import annotations

import numpy as np
import pytest

from gradcheck.caller import LocalCaller
from gradcheck.chapters.sigmoid_xor import CHAPTER, CORNERS, IS_ONE_ON, SEEDS, solved_starts
from gradcheck.judging.judge import judge


def find(name, value):
    return judge(CHAPTER, CHAPTER[name], LocalCaller({name: value}), ())


def test_the_exercises_stand_in_the_order_of_the_page():
    assert [(e.name, e.points) for e in CHAPTER.exercises] == [
        ("sigmoid", 3),
        ("sigmoid_deriv", 3),
        ("one_neuron", 2),
        ("forward", 3),
        ("xor_net_grads", 9),
        ("train", 5),
        ("accuracy", 2),
        ("solved_seeds", 3),
    ]


RIGHT = {h: sorted(solved_starts(h)) for h in (2, 3, 4)}


@pytest.mark.parametrize(
    "answer",
    [
        (1.0, 1.0, -0.5),
        [1, 1, -0.5],
        np.array([-2.0, -2.0, 3.0]),
        (np.float64(-3.0), 2, -1),
        (1e6, 1e6, -1.0),
        np.array([1, 1, -0.5], dtype=np.float32),
    ],
)
def test_any_neuron_that_puts_three_corners_right_is_right(answer):
    assert find("one_neuron", answer).points == 2


def test_no_neuron_of_many_puts_all_four_corners_right():
    tried = np.random.default_rng(1).normal(size=(20_000, 3))
    right = np.sum((tried[:, :2] @ CORNERS.T + tried[:, 2:] > 0) == IS_ONE_ON, axis=1)
    assert right.max() == 3
    judged = [find("one_neuron", tuple(neuron)).is_right for neuron in tried[:300]]
    assert judged == [bool(count == 3) for count in right[:300]]


@pytest.mark.parametrize(
    ("answer", "corners"),
    [
        ((0.0, 0.0, 0.0), 2),
        ((1.0, 1.0, -1.5), 1),
        ((2.0, -2.0, 1.0), 1),
        ((0.0, 0.0, 1.0), 2),
        ((np.nan, np.nan, np.nan), 2),
        ((np.inf, -np.inf, 0.0), 2),
    ],
)
def test_a_neuron_that_puts_fewer_right_earns_nothing_and_is_told_how_many(answer, corners):
    found = find("one_neuron", answer)
    assert (found.points, found.diagnosis) == (0, ("prediction-differs",))
    assert f"puts {corners} of 4 right" in found.message or not np.isfinite(answer).all()


@pytest.mark.parametrize("answer", [0.75, "0.75", (1.0, 1.0), (1.0, 1.0, -0.5, 0.0), {"w1": 1.0}, ((1, 1), -0.5), ...])
def test_what_is_no_triple_of_numbers_is_named_as_such(answer):
    assert find("one_neuron", answer).diagnosis == ("wrong-container",)


@pytest.mark.parametrize("name", ["one_neuron", "solved_seeds"])
@pytest.mark.parametrize("namespace", [{}, None])
def test_an_untouched_cell_is_not_attempted(name, namespace):
    caller = LocalCaller({} if namespace is None else {name: None})
    assert judge(CHAPTER, CHAPTER[name], caller, ()).status == "not-attempted"


@pytest.mark.parametrize(
    "answer",
    [
        RIGHT,
        {str(h): tuple(reversed(seeds)) for h, seeds in RIGHT.items()},
        {np.int64(h): np.array(seeds) for h, seeds in RIGHT.items()},
        {**RIGHT, 8: [1, 2]},
    ],
)
def test_the_seeds_that_solve_it_are_right_in_any_order_and_form(answer):
    assert find("solved_seeds", answer).points == 3


ALL = list(SEEDS)


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ({2: ALL, 3: ALL, 4: ALL}, 1),
        ({2: [], 3: [], 4: []}, 0),
        ({**RIGHT, 2: RIGHT[2][1:]}, 1),
        ({**RIGHT, 3: RIGHT[3][:-1]}, 2.5),
        ({2: [True] * 16, 3: ALL, 4: ALL}, 1),
    ],
)
def test_each_list_earns_its_own_share_and_guessing_all_earns_a_third(answer, points):
    found = find("solved_seeds", answer)
    assert found.points == pytest.approx(points)
    assert found.diagnosis == ("prediction-differs",)
    assert "the seeds for 2" in found.message or answer[2] == RIGHT[2]


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ({2: len(RIGHT[2]), 3: 20, 4: 20}, 0),
        ({2: 0.8, 3: 1.0, 4: 1.0}, 0),
        ({2: "most", 3: None, 4: [[0], [1]]}, 0),
        ({2: RIGHT[2], 3: 20, 4: 20}, 2),
    ],
)
def test_counts_in_place_of_lists_are_named_as_such(answer, points):
    found = find("solved_seeds", answer)
    assert found.points == pytest.approx(points)
    assert found.diagnosis == ("wrong-container",)
    assert "a list of seeds" in found.message


@pytest.mark.parametrize("answer", [0.8, [[0, 1], [0], [0]], {2: [0], 3: [1]}, {}, "all"])
def test_what_is_no_dict_of_three_sizes_is_named_as_such(answer):
    assert find("solved_seeds", answer).diagnosis == ("wrong-container",)


@pytest.mark.parametrize(("h", "seed"), [(2, 0), (2, 2), (2, 11), (2, 19), (3, 0), (4, 0)])
def test_training_one_start_alone_says_the_same(h, seed):
    """Train as the chapter does: one start, and a look after each 500 epochs."""
    assert _solves(h, seed) == (seed in solved_starts(h))


def test_some_starts_with_two_units_fail_so_that_a_guess_of_all_is_wrong():
    assert 0 < len(solved_starts(2)) < len(SEEDS)


def _solves(h: int, seed: int) -> bool:
    draw = np.random.default_rng(seed).uniform
    W1, b1, W2, b2 = (draw(-1, 1, shape) for shape in ((2, h), (1, h), (h, 1), (1, 1)))
    Y = IS_ONE_ON[:, None] * 1.0
    for epoch in range(1, 2501):
        A1 = _sigmoid(CORNERS @ W1 + b1)
        A2 = _sigmoid(A1 @ W2 + b2)
        dZ2 = (A2 - Y) / 4 * A2 * (1 - A2)
        dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
        W2, b2 = W2 - 2 * A1.T @ dZ2, b2 - 2 * dZ2.sum(axis=0, keepdims=True)
        W1, b1 = W1 - 2 * CORNERS.T @ dZ1, b1 - 2 * dZ1.sum(axis=0, keepdims=True)
        if epoch % 500 == 0 and np.all((_sigmoid(_sigmoid(CORNERS @ W1 + b1) @ W2 + b2) > 0.5) == (Y > 0.5)):
            return True
    return False


def _sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))
