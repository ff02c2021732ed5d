"""Grade every collected answer, the samples and the hostile class both ways: ``make test-slice``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from autograder.course import paths, secret
from autograder.course.limits import Limits, load
from autograder.sandbox.engines import choose_engine
from autograder.submissions.intake import Refused, read_submission
from tests.hostile.school import CLASSES, School, listeners
from tests.slices.comparison import Comparison, compare
from tests.slices.submissions import of_answers, of_samples

HOSTILE = "hostile"
"""Stands among the chapters for the hostile class, which hands in the first one."""


def hostile_class(folder: Path) -> tuple[str, Limits, list[tuple[str, bytes | Refused]]]:
    """Return the chapter of the hostile class, its limits, and what it hands in."""
    os.environ[secret.HOME_VARIABLE] = str(folder / "home")
    school = School(folder)
    limits = load(school.classroom.folder / "limits.toml")
    with listeners(folder) as (port, _):
        school.fill(port, CLASSES)
    handed_in = school.classroom.submissions(school.assignment).items()
    found = [(student, read_submission(place, school.assignment, limits)) for student, place in handed_in]
    return school.assignment, limits, found


def compared(names: Sequence[str], folder: Path, engine: str, workers: int) -> Iterator[tuple[str, str, Comparison]]:
    """Yield chapter, submission and what came of it."""
    for name in names:
        if name == HOSTILE:
            assignment, limits, found = hostile_class(folder)
        else:
            assignment, limits, found = name, Limits(), [*of_samples(name), *of_answers(name)]
        with ThreadPoolExecutor(workers) as pool:
            made = [
                (student, pool.submit(compare, raw, assignment, choose_engine(engine, paths.ROOT), limits, student))
                for student, raw in found
            ]
            for student, task in made:
                yield name, student, task.result()


def main(argv: Sequence[str] | None = None) -> int:
    """Print what differs and what was saved; return 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    known = [*paths.assignments(), HOSTILE]
    parser.add_argument("names", nargs="*", metavar="CHAPTER", help=f"of {', '.join(known)}; none: all")
    parser.add_argument("--engine", default="bubblewrap")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args(argv)
    wrong = [name for name in given.names if name not in known]
    if wrong:
        parser.error(f"no such chapter: {', '.join(wrong)}")
    totals: dict[str, list[float]] = {}
    failed = 0
    with tempfile.TemporaryDirectory(prefix="slice-") as folder:
        for name, student, found in compared(given.names or known, Path(folder), given.engine, given.workers):
            total = totals.setdefault(name, [0, 0.0, 0.0])
            for number, value in enumerate((1, found.seconds_with_everything, found.seconds)):
                total[number] += value
            for sentence in found.differences:
                failed += 1
                print(f"{name}, {student}: {sentence}", flush=True)
    for name, (count, everything, needed) in totals.items():
        print(
            f"{name}: {count:.0f} submissions, {everything:.1f} s with everything, {needed:.1f} s with what is needed"
        )
    print(f"{failed} differences" if failed else "All verdicts agree.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
