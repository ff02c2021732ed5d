"""``course export``: the marks in the platform's own file, or in one of ours, and what has to be known about it."""

from __future__ import annotations

import argparse
from pathlib import Path

from nbgrader.api import Gradebook
from rich.console import Console
from traitlets.config import Config

from autograder.cli.printing import print_plain
from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.course.text import clean_text
from autograder.course.whole_file import write_whole
from autograder.reporting.exports_into import Filled, fill_table, tell_table
from autograder.reporting.exports_own import own_table
from autograder.reporting.marks_to_export import ClassMarks, read_class_marks
from autograder.submissions.tables import read_table


def export_marks(assignments: list[str], given: argparse.Namespace, config: Config, console: Console) -> int:
    """Write the marks; return the exit status: 1 where something needs a look."""
    classroom = Classroom(given.classroom)
    table = read_table(given.into) if given.into else None
    platform = given.platform or given.layout or (tell_table(table) if table else "canvas")
    with Gradebook(config.CourseDirectory.db_url, paths.COURSE_ID) as gradebook:
        marks = read_class_marks(gradebook, assignments, classroom)
    kept = classroom.folder / ("marks.csv" if platform == "csv" else f"{platform}.csv")
    if table is None:
        done, raw = _special(marks), own_table(platform, marks).encode("utf-8")
        targets = [given.to or kept]
    else:
        done = fill_table(table, platform, marks, given.column)
        raw = table.encode()
        targets = [given.to] if given.to else [given.into, kept]
    for target in targets:
        write_whole(target, raw)
    _tell(done, targets, console)
    return 1 if done.looks else 0


def _special(marks: ClassMarks) -> Filled:
    """Return what is worth saying of a table of our own."""
    done = Filled(len(marks.learners))
    for one in marks.assignments:
        for learner, mark in one.marks.items():
            if mark.words:
                done.notes.append(f"{one.assignment}, {marks.roster.name(learner)} ({learner}): {mark.words}")
    done.notes += [f"{one.shown} ({one.id}) has left the class: no row" for one in marks.dropped]
    return done


def _tell(done: Filled, targets: list[Path], console: Console) -> None:
    for note in done.notes:
        print_plain(console, f"  {clean_text(note)}")
    for look in done.looks:
        print_plain(console, f"  look: {clean_text(look)}")
    for target in targets:
        print_plain(console, f"{target}")
