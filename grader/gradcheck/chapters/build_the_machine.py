"""Chapter 8: reverse mode on arrays, with a tape of plain data."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from gradcheck.autodiff.networks import network
from gradcheck.autodiff.program import Step
from gradcheck.call import Code, Value
from gradcheck.caller import Caller
from gradcheck.chapters.procedures.unbroadcast import unbroadcast_exercise
from gradcheck.chapters.procedures.walk_back import walk_back_exercise
from gradcheck.chapters.two_layers import gradients_exercise
from gradcheck.display.checker import Checker
from gradcheck.display.progress_panel import make_progress
from gradcheck.exercises.answer_exercise import AnswerExercise
from gradcheck.exercises.chapter import Chapter
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import Extreme, GraphExercise, InputDrawing, Signature
from gradcheck.exercises.machine_stand_ins import matmul_back_stand_in, relu_back_stand_in, times_back_stand_in
from gradcheck.judging.answers import AnswerScore, differs, score_number

SIZES = ({"m": 5, "n": 3, "h": 4}, {"m": 3, "n": 4, "h": 2}, {"m": 7, "n": 2, "h": 3})
VIEW = {"m": 4, "n": 2, "h": 3}
GIVEN = frozenset({"G"})
_ROWS = {
    "question": "Does this operation, by itself, average anything or count its rows?",
    "look": "Look for the line that divides or multiplies by a number of rows or columns.",
}
RULE_WORDS = {
    "averaged-twice": {"seen": "{where} is too small by the number of rows.", **_ROWS},
    "sum-not-mean": {"seen": "{where} is too large by the number of rows.", **_ROWS},
    "divided-by-wrong-count": {"seen": "{where} is divided by a number of rows or columns.", **_ROWS},
    "sign-flipped": {"question": "If an entry of the input rises, does the output of this operation rise or fall?"},
    "factor-two": {"question": "Does the slope of this operation hold a two?"},
    "half-kept": {"question": "Does the slope of this operation hold a half?"},
    "upstream-missing": {
        "seen": "{where} is the slope of this operation alone.",
        "question": "What does `G` say, and how does your answer change when `G` doubles?",
        "look": "Look at what your answer does with `G`.",
    },
}
RELU_WORDS = {
    **RULE_WORDS,
    "mask-from-wrong-array": {
        "seen": "The on/off pattern does not come from `A` alone, entry by entry.",
        "question": "Who decides whether an entry is let through: what went into the ReLU, or what comes back?",
    },
    "relu-mask-missing": {
        "seen": "{where} is `G` itself, as if there were no ReLU.",
        "question": "When an entry of `A` is negative, can it still change the output?",
    },
    "mask-inverted": {
        "seen": "Entries that a ReLU shuts are let through, and the others are not.",
        "question": "For which entries of `A` does a ReLU let a change through?",
    },
    "closed-units-leak": {
        "seen": "Something comes through where `A` is negative.",
        "question": "How steep is a ReLU where `A` is -2?",
    },
    "wrong-slope": {
        "seen": "The slope that is used is not that of a ReLU.",
        "question": "How steep is a ReLU where `A` is -2, and how steep where it is 2?",
    },
}
OUTPUT = {"C": "the output"}
"""The operations of the machine have an output without a name."""
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
    return score_number(value, lambda told: abs(told - slope) < 1e-6, _say_of)


def _say_of(told: float) -> Diagnosis:
    """Say what a wrong number for the weight that is used twice is, where that can be told."""
    miss = SHARED["w"] * (SHARED["x1"] + SHARED["x2"]) + SHARED["b"] - SHARED["y"]
    paths = miss * SHARED["x1"], miss * SHARED["x2"]
    if told in paths:
        return Diagnosis("reuse-overwritten", detail={"seen": "That is what comes over one path alone."})
    if -told in paths:
        return differs("That is what comes over one path alone, with the opposite sign.")
    if told == -sum(paths):
        return Diagnosis("sign-flipped", "the number that you found")
    if told == 2 * miss * SHARED["w"]:
        return Diagnosis("wrong-factor", "both paths")
    if told == SHARED["x1"] + SHARED["x2"]:
        return Diagnosis("upstream-missing", "the number that you found")
    if told in (paths[0] - paths[1], paths[1] - paths[0]):
        return differs("In one of the two paths the sign is wrong.")
    return differs("That is not the slope of L against w.")


def _last_row(caller: Caller, args: tuple) -> Diagnosis | None:
    """Say so where the walk begins at something else than one number: a walk that stops at once shows the shape."""
    stopped = Code("lambda tape, back: {}[np.shape(tape[-1][0])]")
    outcome = caller.call("machine_grads", args, {"walk_back": stopped})
    shape = outcome.raised.message if outcome.raised else ""
    if "walk_back" not in outcome.called or not re.fullmatch(r"\(\d[\d, ]*\)", shape):
        return None
    words = {
        "seen": f"The last row of the tape has the shape {shape}; the walk has to begin at one number.",
        "question": "Which row must be the last one when the walk begins? Was the cost written?",
        "look": "Print the shape of the last value on the tape, just before the walk.",
    }
    return Diagnosis(detail=words)


def _far_out(slopes: np.ndarray, at: np.ndarray) -> Extreme:
    """Return the call that shows a limit on what comes in or goes out; ``slopes`` are those of the operation."""
    G = np.array([[2.0, -3.0]])
    is_right = lambda got: got.shape == G.shape and bool(np.allclose(got, G * slopes, rtol=1e-3, atol=0))
    where = " and ".join(f"{a:g}" for a in at.ravel())
    return Extreme("the slope far out", (G, at), is_right, f"At A = {where} the slope must come out as well.")


FAR_OUT = {
    "exp": _far_out(np.exp([[-12.0, 12.0]]), np.array([[-12.0, 12.0]])),
    "log": _far_out(np.array([[500.0, 0.0025]]), np.array([[0.002, 400.0]])),
}


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
        extremes=(FAR_OUT[operation],) if operation in FAR_OUT else (),
        words=RELU_WORDS if operation == "relu" else RULE_WORDS,
        spoken=OUTPUT,
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
                    {"A": "", "B": "m n"},
                    {"A": "", "B": "", "G": ""},
                ),
                large=LARGE,
            ),
            constants=GIVEN,
            stand_in=times_back_stand_in(),
            words=RULE_WORDS,
            spoken=OUTPUT,
        ),
        GraphExercise(
            "matmul_back",
            6,
            (Step("C", "matmul", ("A", "B")), Step("S", "dot", ("C", "G"))),
            Signature(("G", "A", "B"), {"dA": "dA", "dB": "dB"}, "tuple"),
            InputDrawing({"A": "m n", "B": "n h", "G": "m h"}, notebook_sizes=VIEW, sizes=SIZES, large=LARGE),
            constants=GIVEN,
            stand_in=matmul_back_stand_in(),
            words=RULE_WORDS,
            spoken=OUTPUT,
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
        replace(gradients_exercise("machine_grads", 5, network("relu", "identity"), labels=False), probe=_last_row),
    ),
)

_CHECKER = Checker(CHAPTER)
check, hint, show = _CHECKER.check, _CHECKER.hint, _CHECKER.show
progress = make_progress(CHAPTER)
