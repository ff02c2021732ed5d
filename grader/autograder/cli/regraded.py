"""What a run of grading says after its table: who was late, what changed, and which marks by hand are older."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from rich.console import Console

from autograder.cli.printing import print_plain
from autograder.course.text import clean_text
from autograder.gradebook.marks import BookedMarks
from autograder.gradebook.regrade import Regrade
from autograder.reporting.marks_to_export import hours

SHOWN = 200
"""Lines of one kind; a larger class has them all in nbgrader.log."""


def print_lateness(console: Console, booked: Mapping[str, BookedMarks], late: Mapping[str, timedelta]) -> None:
    """Print who was late, by how much, and what it costs."""
    lines = []
    for learner, span in sorted(late.items()):
        off = f", {booked[learner].penalty:g} points off" if booked[learner].penalty else ""
        lines.append(f"{learner}: {hours(span)}{off}")
    _print(console, "Late", lines)


def print_regrade(console: Console, regrade: Regrade) -> None:
    """Print what changed for learners who had marks before, and the overrides that are older than the work."""
    changes = (f"{c.learner}, {c.exercise}: {c.before:g} -> {c.now:g} ({c.why})" for c in regrade.changes)
    _print(console, "What changed", list(changes))
    old = (f"{o.learner}, {o.exercise}: {o.points:g} by hand" for o in regrade.old_overrides)
    _print(console, "Marks by hand that are older than the work", list(old))
    _print(console, "Folders to look at", regrade.remarks)


def _print(console: Console, heading: str, lines: list[str]) -> None:
    if lines:
        console.print(f"\n[bold]{heading}[/]")
        for line in lines[:SHOWN]:
            print_plain(console, clean_text(line))
        if len(lines) > SHOWN:
            console.print(f"and {len(lines) - SHOWN} more: nbgrader.log has them all")
