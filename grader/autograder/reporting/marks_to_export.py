"""Everybody's marks as an export needs them: what counts, and why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from nbgrader.api import Gradebook, MissingEntry

from autograder.course.classroom import Classroom
from autograder.gradebook.late import UNKNOWN_LATENESS, book_penalties, current_policy, how_late
from autograder.gradebook.marks import BookedMarks, read_marks
from autograder.submissions.learner import Learner
from autograder.submissions.roster import Roster, read_roster

_OWN_LOGINS = ("canvas:", "moodle:", "brightspace:", "blackboard:")
"""Platforms that have a login for everybody: an id of ours must not stand in its place."""


@dataclass(frozen=True)
class Mark:
    """What one learner gets for one assignment."""

    points: float | None
    """None where there is no work."""
    late: timedelta = timedelta()
    penalty: float = 0.0
    by_hand: bool = False
    """Whether an instructor gave a part of it."""
    excused: bool = False

    @property
    def words(self) -> str:
        """Return what is special about it."""
        said = ("excused" if self.excused else "", "missing" if self.points is None and not self.excused else "")
        late = f"late by {hours(self.late)}" if self.late else ""
        penalty = f"{self.penalty:g} points off" if self.penalty else ""
        return ", ".join(filter(None, (*said, late, penalty, "changed by hand" if self.by_hand else "")))


@dataclass(frozen=True)
class AssignmentMarks:
    """Everybody's marks for one assignment."""

    assignment: str
    max_points: float
    marks: Mapping[str, Mark]
    """Learner -> mark, of everybody who is in the class."""


@dataclass
class ClassMarks:
    """What is exported."""

    roster: Roster
    assignments: list[AssignmentMarks] = field(default_factory=list)
    dropped: list[Learner] = field(default_factory=list)

    @property
    def learners(self) -> list[Learner]:
        """Everybody in the class, by id."""
        return sorted((one for one in self.roster if not one.dropped), key=lambda one: one.id)


def read_class_marks(gradebook: Gradebook, assignments: list[str], classroom: Classroom) -> ClassMarks:
    """Return everybody's marks, with lateness booked as the policy of now says."""
    done = ClassMarks(read_roster(classroom.folder))
    booked: dict[str, dict[str, BookedMarks]] = {}
    for name in assignments:
        book_penalties(gradebook, name, classroom)
        booked[name] = read_marks(gradebook, name)
    for student in sorted({*(s.id for s in gradebook.students), *(s for marks in booked.values() for s in marks)}):
        learner = done.roster.get(student) or done.roster.adopt(student, student)
        if not learner.login and not any(key.startswith(_OWN_LOGINS) for key in learner.keys):
            done.roster.learn(learner, login=student)
    done.dropped = sorted((one for one in done.roster if one.dropped), key=lambda one: one.id)
    for name in assignments:
        policy = current_policy(gradebook, name, classroom)
        marks = {}
        for learner in done.learners:
            found = booked[name].get(learner.id)
            late = how_late(learner.id, found, name, policy, done.roster) if found else timedelta()
            marks[learner.id] = Mark(
                round(found.total, 2) if found else None,
                late,
                found.penalty if found else 0.0,
                bool(found and found.by_hand),
                learner.id in policy.excused,
            )
        done.assignments.append(AssignmentMarks(name, _max_points(gradebook, name), marks))
    return done


def _max_points(gradebook: Gradebook, assignment: str) -> float:
    try:
        return float(gradebook.find_assignment(assignment).max_score)
    except MissingEntry:
        return 0.0


def hours(span: timedelta) -> str:
    """Return a length of time in words.

    >>> hours(timedelta(days=2, hours=3)), hours(timedelta(minutes=5))
    ('2 d 3 h', '5 min')
    """
    if span == UNKNOWN_LATENESS:
        return "an unknown time"
    minutes = max(1, int(span.total_seconds() // 60))
    days, rest = divmod(minutes, 1440)
    if not days and rest < 60:
        return f"{rest} min"
    return f"{days} d {rest // 60} h" if days else f"{rest // 60} h {rest % 60} min"
