"""Differences are bounded, never cross a kink, and agree with a second method that shares nothing with them."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.autodiff.networks import network, unit_chain
from gradcheck.autodiff.oracle import Undecidable, differentiate, exact, multiply_links
from gradcheck.autodiff.program import Step, forward, forward_stacked, replay
from gradcheck.chapters.registry import all_chapters
from gradcheck.exercises.fixtures import draw_inputs
from gradcheck.exercises.graph_exercise import GraphExercise

SQUARE = (Step("L", "half_square", ("a", "y")), Step("S", "total", ("L",)))
HINGE = (Step("A", "relu", ("Z",)), Step("S", "total", ("A",)))


def test_a_quadratic_is_exact() -> None:
    found = differentiate(SQUARE, {"a": np.array([1.0, -2.0]), "y": np.array([0.0, 3.0])}, "a")
    assert np.all(np.abs(found.value - (1.0, -5.0)) <= found.bound + 1e-12)


def test_a_step_that_crosses_a_kink_is_not_used() -> None:
    found = differentiate(HINGE, {"Z": np.array([1e-4, -1e-4, 1.0])}, "Z")
    assert np.allclose(found.value, (1.0, 0.0, 1.0), atol=1e-9)


def test_inputs_on_a_kink_are_refused_and_nobody_is_judged_by_them() -> None:
    with pytest.raises(Undecidable):
        differentiate(HINGE, {"Z": np.array([0.0, 1.0])}, "Z")


@pytest.mark.parametrize("seed", range(5))
def test_complex_steps_agree(seed: int) -> None:
    rng = np.random.default_rng(seed)
    X, Y = rng.normal(size=(5, 3)), rng.integers(0, 2, size=(5, 1)) * 1.0
    leaves = {"X": X, "Y": Y, "W1": rng.normal(size=(3, 4)), "b1": rng.normal(size=(1, 4))}
    leaves |= {"W2": rng.normal(size=(4, 1)), "b2": rng.normal(size=(1, 1))}

    def cost(W1: np.ndarray) -> complex:
        A1 = 1 / (1 + np.exp(-(X @ W1 + leaves["b1"])))
        A2 = 1 / (1 + np.exp(-(A1 @ leaves["W2"] + leaves["b2"])))
        return -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))

    found = differentiate(network("sigmoid", "sigmoid", loss="cross_entropy"), leaves, "W1")
    for index in np.ndindex(3, 4):
        moved = leaves["W1"].astype(complex)
        moved[index] += 1e-30j
        assert abs(cost(moved).imag / 1e-30 - found.value[index]) <= found.bound[index] + 1e-10


def test_the_tolerance_admits_float32_and_refuses_a_tenth_of_a_percent() -> None:
    truth = exact(np.array([1.0, 0.5]))
    assert np.all(truth.admits(np.array([1.0, 0.5], dtype=np.float32) * np.float32(1 + 3e-5)))
    assert not np.all(truth.admits(np.array([1.001, 0.5])))


@pytest.mark.parametrize(
    "exercise",
    [e for chapter in all_chapters().values() for e in chapter.exercises if isinstance(e, GraphExercise)],
    ids=lambda exercise: exercise.name,
)
def test_a_stack_of_points_is_the_points_one_by_one(exercise: GraphExercise) -> None:
    rng = np.random.default_rng(0)
    inputs = draw_inputs(exercise, rng, exercise.inputs.sizes[0])
    names = [name for name, value in inputs.items() if np.asarray(value).dtype.kind == "f"]
    moved = {name: inputs[name] + rng.normal(size=(3, *np.shape(inputs[name]))) for name in names[:2]}
    moved |= {name: np.abs(stack) for name, stack in moved.items() if name in exercise.inputs.positive_leaves}
    env = forward_stacked(exercise.program, inputs, moved)
    for point in range(3):
        alone = forward(exercise.program, inputs | {name: stack[point] for name, stack in moved.items()})
        for step in exercise.program:
            found = env[step.out][point if len(env[step.out]) > 1 else 0]
            assert np.allclose(found, alone[step.out], rtol=1e-12, atol=1e-12, equal_nan=True), step.out


def test_links_that_are_measured_one_by_one_find_what_differences_of_the_whole_cannot() -> None:
    rng = np.random.default_rng(5)
    program = unit_chain(24)
    leaves = ["x", "y", *(f"{letter}{i}" for i in range(1, 25) for letter in "wb")]
    inputs = {name: rng.normal(size=(1, 1)) for name in leaves}
    slopes = multiply_links(program, forward(program, inputs))
    chain = replay(program, inputs)
    assert 0 < abs(slopes["w1"]) < 1e-18
    for name in leaves:
        if name != "y":
            assert slopes[name] == pytest.approx(chain["d" + name].item(), rel=1e-6, abs=0)
