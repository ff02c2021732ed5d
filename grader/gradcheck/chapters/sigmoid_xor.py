"""Chapter 4: XOR, sigmoid in both layers, squared error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np

from gradcheck.autodiff.networks import network
from gradcheck.autodiff.program import Step, forward, replay
from gradcheck.call import Branch, Value
from gradcheck.chapters.procedures.accuracy import accuracy_exercise
from gradcheck.chapters.procedures.train import train_exercise
from gradcheck.chapters.two_layers import SIZES, forward_exercise, gradients_exercise
from gradcheck.comparison.extraction import describe_form, numbers
from gradcheck.diagnosis.messages import join_names
from gradcheck.display.checker import Checker
from gradcheck.display.progress_panel import make_progress
from gradcheck.exercises.answer_exercise import AnswerExercise
from gradcheck.exercises.chapter import Chapter
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import Extreme, GraphExercise, InputDrawing, Signature
from gradcheck.exercises.stand_ins import activation_stand_in, slope_stand_in
from gradcheck.judging.answers import AnswerScore, score_entries

NET = network("sigmoid", "sigmoid")
ONE_NEURON = (Step("z", "affine", ("X", "w", "b")), Step("a", "sigmoid", ("z",)))

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
IS_ONE_ON = CORNERS.sum(axis=1) == 1

MOST_OF_ONE = 3
"""More corners than this no single neuron puts right."""

SEEDS = range(20)
RATE, EPOCHS, LOOKS = 2.0, 2500, 5
"""How the text trains: so many epochs, and after each fifth of them it looks whether all corners are right."""
SHARES = {2: 2 / 3, 3: 1 / 6, 4: 1 / 6}
"""Hidden units -> share of the points: with two units some starts fail, and that cannot be guessed."""


def _saturates(a: np.ndarray) -> bool:
    """Tell whether a is the sigmoid of (-1000, 1000, 0)."""
    return a.shape == (3, 1) and bool(np.allclose(a.ravel(), (0.0, 1.0, 0.5), rtol=0, atol=1e-9))


def _nearly_saturates(a: np.ndarray) -> str:
    """Name a limit that keeps the answer away from 0 and 1."""
    near = a.shape == (3, 1) and bool(np.allclose(a.ravel(), (0.0, 1.0, 0.5), rtol=0, atol=0.05))
    return "approximation-too-coarse" if near else ""


def _one_neuron(value: Value) -> AnswerScore:
    """Run the neuron on the four corners and count."""
    parameters = numbers(value)
    if parameters is None or parameters.size != 3 or parameters.ndim != 1:
        return 0.0, Diagnosis("wrong-container", detail={"got": describe_form(value), "want": "a tuple (w1, w2, b)"})
    given = {"X": CORNERS, "w": parameters[:2], "b": parameters[2]}
    right = int(np.sum((forward(ONE_NEURON, given)["a"] > 0.5) == IS_ONE_ON))
    if right >= MOST_OF_ONE:
        return 1.0, None
    return 0.0, Diagnosis("prediction-differs", f"the number of corners: run as a neuron, it puts {right} of 4 right")


@lru_cache
def solved_starts(h: int) -> frozenset[int]:
    """Train all starts with ``h`` hidden units; return the seeds that come to solve XOR.

    The starts stand side by side in one network, which has an output for each: weights between different starts
    stay 0, so none of them learns of another.
    """
    count = len(SEEDS)
    W1, b1, W2, b2 = zip(*(_start(h, seed) for seed in SEEDS), strict=True)
    own = np.kron(np.eye(count), np.ones((h, 1)))
    params = {"W1": np.hstack(W1), "b1": np.hstack(b1), "W2": own * np.vstack(W2), "b2": np.hstack(b2)}
    data = {"X": CORNERS, "Y": np.repeat(IS_ONE_ON[:, None] * 1.0, count, axis=1)}
    solved = np.zeros(count, dtype=bool)
    for epoch in range(1, EPOCHS + 1):
        moved = replay(NET, data | params, frozenset(data))
        params = {name: p - RATE * count * moved["d" + name] for name, p in params.items()}  # J is a mean over all
        params["W2"] = own * params["W2"]
        if epoch % (EPOCHS // LOOKS) == 0:
            says_yes = forward(NET, data | params)["A2"] > 0.5
            solved |= np.all(says_yes == IS_ONE_ON[:, None], axis=0)
            if solved.all():
                break
    return frozenset(np.flatnonzero(solved).tolist())


def _start(h: int, seed: int) -> tuple[np.ndarray, ...]:
    """Return W1, b1, W2 and b2 as the text draws them."""
    draw = np.random.default_rng(seed).uniform
    return tuple(draw(-1, 1, shape) for shape in ((2, h), (1, h), (h, 1), (1, 1)))


def _lists(value: Value) -> AnswerScore:
    """Hold each list of seeds against the starts themselves; the list for two units counts most."""
    fraction, diagnosis = score_entries(value, {str(h): _is_list_of(h) for h in SHARES})
    if diagnosis is None or diagnosis.mistake != "prediction-differs":
        return fraction, diagnosis
    wrong = diagnosis.where.split(", ")
    fraction = sum(share for h, share in SHARES.items() if str(h) not in wrong)
    entries = dict(zip(value.keys, value.items, strict=True)) if isinstance(value, Branch) else {}
    no_lists = [h for h in wrong if (seeds := numbers(entries[h])) is None or seeds.ndim != 1]
    if no_lists:
        detail = {"got": f"{describe_form(entries[no_lists[0]])} for {no_lists[0]}", "want": "a list of seeds"}
        return fraction, Diagnosis("wrong-container", detail=detail)
    return fraction, replace(diagnosis, where=f"the seeds for {join_names(wrong)} hidden units")


def _is_list_of(h: int) -> Callable[[Value], bool]:
    """Return a test: the entry holds exactly the seeds that solve XOR with ``h`` hidden units."""

    def test(value: Value) -> bool:
        seeds = numbers(value)
        return seeds is not None and seeds.ndim == 1 and set(seeds.tolist()) == solved_starts(h)

    return test


def _is_small_slope(slope: np.ndarray) -> bool:
    return bool(np.allclose(slope, [[1e-9, 0.1875], [0.0, 0.0]], rtol=1e-3, atol=1e-14))


CHAPTER = Chapter(
    "04-sigmoid-xor",
    (
        GraphExercise(
            "sigmoid",
            3,
            (Step("a", "sigmoid", ("z",)),),
            Signature(("z",), {"a": "a"}),
            InputDrawing(
                {"z": "m h"}, sizes=SIZES, integer_leaves=frozenset({"z"}), alternate_shapes=({"z": ""}, {"z": "m h 2"})
            ),
            stand_in=activation_stand_in("sigmoid"),
            extremes=(
                Extreme(
                    "the answer far from zero",
                    (np.array([[-1000.0], [1000.0], [0.0]]),),
                    _saturates,
                    "At z = -1000 and 1000 it must be 0 and 1.",
                    _nearly_saturates,
                ),
                Extreme(
                    "the answer far from zero",
                    (np.array([[1000.0, 0.5], [-1000.0, -1000.0]]),),
                    lambda a: a.shape == (2, 2) and bool(np.allclose(a, [[1.0, 0.62245933], [0.0, 0.0]], atol=1e-6)),
                    "Each entry is treated by itself: at z = 0.5 it is 0.622, whatever the other entries are.",
                ),
            ),
            words={
                "approximation-too-coarse": {
                    "question": "Which number is typed in where the formula of the text has none, or has e?",
                    "look": "Look at every number in your lines: a limit, or digits in place of e.",
                }
            },
        ),
        GraphExercise(
            "sigmoid_deriv",
            3,
            (Step("a", "sigmoid", ("z",)), Step("S", "total", ("a",))),
            Signature(("a",), {"slope": "dz"}),
            InputDrawing({"z": "m h"}, sizes=SIZES, alternate_shapes=({"z": ""},)),
            stand_in=slope_stand_in("sigmoid", of_activation=True),
            extremes=(
                Extreme(
                    "the slope where a is close to 0 or 1",
                    (np.array([[1e-9, 0.25], [0.0, 1.0]]),),
                    lambda slope: slope.shape == (2, 2) and _is_small_slope(slope),
                    "Where a is 0 or 1 the slope is 0, and beside it hardly more.",
                ),
                *(
                    Extreme(
                        "the slope where a is 0 or 1",
                        (end,),
                        lambda slope: slope.size == 1 and abs(float(slope.reshape(()))) < 1e-12,
                        "Where a is 0 or 1 the slope is 0, for a plain number too.",
                    )
                    for end in (0.0, 1.0)
                ),
            ),
        ),
        AnswerExercise(
            "one_neuron",
            2,
            _one_neuron,
            hints={
                "": (
                    "Which three corners could lie on the right sides of one straight border?",
                    "Draw the four corners and a line, then find numbers for which z is 0 on that line.",
                )
            },
        ),
        forward_exercise(3, NET),
        gradients_exercise("xor_net_grads", 9, NET, labels=True),
        train_exercise(5),
        accuracy_exercise(2),
        AnswerExercise(
            "solved_seeds",
            3,
            _lists,
            ("sigmoid", "sigmoid_deriv", "forward", "xor_net_grads", "train", "accuracy"),
            hints={
                "": (
                    "For which of the seeds 0 to 19 does `solves` return True? List the seeds, not their number.",
                    "Run `solves` for every seed, for 2, 3 and 4 hidden units.",
                )
            },
        ),
    ),
)

_CHECKER = Checker(CHAPTER)
check, hint, show = _CHECKER.check, _CHECKER.hint, _CHECKER.show
progress = make_progress(CHAPTER)
