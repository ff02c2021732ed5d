"""The chain carried back link by link equals differences of the forward pass, and closed forms by hand."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.autodiff.networks import network, neuron
from gradcheck.autodiff.oracle import differentiate
from gradcheck.autodiff.program import forward, replay
from gradcheck.chapters.registry import all_chapters
from gradcheck.exercises.fixtures import draw_inputs
from gradcheck.exercises.graph_exercise import GraphExercise

EXERCISES = [
    (assignment, exercise)
    for assignment, chapter in all_chapters().items()
    for exercise in chapter.exercises
    if isinstance(exercise, GraphExercise) and exercise.differentiates
]


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES, ids=lambda v: getattr(v, "name", v))
def test_links_agree_with_differences(assignment: str, exercise: GraphExercise) -> None:
    inputs = draw_inputs(exercise, np.random.default_rng(7), exercise.inputs.sizes[0])
    env = replay(exercise.program, inputs, exercise.constants)
    for of in exercise.signature.outputs.values():
        assert np.all(differentiate(exercise.program, inputs, of[1:]).admits(np.asarray(env[of])))


def test_the_neuron_of_the_text_has_the_numbers_of_the_text() -> None:
    inputs = {"x": np.array([3.0, -4.0]), "w": np.array([7.0, 1.5]), "b": -2.0, "y": 8.0}
    env = replay(neuron(mean=False), inputs, frozenset({"x", "y"}))
    assert (env["z"], env["L"]) == (13.0, 12.5)
    assert np.array_equal(env["dw"], [15.0, -20.0])
    assert env["db"] == 5.0


def test_a_network_of_ones_has_the_cost_that_a_hand_computes() -> None:
    inputs = {
        "X": np.array([[1.0, 2.0]]),
        "W1": np.ones((2, 1)),
        "b1": np.array([[-1.0]]),
        "W2": np.array([[3.0]]),
        "b2": np.array([[0.5]]),
        "Y": np.array([[4.5]]),
    }
    env = replay(network("relu", "identity"), inputs, frozenset({"X", "Y"}))
    assert float(env["A2"][0, 0]) == 6.5
    assert float(env["J"]) == 2.0
    assert np.array_equal(env["dW1"], [[6.0], [12.0]])


def test_a_rule_replaces_one_value_and_what_follows_from_it() -> None:
    inputs = {"x": np.array([1.0]), "w": np.array([2.0]), "b": 0.0, "y": 0.0}
    env = forward(neuron(mean=False), inputs, {"a": lambda env: env["z"] + 1})
    assert (env["z"], env["a"], env["L"]) == (2.0, 3.0, 4.5)
