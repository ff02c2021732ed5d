"""Cut the examples into shuffled batches."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from gradcheck.call import Branch, Code, Value
from gradcheck.chapters.procedures.chance import arrays_in
from gradcheck.chapters.procedures.row_order import EXCHANGES, judge_orders
from gradcheck.comparison.extraction import describe_form, numbers
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.property_exercise import PropertyExercise, Trial
from gradcheck.judging.property_explanations import LOSSES

FIRST, OTHER, SAME = 0, 1, 8
"""The places of the calls on the same rows; the generator of the last begins as that of the first did."""


def _draw_batches(rng: np.random.Generator) -> tuple[Trial, ...]:
    trials: list[Trial] = []
    X: np.ndarray
    Y: np.ndarray
    for kind, m, n, size, seed in (
        (CaseKind.IN_VIEW, 10, 2, 4, 11),
        ("other order", 10, 2, 4, 12),
        ("even", 12, 3, 3, 13),
        ("short last", 23, 2, 5, 14),
        ("one batch", 12, 2, 15, 15),
        ("single rows", 11, 2, 1, 16),
        ("one row", 1, 3, 2, 18),
        ("as many rows as a batch", 12, 3, 12, 19),
        ("same generator", 10, 2, 4, 11),
    ):
        X, Y = rng.normal(size=(m, n)), rng.normal(size=(m, 1))
        if kind in ("other order", "same generator"):
            X, Y = trials[0].known[:2]
        trials.append(Trial(kind, (X, Y, size, Code(f"np.random.default_rng({seed})")), (X, Y, size, kind)))
    X, Y = rng.normal(size=(m := int(rng.integers(300, 340)), 2)), rng.normal(size=(m, 1))
    known = (X, Y, 32, "more rows than the notebook")
    trials.append(Trial(known[-1], (X, Y, 32, Code("np.random.default_rng(20)")), known))
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
    if any(x.ndim == 0 or y.ndim == 0 for x, y in arrays):
        return Diagnosis("wrong-container", detail=want)
    half = value.type not in ("list", "tuple") or any(pair.type == "dict" for pair in pairs)
    flat = min(size, len(X)) == 1 or any(x.ndim == 2 for x, _ in arrays)
    tables = [_as_tables(x, y, X, Y) if flat else (x, y) for x, y in arrays]
    diagnosis = _columns(tables, X, Y) or _sizes(tables, X, Y, size) or _rows(tables, X, Y)
    if diagnosis or all(x is table for (x, _), (table, _) in zip(arrays, tables, strict=True)):
        return diagnosis or (Diagnosis("wrong-container", half=True, detail=want) if half else None)
    shapes = {"got": f"({X.shape[1]},)", "want": f"(1, {X.shape[1]})"}
    return Diagnosis("right-values-wrong-shape", "a batch of one row", half=True, detail=shapes)


def _as_tables(x: np.ndarray, y: np.ndarray, X: np.ndarray, Y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a single row that lost an axis, and its target, as tables of one row; any others as they are."""
    if x.shape == X.shape[1:] and y.size == Y.shape[1]:
        return x.reshape(1, -1), y.reshape(1, -1)
    return x, y


def _columns(arrays: list, X: np.ndarray, Y: np.ndarray) -> Diagnosis | None:
    n, k = X.shape[1], Y.shape[1]
    if n != k and all(x.ndim == y.ndim == 2 and (x.shape[1], y.shape[1]) == (k, n) for x, y in arrays):
        return Diagnosis("swapped-returns", "the batches")
    if len(X) > 1 and all(x.shape == (n,) for x, _ in arrays):
        seen = f"Each Xb is one row of shape ({n},); a batch is a table of rows, of shape (rows, {n})."
        return Diagnosis("wrong-batch-sizes", detail={"seen": seen})
    if all(x.ndim == y.ndim == 2 and x.shape[1] != n and x.shape[1] + y.shape[1] == n + k for x, y in arrays):
        seen = f"X has {n} columns, and Xb came back with {arrays[0][0].shape[1]}; the other columns are in Yb."
        return Diagnosis("tied-to-visible-data", detail={"seen": seen})
    fewer = [x for x, _ in arrays if x.ndim == 2 and x.shape[1] < n and _stand_in(X[:, : x.shape[1]], x)]
    if fewer and len(fewer) == len(arrays):
        seen = f"X has {n} columns, and Xb came back with {fewer[0].shape[1]}."
        return Diagnosis("tied-to-visible-data", detail={"seen": seen})
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
        Diagnosis("examples-left-out", "the batches", detail={"seen": "Some rows are in no batch."})
        if total < m and lengths == cut
        else Diagnosis("wrong-batch-sizes")
    )


COLUMNS = {
    "seen": "Each column was put into an order of its own, so the numbers of one row no longer belong together.",
    "question": "Do the numbers of row 3 still stand in one row, with its target?",
    "look": "Look at what is put into a random order: single numbers, or whole rows.",
}


def _rows(arrays: list, X: np.ndarray, Y: np.ndarray) -> Diagnosis | None:
    rows = np.concatenate([x for x, _ in arrays])
    targets = np.concatenate([y for _, y in arrays])
    order = _order(X, rows)
    if not np.allclose(X[order], rows, atol=1e-5):
        if any(_stand_in(way(X), rows) for way in LOSSES):
            return Diagnosis("decimals-lost")
        torn = rows.shape == X.shape and np.allclose(np.sort(rows, axis=0), np.sort(X, axis=0), atol=1e-5)
        return Diagnosis("pairs-torn", detail=COLUMNS) if torn else Diagnosis()
    if sorted(order) != list(range(len(X))):
        seen = "Some rows are in no batch, and others are in more than one, or twice in one."
        return Diagnosis("examples-left-out", "the batches", detail={"seen": seen})
    if not np.allclose(Y[order], targets, atol=1e-5):
        return Diagnosis("pairs-torn")
    return Diagnosis("not-shuffled") if _is_ordered(order, len(arrays[0][0])) else None


def _stand_in(table: np.ndarray, rows: np.ndarray) -> bool:
    """Tell whether every one of ``rows`` is a row of ``table``."""
    distances = np.max([np.abs(b[:, None] - a) for a, b in zip(table.T, rows.T, strict=True)], axis=0)
    return bool(np.all(np.min(distances, axis=1) < 1e-5))


def _is_ordered(order: list[int], size: int) -> bool:
    """Tell whether rows follow each other as they lay: forward, backward, rolled, or block by block."""
    if len(order) <= 7:
        return False
    if len(set(np.diff(order) % len(order))) == 1:
        return True
    blocks = [order[i : i + size] for i in range(0, len(order), size)]
    return len(order) > 20 and size > 2 and all(max(block) - min(block) == len(block) - 1 for block in blocks)


def _across(calls: Sequence[tuple[Value, tuple]]) -> tuple[Diagnosis, ...]:
    """Compare calls on the same rows: another generator gives another order, the same one the same."""
    batches = [_batch_orders(value, known[0]) for value, known in calls]
    order = judge_orders(batches, [calls[place][0] for place in (FIRST, OTHER, SAME)])
    torn = [Diagnosis("pairs-torn")] if any(_are_torn(value, known) for value, known in calls) else []
    short = any(_are_exchanged_and_short(value, known) for value, known in calls)
    lost = (
        [Diagnosis("examples-left-out", "the batches", detail={"seen": "Some rows are in no batch."})] if short else []
    )
    return (*torn, *lost, *([order] if order else []))


def _are_exchanged_and_short(value: Value, known: tuple) -> bool:
    """Tell whether targets come first in each pair, and rows are missing at the end."""
    X, Y, size, *_ = known
    pairs = [tuple(arrays_in(pair)) for pair in getattr(value, "items", ())]
    shapes = [(one.shape[1:], other.shape[1:]) for one, other in (pair for pair in pairs if len(pair) == 2)]
    exchanged = X.shape[1:] != Y.shape[1:] and set(shapes) == {(Y.shape[1:], X.shape[1:])}
    return (
        exchanged
        and len(shapes) == len(pairs)
        and sum(len(pair[0]) for pair in pairs) == len(X) // size * size < len(X)
    )


def _are_torn(value: Value, known: tuple) -> bool:
    """Tell whether rows of X come with targets of others, in batches that are otherwise in the form asked for."""
    X, Y, *_ = known
    pairs = [tuple(arrays_in(pair)) for pair in getattr(value, "items", ())]
    fits = all(len(pair) == 2 and pair[0].shape[1:] == X.shape[1:] for pair in pairs)
    if not fits or not all(x.ndim == 2 and y.size == len(x) * Y.shape[1] and _stand_in(X, x) for x, y in pairs):
        return False
    return not all(np.allclose(Y[_order(X, x)], y.reshape(len(x), Y.shape[1]), atol=1e-5) for x, y in pairs)


def _batch_orders(value: Value, X: np.ndarray) -> list[list[int]]:
    """Return which rows of X each batch holds, as far as something in it looks like rows of X."""
    tables = [array for array in arrays_in(value) if array.ndim == 2 and array.shape[1] == X.shape[1]]
    return [_order(X, table) for table in tables if _stand_in(X, table)]


def _order(X: np.ndarray, rows: np.ndarray) -> list[int]:
    """Return which row of X each of these rows is."""
    distances = np.zeros((len(rows), len(X)))
    for column, wanted in zip(X.T, rows.T, strict=True):
        distances += (wanted[:, None] - column) ** 2
    return np.argmin(distances, axis=1).tolist()


def _batches(shuffle: Callable[[np.ndarray, np.random.Generator], np.ndarray]) -> Callable:
    """Return the rule with another way to bring the row numbers into an order."""

    def cut(X: np.ndarray, Y: np.ndarray, batch_size: int, rng: np.random.Generator) -> list:
        order = shuffle(np.arange(len(X)), rng)
        parts = [order[i : i + batch_size] for i in range(0, len(order), batch_size)]
        return [(X[part], Y[part]) for part in parts]

    return cut


NEIGHBOURS: dict[str, Callable] = {
    "as they lie": _batches(lambda rows, rng: rows),
    "backward": _batches(lambda rows, rng: rows[::-1]),
    "rolled": _batches(lambda rows, rng: np.roll(rows, int(rng.integers(len(rows))))),
    "numpy's own generator": _batches(lambda rows, rng: np.random.permutation(rows)),
    "a new generator": _batches(lambda rows, rng: np.random.default_rng().permutation(rows)),
    "a new generator with a seed": _batches(lambda rows, rng: np.random.default_rng(0).permutation(rows)),
    "one row left out": _batches(lambda rows, rng: rng.permutation(rows)[1:]),
    "two rows exchanged": lambda X, Y, size, rng: [
        (x, np.roll(y, 1, axis=0)) for x, y in _batches(lambda rows, rng: rng.permutation(rows))(X, Y, size, rng)
    ],
    "260 rows at most": _batches(lambda rows, rng: rng.permutation(rows[:260])),
    "numbers of the file that are below m": _batches(
        lambda rows, rng: np.array([row for row in rng.permutation(280) if row < len(rows)], dtype=int)
    ),
    **{label: _batches(exchange) for label, exchange in EXCHANGES.items()},
    "one row more": lambda X, Y, size, rng: _batches(lambda rows, rng: rng.permutation(rows))(X, Y, size + 1, rng),
}
"""Rules close to the right one."""


def minibatches_exercise(points: float) -> PropertyExercise:
    """Return the exercise ``minibatches(X, Y, batch_size, rng)``."""
    return PropertyExercise(
        "minibatches",
        points,
        ("X", "Y", "batch_size", "rng"),
        _draw_batches,
        _accepts,
        across=_across,
        neighbours=NEIGHBOURS,
        hints={
            "examples-left-out": (
                "Count the rows of all batches: is every row there, and only once?",
                "Look at where the first batch begins and where the last one ends.",
            ),
            "wrong-container": ("What does a loop over your batches receive in each round?", "Look at the last line."),
            "right-values-wrong-shape": (
                "Which shape has Y, and which one has Yb?",
                "Look at how the rows are picked.",
            ),
            "": (
                "What must be true of all batches together, and what of each pair?",
                "Take ten rows and batches of four, and write the row numbers down by hand.",
            ),
        },
    )
