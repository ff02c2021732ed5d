"""The mistakes that others made in a chapter: a card that opens when a learner's exercises are correct."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from gradcheck.caller import LocalCaller
from gradcheck.chapters.registry import all_chapters
from gradcheck.display.checker import PUBLIC_SEED
from gradcheck.display.output import show_output
from gradcheck.exercises.battery import draw_cases
from gradcheck.judging.judge import judge
from gradcheck.predictions import Note

PITFALLS: Mapping[str, tuple[str, ...]] = {
    "01-single-neuron": (
        "The last link is not the whole path. The slope of z for b is 1; the slope of L for b is not.",
        "The sign of the error carries the direction. A square or an absolute value loses it.",
        "The square brings a factor 2, and the half in the loss cancels it. No 2 and no half is left in `dL_da`.",
        "Nudging p itself changes the caller's array. An integer copy cannot hold a nudge of 0.0001.",
        "From one side to the other is two steps: 2h, not h.",
    ),
    "02-cost-vs-loss": (
        "A flat array minus a column is a table. Look at shapes when a cost surprises you.",
        "The average enters once. If dz already has it, dw and db inherit it.",
        "Average after squaring, not before: errors of both signs would cancel.",
        "`dw = ...` inside a loop keeps the last row only. A sum needs `dw = dw + ...`.",
        "A copy of a dict still holds the same arrays: `-=` on one of them changes the original too.",
        "The same rate can be too large for one data set and too small for another.",
    ),
    "03-relu-network": (
        "`@` sums over the shared axis, `*` multiplies entry by entry. The shapes tell which one a link needs.",
        "The slope of a ReLU is not its value. It is 0 or 1.",
        "The mask comes from Z1 of the forward pass, never from a number on the way back.",
        "`np.sum` without an axis adds up all units to one number, and broadcasting hides it.",
        "`forward` returns a dict. `a, b = forward(...)` unpacks its keys, which are strings.",
        "A dead unit has zeros in every gradient. The cost does not show it: count where the unit is open.",
    ),
    "04-sigmoid-xor": (
        "`sigmoid_deriv` takes the output a. If you pass z, no error appears.",
        "The output has a sigmoid too. Without its slope every gradient is too large.",
        "A falling curve is no test of a gradient. A measurement is.",
        "The gradient of a sum and of a mean differ by the number of rows; so do the rates that fit them.",
        "Equal starts stay equal. Start at random, and try more than one seed.",
    ),
    "05-cross-entropy": (
        "The loss has two terms, and each target needs one of them. Without the other, half of the rows cost nothing.",
        "The logarithm of 0 is not a number. Stay away from both ends, and not only from 0.",
        "In the last delta the slope of the sigmoid is gone. Kept from chapter 4, it is there once too often.",
        "It is gone at the output only. A hidden sigmoid keeps its slope.",
        "Softmax adds up along a row, over the classes. Down a column it would mix the examples.",
        "Every score of a row changes the right class's probability, not only the right class's own score.",
        "A factor in the gradient looks like a better loss. Compare losses at more than one rate.",
    ),
    "06-deep-networks": (
        "The last layer has a slope too. One slope belongs to each unit, one weight to each step between two units.",
        "From layer k + 1 back to layer k, the weights are those of layer k + 1 and the slope is that of layer k.",
        "`A` has one entry more than `Ws`. `A[k]` goes into `Ws[k]`; `A[k + 1]` comes out.",
        "The list of gradients is in the order of the layers, and the loop runs the other way.",
        "`np.zeros_like(ws)` of whole numbers holds whole numbers: every slope in it is cut.",
        "`rng.normal` takes the standard deviation, which is the root of the variance.",
    ),
    "07-training-in-practice": (
        "Files are often sorted. A cut without shuffling leaves whole classes out of a part.",
        "`rows[-n:]` with n = 0 is every row, not none.",
        "X and Y need one and the same order. Two shuffles tear the pairs apart.",
        "Chance that does not come from `rng` cannot be repeated.",
        "The parameters move along the new velocity, and the velocity must be kept for the next step.",
        "An equal cost is not a better cost, and you keep the best epoch, not the last one.",
        "A test cost that changes a decision is a validation cost.",
    ),
    "08-build-the-machine": (
        "What was stretched on the way forward is summed on the way back, axis by axis, counted from the last axis.",
        "A gradient that arrives at a row is added to what is there. `=` keeps one use and forgets the others.",
        "`+=` on an array that a rule returned changes it for everybody who holds it.",
        "A rule gets the values of its inputs. The tape holds their row numbers.",
        "A plain number has no `.shape`. `np.shape` takes numbers and arrays.",
        "A row that leads nowhere has a gradient too: zeros, in its own shape.",
    ),
}
"""Assignment -> sentences. None of them holds a formula that an exercise asks for."""


def card(assignment: str) -> None:
    """Show the pitfalls of a chapter, or which of its exercises still keep the card closed."""
    missing = unsolved(assignment, vars(sys.modules["__main__"]))
    if missing:
        show_output(Note("This card opens when every exercise is correct.", (f"Not yet: {', '.join(missing)}",)))
    else:
        show_output(Note("Mistakes that are easy to make here. Which ones did you meet?", PITFALLS[assignment]))


def unsolved(assignment: str, namespace: Mapping[str, Any]) -> list[str]:
    """Return the names of the exercises that are not right, in the order of the chapter."""
    chapter = all_chapters()[assignment]
    names = {name: value for name, value in namespace.items() if value is not None}
    missing = []
    for exercise in chapter.exercises:
        cases = draw_cases(exercise, np.random.default_rng(PUBLIC_SEED), hidden=False)
        if not judge(chapter, exercise, LocalCaller(names), cases).is_right:
            missing.append(exercise.name)
    return missing
