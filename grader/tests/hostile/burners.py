"""Let honest learners sit beside those who keep all processors busy: ``make test-burners``."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.hostile import run
from tests.hostile.attack import Attack
from tests.hostile.school import School

NEIGHBOURS = 20
BURN = "import os\nfor _ in range(31):\n    if os.fork() == 0:\n        while True: pass\nwhile True: pass"
SLOW_BUT_HONEST = ("example-by-example", "own-class")
"""Samples of chapter 3: loops over everything take the longest."""


def main(names: Sequence[str]) -> int:
    """Grade the class, print what came of it, and return 1 where an honest mark is not what it should be."""
    count = int(names[0]) if names else NEIGHBOURS
    burners = [Attack(f"burner {number}", source=BURN) for number in range(count)]
    school = partial(School, assignment="03-relu-network", between=SLOW_BUT_HONEST, every=1)
    with tempfile.TemporaryDirectory(prefix="burners-") as folder:
        made, result = run.graded(Path(folder), {"burners": burners}, school)
        wrong = [told for cases in run.failures(made, result).values() for found in cases.values() for told in found]
    print(*wrong, f"{len(made.honest)} honest learners beside {count} burners: {len(wrong)} wrong", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
