from __future__ import annotations

import re

import nbformat
import numpy as np
import pytest

from autograder.course import paths
from gradcheck.caller import LocalCaller
from gradcheck.chapters import relu_network
from gradcheck.judging.judge import judge

SOURCE = paths.notebook_path(paths.SOLUTIONS, "03-relu-network")
SHAPES = {
    "Z1": ("m", "h"), "A1": ("m", "h"), "Z2": ("m", "1"), "A2": ("m", "1"),
    "dW1": ("n", "h"), "db1": ("1", "h"), "dW2": ("h", "1"), "db2": ("1", "1"),
}  # fmt: skip


def find(name, answer):
    return judge(relu_network.CHAPTER, relu_network.CHAPTER[name], LocalCaller({name: answer}), ())


@pytest.fixture(scope="module")
def cells():
    return {cell.id: cell.source for cell in nbformat.read(SOURCE, as_version=4).cells}


@pytest.fixture(scope="module")
def names(cells):
    """The names of the running example and of the two answer cells."""
    given = cells["running-example"].split("graph =")[0]
    names = {"np": np}
    for source in (given, cells["shapes"], cells["switched_off"]):
        exec(source, names)
    return names


def test_the_exercises_stand_in_the_order_of_the_page(cells):
    order = [id.removeprefix("test-") for id in cells if id.startswith("test-")]
    assert [exercise.name for exercise in relu_network.CHAPTER.exercises] == order


def test_the_reference_answers_earn_all(names):
    assert find("shapes", names["shapes"]).points == 3
    assert find("switched_off", names["switched_off"]).points == 2


def test_the_unit_judged_is_unit_0_of_the_notebook(names):
    np.testing.assert_array_equal(names["params"]["W1"][:, :1], relu_network.UNIT["W1"])
    np.testing.assert_array_equal(names["params"]["b1"][:, :1], relu_network.UNIT["b1"])


def test_the_examples_judged_are_those_of_the_text(cells):
    text = cells["text-switched_off"].replace("\N{MINUS SIGN}", "-")
    rows = re.findall(r"^\| `x\[[01]\]` \|(.*)\|$", text, re.M)
    table = np.array([[float(number) for number in row.split("|")] for row in rows])
    np.testing.assert_array_equal(table.T, relu_network.NEW_X)


def test_no_new_example_stands_on_the_kink():
    z = relu_network.NEW_X @ relu_network.UNIT["W1"] + relu_network.UNIT["b1"]
    assert np.min(np.abs(z)) > 0.4
    assert 0 < np.sum(z > 0) < len(z)


@pytest.mark.parametrize("make", [tuple, list, lambda pair: tuple(letter.upper() for letter in pair)])
def test_tuples_lists_and_capitals_are_all_right(make):
    assert find("shapes", {name: make(pair) for name, pair in SHAPES.items()}).status == "right"


def test_the_number_one_is_as_good_as_its_string():
    numbers = {name: tuple(1 if letter == "1" else letter for letter in pair) for name, pair in SHAPES.items()}
    assert find("shapes", numbers).status == "right"


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("entry", [("n", "m"), ("m",), ("m", "h", "1"), ("?", "?"), "mh", None, (), 1, np.ones(2)])
def test_each_wrong_shape_costs_an_eighth(name, entry):
    found = find("shapes", {**SHAPES, name: entry})
    assert found.points == pytest.approx(3 * 7 / 8, abs=1e-3)
    assert found.diagnosis == ("prediction-differs",)
    assert name in found.message


@pytest.mark.parametrize("answer", [[], {}, "m, h", list(SHAPES.values()), {"Z1": ("m", "h")}, 3])
def test_shapes_without_their_names_earn_nothing(answer):
    found = find("shapes", answer)
    assert (found.points, found.diagnosis) == (0, ("wrong-container",))


@pytest.mark.parametrize(
    "answer",
    [[4, 1, 0], (0, 1, 4), np.array([1, 0, 4]), [0.0, 1.0, 4.0], [np.int64(0), 1, 4], [0, 0, 1, 4],
     np.flatnonzero([True, True, False, False, True, False]), np.where([True, True, False, False, True, False])],
)  # fmt: skip
def test_any_order_and_any_sequence_of_the_rows_is_right(answer):
    assert find("switched_off", answer).status == "right"


@pytest.mark.parametrize("answer", [[0, 1], [1, 4], [0, 1, 2, 4]])
def test_one_row_wrong_leaves_half(answer):
    assert find("switched_off", answer).points == 1


@pytest.mark.parametrize("answer", [[], [2, 3, 5], [1, 2, 5], [0, 1, 2, 3, 4, 5], [0.5, 1.5, 4.5]])
def test_more_than_one_row_wrong_leaves_nothing(answer):
    found = find("switched_off", answer)
    assert (found.points, found.diagnosis) == (0, ("prediction-differs",))


@pytest.mark.parametrize("answer", [0, "0, 1, 4", {"rows": [0, 1, 4]}, ["0", "1", "4"], [0, [1, 4]], {0, 1, 4}, ...])
def test_what_is_no_list_of_numbers_is_named_as_such(answer):
    assert find("switched_off", answer).diagnosis == ("wrong-container",)


@pytest.mark.parametrize("name", ["shapes", "switched_off"])
def test_an_untouched_cell_is_not_attempted(name):
    assert judge(relu_network.CHAPTER, relu_network.CHAPTER[name], LocalCaller({}), ()).status == "not-attempted"
