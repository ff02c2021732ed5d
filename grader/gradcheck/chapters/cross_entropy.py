"""Chapter 5: a loss for probabilities, the sigmoid and softmax."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from gradcheck.autodiff.networks import network
from gradcheck.autodiff.program import Step, forward
from gradcheck.call import Value
from gradcheck.chapters.procedures.surprisal import surprisal_exercise
from gradcheck.chapters.two_layers import gradients_exercise
from gradcheck.display.checker import Checker
from gradcheck.display.progress_panel import make_progress
from gradcheck.exercises.answer_exercise import AnswerExercise
from gradcheck.exercises.chapter import Chapter
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import Extreme, GraphExercise, InputDrawing, Signature
from gradcheck.exercises.stand_ins import activation_stand_in, out_delta_stand_in
from gradcheck.judging.answers import AnswerScore, differs, score_number

BCE = (Step("L", "cross_entropy", ("A", "Y")), Step("J", "mean", ("L",)))
OUT_DELTA = (Step("A2", "sigmoid", ("Z2",)), Step("L", "cross_entropy", ("A2", "Y")), Step("J", "mean", ("L",)))
CLASSES = (Step("P", "softmax", ("Z",)), Step("L", "class_cross_entropy", ("P", "Y")), Step("J", "mean", ("L",)))
COLUMNS = ({"m": 5}, {"m": 3}, {"m": 7})
TABLES = ({"m": 5, "k": 3}, {"m": 3, "k": 4}, {"m": 7, "k": 2})
"""Sizes of one output, and of k classes."""

_CANCELS = "How many activations lie between z and the loss, and does one of their slopes cancel?"
_TWO_LINKS = (
    "Which two links lead from L back to z? Is the first one that of the cross-entropy, or that of the squared error?"
)
_ADDS_UP = {"question": "What must each row of the result add up to? Over which axis do you add?"}
COST_WORDS = {
    "examples-not-summed": {"question": "The cost is one number for all examples. How do you get it from their losses?"}
}
DELTA_WORDS = {
    "extra-output-slope": {
        "seen": "{where} is the delta of half the squared error, not that of the cross-entropy.",
        "question": _CANCELS,
    },
    "output-slope-missing": {"question": _TWO_LINKS},
}
NET_WORDS = {"extra-output-slope": {"question": _CANCELS}, "output-slope-missing": {"question": _TWO_LINKS}}
CLASS_WORDS = {
    **NET_WORDS,
    "z-for-a": {
        "question": "Which of your arrays has rows that sum to 1, and where is it used?",
        "again": "the link from the probabilities P back to the scores Z",
    },
    "output-slope-missing": {
        "seen": "What softmax_delta returns stops at the probabilities: the slope of the softmax is not in it.",
        "question": "Which two links lead from L back to Z? Which of them is in your line, and which is not?",
        "again": "the link from the probabilities P back to the scores Z",
    },
}
SOFTMAX_WORDS = {
    "wrong-axis": {"seen": "The sums run along the wrong axis.", **_ADDS_UP},
    "summed-over-too-much": {"seen": "Scores that should stay apart were added together.", **_ADDS_UP},
    "forward-activation-wrong": {"seen": "What softmax returns is not the softmax of the scores.", **_ADDS_UP},
    "": _ADDS_UP,
}
CHANCE_OFF = 0.001
"""How far an answer may be from the cost at chance: what three decimals leave open."""


def cost_at_chance() -> float:
    """Run a network that says one half to everything, and return its cost."""
    labels = np.array([[0.0], [1.0], [1.0], [0.0]])
    return float(forward(BCE, {"A": np.full_like(labels, 0.5), "Y": labels})["J"])


def _chance_cost(value: Value) -> AnswerScore:
    return score_number(value, lambda cost: abs(cost - cost_at_chance()) <= CHANCE_OFF, _say_of_chance)


ROUNDING = 1e-4
"""What single precision leaves of a slope at scores of 1000."""
CUT = 0.02
"""How far a slope may be from the true one where predictions were kept a little away from 0 and 1."""
COARSE = "approximation-too-coarse"
CORNERS = 4
"""The examples of XOR, over which a learner may add up."""
ROUNDED = "That is right as far as it goes: it needs more decimals."
OTHER_BASE = "That is the cost with a logarithm to another base."
ADDED_UP = "That is the loss of one example four times over: a sum, and no average."


def _say_of_chance(cost: float) -> Diagnosis:
    """Say what is wrong with a cost: that it was rounded, or that it belongs to another network."""
    if any(abs(cost - round(cost_at_chance(), decimals)) < 1e-9 for decimals in (1, 2)):
        return Diagnosis("decimals-lost", "the number that you found", detail={"seen": ROUNDED})
    if abs(cost - CORNERS * cost_at_chance()) <= CORNERS * CHANCE_OFF:
        return Diagnosis("sum-not-mean", "the number that you found", detail={"seen": ADDED_UP})
    if abs(cost - 2 * cost_at_chance()) <= 2 * CHANCE_OFF:
        return Diagnosis("factor-two", "the number that you found")
    if abs(cost - cost_at_chance() / 2) <= CHANCE_OFF:
        return Diagnosis("half-kept", "the number that you found")
    if any(abs(cost - cost_at_chance() / np.log(base)) <= CHANCE_OFF for base in (2, 10)):
        return Diagnosis("other-loss", "the number that you found", detail={"seen": OTHER_BASE})
    if abs(cost + cost_at_chance()) <= CHANCE_OFF:
        return Diagnosis("sign-flipped", "the number that you found")
    return differs("That is not the cost of a network that says one half to everything.")


def _column(*values: float) -> np.ndarray:
    return np.array(values, dtype=float).reshape(-1, 1)


CERTAIN = _column(0, 1, 1, 0), _column(0, 1, 0, 1)
"""Predictions that are certain, and labels: right twice, then wrong twice."""
SURE_SCORES = (
    np.array([[1000.0, -1000.0, 0.0], [1000.0, -1000.0, 0.0], [1000.0, 900.0, 800.0]]),
    np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 1.0, 0.0]]),
)
"""Scores that are sure of the first class, and labels: right, then wrong twice."""
FAR_SCORES = np.array(
    [
        [-1000.0, 0.0, 1000.0],
        [1000.0, 1000.0, -1000.0],
        [-1000.0, -1000.0, -1000.0],
        [1000.0, 900.0, 800.0],
        [-1000.0, -900.0, -800.0],
    ]
)
"""In each row the largest scores are equal, or at least 100 above the others."""
LOW_SCORES = np.array([[-1000.0, -1000.0, -1000.0], [-1000.0, -1000.0, -900.0], [-850.0, -950.0, -950.0]])
"""The same, with no score above 0."""
UNLIKE_SCORES = (
    np.array([[1000.0, 0.0, -1000.0], [-1000.0, -999.0, -1000.0], [0.5, -0.5, 0.0], [-990.0, -1000.0, -991.0]]),
    np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]),
)
"""Scores of which one row lies far below another, and labels."""
LOW_AND_LABELS = LOW_SCORES, np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])


def _large_where_wrong(j: np.ndarray) -> bool:
    """Tell whether the cost of a certain and wrong prediction is finite and large."""
    return j.size == 1 and bool(np.all(np.isfinite(j)) and np.all(j > 5.0))


def _name_of_cost(j: np.ndarray) -> str:
    """Name what makes the cost of certain and wrong predictions too small: a limit, or examples that do not count."""
    if j.size != 1:
        return ""
    cost = float(j.reshape(()))
    return COARSE if 1 < cost < 5 else "examples-left-out" if cost == 0 else ""


def _small_where_right(j: np.ndarray) -> bool:
    """Tell whether the cost of certain and right predictions is finite and about zero."""
    return j.size == 1 and bool(np.all(np.isfinite(j)) and np.all(np.abs(j) < 1e-3))


def _matches_differences(
    slope: np.ndarray, cost: Callable[[np.ndarray], float], z: np.ndarray, room: float = 1e-6
) -> bool:
    """Hold slopes against central differences of ``cost`` at scores where a prediction is exactly 0 or 1."""
    nudges = 0.01 * np.eye(z.size).reshape(-1, *z.shape)
    true = np.array([(cost(z + nudge) - cost(z - nudge)) / 0.02 for nudge in nudges]).reshape(z.shape)
    return slope.shape == true.shape and bool(np.allclose(slope, true, rtol=0, atol=room))


def _is_slope_where_certain(slope: np.ndarray, room: float = 1e-6) -> bool:
    a, y = CERTAIN
    z = np.where(a == 1, 40.0, -40.0)  # there a sigmoid is 0 or 1 to the last digit
    return _matches_differences(slope, lambda z: np.mean(np.logaddexp(0.0, z) - y * z), z, room)


def _is_class_slope(scores: tuple[np.ndarray, np.ndarray], slope: np.ndarray, room: float = 1e-6) -> bool:
    z, y = scores
    cost = lambda z: np.mean(np.logaddexp.reduce(z, axis=1) - np.sum(y * z, axis=1))
    return _matches_differences(slope, cost, z, room)


def _name_of_class_slope(scores: tuple[np.ndarray, np.ndarray], slope: np.ndarray) -> str:
    return COARSE if _is_class_slope(scores, slope, CUT) else ""


def _is_shared(scores: np.ndarray, p: np.ndarray) -> bool:
    """Tell whether p is the softmax of far scores: all for the largest, and equal shares of equal scores."""
    equal = scores.max(axis=1, keepdims=True) == scores
    return p.shape == equal.shape and bool(np.allclose(p, equal / equal.sum(axis=1, keepdims=True), rtol=0, atol=1e-6))


def _rows_of(p: np.ndarray) -> str:
    """Say so where rows of probabilities do not add up to 1."""
    off = p.ndim == 2 and not np.allclose(p.sum(axis=1), 1.0, rtol=0, atol=1e-3)
    return "The rows do not add up to 1." if off else ""


_SURE = "the cost where a prediction is certain (0 or 1)"
CHAPTER = Chapter(
    "05-cross-entropy",
    (
        surprisal_exercise(2),
        GraphExercise(
            "bce_cost",
            4,
            (Step("A", "sigmoid", ("Z",)), *BCE),
            Signature(("A", "Y"), {"J": "J"}),
            InputDrawing(
                {"Z": "m 1", "Y": "m 1"}, notebook_sizes={"m": 4}, sizes=COLUMNS, label_leaves=frozenset({"Y"})
            ),
            extremes=(
                Extreme(
                    _SURE,
                    (_column(0, 1), _column(1, 0)),
                    _large_where_wrong,
                    "Where predictions are 0 or 1 and wrong, J must be finite and above 5.",
                    _name_of_cost,
                ),
                Extreme(
                    _SURE,
                    (_column(0, 1), _column(0, 1)),
                    _small_where_right,
                    "Where predictions are 0 or 1 and right, J must be finite and about 0.",
                ),
                Extreme(
                    _SURE,
                    (np.array([[0], [1]]), np.array([[1], [0]])),
                    _large_where_wrong,
                    "Where predictions are the whole numbers 0 and 1 and wrong, J must be finite and above 5.",
                    _name_of_cost,
                ),
                Extreme(
                    _SURE,
                    (_column(1, 0.3, 0.6, 0), _column(1, 0, 1, 0)),
                    lambda J: J.size == 1 and abs(float(J.reshape(())) + np.log(0.7 * 0.6) / 4) < 1e-3,
                    "Where some predictions are 0 or 1 and right, J is what the others make of it.",
                ),
            ),
            words=COST_WORDS,
        ),
        AnswerExercise(
            "chance_cost",
            2,
            _chance_cost,
            ("surprisal", "bce_cost"),
            hints={
                "": (
                    "Which probability does such a network give to the right answer, whatever the target is?",
                    "Put outputs of one half into `bce_cost`, with any targets. Give at least three decimals.",
                )
            },
        ),
        GraphExercise(
            "bce_out_delta",
            6,
            OUT_DELTA,
            Signature(("A2", "Y"), {"dZ2": "dZ2"}),
            InputDrawing(
                {"Z2": "m 1", "Y": "m 1"}, notebook_sizes={"m": 4}, sizes=COLUMNS, label_leaves=frozenset({"Y"})
            ),
            extremes=(
                Extreme(
                    "the slope where a prediction is certain (0 or 1)",
                    CERTAIN,
                    _is_slope_where_certain,
                    "Where predictions are exactly 0 or 1, the slope must come out as well.",
                    lambda slope: COARSE if _is_slope_where_certain(slope, CUT) else "",
                ),
            ),
            stand_in=out_delta_stand_in(),
            words=DELTA_WORDS,
        ),
        replace(
            gradients_exercise("bce_net_grads", 6, network("sigmoid", "sigmoid", loss="cross_entropy"), labels=True),
            words=NET_WORDS,
        ),
        GraphExercise(
            "softmax",
            4,
            (Step("P", "softmax", ("Z",)), Step("S", "total", ("P",))),
            Signature(("Z",), {"P": "P"}),
            InputDrawing({"Z": "m k"}, notebook_sizes={"m": 4, "k": 3}, sizes=TABLES, integer_leaves=frozenset({"Z"})),
            extremes=(
                *(
                    Extreme(
                        "the answer far from zero",
                        (scores,),
                        partial(_is_shared, scores),
                        "Far out, as at 1000 and 900, a row must sum to 1, and its largest score gets all of it.",
                    )
                    for scores in (FAR_SCORES, LOW_SCORES)
                ),
            ),
            stand_in=activation_stand_in("softmax"),
            words=SOFTMAX_WORDS,
            remark=_rows_of,
        ),
        GraphExercise(
            "softmax_delta",
            6,
            CLASSES,
            Signature(("Z", "Y"), {"dZ": "dZ"}),
            InputDrawing(
                {"Z": "m k", "Y": "m k"},
                notebook_sizes={"m": 4, "k": 3},
                sizes=TABLES,
                integer_leaves=frozenset({"Z"}),
                label_leaves=frozenset({"Y"}),
                one_hot_leaves=frozenset({"Y"}),
                large={"m": 3000, "k": 20},
            ),
            extremes=(
                *(
                    Extreme(
                        "the slope where a probability is exactly 0 or 1",
                        scores,
                        partial(_is_class_slope, scores, room=ROUNDING),
                        "At scores of -1000 and 1000 the slope must come out as well.",
                        partial(_name_of_class_slope, scores),
                    )
                    for scores in (SURE_SCORES, UNLIKE_SCORES, LOW_AND_LABELS)
                ),
            ),
            words=CLASS_WORDS,
        ),
    ),
)

_CHECKER = Checker(CHAPTER)
check, hint, show = _CHECKER.check, _CHECKER.hint, _CHECKER.show
progress = make_progress(CHAPTER)
