from __future__ import annotations

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

import matplotlib.pyplot as plt

from gradcheck.figures import draw_graph, interact_or_still, use_course_style

NEURON = {"z": ["w1", "x1", "b"], "a": ["z"], "L": ["a", "y"]}


@pytest.fixture
def texts(monkeypatch):
    """Draw a graph and return the text of everything lettered in it, by its position."""
    monkeypatch.setattr(plt, "show", lambda: None)

    def draw(*args, **kwargs):
        draw_graph(*args, **kwargs)
        ax = plt.gca()
        found = {text.get_text(): text.get_position() for text in ax.texts if text.get_text()}
        plt.close("all")
        return found

    return draw


def test_every_name_stands_in_the_picture_at_a_place_of_its_own(texts):
    found = texts(NEURON)
    assert set(found) == {"$w_1$", "$x_1$", "$b$", "$z$", "$a$", "$y$", "$L$"}
    assert len(set(found.values())) == len(found)


def test_computed_numbers_run_from_left_to_right(texts):
    found = texts(NEURON)
    assert found["$w_1$"][0] < found["$z$"][0] < found["$a$"][0] < found["$L$"][0]
    assert found["$y$"][0] == found["$a$"][0]


def test_values_slopes_and_gradients_are_lettered(texts):
    found = texts(NEURON, {"z": 13.0, "x1": -4}, {("a", "L"): 5.0}, {"w1": np.float64(-20)})
    assert {"13", "\N{MINUS SIGN}4", "5"} <= set(found)
    assert r"$\partial L/\partial w_1$ = " + "\N{MINUS SIGN}20" in found


def test_shapes_may_stand_where_numbers_do(texts):
    assert "(5, 3)" in texts({"Z1": ["X", "W1"]}, {"X": "(5, 3)"})


def test_a_wrong_answer_is_drawn_and_not_thrown(texts):
    assert "shape (2,)" in texts(NEURON, {"z": np.ones(2)})


def test_data_is_told_from_parameters_by_form_as_well_as_color(monkeypatch):
    monkeypatch.setattr(plt, "show", lambda: None)
    draw_graph(NEURON)
    forms = [type(patch).__name__ for patch in plt.gca().patches]
    plt.close("all")
    assert (forms.count("Rectangle"), forms.count("Circle")) == (2, 5)


def test_the_course_style_keeps_figures_small():
    with matplotlib.rc_context():
        use_course_style()
        assert plt.rcParams["figure.dpi"] <= 90


def test_a_picture_stands_still_at_its_defaults_where_nothing_can_move(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    drawn = []
    interact_or_still(lambda lr=0.1: drawn.append(lr), lr=(0.01, 0.1, 1.0))
    assert drawn == [0.1]


def test_a_picture_moves_under_a_server_and_starts_at_its_defaults(monkeypatch):
    ipywidgets = pytest.importorskip("ipywidgets")
    monkeypatch.setenv("JPY_SESSION_NAME", "chapter.ipynb")
    sliders = {}
    monkeypatch.setattr(ipywidgets, "interact", lambda draw, **given: sliders.update(given))
    interact_or_still(lambda lr=0.1: None, lr=(0.01, 0.1, 1.0))
    assert sliders["lr"].value == 0.1
    assert [label for label, _ in sliders["lr"].options] == ["0.01", "0.1", "1"]
