"""A finding as a small panel: HTML in a notebook and in feedback, text in a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from gradcheck.comparison.status import LABELS, Status
from gradcheck.display.graph_svg import GraphPicture
from gradcheck.display.svg import COLOR, RIGHT, UNSEEN, WRONG
from gradcheck.exercises.chapter import Exercise
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.judging.finding import Finding
from gradcheck.language import translate, translate_page


@dataclass(frozen=True)
class Panel:
    """What a learner sees of a finding."""

    finding: Finding
    exercise: Exercise | None = None
    """The declaration, for the picture."""
    tried: str = ""
    """What the visible check tried, in words."""
    points: bool = False
    """Whether marks are shown: in feedback, not in the notebook."""

    def html(self) -> str:
        """Return one HTML element."""
        f = self.finding
        state = RIGHT if f.is_right else UNSEEN if f.status is Status.NOT_ATTEMPTED else WRONG
        mark, words = LABELS[f.status]
        color = COLOR[state] if state != UNSEEN else "#888"
        marks = f' <span style="float:right">{f.points:g} of {f.max_points:g} points</span>' if self.points else ""
        parts = [
            f'<div style="font-weight:600">{marks}<span style="color:{color}" aria-hidden="true">{mark}</span> '
            f"<code>{escape(f.name)}</code> {words}</div>"
        ]
        if f.message:
            parts.append(f'<div style="margin-top:.25em">{escape(f.message)}</div>')
        if isinstance(self.exercise, GraphExercise) and (f.outputs or f.is_right):
            parts.append(f'<div style="margin-top:.5em">{GraphPicture(self.exercise, f).svg()}</div>')
        if self._foot():
            parts.append(f'<div style="margin-top:.4em;font-size:.9em;opacity:.75">{escape(self._foot())}</div>')
        return (
            f'<div class="gradcheck" style="border-left:4px {"solid" if f.is_right else "dashed"} {color};'
            f'padding:.3em .8em;margin:.6em 0;line-height:1.45">{"".join(parts)}</div>'
        )

    def text(self) -> str:
        """Return the same as plain text."""
        f = self.finding
        mark = "ok" if f.is_right else "--"
        lines = [f"[{mark}] {f.name} {translate(LABELS[f.status][1])}", *([translate(f.message)] if f.message else [])]
        return "\n     ".join([*lines, *([translate(self._foot())] if self._foot() else [])])

    def _foot(self) -> str:
        f = self.finding
        if self.points:
            return ""
        if f.is_right:
            return f"Tried: {self.tried}. Grading tries other numbers of the same kind." if self.tried else ""
        if f.hints:
            return f"Stuck? {self._ask()} gives one more hint each time."
        return ""

    def _ask(self) -> str:
        name = self.finding.name
        return f'hint("{name}")' if getattr(self.exercise, "kind", "") == "answer" else f"hint({name})"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": self.text(), "text/html": translate_page(self.html())}

    def __str__(self) -> str:
        return self.text()


@dataclass(frozen=True)
class HintPanel:
    """The hints asked for so far."""

    name: str
    tiers: tuple[str, ...]
    total: int

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        items = "".join(f"<li>{escape(tier)}</li>" for tier in self.tiers)
        html = (
            f'<div class="gradcheck" style="border-left:4px dotted #888;padding:.3em .8em;margin:.3em 0">'
            f'<div style="font-weight:600">Hint {len(self.tiers)} of {self.total} for '
            f'<code>{escape(self.name)}</code></div><ol style="margin:.2em 0">{items}</ol></div>'
        )
        return {"text/plain": str(self), "text/html": translate_page(html)}

    def __str__(self) -> str:
        lines = [f"{i}. {translate(tier)}" for i, tier in enumerate(self.tiers, start=1)]
        return translate(f"Hint {len(self.tiers)} of {self.total} for {self.name}") + "\n" + "\n".join(lines)


def panel_html(finding: Finding, exercise: Exercise | None = None) -> str:
    """Return a finding with its points as a small piece of HTML, for feedback; ``exercise`` is needed for its graph."""
    return Panel(finding, exercise, points=True).html()
