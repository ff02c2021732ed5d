"""Split the rows in three: training, validation and test."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np

from gradcheck.call import Branch, Code, Leaf, Value
from gradcheck.chapters.procedures.row_order import EXCHANGES, find_fixed_part, judge_orders
from gradcheck.comparison.extraction import describe_form, is_yes_or_no, numbers
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.property_exercise import PropertyExercise, Trial

FIRST, OTHER, SAME = 0, 1, 7
"""The places of the calls with the same sizes; the generator of the last begins as that of the first did."""
WANT = "three arrays of row numbers"
PARTS = ("training", "validation", "test")
SORTED = {
    "seen": "Inside each part the rows are sorted; their order should be random too.",
    "question": "Which row comes first in each part? Was it chance that put it there?",
    "look": "Look at what happens to the rows of a part after they were dealt out.",
}


def _split(
    order: Callable[[int, np.random.Generator], np.ndarray], places: tuple[int, int, int] = (0, 1, 2)
) -> Callable[..., tuple[np.ndarray, ...]]:
    """Return the rule with another way to order the rows, or with the parts in other places."""

    def cut(m: int, n_validation: int, n_test: int, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
        rows = order(m, rng)
        n_training = m - n_validation - n_test
        parts = rows[:n_training], rows[n_training : m - n_test], rows[m - n_test :]
        return tuple(parts[place] for place in places)

    return cut


def split(m: int, n_validation: int, n_test: int, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Split the row numbers 0 to m - 1 at random."""
    return _split(lambda m, rng: rng.permutation(m))(m, n_validation, n_test, rng)


def _changed(change: Callable[..., tuple]) -> Callable[..., tuple]:
    """Return the right rule with its parts changed."""
    return lambda m, n_validation, n_test, rng: change(*split(m, n_validation, n_test, rng), m, rng)


def _draw_splits(rng: np.random.Generator) -> tuple[Trial, ...]:
    trials = []
    for kind, m, n_validation, n_test, seed in (
        (CaseKind.IN_VIEW, 20, 6, 5, 11),
        ("other order", 20, 6, 5, 12),
        ("many rows", int(rng.integers(90, 120)), 25, 17, 13),
        ("no test rows", 30, 9, 0, 14),
        ("no validation rows", 30, 0, 8, 15),
        ("one of each", 3, 1, 1, 16),
        ("few training rows", int(rng.integers(40, 60)), 20, 15, 17),
        ("same generator", 20, 6, 5, 11),
        ("more rows than the notebook", int(rng.integers(1100, 1500)), 330, 270, 18),
    ):
        trials.append(
            Trial(kind, (m, n_validation, n_test, Code(f"np.random.default_rng({seed})")), (m, n_validation, n_test))
        )
    return tuple(trials)


def _accepts(value: Value, known: tuple) -> Diagnosis | None:
    m, n_validation, n_test = known
    want = {"got": describe_form(value), "want": WANT}
    if not isinstance(value, Branch) or value.type == "dict" or len(value.items) != 3:
        return Diagnosis("wrong-container", detail=want)
    parts = [np.empty(0) if isinstance(item, Branch) and not item.items else numbers(item) for item in value.items]
    if any(part is None or part.ndim == 0 for part in parts):
        return Diagnosis("wrong-container", detail=want)
    if any(map(is_yes_or_no, value.items)):
        return Diagnosis("wrong-container", detail={**want, "got": "yes or no for each row"})
    if any(part.ndim != 1 for part in parts):
        flat = _judge([part.ravel() for part in parts], m, n_validation, n_test)
        return flat or Diagnosis("right-values-wrong-shape", half=True, detail=_shapes(parts))
    return _judge(parts, m, n_validation, n_test) or _form(value, want)


def _shapes(parts: list[np.ndarray]) -> dict[str, str]:
    odd = next(part for part in parts if part.ndim != 1)
    return {"got": str(odd.shape), "want": f"({odd.size},)"}


def _form(value: Branch, want: dict[str, str]) -> Diagnosis | None:
    """Charge half for lists, and for numbers that cannot pick rows, such as 3.0."""
    lists = any(isinstance(item, Branch) for item in value.items)
    whole = ("int", "uint")
    broken = any(isinstance(i, Leaf) and numbers(i).size and not i.dtype.startswith(whole) for i in value.items)
    inside = {**want, "got": f"{want['got']} with {describe_form(value.items[0])} in it"}
    return Diagnosis("wrong-container", half=True, detail=inside) if lists or broken else None


def _judge(parts: list[np.ndarray], m: int, n_validation: int, n_test: int) -> Diagnosis | None:
    rows = np.concatenate(parts)
    sizes = tuple(len(part) for part in parts)
    asked = (m - n_validation - n_test, n_validation, n_test)
    if len(np.unique(rows)) < len(rows):
        return Diagnosis("parts-overlap")
    if rows.size and sorted(rows.tolist()) == list(range(1, m + 1)):
        return Diagnosis("off-by-one", "the row numbers")
    if not np.isin(rows, np.arange(m)).all():
        return Diagnosis("other-quantity-returned", "what came back")
    if any(asked[k] > 0 == sizes[k] for k in range(3)):
        return Diagnosis("wrong-part-sizes")
    if len(rows) < m:
        return Diagnosis("examples-left-out", "the three parts")
    if sizes != asked:
        exchanged = sorted(sizes) == sorted(asked)
        return Diagnosis("swapped-returns", "the parts") if exchanged else Diagnosis("wrong-part-sizes")
    return _ordered(parts) if m > 10 else None


def _ordered(parts: list[np.ndarray]) -> Diagnosis | None:
    """Say where the rows follow each other as they lay: in all, or inside each part."""
    rows = np.concatenate(parts)
    steps = np.diff(rows) % len(rows)
    if np.all(steps == steps[0]):
        return Diagnosis("not-shuffled")
    long = {name: np.diff(part) for name, part in zip(PARTS, parts, strict=True) if len(part) > 4}
    ordered = [name for name, step in long.items() if np.all(step > 0) or np.all(step < 0)]
    if ordered and len(ordered) == len(long):
        return Diagnosis("not-shuffled", detail=SORTED)
    certain = [name for name in ordered if len(long[name]) > 10]  # by chance once in millions
    if not certain:
        return None
    seen = f"The {' and the '.join(certain)} rows are sorted; the order inside every part should be random."
    return Diagnosis("not-shuffled", detail={**SORTED, "seen": seen})


def _orders(calls: Sequence[tuple[Value, tuple]]) -> tuple[Diagnosis, ...]:
    """Compare calls with the same sizes: another generator gives another order, the same one the same."""
    parts = [[numbers(item) for item in getattr(value, "items", ())] for value, _ in calls]
    rows = [[part.ravel().tolist() for part in call if part is not None and part.ndim] for call in parts]
    found = find_fixed_part(rows, PARTS) or judge_orders(rows, [calls[place][0] for place in (FIRST, OTHER, SAME)])
    sizes = [tuple(map(len, call)) for call in rows]
    exchanged = _are_exchanged(sizes, [known for _, known in calls])
    return (*((found,) if found else ()), *((Diagnosis("swapped-returns", "the parts"),) if exchanged else ()))


def _are_exchanged(sizes: Sequence[tuple[int, ...]], known: Sequence[tuple[int, int, int]]) -> bool:
    """Tell whether all calls have the sizes asked for, in one and the same other order."""
    asked = [(m - n_validation - n_test, n_validation, n_test) for m, n_validation, n_test in known]
    for places in itertools.permutations(range(len(PARTS))):
        if sizes == [tuple(want[place] for place in places) for want in asked]:
            return sizes != asked
    return False


NEIGHBOURS: dict[str, Callable] = {
    "as they lie": _split(lambda m, rng: np.arange(m)),
    "backward": _split(lambda m, rng: np.arange(m)[::-1]),
    "rolled": _split(lambda m, rng: np.roll(np.arange(m), int(rng.integers(1, m)))),
    **{
        label: _split(lambda m, rng, exchange=exchange: exchange(np.arange(m), rng))
        for label, exchange in EXCHANGES.items()
    },
    "random parts, each in order": _changed(lambda train, held, test, m, rng: (*map(np.sort, (train, held, test)),)),
    "cut first, then shuffled inside": lambda m, n_validation, n_test, rng: tuple(
        rng.permutation(part) for part in np.split(np.arange(m), [m - n_validation - n_test, m - n_test])
    ),
    "the last rows are the test rows": _split(
        lambda m, rng: np.concatenate([rng.permutation(m - 5), np.arange(m - 5, m)]) if m > 5 else rng.permutation(m)
    ),
    "random sizes drawn with replacement": _split(lambda m, rng: rng.integers(0, m, size=m)),
    "rows from 1": _split(lambda m, rng: rng.permutation(m) + 1),
    "260 rows at most": _split(lambda m, rng: rng.permutation(min(m, 260))),
    "1000 rows at most": _split(lambda m, rng: rng.permutation(min(m, 1000))),
    "numbers of the file that are below m": _split(
        lambda m, rng: np.array([row for row in rng.permutation(260) if row < m], dtype=int)
    ),
    "yes or no for each row": lambda m, n_validation, n_test, rng: tuple(
        np.isin(np.arange(m), part) for part in split(m, n_validation, n_test, rng)
    ),
    "rows from 1, and test rows first": _split(lambda m, rng: rng.permutation(m) + 1, (2, 1, 0)),
    "numpy's own generator": _split(lambda m, rng: np.random.permutation(m)),
    "a new generator": _split(lambda m, rng: np.random.default_rng().permutation(m)),
    "a new generator with a seed": _split(lambda m, rng: np.random.default_rng(0).permutation(m)),
    "validation and test exchanged": _split(lambda m, rng: rng.permutation(m), (0, 2, 1)),
    "test rows first": _split(lambda m, rng: rng.permutation(m), (2, 1, 0)),
    "one training row left out": _changed(lambda train, held, test, m, rng: (train[1:], held, test)),
    "test rows are validation rows": _changed(lambda train, held, test, m, rng: (train, held, held)),
    "training keeps every row": _changed(lambda train, held, test, m, rng: (rng.permutation(m), held, test)),
}
"""Rules close to the right one."""


def split_rows_exercise(points: float) -> PropertyExercise:
    """Return the exercise ``split_rows(m, n_validation, n_test, rng)``."""
    return PropertyExercise(
        "split_rows",
        points,
        ("m", "n_validation", "n_test", "rng"),
        _draw_splits,
        _accepts,
        across=_orders,
        cases={"no test rows": "when n_test is 0", "no validation rows": "when n_validation is 0"},
        neighbours=NEIGHBOURS,
        hints={
            "not-shuffled": (
                "Suppose that a file is sorted by its targets. Which targets does the first part of your split get?",
                "Look at the line where the row numbers get their order.",
            ),
            "own-randomness": (
                "If somebody hands in the same generator again, what must come out?",
                "Look at where the random numbers of this function come from.",
            ),
            "swapped-returns": (
                "In which order does the task name the three parts?",
                "Look at the last line, with 20 rows, 6 for validation and 5 for the test.",
            ),
            "wrong-part-sizes": (
                "With 20 rows, 6 for validation and 5 for the test: how many are left for training?",
                "Look at the places where you cut, and at what happens when a part has no rows at all.",
            ),
            "": (
                "Write the numbers 0 to 9 on ten cards. How do you deal them to three people so that chance decides?",
                "Put the row numbers in a random order first; then decide where to cut.",
            ),
        },
    )
