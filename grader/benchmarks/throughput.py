"""Measure what grading a class costs, beside stock nbgrader and beside a floor: ``make bench``.

All ways grade the same submissions of each chapter with the same hidden suite, one after another in one run; what
counts is the ratio between them, not the seconds of this machine. Their marks must agree. Larger classes show how the
cost grows (of chapter 3, or of the first chapter that is named).

stock    ``nbgrader autograde`` as it comes: a kernel for each notebook, the hidden suite run inside it
sandbox  ours, as ``course grade`` does it
trust    ours without a sandbox
floor    all cells by exec and the same suite in one warm process: no isolation, no gradebook
"""

from __future__ import annotations

import argparse
import compileall
import contextlib
import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from matplotlib.figure import Figure

from autograder.course import paths
from benchmarks import crowd, ways

SAMPLE_SECONDS = 0.05
SLACK = 1e-9
NOISE = 0.1
"""Processor seconds in one second before the start that are nobody's business here."""


@dataclass(frozen=True)
class Row:
    """What one way took for one class."""

    way: str
    submissions: int
    wall_seconds: float
    cpu_seconds: float
    """That the processors of this machine were busy meanwhile."""
    peak_mb: float
    """Of the process that was started, without those that it starts."""
    own_seconds: float = 0.0
    """Processor time of that process alone."""
    assignment: str = crowd.ASSIGNMENT

    @property
    def wall(self) -> float:
        """Milliseconds a submission."""
        return 1000 * self.wall_seconds / self.submissions

    @property
    def cpu(self) -> float:
        """Milliseconds a submission."""
        return 1000 * self.cpu_seconds / self.submissions


def measure(
    way: str, count: int, folder: Path, assignment: str = crowd.ASSIGNMENT
) -> tuple[Row, dict[str, dict[str, float]]]:
    """Prepare a class, grade it in a process of its own, and return what that took and the marks."""
    place = folder / assignment / f"{way}-{count}"
    place.parent.mkdir(exist_ok=True)
    command = ways.prepare(way, count, place, assignment)
    with (place / "log").open("wb") as log:
        started, before = time.monotonic(), busy()
        process = subprocess.Popen(command, cwd=place, stdout=log, stderr=log, env=ways.environment(place.parent))
        peak, own = _watched(process)
        wall, cpu = time.monotonic() - started, busy() - before
    if process.returncode:
        raise RuntimeError(f"{way} failed: {(place / 'log').read_text(errors='replace')[-2000:]}")
    return Row(way, count, wall, cpu, peak, own, assignment), ways.marks(way, place, assignment)


def busy() -> float:
    """Return the seconds that all processors have been busy so far.

    The machine's, because nobody is told what a sandbox has used that was killed: so nothing else may be running.
    """
    user, nice, system, _, _, irq, softirq, *_ = map(int, Path("/proc/stat").read_text().split()[1:11])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def _watched(process: subprocess.Popen) -> tuple[float, float]:
    """Wait for a process; return the most memory that it had, in MB, and its own processor seconds."""
    peak = ticks = 0
    place = Path(f"/proc/{process.pid}")
    while process.poll() is None:
        with contextlib.suppress(OSError, IndexError):
            peak = int((place / "status").read_text().split("VmHWM:")[1].split()[0])
            ticks = sum(map(int, (place / "stat").read_text().rsplit(")", 1)[1].split()[11:13]))
        time.sleep(SAMPLE_SECONDS)
    return peak / 1000, ticks / os.sysconf("SC_CLK_TCK")


def disagreements(first: dict[str, dict[str, float]], second: dict[str, dict[str, float]]) -> list[str]:
    """Return a sentence for each mark that differs."""
    names = {(student, name) for marks in (first, second) for student, found in marks.items() for name in found}
    pairs = [(key, *(marks.get(key[0], {}).get(key[1]) for marks in (first, second))) for key in sorted(names)]
    return [f"{key}: {a} and {b}" for key, a, b in pairs if a is None or b is None or abs(a - b) > SLACK]


def table(rows: Sequence[Row]) -> Iterator[str]:
    """Return the numbers as lines of text, with the ratios to stock, to the floor and to the same way's first class."""
    heads = ("stock / it", "it / floor", "growth")
    first = f"{'chapter':24} {'way':8} {'class':>6} {'wall ms':>9} {'CPU ms':>9} {'peak MB':>9}"
    yield first + "".join(f"{head:>12}" for head in heads)
    base = {(row.assignment, row.way): row for row in reversed(rows)}
    for row in rows:
        stock, floor = (base.get((row.assignment, way)) for way in ("stock", "floor"))
        faster = f"{stock.wall / row.wall:.1f}" if stock else "-"
        dearer = f"{row.cpu / floor.cpu:.2f}" if floor else "-"
        grown = f"{row.wall / base[row.assignment, row.way].wall:.2f}"
        cost = f"{row.wall:9.0f} {row.cpu:9.0f} {row.peak_mb:9.0f}"
        ratios = "".join(f"{ratio:>12}" for ratio in (faster, dearer, grown))
        yield f"{row.assignment:24} {row.way:8} {row.submissions:6} {cost}{ratios}"


def keep(rows: Sequence[Row], place: Path) -> None:
    """Write the numbers as CSV and as a figure."""
    place.mkdir(parents=True, exist_ok=True)
    with (place / "throughput.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([field.name for field in fields(Row)])
        writer.writerows(astuple(row) for row in rows)
    _figure(rows).savefig(place / "throughput.svg")


def _figure(rows: Sequence[Row]) -> Figure:
    """Draw the ways side by side, chapter by chapter, and how the sandbox's cost and memory grow with the class."""
    first = [row for row in rows if row.submissions == rows[0].submissions]
    chapters = list(dict.fromkeys(row.assignment for row in first))
    names = list(dict.fromkeys(row.way for row in first))
    largest = max(rows, key=lambda row: row.submissions).assignment
    grown = sorted((r for r in rows if r.way == "sandbox" and r.assignment == largest), key=lambda row: row.submissions)
    figure = Figure(figsize=(10, 2.6 + 0.6 * len(chapters)), layout="constrained")
    ways_, time_, memory = figure.subplots(1, 3, width_ratios=(2, 1, 1))
    for number, way in enumerate(names):
        mine = [row for row in first if row.way == way]
        places = [chapters.index(row.assignment) + (number - len(names) / 2) / (len(names) + 1) for row in mine]
        bars = ways_.barh(places, [row.wall / 1000 for row in mine], 1 / (len(names) + 1), label=way)
        ways_.bar_label(bars, [f"{row.wall / 1000:.2f} s" for row in mine], padding=3, fontsize=7)
    ways_.set_yticks(range(len(chapters)), chapters)
    ways_.invert_yaxis()
    ways_.margins(x=0.15)
    ways_.legend()
    ways_.set(xlabel="seconds a submission (wall)", title=f"{rows[0].submissions} submissions by each way")
    for axes, values, label in (
        (time_, [row.wall for row in grown], "ms a submission (wall)"),
        (memory, [row.peak_mb for row in grown], "MB, peak of the coordinator"),
    ):
        axes.plot([row.submissions for row in grown], values, "o-", color="C0")
        axes.set(xlabel="submissions in the class", ylabel=label, ylim=(0, 1.3 * max(values, default=1)))
    time_.set_title(f"Time, {largest[:2]}")
    memory.set_title(f"Memory, {largest[:2]}")
    return figure


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; return 1 where marks differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=100, metavar="N")
    parser.add_argument("--growth", type=int, nargs="*", default=[400, 1600], metavar="N", help="such classes, too")
    known = paths.assignments()
    parser.add_argument("--assignment", nargs="+", default=known, choices=known, metavar="NAME", help="default: all")
    parser.add_argument("--ways", nargs="+", default=list(ways.NAMES), choices=ways.NAMES)
    parser.add_argument("--out", type=Path, default=paths.ROOT / "build" / "bench")
    given = parser.parse_args(argv)
    compileall.compile_dir(paths.ROOT / "grader", quiet=2)  # not the first way's work
    rows, marks, told = [], {}, []
    grows = crowd.ASSIGNMENT if crowd.ASSIGNMENT in given.assignment else given.assignment[0]
    plan = [(name, way, given.submissions) for name in given.assignment for way in given.ways]
    plan += [(grows, "sandbox", count) for count in given.growth]
    before = busy()
    time.sleep(1)
    if busy() - before > NOISE:
        print("Something else is running on this machine: all figures will be too high.", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for name, way, count in plan:
            row, found = measure(way, count, Path(folder), name)
            rows.append(row)
            if count == given.submissions:
                first = marks.setdefault(name, found)
                told += [f"{name}, {way}: {sentence}" for sentence in disagreements(first, found)]
            print(f"{name}, {way}, {count} submissions: {row.wall:.0f} ms each", file=sys.stderr)
    print("\n".join(table(rows)))
    print("\n".join(told) or f"The marks of {given.submissions} submissions of each chapter agree.")
    keep(rows, given.out)
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
