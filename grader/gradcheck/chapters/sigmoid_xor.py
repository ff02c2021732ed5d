"""Chapter 4: XOR, sigmoid in both layers, squared error."""

from __future__ import annotations

from math import comb

import numpy as np

from gradcheck.autodiff.networks import network
from gradcheck.autodiff.program import Step
from gradcheck.call import Value
from gradcheck.chapters.procedures.accuracy import accuracy_exercise
from gradcheck.chapters.procedures.train import train_exercise
from gradcheck.chapters.two_layers import SIZES, forward_exercise, gradients_exercise
from gradcheck.display.checker import Checker
from gradcheck.exercises.answer_exercise import AnswerExercise
from gradcheck.exercises.chapter import Chapter
from gradcheck.exercises.graph_exercise import Extreme, GraphExercise, InputDrawing, Signature
from gradcheck.exercises.stand_ins import activation_stand_in, slope_stand_in
from gradcheck.judging.answers import AnswerScore, score_entries, score_number, within

NET = network("sigmoid", "sigmoid")

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
IS_ONE_ON = CORNERS.sum(axis=1) == 1

STARTS = 20
"""How many starts a learner trains for each size."""
SOLVED = {2: 0.796, 3: 0.981, 4: 0.998}
"""Hidden units -> share of starts that solve XOR, measured on 10,000 starts for each size.

Starts uniform in (-1, 1), rate 2 on the mean of half the squared errors, 2500 epochs. 1000 other starts
gave 0.790, 0.977 and 0.999.
"""
REFUSED = 1 / 2000
"""An honest answer is refused less often than this."""


def _saturates(a: np.ndarray) -> bool:
    """Tell whether a is the sigmoid of (-1000, 1000, 0)."""
    return a.shape == (3, 1) and bool(np.allclose(a.ravel(), (0.0, 1.0, 0.5), rtol=0, atol=1e-9))


def _best_of_one_neuron() -> float:
    """Draw lines in every direction, between any two corners: a neuron says yes on one side of its line."""
    best = 0.0
    for angle in np.arange(0.01, 2 * np.pi, 0.1):  # from 0.01 on, no two corners are level
        z = CORNERS @ (np.cos(angle), np.sin(angle))
        cuts = np.append(np.sort(z) - 1e-6, np.inf)
        best = max(best, *(float(np.mean((z > cut) == IS_ONE_ON)) for cut in cuts))
    return best


def _one_neuron(value: Value) -> AnswerScore:
    best = _best_of_one_neuron()
    return score_number(value, lambda answer: abs(answer - best) < 1e-6)


def _below(count: int, share: float) -> float:
    """Return the binomial probability that fewer than ``count`` of the starts are solved."""
    return sum(comb(STARTS, k) * share**k * (1 - share) ** (STARTS - k) for k in range(count))


def _fewest(share: float) -> int:
    """Return the largest count below which an honest answer falls too rarely to matter."""
    return max(count for count in range(STARTS + 1) if _below(count, share) < REFUSED / len(SOLVED))


def _rates(value: Value) -> AnswerScore:
    """Hold each fraction against what chance allows; all starts solved is nowhere too rare to be refused."""
    return score_entries(value, {str(h): within(_fewest(share) / STARTS - 1e-9, 1.0) for h, share in SOLVED.items()})


CHAPTER = Chapter(
    "04-sigmoid-xor",
    (
        GraphExercise(
            "sigmoid",
            3,
            (Step("a", "sigmoid", ("z",)),),
            Signature(("z",), {"a": "a"}),
            InputDrawing({"z": "m h"}, sizes=SIZES, integer_leaves=frozenset({"z"}), alternate_shapes=({"z": ""},)),
            stand_in=activation_stand_in("sigmoid"),
            extremes=(
                Extreme(
                    "the answer far from zero",
                    (np.array([[-1000.0], [1000.0], [0.0]]),),
                    _saturates,
                    "At z = -1000 and 1000 it must be 0 and 1.",
                ),
            ),
        ),
        GraphExercise(
            "sigmoid_deriv",
            3,
            (Step("a", "sigmoid", ("z",)), Step("S", "total", ("a",))),
            Signature(("a",), {"slope": "dz"}),
            InputDrawing({"z": "m h"}, sizes=SIZES, alternate_shapes=({"z": ""},)),
            stand_in=slope_stand_in("sigmoid", of_activation=True),
        ),
        AnswerExercise(
            "one_neuron_best",
            2,
            _one_neuron,
            hints={
                "": (
                    "How many of the four corners can one line put right? A fraction from 0 to 1 is asked for.",
                    "Draw the four corners and try lines.",
                )
            },
        ),
        forward_exercise(3, NET),
        gradients_exercise("xor_net_grads", 9, NET, labels=True),
        train_exercise(5),
        accuracy_exercise(2),
        AnswerExercise(
            "success_rate",
            3,
            _rates,
            ("sigmoid", "sigmoid_deriv", "forward", "xor_net_grads", "train", "accuracy"),
            hints={
                "": (
                    "How many of the 20 starts solved XOR, and which fraction of 20 is that?",
                    "Run the experiment above for 2, 3 and 4 hidden units; three fractions are asked for.",
                )
            },
        ),
    ),
)

_CHECKER = Checker(CHAPTER)
check, hint, show = _CHECKER.check, _CHECKER.hint, _CHECKER.show
