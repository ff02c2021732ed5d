"""Chapter 5: cross-entropy, batches, vanishing gradients, hold-out."""

from __future__ import annotations

from functools import cache

import numpy as np

from gradcheck.autodiff.networks import network
from gradcheck.autodiff.program import Step, forward, replay
from gradcheck.call import Value
from gradcheck.chapters.procedures.early_stop import early_stop_exercise
from gradcheck.chapters.procedures.minibatches import minibatches_exercise
from gradcheck.chapters.two_layers import gradients_exercise
from gradcheck.display.checker import Checker
from gradcheck.display.progress_panel import make_progress
from gradcheck.exercises.answer_exercise import AnswerExercise
from gradcheck.exercises.chapter import Chapter
from gradcheck.exercises.graph_exercise import Extreme, GraphExercise, InputDrawing, Signature
from gradcheck.exercises.stand_ins import out_delta_stand_in
from gradcheck.judging.answers import AnswerScore, score_number

BCE = (Step("L", "cross_entropy", ("A2", "Y")), Step("J", "mean", ("L",)))
OUT = Step("A2", "sigmoid", ("Z2",))
WIDTHS = ("n", "h", "k", "l")
NET = network("sigmoid", "sigmoid", loss="cross_entropy")

RATES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
"""The sweep of the text."""
STEPS, TRAINED = 50, 60
TOLERANCE = 1.05
"""Times the lowest cost of the sweep: what the text calls the best rate."""
ROUNDING = 0.001
"""A learner compares costs of four digits; other orders of the same sums move them by far less."""


def noisy_corners() -> tuple[np.ndarray, np.ndarray]:
    """Draw the rows of the text: the corners of a square, seen through noise."""
    draw = np.random.default_rng(0)
    corner = draw.integers(0, 2, size=(260, 2))
    return corner + draw.normal(0.0, 0.35, size=(260, 2)), (corner[:, :1] != corner[:, 1:]) * 1.0


def start() -> dict[str, np.ndarray]:
    """Draw the start of the text: eight hidden units."""
    draw = np.random.default_rng(0).uniform
    shapes = {"W1": (2, 8), "b1": (1, 8), "W2": (8, 1), "b2": (1, 1)}
    return {name: draw(-1, 1, shape) for name, shape in shapes.items()}


ROWS = dict(zip("XY", noisy_corners(), strict=True))
START = start()


@cache
def cost_after(lr: float, steps: int = STEPS) -> float:
    """Return the cost of the rows held out after ``steps`` steps from all training rows."""
    values = {name: rows[:TRAINED] for name, rows in ROWS.items()} | START
    with np.errstate(all="ignore"):  # a rate that is far too large may leave the floats
        for _ in range(steps):
            moved = replay(NET, values, frozenset({"X", "Y"}))
            values |= {name: values[name] - lr * moved["d" + name] for name in START}
        return float(forward(NET, values | {name: rows[TRAINED:] for name, rows in ROWS.items()})["J"])


def _best_rate(value: Value) -> AnswerScore:
    lowest = np.nanmin([cost_after(lr) for lr in RATES])
    return score_number(value, lambda lr: 0 < lr < np.inf and cost_after(lr) <= (TOLERANCE + ROUNDING) * lowest)


WRONG_AND_CERTAIN = "Where predictions are 0 or 1 and wrong, J must be finite and above 5."
RIGHT_AND_CERTAIN = "Where predictions are 0 or 1 and right, J must be finite and about 0."


def _large_where_wrong(j: np.ndarray) -> bool:
    """Tell whether the cost of a certain and wrong prediction is finite and large."""
    return j.size == 1 and bool(np.all(np.isfinite(j)) and np.all(j > 5.0))


def _small_where_right(j: np.ndarray) -> bool:
    """Tell whether the cost of certain and right predictions is finite and about zero."""
    return j.size == 1 and bool(np.all(np.isfinite(j)) and np.all(np.abs(j) < 1e-3))


SLOPE_WHERE_CERTAIN = "Where predictions are exactly 0 or 1, the slope must come out as well."


def _is_slope_where_certain(slope: np.ndarray) -> bool:
    """Hold slopes at predictions of exactly 0 and 1 against differences of the cost as a function of z."""
    a, y = CERTAIN
    z = np.where(a == 1, 40.0, -40.0)  # there a sigmoid is 0 or 1 to the last digit
    cost = lambda z: np.mean(np.logaddexp(0.0, z) - y * z)
    nudges = 0.01 * np.eye(z.size).reshape(-1, *z.shape)
    true = np.array([(cost(z + nudge) - cost(z - nudge)) / 0.02 for nudge in nudges]).reshape(z.shape)
    return slope.shape == true.shape and bool(np.allclose(slope, true, rtol=0, atol=1e-6))


def _column(*values: float) -> np.ndarray:
    return np.array(values, dtype=float).reshape(-1, 1)


CERTAIN = _column(0, 1, 1, 0), _column(0, 1, 0, 1)
"""Predictions that are certain, and labels: right twice, then wrong twice."""


def _deep(layers: int) -> GraphExercise:
    sizes = ({"m": 5, "n": 3, "h": 4, "k": 2}, {"m": 3, "n": 2, "h": 5, "k": 4}, {"m": 7, "n": 4, "h": 2, "k": 3})
    widths = [*WIDTHS[:layers], "1"]
    numbers = range(1, layers + 1)
    weights = {f"W{i}": f"{widths[i - 1]} {widths[i]}" for i in numbers}
    biases = {f"b{i}": f"1 {widths[i]}" for i in numbers}
    return GraphExercise(
        "deep_sigmoid_grads",
        6,
        network(*["sigmoid"] * layers),
        Signature(("X", "Y", "Ws", "bs"), {f"dW{i}": f"dW{i}" for i in numbers}, "list", stacks=("Ws", "bs")),
        InputDrawing(
            {"X": "m n", "Y": "m 1", **weights, **biases},
            notebook_sizes={"m": 4, "n": 2, "h": 3, "k": 3} if layers == 3 else {},
            sizes=sizes if layers == 3 else ({**sizes[0], "l": 3},),
            integer_leaves=frozenset({"X"}) if layers == 3 else frozenset(),
            label_leaves=frozenset({"Y"}),
            large={"m": 3, "n": 400, "h": 200, "k": 100} if layers == 3 else {},
        ),
        variants=(_deep(1), _deep(2), _deep(4)) if layers == 3 else (),
    )


CHAPTER = Chapter(
    "05-training-in-practice",
    (
        GraphExercise(
            "bce_cost",
            4,
            (Step("A", "sigmoid", ("Z",)), Step("L", "cross_entropy", ("A", "Y")), Step("J", "mean", ("L",))),
            Signature(("A", "Y"), {"J": "J"}),
            InputDrawing(
                {"Z": "m 1", "Y": "m 1"},
                notebook_sizes={"m": 4},
                sizes=({"m": 5}, {"m": 3}, {"m": 7}),
                label_leaves=frozenset({"Y"}),
            ),
            extremes=(
                Extreme(
                    "the cost where a prediction is certain (0 or 1)",
                    (_column(0, 1), _column(1, 0)),
                    _large_where_wrong,
                    WRONG_AND_CERTAIN,
                ),
                Extreme(
                    "the cost where a prediction is certain (0 or 1)",
                    (_column(0, 1), _column(0, 1)),
                    _small_where_right,
                    RIGHT_AND_CERTAIN,
                ),
            ),
        ),
        GraphExercise(
            "bce_out_delta",
            4,
            (OUT, *BCE),
            Signature(("A2", "Y"), {"dZ2": "dZ2"}),
            InputDrawing(
                {"Z2": "m 1", "Y": "m 1"},
                notebook_sizes={"m": 4},
                sizes=({"m": 5}, {"m": 3}, {"m": 7}),
                label_leaves=frozenset({"Y"}),
            ),
            extremes=(
                Extreme(
                    "the slope where a prediction is certain (0 or 1)",
                    CERTAIN,
                    _is_slope_where_certain,
                    SLOPE_WHERE_CERTAIN,
                ),
            ),
            stand_in=out_delta_stand_in(),
        ),
        gradients_exercise("bce_net_grads", 4, network("sigmoid", "sigmoid", loss="cross_entropy"), labels=True),
        minibatches_exercise(5),
        _deep(3),
        early_stop_exercise(4),
        AnswerExercise(
            "best_rate",
            3,
            _best_rate,
            ("bce_cost", "bce_out_delta", "bce_net_grads", "minibatches"),
            hints={
                "": (
                    "At which rate of your sweep is the held-out cost lowest, and how near must yours be?",
                    "Run the sweep again and compare the costs at its end.",
                )
            },
        ),
    ),
)

_CHECKER = Checker(CHAPTER)
check, hint, show = _CHECKER.check, _CHECKER.hint, _CHECKER.show
progress = make_progress(CHAPTER)
