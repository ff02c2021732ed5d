"""The marks that are booked, on the instructor's terminal: learners × exercises."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from autograder.course.labels import COLORS, LABELS
from autograder.reporting.attempts import Attempt
from autograder.reporting.booked_marks import BookedMarks

NAMED = 30
"""Learners whom a sentence names; of more it gives the number."""
MAX_ROWS = 200
"""Of a larger class the terminal shows exercises, not learners."""


def print_marks(console: Console, assignment: str, attempts: Sequence[Attempt], booked: BookedMarks) -> None:
    """Print everybody's booked marks; of a large class how often each exercise went how."""
    graded = [attempt for attempt in attempts if attempt.graded]
    names = list(dict.fromkeys(name for attempt in graded for name in attempt.results))
    console.print()
    if len(attempts) > MAX_ROWS:
        console.print(_exercises(assignment, graded, names))
    else:
        console.print(_learners(assignment, attempts, names, booked))
    words = ("✓ right", "◐ partly", "✗ wrong", "– not attempted", "! error or stopped")
    console.print("   ".join(f"[{COLORS[word[0]]}]{word}[/]" for word in words))
    _print_lists(console, attempts)
    by_hand = sum(bool(marks.overrides) for (name, _), marks in booked.marks.items() if name == assignment)
    if by_hand:
        console.print(f"* changed by hand: {by_hand} learners")


def _print_lists(console: Console, attempts: Sequence[Attempt]) -> None:
    """Print whoever needs the instructor's eye, once for each sentence."""
    told: dict[tuple[str, str], list[str]] = {}
    for attempt in attempts:
        if attempt.status == "refused":
            told.setdefault(("Refused (0 points; the learner's page says why)", attempt.reason), []).append(
                attempt.student
            )
        elif attempt.status == "waiting":
            told.setdefault(("Not graded", "there is no verdict yet: course grade"), []).append(attempt.student)
        remarks = "; ".join(f"{name}: {remark}" for name, e in attempt.results.items() for remark in e.remarks)
        if remarks:
            told.setdefault(("Worth a look", remarks), []).append(attempt.student)
    for (heading, sentence), students in sorted(told.items()):
        named = ", ".join(students[:NAMED]) + f" and {len(students) - NAMED} more" * (len(students) > NAMED)
        console.print(f"\n[bold]{heading}[/]\n{escape(named)}: {escape(sentence)}", soft_wrap=True)


def _table(assignment: str) -> Table:
    return Table(title=assignment, title_style="bold", title_justify="left", box=box.SIMPLE_HEAD, show_edge=False)


def _learners(assignment: str, attempts: Sequence[Attempt], names: Sequence[str], booked: BookedMarks) -> Table:
    table = _table(assignment)
    table.padding = 0
    table.add_column("learner", no_wrap=True)
    for name in names:
        table.add_column(name.replace("_", "_\n"), justify="right", vertical="bottom")
    late = any(marks.penalty for (name, _), marks in booked.marks.items() if name == assignment)
    if late:
        table.add_column("late", justify="right")
    table.add_column("total", justify="right", style="bold")
    for attempt in attempts:
        marks = booked.marks.get((assignment, attempt.student))
        changed = marks.overrides if marks else {}
        off = [f"-{marks.penalty:g}" if marks and marks.penalty else ""] if late else []
        if not attempt.graded:
            word = "refused" if attempt.status == "refused" else "not yet"
            cells = [Text(word if i == 0 else "", style="magenta") for i in range(len(names))]
        else:
            cells = [_cell(attempt, name, name in changed) for name in names]
        total = f"{attempt.points:.4g}" if attempt.status != "waiting" else ""
        table.add_row(Text(attempt.student), *cells, *off, total)
    return table


def _cell(attempt: Attempt, name: str, changed: bool) -> Text:
    result = attempt.results.get(name)
    if result is None:
        return Text("")
    mark = LABELS[result.status][0]
    return Text(f"{result.points:.3g}{'*' if changed else ''} {mark} ", style=COLORS[mark])


def _exercises(assignment: str, graded: Sequence[Attempt], names: Sequence[str]) -> Table:
    table = _table(f"{assignment}: {len(graded)} graded")
    for heading in ("exercise", "mean", *COLORS):
        table.add_column(heading, justify="left" if heading == "exercise" else "right", no_wrap=True)
    for name in names:
        results = [attempt.results[name] for attempt in graded if name in attempt.results]
        shown = [LABELS[result.status][0] for result in results]
        shares = (Text(f"{100 * shown.count(mark) / len(shown):.1f} %", style=COLORS[mark]) for mark in COLORS)
        table.add_row(name, f"{fmean(result.points for result in results):.2f}", *shares)
    return table
