"""Walks over a tape that are got wrong, each under the name of its mistake, and others close to the right one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

Row = tuple[Any, str, tuple[int, ...]]
"""Value, operation, and the rows that entered it."""
Tape = list[Row]
Rules = Mapping[str, Callable]


def _add(beside: list, i: int, part: Any) -> None:
    beside[i] = beside[i] + part


def _overwrite(beside: list, i: int, part: Any) -> None:
    beside[i] = part


def _zeros(tape: Tape) -> list:
    return [np.zeros(np.shape(value)) for value, _, _ in tape]


def _input_values(tape: Tape, row: int) -> list:
    return [tape[i][0] for i in tape[row][2]]


def _in_order(inputs: tuple, parts: Sequence) -> Iterable[tuple[int, Any]]:
    """Pair each input with its part of the gradient."""
    return zip(inputs, parts, strict=True)


def _backwards(tape: Tape) -> Iterable[int]:
    return reversed(range(len(tape)))


def _walk(
    *,
    order: Callable[[Tape], Iterable[int]] = _backwards,
    put: Callable[[list, int, Any], None] = _add,
    start: Callable[[Tape], list] = _zeros,
    seed: Callable[[Tape], Any] = lambda tape: 1.0,
    handed: Callable[[Any], Any] = lambda G: G,
    given: Callable[[Tape, int], Sequence] = _input_values,
    deal: Callable[[tuple, Sequence], Iterable[tuple[int, Any]]] = _in_order,
) -> Callable[[Tape, Rules], list]:
    """Return a walk whose parts can be got wrong one by one."""

    def walk(tape: Tape, back: Rules) -> list:
        beside = start(tape)
        beside[-1] = seed(tape)
        for k in order(tape):
            _, operation, inputs = tape[k]
            if inputs:
                parts = back[operation](handed(beside[k]), *given(tape, k))
                for i, part in deal(inputs, parts):
                    put(beside, i, part)
        return beside

    return walk


def _first_use_only(*, from_all: bool) -> Callable[[Tape, Rules], list]:
    """Keep the first gradient that arrives at a row; ``from_all``: rows that lead nowhere hand on zeros."""

    def walk(tape: Tape, back: Rules) -> list:
        beside: list = [None] * (len(tape) - 1) + [1.0]
        for k in _backwards(tape):
            _, operation, inputs = tape[k]
            beside[k] = np.zeros(np.shape(tape[k][0])) if beside[k] is None and from_all else beside[k]
            if beside[k] is not None and inputs:
                for i, part in zip(inputs, back[operation](beside[k], *(tape[j][0] for j in inputs)), strict=True):
                    beside[i] = part if beside[i] is None else beside[i]
        return [np.zeros(np.shape(row[0])) if g is None else g for g, row in zip(beside, tape, strict=True)]

    return walk


def _as_it_came(
    *,
    in_place: bool = False,
    seed: Callable[[], Any] = lambda: 1.0,
    from_all: bool = False,
    empty: Callable[[Any], Any] = lambda value: np.zeros(np.shape(value)),
) -> Callable[[Tape, Rules], list]:
    """Keep the first array that a rule returned: add to it ``in_place``, or have no zeros (``empty``) elsewhere."""

    def walk(tape: Tape, back: Rules) -> list:
        beside: list = [None] * (len(tape) - 1) + [seed()]
        for k in _backwards(tape):
            value, operation, inputs = tape[k]
            beside[k] = np.zeros(np.shape(value)) if beside[k] is None and from_all else beside[k]
            if beside[k] is not None and inputs:
                for i, part in zip(inputs, back[operation](beside[k], *(tape[j][0] for j in inputs)), strict=True):
                    if beside[i] is None:
                        beside[i] = part
                    elif in_place:
                        beside[i] += part
                    else:
                        beside[i] = beside[i] + part
        return [empty(row[0]) if g is None else g for g, row in zip(beside, tape, strict=True)]

    return walk


def _depth_first(tape: Tape) -> list[int]:
    """Return the rows in the order in which somebody visits them who follows each path to its end."""
    found: list[int] = []

    def visit(row: int) -> None:
        if row not in found:
            found.append(row)
            for earlier in tape[row][2]:
                visit(earlier)

    visit(len(tape) - 1)
    return found


def _before_the_first_leaf(tape: Tape) -> Iterable[int]:
    return itertools.takewhile(lambda row: tape[row][2], _backwards(tape))


def _as_they_wait(take: Callable[[list[int]], int]) -> Callable[[Tape], list[int]]:
    """Return the rows in the order in which they are taken from a list of those that wait."""

    def order(tape: Tape) -> list[int]:
        waiting, found = [len(tape) - 1], list[int]()
        while waiting:
            row = take(waiting)
            if row not in found:
                found.append(row)
                waiting += tape[row][2]
        return found

    return order


VISITS = 3000
"""After so many a walk along every path is given up: their number doubles with each row that is used twice."""


def _on_arrival(tape: Tape, back: Rules) -> list:
    """Hand on what a row has got so far whenever something arrives there."""
    beside, visits = _zeros(tape), 0

    def visit(row: int) -> None:
        nonlocal visits
        visits += 1
        _, operation, inputs = tape[row]
        if not inputs or visits > VISITS:
            return
        for i, part in zip(inputs, back[operation](beside[row], *_input_values(tape, row)), strict=True):
            _add(beside, i, part)
            visit(i)

    beside[-1] = 1.0
    visit(len(tape) - 1)
    return beside


_from_a_stack, _level_by_level = _as_they_wait(lambda rows: rows.pop()), _as_they_wait(lambda rows: rows.pop(0))


WRONG_WALKS = {
    "reuse-overwritten": (
        _walk(put=_overwrite),
        _first_use_only(from_all=False),
        _first_use_only(from_all=True),
        _walk(deal=lambda inputs, parts: dict(_in_order(inputs, parts)).items()),
        _walk(deal=lambda inputs, parts: dict(_in_order(inputs[::-1], parts[::-1])).items()),
    ),
    "walk-order-wrong": (
        _walk(order=lambda tape: range(len(tape))),
        _walk(order=_depth_first),
        _walk(order=_from_a_stack),
        _walk(order=_level_by_level),
        _on_arrival,
        _walk(order=_before_the_first_leaf),
        _walk(order=lambda tape: (k for k in _backwards(tape) if k != len(tape) - 2)),
    ),
    "seed-missing": (
        _walk(seed=lambda tape: 0.0),
        _walk(seed=lambda tape: tape[-1][0]),
        _walk(seed=lambda tape: -1.0),
        _walk(start=lambda tape: [np.ones(np.shape(row[0])) for row in tape]),
    ),
    "upstream-missing": (_walk(handed=lambda G: 1.0), _walk(handed=lambda G: np.ones(np.shape(G)))),
    "inputs-mixed-up": (
        _walk(deal=lambda inputs, parts: _in_order(inputs[::-1], parts)),
        _walk(deal=lambda inputs, parts: [(i, parts[inputs.index(i)]) for i in inputs]),  # the first place of each
    ),
    "not-the-input-values": (
        _walk(given=lambda tape, k: tape[k][2]),
        _walk(given=lambda tape, k: [tape[k][0]] * len(tape[k][2])),
        _walk(given=lambda tape, k: [tape[i][0] for i in tape[k][2]][::-1]),
    ),
    "shared-array-changed": tuple(
        _as_it_came(in_place=True, seed=seed, from_all=from_all)
        for seed in (lambda: 1.0, lambda: np.array(1.0), lambda: np.float64(1.0))
        for from_all in (False, True)
    ),
    "zeros-missing": (
        _as_it_came(empty=lambda value: 0.0),
        _as_it_came(empty=lambda value: None),
        _walk(start=lambda tape: [0.0] * len(tape)),
    ),
}
CLOSE_WALKS = {
    "passes over the leaf in row 0": _walk(start=_zeros, order=lambda tape: range(len(tape) - 1, 1, -1)),
    "one row is not the last": lambda tape, back: _walk()(tape, back) if len(tape) > 1 else [0.0],
}
