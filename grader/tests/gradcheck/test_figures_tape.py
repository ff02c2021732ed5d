"""The picture of a tape shows every row, its value and its gradient, and no two boxes at one place."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from gradcheck.figures_tape import TapePicture, draw_tape, place_rows

TAPE = [(7.0, "leaf", ()), (3.0, "leaf", ()), (21.0, "times", (0, 1)), (28.0, "plus", (2, 0)), (784.0, "times", (3, 3))]
LAYER = [
    (np.ones((4, 2)), "leaf", ()),
    (np.ones((2, 3)), "leaf", ()),
    (np.ones((4, 3)), "matmul", (0, 1)),
    (12.0, "total", (2,)),
]


@pytest.mark.parametrize("tape", [TAPE, LAYER, TAPE[:1], [*TAPE, (1.0, "leaf", ())]])
def test_every_row_has_a_place_of_its_own_to_the_right_of_what_it_was_made_from(tape):
    places = place_rows(tape)
    assert len(set(places)) == len(tape)
    for row, (_, _, inputs) in enumerate(tape):
        assert all(places[i][0] < places[row][0] for i in inputs)


def test_the_picture_holds_names_operations_values_and_gradients():
    grads = [1624.0, 392.0, 56.0, 56.0, 1.0]
    svg = TapePicture(TAPE, grads, {0: "w", 1: "x"}).svg()
    words = [text.text for text in ElementTree.fromstring(svg).iter() if text.tag.endswith("text")]
    assert {"w", "x", "times", "plus", "row 4", "21", "784", "1624", "392"} <= set(words)
    assert "leaf" not in words


def test_there_is_one_arrow_for_each_use():
    svg = TapePicture(TAPE).svg()
    assert len(re.findall("marker-end", svg)) == 6


def test_arrays_are_drawn_as_squares_and_what_is_not_finite_is_told():
    grads = [*(np.ones(np.shape(value)) for value, _, _ in LAYER[:3]), 1.0]
    assert TapePicture(LAYER, grads).svg().count("<rect") == 4 + 2 * (8 + 6 + 12)
    assert "not finite" in TapePicture([(np.array([1.0, np.nan]), "leaf", ())]).svg()


def test_a_terminal_gets_one_line_for_each_row(capsys):
    draw_tape(LAYER, names={0: "X"})
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "row 0 X: leaf, value of shape (4, 2)"
    assert told[3] == "row 3: total of rows 2, value 12"


def test_names_cannot_break_the_picture():
    ElementTree.fromstring(TapePicture(TAPE, None, {0: "<b>&"}).svg())
