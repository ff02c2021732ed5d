"""The hidden suite: the same declarations as the visible check, on fixtures that no learner has seen."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.grading.fixture_pool import pooled_cases
from gradcheck.caller import Caller
from gradcheck.chapters.registry import all_chapters
from gradcheck.exercises.chapter import Exercise
from gradcheck.judging.finding import Finding
from gradcheck.judging.judge import judge


def find_exercise(assignment: str, name: str) -> Exercise | None:
    """Return the declaration of an exercise; None where there is none of that name."""
    chapter = all_chapters().get(assignment)
    return next((e for e in chapter.exercises if e.name == name), None) if chapter else None


def judge_exercise(
    assignment: str, name: str, caller: Caller, seed: bytes, earlier: Mapping[str, Finding] | None = None
) -> Finding:
    """Judge one exercise of one learner on the fixtures that ``seed`` picks; KeyError for an unknown exercise."""
    chapter = all_chapters()[assignment]
    return judge(chapter, chapter[name], caller, pooled_cases(assignment, name, seed), earlier)
