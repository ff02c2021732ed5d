"""The marks that stand in nbgrader's gradebook, read with two queries for all chapters and learners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.api import Assignment, BaseCell, Grade, Gradebook, Student, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import make_url


@dataclass(frozen=True)
class Marks:
    """What is booked for one learner and one chapter."""

    exercises: Mapping[str, float]
    """Exercise -> points, extra credit included."""
    judged: Mapping[str, float]
    """Exercise -> points that the judge gave."""
    penalty: float = 0.0
    """Points taken off because it came late."""
    seconds_late: float = 0.0

    @property
    def total(self) -> float:
        """Return the points after the penalty, never below zero."""
        return max(0.0, sum(self.exercises.values()) - self.penalty)

    @property
    def overrides(self) -> dict[str, tuple[float, float]]:
        """Return exercise -> (judged, booked) where somebody changed the points by hand."""
        return {
            name: (self.judged[name], points)
            for name, points in self.exercises.items()
            if name in self.judged and self.judged[name] != points
        }


@dataclass(frozen=True)
class BookedMarks:
    """What the gradebook says of a whole class."""

    marks: Mapping[tuple[str, str], Marks] = field(default_factory=dict)
    """(assignment, student) -> what is booked."""
    students: tuple[str, ...] = ()
    """Everybody whom the gradebook knows, whether they handed in or not."""


def read_booked(db_url: str) -> BookedMarks:
    """Return everything that is booked; nothing where there is no gradebook yet, and none is made."""
    place = make_url(db_url)
    if place.drivername == "sqlite" and not Path(place.database or "").is_file():
        return BookedMarks()
    with Gradebook(db_url) as gradebook:
        ask = gradebook.db.query
        students = tuple(sorted(name for (name,) in ask(Student.id)))
        rows = (
            ask(
                *(Assignment.name, SubmittedAssignment.student_id, BaseCell.name),
                *(Grade.auto_score, Grade.manual_score, Grade.extra_credit),
            )
            .select_from(Grade)
            .join(BaseCell, BaseCell.id == Grade.cell_id)
            .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .all()
        )
        lateness = {(a, s): rest for a, s, *rest in _lateness(gradebook)}
    scores: dict[tuple[str, str], tuple[dict[str, float], dict[str, float]]] = {}
    for assignment, student, cell, judged, by_hand, extra in rows:
        booked, automatic = scores.setdefault((assignment, student), ({}, {}))
        name = cell.removeprefix("test-")
        automatic[name] = judged or 0.0
        booked[name] = (automatic[name] if by_hand is None else by_hand) + (extra or 0.0)
    return BookedMarks(
        {key: Marks(booked, automatic, *lateness.get(key, ())) for key, (booked, automatic) in scores.items()}, students
    )


def _lateness(gradebook: Gradebook) -> list[tuple[str, str, float, float]]:
    """Return (assignment, student, penalty, seconds late) for every submission."""
    columns = (
        *(Assignment.name, SubmittedAssignment.student_id, SubmittedNotebook.late_submission_penalty),
        *(SubmittedAssignment.timestamp, Assignment.duedate, SubmittedAssignment.extension),
    )
    rows = (
        gradebook.db.query(*columns)
        .select_from(SubmittedAssignment)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
    )
    found = []
    for assignment, student, penalty, moment, due, extension in rows:
        late = 0.0
        if moment is not None and due is not None:
            late = max(0.0, (moment - due - extension if extension else moment - due).total_seconds())
        found.append((assignment, student, penalty or 0.0, late))
    return found
