"""Time the visible check, picture included, for every exercise: ``python -m benchmarks.check``.

The answers come from the tests' collection, those to be found by trying from here.
The first call of all draws the fixtures, the first wrong answer lists the faults that can be named; later ones do not.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from statistics import median
from typing import Any

import numpy as np

from gradcheck.chapters.registry import all_chapters
from gradcheck.display import checker
from tests.answers import collection

CALLS = 3
"""Calls of each answer."""
MOST = 5
"""Answers of each kind for each exercise."""

TRIED: Mapping[tuple[str, str], tuple[Any, Any]] = {
    ("02-cost-vs-loss", "learning_rates"): (
        {"slow": 0.01, "good": 0.6, "diverges": 1.3},
        {"slow": 1.3, "good": 0.01, "diverges": 0.6},
    ),
    ("03-relu-network", "switched_off"): ([0, 1, 4], [2, 3, 5]),
    ("04-sigmoid-xor", "one_neuron"): ((1.0, 1.0, -0.5), (1.0, 1.0, -1.5)),
    ("04-sigmoid-xor", "solved_seeds"): (
        {2: [*range(2, 11), *range(13, 20)], 3: [*range(20)], 4: [*range(20)]},
        dict.fromkeys((2, 3, 4), [*range(20)]),
    ),
    ("07-training-in-practice", "best_rate"): (5.0, 0.1),
    ("07-training-in-practice", "rows_for"): (
        {"step": "training", "stop": "validation", "rate": "validation", "report": "test"},
        {"step": "training", "stop": "validation", "rate": "test", "report": "test"},
    ),
    ("07-training-in-practice", "find_the_bug"): ("Uc", "V"),
}
"""Exercise -> a right answer and a wrong one."""


def answers(kind: str) -> Iterator[tuple[str, str, Any]]:
    """Return assignment, exercise and what its name is bound to, for the answers in the tests' collection."""
    for answer in collection.read(kind):
        namespace: dict[str, Any] = {"np": np}
        exec(compile(answer.source, str(answer), "exec"), namespace)
        yield answer.assignment, answer.exercise, namespace.get(answer.exercise)


def collect() -> dict[tuple[str, str], dict[str, list[Any]]]:
    """Return the right and the wrong answers of every exercise."""
    found = {
        (name, e.name): {"right": [], "wrong": []}
        for name, chapter in all_chapters().items()
        for e in chapter.exercises
    }
    for kind in ("right", "wrong"):
        for assignment, name, answer in answers(kind):
            given = found[assignment, name][kind]
            if len(given) < MOST and answer is not None:
                given.append(answer)
    for place, (right, wrong) in TRIED.items():
        found[place]["right"].append(right)
        found[place]["wrong"].append(wrong)
    return found


def timed(check: Callable[..., None], name: str, answer: Any) -> float:
    """Return how many milliseconds one check takes."""
    started = time.perf_counter()
    check(answer) if callable(answer) else check(**{name: answer})
    return 1000 * (time.perf_counter() - started)


def main() -> None:
    """Print the table."""
    checker.show_output = lambda shown: shown._repr_mimebundle_()  # as a notebook does it, with nothing shown
    print("milliseconds" + " " * 28 + "".join(f"{head:>10}" for head in ("first", "median", "worst", "answers")))
    for (assignment, name), kinds in collect().items():
        check = checker.Checker(all_chapters()[assignment]).check
        for kind, given in kinds.items():
            times = [[timed(check, name, answer) for _ in range(CALLS)] for answer in given]
            later = [ms for calls in times for ms in calls[1:]] + [calls[0] for calls in times[1:]]
            shown = (times[0][0], median(later), max(later)) if times else (np.nan,) * 3
            cells = "".join(f"{ms:10.1f}" if ms == ms else f"{'-':>10}" for ms in shown)
            print(f"{assignment[:2]} {name:28} {kind:8}{cells}{len(given):10}")


if __name__ == "__main__":
    main()
