"""Chapter 6: any number of layers; vanishing and exploding gradients; how to start."""

from __future__ import annotations

import numpy as np

from gradcheck.autodiff.networks import network, unit_chain
from gradcheck.autodiff.program import Step, replay
from gradcheck.call import Value
from gradcheck.chapters.procedures.init_weights import init_weights_exercise
from gradcheck.display.checker import Checker
from gradcheck.display.progress_panel import make_progress
from gradcheck.exercises.answer_exercise import AnswerExercise
from gradcheck.exercises.chapter import Chapter
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise, InputDrawing, Signature
from gradcheck.exercises.stand_ins import deep_forward_stand_in, delta_back_stand_in
from gradcheck.judging.answers import AnswerScore, says, score_entries, unknown_words

WIDTHS = ("n", "h", "k", "l")
SIZES = ({"m": 5, "n": 3, "h": 4, "k": 2}, {"m": 3, "n": 2, "h": 5, "k": 4}, {"m": 7, "n": 4, "h": 2, "k": 3})
VIEW = {"m": 4, "n": 2, "h": 3, "k": 3}
UNITS, LONGEST = 3, 24
"""Units of the chain that is judged first, and of the one whose first derivatives are far below rounding."""

START, FATE_UNITS = 0.5, 20
"""What goes into the three networks of ``fate``, and how many units each has in a row."""
FATES = {"A": ((2.0, 8.0), (-1.0, -4.0)), "B": ((6.0, 6.0), (-3.0, -3.0)), "C": ((20.0, 20.0), (0.0, 0.0))}
"""Name -> weights and biases of the units, in turn: as the text describes the networks."""
WORDS = ("vanishes", "holds", "explodes")
CHANGED = 100.0
"""A delta that changes by less than this factor on its way back is said to hold."""

CHAIN_WORDS = {
    "slope-not-carried-on": {
        "seen": "{where} lacks the slopes of later units: each slope enters the gradients of its own unit "
        "and goes no further.",
        "question": "What must go on to the unit before: how L answers to this unit's activation, or to its z?",
    },
    "other-layer-used": {
        "seen": "{where} uses a weight or a slope of another unit.",
        "question": "For the step to unit k: which unit's slope, and which weight, lie between its z and the next "
        "unit's z?",
    },
    "hidden-slope-missing": {
        "seen": "{where} lacks the slopes of the units on the way back to them.",
        "question": "Between the z of the next unit and the z of this one lie two links. Which ones?",
    },
    "w2-missing": {
        "seen": "{where} takes no account of the weights between a unit and the next one.",
        "question": "Between the z of the next unit and the z of this one lie two links. Which ones?",
    },
}

DELTA_WORDS = {
    "averaged-twice": {"question": "Is the average already in dZ_next?"},
    "sum-not-mean": {"question": "Is the average already in dZ_next?"},
}


def _chain(units: int, **more) -> GraphExercise:
    """Return ``chain_grads`` for a number of units."""
    numbers = range(1, units + 1)
    names = {f"d{letter}s": tuple(f"d{letter}{i}" for i in numbers) for letter in "wb"}
    leaves = {f"{letter}{i}": "1 1" for i in numbers for letter in "wb"}
    outputs = {name: name for group in names.values() for name in group}
    return GraphExercise(
        "chain_grads",
        6,
        unit_chain(units),
        Signature(("x", "y", "ws", "bs"), outputs, "tuple", stacks=("ws", "bs"), joined=names),
        InputDrawing({"x": "1 1", "y": "1 1", **leaves}, sizes=({}, {}, {})),
        words=CHAIN_WORDS,
        **more,
    )


def _layers(count: int) -> tuple[dict[str, str], tuple[dict[str, int], ...]]:
    """Return the leaves of a network with so many layers, and the sizes of its fixtures."""
    widths = [*WIDTHS[:count], "1"]
    leaves = {"X": "m n"}
    for i in range(1, count + 1):
        leaves |= {f"W{i}": f"{widths[i - 1]} {widths[i]}", f"b{i}": f"1 {widths[i]}"}
    return leaves, SIZES if count == UNITS else ({**SIZES[0], "l": 3},)


def _deep_forward(count: int, variants: tuple[GraphExercise, ...] = ()) -> GraphExercise:
    leaves, sizes = _layers(count)
    names = ["X", *(f"A{i}" for i in range(1, count + 1))]
    return GraphExercise(
        "deep_forward",
        3,
        network(*["sigmoid"] * count)[: 2 * count],
        Signature(("X", "Ws", "bs"), {name: name for name in names}, "list", stacks=("Ws", "bs")),
        InputDrawing(
            leaves,
            notebook_sizes=VIEW if variants else {},
            sizes=sizes,
            integer_leaves=frozenset({"X"}) if variants else frozenset(),
        ),
        variants=variants,
        stand_in=deep_forward_stand_in(),
    )


def _deep_grads(count: int, variants: tuple[GraphExercise, ...] = ()) -> GraphExercise:
    leaves, sizes = _layers(count)
    outputs = {f"dW{i}": f"dW{i}" for i in range(1, count + 1)}
    return GraphExercise(
        "deep_sigmoid_grads",
        8,
        network(*["sigmoid"] * count),
        Signature(("X", "Y", "Ws", "bs"), outputs, "list", stacks=("Ws", "bs")),
        InputDrawing(
            {**leaves, "Y": "m 1"},
            notebook_sizes=VIEW if variants else {},
            sizes=sizes,
            integer_leaves=frozenset({"X"}) if variants else frozenset(),
            label_leaves=frozenset({"Y"}),
            large={"m": 3, "n": 400, "h": 200, "k": 100} if variants else {},
        ),
        variants=variants,
    )


def _delta_back() -> GraphExercise:
    return GraphExercise(
        "delta_back",
        5,
        (
            Step("A", "sigmoid", ("Z",)),
            Step("Z_next", "affine", ("A", "W_next", "b_next")),
            Step("S", "dot", ("Z_next", "dZ_next")),
        ),
        Signature(("dZ_next", "W_next", "A"), {"dZ": "dZ"}),
        InputDrawing(
            {"Z": "m h", "W_next": "h k", "b_next": "1 k", "dZ_next": "m k"},
            notebook_sizes=VIEW,
            sizes=SIZES,
            large={"m": 100, "h": 200, "k": 5},
        ),
        stand_in=delta_back_stand_in(),
        words=DELTA_WORDS,
    )


def surviving(name: str) -> float:
    """Run one of the three networks of ``fate``: return the first delta, relative to the last one."""
    weights, biases = FATES[name]
    inputs = {"x": np.full((1, 1), START), "y": np.zeros((1, 1))}
    for i in range(FATE_UNITS):
        inputs |= {f"w{i + 1}": np.full((1, 1), weights[i % 2]), f"b{i + 1}": np.full((1, 1), biases[i % 2])}
    env = replay(unit_chain(FATE_UNITS), inputs, frozenset({"x", "y"}))
    return float(np.abs(env["dz1"] / env[f"dz{FATE_UNITS}"]).item())


def fate_of(name: str) -> str:
    """Return what becomes of the delta in one of the three networks, in the words of the text."""
    ratio = surviving(name)
    vanishes, holds, explodes = WORDS
    return vanishes if ratio < 1 / CHANGED else explodes if ratio > CHANGED else holds


def _fate(value: Value) -> AnswerScore:
    """Hold each word against the network itself; how many are right is told, and not which."""
    fraction, diagnosis = score_entries(value, {name: says(fate_of(name)) for name in FATES})
    if diagnosis is None or diagnosis.mistake != "prediction-differs":
        return fraction, diagnosis
    where = f"{len(FATES) - round(fraction * len(FATES))} of the {len(FATES)} networks"
    if not unknown_words(value, WORDS):
        return fraction, Diagnosis("prediction-differs", where)
    seen = f"Your answer and the experiment differ in {where}. Each answer is one of the words {', '.join(WORDS)}."
    return fraction, Diagnosis("prediction-differs", where, detail={"seen": seen})


CHAPTER = Chapter(
    "06-deep-networks",
    (
        _chain(UNITS, variants=(_chain(1), _chain(2), _chain(5)), longest=_chain(LONGEST)),
        _deep_forward(UNITS, (_deep_forward(1), _deep_forward(2), _deep_forward(4))),
        _delta_back(),
        _deep_grads(UNITS, (_deep_grads(1), _deep_grads(2), _deep_grads(4))),
        AnswerExercise(
            "fate",
            3,
            _fate,
            ("chain_grads", "deep_forward", "delta_back", "deep_sigmoid_grads"),
            hints={
                "": (
                    "What is the slope of each unit in each network? Follow x through the first units by hand.",
                    "Write down weight times slope for each unit, and multiply.",
                )
            },
        ),
        init_weights_exercise(5),
    ),
)

_CHECKER = Checker(CHAPTER)
check, hint, show = _CHECKER.check, _CHECKER.hint, _CHECKER.show
progress = make_progress(CHAPTER)
