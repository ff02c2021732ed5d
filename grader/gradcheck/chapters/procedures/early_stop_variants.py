"""Searches for the best epoch that are got wrong: in a part of the rule, in what comes back of it, or in both."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from gradcheck.judging.property_explanations import LOSSES

Found = tuple[Any, Any]
Search = Callable[[Any, int], Found]


def stop(
    costs: Any,
    patience: int,
    *,
    reads: Callable[[float], float] = lambda cost: cost,
    better: Callable[[float, float], bool] = lambda cost, best: cost < best,
    slack: int = 0,
    resets: bool = True,
    against_last: bool = False,
    first: float = np.inf,
    first_counts: bool = True,
) -> Found:
    """Return the best epoch, and how many were looked at; each option gets one part of the rule wrong."""
    best, best_epoch, bad, seen = first, 0, 0, 0
    for epoch, cost in enumerate(map(reads, costs)):
        seen = epoch + 1
        if better(cost, best):
            best_epoch, bad, best = epoch, 0 if resets else bad, cost
        else:
            bad += epoch > 0 or first_counts
            best = cost if against_last else best
        if bad >= patience + slack:
            break
    return best_epoch, seen


def _by(**how: Any) -> Search:
    """Return the rule with other parts."""
    return lambda costs, patience: stop(costs, patience, **how)


def _then(change: Callable[[int, int], tuple]) -> Search:
    """Return the rule with its two numbers changed."""
    return lambda costs, patience: change(*stop(costs, patience))


def _late(costs: Any, patience: int) -> tuple[int, int]:
    best, seen = stop(costs, patience, slack=1)
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
    best, seen = stop(costs, patience)
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


def forgiving(costs: Any, patience: int) -> tuple[int, int]:
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

STARTS = (1.0, 10.0, 100.0, 1e3, 1e6, 0.5, 2.0, 5.0, 20.0, 50.0, 500.0, 9999.0, 1e4, 99999.0, 1e5, 999999.0)
"""Numbers that a learner types in as the lowest cost before the first epoch: the usual ones come first."""
USUAL = 5
"""So many of them are tried together with other mistakes."""
TYPED_IN = tuple(_by(first=first, first_counts=counts) for first in STARTS for counts in (True, False))
"""Searches that begin with a typed-in number."""
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
PARTS: Mapping[str, tuple[dict[str, Any], ...]] = {
    "better-misjudged": tuple({"better": better} for better in MISJUDGED),
    "best-not-kept": ({"against_last": True}, {"first": 0.0}),
    "tied-to-visible-data": tuple(
        {"first": first, "first_counts": counts} for first in STARTS[:USUAL] for counts in (True, False)
    ),
    "stopped-early": ({"resets": False}, {"slack": -1}),
    "off-by-one": ({"slack": 1},),
    "decimals-lost": tuple({"reads": way} for way in LOSSES),
}
"""Mistake -> the parts of the rule that are got wrong, in each of their forms."""
PAIRS = {
    (one, other): tuple(_by(**a, **b) for a, b in itertools.product(PARTS[one], PARTS[other]) if not set(a) & set(b))
    for one, other in itertools.combinations(PARTS, 2)
}


def _end(change: Callable[[int, int], tuple]) -> Callable:
    return lambda known, made, came_back: change(*made)


def _has_run_out(known: tuple, made: Found) -> bool:
    """Tell whether patience ran out before the costs did, or with the last of them."""
    return made[1] - 1 - made[0] >= known[1]


def _one_less_at_a_stop(known: tuple, made: Found, _: Any) -> Found:
    return made[0], made[1] - _has_run_out(known, made)


def _one_less_at_the_end(known: tuple, made: Found, _: Any) -> Found:
    return made[0], made[1] - (not _has_run_out(known, made))


def _one_less_within(known: tuple, made: Found, _: Any) -> Found:
    return made[0], made[1] - (made[1] < len(known[0]))


def _one_less_without(known: tuple, made: Found, _: Any) -> Found:
    return made[0], made[1] - (made[1] == len(known[0]))


ENDS: Mapping[str, tuple[Callable[[tuple, Any, Any], Any], ...]] = {
    "swapped-returns": (_end(lambda best, seen: (seen, best)),),
    "off-by-one": (
        *map(_end, ONE_OFF),
        *(_one_less_at_a_stop, _one_less_at_the_end, _one_less_within, _one_less_without),
    ),
    "other-quantity-returned": (
        lambda known, made, _: (float(known[0][made[0]]), made[1]),
        lambda known, made, _: (made[0], float(known[0][made[0]])),
        lambda known, made, _: (made[0], float(known[0][made[1] - 1])),
    ),
}
"""What comes back of a right or a wrong search in place of its two numbers."""


def _ended(end: Callable[[tuple, Any, Any], Any]) -> Search:
    return lambda *known: end(known, stop(*known), None)


def _typed_in(patience: int) -> Callable:
    return lambda costs, _: stop(costs, patience)


VARIANTS: Mapping[str, tuple[Search, ...]] = {
    "swapped-returns": tuple(map(_ended, ENDS["swapped-returns"])),
    "off-by-one": (*map(_ended, ENDS["off-by-one"]), _by(slack=1), _late),
    "stopped-early": (
        *(_by(**part) for part in PARTS["stopped-early"]),
        lambda costs, patience: stop(costs, 1),
        lambda costs, patience: (int(np.argmin(costs[:patience])), len(costs[:patience])),
        _impatient,
    ),
    "best-not-kept": (
        _then(lambda best, seen: (seen - 1, seen)),
        *(_by(**part) for part in PARTS["best-not-kept"]),
        lambda costs, patience: (int(np.argmax(costs[: stop(costs, patience)[1]])), stop(costs, patience)[1]),
        _by(better=lambda cost, best: cost > best, first=-np.inf),
        lambda costs, patience: stop(costs, patience, better=lambda cost, best: cost < costs[0]),
        _never_updated,
        _restored_at_a_stop,
        lambda costs, patience: (max(stop(costs, patience)[1] - patience, 0), stop(costs, patience)[1]),
        lambda costs, patience: (stop(costs, patience)[1] - 1 - patience, stop(costs, patience)[1]),
        lambda costs, patience: (max(stop(costs, patience)[1] - 1 - patience, 0), stop(costs, patience)[1]),
    ),
    "better-misjudged": (_ties_not_counted, *(_by(**part) for part in PARTS["better-misjudged"])),
    "tied-to-visible-data": (*(_typed_in(patience) for patience in (2, 3, 4, 5, 10)), *TYPED_IN),
    "decimals-lost": tuple(_by(**part) for part in PARTS["decimals-lost"]),
    "other-quantity-returned": tuple(map(_ended, ENDS["other-quantity-returned"])),
}
NEIGHBOURS = {
    "a cost below the one before it sets the count back": forgiving,
    "never stops": lambda costs, patience: (int(np.argmin(costs)), len(costs)),
    "best of the whole list": lambda costs, patience: (int(np.argmin(costs)), stop(costs, patience)[1]),
    "stops when the costs end": lambda costs, patience: (stop(costs, patience)[0], len(costs)),
    **{
        f"the first {most} costs only": lambda costs, patience, most=most: stop(costs[:most], patience)
        for most in (100, 200, 400, 401)
    },
}
"""Rules close to the right one."""
