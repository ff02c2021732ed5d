"""What a learner does next about an exercise: the first broken link, the hints allowed, the section to read again."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.grading.hidden_suite import find_exercise
from autograder.reporting.chain_links import ChapterText, describe_link, taught_in
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.diagnosis.messages import first_steps, hints
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise

MAX_HINTS = 2


FEEDBACK_SETTINGS = "feedback.toml"
"""The class's file that says how many hints pages show."""


def allowed_hints(settings: Path) -> int:
    """Return how many hints a class's pages may give: the number ``hints`` in ``feedback.toml``, 0 without it.

    Raises ValueError for anything else in that file.
    """
    if not settings.is_file():
        return 0
    given = tomllib.loads(settings.read_text(encoding="utf-8"))
    wanted = given.pop("hints", 0)
    if given or type(wanted) is not int or not 0 <= wanted <= MAX_HINTS:
        raise ValueError(f"{settings.name} may hold one line, hints = 0, 1 or 2")
    return wanted


def next_step(text: ChapterText, name: str, verdict: Mapping[str, Any], most: int) -> dict[str, Any]:
    """Return link (in words), hints and section for an exercise; empty ones where nothing was lost."""
    status, link = verdict.get("status", "refused"), verdict.get("first_wrong", "")
    if status in ("right", "carried", "refused"):
        return {"link": "", "hints": (), "section": ""}
    section = taught_in(text, name, link)
    return {
        "link": describe_link(text.assignment, name, link) if link else "",
        "hints": find_hints(text.assignment, name, tuple(verdict.get("diagnosis", ())), link)[:most],
        "section": section.words if section else "",
    }


def find_hints(assignment: str, name: str, diagnosis: tuple[str, ...], link: str) -> tuple[str, ...]:
    """Return a question and what to derive again, as `hint` gives them in the notebook; none where there are none."""
    declared = find_exercise(assignment, name)
    own = getattr(declared, "hints", {})
    for key in (*diagnosis, ""):
        if key in own:
            return own[key]
    if diagnosis == ("not-attempted",) and isinstance(declared, GraphExercise):
        return first_steps(declared)
    return hints([Diagnosis(id, f"what {name} returns") for id in diagnosis if id in vocabulary()], link)
