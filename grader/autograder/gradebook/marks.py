"""The marks that stand in the gradebook, of an assignment or of a whole class, and the comments beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from nbgrader.api import Base, Comment, Gradebook, Student
from sqlalchemy import make_url, select

_TEST = "test-"
_ASSIGNMENT, _NOTEBOOK, _CELL, _POINTS, _SUBMISSION, _HANDED_IN, _GRADE = (
    Base.metadata.tables[name]
    for name in (
        *("assignment", "notebook", "base_cell", "grade_cells"),
        *("submitted_assignment", "submitted_notebook", "grade"),
    )
)
"""nbgrader's tables themselves: its classes make an object of every row."""


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


def read_comments(gradebook: Gradebook, assignment: str) -> dict[str, dict[str, str]]:
    """Return learner -> cell -> what is said about it, by an instructor or else by nbgrader."""
    query = select(_SUBMISSION.c.student_id, _CELL.c.name, Comment.comment).where(Comment.comment.isnot(None))
    query = query.join(_CELL, _CELL.c.id == Comment.cell_id).join(_HANDED_IN, _HANDED_IN.c.id == Comment.notebook_id)
    query = query.join(_SUBMISSION, _SUBMISSION.c.id == _HANDED_IN.c.assignment_id)
    query = query.join(_ASSIGNMENT, _ASSIGNMENT.c.id == _SUBMISSION.c.assignment_id)
    found: dict[str, dict[str, str]] = {}
    for student, cell, comment in gradebook.db.execute(query.where(_ASSIGNMENT.c.name == assignment)):
        found.setdefault(student, {})[cell] = comment
    return found


def _read(gradebook: Gradebook, assignment: str = "") -> dict[tuple[str, str], BookedMarks]:
    """Return (assignment, learner) -> what is booked, in this order.

    Three short queries are put together here: one that joins all tables carries the same few names to every mark, and
    reading a time is slow.
    """
    only = [_ASSIGNMENT.c.name == assignment] if assignment else []
    cells = select(_CELL.c.id, _CELL.c.name, _POINTS.c.max_score).outerjoin(_POINTS, _POINTS.c.id == _CELL.c.id)
    cells = cells.join(_NOTEBOOK, _NOTEBOOK.c.id == _CELL.c.notebook_id)
    cells = cells.join(_ASSIGNMENT, _ASSIGNMENT.c.id == _NOTEBOOK.c.assignment_id).where(*only)
    known = {id: (name.removeprefix(_TEST), float(most or 0)) for id, name, most in gradebook.db.execute(cells)}

    heads = select(
        *(_HANDED_IN.c.id, _ASSIGNMENT.c.name, _SUBMISSION.c.student_id),
        *(_SUBMISSION.c.timestamp, _HANDED_IN.c.late_submission_penalty),
    ).join(_SUBMISSION, _SUBMISSION.c.id == _HANDED_IN.c.assignment_id)
    heads = heads.join(_ASSIGNMENT, _ASSIGNMENT.c.id == _SUBMISSION.c.assignment_id).where(*only)
    found, exercises = {}, {}
    for id, chapter, student, moment, penalty in gradebook.db.execute(heads):
        exercises[id] = dict[str, BookedExercise]()
        found[chapter, student] = BookedMarks(moment, float(penalty or 0), exercises[id])

    what = ("notebook_id", "cell_id", "auto_score", "manual_score", "extra_credit")
    grades = select(*(_GRADE.c[name] for name in what))
    grades = grades.where(_GRADE.c.cell_id.in_(known)) if only else grades
    for id, cell, auto, manual, extra in gradebook.db.execute(grades):
        if id in exercises and cell in known:
            name, most = known[cell]
            points = float((manual if manual is not None else auto) or 0) + float(extra or 0)
            exercises[id][name] = BookedExercise(points, float(auto or 0), most, manual)
    return {key: found[key] for key in sorted(found) if found[key].exercises}  # sorted by SQLite it takes seconds
