"""The marks that stand in the gradebook: of everybody who handed an assignment in, read at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from nbgrader.api import Assignment, BaseCell, Grade, Gradebook, GradeCell, SubmittedAssignment, SubmittedNotebook

_TEST = "test-"
_POINTS = GradeCell.__table__
"""The table itself: joined as a class, nbgrader's cells would meet twice."""


@dataclass(frozen=True)
class BookedExercise:
    """One exercise of one learner."""

    points: float
    """What counts: the instructor's mark where there is one, and what was added to it."""
    judged: float
    max_points: float
    by_hand: float | None = None
    """The mark that an instructor gave instead."""


@dataclass(frozen=True)
class BookedMarks:
    """One submission in the gradebook."""

    timestamp: datetime | None
    """When it was handed in: UTC that does not say so, as nbgrader keeps it."""
    penalty: float
    """What lateness costs."""
    exercises: Mapping[str, BookedExercise] = field(default_factory=dict)

    @property
    def earned(self) -> float:
        """The points of all exercises."""
        return sum(one.points for one in self.exercises.values())

    @property
    def total(self) -> float:
        """The points that count."""
        return max(0.0, self.earned - self.penalty)

    @property
    def max_points(self) -> float:
        """The points that can be had."""
        return sum(one.max_points for one in self.exercises.values())

    @property
    def by_hand(self) -> tuple[str, ...]:
        """The exercises whose mark an instructor gave."""
        return tuple(name for name, one in self.exercises.items() if one.by_hand is not None)


def read_marks(gradebook: Gradebook, assignment: str) -> dict[str, BookedMarks]:
    """Return learner -> what is booked for an assignment."""
    what = (
        *(SubmittedAssignment.student_id, SubmittedAssignment.timestamp, SubmittedNotebook.late_submission_penalty),
        *(BaseCell.name, Grade.auto_score, Grade.manual_score, Grade.extra_credit, _POINTS.c.max_score),
    )
    rows = gradebook.db.query(*what).select_from(Grade).join(BaseCell, BaseCell.id == Grade.cell_id)
    rows = rows.outerjoin(_POINTS, _POINTS.c.id == BaseCell.id)
    rows = rows.join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
    rows = rows.join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
    rows = rows.join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
    heads: dict[str, tuple[datetime | None, float]] = {}
    exercises: dict[str, dict[str, BookedExercise]] = {}
    for student, moment, penalty, name, auto, manual, extra, most in rows.filter(Assignment.name == assignment):
        heads[student] = moment, float(penalty or 0)
        points = float((manual if manual is not None else auto) or 0) + float(extra or 0)
        booked = BookedExercise(points, float(auto or 0), float(most or 0), manual)
        exercises.setdefault(student, {})[name.removeprefix(_TEST)] = booked
    return {student: BookedMarks(*heads[student], exercises[student]) for student in sorted(heads)}
