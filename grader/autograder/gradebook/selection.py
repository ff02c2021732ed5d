"""Choose the submissions that a run looks at, and find out which verdicts are booked already."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from nbgrader.api import Assignment, Gradebook, SubmittedAssignment

from autograder.course import paths
from autograder.course.classroom import Classroom, Submissions


def chosen_submissions(classroom: Classroom, assignment: str, pattern: str, excluded: list[str]) -> Submissions:
    """Return the submissions of all students whose name fits ``pattern`` and is not in ``excluded``."""
    return Submissions(
        classroom.submitted, assignment, lambda student: fnmatchcase(student, pattern) and student not in excluded
    )


def booked_keys(
    gradebook: Gradebook, classroom: Classroom, assignment: str, students: Mapping[str, Path]
) -> dict[str, str]:
    """Return student -> key of the verdict that is in the gradebook."""
    known = gradebook.db.query(SubmittedAssignment.student_id).join(Assignment)
    rows = known.filter(Assignment.name == assignment)
    keys: dict[str, str] = {}
    for student in {student for (student,) in rows} & students.keys():
        path = paths.notebook_path(classroom.autograded / student, assignment)
        try:
            keys[student] = json.loads(path.read_bytes())["metadata"]["verdict"]["key"]
        except (OSError, ValueError, KeyError):
            continue
    return keys
