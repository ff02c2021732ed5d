"""Stop when the cost on held-out data has not fallen for a while."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.property_exercise import KnownRule, PropertyExercise, Trial
from gradcheck.judging.properties import equals


def _stop(
    costs: Any,
    patience: int,
    *,
    better: Callable[[float, float], bool] = lambda cost, best: cost < best,
    slack: int = 0,
    resets: bool = True,
    against_last: bool = False,
    first: float = np.inf,
) -> tuple[int, int]:
    best, best_epoch, bad, seen = first, 0, 0, 0
    for epoch, cost in enumerate(costs):
        seen = epoch + 1
        if better(cost, best):
            best_epoch, bad, best = epoch, 0 if resets else bad, cost
        else:
            bad += 1
            best = cost if against_last else best
        if bad >= patience + slack:
            break
    return best_epoch, seen


def _then(change: Callable[[int, int], tuple], **how: Any) -> Callable:
    """Return the rule, or one that is wrong in the parts ``how``, with its two numbers changed."""
    return lambda costs, patience: change(*_stop(costs, patience, **how))


def _uncounted(costs: Any, patience: int) -> tuple[int, int]:
    """Leave the epoch that stops the run out of the count."""
    best, seen = _stop(costs, patience)
    return best, seen - 1 if seen - best > patience else seen


def _late(costs: Any, patience: int) -> tuple[int, int]:
    best, seen = _stop(costs, patience, slack=1)
    return best, seen - 1


def _impatient(costs: Any, patience: int) -> tuple[int, int]:
    """Allow one bad epoch less; a good epoch never stops the run."""
    best, best_epoch = np.inf, 0
    for epoch, cost in enumerate(costs):
        if cost < best:
            best, best_epoch = cost, epoch
        elif epoch - best_epoch >= patience - 1:
            return best_epoch, epoch + 1
    return best_epoch, len(costs)


def _restored_at_a_stop(costs: Any, patience: int) -> tuple[int, int]:
    """Go back to the best epoch where patience runs out, and stay at the last one where the costs end."""
    best, seen = _stop(costs, patience)
    return (best, seen) if seen - 1 - best >= patience else (seen - 1, seen)


def _ties_not_counted(costs: Any, patience: int) -> tuple[int, int]:
    """Take an equal cost neither for better nor for a bad epoch."""
    best_epoch, bad = 0, 0
    for epoch, cost in enumerate(costs):
        if epoch == 0 or cost < costs[best_epoch]:
            best_epoch, bad = epoch, 0
        elif cost > costs[best_epoch]:
            bad += 1
            if bad >= patience:
                return best_epoch, epoch + 1
    return best_epoch, len(costs)


def _never_updated(costs: Any, patience: int) -> tuple[int, int]:
    """Compare with the first cost for ever."""
    best_epoch, bad = 0, 0
    for epoch in range(1, len(costs)):
        better = costs[epoch] < costs[0]
        best_epoch, bad = (epoch, 0) if better else (best_epoch, bad + 1)
        if bad == patience:
            return best_epoch, epoch + 1
    return best_epoch, len(costs)


def _forgiving(costs: Any, patience: int) -> tuple[int, int]:
    """Set the count back whenever a cost is below the one before it."""
    best, bad = 0, 0
    for epoch in range(1, len(costs)):
        best = epoch if costs[epoch] < costs[best] else best
        bad = 0 if costs[epoch] < costs[epoch - 1] else bad + 1
        if bad >= patience:
            return best, epoch + 1
    return best, len(costs)


MISJUDGED = (
    lambda cost, best: cost <= best,
    lambda cost, best: round(cost, 4) < round(best, 4),
    lambda cost, best: cost < best and not np.isclose(cost, best),
    *(lambda cost, best, by=10.0**-k: cost < best - by for k in range(1, 9)),
    *(lambda cost, best, by=5 * 10.0**-k: cost < best - by for k in range(2, 5)),
    *(lambda cost, best, by=10.0**-k: cost < best * (1 - by) for k in range(1, 9)),
)
"""Ties that count as better, and better only by a margin."""

STARTS = (0.0, 1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 999999.0, 1e6)
"""Numbers that a learner types in as the lowest cost before the first epoch."""


def _typed_in(patience: int) -> Callable:
    return lambda costs, _: _stop(costs, patience)


def _draw_stops(rng: np.random.Generator) -> tuple[Trial, ...]:
    falling = np.sort(rng.uniform(1, 2, size=6))[::-1]
    noise = lambda k: rng.uniform(2, 3, size=k)
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
        ("whole numbers", np.array([7, 5, 6, 5, 4, 6, 4, 5, 3]), 3),
    )
    return tuple(Trial(kind, (costs.tolist(), patience), (costs, patience)) for kind, costs, patience in runs)


ONE_OFF: tuple[Callable[[int, int], tuple], ...] = (
    lambda best, seen: (best, seen - 1),
    lambda best, seen: (best, seen + 1),
    lambda best, seen: (best + 1, seen),
    lambda best, seen: (best + 1, seen + 1),
    lambda best, seen: (best + 1, seen - 1),
    lambda best, seen: (max(best - 1, 0), max(seen - 1, 1)),
    lambda best, seen: (max(best - 1, 0), seen - 1),
)
"""Both numbers, or one of them, counted wrongly by one."""
_OTHER_PARTS: dict[str, list[dict[str, Any]]] = {
    "better-misjudged": [{"better": better} for better in MISJUDGED],
    "best-not-kept": [{"against_last": True}, *({"first": first} for first in STARTS)],
    "stopped-early": [{"resets": False}],
}
"""Mistake -> the parts of the rule that are got wrong, in each of their forms."""
PAIRS = {
    (id, "off-by-one"): tuple(_then(change, **how) for how in forms for change in ONE_OFF)
    for id, forms in _OTHER_PARTS.items()
}
_VARIANTS = {
    "swapped-returns": (_then(lambda best, seen: (seen, best)),),
    "off-by-one": (*map(_then, ONE_OFF), lambda costs, patience: _stop(costs, patience, slack=1), _uncounted, _late),
    "stopped-early": (
        lambda costs, patience: _stop(costs, patience, slack=-1),
        lambda costs, patience: _stop(costs, patience, resets=False),
        lambda costs, patience: _stop(costs, 1),
        lambda costs, patience: (int(np.argmin(costs[:patience])), len(costs[:patience])),
        _impatient,
    ),
    "best-not-kept": (
        _then(lambda best, seen: (seen - 1, seen)),
        lambda costs, patience: _stop(costs, patience, against_last=True),
        lambda costs, patience: (int(np.argmax(costs[: _stop(costs, patience)[1]])), _stop(costs, patience)[1]),
        lambda costs, patience: _stop(costs, patience, better=lambda cost, best: cost > best, first=-np.inf),
        *(lambda costs, patience, first=first: _stop(costs, patience, first=first) for first in STARTS),
        lambda costs, patience: _stop(costs, patience, better=lambda cost, best: cost < costs[0]),
        _never_updated,
        _restored_at_a_stop,
        lambda costs, patience: (max(_stop(costs, patience)[1] - patience, 0), _stop(costs, patience)[1]),
        lambda costs, patience: (_stop(costs, patience)[1] - 1 - patience, _stop(costs, patience)[1]),
        lambda costs, patience: (max(_stop(costs, patience)[1] - 1 - patience, 0), _stop(costs, patience)[1]),
    ),
    "better-misjudged": (
        _ties_not_counted,
        *(lambda costs, patience, better=better: _stop(costs, patience, better=better) for better in MISJUDGED),
    ),
    "tied-to-visible-data": tuple(_typed_in(patience) for patience in (2, 3, 4, 5, 10)),
    "other-quantity-returned": (
        lambda costs, patience: (float(costs[_stop(costs, patience)[0]]), _stop(costs, patience)[1]),
    ),
}
_KNOWN = (
    KnownRule(
        (_forgiving,),
        {
            "seen": "An epoch is better only if its cost is lower than in every epoch before it, not only than in the "
            "last one.",
            "question": "With the costs 5, 3, 4, 3.5: is the last epoch better than all epochs before it?",
            "look": "Look at the comparison that sets the count back: with which cost does it compare?",
        },
        "better-misjudged",
    ),
    KnownRule(
        (lambda costs, patience: _stop(costs, patience, against_last=True),),
        {
            "seen": "An epoch is better only if its cost is lower than in every epoch before it, not only than in the "
            "last one.",
            "question": "With the costs 5, 3, 4, 3.5: is the last epoch better than all epochs before it?",
            "look": "Look at the comparison: with which cost does it compare?",
        },
        "best-not-kept",
    ),
    KnownRule(
        (lambda costs, patience: _stop(costs, patience, resets=False),),
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
            lambda costs, patience: (int(np.argmin(costs)), _stop(costs, patience)[1]),
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
        (lambda costs, patience: (_stop(costs, patience)[0], len(costs)),),
        {
            "seen": "The best epoch is right; epochs after the stop were counted as looked at.",
            "question": "With the costs 3, 4, 5, 1 and a patience of 2: how many epochs are looked at?",
            "look": "Look at where the second number comes from.",
        },
    ),
)
_NEIGHBOURS = {
    "a cost below the one before it sets the count back": _forgiving,
    "never stops": lambda costs, patience: (int(np.argmin(costs)), len(costs)),
    "best of the whole list": lambda costs, patience: (int(np.argmin(costs)), _stop(costs, patience)[1]),
    "stops when the costs end": lambda costs, patience: (_stop(costs, patience)[0], len(costs)),
}
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


def early_stop_exercise(points: float) -> PropertyExercise:
    """Return the exercise ``early_stop(val_costs, patience)``."""
    return PropertyExercise(
        "early_stop",
        points,
        ("val_costs", "patience"),
        _draw_stops,
        equals(_stop),
        _VARIANTS,
        known_rules=_KNOWN,
        neighbours=_NEIGHBOURS,
        pairs=PAIRS,
        hints=_HINTS,
        reference=_stop,
    )
