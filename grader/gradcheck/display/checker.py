"""What a learner calls: check a function, ask for a hint, show the graph."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from gradcheck.caller import LocalCaller
from gradcheck.comparison.status import Status
from gradcheck.diagnosis.messages import join_names
from gradcheck.display.graph_svg import GraphPicture
from gradcheck.display.output import show_output
from gradcheck.display.panel import HintPanel, Panel
from gradcheck.exercises.battery import draw_cases
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.chapter import Chapter, Exercise
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.exercises.property_exercise import PropertyExercise
from gradcheck.judging.finding import Finding
from gradcheck.judging.judge import judge

PUBLIC_SEED = 20
VALIDATING = "NBGRADER_VALIDATING"
"""Set while nbgrader's button Validate runs a notebook: it calls everything right that raises nothing."""
SPECIAL_CASES = {
    CaseKind.INTEGERS: "whole numbers",
    CaseKind.ONE_EXAMPLE: "a single example",
    CaseKind.ONE_UNIT: "one unit",
    CaseKind.ONE_INPUT: "one input",
    CaseKind.NEAR_OPTIMUM: "predictions close to the targets",
    CaseKind.BOUNDARY: "special numbers",
    CaseKind.CLOSED: "units that are all closed",
    CaseKind.SURE: "sure predictions",
    CaseKind.MET: "a target that is met",
    CaseKind.FAR: "large numbers",
    CaseKind.FORM: "another shape",
}
"""Words for the special calls of the visible check, in the order in which they are drawn."""


@lru_cache(maxsize=256)
def _drawn(exercise: Exercise) -> tuple:
    return draw_cases(exercise, np.random.default_rng(PUBLIC_SEED), hidden=False)


class NotCorrectError(AssertionError):
    """Says to nbgrader's Validate, and to nobody else, that an exercise is not correct."""


class Checker:
    """``check``, ``hint`` and ``show`` for the exercises of one chapter, as its notebook imports them."""

    def __init__(self, chapter: Chapter) -> None:
        self._chapter = chapter
        self._asked: dict[tuple[str, str], int] = {}
        self._told: set[tuple[str, str]] = set()

    def check(self, function: Callable | None = None, **answer: Any) -> None:
        """Check a function, or an answer given by name, and display what was found.

        ``check(forward)`` for a function, ``check(predicted_signs=predicted_signs)`` for an answer cell. Raises
        NotCorrectError for nbgrader's Validate alone.
        """
        exercise, finding = self._find(function, answer)
        self._told.add((finding.name, finding.message))
        panel = Panel(finding, exercise, _tried(exercise))
        show_output(panel)
        if VALIDATING in os.environ and not finding.is_right and finding.status is not Status.CARRIED:
            raise NotCorrectError(str(panel))

    def hint(self, function: Callable | None = None, **answer: Any) -> None:
        """Give one more hint at each call: a question, which link to derive again, what goes into it.

        What ``check`` has said already is no hint; it comes first where ``check`` was not asked.
        """
        _, finding = self._find(function, answer)
        key = (finding.name, finding.message)
        said = () if key in self._told and finding.hints else (finding.message,)
        tiers = ("This one is correct. There is nothing to hint at.",) if finding.is_right else (*said, *finding.hints)
        tiers = tuple(tier for tier in tiers if tier)
        asked = self._asked[key] = self._asked.get(key, 0) + 1
        show_output(HintPanel(finding.name, tiers[:asked], len(tiers)))

    def show(self, name: str) -> None:
        """Draw the computational graph of an exercise."""
        exercise = self._chapter[name]
        if isinstance(exercise, GraphExercise):
            show_output(GraphPicture(exercise))
        else:
            show_output(f"{name} has no graph: it follows a rule, or holds an answer.")

    def _find(self, asked: Any, answer: Mapping[str, Any]) -> tuple[Exercise | None, Finding]:
        name, namespace = self._named(asked, answer)
        try:
            exercise = self._chapter[name]
        except KeyError:
            names = ", ".join(e.name for e in self._chapter.exercises)
            return None, _misused(f"{name or 'This'} is no exercise of this chapter. They are: {names}.")
        finding = judge(self._chapter, exercise, LocalCaller(namespace), _drawn(exercise))
        if isinstance(exercise, GraphExercise) and not finding.is_right:
            finding = self._with_earlier(exercise, finding, namespace)
        return exercise, finding

    def _with_earlier(self, exercise: GraphExercise, finding: Finding, namespace: Mapping[str, Any]) -> Finding:
        """Return the finding of an answer that may be right but for an earlier function: it says so, as grading does.

        Earlier functions are looked at as they are now: they may have been mended since they were checked.
        """
        caller = LocalCaller(namespace)
        names = [e.name for e in self._chapter.exercises]
        earlier: dict[str, Finding] = {}
        for one in self._chapter.exercises[: names.index(exercise.name)]:
            if getattr(one, "stand_in", None) is not None and callable(namespace.get(one.name)):
                found = judge(self._chapter, one, caller, _drawn(one), earlier)
                if not found.is_right and found.status is not Status.NOT_ATTEMPTED:
                    earlier[one.name] = found
        if not earlier:
            return finding
        again = judge(self._chapter, exercise, caller, _drawn(exercise), earlier)
        if again.status is not Status.CARRIED:
            return finding
        blamed = [name for name in earlier if re.search(rf"\b{name}\b", again.message)]
        told = (
            f"It is correct but for what comes from {join_names(blamed)}, which it calls and which is not correct yet. "
            f"Look there first: check({blamed[0]})."
        )
        return replace(again, message=told)

    def _named(self, asked: Any, answer: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
        """Return the name of what was asked about, and where to find it: a function, a name, or an answer itself."""
        notebook = vars(sys.modules["__main__"])
        if len(answer) == 1:
            ((name, value),) = answer.items()
            return name, {} if value is None else {name: value}
        if isinstance(asked, str):
            return asked, notebook
        if callable(asked):
            name = getattr(asked, "__name__", "")
            return name, {**getattr(asked, "__globals__", {}), name: asked}
        answers = [e.name for e in self._chapter.exercises if e.kind == "answer"]
        return next((name for name in answers if asked is not None and notebook.get(name) is asked), ""), notebook


def _tried(exercise: Exercise | None) -> str:
    """Say in words what the visible check tried; nothing where an answer was looked at."""
    if isinstance(exercise, PropertyExercise):
        return f"{len(_drawn(exercise))} calls with different inputs"
    if not isinstance(exercise, GraphExercise):
        return ""
    kinds = [case.kind for case in _drawn(exercise)]
    sizes = sum(kind in (CaseKind.REGULAR, CaseKind.IN_VIEW, CaseKind.DEPTH) for kind in kinds)
    special = [words for kind, words in SPECIAL_CASES.items() if kind in kinds]
    if CaseKind.WHOLE in kinds and CaseKind.INTEGERS not in kinds:
        special.insert(0, SPECIAL_CASES[CaseKind.INTEGERS])
    return ", ".join([f"{sizes} sizes", *special])


def _misused(sentence: str) -> Finding:
    return Finding("check", 0.0, 0.0, Status.ERROR, message=sentence)
