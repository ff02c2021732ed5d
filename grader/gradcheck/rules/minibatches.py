"""Cut the examples into shuffled batches."""

from __future__ import annotations

import numpy as np

from gradcheck.call import Branch, Code, Value
from gradcheck.exercise import Fault, PropertyExercise, Trial
from gradcheck.observe import form
from gradcheck.properties import numbers


def _draw_batches(rng: np.random.Generator) -> tuple[Trial, ...]:
    trials = []
    for member, m, n, size, seed in (
        ("in view", 10, 2, 4, 11),
        ("other order", 10, 2, 4, 12),
        ("even", 12, 3, 3, 13),
        ("short last", 23, 2, 5, 14),
        ("one batch", 6, 2, 8, 15),
        ("single rows", 5, 2, 1, 16),
    ):
        X, Y = rng.normal(size=(m, n)), rng.normal(size=(m, 1))
        if member == "other order":
            X, Y = trials[0].known[:2]
        trials.append(Trial(member, (X, Y, size, Code(f"np.random.default_rng({seed})")), (X, Y, size, member)))
    X, Y = rng.permutation(14).reshape(7, 2), np.arange(7).reshape(7, 1)
    trials.append(Trial("integers", (X, Y, 3, Code("np.random.default_rng(17)")), (X, Y, 3, "integers")))
    return tuple(trials)


def _batches_accept(value: Value, known: tuple) -> Fault | None:
    X, Y, size, _ = known
    want = {"got": form(value), "want": "a list of pairs (Xb, Yb)"}
    if not isinstance(value, Branch) or value.type == "dict" or not value.items:
        return Fault("wrong-container", detail=want)
    if not all(isinstance(pair, Branch) and len(pair.items) == 2 for pair in value.items):
        return Fault("wrong-container", detail=want)
    arrays = [tuple(numbers(part) for part in pair.items) for pair in value.items]
    if any(x is None or y is None for x, y in arrays):
        return Fault("wrong-container", detail=want)
    if any(x.ndim != 2 or x.shape[1] != X.shape[1] for x, _ in arrays):
        return Fault("wrong-axis", "the batches")
    fault = _sizes(arrays, X, Y, size) or _rows(arrays, X, Y)
    if fault is None and value.type not in ("list", "tuple"):
        return Fault("wrong-container", half=True, detail=want)
    return fault


def _sizes(arrays: list, X: np.ndarray, Y: np.ndarray, size: int) -> Fault | None:
    lengths = [len(x) for x, _ in arrays]
    m = len(X)
    if any(len(x) != len(y) for x, y in arrays):
        return Fault("pairs-torn")
    if any(y.shape[1:] != Y.shape[1:] for _, y in arrays):
        return Fault("wrong-container", half=True, detail={"got": "flat targets", "want": "targets of shape (k, 1)"})
    full = [size] * (m // size)
    if lengths == full + ([m % size] if m % size else []):
        return None
    return Fault("examples-left-out", "the batches") if lengths == full else Fault("wrong-batch-sizes")


def _rows(arrays: list, X: np.ndarray, Y: np.ndarray) -> Fault | None:
    rows = np.concatenate([x for x, _ in arrays])
    targets = np.concatenate([y for _, y in arrays])
    order = [int(np.argmin(np.sum((X - row) ** 2, axis=1))) for row in rows]
    if not np.allclose(X[order], rows, atol=1e-5):
        return Fault("decimals-lost" if np.allclose(X[order], rows, atol=1.0) else "")
    if sorted(order) != list(range(len(X))):
        return Fault("examples-left-out", "the batches")
    if not np.allclose(Y[order], targets, atol=1e-5):
        return Fault("pairs-torn")
    return Fault("not-shuffled") if order == sorted(order) and len(X) > 7 else None


def _orders(values: tuple[Value, ...]) -> Fault | None:
    """Compare the first two calls: the same rows and different generators must give different orders."""
    one, other = (np.concatenate([numbers(pair.items[0]) for pair in value.items]) for value in values[:2])
    return Fault("not-shuffled") if np.array_equal(one, other) else None


def minibatches(points: float) -> PropertyExercise:
    """Return the exercise ``minibatches(X, Y, batch_size, rng)``."""
    return PropertyExercise(
        "minibatches", points, ("X", "Y", "batch_size", "rng"), _draw_batches, _batches_accept, across=_orders
    )
