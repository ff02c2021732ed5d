"""What it costs to answer by a table: a learner who collects the hidden inputs of others and looks the answers up.

Every hand-in prints the inputs that it was called with on its page. A table of them answers a call whose inputs are in
it. ``python -m benchmarks.answer_table`` prints, for a number of pages that somebody has collected, which share of all
points newcomers earn with the table alone: in the same class, at a second hand-in, and in another class.
"""

from __future__ import annotations

import hmac

import numpy as np

from autograder.course import paths
from autograder.grading.fixture_pool import KEY_BYTES, POOL_SIZE, fixture_seed
from gradcheck.chapters.registry import all_chapters

PAGES = (1, 5, 10, 20, 40, 80, 160)
NEWCOMERS = 200


def picked(name: str, seed: bytes) -> int:
    """Return which set of a class's pool an exercise of one hand-in gets, as ``pooled_cases`` picks it."""
    return hmac.digest(seed[KEY_BYTES:], name.encode(), "sha256")[0] % POOL_SIZE


def earned(secret: bytes, table_secret: bytes, pages: int) -> float:
    """Return the share of all points that a table of so many pages answers for newcomers of the class ``secret``."""
    total = got = 0.0
    for assignment in paths.assignments():
        exercises = [e for e in all_chapters()[assignment].exercises if e.kind != "answer"]
        known = {
            (table_secret, e.name, picked(e.name, fixture_seed(table_secret, assignment, f"old-{n}", b"1")))
            for n in range(pages)
            for e in exercises
        }
        for n in range(NEWCOMERS):
            seed = fixture_seed(secret, assignment, f"new-{n}", b"1")
            for e in exercises:
                total += e.points
                got += e.points * ((secret, e.name, picked(e.name, seed)) in known)
    return got / total


def main() -> None:
    """Print the table."""
    first, second = (np.random.default_rng(n).bytes(32) for n in (1, 2))
    print("| pages collected | newcomer of this class | learner of another class |\n|---|---|---|")
    for pages in PAGES:
        print(f"| {pages} | {earned(first, first, pages):.0%} | {earned(second, first, pages):.0%} |")
    again = [
        picked(e.name, fixture_seed(first, a, "x", b"1")) == picked(e.name, fixture_seed(first, a, "x", b"2"))
        for a in paths.assignments()
        for e in all_chapters()[a].exercises
    ]
    print(f"at a second hand-in {np.mean(again):.0%} of one's own sets are the same ones")


if __name__ == "__main__":
    main()
