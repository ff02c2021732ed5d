"""The class on the instructor's terminal: learners × exercises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from autograder.course import paths
from autograder.course.labels import COLORS, LABELS
from autograder.course.text import clean_text, join_some
from autograder.gradebook.marks import BookedMarks
from autograder.grading.verdict import Verdict
from autograder.scheduling.batch import GraderFailure
from autograder.scheduling.class_summary import ClassSummary

WIDTH = 7
NAMED = 30
"""How many learners a sentence names; it counts the others."""


def exercise_points(assignment: str, released: Path = paths.NOTEBOOKS) -> dict[str, float]:
    """Return name -> points of an assignment's exercises, in the notebook's order."""
    notebook = nbformat.read(paths.notebook_path(released, assignment), as_version=4)
    cells = (cell.metadata.get("nbgrader", {}) for cell in notebook.cells)
    return {cell["grade_id"].removeprefix("test-"): float(cell["points"]) for cell in cells if cell.get("grade")}


def class_table(
    assignment: str, summary: ClassSummary, points: Mapping[str, float], booked: Mapping[str, BookedMarks] | None = None
) -> Table:
    """Return a table of everybody's points; for a large class, the share of each status for each exercise.

    What is ``booked`` is shown in place of what was judged: an instructor's mark, and the total without lateness.
    """
    grid = Table(
        title=assignment, title_style="bold", title_justify="left", box=box.SIMPLE_HEAD, show_edge=False, padding=0
    )
    if len(summary) < summary.learners:
        return _counts(grid, summary, points)
    grid.add_column("learner", no_wrap=True)
    for name, most in points.items():
        grid.add_column(f"{_folded(name)}\n[dim]{most:g}[/]", justify="right", vertical="bottom", no_wrap=True)
    grid.add_column(f"total\n[dim]{sum(points.values()):g}[/]", justify="right", style="bold")
    for student, result in sorted(summary.items()):
        grid.add_row(Text(student), *_row(result, points, (booked or {}).get(student)))
    return grid


def _row(
    result: Verdict | GraderFailure, points: Mapping[str, float], booked: BookedMarks | None = None
) -> Iterator[Text]:
    if isinstance(result, GraderFailure) or result.status == "refused":
        yield Text("refused" if isinstance(result, Verdict) else "not yet", style="magenta")
        yield from (Text("") for _ in range(len(points) - 1))
        yield Text("0" if isinstance(result, Verdict) else "", style="magenta")
        return
    for name in points:
        exercise = result.exercises[name]
        mark, _ = LABELS[exercise.status]
        earned, given = exercise.points, booked.exercises.get(name) if booked else None
        by_hand = given is not None and given.by_hand is not None
        if given and by_hand:
            earned = given.points
            mark = "✓" if earned >= given.max_points else "◐" if earned > 0 else "✗"
        yield Text(f"{earned:.3g} {mark}{'*' * by_hand}", style=COLORS[mark])
    yield Text(f"{booked.total if booked else result.points:.4g}{' late' * bool(booked and booked.penalty)}")


def _counts(grid: Table, summary: ClassSummary, points: Mapping[str, float]) -> Table:
    """Fill the table of a large class: one row an exercise, the share of learners for each mark."""
    grid.title = f"{grid.title}: {summary.learners} learners, {summary.graded} graded"
    grid.padding = (0, 1)
    for heading in ("exercise", "points", "mean", *COLORS):
        grid.add_column(heading, justify="left" if heading == "exercise" else "right", no_wrap=True)
    for name, most in points.items():
        marks: dict[str, int] = dict.fromkeys(COLORS, 0)
        for status, count in summary.statuses.get(name, {}).items():
            marks[LABELS[status][0]] += count
        of = max(summary.graded, 1)
        shares = (Text(f"{100 * count / of:.1f} %", style=COLORS[mark]) for mark, count in marks.items())
        grid.add_row(name, f"{most:g}", f"{summary.earned[name] / of:.2f}", *shares)
    return grid


def _folded(name: str) -> str:
    """Break a name into lines short enough for a column, after an underscore where there is one."""
    lines = [""]
    for part in re.findall(rf"[^_]{{1,{WIDTH - 1}}}_|[^_]{{1,{WIDTH}}}|_", name):
        if len(lines[-1] + part) > WIDTH:
            lines.append("")
        lines[-1] += part
    return "\n".join(lines)


def print_class(
    console: Console,
    assignment: str,
    summary: ClassSummary,
    points: Mapping[str, float],
    booked: Mapping[str, BookedMarks] | None = None,
) -> None:
    """Print the table, the meaning of its marks, and the learners whom the instructor should look at."""
    console.print()
    console.print(class_table(assignment, summary, points, booked))
    words = ("✓ right", "◐ partly", "✗ wrong", "– not attempted", "! error or stopped")
    console.print("   ".join(f"[{COLORS[word[0]]}]{word}[/]" for word in words))
    if any(one.by_hand for one in (booked or {}).values()):
        console.print("* changed by hand")
    if len(summary) < summary.learners:
        console.print("A class of this size is counted, not shown by name: `course export` writes everybody's marks.")
    _list(console, "Refused (0 points; the learner's page says why)", summary.refused)
    _list(console, "Not graded", summary.faults)
    _list(console, "Worth a look", summary.remarks)


def _list(console: Console, heading: str, told: Mapping[str, list[str]]) -> None:
    """Print each sentence once, with the learners that it is about."""
    for sentence, students in told.items():
        named = join_some(sorted(students), NAMED)
        console.print(
            f"\n[bold]{heading}[/]\n{escape(clean_text(named, 4000))}: {escape(clean_text(sentence, 4000))}",
            soft_wrap=True,
        )
