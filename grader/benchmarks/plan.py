"""Measure what a submission of each chapter costs, and plan a very large class with it: ``make bench-plan``.

What is measured is the difference between a larger and a smaller class, so that starting costs nothing. What is not
measured stands in ``Assumptions``; the plan is arithmetic with both.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course import paths
from autograder.course.classroom import Classroom
from benchmarks import throughput, ways

SMALL, LARGE = 20, 80
"""Submissions in the two classes that are compared."""
GB = 1e9


@dataclass(frozen=True)
class Cost:
    """What one submission of a chapter costs."""

    assignment: str
    worker_ms: float
    """Processor time of whoever judges it, its sandbox included."""
    coordinator_ms: float
    """Processor time of the one process that gives submissions out and keeps the books."""
    feedback_ms: float
    """Processor time of writing its page."""
    task_kb: float
    """What travels to a worker and back."""
    kept_kb: float
    """Submitted and autograded notebook, verdict and page."""
    book_kb: float
    """Its part of the gradebook."""


@dataclass(frozen=True)
class Assumptions:
    """What was not measured."""

    learners: int = 100_000
    hours: float = 6.0
    """An evening."""
    busy: float = 0.7
    """How much of the time workers work: tasks are uneven, and some machine is always late."""
    serial: float = 0.5
    """How much of the time a coordinator may be busy: beyond it workers would wait."""
    core_hour: float = 0.05
    """Price of one processor for an hour, in your currency; put yours in."""


def measured(assignment: str, folder: Path) -> Cost:
    """Grade two classes and write the pages of the larger one."""
    rows = [throughput.measure("sandbox", count, folder, assignment)[0] for count in (SMALL, LARGE)]
    place, more = folder / assignment / f"sandbox-{LARGE}", LARGE - SMALL
    coordinator = 1000 * (rows[1].own_seconds - rows[0].own_seconds) / more
    everything = 1000 * (rows[1].cpu_seconds - rows[0].cpu_seconds) / more
    started = time.process_time()
    ways.write_feedback(place, assignment)
    feedback = 1000 * (time.process_time() - started) / LARGE
    room = Classroom(place / "class")
    kept = [_kb(top, "*.*") for top in (room.submitted, room.autograded, room.verdicts, room.feedback)]
    release = paths.notebook_path(place / "notebooks", assignment).stat().st_size / 1000
    book = (
        room.gradebook.stat().st_size - (place.parent / f"sandbox-{SMALL}/class/gradebook.db").stat().st_size
    ) / 1000
    task = kept[0] + kept[2] + release
    return Cost(assignment, everything - coordinator, coordinator, feedback, task, sum(kept), book / more)


def _kb(top: Path, pattern: str) -> float:
    return sum(file.stat().st_size for file in top.rglob(pattern) if file.is_file()) / 1000 / LARGE


def table(costs: Sequence[Cost]) -> Iterator[str]:
    """Return what was measured, as Markdown."""
    yield "| chapter | worker, ms | coordinator, ms | page, ms | travels, kB | is kept, kB | gradebook, kB |"
    yield "|---|---|---|---|---|---|---|"
    for cost in costs:
        ms = f"{cost.worker_ms:.0f} | {cost.coordinator_ms:.0f} | {cost.feedback_ms:.0f}"
        yield f"| {cost.assignment} | {ms} | {cost.task_kb:.0f} | {cost.kept_kb:.0f} | {cost.book_kb:.1f} |"


def plan(costs: Sequence[Cost], given: Assumptions) -> Iterator[str]:
    """Return the plan for everybody handing in every chapter, as Markdown."""
    seconds = given.hours * 3600
    work, serial, pages = (
        given.learners * sum(getattr(cost, kind) for cost in costs) / 1000
        for kind in ("worker_ms", "coordinator_ms", "feedback_ms")
    )
    cores = math.ceil(work / seconds / given.busy)
    classes = math.ceil((serial + pages) / seconds / given.serial)
    kept, books, travels = (
        given.learners * sum(getattr(cost, kind) for cost in costs) * 1000 / GB
        for kind in ("kept_kb", "book_kb", "task_kb")
    )
    hired = (cores + classes) * given.hours
    yield "| what | how much |"
    yield "|---|---|"
    yield f"| submissions | {given.learners * len(costs):,} |"
    yield f"| work of workers | {work / 3600:.0f} core-hours: {cores} cores for {given.hours:g} hours |"
    yield f"| work of coordinators | {serial / 3600:.1f} hours of books and {pages / 3600:.1f} of pages: {classes} |"
    yield f"| network | {travels:.0f} GB, {8000 * travels / seconds:.0f} Mbit/s |"
    yield f"| gradebook | {books:.1f} GB |"
    yield f"| files | {kept:.0f} GB |"
    yield f"| price | {hired:.0f} core-hours at {given.core_hour:g}: {hired * given.core_hour:.0f} |"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learners", type=int, default=Assumptions.learners)
    parser.add_argument("--hours", type=float, default=Assumptions.hours)
    parser.add_argument("--core-hour", type=float, default=Assumptions.core_hour, help="its price")
    given = parser.parse_args(argv)
    costs = []
    for assignment in paths.assignments():
        with tempfile.TemporaryDirectory(prefix="plan-") as folder:
            os.environ.update(ways.environment(Path(folder)))
            costs.append(measured(assignment, Path(folder)))
        print(f"{assignment} measured", file=sys.stderr)
    print("\n".join(table(costs)), end="\n\n")
    print("\n".join(plan(costs, Assumptions(given.learners, given.hours, core_hour=given.core_hour))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
