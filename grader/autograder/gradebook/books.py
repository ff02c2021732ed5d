"""nbgrader's gradebook, as grading writes it: the rows that ``nbgrader autograde`` makes, a learner at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nbgrader.api import Base, Gradebook, new_uuid
from sqlalchemy import Row, bindparam, select

_ASSIGNMENT, _NOTEBOOK, _CELL, _STUDENT, _SUBMISSION, _HANDED_IN, _GRADE, _COMMENT = (
    Base.metadata.tables[name]
    for name in (
        *("assignment", "notebook", "base_cell", "student"),
        *("submitted_assignment", "submitted_notebook", "grade", "comment"),
    )
)
"""nbgrader's tables themselves: its classes ask for each row by itself, which takes as long as grading."""
_WITH_GRADE = ("GradeCell", "TaskCell")
_WITH_COMMENT = ("SolutionCell", "TaskCell")


@dataclass(frozen=True)
class Booking:
    """What a run enters of one learner."""

    student: str
    moment: datetime
    """When the submission came in: UTC that does not say so, as nbgrader keeps it."""
    points: Mapping[str, float]
    """Tests cell -> points."""
    unanswered: frozenset[str]
    """The solution cells that are still as they were released."""


class Books:
    """The gradebook of one assignment with one notebook, as every chapter has.

    An instructor's marks and comments in it are never touched.
    """

    def __init__(self, gradebook: Gradebook, assignment: str) -> None:
        self._session = gradebook.db
        cells = select(_NOTEBOOK.c.assignment_id, _CELL.c.notebook_id, _CELL.c.id, _CELL.c.name, _CELL.c.type)
        cells = cells.join(_NOTEBOOK, _NOTEBOOK.c.id == _CELL.c.notebook_id)
        cells = cells.join(_ASSIGNMENT, _ASSIGNMENT.c.id == _NOTEBOOK.c.assignment_id)
        cells = cells.where(_ASSIGNMENT.c.name == assignment, _NOTEBOOK.c.name == assignment)
        rows = self._session.execute(cells).all()
        self._assignment, self._notebook = rows[0][:2]
        self._graded = {row.id: row.name for row in rows if row.type in _WITH_GRADE}
        self._commented = {row.id: row for row in rows if row.type in _WITH_COMMENT}

    def enter(self, booking: Booking) -> None:
        """Write one learner's rows and commit them, all or none. Raises SQLAlchemyError."""
        try:
            notebook, is_new = self._handed_in(booking)
            self._write_grades(booking, notebook, is_new)
            self._write_comments(booking, notebook, is_new)
            self._session.commit()
        finally:
            self._session.rollback()  # undoes what failed; without a failure there is nothing left

    def _handed_in(self, booking: Booking) -> tuple[str, bool]:
        """Return the row of the learner's notebook, and whether it had to be made."""
        known = select(_SUBMISSION.c.id, _HANDED_IN.c.id).outerjoin(
            _HANDED_IN, (_HANDED_IN.c.assignment_id == _SUBMISSION.c.id) & (_HANDED_IN.c.notebook_id == self._notebook)
        )
        mine = (_SUBMISSION.c.assignment_id == self._assignment) & (_SUBMISSION.c.student_id == booking.student)
        submission, notebook = self._session.execute(known.where(mine)).first() or (None, None)
        if submission is None:
            if self._session.execute(select(_STUDENT.c.id).where(_STUDENT.c.id == booking.student)).first() is None:
                self._session.execute(_STUDENT.insert(), {"id": booking.student})
            submission = new_uuid()
            row = {"id": submission, "assignment_id": self._assignment, "student_id": booking.student}
            self._session.execute(_SUBMISSION.insert(), row | {"timestamp": booking.moment})
        else:
            self._session.execute(
                _SUBMISSION.update().where(_SUBMISSION.c.id == submission), {"timestamp": booking.moment}
            )
        if notebook is not None:
            return notebook, False
        notebook = new_uuid()
        row = {"id": notebook, "assignment_id": submission, "notebook_id": self._notebook}
        self._session.execute(_HANDED_IN.insert(), row)
        return notebook, True

    def _write_grades(self, booking: Booking, notebook: str, is_new: bool) -> None:
        by_hand = {} if is_new else {row.cell_id: row.manual_score for row in self._rows(_GRADE, notebook)}
        rows = []
        for cell, name in self._graded.items():
            points = booking.points.get(name)
            if points is not None or cell not in by_hand:  # a task, which the instructor alone grades, gets its row
                open_still = points is None or by_hand.get(cell) is not None
                rows.append({"cell": cell, "auto_score": points, "needs_manual_grade": open_still})
        self._write(_GRADE, notebook, rows, by_hand)

    def _write_comments(self, booking: Booking, notebook: str, is_new: bool) -> None:
        known = {} if is_new else {row.cell_id: row for row in self._rows(_COMMENT, notebook)}
        rows = []
        for cell, of in self._commented.items():
            empty = of.type == "SolutionCell" and of.name in booking.unanswered
            rows.append({"cell": cell, "auto_comment": "No response." if empty else None})
        self._write(_COMMENT, notebook, rows, known)

    def _rows(self, table: Any, notebook: str) -> list[Row]:
        return list(self._session.execute(select(table).where(table.c.notebook_id == notebook)))

    def _write(self, table: Any, notebook: str, rows: list[dict[str, Any]], known: Mapping[str, Any]) -> None:
        """Change the rows of cells that have one, and add those of the others."""
        place = (table.c.notebook_id == notebook) & (table.c.cell_id == bindparam("cell"))
        if old := [row for row in rows if row["cell"] in known]:
            self._session.execute(table.update().where(place), old)
        if new := [row for row in rows if row["cell"] not in known]:
            places = ({"notebook_id": notebook, "cell_id": row.pop("cell")} for row in new)
            self._session.execute(table.insert(), [place | row for place, row in zip(places, new, strict=True)])
