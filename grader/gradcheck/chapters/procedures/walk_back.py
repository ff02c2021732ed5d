"""Walk back over a tape of plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck.call import Branch, Code, Value, describe
from gradcheck.chapters.procedures.walk_back_stops import why_it_stops
from gradcheck.chapters.procedures.walk_back_variants import CLOSE_WALKS, TWICE_WRONG, WRONG_WALKS, Rules, Tape
from gradcheck.comparison.extraction import READ_ONCE, describe_form
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.machine_stand_ins import walk_back_stand_in
from gradcheck.exercises.property_exercise import PropertyExercise, Trial
from gradcheck.judging.properties import equals

FORWARD: dict[str, Callable] = {
    "share": lambda a, b: a + b,
    "wave": np.sin,
    "bend": lambda a, b: a * b**2 + b,
    "fold": lambda a, b, c: a * b - np.sin(c),
    "gather": np.sum,
    "weigh": lambda s, a: s * a,
    "meet": lambda a, b: np.sum(a * b),
}
"""Operations of the judge's own: no learner's machine has them."""
BACK = {
    "share": "lambda G, a, b: (G, G)",
    "wave": "lambda G, a: (G * np.cos(a),)",
    "bend": "lambda G, a, b: (G * b**2, G * (2 * a * b + 1))",
    "fold": "lambda G, a, b, c: (G * b, G * a, -G * np.cos(c))",
    "gather": "lambda G, a: (G * np.ones(np.shape(a)),)",
    "weigh": "lambda G, s, a: (np.sum(G * a), s * G)",
    "meet": "lambda G, a, b: (G * b, G * a)",
}
"""Their backward rules, as text: they are called where the learner's function runs."""
OTHER_FORWARD: dict[str, Callable] = {**FORWARD, "wave": lambda a: a**2, "bend": lambda a, b: a - 3 * b}
OTHER_BACK = {**BACK, "wave": "lambda G, a: (2 * G * a,)", "bend": "lambda G, a, b: (G, -3 * G)"}
"""The same names with other meanings: whoever keeps rules or results from one call to the next is wrong."""


def _source(rules: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name!r}: {rule}" for name, rule in rules.items()) + "}"


SOURCE, OTHER_SOURCE = _source(BACK), _source(OTHER_BACK)
RULES: Rules = eval(SOURCE, {"np": np})  # the text is this module's own
OTHER_RULES: Rules = eval(OTHER_SOURCE, {"np": np})
STEP = 1e-3
"""How far a value is moved; what is larger than ``LARGEST`` is moved further."""
LARGEST = 6.0


def record(*entries: Any, forward: Mapping[str, Callable] = FORWARD) -> Tape:
    """Return the tape of these rows: a value is a leaf, a pair (operation, rows) is computed."""
    tape: Tape = []
    for entry in entries:
        if isinstance(entry, tuple):
            operation, inputs = entry
            tape.append((forward[operation](*(tape[i][0] for i in inputs)), operation, inputs))
        else:
            tape.append((entry, "leaf", ()))
    return [(v.item() if isinstance(v, np.generic) else v, operation, inputs) for v, operation, inputs in tape]


def measure(tape: Tape, back: Rules) -> list[np.ndarray]:
    """Return the slopes of the last row against every row by differences of the forward operations.

    ``back`` tells no more than what the names of the operations mean.
    """
    forward = OTHER_FORWARD if back.get("wave") is OTHER_RULES["wave"] else FORWARD
    return [_slope(tape, row, forward) for row in range(len(tape))]


def _slope(tape: Tape, row: int, forward: Mapping[str, Callable]) -> np.ndarray:
    value = np.asarray(tape[row][0], dtype=float)
    if not any(row in inputs for _, _, inputs in tape):  # nothing feels it but the last row itself
        return np.full(value.shape, float(row == len(tape) - 1))
    slopes, step = [], STEP * max(1.0, float(np.max(np.abs(value))) / LARGEST)
    for unit in np.eye(value.size).reshape(-1, *value.shape):
        wide, narrow = (
            (_last(tape, row, value + h * unit, forward) - _last(tape, row, value - h * unit, forward)) / (2 * h)
            for h in (step, step / 2)
        )
        slopes.append((4 * narrow - wide) / 3)
    return np.array(slopes).reshape(value.shape)


def _last(tape: Tape, row: int, value: np.ndarray, forward: Mapping[str, Callable]) -> float:
    """Return the last value, where one row has another value and all that follows is computed anew."""
    values = [known for known, _, _ in tape]
    values[row] = value
    moved = {row}
    for k, (_, operation, inputs) in enumerate(tape):
        if k > row and not moved.isdisjoint(inputs):
            values[k] = forward[operation](*(values[i] for i in inputs))
            moved.add(k)
    return float(values[-1])


def _drawn(rng: np.random.Generator, rows: int, shape: tuple[int, ...]) -> Tape:
    """Draw a tape whose rows are used again and again; the last row gathers one of them and one more."""
    takes = {"share": 2, "wave": 1, "bend": 2, "fold": 3}
    while True:
        entries: list = [rng.normal(size=shape) for _ in range(3)] if shape else rng.normal(size=3).tolist()
        for _ in range(rows):
            operation = str(rng.choice(list(takes)))
            recent = rng.integers(max(0, len(entries) - 5), len(entries), size=takes[operation])
            entries.append((operation, tuple(int(i) for i in recent)))
        k = len(entries)
        entries += [("bend", (k - 1, k - 2)), ("gather", (k,))]
        tape = record(*entries)
        if max(float(np.max(np.abs(value))) for value, _, _ in tape) < LARGEST:
            return tape


def _draw_tapes(rng: np.random.Generator) -> tuple[Trial, ...]:
    x, y, s = (float(sign * rng.uniform(0.4, 1.3)) for sign in (1, -1, 1))
    A, B = rng.normal(size=(2, 3)), rng.normal(size=(2, 3))
    V = rng.normal(size=4)
    tapes = (
        ("a chain", record(x, ("wave", (0,)), ("wave", (1,)))),
        ("one row", record(y)),
        ("leaves alone", record(x, y)),
        ("two inputs", record(x, y, ("bend", (1, 0)))),
        ("used twice by one row", record(x, ("bend", (0, 0)))),
        ("used by two rows", record(x, y, ("bend", (0, 1)), ("fold", (2, 0, 1)))),
        ("used three times", record(y, ("wave", (0,)), ("fold", (0, 1, 0)), ("bend", (2, 1)), ("share", (3, 0)))),
        ("a row far back", record(x, y, ("wave", (1,)), ("wave", (2,)), ("wave", (3,)), ("bend", (0, 4)))),
        ("a short way and a long one", record(x, ("wave", (0,)), ("wave", (1,)), ("wave", (2,)), ("bend", (3, 1)))),
        ("a long way behind a short one", record(x, ("wave", (0,)), ("wave", (1,)), ("wave", (2,)), ("bend", (1, 3)))),
        ("a leaf between the rows", record(x, ("wave", (0,)), y, ("bend", (1, 2)), s, ("fold", (3, 4, 1)))),
        ("rows with no path", record(x, A, V, ("weigh", (0, 1)), ("wave", (2,)), ("bend", (0, 0)))),
        ("a number and an array", record(s, A, ("weigh", (0, 1)), ("bend", (2, 1)), ("gather", (3,)))),
        (
            "one array for two rows",
            record(A, B, ("share", (0, 1)), ("share", (2, 0)), ("wave", (3,)), ("gather", (4,))),
        ),
        ("one array twice", record(V, ("share", (0, 0)), ("share", (1, 0)), ("gather", (2,)))),
        ("whole numbers", record(2, np.array([3, -1, 2]), ("weigh", (0, 1)), ("bend", (2, 1)), ("gather", (3,)))),
        (
            "whole numbers, slopes between",
            record(np.array([3, -1, 2]), 2, ("wave", (0,)), ("weigh", (1, 2)), ("gather", (3,))),
        ),
        ("many rows", _drawn(rng, 8, ())),
        ("many arrays", _drawn(rng, 6, (2, 2))),
        *_draw_small_gradients(rng),
    )
    return (*(Trial(kind, (tape, Code(SOURCE)), (tape, RULES)) for kind, tape in tapes), *_draw_again(rng))


def _given(tape: Tape, source: str, rules: Rules) -> tuple[tuple, tuple]:
    return (tape, Code(source)), (tape, rules)


def _draw_small_gradients(rng: np.random.Generator) -> tuple[tuple[str, Tape], ...]:
    """Draw tapes with a row whose gradient looks like zero, and is needed for the large one of another row."""
    V, k, tiny = rng.uniform(-1, 1, size=4), float(rng.uniform(4, 8)), float(10 ** -rng.uniform(18, 20))
    with_zeros = np.array([0.0, *rng.uniform(4, 8, 2), 0.0])
    return (
        (BALANCED, record(V[:2], k * np.array([1.0, -1.0]), ("wave", (0,)), ("meet", (2, 1)))),
        (ZEROS, record(V, with_zeros, ("wave", (0,)), ("meet", (1, 2)))),
        (TINY, record(V, k / tiny, ("weigh", (1, 0)), np.full(4, tiny), ("meet", (2, 3)))),
    )


def _draw_again(rng: np.random.Generator) -> tuple[Trial, ...]:
    """Draw calls of which each differs from an earlier one in its rules or its numbers only, or in nothing."""
    rows = (("wave", (0,)), ("bend", (2, 1)), ("bend", (3, 2)))
    one, other = rng.uniform(0.4, 1.3, size=(2, 2)).tolist()
    first = Trial("first of its kind", *_given(record(*one, *rows), SOURCE, RULES))
    calls = (
        *(first, Trial(AGAIN, *_given(record(*one, *rows, forward=OTHER_FORWARD), OTHER_SOURCE, OTHER_RULES))),
        *(Trial(AGAIN, *_given(record(*other, *rows), SOURCE, RULES)), replace(first, kind=AGAIN)),
    )
    return (*calls, replace(first, kind=AGAIN))


BALANCED, ZEROS = "gradients that add up to 0", "zeros among the gradients of a row"
TINY, AGAIN = "tiny gradients", "the same operations again"
_THREE_INPUTS = ("used by two rows", "used three times", "a leaf between the rows", "many rows", "many arrays")
_CASES = {
    "one row": "when the tape has one row",
    "leaves alone": "when the tape holds leaves alone",
    "rows with no path": "when no path leads from some row to the last one",
    **dict.fromkeys(("whole numbers", "whole numbers, slopes between"), "when values are whole numbers"),
    BALANCED: "when the gradients in a row add up to 0",
    ZEROS: "when some of the gradients in a row are 0",
    TINY: "when the gradients in a row are tiny",
    AGAIN: "when an earlier call had a tape with the same operations",
    **dict.fromkeys(_THREE_INPUTS, "when an operation has three inputs"),
}
_has_right_numbers = equals(measure)


def _accepts(value: Value, known: tuple) -> Diagnosis | None:
    diagnosis = _has_right_numbers(value, known)
    if diagnosis is None and isinstance(value, Branch) and value.type in READ_ONCE:
        want = describe_form(describe(measure(*known)))
        return Diagnosis("wrong-container", half=True, detail={"got": describe_form(value), "want": want})
    return diagnosis


_HINTS = {
    "": (
        "What comes out for a tape of one row, and for a row that enters the next one twice?",
        "Write a tape of three numbers by hand, walk it on paper, and print every gradient after every row.",
    )
}


def walk_back_exercise(points: float) -> PropertyExercise:
    """Return the exercise ``walk_back(tape, back)``."""
    return PropertyExercise(
        "walk_back",
        points,
        ("tape", "back"),
        _draw_tapes,
        _accepts,
        WRONG_WALKS,
        pairs=TWICE_WRONG,
        cases=_CASES,
        reason=why_it_stops,
        neighbours=CLOSE_WALKS,
        hints=_HINTS,
        reference=measure,
        stand_in=walk_back_stand_in(),
    )
