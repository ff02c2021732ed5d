"""Chapter 7: three kinds of rows, mini-batches, momentum, when to stop, the rate, and a wrong gradient."""

from __future__ import annotations

from functools import cache

import numpy as np

from gradcheck.autodiff.networks import network
from gradcheck.autodiff.program import forward, replay
from gradcheck.call import Branch, Value
from gradcheck.chapters.gated_layer import draw_params, draw_rows, wrong_names
from gradcheck.chapters.procedures.early_stop import early_stop_exercise
from gradcheck.chapters.procedures.minibatches import minibatches_exercise
from gradcheck.chapters.procedures.momentum_step import momentum_step_exercise
from gradcheck.chapters.procedures.split_rows import split_rows_exercise
from gradcheck.comparison.extraction import describe_form, numbers
from gradcheck.display.checker import Checker
from gradcheck.display.progress_panel import make_progress
from gradcheck.exercises.answer_exercise import AnswerExercise
from gradcheck.exercises.chapter import Chapter
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.judging.answers import AnswerScore, in_a_container, says, score_entries, unknown_words

NET = network("sigmoid", "sigmoid", loss="cross_entropy")

RATES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
"""The sweep of the text."""
EPOCHS, TRAINED, VALIDATED = 50, 60, 100
"""Epochs of one try; rows for training, and after them rows for validation."""
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
def cost_after(lr: float, epochs: int = EPOCHS) -> float:
    """Return the cost of the validation rows after ``epochs`` steps from all training rows."""
    values = {name: rows[:TRAINED] for name, rows in ROWS.items()} | START
    held = slice(TRAINED, TRAINED + VALIDATED)
    with np.errstate(all="ignore"):  # a rate that is far too large may leave the floats
        for _ in range(epochs):
            moved = replay(NET, values, frozenset({"X", "Y"}))
            values |= {name: values[name] - lr * moved["d" + name] for name in START}
        return float(forward(NET, values | {name: rows[held] for name, rows in ROWS.items()})["J"])


SAME_COST = 0.002
"""How close a number is to the lowest cost that was taken from a picture or a printed line."""
COST_FOR_RATE = "That is the lowest cost of the sweep; the rate that leads to it is asked for."


def _best_rate(value: Value) -> AnswerScore:
    """Run the rate and hold its cost against the lowest of the sweep."""
    array = numbers(value)
    if array is None or array.size != 1:
        return 0.0, Diagnosis("wrong-container", detail={"got": describe_form(value), "want": "one number"})
    lr = float(array.reshape(()))
    if not 0 < lr < np.inf:
        return 0.0, Diagnosis("prediction-differs", "the rate: it has to be a number above 0")
    lowest = np.nanmin([cost_after(rate) for rate in RATES])
    if cost_after(lr) <= (TOLERANCE + ROUNDING) * lowest:
        return in_a_container(value, "one number")
    if abs(lr - lowest) < SAME_COST:
        return 0.0, Diagnosis("other-quantity-returned", "the number that you found", detail={"seen": COST_FOR_RATE})
    end = f"at {cost_after(lr):.4f}" if np.isfinite(cost_after(lr)) else "where numbers end"
    reached = f"your rate ends {end}, and another rate of the sweep ends more than 5 percent lower"
    return 0.0, Diagnosis("prediction-differs", f"the cost: {reached}")


USES = {"step": "training", "stop": "validation", "rate": "validation", "report": "test"}
"""What rows are used for, and which rows are for it: those that decide are neither learned from nor reported on."""


def _rows_for(value: Value) -> AnswerScore:
    """Count the entries that fit; which ones they are is not said, as every entry has only three values."""
    fraction, diagnosis = score_entries(
        value, {use: says(rows, f"{rows} rows") for use, rows in USES.items()}, "one name for each"
    )
    if diagnosis is None or diagnosis.mistake != "prediction-differs":
        return fraction, diagnosis
    wrong = round((1 - fraction) * len(USES))
    where = f"{wrong} of the {len(USES)} entries"
    kinds = tuple(dict.fromkeys(USES.values()))
    detail = {}
    if unknown_words(value, {*kinds, *(f"{rows} rows" for rows in kinds)}):
        detail["seen"] = (
            f"{wrong} of the {len(USES)} entries are not right. Each is one of the words {', '.join(kinds)}."
        )
    return (0.5 if wrong == 1 else 0.0), Diagnosis("prediction-differs", where, detail=detail)


@cache
def _bugs() -> tuple[str, ...]:
    return tuple(wrong_names(draw_rows(), draw_params()))


def _find_the_bug(value: Value) -> AnswerScore:
    """Measure every gradient of the text's function and look for the one that is named."""
    want = 'the name of one parameter, such as "V"'
    only = value.items[0] if isinstance(value, Branch) and len(value.items) == 1 and value.type != "dict" else value
    if isinstance(only, Branch) or not only.text or only.type not in ("str", "str_"):
        return 0.0, Diagnosis("wrong-container", detail={"got": describe_form(value), "want": want})
    if says(*_bugs())(only):
        return in_a_container(value, want)
    if says(*(f"d{name}" for name in _bugs()))(only):
        return 0.5, Diagnosis("wrong-container", half=True, detail={"got": "the name of its gradient", "want": want})
    return 0.0, Diagnosis("prediction-differs", "the name")


def _answers() -> tuple[AnswerExercise, ...]:
    return (
        AnswerExercise(
            "best_rate",
            4,
            _best_rate,
            ("minibatches",),
            hints={
                "": (
                    "At which rate of your sweep is the validation cost lowest, and how near must yours be?",
                    "Run the sweep again and compare the costs at its end.",
                )
            },
        ),
        AnswerExercise(
            "rows_for",
            2,
            _rows_for,
            hints={
                "": (
                    "Suppose that a row has already helped to decide something. Can its cost still surprise you?",
                    "Go through the four uses in the order in which they happen: which rows are still untouched?",
                )
            },
        ),
        AnswerExercise(
            "find_the_bug",
            3,
            _find_the_bug,
            hints={
                "": (
                    "Compare each gradient with its measurement: how large is the difference beside the gradient?",
                    "Most differences are a millionth of the gradient or less. Look for one that is not.",
                )
            },
        ),
    )


CHAPTER = Chapter(
    "07-training-in-practice",
    (split_rows_exercise(4), minibatches_exercise(6), momentum_step_exercise(5), early_stop_exercise(6), *_answers()),
)

_CHECKER = Checker(CHAPTER)
check, hint, show = _CHECKER.check, _CHECKER.hint, _CHECKER.show
progress = make_progress(CHAPTER)
