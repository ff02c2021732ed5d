"""What learners wrote into the cells of a chapter, read from verdicts; of older ones, from the rebuilt notebooks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.course.names import STUDENT_ID
from autograder.reporting.attempts import Attempt, read_attempts
from autograder.submissions.answers import find_answers

MAX_SOURCE, MAX_LINES = 20_000, 1000
"""Of longer code only the beginning is shown: to color thousands of empty lines takes seconds each time."""


def read_sources(classroom: Classroom, assignment: str, student: str) -> Mapping[str, str]:
    """Return exercise -> the source of its cell; nothing where the learner's work was not graded."""
    if not STUDENT_ID.fullmatch(student):
        return {}
    (attempt,) = read_attempts(classroom, assignment, [student])
    return sources_of(classroom, attempt) if attempt.graded else {}


def sources_of(classroom: Classroom, attempt: Attempt) -> Mapping[str, str]:
    """Return exercise -> the source of its cell, of an attempt that was graded."""
    place = paths.notebook_path(classroom.autograded / attempt.student, attempt.assignment)
    return attempt.answers or sources_in(place)


def sources_in(notebook: Path) -> dict[str, str]:
    """Return exercise -> the source of its cell in a rebuilt notebook; nothing where there is none to read."""
    try:
        cells = json.loads(notebook.read_bytes())["cells"]
        return find_answers(cells)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def cut_source(source: str) -> str:
    """Return code as pages show it.

    >>> cut_source("a\\n" * 1200).splitlines()[-1]
    '… 400 more characters'
    """
    kept = "".join(source[:MAX_SOURCE].splitlines(keepends=True)[:MAX_LINES])
    if len(kept) == len(source):
        return source
    return kept.removesuffix("\n") + f"\n… {len(source) - len(kept)} more characters"


def is_untouched(source: str, stub: str) -> bool:
    """Tell whether an answer is empty, or the stub as it was handed out.

    >>> is_untouched("def f():\\n    pass  ", "def f():\\n\\n    pass")
    True
    """
    return not source.strip() or _bare(source) == _bare(stub)


def _bare(source: str) -> list[str]:
    return [line.rstrip() for line in source.splitlines() if line.strip()]
