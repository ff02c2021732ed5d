"""How far a learner is in a chapter: every exercise as the visible checks see it, and what they do not see."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import numpy as np

from gradcheck.caller import Caller, LocalCaller
from gradcheck.display.checker import PUBLIC_SEED
from gradcheck.display.output import show_output
from gradcheck.display.svg import COLOR, RIGHT, WRONG
from gradcheck.exercises.battery import draw_cases
from gradcheck.exercises.chapter import Chapter, Exercise
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.judging.finding import Finding
from gradcheck.judging.judge import judge
from gradcheck.language import translate, translate_page

STATE = {"right": "correct", "carried": "correct", "partial": "partly", "not-attempted": "empty"}
"""Status of a finding -> its word; every other status is "not yet"."""
NOT_YET = "not yet"
_GLYPH = {"correct": "✓", "partly": "◐", NOT_YET: "✗", "empty": "○"}
_COLOR = {"correct": COLOR[RIGHT], "partly": COLOR[WRONG], NOT_YET: COLOR[WRONG], "empty": "#888"}


@lru_cache(maxsize=256)
def _visible_cases(exercise: Exercise) -> tuple:
    return draw_cases(exercise, np.random.default_rng(PUBLIC_SEED), hidden=False)


def review_exercise(chapter: Chapter, name: str, caller: Caller, earlier: Mapping[str, Finding]) -> Finding:
    """Judge one exercise by its visible check; ``earlier`` holds the findings of the exercises before it."""
    exercise = chapter[name]
    return judge(chapter, exercise, caller, _visible_cases(exercise), earlier)


def review_chapter(chapter: Chapter, caller: Caller) -> dict[str, Finding]:
    """Judge all exercises of a chapter by their visible checks, in their order."""
    findings: dict[str, Finding] = {}
    for exercise in chapter.exercises:
        findings[exercise.name] = review_exercise(chapter, exercise.name, caller, findings)
    return findings


def make_progress(chapter: Chapter) -> Callable[[], None]:
    """Return the function ``progress`` of a chapter, as its notebook imports it."""

    def progress() -> None:
        """Display how far you are: every exercise, and the points that the visible checks account for."""
        notebook = vars(sys.modules["__main__"])
        show_output(ProgressPanel(chapter, tuple(review_chapter(chapter, LocalCaller(notebook)).values())))

    return progress


@dataclass(frozen=True)
class ProgressPanel:
    """All exercises of a chapter at one look: HTML in a notebook, text in a terminal."""

    chapter: Chapter
    findings: Sequence[Finding]

    def html(self) -> str:
        """Return one HTML element that fits a phone."""
        rows = "".join(self._row(finding) for finding in self.findings)
        notes = "".join(f'<div style="margin-top:.4em;opacity:.8">{escape(note)}</div>' for note in self.notes())
        return (
            '<div class="gradcheck" style="border-left:4px solid #888;padding:.3em .8em;margin:.6em 0;'
            'line-height:1.45">'
            f'<div style="font-weight:600">{escape(self.title())}</div>'
            f'<table style="margin:.4em 0;border-collapse:collapse">{rows}</table>{notes}</div>'
        )

    def text(self) -> str:
        """Return the same as plain text."""
        width = max(len(finding.name) for finding in self.findings)
        rows = [
            f"  {'[ok]' if f.is_right else '[--]'} {f.name:<{width}}  {translate(state(f)):<8} "
            + translate(f"{f.points:g} of {f.max_points:g}")
            for f in self.findings
        ]
        return "\n".join([translate(self.title()), *rows, *map(translate, self.notes())])

    def title(self) -> str:
        """Say how many points the visible checks account for."""
        points, total = (sum(getattr(f, key) for f in self.findings) for key in ("points", "max_points"))
        return f"{self.chapter.assignment}: {points:g} of {total:g} points by the visible checks"

    def notes(self) -> list[str]:
        """Say what the visible checks do not cover."""
        functions = [e for e in self.chapter.exercises if e.kind != "answer"]
        large = [e.name for e in functions if isinstance(e, GraphExercise) and e.inputs.large]
        notes = []
        if functions:
            notes.append("Not covered here: grading calls every function with other numbers and other sizes.")
        if large:
            names = " and ".join(large)
            notes.append(f"It also gives {names} a network so large that measured slopes are too slow.")
        if any(f.status == "carried" for f in self.findings):
            notes.append("A mistake of an earlier exercise that a later one calls is counted once.")
        return notes

    def _row(self, finding: Finding) -> str:
        word, cell = state(finding), '<td style="padding:.1em .8em .1em 0;text-align:left;vertical-align:top'
        return (
            f'<tr><td style="padding:.1em .5em .1em 0;color:{_COLOR[word]}" aria-hidden="true">{_GLYPH[word]}</td>'
            f'{cell};overflow-wrap:anywhere"><code>{escape(finding.name)}</code></td>{cell}">{word}</td>'
            f'{cell};white-space:nowrap">{finding.points:g} of {finding.max_points:g}</td></tr>'
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": self.text(), "text/html": translate_page(self.html())}

    def __str__(self) -> str:
        return self.text()


def state(finding: Finding) -> str:
    """Return the word for what an exercise is: correct, partly, not yet or empty."""
    return STATE.get(finding.status, NOT_YET)
