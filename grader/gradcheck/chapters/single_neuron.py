"""Chapter 1: one neuron, one example, the computational graph."""

from __future__ import annotations

import numpy as np

from gradcheck.autodiff.networks import neuron
from gradcheck.autodiff.oracle import differentiate
from gradcheck.autodiff.program import Step
from gradcheck.call import Branch, Leaf, Value
from gradcheck.chapters.procedures.numeric_grad import numeric_grad_exercise
from gradcheck.comparison.extraction import numbers
from gradcheck.display.checker import Checker
from gradcheck.display.progress_panel import make_progress
from gradcheck.exercises.answer_exercise import AnswerExercise
from gradcheck.exercises.chapter import Chapter
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise, InputDrawing, Signature
from gradcheck.exercises.stand_ins import (
    bias_slope_stand_in,
    loss_slope_stand_in,
    prediction_stand_in,
    weight_slope_stand_in,
)
from gradcheck.judging.answers import AnswerScore, says, score_entries

SIZES = ({"n": 3}, {"n": 2}, {"n": 5})
LEAVES = {"x": "n", "w": "n", "b": "", "y": ""}
Z = Step("z", "affine", ("x", "w", "b"))

RUNNING = {"x": np.array([3.0, -4.0]), "w": np.array([7.0, 1.5]), "b": -2.0, "y": 8.0}
"""The running example of the text."""
EXAMPLE = {"x": np.array([-2.0, 0.0]), "w": np.array([7.0, 1.5]), "b": -2.0, "y": -9.0}
"""The example of the text whose signs are predicted."""

WITHOUT_TARGET = InputDrawing(
    {"x": "n", "w": "n", "b": ""},
    notebook_sizes={"n": 2},
    example=RUNNING,
    sizes=SIZES,
    integer_leaves=frozenset({"x"}),
)
"""How the inputs are drawn of whatever comes before the loss."""


def _signs(value: Value) -> AnswerScore:
    slopes = np.append(differentiate(neuron(mean=False), EXAMPLE, "w").value, 0.0)
    slopes[-1] = float(differentiate(neuron(mean=False), EXAMPLE, "b").value)
    words = [("0", "zero") if abs(s) < 1e-9 else ("+", "plus") if s > 0 else ("-", "minus", "\u2212") for s in slopes]
    tests = {key: says(*word) for key, word in zip(("dw1", "dw2", "db"), words, strict=True)}
    found = score_entries(value, tests, '"+", "-" or "0" for each')
    if found[0] < 1 and score_entries(_in_words(value), tests)[0] == 1:
        return 0.5, Diagnosis(
            "wrong-container", half=True, detail={"got": "a dict of numbers", "want": '"+", "-" or "0"'}
        )
    return found


def _sign_of(told: np.ndarray | None) -> str:
    """Return the sign of a single number as the text asks for it; empty where there is none."""
    if told is None or told.size != 1 or not np.all(np.isfinite(told)):
        return ""
    return "0+-"[int(np.sign(told.reshape(())))]


def _in_words(value: Value) -> Value:
    """Return a dict with the sign of each number in place of the number."""
    if not isinstance(value, Branch):
        return value
    words = [_sign_of(numbers(item)) for item in value.items]
    items = (Leaf("str", text=word) if word else item for word, item in zip(words, value.items, strict=True))
    return Branch(value.type, value.keys, tuple(items))


CHAPTER = Chapter(
    "01-single-neuron",
    (
        GraphExercise(
            "forward",
            2,
            (Z, Step("a", "identity", ("z",))),
            Signature(("x", "w", "b"), {"a": "a"}),
            WITHOUT_TARGET,
            stand_in=prediction_stand_in(),
        ),
        GraphExercise(
            "loss",
            1,
            (Step("L", "half_square", ("a", "y")),),
            Signature(("a", "y"), {"L": "L"}),
            InputDrawing(
                {"a": "m", "y": "m"},
                example={"a": 13.0, "y": 8.0},
                sizes=({"m": 4}, {"m": 7}, {"m": 3}),
                integer_leaves=frozenset({"a", "y"}),
                alternate_shapes=({"a": "", "y": ""}, {"a": "m 2", "y": "m 2"}),
            ),
        ),
        GraphExercise(
            "dL_da",
            2,
            (Step("L", "half_square", ("a", "y")), Step("S", "total", ("L",))),
            Signature(("a", "y"), {"dL_da": "da"}),
            InputDrawing(
                {"a": "m", "y": "m"},
                example={"a": 13.0, "y": 8.0},
                sizes=({"m": 4}, {"m": 7}, {"m": 3}),
                integer_leaves=frozenset({"a", "y"}),
                alternate_shapes=({"a": "", "y": ""}, {"a": "m 2", "y": "m 2"}),
            ),
            stand_in=loss_slope_stand_in(),
        ),
        GraphExercise(
            "dz_dw",
            2,
            (Z, Step("S", "total", ("z",))),
            Signature(("x", "w", "b"), {"dz_dw": "dw"}),
            WITHOUT_TARGET,
            stand_in=weight_slope_stand_in(),
        ),
        GraphExercise(
            "dz_db",
            1,
            (Z, Step("S", "total", ("z",))),
            Signature(("x", "w", "b"), {"dz_db": "db"}),
            WITHOUT_TARGET,
            stand_in=bias_slope_stand_in(),
        ),
        GraphExercise(
            "neuron_sample_grads",
            6,
            neuron(mean=False),
            Signature(("x", "y", "w", "b"), {"dw": "dw", "db": "db"}, "tuple"),
            InputDrawing(
                LEAVES, notebook_sizes={"n": 2}, example=RUNNING, sizes=SIZES, integer_leaves=frozenset({"x", "y"})
            ),
        ),
        AnswerExercise(
            "predicted_signs",
            2,
            _signs,
            hints={
                "": (
                    "Is the prediction above the target or below it, and which sign has each input?",
                    "Walk back from L: the sign of each link, then their product along each path.",
                )
            },
        ),
        numeric_grad_exercise(4),
    ),
)

_CHECKER = Checker(CHAPTER)
check, hint, show = _CHECKER.check, _CHECKER.hint, _CHECKER.show
progress = make_progress(CHAPTER)
