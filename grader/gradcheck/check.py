"""What a learner calls: check a function, ask for a hint, show the graph."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from gradcheck.call import Code, Outcome, call, describe
from gradcheck.exercise import Chapter, Exercise, GraphExercise, PropertyExercise
from gradcheck.finding import Finding
from gradcheck.fixtures import battery
from gradcheck.judge import judge

PUBLIC_SEED = 20


class LocalCaller:
    """Calls functions of a namespace in this process."""

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._namespace = namespace

    def call(
        self, name: str, args: tuple, stand_ins: Mapping[str, Code] | None = None, seconds: float = 5.0
    ) -> Outcome:
        """Call the function ``name``; a call in this process cannot be stopped, so ``seconds`` is not kept."""
        del seconds
        if not callable(self._namespace.get(name)):
            return Outcome("missing")
        return call(self._namespace[name], args, stand_ins)

    def value(self, name: str) -> Outcome:
        """Describe the variable ``name``."""
        if name not in self._namespace:
            return Outcome("missing")
        return Outcome("returned", describe(self._namespace[name]))


def cases_of(exercise: Any, rng: np.random.Generator, *, hidden: bool) -> tuple:
    """Draw the battery of any kind of exercise."""
    if isinstance(exercise, GraphExercise):
        return battery(exercise, rng, hidden=hidden)
    return exercise.draw(rng) if isinstance(exercise, PropertyExercise) else ()


@lru_cache(maxsize=256)
def _drawn(exercise: Exercise) -> tuple:
    return cases_of(exercise, np.random.default_rng(PUBLIC_SEED), hidden=False)


class Bench:
    """The workbench of one chapter: ``check``, ``hint`` and ``show`` as its notebook imports them."""

    def __init__(self, chapter: Chapter) -> None:
        self._chapter = chapter
        self._asked: dict[tuple[str, str], int] = {}

    def check(self, function: Callable | None = None, **answer: Any) -> None:
        """Check a function, or an answer given by name, and display what was found.

        ``check(forward)`` for a function, ``check(predicted_signs=predicted_signs)`` for an answer cell.
        """
        from gradcheck.panel import Panel

        finding = self._find(function, answer)
        _display(Panel(finding, finding.exercise, _tried(finding)))

    def hint(self, function: Callable | None = None, **answer: Any) -> None:
        """Give one more hint at each call: what was seen, a question, which link to derive again."""
        finding = self._find(function, answer)
        tiers = (finding.message, *finding.hints) if not finding.right else ("This one holds. Nothing to hint at.",)
        key = (finding.name, finding.message)
        asked = self._asked[key] = self._asked.get(key, 0) + 1
        from gradcheck.panel import HintPanel

        _display(HintPanel(finding.name, tuple(t for t in tiers if t)[:asked], len([t for t in tiers if t])))

    def show(self, name: str) -> None:
        """Draw the computational graph of an exercise."""
        from gradcheck.picture import Picture

        _display(Picture(self._chapter[name]))

    def _find(self, asked: Any, answer: Mapping[str, Any]) -> Finding:
        name, namespace = self._named(asked, answer)
        try:
            exercise = self._chapter[name]
        except KeyError:
            names = ", ".join(e.name for e in self._chapter.exercises)
            return _misused(f"{name or 'This'} is no exercise of this chapter. They are: {names}.")
        return judge(self._chapter, exercise, LocalCaller(namespace), _drawn(exercise))

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


def _tried(finding: Finding) -> str:
    """Say in words what the visible check tried; nothing where an answer was looked at."""
    exercise = finding.exercise
    if isinstance(exercise, PropertyExercise):
        return f"{len(_drawn(exercise))} calls with different inputs"
    if not isinstance(exercise, GraphExercise):
        return ""
    members = [case.member for case in _drawn(exercise)]
    sizes = sum(member in ("regular", "in view", "depth") for member in members)
    words = {"integers": "whole numbers", "form": "another shape", "one example": "a single example"}
    special = [words.get(member, member) for member in dict.fromkeys(members)]
    known = ("regular", "in view", "depth", "example")
    return ", ".join(
        [f"{sizes} sizes", *(w for w, m in zip(special, dict.fromkeys(members), strict=True) if m not in known)]
    )


def _misused(sentence: str) -> Finding:
    return Finding("check", 0.0, 0.0, "error", message=sentence)


def _display(shown: Any) -> None:
    """Display in a notebook, print in a terminal."""
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module else None
    if shell is not None and hasattr(shell, "kernel"):
        from IPython.display import display

        display(shown)
    else:
        print(shown)
