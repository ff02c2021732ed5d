"""What the orders of rows tell, where rows are brought into an order at random."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from gradcheck.call import Value
from gradcheck.chapters.procedures.chance import find_own_randomness
from gradcheck.exercises.diagnosis import Diagnosis

FEWEST = 5
"""With fewer rows, one of them stays where it was by chance too often."""
MOST_FIXED = 40
"""Rows that stay, in all calls together, beyond one for each call."""
DEALT = {
    "question": "Could row 0 end up in each of the three parts?",
    "look": "Look at what is done first: are the rows put into an order, or cut into parts?",
}
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
    if as_they_lay or not all(sorted(order) == list(range(len(order))) for order in rows):
        return None
    return _find_row_that_stays(rows) or _find_little_chance(rows) or _find_fixed_halves(rows)


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


def _find_little_chance(orders: Sequence[Sequence[int]]) -> Diagnosis | None:
    """Name orders in which far too many rows stay where they were, or none ever does.

    In a random order one row stays on average, however many there are. More than ``MOST_FIXED`` in all calls come up
    less than once in a billion; that every order is a single round of all rows, as often.
    """
    long = [order for order in orders if len(order) >= FEWEST]
    fixed = sum(int(np.sum(np.asarray(order) == np.arange(len(order)))) for order in long)
    if fixed > MOST_FIXED + len(long):
        return Diagnosis("not-shuffled", detail={"seen": "Most rows stay where they were.", **STAYS})
    if len(long) > 5 and all(_is_one_round(order) for order in long):
        seen = "No row ever stays where it is, so some orders can never come out."
        return Diagnosis("not-shuffled", detail={"seen": seen, **STAYS})
    return None


def _is_one_round(order: Sequence[int]) -> bool:
    """Tell whether one gets to all rows by going from each place to the row that stands there."""
    place, steps = int(order[0]), 1
    while place != 0:
        place, steps = int(order[place]), steps + 1
    return steps == len(order)


def _find_fixed_halves(orders: Sequence[Sequence[int]]) -> Diagnosis | None:
    """Name orders in which the rows of the first half always stay there."""
    halves = [(order[: len(order) // 2], len(order) // 2) for order in orders if len(order) >= FEWEST]
    if halves and all(set(first) == set(range(count)) for first, count in halves):
        seen = "The first half of the rows always comes out in the first half."
        return Diagnosis("not-shuffled", detail={"seen": seen, **STAYS})
    return None


def find_fixed_part(parts: Sequence[Sequence[Sequence[int]]], names: Sequence[str]) -> Diagnosis | None:
    """Name a part that in every call holds rows which lay side by side: chance had no say in which ones."""
    for place, name in enumerate(names):
        full = [call for call in parts if len(call) == len(names)]
        own = [call[place] for call in full if 2 < len(call[place]) < len({row for part in call for row in part})]
        if len(own) > 3 and all(max(part) - min(part) == len(part) - 1 for part in own):
            seen = f"Which rows the {name} part holds is not random: they are always rows that lie side by side."
            return Diagnosis("not-shuffled", detail={"seen": seen, **DEALT})
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


def _few_swaps(rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    moved = rows.copy()
    for _ in range(len(rows) // 2):
        i, j = rng.integers(len(rows)), rng.integers(len(rows))
        moved[[i, j]] = moved[[j, i]]
    return moved


def _in_a_round(rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Exchange each row with one before it and never with itself (Sattolo)."""
    moved = rows.copy()
    for i in range(len(rows) - 1, 0, -1):
        j = int(rng.integers(i))
        moved[[i, j]] = moved[[j, i]]
    return moved


def _half_by_half(rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    middle = len(rows) // 2
    return np.concatenate([rng.permutation(rows[:middle]), rng.permutation(rows[middle:])])


EXCHANGES: Mapping[str, Callable[[np.ndarray, np.random.Generator], np.ndarray]] = {
    "the last row never moves": _exchanged(0, 1),
    "the first row never moves": _exchanged(1, 0),
    "a swap for every second row": _few_swaps,
    "no row stays where it is": _in_a_round,
    "each half by itself": _half_by_half,
}
"""Ways to bring rows into an order in which not every row can come out at every place."""
