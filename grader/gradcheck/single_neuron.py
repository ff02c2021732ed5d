"""Chapter 1: one neuron, one example, the computational graph."""

from __future__ import annotations

from gradcheck.check import Bench
from gradcheck.exercise import Chapter, GraphExercise
from gradcheck.graph import Step
from gradcheck.programs import (
    bias_slope_stand_in,
    loss_slope_stand_in,
    neuron,
    prediction_stand_in,
    weight_slope_stand_in,
)

SIZES = ({"n": 3}, {"n": 2}, {"n": 5})
LEAVES = {"x": "n", "w": "n", "b": "", "y": ""}
Z = Step("z", "affine", ("x", "w", "b"))

CHAPTER = Chapter(
    "01-single-neuron",
    (
        GraphExercise(
            "forward",
            2,
            (Z, Step("a", "identity", ("z",))),
            {"x": "n", "w": "n", "b": ""},
            ("x", "w", "b"),
            {"a": "a"},
            sizes=SIZES,
            views={"n": 2},
            data=frozenset({"x"}),
            stand_in=prediction_stand_in(),
        ),
        GraphExercise(
            "loss",
            1,
            (Step("L", "half_square", ("a", "y")),),
            {"a": "m", "y": "m"},
            ("a", "y"),
            {"L": "L"},
            sizes=({"m": 4}, {"m": 7}, {"m": 3}),
            data=frozenset({"a", "y"}),
            forms=({"a": "", "y": ""},),
        ),
        GraphExercise(
            "dL_da",
            2,
            (Step("L", "half_square", ("a", "y")), Step("S", "total", ("L",))),
            {"a": "m", "y": "m"},
            ("a", "y"),
            {"dL_da": "da"},
            sizes=({"m": 4}, {"m": 7}, {"m": 3}),
            data=frozenset({"a", "y"}),
            forms=({"a": "", "y": ""},),
            stand_in=loss_slope_stand_in(),
        ),
        GraphExercise(
            "dz_dw",
            2,
            (Z, Step("S", "total", ("z",))),
            {"x": "n", "w": "n", "b": ""},
            ("x", "w", "b"),
            {"dz_dw": "dw"},
            sizes=SIZES,
            views={"n": 2},
            data=frozenset({"x"}),
            stand_in=weight_slope_stand_in(),
        ),
        GraphExercise(
            "dz_db",
            1,
            (Z, Step("S", "total", ("z",))),
            {"x": "n", "w": "n", "b": ""},
            ("x", "w", "b"),
            {"dz_db": "db"},
            sizes=SIZES,
            views={"n": 2},
            data=frozenset({"x"}),
            stand_in=bias_slope_stand_in(),
        ),
        GraphExercise(
            "neuron_sample_grads",
            6,
            neuron(mean=False),
            LEAVES,
            ("x", "y", "w", "b"),
            {"dw": "dw", "db": "db"},
            "tuple",
            sizes=SIZES,
            views={"n": 2},
            data=frozenset({"x", "y"}),
        ),
    ),
)

_BENCH = Bench(CHAPTER)
check, hint, show = _BENCH.check, _BENCH.hint, _BENCH.show
