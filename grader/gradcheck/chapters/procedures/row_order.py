"""What the orders of rows tell, where rows are brought into an order at random."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from gradcheck.call import Value
from gradcheck.chapters.procedures.chance import find_own_randomness
from gradcheck.exercises.diagnosis import Diagnosis

FEWEST = 5
"""With fewer rows, one of them stays where it was by chance too often."""
STAYS = {
    "question": "Can every row come out at every place? Follow the first row and the last one.",
    "look": "Look at where the loop begins and ends that brings the rows into another order.",
}


def judge_orders(orders: Sequence[Sequence[Sequence[int]]], repeated: Sequence[Value]) -> Diagnosis | None:
    """Look at the rows of every call, part by part, and at what three calls on the same rows returned.

    Of the three, the second has another generator than the first, and the third the same.
    """
    if not any(len(part) > 1 for part in orders[0]):
        return None  # nothing in it looks like rows
    as_they_lay = all(map(_are_as_they_lay, orders))
    if (own := find_own_randomness(*repeated)) is not None:
        same = find_own_randomness(repeated[0], repeated[1], repeated[0])
        return Diagnosis("not-shuffled") if same and as_they_lay else own
    rows = [[row for part in parts for row in part] for parts in orders]
    complete = all(sorted(order) == list(range(len(order))) for order in rows)
    return _find_row_that_stays(rows) if complete and not as_they_lay else None


def _are_as_they_lay(parts: Sequence[Sequence[int]]) -> bool:
    """Tell whether the rows of every part follow each other, forward or backward."""
    steps = [np.diff(part) for part in parts if len(part) > 1]
    return all(np.all(step == 1) or np.all(step == -1) for step in steps)


def _find_row_that_stays(orders: Sequence[Sequence[int]]) -> Diagnosis | None:
    """Name an order in which the first row is always the first, or the last always the last.

    With eight calls of 5 to 23 rows that happens by chance less than once in twenty million.
    """
    long = [order for order in orders if len(order) >= FEWEST]
    for place, name in ((0, "first"), (-1, "last")):
        if long and all(order[place] == range(len(order))[place] for order in long):
            return Diagnosis("not-shuffled", detail={"seen": f"The {name} row is always the {name} one.", **STAYS})
    return None


def _exchanged(first: int, behind: int) -> Callable[[np.ndarray, np.random.Generator], np.ndarray]:
    """Return the exchange of rows one by one that leaves out some at the ends."""

    def shuffle(rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        moved = rows.copy()
        for i in range(len(rows) - 1 - behind, first, -1):
            j = int(rng.integers(first, i + 1))
            moved[[i, j]] = moved[[j, i]]
        return moved

    return shuffle


EXCHANGES: Mapping[str, Callable[[np.ndarray, np.random.Generator], np.ndarray]] = {
    "the last row never moves": _exchanged(0, 1),
    "the first row never moves": _exchanged(1, 0),
}
"""Ways to bring rows into an order in which one of them stays where it is."""
