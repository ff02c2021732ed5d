"""Let honest learners sit beside those who keep all processors busy: ``make test-burners``."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.hostile import run
from tests.hostile.attack import SOLUTION, Attack

NEIGHBOURS = 20
BURN = """import os
for _ in range(31):
    if os.fork() == 0:
        try: os.setsid()
        finally:
            while True: pass
while True: pass"""
"""Each process in a session of its own: Linux shares the processors among sessions first."""
SLOW = """import time
def dL_da(a, y):
    until = time.process_time() + 0.3
    while time.process_time() < until: pass
    return a - y"""
"""Right, and a fifth of what a call may take: on the wall's clock it takes the sixteenfold beside a burner."""


def main(names: Sequence[str]) -> int:
    """Grade the class, print what came of it, and return 1 where a mark is not what it should be."""
    count = int(names[0]) if names else NEIGHBOURS
    pairs = [
        attack
        for number in range(count)
        for attack in (Attack(f"burner {number}", source=BURN), Attack(f"neighbour {number}", answers={"dL_da": SLOW}, start=SOLUTION))
    ]
    with tempfile.TemporaryDirectory(prefix="burners-") as folder:
        school, result = run.graded(Path(folder), {"beside": pairs})
        wrong = [told for cases in run.failures(school, result).values() for found in cases.values() for told in found]
    print(*wrong, f"{count} neighbours of {count} burners: {len(wrong)} marks are wrong", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
