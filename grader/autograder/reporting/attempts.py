"""Verdicts and booked marks as the reports need them: the one place that knows how they lie on disk."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.course.classroom import Classroom
from autograder.course.names import STUDENT_ID
from autograder.gradebook.marks import BookedClass
from autograder.grading.store import verdict_path
from autograder.grading.verdict import ExerciseVerdict, Verdict

NO_SINGLE_MISTAKE = frozenset({"not-attempted"})
"""Ids of diagnoses that say what is missing and not what was misunderstood."""


@dataclass(frozen=True)
class Result:
    """What became of one exercise of one learner."""

    points: float
    max_points: float
    status: str
    """right, carried, partial, wrong, numeric, not-attempted, error, timeout or killed."""
    diagnosis: tuple[str, ...] = ()
    first_wrong: str = ""
    """The first broken link, such as dZ1; empty where none is known."""
    message: str = ""
    """The sentences that the learner saw."""
    remarks: tuple[str, ...] = ()
    """For the instructor alone."""

    @property
    def right(self) -> bool:
        """Tell whether nothing was lost."""
        return self.status in ("right", "carried")

    @property
    def share(self) -> float:
        """Return the points as a part of what can be had, 0 where nothing can."""
        return self.points / self.max_points if self.max_points else 0.0

    @property
    def mistakes(self) -> tuple[str, ...]:
        """Return the diagnoses that name a mistake; none where nothing was lost."""
        return () if self.right else tuple(id for id in self.diagnosis if id not in NO_SINGLE_MISTAKE)


@dataclass(frozen=True)
class Attempt:
    """One learner's work on one chapter."""

    assignment: str
    student: str
    points: float
    max_points: float
    status: str
    """graded, refused, or waiting where there is no verdict yet."""
    reason: str = ""
    """Why it was refused."""
    results: Mapping[str, Result] = field(default_factory=dict)
    """Exercise -> what became of it; empty unless it was graded."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """Exercise -> what the learner wrote; empty in verdicts of older versions."""

    @property
    def graded(self) -> bool:
        """Tell whether a judge looked at it."""
        return self.status == "graded"

    @property
    def share(self) -> float:
        """Return the points as a part of what can be had, 0 where nothing can."""
        return self.points / self.max_points if self.max_points else 0.0


def attempt_of(content: Mapping[str, Any]) -> Attempt:
    """Return the attempt that a verdict's JSON holds; KeyError or TypeError where it is none."""
    results = {
        name: Result(
            float(found["points"]),
            float(found["max_points"]),
            found["status"],
            tuple(found.get("diagnosis", ())),
            found.get("first_wrong", ""),
            found.get("message", ""),
            tuple(found.get("remarks", ())),
        )
        for name, found in content.get("exercises", {}).items()
    }
    return Attempt(
        content["assignment"],
        content["student"],
        float(content["points"]),
        float(content["max_points"]),
        content["status"],
        content.get("reason", ""),
        results,
        {name: str(text) for name, text in content.get("answers", {}).items()},
    )


def verdict_of(attempt: Attempt) -> Verdict | None:
    """Return what a table shows of an attempt; None where it waits for a verdict."""
    if attempt.status == "waiting":
        return None
    exercises = {
        name: ExerciseVerdict(found.points, found.max_points, found.status, remarks=found.remarks)
        for name, found in attempt.results.items()
    }
    return Verdict(
        attempt.assignment,
        attempt.student,
        attempt.points,
        attempt.max_points,
        attempt.status,
        key="",
        engine="",
        reason=attempt.reason,
        exercises=exercises,
    )


def read_attempts(classroom: Classroom, assignment: str, students: Iterable[str] | None = None) -> list[Attempt]:
    """Return what is known of everybody who handed in an assignment, in the order of their names."""
    return [
        _read(classroom, assignment, student)
        for student in (classroom.submissions(assignment) if students is None else students)
    ]


def _read(classroom: Classroom, assignment: str, student: str) -> Attempt:
    if STUDENT_ID.fullmatch(student):
        try:
            return attempt_of(json.loads(verdict_path(classroom.verdicts, assignment, student).read_bytes()))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            pass  # it is made again when the class is graded
    return Attempt(assignment, student, 0.0, 0.0, "waiting")


def with_booked(attempts: Iterable[Attempt], booked: BookedClass) -> list[Attempt]:
    """Return the attempts with the marks that the gradebook holds in place of the judge's, where it holds any."""
    found = []
    for attempt in attempts:
        marks = booked.marks.get((attempt.assignment, attempt.student))
        if marks is None or not attempt.graded:
            found.append(attempt)
            continue
        results = {
            name: result
            if name not in marks.exercises or marks.exercises[name].points == result.points
            else dataclasses.replace(result, points=marks.exercises[name].points)
            for name, result in attempt.results.items()
        }
        found.append(dataclasses.replace(attempt, points=marks.total, results=results))
    return found
