"""Add up the copies that broadcasting made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.exercises.machine_stand_ins import unbroadcast_stand_in
from gradcheck.exercises.property_exercise import PropertyExercise, Trial
from gradcheck.judging.properties import equals

Shape = tuple[int, ...]


def sum_down(G: Any, shape: Shape) -> np.ndarray:
    """Return the derivative of <G, A stretched to the shape of G> with respect to A (shape), by differences.

    The number is linear in A, so the difference between an entry of 1 and an entry of 0 is exact.
    """
    stretched = lambda A: float(np.sum(G * np.broadcast_to(A, np.shape(G))))
    units = np.eye(int(np.prod(shape, dtype=int))).reshape(-1, *shape)
    return np.array([stretched(unit) - stretched(0 * unit) for unit in units]).reshape(shape)


def _stretched_axes(G: Any, shape: Shape) -> tuple[int, ...]:
    """Return the axes of G that its array has not: those in front, and those where it has size 1."""
    front = np.ndim(G) - len(shape)
    return (*range(front), *(front + i for i, size in enumerate(shape) if size == 1 and np.shape(G)[front + i] > 1))


def _reduced(
    reduce: Callable, axes: Callable[[Any, Shape], tuple[int, ...]] = _stretched_axes, *, fit: bool = True
) -> Callable:
    def rule(G: Any, shape: Shape) -> Any:
        made = reduce(np.asarray(G), axes(G, shape))
        return np.reshape(made, shape) if fit and np.size(made) == np.prod(shape, dtype=int) else made

    return rule


def _sum(G: np.ndarray, axes: tuple[int, ...]) -> Any:
    return np.sum(G, axis=axes, keepdims=True) if axes else G


def _mean(G: np.ndarray, axes: tuple[int, ...]) -> Any:
    return np.mean(G, axis=axes, keepdims=True) if axes else G


def _copy(row: int) -> Callable:
    return lambda G, axes: G[tuple(row if i in axes else slice(None) for i in range(G.ndim))]


def _in_front(G: Any, shape: Shape) -> tuple[int, ...]:
    return tuple(range(np.ndim(G) - len(shape)))


def _of_size_one(G: Any, shape: Shape) -> tuple[int, ...]:
    front = np.ndim(G) - len(shape)
    return tuple(axis for axis in _stretched_axes(G, shape) if axis >= front)


def _sum_away(G: np.ndarray, axes: tuple[int, ...]) -> Any:
    return np.sum(G, axis=axes) if axes else G


def _flush_left(G: Any, shape: Shape) -> Any:
    """Line the shapes up at their first axes."""
    made = np.sum(G, axis=tuple(range(len(shape), np.ndim(G))))
    return np.sum(made, axis=tuple(i for i, n in enumerate(shape) if n == 1), keepdims=True)


def _other_axes(G: Any, shape: Shape) -> tuple[int, ...]:
    stretched = _stretched_axes(G, shape)
    return tuple(i for i in range(np.ndim(G)) if i not in stretched) if stretched else ()


def _one_kind_alone(G: Any, shape: Shape) -> Any:
    """Sum the axes in front, or those of size 1, but never both."""
    front = _in_front(G, shape)
    return _sum_away(np.asarray(G), front) if front else _sum(np.asarray(G), _of_size_one(G, shape))


def _first_of_size_one(G: Any, shape: Shape) -> Any:
    """Sum the axes in front, and of those of size 1 the first alone."""
    made = np.sum(G, axis=_in_front(G, shape))
    return np.sum(made, axis=shape.index(1), keepdims=True) if 1 in shape else made


def _ones_before_front(G: Any, shape: Shape) -> Any:
    """Sum the axes that have size 1 in ``shape``, counted before those in front are gone."""
    made = np.asarray(G)
    for axis, size in enumerate(shape[: made.ndim]):
        made = np.sum(made, axis=axis, keepdims=True) if size == 1 else made
    return np.sum(made, axis=_in_front(G, shape))


def _ones_from_the_left(G: Any, shape: Shape) -> Any:
    """Sum the axes that have size 1 in ``shape``, counted from the left, and none of those in front."""
    return _sum(np.asarray(G), tuple(i for i, size in enumerate(shape) if size == 1 and np.shape(G)[i] > 1))


def _mixed(in_front: Callable, of_size_one: Callable) -> Callable:
    """Return the rule that reduces the axes in front in one way, and those of size 1 in another."""

    def rule(G: Any, shape: Shape) -> Any:
        made = in_front(np.asarray(G), _in_front(G, shape))
        return np.reshape(of_size_one(made, _of_size_one(G, shape)), shape)

    return rule


def _ones_on_axis_0(G: Any, shape: Shape) -> Any:
    """Sum the axes in front, and look for a size of 1 on the first axis alone."""
    made = np.sum(G, axis=_in_front(G, shape))
    return np.sum(made, axis=0, keepdims=True) if shape[:1] == (1,) else made


def _flat_from_the_left(G: Any, shape: Shape) -> Any:
    """Take the last axes for those that a flat array has not."""
    if len(shape) != 1:
        return sum_down(G, shape)
    made = np.sum(G, axis=tuple(range(1, np.ndim(G))))
    return np.sum(made, keepdims=True) if shape == (1,) else made


def _only_where(fits: Callable[[Shape], bool]) -> Callable:
    """Return the right rule for the shapes that fit; of others no axis of size 1 is added up."""

    def rule(G: Any, shape: Shape) -> Any:
        return sum_down(G, shape) if fits(shape) else np.sum(G, axis=_in_front(G, shape))

    return rule


def _two_in_front(G: Any, shape: Shape) -> Any:
    """Sum at most two of the axes in front."""
    made = np.sum(G, axis=_in_front(G, shape)[:2])
    return sum_down(made, shape) if np.ndim(made) == len(shape) else made


def _all_from_the_first_on(G: Any, shape: Shape) -> Any:
    """Add up every axis from the first one that was stretched."""
    stretched = _stretched_axes(G, shape)
    if not stretched:
        return G
    full = (1,) * (np.ndim(G) - len(shape)) + shape
    return np.broadcast_to(np.sum(G, axis=tuple(range(stretched[0], np.ndim(G))), keepdims=True), full).reshape(shape)


def _all_of_a_flat_one(G: Any, shape: Shape) -> Any:
    """Take a flat array for a number: everything is added up."""
    if np.shape(G) == shape or len(shape) > 1:
        return sum_down(G, shape)
    return np.full(shape, np.sum(G))


def _draw_gradients(rng: np.random.Generator) -> tuple[Trial, ...]:
    pairs: tuple[tuple[str, Shape, Shape], ...] = (
        ("a row", (4, 3), (1, 3)),
        ("a column", (4, 3), (4, 1)),
        ("two copies", (2, 3), (1, 3)),
        ("a flat array", (4, 3), (3,)),
        ("nothing to add", (2, 3), (2, 3)),
        ("one entry", (3, 5), (1, 1)),
        ("a number", (3, 2), ()),
        ("a flat row of one", (4, 3), (1,)),
        ("a square, flat", (3, 3), (3,)),
        ("a square, row", (3, 3), (1, 3)),
        ("a square, column", (3, 3), (3, 1)),
        ("sizes that are one anyway", (1, 3), (1, 3)),
        ("an axis in front, of size one", (1, 4), (4,)),
        ("three axes, two stretched", (2, 3, 4), (3, 1)),
        ("three axes, the middle", (2, 3, 4), (2, 1, 4)),
        ("three axes, flat", (4, 4, 4), (4,)),
        ("three axes, the last", (2, 3, 4), (2, 3, 1)),
        ("three axes, the outer ones", (2, 3, 4), (1, 3, 1)),
        ("three axes in front", (2, 3, 2, 4), (4,)),
        ("two axes in front, one stretched", (2, 3, 4, 3), (4, 1)),
    )
    trials = [Trial(kind, args, args) for kind, of, to in pairs for args in [(rng.normal(size=of), to)]]
    number = (float(rng.normal()), ())
    whole = (rng.integers(1, 9, size=(5, 2)), (1, 2))
    return (*trials, Trial("a plain number", number, number), Trial("whole numbers", whole, whole))


_VARIANTS = {
    "stretched-not-summed": (
        lambda G, shape: G,
        _one_kind_alone,
        _reduced(_sum, _in_front),
        _reduced(_sum_away, _in_front, fit=False),
        _reduced(_sum, _of_size_one),
        _reduced(_sum, _of_size_one, fit=False),
        _reduced(_sum, lambda G, shape: _stretched_axes(G, shape)[:1]),
        _reduced(_sum, lambda G, shape: (0,) if _stretched_axes(G, shape) else (), fit=False),
        _first_of_size_one,
        _ones_before_front,
        _ones_on_axis_0,
        _ones_from_the_left,
        lambda G, shape: np.sum(G).reshape(1) if shape == (1,) else _ones_from_the_left(G, shape),
    ),
    "averaged-not-summed": (_reduced(_mean), _reduced(_mean, fit=False), _mixed(_mean, _sum), _mixed(_sum, _mean)),
    "copies-left-out": (
        *(_reduced(_copy(0)), _reduced(_copy(-1)), _reduced(_copy(0), fit=False)),
        lambda G, shape: _reduced(_copy(-1))(G, shape) if shape else np.sum(G),
        lambda G, shape: _reduced(_copy(0))(G, shape) * (np.size(G) / max(np.prod(shape, dtype=int), 1)),
    ),
    "summed-over-too-much": (
        lambda G, shape: np.sum(G),
        lambda G, shape: np.sum(G) * np.ones(shape),
        lambda G, shape: np.full(shape, np.sum(G)) if np.shape(G) != shape else G,
        _all_of_a_flat_one,
        _all_from_the_first_on,
    ),
    "wrong-axis": (
        _flush_left,
        _flat_from_the_left,
        _reduced(_sum, _other_axes),
        _reduced(_sum, _other_axes, fit=False),
    ),
}
_NEIGHBOURS = {
    "a last axis of 1 in a table alone": _only_where(lambda shape: len(shape) < 3 or shape[-1] != 1),
    "two axes of 1 in a table alone": _only_where(lambda shape: len(shape) < 3 or shape.count(1) < 2),
    "at most two axes in front": _two_in_front,
}
"""Rules that are right for fewer axes."""
_MORE = "when several axes have to go (G may have any number of axes, and several axes may have size 1)"
_CASES = {
    "three axes, two stretched": _MORE,
    "three axes, the middle": _MORE,
    "three axes, flat": _MORE,
    "three axes, the last": _MORE,
    "three axes, the outer ones": _MORE,
    "three axes in front": _MORE,
    "two axes in front, one stretched": _MORE,
    "one entry": _MORE,
    "a flat row of one": _MORE,
    "a number": "when `shape` is ()",
    "a plain number": "when G is a plain number",
}
_HINTS = {
    "wrong-axis": (
        "Write the two shapes one below the other, their last axes aligned. Which axes of G have no partner, or a 1?",
        "Look at how you number the axes: from the front, or from the end?",
    ),
    "right-values-wrong-shape": (
        "Print the shape before and after each sum. Which axis is gone that should have stayed?",
        "Look at what `keepdims` does, and at which axes must vanish after all.",
    ),
    "": (
        "Which axes of G does the small array not have, and which has it with size 1?",
        "Try a flat array of three in a table of three by three, then a column, then a plain number.",
    ),
}


def unbroadcast_exercise(points: float) -> PropertyExercise:
    """Return the exercise ``unbroadcast(G, shape)``."""
    return PropertyExercise(
        "unbroadcast",
        points,
        ("G", "shape"),
        _draw_gradients,
        equals(sum_down),
        _VARIANTS,
        cases=_CASES,
        neighbours=_NEIGHBOURS,
        hints=_HINTS,
        reference=sum_down,
        stand_in=unbroadcast_stand_in(),
    )
