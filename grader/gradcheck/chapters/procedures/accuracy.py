"""Count how many predictions are right."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.property_exercise import KnownRule, PropertyExercise, Trial
from gradcheck.judging.properties import equals

HALF_YES, HALF_NO = "one half, and the target is 1", "one half, and the target is 0"


def _accuracy(A2: np.ndarray, Y: np.ndarray) -> float:
    return float(np.mean((A2 > 0.5) == (Y > 0.5)))


def _kinds(A2: np.ndarray, Y: np.ndarray) -> int:
    """Return how many pairs of answer and target are different from each other."""
    return len(set(zip((A2 > 0.5).ravel().tolist(), (Y > 0.5).ravel().tolist(), strict=True)))


def _above(threshold: float) -> Callable:
    return lambda A2, Y: np.mean(np.greater(A2, threshold) == (Y > 0.5))


def _share(of: np.ndarray, among: np.ndarray) -> float:
    return float(np.sum(of & among) / max(np.sum(among), 1))


NEIGHBOURS: dict[str, Callable] = {
    "one half is a yes": lambda A2, Y: np.mean((A2 >= 0.5) == (Y > 0.5)),
    **{f"threshold {at}": _above(at) for at in (0.0, 0.4, 0.45, 0.49, 0.51, 0.55, 0.6, 1.0)},
    "threshold at the mean output": lambda A2, Y: np.mean(np.greater(A2, np.mean(A2)) == (Y > 0.5)),
    "exactly equal": lambda A2, Y: np.mean(A2 == Y),
    "distance at most one half": lambda A2, Y: np.mean(np.abs(A2 - Y) <= 0.5),
    "distance below one half": lambda A2, Y: np.mean(np.abs(A2 - Y) < 0.5),
    "the same side of one half": lambda A2, Y: np.mean((A2 - 0.5) * (Y - 0.5) > 0),
    "not on opposite sides of one half": lambda A2, Y: np.mean((A2 - 0.5) * (Y - 0.5) >= 0),
    "the right answer's own output is above one half": lambda A2, Y: np.mean(np.where(Y == 1, A2, 1 - A2) > 0.5),
    "equal signs": lambda A2, Y: np.mean(np.sign(A2 - 0.5) == np.sign(Y - 0.5)),
    "one half is left out": lambda A2, Y: float(np.sum((A2 > 0.5) == (Y > 0.5), where=A2 != 0.5) / Y.size),
    "one minus the mean distance": lambda A2, Y: 1 - np.mean(np.abs(A2 - Y)),
    "share of the yes answers that are right": lambda A2, Y: _share(Y > 0.5, A2 > 0.5),
    "share of the examples with a yes that are found": lambda A2, Y: _share(A2 > 0.5, Y > 0.5),
    "share of yes answers": lambda A2, Y: np.mean(A2 > 0.5),
    "all or nothing": lambda A2, Y: float(np.all((A2 > 0.5) == (Y > 0.5))),
    "whole outputs": lambda A2, Y: np.mean(A2.astype(int) == Y.astype(int)),
}
"""Rules close to the right one."""
HALF_ASTRAY = (
    *("one half is a yes", "distance at most one half", "distance below one half", "the same side of one half"),
    *("not on opposite sides of one half", "the right answer's own output is above one half", "equal signs"),
    "one half is left out",
)
"""Those of them that are right wherever no output is exactly one half."""


def _draw_accuracy(rng: np.random.Generator) -> tuple[Trial, ...]:
    trials = []
    for kind, shape in ((CaseKind.IN_VIEW, (4, 1)), ("column", (9, 1)), ("one", (1, 1)), ("long", (40, 1))):
        A2 = rng.uniform(0.05, 0.45, size=shape) + 0.5 * rng.integers(0, 2, size=shape)
        Y = rng.integers(0, 2, size=shape) * 1.0
        if kind == CaseKind.IN_VIEW:
            Y = np.where(np.arange(4).reshape(4, 1) < 3, A2 > 0.5, A2 < 0.5) * 1.0  # three of four are right
        trials.append(Trial(kind, (A2, Y), (A2, Y)))
    near = np.array([0.501, 0.499, 0.501, 0.49, 0.03, 0.97, 0.03]).reshape(7, 1)
    labels = np.array([1, 0, 1, 0, 0, 1, 0.0]).reshape(7, 1)
    turn = rng.permutation(7)
    trials.append(Trial("near one half", (near[turn], labels[turn]), (near[turn], labels[turn])))
    trials += _halves(rng)
    sure = rng.integers(0, 2, size=(8, 1))
    truth = sure.copy()
    truth[rng.permutation(8)[:3]] ^= 1
    trials.append(Trial("whole outputs", (sure, truth), (sure, truth)))
    whole = trials[1].known[1].astype(int)
    trials.append(Trial("integers", (trials[1].known[0], whole), (trials[1].known[0], whole)))
    return tuple(trials)


def _halves(rng: np.random.Generator) -> tuple[Trial, ...]:
    """Return a call for each target of an output of exactly one half: together, one could make up for the other."""
    calls = []
    for kind, target in ((HALF_YES, 1.0), (HALF_NO, 0.0)):
        turn = rng.permutation(5)
        A2 = np.array([0.5, 0.5, *rng.uniform(0.6, 0.9, 2), rng.uniform(0.1, 0.4)]).reshape(5, 1)[turn]
        Y = np.array([target, target, 1.0, 0.0, 0.0]).reshape(5, 1)[turn]
        calls.append(Trial(kind, (A2, Y), (A2, Y)))
    return tuple(calls)


def _of_one_label(yes: bool, *, among_all: bool) -> Callable:
    """Return the share of right answers to one label: among all examples, or among those that have it."""

    def share(A2: np.ndarray, Y: np.ndarray) -> float:
        mine = (Y > 0.5) == yes
        return float(np.sum(mine & ((A2 > 0.5) == yes)) / max(Y.size if among_all else np.sum(mine), 1))

    return share


_flat = lambda A2, Y: np.mean((A2.reshape(-1, 1) > 0.5) == (Y.reshape(1, -1) > 0.5))
_VARIANTS = {
    "percent-not-fraction": (lambda A2, Y: 100 * _accuracy(A2, Y), lambda A2, Y: round(100 * _accuracy(A2, Y))),
    "errors-counted": (lambda A2, Y: 1 - _accuracy(A2, Y),),
    "sum-not-mean": (lambda A2, Y: np.sum((A2 > 0.5) == (Y > 0.5)),),
    "broadcast-by-accident": (_flat, lambda A2, Y: _flat(A2, Y) * Y.size),
    "divided-by-wrong-count": (
        lambda A2, Y: np.sum((A2 > 0.5) == (Y > 0.5)) / 4,
        lambda A2, Y: np.sum((A2 > 0.5) == (Y > 0.5)) / _kinds(A2, Y),
    ),
    "decimals-lost": (
        lambda A2, Y: np.floor(_accuracy(A2, Y)),
        lambda A2, Y: np.round(_accuracy(A2, Y)),
        lambda A2, Y: np.round(_accuracy(A2, Y), 1),
        lambda A2, Y: np.round(_accuracy(A2, Y), 2),
    ),
    "examples-left-out": (
        lambda A2, Y: _accuracy(A2[:1], Y[:1]) / len(Y),
        lambda A2, Y: _accuracy(A2[:1], Y[:1]),
        lambda A2, Y: _accuracy(A2[1:], Y[1:]) if len(Y) > 1 else 0.0,
        lambda A2, Y: _accuracy(A2[:-1], Y[:-1]) if len(Y) > 1 else 0.0,
    ),
    "residual-missing": (lambda A2, Y: 1.0, lambda A2, Y: np.mean(A2 > 0.5)),
    "examples-not-summed": (lambda A2, Y: (A2 > 0.5) == (Y > 0.5),),
}
_KNOWN_RULES = (
    KnownRule(
        tuple(NEIGHBOURS[what] for what in HALF_ASTRAY),
        {
            "seen": "An output of exactly one half is not counted as the task says.",
            "question": "Which answer is an output of exactly one half, by the task's text?",
            "look": "Look at the comparison with one half.",
        },
    ),
    KnownRule(
        tuple(_of_one_label(yes, among_all=among_all) for yes in (True, False) for among_all in (True, False)),
        {
            "seen": "Only right answers to one of the two labels are counted.",
            "question": "The target is 0 and the answer is no: is that right? And a yes where the target is 1?",
            "look": "Look at the line that counts.",
        },
        "one-class-wrong",
    ),
    KnownRule(
        (NEIGHBOURS["exactly equal"],),
        {
            "seen": "Only an output that is exactly 0 or 1 can be right this way.",
            "question": "The target is 1 and the output 0.9. Is the network's answer right?",
            "look": "Look at what is compared with the target: the output, or the answer that it stands for.",
        },
    ),
    KnownRule(
        tuple(_above(at) for at in (0.0, 0.4, 0.45, 0.49, 0.51, 0.55, 0.6, 1.0)),
        {
            "seen": "The border between yes and no is not at one half.",
            "question": "From which output on is the answer a yes?",
            "look": "Look at the number that the outputs are compared with.",
        },
    ),
)
_CASES = dict.fromkeys((HALF_YES, HALF_NO), "when an output is exactly one half")
_HINTS = {
    "percent-not-fraction": (
        "If every answer is right, which number should come back?",
        "Look at what is done with the share once it is there.",
    ),
    "errors-counted": (
        "Which answers does your function count, and which does the task ask for?",
        "Look at the line that compares.",
    ),
    "residual-missing": (
        "With the same outputs and other targets, should the accuracy change?",
        "Look at what the outputs are compared with, and print both sides of the comparison.",
    ),
    "sum-not-mean": ("If every example came twice, should the accuracy change?", "Look at what is done with the hits."),
    "divided-by-wrong-count": ("How many examples does Y hold?", "Look at the number that you divide by."),
    "right-values-wrong-shape": ("How many numbers tell how good a network is?", "Look at the last line."),
    "broadcast-by-accident": (
        "Which shape has the comparison of answers and targets, and how many comparisons did you expect?",
        "Look at the shapes of the two arrays that are compared.",
    ),
    "examples-left-out": (
        "Change one row of Y at a time: which rows does the answer notice?",
        "Look at where the counting begins and where it ends.",
    ),
    "examples-not-summed": ("How many numbers tell how good a network is?", "Look at what becomes of the hits."),
    "": (
        "A2 holds probabilities and Y labels: what turns the first into the second, and what is then compared?",
        "Take four examples and count by hand which ones are right.",
    ),
}


def accuracy_exercise(points: float) -> PropertyExercise:
    """Return the exercise ``accuracy(A2, Y)``."""
    return PropertyExercise(
        "accuracy",
        points,
        ("A2", "Y"),
        _draw_accuracy,
        equals(_accuracy),
        _VARIANTS,
        _KNOWN_RULES,
        neighbours=NEIGHBOURS,
        pairs={("errors-counted", "percent-not-fraction"): (lambda A2, Y: 100 * (1 - _accuracy(A2, Y)),)},
        cases=_CASES,
        hints=_HINTS,
    )
