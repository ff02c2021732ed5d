"""The price of an answer that had a probability."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gradcheck.call import Value
from gradcheck.comparison.extraction import numbers
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.property_exercise import KnownRule, PropertyExercise, Trial
from gradcheck.exercises.stand_ins import surprisal_stand_in
from gradcheck.judging.properties import equals

TABLE = (1.0, 0.9, 0.5, 0.1, 0.01)
"""The probabilities in the text's table of prices."""

SMALLEST = 1e-12
"""No smaller probability is tried: who keeps 1e-12 away from 0 is right."""


def _price(p: np.ndarray) -> np.ndarray:
    return -1.0 * np.log(p) + 0.0  # a price of 0 has no sign


NEIGHBOURS: dict[str, Callable] = {
    "the odds": lambda p: (1 - p) / p,
    "the distance to 1": lambda p: 1 - p,
    "the square of the distance": lambda p: (1 - p) ** 2,
    "half the square of the distance": lambda p: (1 - p) ** 2 / 2,
    "one over p": lambda p: 1 / p,
    "one over p, from 0": lambda p: 1 / p - 1,
    "the log of p + 1": lambda p: -np.log1p(p),
    "p times its price": lambda p: -p * np.log(p),
    "the price of the other answer": lambda p: -np.log(np.maximum(1 - p, 1e-12)),
    **{f"cut at a price of {top}": lambda p, top=top: np.minimum(_price(p), top) for top in (5.0, 10.0, 20.0, 25.0)},
    "cut at one percent": lambda p: -np.log(np.maximum(p, 0.01)),
    "cut at one in a million": lambda p: -np.log(np.maximum(p, 1e-6)),
    "the log of p + 1e-3": lambda p: -np.log(p + 1e-3),
    "the log of odds": lambda p: -np.log(np.maximum(p, 1e-12) / np.maximum(1 - p, 1e-12)),
}
"""Prices close to the right one."""


def _draw_surprisal(rng: np.random.Generator) -> tuple[Trial, ...]:
    shapes: tuple[tuple[str, tuple[int, ...]], ...] = (("one row", (5,)), ("column", (6, 1)), ("table", (3, 4)))
    drawn = [(CaseKind.IN_VIEW, np.array(TABLE))] + [(kind, rng.uniform(0.05, 0.95, shape)) for kind, shape in shapes]
    number = float(rng.uniform(0.2, 0.8))
    small = np.array([[1.0, 10.0 ** -rng.uniform(3, 4), 10.0 ** -rng.uniform(6, 7), SMALLEST * rng.uniform(1, 1.2)]])
    known = (
        *(*drawn, ("a plain number", number), ("p = 1 and very small p", small), ("whole numbers", np.array([1, 1]))),
        ("a plain number: 1", 1.0),
    )
    return tuple(Trial(kind, (p,), (np.asarray(p),)) for kind, p in known)


COARSE = (
    *(part * 10.0**-k for k in range(12) for part in (0.5, 0.2, 0.1)),
    float(np.finfo(np.float32).eps),
    1e-13,
    1e-14,
)
"""Small numbers beside p that are seen in its price."""
_VARIANTS: dict[str, tuple[Callable, ...]] = {
    "sign-flipped": (np.log,),
    "other-loss": (
        lambda p: -np.log2(p),
        lambda p: -np.log10(p),
        lambda p: 1 - p,
        lambda p: (1 - p) ** 2,
        lambda p: (1 - p) ** 2 / 2,
        lambda p: 1 / p - 1,
        lambda p: (1 - p) / p,
    ),
    "other-quantity-returned": (lambda p: 1 / p, lambda p: -1 / p, lambda p: np.exp(-p), lambda p: -p * np.log(p)),
    "summed-over-too-much": (lambda p: np.sum(_price(p)), lambda p: np.mean(_price(p))),
    "half-kept": (lambda p: _price(p) / 2,),
    "factor-two": (lambda p: 2 * _price(p),),
    "approximation-too-coarse": (
        *(lambda p, e=e: -np.log(p + e) for e in COARSE),
        *(lambda p, e=e: -np.log(np.maximum(p, e)) for e in COARSE if e > 1.5 * SMALLEST),
        *(lambda p, e=e: -np.log(np.minimum(p, 1 - e)) for e in COARSE if 1.5 * SMALLEST < e < 0.5),
        *(lambda p, e=e: -np.log(np.clip(p, e, 1 - e)) for e in COARSE if 1.5 * SMALLEST < e < 0.5),
    ),
    "decimals-lost": tuple(lambda p, k=k: np.round(_price(p), k) for k in range(4)) + (lambda p: np.trunc(_price(p)),),
}
HIGH = 6.0
"""A price from which on a limit is for small p alone."""


def _cut(known: tuple, price: np.ndarray, value: Value) -> np.ndarray:
    """Return the prices with a limit where the highest that came back is: whatever limit was chosen shows so."""
    del known
    got = numbers(value)
    top = HIGH if got is None else float(np.max(got, initial=HIGH))
    return np.minimum(price, top) if top > HIGH else price


_KNOWN = (
    KnownRule(
        (lambda p: -np.log2(p), lambda p: -np.log10(p)),
        {
            "seen": "Your prices have the right form; the logarithm has another base.",
            "question": "Which price does the table give for p = 0.5, and which does your function give?",
            "look": "Look at which logarithm the text takes, and at which one you call.",
        },
        "other-loss",
    ),
)
_CASES = {
    "p = 1 and very small p": "when `p` is very small",
    **dict.fromkeys(("whole numbers", "a plain number: 1"), "when `p` is exactly 1"),
}
_HINTS = {
    "sign-flipped": ("Can a price be below 0?", "Look at the sign of the logarithm of a number below 1."),
    "other-loss": (
        "Which price does the table give for p = 0.5, and which does your function give?",
        "Compare your numbers with all five rows of the table.",
    ),
    "other-quantity-returned": (
        "Which price does the table give for p = 1, and which does your function give?",
        "Compare your numbers with all five rows of the table.",
    ),
    "summed-over-too-much": (
        "How many probabilities went in, and how many prices came out?",
        "Look at what is done with the prices once they are there.",
    ),
    "half-kept": ("Which price does the table give for p = 0.5?", "Look for a half that belongs to another loss."),
    "factor-two": ("Which price does the table give for p = 0.5?", "Look for a 2 that belongs to another loss."),
    "approximation-too-coarse": (
        "Here p is never 0. What does the small number do to the price of a very small p?",
        "Look at the small number, and at what the text says about p.",
    ),
    "decimals-lost": ("Which price does the table give for p = 0.9?", "Look for a rounding or a kind of number."),
    "": (
        "Which of the five prices of the table does your function give, and which does it miss?",
        "Put the five probabilities of the table into your function.",
    ),
}


def surprisal_exercise(points: float) -> PropertyExercise:
    """Return the exercise ``surprisal(p)``."""
    return PropertyExercise(
        "surprisal",
        points,
        ("p",),
        _draw_surprisal,
        equals(_price),
        _VARIANTS,
        known_rules=_KNOWN,
        reference=_price,
        neighbours=NEIGHBOURS,
        cases=_CASES,
        ends={"approximation-too-coarse": (_cut,)},
        hints=_HINTS,
        stand_in=surprisal_stand_in(),
    )
