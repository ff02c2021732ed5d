"""What a learner calls: check a function, ask for a hint, show the graph."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from gradcheck.caller import LocalCaller
from gradcheck.comparison.status import Status
from gradcheck.display.graph_svg import GraphPicture
from gradcheck.display.panel import HintPanel, Panel
from gradcheck.exercises.battery import draw_cases
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.chapter import Chapter, Exercise
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.exercises.property_exercise import PropertyExercise
from gradcheck.judging.finding import Finding
from gradcheck.judging.judge import judge

PUBLIC_SEED = 20
SPECIAL_CASES = {
    CaseKind.INTEGERS: "whole numbers",
    CaseKind.ONE_EXAMPLE: "a single example",
    CaseKind.ONE_UNIT: "one unit",
    CaseKind.FORM: "another shape",
}
"""Words for the special calls of the visible check, in the order in which they are drawn."""


@lru_cache(maxsize=256)
def _drawn(exercise: Exercise) -> tuple:
    return draw_cases(exercise, np.random.default_rng(PUBLIC_SEED), hidden=False)


class Checker:
    """``check``, ``hint`` and ``show`` for the exercises of one chapter, as its notebook imports them."""

    def __init__(self, chapter: Chapter) -> None:
        self._chapter = chapter
        self._asked: dict[tuple[str, str], int] = {}

    def check(self, function: Callable | None = None, **answer: Any) -> None:
        """Check a function, or an answer given by name, and display what was found.

        ``check(forward)`` for a function, ``check(predicted_signs=predicted_signs)`` for an answer cell.
        """
        exercise, finding = self._find(function, answer)
        _display(Panel(finding, exercise, _tried(exercise)))

    def hint(self, function: Callable | None = None, **answer: Any) -> None:
        """Give one more hint at each call: what was seen, a question, which link to derive again."""
        _, finding = self._find(function, answer)
        tiers = (finding.message, *finding.hints) if not finding.is_right else ("This one holds. Nothing to hint at.",)
        key = (finding.name, finding.message)
        asked = self._asked[key] = self._asked.get(key, 0) + 1

        _display(HintPanel(finding.name, tuple(t for t in tiers if t)[:asked], len([t for t in tiers if t])))

    def show(self, name: str) -> None:
        """Draw the computational graph of an exercise."""
        _display(GraphPicture(self._chapter[name]))

    def _find(self, asked: Any, answer: Mapping[str, Any]) -> tuple[Exercise | None, Finding]:
        name, namespace = self._named(asked, answer)
        try:
            exercise = self._chapter[name]
        except KeyError:
            names = ", ".join(e.name for e in self._chapter.exercises)
            return None, _misused(f"{name or 'This'} is no exercise of this chapter. They are: {names}.")
        return exercise, judge(self._chapter, exercise, LocalCaller(namespace), _drawn(exercise))

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
    return ", ".join([f"{sizes} sizes", *special])


def _misused(sentence: str) -> Finding:
    return Finding("check", 0.0, 0.0, Status.ERROR, message=sentence)


def _display(shown: Any) -> None:
    """Display in a notebook, print in a terminal."""
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module else None
    if shell is not None and hasattr(shell, "kernel"):
        from IPython.display import display

        display(shown)
    else:
        print(shown)
