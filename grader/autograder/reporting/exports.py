"""The gradebook as a table that a learning platform takes: one row a learner, one column an assignment.

nbgrader's own ``nbgrader export`` takes these classes, too: ``--exporter=autograder.reporting.exports.Canvas``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import Assignment, Gradebook, MissingEntry
from nbgrader.plugins.export import ExportPlugin

from autograder.course.whole_file import write_whole


class Moodle(ExportPlugin):
    """A column that names the learner, then the points; Moodle asks what each column means."""

    head: tuple[str, ...] = ("username",)
    dropped: frozenset[str] = frozenset()
    """Learners who have left the class."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the table to ``to``."""
        chosen = [a for a in gradebook.assignments if not self.assignment or a.name in self.assignment]
        table = io.StringIO(newline="")
        csv.writer(table).writerows(self.rows(gradebook, sorted(chosen, key=lambda a: a.name)))
        write_whole(Path(self.to or "grades.csv"), table.getvalue())

    def rows(self, gradebook: Gradebook, assignments: list[Assignment]) -> Iterator[list[str]]:
        """Yield the head and a row for every learner; who has not handed in gets an empty place, not a zero."""
        yield [*self.head, *(assignment.name for assignment in assignments)]
        for student in sorted({student.id for student in gradebook.students} - self.dropped):
            yield [*self.who(student), *(_points(gradebook, assignment.name, student) for assignment in assignments)]

    def who(self, student: str) -> tuple[str, ...]:
        """Return the first columns of a learner's row."""
        return (student,)


class Canvas(Moodle):
    """The columns and the second row that Canvas writes itself; it knows learners by their login."""

    head = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")

    def rows(self, gradebook: Gradebook, assignments: list[Assignment]) -> Iterator[list[str]]:
        """Yield the rows, with the possible points in the second."""
        head, *learners = super().rows(gradebook, assignments)
        possible = (f"{assignment.max_score:g}" for assignment in assignments)
        yield from (head, ["    Points Possible", "", "", "", "", *possible], *learners)

    def who(self, student: str) -> tuple[str, ...]:
        """Return name, both numbers (unknown here), login and section."""
        return (student, "", "", student, "")


LAYOUTS = {"canvas": Canvas, "moodle": Moodle}


def _points(gradebook: Gradebook, assignment: str, student: str) -> str:
    try:
        handed_in = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return ""
    return f"{max(0.0, handed_in.score - handed_in.late_submission_penalty):g}"
