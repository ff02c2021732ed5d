"""What a regrade changed: learner, exercise, old mark, new mark, why; and overrides that are older than the work."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nbgrader.api import Gradebook

from autograder.course.classroom import Classroom
from autograder.course.whole_file import write_whole
from autograder.gradebook.marks import BookedMarks, read_marks

Marks = Mapping[str, BookedMarks]
LATENESS = "lateness"


@dataclass(frozen=True)
class MarkChange:
    """One mark that is another one now."""

    learner: str
    exercise: str
    before: float
    now: float
    why: str


@dataclass(frozen=True)
class OldOverride:
    """A mark given by hand to work that has been replaced since."""

    learner: str
    exercise: str
    points: float


def what_changed(before: Marks, now: Marks) -> list[MarkChange]:
    """Return every mark of both that differs, in the order of learners and exercises."""
    return [change for learner in now if learner in before for change in _of(learner, before[learner], now[learner])]


def _of(learner: str, old: BookedMarks, new: BookedMarks) -> Iterator[MarkChange]:
    again = old.timestamp != new.timestamp
    for name, exercise in new.exercises.items():
        known = old.exercises.get(name)
        was = known.points if known else 0.0
        if abs(was - exercise.points) < 1e-9:
            continue
        if known and known.by_hand != exercise.by_hand:
            why = "changed by hand"
        elif known and known.max_points != exercise.max_points:
            why = "the exercise has other points"
        else:
            why = "handed in again" if again else "judged anew: the course, its limits or the file changed"
        yield MarkChange(learner, name, was, exercise.points, why)
    if abs(old.penalty - new.penalty) > 1e-9:
        why = "handed in again" if again else "the due date, the policy or the marks changed"
        yield MarkChange(learner, LATENESS, -old.penalty or 0.0, -new.penalty or 0.0, why)


def note_overrides(gradebook: Gradebook, assignment: str, classroom: Classroom) -> list[OldOverride]:
    """Note which work each mark by hand was given to; return those whose work has been replaced since."""
    path = classroom.folder / "overrides.json"
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    before, old = known.get(assignment, {}), []
    noted: dict[str, dict[str, dict[str, Any]]] = {}
    for learner, marks in read_marks(gradebook, assignment).items():
        for name in marks.by_hand:
            points, moment = marks.exercises[name].by_hand, str(marks.timestamp)
            earlier = before.get(learner, {}).get(name)
            if earlier and earlier["points"] == points:
                moment = earlier["work"]
            noted.setdefault(learner, {})[name] = {"points": points, "work": moment}
            if moment != str(marks.timestamp):
                old.append(OldOverride(learner, name, float(points or 0)))
    if noted != before:
        write_whole(path, json.dumps(known | {assignment: noted}, indent=1) + "\n")
    return old
