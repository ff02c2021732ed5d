"""Cut the examples into shuffled batches."""

from __future__ import annotations

import numpy as np

from gradcheck.call import Branch, Code, Value
from gradcheck.comparison.extraction import describe_form, numbers
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.property_exercise import PropertyExercise, Trial


def _draw_batches(rng: np.random.Generator) -> tuple[Trial, ...]:
    trials = []
    for kind, m, n, size, seed in (
        (CaseKind.IN_VIEW, 10, 2, 4, 11),
        ("other order", 10, 2, 4, 12),
        ("even", 12, 3, 3, 13),
        ("short last", 23, 2, 5, 14),
        ("one batch", 6, 2, 8, 15),
        ("single rows", 5, 2, 1, 16),
    ):
        X, Y = rng.normal(size=(m, n)), rng.normal(size=(m, 1))
        if kind == "other order":
            X, Y = trials[0].known[:2]
        trials.append(Trial(kind, (X, Y, size, Code(f"np.random.default_rng({seed})")), (X, Y, size, kind)))
    X, Y = rng.permutation(14).reshape(7, 2), np.arange(7).reshape(7, 1)
    trials.append(Trial("integers", (X, Y, 3, Code("np.random.default_rng(17)")), (X, Y, 3, "integers")))
    return tuple(trials)


def _accepts(value: Value, known: tuple) -> Diagnosis | None:
    X, Y, size, _ = known
    want = {"got": describe_form(value), "want": "a list of pairs (Xb, Yb)"}
    if not isinstance(value, Branch) or value.type == "dict" or not value.items:
        return Diagnosis("wrong-container", detail=want)
    pairs = [pair for pair in value.items if isinstance(pair, Branch) and len(pair.items) == 2]
    if len(pairs) < len(value.items):
        return Diagnosis("wrong-container", detail=want)
    arrays = [(numbers(x), numbers(y)) for x, y in (pair.items for pair in pairs)]
    if any(x is None or y is None for x, y in arrays):
        return Diagnosis("wrong-container", detail=want)
    half = value.type not in ("list", "tuple") or any(pair.type == "dict" for pair in pairs)
    diagnosis = _columns(arrays, X, Y) or _sizes(arrays, X, Y, size) or _rows(arrays, X, Y)
    return diagnosis or (Diagnosis("wrong-container", half=True, detail=want) if half else None)


def _columns(arrays: list, X: np.ndarray, Y: np.ndarray) -> Diagnosis | None:
    n, k = X.shape[1], Y.shape[1]
    if n != k and all(x.ndim == y.ndim == 2 and (x.shape[1], y.shape[1]) == (k, n) for x, y in arrays):
        return Diagnosis("swapped-returns", "the batches")
    if any(x.ndim != 2 or x.shape[1] != n for x, _ in arrays):
        return Diagnosis("wrong-axis", "the batches")
    strange = all(len(x) == len(X) and np.min(np.sum(np.abs(X - x[0]), axis=1)) > 1e-5 for x, _ in arrays)
    return Diagnosis("wrong-axis", "the batches") if strange else None


def _sizes(arrays: list, X: np.ndarray, Y: np.ndarray, size: int) -> Diagnosis | None:
    lengths = [len(x) for x, _ in arrays]
    m = len(X)
    if any(len(x) != len(y) for x, y in arrays):
        return Diagnosis("pairs-torn")
    if any(y.shape[1:] != Y.shape[1:] for _, y in arrays):
        shapes = {"got": str(arrays[0][1].shape), "want": str((len(arrays[0][0]), *Y.shape[1:]))}
        return Diagnosis("right-values-wrong-shape", "Yb", half=True, detail=shapes)
    full = [size] * (m // size)
    if lengths == full + ([m % size] if m % size else []):
        return None
    total = sum(lengths)
    cut = [size] * (total // size) + ([total % size] if total % size else [])
    return (
        Diagnosis("examples-left-out", "the batches")
        if total < m and lengths == cut
        else Diagnosis("wrong-batch-sizes")
    )


def _rows(arrays: list, X: np.ndarray, Y: np.ndarray) -> Diagnosis | None:
    rows = np.concatenate([x for x, _ in arrays])
    targets = np.concatenate([y for _, y in arrays])
    order = [int(np.argmin(np.sum((X - row) ** 2, axis=1))) for row in rows]
    if not np.allclose(X[order], rows, atol=1e-5):
        return Diagnosis("decimals-lost" if np.allclose(X[order], rows, atol=1.0) else "")
    if sorted(order) != list(range(len(X))):
        return Diagnosis("examples-left-out", "the batches")
    if not np.allclose(Y[order], targets, atol=1e-5):
        return Diagnosis("pairs-torn")
    return Diagnosis("not-shuffled") if order == sorted(order) and len(X) > 7 else None


def _orders(values: tuple[Value, ...]) -> Diagnosis | None:
    """Compare the first two calls: the same rows and different generators must give different orders."""
    one, other = (np.concatenate([numbers(pair.items[0]) for pair in value.items]) for value in values[:2])
    return Diagnosis("not-shuffled") if np.array_equal(one, other) else None


def minibatches_exercise(points: float) -> PropertyExercise:
    """Return the exercise ``minibatches(X, Y, batch_size, rng)``."""
    return PropertyExercise(
        "minibatches", points, ("X", "Y", "batch_size", "rng"), _draw_batches, _accepts, across=_orders
    )
