"""Chapter 2: from one example to m; gradient descent; the learning rate."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gradcheck.autodiff.networks import neuron
from gradcheck.autodiff.program import Step, forward, replay
from gradcheck.call import Value
from gradcheck.chapters.procedures.gd_step import gd_step_exercise
from gradcheck.comparison.extraction import numbers
from gradcheck.display.checker import Checker
from gradcheck.display.progress_panel import make_progress
from gradcheck.exercises.answer_exercise import AnswerExercise
from gradcheck.exercises.chapter import Chapter
from gradcheck.exercises.graph_exercise import GraphExercise, InputDrawing, Signature
from gradcheck.exercises.stand_ins import prediction_stand_in
from gradcheck.judging.answers import AnswerScore, says, score_entries

SIZES = ({"m": 5, "n": 3}, {"m": 3, "n": 4}, {"m": 7, "n": 2})
VIEW = {"m": 3, "n": 2}
LEAVES = {"X": "m n", "y": "m", "w": "n", "b": ""}

NEURON = neuron("X", "y", mean=True)

ROWS = {
    "X": np.array([[3.0, -4.0], [-2.0, 0.0], [0.5, -2.0]]),
    "y": np.array([8.0, -9.0, -9.5]),
    "w": np.array([7.0, 1.5]),
    "b": -2.0,
}
"""The examples of the text, to be repeated in ``doubled_data``."""

INPUTS = np.linspace(-2.0, 2.0, 9).reshape(9, 1)
TARGETS = 1.5 * INPUTS[:, 0] - 0.5 + np.random.default_rng(0).normal(0.0, 0.3, size=9)
START = {"w": np.array([-1.0]), "b": 1.5}
STEPS = 30
SLOW, GOOD = 2.0, 1.01
"""Times the lowest cost: above the first a rate is slow, up to the second it is good."""
ROUNDING = 0.001
"""A learner reads the ratio off a title with four digits."""


def _cost(inputs: dict) -> float:
    return float(forward(NEURON, inputs)["J"])


def lowest() -> float:
    """Return the cost of the best line through the nine points."""
    slope, bias = np.polyfit(INPUTS[:, 0], TARGETS, 1)
    return _cost({"X": INPUTS, "y": TARGETS, "w": np.array([slope]), "b": bias})


def cost_after(lr: float, steps: int = STEPS) -> float:
    """Return the cost after ``steps`` steps of gradient descent over all nine points."""
    values = {"X": INPUTS, "y": TARGETS, **START}
    with np.errstate(all="ignore"):  # a rate that diverges may leave the floats
        for _ in range(steps):
            moved = replay(NEURON, values, frozenset({"X", "y"}))
            values |= {name: values[name] - lr * moved["d" + name] for name in START}
        return _cost(values)


def _learning_rates(value: Value) -> AnswerScore:
    start, best = cost_after(1.0, steps=0), lowest()
    tests = {
        "slow": lambda J: (SLOW - ROUNDING) * best < J < start,
        "good": lambda J: (GOOD + ROUNDING) * best >= J,
        "diverges": lambda J: not start >= J,  # also what is no number any more
    }
    return score_entries(value, {name: _bears_out(test) for name, test in tests.items()}, "one number for each")


def _bears_out(is_right: Callable[[float], bool]) -> Callable[[Value], bool]:
    def test(value: Value) -> bool:
        rate = numbers(value)
        if rate is None or rate.size != 1 or not 0 < rate.item() < np.inf:
            return False
        return is_right(cost_after(float(rate.item())))

    return test


def _doubled_data(value: Value) -> AnswerScore:
    twice = {**ROWS, "X": np.tile(np.asarray(ROWS["X"]), (2, 1)), "y": np.tile(np.asarray(ROWS["y"]), 2)}
    one, two = (replay(NEURON, values, frozenset({"X", "y"})) for values in (ROWS, twice))
    words = {1.0: "same", 2.0: "doubles", 0.5: "halves"}
    ratios = {name: float(np.mean(np.divide(two[name], one[name]))) for name in ("J", "dw")}
    return score_entries(
        value, {name: says(words[round(ratio, 6)]) for name, ratio in ratios.items()}, "one word for each"
    )


def _cost_gradient(name: str, points: float) -> GraphExercise:
    return GraphExercise(
        name,
        points,
        NEURON,
        Signature(("X", "y", "w", "b"), {"dw": "dw", "db": "db"}, "tuple"),
        InputDrawing(LEAVES, notebook_sizes=VIEW, sizes=SIZES, integer_leaves=frozenset({"X", "y"})),
    )


CHAPTER = Chapter(
    "02-cost-vs-loss",
    (
        GraphExercise(
            "predict",
            2,
            (Step("z", "affine", ("X", "w", "b")), Step("a", "identity", ("z",))),
            Signature(("X", "w", "b"), {"a": "a"}),
            InputDrawing(
                {"X": "m n", "w": "n", "b": ""}, notebook_sizes=VIEW, sizes=SIZES, integer_leaves=frozenset({"X"})
            ),
            stand_in=prediction_stand_in(),
            words={
                "examples-left-out": {
                    "question": "How many predictions should come back for a table of five rows?",
                    "look": "Look at every index in your lines: which rows does it pick?",
                },
                "wrong-axis": {
                    "question": "How many predictions should come back for a table of five rows and three columns?",
                    "look": "Look at the axis along which products are summed: what is left of a row?",
                },
            },
        ),
        GraphExercise(
            "cost",
            3,
            (Step("L", "half_square", ("A", "Y")), Step("J", "mean", ("L",))),
            Signature(("A", "Y"), {"J": "J"}),
            InputDrawing(
                {"A": "m", "Y": "m"},
                notebook_sizes={"m": 3},
                sizes=({"m": 5}, {"m": 3}, {"m": 8}),
                integer_leaves=frozenset({"A", "Y"}),
                alternate_shapes=({"A": "m 1", "Y": "m 1"},),
            ),
        ),
        _cost_gradient("cost_grads_loop", 4),
        _cost_gradient("neuron_cost_grads", 6),
        AnswerExercise(
            "doubled_data",
            1,
            _doubled_data,
            hints={
                "": (
                    "Write J for two examples, then for each of them twice: what happens to the sum, what to m?",
                    "Look at the sum and at the number that it is divided by.",
                )
            },
        ),
        gd_step_exercise(2),
        AnswerExercise(
            "learning_rates",
            2,
            _learning_rates,
            hints={
                "": (
                    "What does J do over the 30 steps at the rate that you give, and what does the text call that?",
                    "Try one rate after the other above and read off how many times the lowest J it ends at.",
                )
            },
        ),
    ),
)

_CHECKER = Checker(CHAPTER)
check, hint, show = _CHECKER.check, _CHECKER.hint, _CHECKER.show
progress = make_progress(CHAPTER)
