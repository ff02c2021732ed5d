"""Stop when the cost on held-out data has not fallen for a while."""

from __future__ import annotations

import numpy as np

from gradcheck.chapters.procedures.early_stop_variants import (
    ENDS,
    NEIGHBOURS,
    PAIRS,
    TYPED_IN,
    VARIANTS,
    forgiving,
    stop,
)
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.property_exercise import KnownRule, PropertyExercise, Trial
from gradcheck.judging.properties import equals


def _draw_stops(rng: np.random.Generator) -> tuple[Trial, ...]:
    falling = np.sort(rng.uniform(1, 2, size=6))[::-1]
    noise = lambda k: rng.uniform(2, 3, size=k)
    long = np.sort(rng.uniform(1, 2, size=int(rng.integers(430, 470))))[::-1]
    runs = (
        (CaseKind.IN_VIEW, np.array([5.0, 4.0, 3.0, 3.5, 3.2, 2.9, 3.1, 3.3, 3.4, 1.0]), 3),
        ("falling", falling, 2),
        ("at once", np.concatenate(([1.0], noise(5))), 1),
        ("recovers", np.array([4.0, 4.5, 4.2, 3.0, 3.3, 3.1, 2.5, 2.9, 2.8, 2.7, 2.6, 1.0]), 3),
        ("ties", np.array([3.0, 2.0, 2.0, 2.0, 2.0, 1.0]), 2),
        ("bad ones apart", np.array([9.0, 8.0, 8.5, 7.0, 7.5, 6.0, 6.5, 5.0, 5.5, 4.0]), 2),
        ("dips", np.array([5.0, 3.0, 6.0, 5.5, 5.2, 5.1, 5.0, 4.9]), 4),
        ("one epoch", np.array([1.5]), 3),
        ("random", rng.uniform(1, 2, size=30), 5),
        ("high costs", 3e6 + 1e5 * rng.uniform(size=8), 3),
        ("high and falling", 3e6 - 1e5 * np.arange(6.0), 2),
        ("hardly falling", 1.0 + rng.uniform(0, 1) - 1e-9 * np.arange(6.0), 2),
        ("ends while waiting", np.array([4.0, 3.0, 2.0, 2.5, 2.2]), 3),
        ("one tie", np.array([3.0, 2.0, 2.5, 2.0, 2.2, 1.0, 1.0]), 3),
        ("low costs", np.array([0.4, 0.3, 0.35, 0.2, 0.25, 0.1, 0.12, 0.11, 0.13, 0.05]), 3),
        *((f"steps of {4 * size:g}", 1.0 + size * np.array([6, 2, -2, -6, -10]), 1) for size in (1e-4, 1e-3, 1e-2)),
        ("steps of 0.4", np.array([10.6, 10.2, 9.8, 9.4, 9.0]), 1),
        ("more epochs than the notebook", np.concatenate((long, noise(80))), 60),
        ("whole numbers", np.array([7, 5, 6, 5, 4, 6, 4, 5, 3]), 3),
    )
    return tuple(Trial(kind, (costs.tolist(), patience), (costs, patience)) for kind, costs, patience in runs)


_KNOWN = (
    KnownRule(
        TYPED_IN,
        {
            "seen": "The search begins with a typed-in number: a cost above it can never be the best.",
            "question": "What comes out where every cost is larger than the number that the search begins with?",
            "look": "Look at the line that sets the lowest cost before the first epoch.",
        },
        "tied-to-visible-data",
    ),
    KnownRule(
        (forgiving,),
        {
            "seen": "An epoch is better only if its cost is lower than in every epoch before it, not only than in the "
            "last one.",
            "question": "With the costs 5, 3, 4, 3.5: is the last epoch better than all epochs before it?",
            "look": "Look at the comparison that sets the count back: with which cost does it compare?",
        },
        "better-misjudged",
    ),
    KnownRule(
        (lambda costs, patience: stop(costs, patience, against_last=True),),
        {
            "seen": "An epoch is better only if its cost is lower than in every epoch before it, not only than in the "
            "last one.",
            "question": "With the costs 5, 3, 4, 3.5: is the last epoch better than all epochs before it?",
            "look": "Look at the comparison: with which cost does it compare?",
        },
        "best-not-kept",
    ),
    KnownRule(
        (lambda costs, patience: stop(costs, patience, resets=False),),
        {
            "seen": "The run stops after `patience` bad epochs in all; it should stop after as many in a row.",
            "question": "How many bad epochs in a row are there right after an epoch that is better?",
            "look": "Look at what happens to the count in an epoch that is better.",
        },
        "stopped-early",
    ),
    KnownRule(
        (lambda costs, patience: (int(np.argmin(costs)), len(costs)),),
        {
            "seen": "The run never stops: all epochs were looked at.",
            "question": "With the costs 3, 4, 5, 1 and a patience of 2: does anybody ever see the 1?",
            "look": "Write out which epochs are looked at for 3, 4, 5, 1, and what is known after each of them.",
        },
    ),
    KnownRule(
        (
            lambda costs, patience: (int(np.argmin(costs)), stop(costs, patience)[1]),
            lambda costs, patience: (int(np.argmin(costs)), min(int(np.argmin(costs)) + patience + 1, len(costs))),
        ),
        {
            "seen": "The best epoch was looked for in the whole list: costs after the stop were looked at.",
            "question": "With the costs 3, 4, 5, 1 and a patience of 2: does anybody ever see the 1?",
            "look": "Look at the costs from which the best epoch is picked.",
        },
        "best-not-kept",
    ),
    KnownRule(
        (lambda costs, patience: (stop(costs, patience)[0], len(costs)),),
        {
            "seen": "The best epoch is right; epochs after the stop were counted as looked at.",
            "question": "With the costs 3, 4, 5, 1 and a patience of 2: how many epochs are looked at?",
            "look": "Look at where the second number comes from.",
        },
    ),
)
_HINTS = {
    "better-misjudged": (
        "Is 4 better than 4? Is 3.9999999999 better than 4?",
        "Look at the comparison, with three costs written out by hand.",
    ),
    "": (
        "What comes out for the costs 3, 2, 2, 2 with a patience of 2, and for 1, 2, 3?",
        "Is an equal cost better? What resets the count? Does the epoch that stops count as looked at?",
    ),
}


_BESIDE = {
    "best-not-kept": "The best epoch is not the one with the lowest cost so far.",
    "tied-to-visible-data": "The search begins with a typed-in number: a cost above it can never be the best.",
}


def early_stop_exercise(points: float) -> PropertyExercise:
    """Return the exercise ``early_stop(val_costs, patience)``."""
    return PropertyExercise(
        "early_stop",
        points,
        ("val_costs", "patience"),
        _draw_stops,
        equals(stop),
        VARIANTS,
        known_rules=_KNOWN,
        neighbours=NEIGHBOURS,
        pairs=PAIRS,
        ends=ENDS,
        beside=_BESIDE,
        hints=_HINTS,
        reference=stop,
    )
