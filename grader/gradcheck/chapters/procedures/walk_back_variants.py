"""Walks over a tape that are got wrong, each under the name of its mistake, and others close to the right one."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

Row = tuple[Any, str, tuple[int, ...]]
"""Value, operation, and the rows that entered it."""
Tape = list[Row]
Rules = Mapping[str, Callable]
Walk = Callable[[Tape, Rules], list]


def _zeros(tape: Tape) -> list:
    return [np.zeros(np.shape(value)) for value, _, _ in tape]


def _input_values(tape: Tape, row: int) -> list:
    return [tape[i][0] for i in tape[row][2]]


def _in_order(inputs: tuple, parts: Sequence) -> Iterable[tuple[int, Any]]:
    """Pair each input with its part of the gradient."""
    return zip(inputs, parts, strict=True)


def _backwards(tape: Tape) -> Iterable[int]:
    return reversed(range(len(tape)))


def _forwards(tape: Tape) -> Iterable[int]:
    return range(len(tape))


def _nothing(tape: Tape) -> list:
    return [None] * len(tape)


def _zeros_like(tape: Tape) -> list:
    return [np.zeros_like(value) for value, _, _ in tape]


def _into_what_is_there(old: np.ndarray, part: Any) -> np.ndarray:
    """Add into an array that keeps its kind of number."""
    return np.add(old, part, out=old, casting="unsafe")


def _as_shaped(value: Any) -> Any:
    return np.zeros(np.shape(value))


def _walk(
    *,
    order: Callable[[Tape], Iterable[int]] = _backwards,
    join: Callable[[Any, Any], Any] = operator.add,
    start: Callable[[Tape], list] = _zeros,
    seed: Callable[[Tape], Any] = lambda tape: 1.0,
    handed: Callable[[Any], Any] = lambda G: G,
    given: Callable[[Tape, int], Sequence] = _input_values,
    deal: Callable[[tuple, Sequence], Iterable[tuple[int, Any]]] = _in_order,
    skip: Callable[[Any], Any] = lambda G: False,
    from_all: bool = False,
    empty: Callable[[Any], Any] = _as_shaped,
) -> Walk:
    """Return a walk whose parts can be got wrong one by one.

    Where it starts with ``_nothing``, a row keeps what arrives first until something is joined to it; a row where
    nothing arrives is ``empty`` at the end, or (``from_all``) from when it is passed, and hands on zeros. A row whose
    gradient is one to ``skip`` hands on nothing.
    """

    def walk(tape: Tape, back: Rules) -> list:
        beside = start(tape)
        beside[-1] = seed(tape)
        for k in order(tape):
            value, operation, inputs = tape[k]
            beside[k] = empty(value) if beside[k] is None and from_all else beside[k]
            if inputs and beside[k] is not None and not skip(beside[k]):
                parts = back[operation](handed(beside[k]), *given(tape, k))
                for i, part in deal(inputs, parts):
                    beside[i] = part if beside[i] is None else join(beside[i], part)
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
            beside[i] = beside[i] + part
            visit(i)

    beside[-1] = 1.0
    visit(len(tape) - 1)
    return beside


def _on_first_arrival(tape: Tape, back: Rules) -> list:
    """Hand on what the first arrow brought to a row, and keep what comes later."""
    beside, seen = _zeros(tape), set[int]()

    def visit(row: int) -> None:
        seen.add(row)
        _, operation, inputs = tape[row]
        parts = back[operation](beside[row], *_input_values(tape, row)) if inputs else ()
        for i, part in _in_order(inputs, parts):
            beside[i] = beside[i] + part
            if i not in seen:
                visit(i)

    beside[-1] = 1.0
    visit(len(tape) - 1)
    return beside


_from_a_stack, _level_by_level = _as_they_wait(lambda rows: rows.pop()), _as_they_wait(lambda rows: rows.pop(0))


WRONG_PARTS: dict[str, tuple[dict[str, Any], ...]] = {
    "reuse-overwritten": (
        {"join": lambda old, part: part},
        {"start": _nothing, "join": lambda old, part: old},
        {"deal": lambda inputs, parts: dict(_in_order(inputs, parts)).items()},
        {"deal": lambda inputs, parts: dict(_in_order(inputs[::-1], parts[::-1])).items()},
    ),
    "walk-order-wrong": (
        {"order": _forwards},
        {"order": _depth_first},
        {"order": _from_a_stack},
        {"order": _level_by_level},
        {"order": _before_the_first_leaf},
        {"order": lambda tape: (k for k in _backwards(tape) if k != len(tape) - 2)},
    ),
    "seed-missing": (
        {"seed": lambda tape: 0.0},
        {"seed": lambda tape: tape[-1][0]},
        {"seed": lambda tape: -1.0},
        {"seed": lambda tape: 1.0 / len(tape)},
        {"start": lambda tape: [np.ones(np.shape(row[0])) for row in tape]},
    ),
    "upstream-missing": ({"handed": lambda G: 1.0}, {"handed": lambda G: np.ones(np.shape(G))}),
    "inputs-mixed-up": (
        {"deal": lambda inputs, parts: _in_order(inputs[::-1], parts)},
        {"deal": lambda inputs, parts: _in_order(tuple(sorted(inputs)), parts)},
        {"deal": lambda inputs, parts: [(i, parts[inputs.index(i)]) for i in inputs]},  # the first place of each
    ),
    "not-the-input-values": (
        {"given": lambda tape, k: tape[k][2]},
        {"given": lambda tape, k: [tape[k][0]] * len(tape[k][2])},
        {"given": lambda tape, k: [tape[i][0] for i in tape[k][2]][::-1]},
        {"given": lambda tape, k: [row[0] for row in tape[:k]][-len(tape[k][2]) :]},
    ),
    "shared-array-changed": (
        {"start": _nothing, "join": operator.iadd},
        {"start": _nothing, "join": operator.iadd, "seed": lambda tape: np.array(1.0)},
        {"start": _nothing, "join": operator.iadd, "seed": lambda tape: np.float64(1.0)},
    ),
    "zeros-missing": (
        {"start": lambda tape: [0.0] * len(tape)},
        {"start": _nothing, "empty": lambda value: 0.0},
        {"start": _nothing, "empty": lambda value: None},
    ),
}
"""Mistake -> the parts of a walk that are wrong, in each of its forms."""


def _with(parts: Mapping[str, Any]) -> Iterator[Walk]:
    """Yield the walks with these parts, by each way to collect what arrives at a row."""
    yield _walk(**parts)
    if parts.get("start", _nothing) is _nothing:
        yield _walk(**{**parts, "start": _nothing})
        if parts.get("order") is not _forwards:  # then only zeros are handed on, and those have many causes
            yield _walk(**{**parts, "start": _nothing}, from_all=True)


def _both(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[Walk]:
    """Yield the walks with two mistakes, if they do not ask for two things at one place."""
    if all(one[key] is other[key] for key in one.keys() & other.keys()):
        yield from _with({**one, **other})


WRONG_WALKS = {id: tuple(walk for form in forms for walk in _with(form)) for id, forms in WRONG_PARTS.items()}
WRONG_WALKS["walk-order-wrong"] += (_on_arrival, _on_first_arrival)
WRONG_WALKS["decimals-lost"] = (_walk(start=_zeros_like, join=_into_what_is_there),)
TWICE_WRONG = {
    (one, other): tuple(walk for a, b in itertools.product(some, others) for walk in _both(a, b))
    for (one, some), (other, others) in itertools.combinations(WRONG_PARTS.items(), 2)
}


def _keeping_rules() -> Walk:
    """Return a walk that keeps every rule that it has seen once."""
    kept: dict[str, Callable] = {}

    def walk(tape: Tape, back: Rules) -> list:
        for operation, rule in back.items():
            kept.setdefault(operation, rule)
        return _walk()(tape, kept)

    return walk


def _keeping_results(by: Callable[[Tape], Any]) -> Walk:
    """Return a walk that looks up what it found for a tape that was the same ``by`` something."""
    kept: dict[Any, list] = {}

    def walk(tape: Tape, back: Rules) -> list:
        return kept.setdefault(by(tape), _walk()(tape, back))

    return walk


def _keeping_its_list() -> Walk:
    """Return a walk that adds to the list of its last call, if that is as long."""
    kept: list = []

    def walk(tape: Tape, back: Rules) -> list:
        if [np.shape(old) for old in kept] != [np.shape(row[0]) for row in tape]:
            kept[:] = _zeros(tape)
        kept[:] = _walk(start=lambda tape: list(kept))(tape, back)
        return list(kept)

    return walk


CLOSE_WALKS = {
    **{
        f"passes over rows whose gradient {what}": _walk(skip=skip)
        for what, skip in {
            "adds up to 0": lambda G: np.sum(G) == 0,
            "nearly adds up to 0": lambda G: abs(np.sum(G)) < 1e-9,
            "holds a 0": lambda G: not np.all(G),
            "begins with a 0": lambda G: np.ravel(G)[0] == 0,
            "ends with a 0": lambda G: np.ravel(G)[-1] == 0,
            "is below a millionth": lambda G: np.max(np.abs(G)) < 1e-6,
            "is close to 0": lambda G: np.allclose(G, 0),
            "is shorter than 1e-12": lambda G: np.linalg.norm(np.ravel(G)) < 1e-12,
        }.items()
    },
    "keeps its rules": _keeping_rules(),
    "keeps results by operations": _keeping_results(lambda tape: tuple(row[1:] for row in tape)),
    "keeps results by leaves": _keeping_results(lambda tape: str([row[bool(row[2]) :] for row in tape])),
    "keeps its list": _keeping_its_list(),
    "passes over the leaf in row 0": _walk(start=_zeros, order=lambda tape: range(len(tape) - 1, 1, -1)),
    "one row is not the last": lambda tape, back: _walk()(tape, back) if len(tape) > 1 else [0.0],
}
