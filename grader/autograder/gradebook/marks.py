"""The marks that stand in the gradebook, of an assignment or of a whole class, read with two queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Gradebook,
    GradeCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import make_url

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

    @property
    def overrides(self) -> dict[str, tuple[float, float]]:
        """Exercise -> (judged, booked) where somebody changed the points by hand."""
        return {name: (one.judged, one.points) for name, one in self.exercises.items() if one.judged != one.points}


@dataclass(frozen=True)
class BookedClass:
    """What the gradebook says of a whole class."""

    marks: Mapping[tuple[str, str], BookedMarks] = field(default_factory=dict)
    """(assignment, learner) -> what is booked."""
    students: tuple[str, ...] = ()
    """Everybody whom the gradebook knows, whether they handed in or not."""

    def of(self, assignment: str) -> dict[str, BookedMarks]:
        """Return learner -> what is booked for an assignment."""
        return {learner: found for (name, learner), found in self.marks.items() if name == assignment}


def read_class_books(db_url: str) -> BookedClass:
    """Return everything that is booked; nothing where there is no gradebook yet, and none is made."""
    place = make_url(db_url)
    if place.drivername == "sqlite" and not Path(place.database or "").is_file():
        return BookedClass()
    with Gradebook(db_url) as gradebook:
        students = tuple(sorted(name for (name,) in gradebook.db.query(Student.id)))
        return BookedClass(_read(gradebook), students)


def read_marks(gradebook: Gradebook, assignment: str) -> dict[str, BookedMarks]:
    """Return learner -> what is booked for an assignment."""
    return {learner: marks for (_, learner), marks in _read(gradebook, assignment).items()}


def _read(gradebook: Gradebook, assignment: str = "") -> dict[tuple[str, str], BookedMarks]:
    """Return (assignment, learner) -> what is booked, in this order, with two queries: reading a time is slow."""
    who = (Assignment.name, SubmittedAssignment.student_id)
    when = (SubmittedAssignment.timestamp, SubmittedNotebook.late_submission_penalty)
    heads = gradebook.db.query(*who, *when).select_from(SubmittedNotebook)
    what = (BaseCell.name, Grade.auto_score, Grade.manual_score, Grade.extra_credit, _POINTS.c.max_score)
    rows = gradebook.db.query(*who, *what).select_from(Grade).join(BaseCell, BaseCell.id == Grade.cell_id)
    rows = rows.outerjoin(_POINTS, _POINTS.c.id == BaseCell.id)
    rows = rows.join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
    heads, rows = (
        query.join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .filter(*([Assignment.name == assignment] if assignment else []))
        for query in (heads, rows)
    )
    exercises: dict[tuple[str, str], dict[str, BookedExercise]] = {}
    for chapter, student, name, auto, manual, extra, most in rows:
        points = float((manual if manual is not None else auto) or 0) + float(extra or 0)
        booked = BookedExercise(points, float(auto or 0), float(most or 0), manual)
        exercises.setdefault((chapter, student), {})[name.removeprefix(_TEST)] = booked
    found = {(chapter, student): (moment, float(penalty or 0)) for chapter, student, moment, penalty in heads}
    return {key: BookedMarks(*found[key], exercises[key]) for key in sorted(exercises)}
