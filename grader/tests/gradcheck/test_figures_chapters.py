from __future__ import annotations

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

import matplotlib.pyplot as plt

from gradcheck.figures_deep import draw_chain, draw_factors, draw_sizes, draw_training
from gradcheck.figures_neuron import draw_nudge, draw_sweep, sweep
from gradcheck.figures_xor import CORNERS, HIGH, LOW, draw_by_hand, draw_plane, draw_travel

NEURON = {"z": ["w1", "x1", "b"], "a": ["z"], "L": ["a", "y"]}
SLOPES = {("a", "L"): 5.0, ("z", "a"): 1.0, ("w1", "z"): 3.0, ("b", "z"): 1.0}


def plane_points(count: int = 61) -> np.ndarray:
    side = np.linspace(LOW, HIGH, count)
    return np.array([[x1, x2] for x2 in side for x1 in side])


@pytest.fixture(autouse=True)
def no_windows(monkeypatch):
    monkeypatch.setattr(plt, "show", lambda: None)
    yield
    plt.close("all")


def lettering() -> str:
    axes = [ax for number in plt.get_fignums() for ax in plt.figure(number).axes]
    texts = [text.get_text() for ax in axes for text in ax.texts]
    return " ".join([*texts, *(ax.get_title(loc) for ax in axes for loc in ("left", "center"))])


def test_a_walk_back_multiplies_the_local_slope_by_the_upstream_one():
    steps = sweep(NEURON, SLOPES)
    assert [name for name, _, _ in steps] == ["L", "a", "z", "w1", "b"]
    assert steps[-1][2] == {"L": 1.0, "a": 5.0, "z": 5.0, "w1": 15.0, "b": 5.0}
    assert steps[3][1] == "w1: local 3 x upstream 5 = 15"


def test_a_walk_back_adds_where_a_node_feeds_two_others():
    steps = sweep({"u": ["t"], "v": ["t", "u"]}, {("t", "u"): 2.0, ("t", "v"): 3.0, ("u", "v"): 7.0})
    assert steps[-1][2]["t"] == 2.0 * 7.0 + 3.0


def test_a_walk_back_shows_nothing_of_later_steps(capsys):
    draw_sweep(NEURON, {"z": 13.0}, SLOPES, step=1)
    assert "15" not in lettering() + capsys.readouterr().out


def test_a_nudge_of_nothing_is_drawn_and_not_divided_by():
    draw_nudge({"w1": 7.0, "z": 13.0}, {"w1": 7.0, "z": 13.0}, ["w1", "z"])
    assert "?" in lettering()


def test_a_nudge_is_told_with_its_slope():
    draw_nudge({"w1": 7.0, "z": 13.0}, {"w1": 7.5, "z": 14.5}, ["w1", "z"])
    assert "3 for each unit of $w_1$" in lettering()


def test_the_title_counts_the_corners_that_the_network_puts_right():
    W1, b1 = np.full((2, 2), 6.0), np.array([[-3.0, -9.0]])
    W2, b2 = np.array([[8.0], [-8.0]]), np.array([[-4.0]])

    def hidden(X):
        return 1 / (1 + np.exp(-(X @ W1 + b1)))

    def output(X):
        return 1 / (1 + np.exp(-(hidden(X) @ W2 + b2)))

    draw_by_hand(output(plane_points()), hidden(CORNERS), W2, b2)
    assert "4 of 4 corners right" in lettering()


@pytest.mark.parametrize("W2", [np.zeros((2, 1)), np.array([[1.0], [0.0]]), np.array([[0.0], [1.0]])])
def test_a_border_that_is_upright_or_missing_is_drawn(W2):
    draw_by_hand(np.full(61 * 61, 0.5), CORNERS, W2, np.zeros((1, 1)))


def test_a_plane_of_another_size_is_drawn():
    draw_plane(plane_points(21)[:, 0] > 0.5, "right half")


def test_the_way_of_the_corners_is_drawn_from_the_first_stop_on():
    draw_travel([CORNERS, CORNERS / 2], {"W2": np.ones((2, 1)), "b2": np.zeros((1, 1))}, "on the way")
    assert "(1, 1)" in lettering()


def test_a_chain_shows_its_weights_and_on_the_way_back_its_slopes():
    draw_chain([3.0, 0.5, 0.2], [0.5, -2.0])
    assert "w_2 = -2" in lettering()
    assert "slope" not in lettering()
    plt.close("all")
    draw_chain([3.0, 0.5, 0.2], [0.5, -2.0], [0.03, -0.1234])
    assert "slope 0.250" in lettering()
    assert "\N{MINUS SIGN}0.1234" in lettering()


def test_the_bars_of_the_factors_stand_beside_their_product():
    draw_factors([0.5, 2.0, 0.25], "three steps")
    left, right = plt.gcf().axes
    assert [bar.get_height() for bar in left.patches] == [0.5, 2.0, 0.25]
    np.testing.assert_allclose(right.lines[0].get_ydata(), [0.25, 0.5, 0.25, 1.0])
    assert "Layer 1: 0.25 times the last delta" in lettering()


def test_a_factor_above_one_fits_into_the_picture():
    draw_factors([8.0], "one step")
    assert plt.gcf().axes[0].get_ylim()[1] > 8


def test_every_network_has_its_curve_of_sizes_and_a_name():
    draw_sizes({"small": [0.01, 1.0], "large": [100.0, 1.0]}, "size", "title", start=0)
    ax = plt.gca()
    assert [line.get_xdata().tolist() for line in ax.lines] == [[0, 1], [0, 1]]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["small", "large"]


def test_a_training_is_drawn_beside_its_deltas_though_a_cost_is_no_number():
    draw_training({"c = 2": [0.7, 0.1], "c = 20": [12.0, np.nan]}, {"c = 2": [1.0, 1.0], "c = 20": [9.0, 1.0]}, 0.7)
    left, right = plt.gcf().axes
    assert left.get_ylim() == (0, pytest.approx(1.26))
    assert [text.get_text() for text in right.get_legend().get_texts()] == ["c = 2", "c = 20", "chance"]
