"""The hidden suite: the same declarations as the visible check, on fixtures that no learner has seen."""

from __future__ import annotations

from collections.abc import Mapping

from gradcheck.chapters import chapters as _chapters
from gradcheck.exercise import Caller, Chapter
from gradcheck.finding import Finding
from gradcheck.judge import judge

from autograder.pool import cases


def chapters() -> Mapping[str, Chapter]:
    """Return the chapters by assignment."""
    return _chapters()


def examine(
    assignment: str, name: str, caller: Caller, seed: bytes, earlier: Mapping[str, Finding] | None = None
) -> Finding:
    """Judge one exercise of one learner on the fixtures that ``seed`` picks; KeyError for an unknown exercise."""
    chapter = chapters()[assignment]
    return judge(chapter, chapter[name], caller, cases(assignment, name, seed), earlier)
