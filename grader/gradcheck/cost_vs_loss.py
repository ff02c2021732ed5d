"""Chapter 2: from one example to m; gradient descent; the learning rate."""

from __future__ import annotations

from gradcheck.check import Bench
from gradcheck.exercise import Chapter, GraphExercise
from gradcheck.graph import Step
from gradcheck.programs import neuron, prediction_stand_in
from gradcheck.rules import gd_step

SIZES = ({"m": 5, "n": 3}, {"m": 3, "n": 4}, {"m": 7, "n": 2})
VIEW = {"m": 4, "n": 2}
LEAVES = {"X": "m n", "y": "m", "w": "n", "b": ""}


def _cost_gradient(name: str, points: float) -> GraphExercise:
    return GraphExercise(
        name,
        points,
        neuron("X", "y", mean=True),
        LEAVES,
        ("X", "y", "w", "b"),
        {"dw": "dw", "db": "db"},
        "tuple",
        sizes=SIZES,
        views=VIEW,
        data=frozenset({"X", "y"}),
    )


CHAPTER = Chapter(
    "02-cost-vs-loss",
    (
        GraphExercise(
            "predict",
            2,
            (Step("z", "affine", ("X", "w", "b")), Step("a", "identity", ("z",))),
            {"X": "m n", "w": "n", "b": ""},
            ("X", "w", "b"),
            {"a": "a"},
            sizes=SIZES,
            views=VIEW,
            data=frozenset({"X"}),
            stand_in=prediction_stand_in(),
        ),
        GraphExercise(
            "cost",
            3,
            (Step("L", "half_square", ("A", "Y")), Step("J", "mean", ("L",))),
            {"A": "m", "Y": "m"},
            ("A", "Y"),
            {"J": "J"},
            sizes=({"m": 5}, {"m": 3}, {"m": 8}),
            views={"m": 4},
            data=frozenset({"A", "Y"}),
            forms=({"A": "m 1", "Y": "m 1"},),
        ),
        _cost_gradient("cost_grads_loop", 4),
        _cost_gradient("neuron_cost_grads", 6),
        gd_step(2),
    ),
)

_BENCH = Bench(CHAPTER)
check, hint, show = _BENCH.check, _BENCH.hint, _BENCH.show
