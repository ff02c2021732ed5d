"""What has to run while a notebook is graded: all that the learner wrote, and of the release what that depends on.

A variable is needed if the learner's code names it, if the judge asks for it, or if code that has to run reads it. Of
a cell of the release everything runs up to the last statement that binds a needed variable or may change an object
that belongs to one. So every needed variable has, at every moment, the value that it has when everything runs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from autograder.submissions.slicing.functions import Code, describe, settle
from autograder.submissions.slicing.known_calls import ANYTHING, SHARED_STATE
from autograder.submissions.slicing.undecided import is_undecided, parse
from autograder.submissions.slicing.values import NONE, Found, Roots, TooMuchError


class CodeCell(NamedTuple):
    """A cell that would run."""

    source: str
    learners: bool
    """A learner wrote it, or may have."""


def needed_sources(cells: Sequence[CodeCell], judged: Collection[str]) -> list[str]:
    """Return what has to run of each cell, "" for nothing. ``judged`` are the names that the judge asks for.

    Where the text of a notebook does not tell what it depends on, all cells are returned as they are.
    """
    try:
        return _told(cells, judged)
    except (RecursionError, TooMuchError):  # nobody writes so by hand
        return [cell.source for cell in cells]


def _told(cells: Sequence[CodeCell], judged: Collection[str]) -> list[str]:
    everything = [cell.source for cell in cells]
    codes = [code for code in map(_code, cells) if code is not None]
    found = settle(codes) if len(codes) == len(cells) else None
    if found is None or any(part.once for parts in found for part in parts):
        return everything
    learners = [number for number, cell in enumerate(cells) if cell.learners]
    if any(ANYTHING in part.summary.changes for number in learners for part in found[number]):
        return everything
    needed = frozenset(judged).union(SHARED_STATE, *(codes[number].cell.reads for number in learners))
    classes = _classes(link for parts in found for part in parts for link in part.summary.links)
    last = max(learners, default=0)
    changed = {
        number: [_changed(part, classes) for part in found[number]]
        for number in range(last)
        if not cells[number].learners
    }
    ends = _ends(changed, codes, needed)
    return [
        cell.source if cell.learners else "\n".join(cell.source.split("\n")[: ends.get(number, 0)])
        for number, cell in enumerate(cells)
    ]


@lru_cache(maxsize=1024)
def _released(source: str) -> Code | None:
    """Return a cell of the release: there are few, and all submissions share them."""
    tree = parse(source)
    return describe(tree, shared=True) if tree else None


def _code(cell: CodeCell) -> Code | None:
    """Return what can be followed of a cell, or None."""
    if not cell.learners:
        return _released(cell.source)
    tree = parse(cell.source)
    return None if tree is None or is_undecided(tree) else describe(tree, shared=False)


def _classes(links: Iterable[Roots]) -> dict[str, Roots]:
    """Return variable -> all variables that may share an object with it.

    >>> classes = _classes([frozenset("ab"), frozenset("cd"), frozenset("bc"), frozenset("e")])
    >>> sorted(classes), sorted(classes["a"])
    (['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd'])
    """
    above: dict[str, str] = {}

    def top(name: str) -> str:
        above.setdefault(name, name)
        while above[name] != name:
            above[name] = name = above[above[name]]  # half the way next time
        return name

    for link in set(links):
        if len(link) > 1:
            first, *others = map(top, link)
            above |= dict.fromkeys(others, first)
    members: dict[str, set[str]] = {}
    for name in tuple(above):
        members.setdefault(top(name), set()).add(name)
    return {name: found for some in members.values() for found in [frozenset(some)] for name in some}


def _changed(found: Found, classes: Mapping[str, Roots]) -> Roots:
    """Return the variables that a statement binds, or whose objects it may change."""
    changes = found.summary.changes
    return found.binds | changes.union(*(classes.get(root, NONE) for root in changes))


def _ends(changed: Mapping[int, Sequence[Roots]], codes: Sequence[Code], needed: Roots) -> dict[int, int]:
    """Return cell of the release -> number of the last line that has to run."""
    kept = dict.fromkeys(changed, 0)
    before: Roots | None = None
    while needed != before:
        before = needed
        for number, statements in changed.items():
            for at in range(len(statements), kept[number], -1):
                if statements[at - 1] & needed or ANYTHING in statements[at - 1]:
                    kept[number] = at
                    break
            needed = needed.union(*(reads for _, reads in codes[number].statements[: kept[number]]))
    return {number: codes[number].statements[at - 1][0] for number, at in kept.items() if at}
