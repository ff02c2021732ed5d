"""Chapter 8: reverse mode on arrays, with a tape of plain data."""

from __future__ import annotations

from gradcheck.autodiff.networks import network
from gradcheck.autodiff.program import Step
from gradcheck.call import Value
from gradcheck.chapters.procedures.unbroadcast import unbroadcast_exercise
from gradcheck.chapters.procedures.walk_back import walk_back_exercise
from gradcheck.chapters.two_layers import gradients_exercise
from gradcheck.display.checker import Checker
from gradcheck.display.progress_panel import make_progress
from gradcheck.exercises.answer_exercise import AnswerExercise
from gradcheck.exercises.chapter import Chapter
from gradcheck.exercises.graph_exercise import GraphExercise, InputDrawing, Signature
from gradcheck.exercises.machine_stand_ins import matmul_back_stand_in, relu_back_stand_in, times_back_stand_in
from gradcheck.judging.answers import AnswerScore, score_number

SIZES = ({"m": 5, "n": 3, "h": 4}, {"m": 3, "n": 4, "h": 2}, {"m": 7, "n": 2, "h": 3})
VIEW = {"m": 4, "n": 2, "h": 3}
GIVEN = frozenset({"G"})
LARGE = {"m": 200, "n": 300, "h": 3}
"""Loops in Python take a fraction of a second, differences far longer: every entry costs two products."""

SHARED = {"w": 7.0, "x1": 3.0, "x2": -4.0, "b": -2.0, "y": 8.0}
"""The numbers of the text: one weight that multiplies both inputs."""


def shared_loss(w: float) -> float:
    """Return the loss of the neuron of the text, whose weight w is used twice."""
    z = w * SHARED["x1"] + w * SHARED["x2"] + SHARED["b"]
    return 0.5 * (z - SHARED["y"]) ** 2


def _used_twice(value: Value) -> AnswerScore:
    slope = (shared_loss(SHARED["w"] + 0.5) - shared_loss(SHARED["w"] - 0.5)) / 1.0  # exact: it is a parabola
    return score_number(value, lambda told: abs(told - slope) < 1e-6)


def _rule_back(name: str, operation: str, points: float, *, positive: bool = False) -> GraphExercise:
    """Return the exercise of the backward rule of an operation that works entry by entry."""
    return GraphExercise(
        name,
        points,
        (Step("C", operation, ("A",)), Step("S", "dot", ("C", "G"))),
        Signature(("G", "A"), {"dA": "dA"}),
        InputDrawing(
            {"A": "m n", "G": "m n"},
            notebook_sizes=VIEW,
            sizes=SIZES,
            positive_leaves=frozenset({"A"} if positive else ()),
            alternate_shapes=({"A": "m", "G": "m"}, {"A": "", "G": ""}),
            large=LARGE,
        ),
        constants=GIVEN,
        stand_in=relu_back_stand_in() if operation == "relu" else None,
    )


CHAPTER = Chapter(
    "08-build-the-machine",
    (
        unbroadcast_exercise(5),
        GraphExercise(
            "times_back",
            5,
            (Step("C", "times", ("A", "B")), Step("S", "dot", ("C", "G"))),
            Signature(("G", "A", "B"), {"dA": "dA", "dB": "dB"}, "tuple"),
            InputDrawing(
                {"A": "m n", "B": "1 n", "G": "m n"},
                notebook_sizes=VIEW,
                sizes=SIZES,
                alternate_shapes=(
                    {"B": "m n"},
                    {"B": "n"},
                    {"A": "m 1"},
                    {"A": "n", "B": "m n"},
                    {"B": ""},
                    {"A": "", "B": "", "G": ""},
                ),
                large=LARGE,
            ),
            constants=GIVEN,
            stand_in=times_back_stand_in(),
        ),
        GraphExercise(
            "matmul_back",
            6,
            (Step("C", "matmul", ("A", "B")), Step("S", "dot", ("C", "G"))),
            Signature(("G", "A", "B"), {"dA": "dA", "dB": "dB"}, "tuple"),
            InputDrawing({"A": "m n", "B": "n h", "G": "m h"}, notebook_sizes=VIEW, sizes=SIZES, large=LARGE),
            constants=GIVEN,
            stand_in=matmul_back_stand_in(),
        ),
        _rule_back("relu_back", "relu", 2),
        _rule_back("exp_back", "exp", 2),
        _rule_back("log_back", "log", 2, positive=True),
        AnswerExercise(
            "used_twice",
            3,
            _used_twice,
            hints={
                "": (
                    "Over which two paths does a nudge of w reach L, and what does each of them contribute?",
                    "Walk back by hand from L to the miss, from the miss to both products, from each product to w.",
                )
            },
        ),
        walk_back_exercise(10),
        gradients_exercise("machine_grads", 5, network("relu", "identity"), labels=False),
    ),
)

_CHECKER = Checker(CHAPTER)
check, hint, show = _CHECKER.check, _CHECKER.hint, _CHECKER.show
progress = make_progress(CHAPTER)
