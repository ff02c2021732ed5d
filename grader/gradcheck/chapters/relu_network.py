"""Chapter 3: two layers, ReLU, vectorised."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from gradcheck.autodiff.networks import network
from gradcheck.autodiff.program import Step, forward, replay
from gradcheck.call import Branch, Leaf, Value
from gradcheck.chapters.two_layers import LEAVES, PARAMETERS, SIZES, VIEW, forward_exercise, gradients_exercise
from gradcheck.comparison.extraction import describe_form, is_yes_or_no, numbers
from gradcheck.display.checker import Checker
from gradcheck.display.progress_panel import make_progress
from gradcheck.exercises.answer_exercise import AnswerExercise
from gradcheck.exercises.chapter import Chapter
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import Extreme, GraphExercise, InputDrawing, Signature
from gradcheck.exercises.stand_ins import (
    activation_stand_in,
    hidden_delta_stand_in,
    layer_stand_in,
    out_delta_stand_in,
    slope_stand_in,
)
from gradcheck.judging.answers import AnswerScore, score_entries

NET = network("relu", "identity")

UNIT = {"W1": np.array([[7.0], [1.5]]), "b1": np.array([[-2.0]])}
"""The unit that the text of ``switched_off`` names: chapter 1's neuron, behind a ReLU."""
SIZES_TOLD = "These are the sizes of one data set, and the letters m, n and h are asked for: they fit every one."
NEW_X = np.array([[1.0, -4.0], [0.0, 0.0], [0.0, 2.0], [-1.0, 8.0], [-2.0, 1.0], [2.0, -7.0]])
"""The examples that arrive in the text of ``switched_off``."""


def _shapes(value: Value) -> AnswerScore:
    sizes = {**SIZES[0], "1": 1}  # all different, so a length tells its letter
    leaves = {**LEAVES, "Y": "m 1"}
    env = replay(NET, {name: np.ones([sizes[k] for k in spec.split()]) for name, spec in leaves.items()})
    letter = {size: name for name, size in sizes.items()}
    names = ("Z1", "A1", "Z2", "A2", *(f"d{parameter}" for parameter in PARAMETERS))
    if (read := _read_strings(value)) is not None:
        fraction, wrong = _shapes(read)
        detail = {"got": "a string for each shape", "want": 'a tuple of letters for each shape, such as ("m", "n")'}
        return fraction / 2, wrong or Diagnosis("wrong-container", half=True, detail=detail)
    told = score_entries(value, {name: _reads(*(letter[size] for size in env[name].shape)) for name in names})
    if told[1] and told[1].mistake == "prediction-differs" and _holds_sizes(value):
        return told[0], Diagnosis("tied-to-visible-data", detail={"seen": SIZES_TOLD})
    return told


def _read_strings(value: Value) -> Value | None:
    """Return a dict whose shapes are strings such as "(m, n)" with tuples in their place; None for any other value."""
    if not isinstance(value, Branch) or value.type != "dict" or not value.items:
        return None
    if any(isinstance(item, Branch) for item in value.items):
        return None
    texts = [re.findall(r"\w+", getattr(item, "text", "")) for item in value.items]
    rows = tuple(Branch("tuple", (), tuple(Leaf("str", text=letter) for letter in text)) for text in texts)
    return Branch("dict", value.keys, rows)


def _holds_sizes(value: Value) -> bool:
    """Tell whether some shape is given in numbers: a 1 is a letter as well."""
    rows = [row for row in value.items if isinstance(row, Branch)] if isinstance(value, Branch) else []
    texts = [getattr(item, "text", "").strip() for row in rows for item in row.items]
    return any(text.isdigit() and text != "1" for text in texts)


def _reads(*letters: str) -> Callable[[Value], bool]:
    """Return a test: the entry is a tuple or a list of these letters; the number 1 is as good as "1"."""

    def test(value: Value) -> bool:
        return isinstance(value, Branch) and letters == tuple(
            getattr(item, "text", "").strip().lower() for item in value.items
        )

    return test


def _switched_off(value: Value) -> AnswerScore:
    env = forward(NET[:2], {"X": NEW_X, **UNIT})
    off = set(np.flatnonzero(env["Z1"][:, 0] <= 0))
    rows = numbers(value)
    if rows is None or rows.ndim == 0 or is_yes_or_no(value):
        got = "a yes or no for each example" if is_yes_or_no(value) else describe_form(value)
        return 0.0, Diagnosis("wrong-container", detail={"got": got, "want": "a list of numbers of examples"})
    given = set(rows.ravel().tolist())
    wrong = len(off ^ given)
    if not wrong:
        return 1.0, None
    open_ones = {"seen": "For these examples the unit is open."} if given == set(range(len(NEW_X))) - off else {}
    return (0.5 if wrong == 1 else 0.0), Diagnosis("prediction-differs", "the numbers of the list", detail=open_ones)


NEAR_AND_FAR = np.array([[1e-6, -1e-6], [1e4, -1e4]])
"""Weighted sums beside the bend of a ReLU, and far from it."""


def _bends_at_0(right: np.ndarray) -> Extreme:
    """Return the call that shows where a ReLU bends, and that it goes on."""
    is_right = lambda got: got.shape == right.shape and bool(np.allclose(got, right, rtol=1e-4, atol=1e-9))
    asked = "The bend is at 0: z = 0.000001 is above it."
    return Extreme("the answer close to 0", (NEAR_AND_FAR,), is_right, asked, half=False)


SUMS = InputDrawing(
    {"z": "m h"},
    notebook_sizes=VIEW,
    sizes=SIZES,
    integer_leaves=frozenset({"z"}),
    alternate_shapes=({"z": "m"}, {"z": "m n h"}),
)
"""How the weighted sums are drawn that an activation is applied to."""


CHAPTER = Chapter(
    "03-relu-network",
    (
        GraphExercise(
            "relu",
            1,
            (Step("a", "relu", ("z",)),),
            Signature(("z",), {"a": "a"}),
            SUMS,
            stand_in=activation_stand_in("relu"),
            extremes=(_bends_at_0(np.array([[1e-6, 0.0], [1e4, 0.0]])),),
        ),
        GraphExercise(
            "relu_deriv",
            2,
            (Step("a", "relu", ("z",)), Step("S", "total", ("a",))),
            Signature(("z",), {"slope": "dz"}),
            SUMS,
            stand_in=slope_stand_in("relu", of_activation=False),
            extremes=(_bends_at_0(np.array([[1.0, 0.0], [1.0, 0.0]])),),
        ),
        AnswerExercise(
            "shapes",
            3,
            _shapes,
            hints={
                "": (
                    "Which rows does this array have one of for each example, and which columns one of for each unit?",
                    "Write the shapes under each factor of a product; a gradient has the shape of its parameter.",
                )
            },
        ),
        forward_exercise(4, NET),
        GraphExercise(
            "out_delta",
            3,
            (Step("A2", "identity", ("Z2",)), Step("L", "half_square", ("A2", "Y")), Step("J", "mean", ("L",))),
            Signature(("A2", "Y"), {"dZ2": "dZ2"}),
            InputDrawing(
                {"Z2": "m 1", "Y": "m 1"},
                notebook_sizes={"m": 4},
                sizes=({"m": 5}, {"m": 3}, {"m": 7}),
                integer_leaves=frozenset({"Y"}),
            ),
            stand_in=out_delta_stand_in(),
        ),
        GraphExercise(
            "layer_grads",
            5,
            (Step("Z", "affine", ("A_prev", "W", "b")), Step("S", "dot", ("Z", "dZ"))),
            Signature(("A_prev", "dZ"), {"dW": "dW", "db": "db"}, "tuple"),
            InputDrawing(
                {"A_prev": "m n", "W": "n h", "b": "1 h", "dZ": "m h"},
                notebook_sizes=VIEW,
                sizes=SIZES,
                integer_leaves=frozenset({"A_prev"}),
            ),
            constants=frozenset({"A_prev"}),
            stand_in=layer_stand_in(),
        ),
        GraphExercise(
            "hidden_delta",
            5,
            (Step("A1", "relu", ("Z1",)), Step("Z2", "affine", ("A1", "W2", "b2")), Step("S", "dot", ("Z2", "dZ2"))),
            Signature(("dZ2", "W2", "Z1"), {"dZ1": "dZ1"}),
            InputDrawing({"Z1": "m h", "W2": "h 1", "b2": "1 1", "dZ2": "m 1"}, notebook_sizes=VIEW, sizes=SIZES),
            stand_in=hidden_delta_stand_in(),
        ),
        gradients_exercise("relu_net_grads", 5, NET, labels=False),
        AnswerExercise(
            "switched_off",
            2,
            _switched_off,
            hints={
                "": (
                    "For which examples is z of this unit below 0?",
                    "Compute z for each example by hand, and write its sign beside it.",
                )
            },
        ),
    ),
)

_CHECKER = Checker(CHAPTER)
check, hint, show = _CHECKER.check, _CHECKER.hint, _CHECKER.show
progress = make_progress(CHAPTER)
