"""Draw an exercise's computational graph as SVG, with what the learner's function returned on it.

Forward arrows run left to right; derivatives run back underneath. What is right is solid with a tick, the first broken
link is thick and dashed with a cross, what was not looked at is dotted: no meaning hangs on color alone. Text and
lines take the page's own color, so that the picture is at home on a light and on a dark page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

import numpy as np

from gradcheck.autodiff.ops import Kind
from gradcheck.autodiff.program import Step, ends_at_value, handed_derivative
from gradcheck.comparison.status import Grade
from gradcheck.display.svg import (
    BROKEN,
    CELL,
    COLOR,
    DASH,
    GLYPH,
    GRID,
    MARKERS,
    RIGHT,
    UNSEEN,
    WIDTH,
    WRONG,
    arrow,
    grid,
    text,
)
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.judging.finding import Finding

BOX, GAP, TOP, ROW, HEIGHT = 56, 64, 4, 112, 34


@dataclass(frozen=True)
class GraphPicture:
    """The graph of an exercise; with a finding, what was right in it and what was not."""

    exercise: GraphExercise
    finding: Finding | None = None
    states: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Work out once which values and links are right."""
        object.__setattr__(self, "states", _states(self.exercise, self.finding))

    def svg(self) -> str:
        """Return the picture as one SVG element."""
        steps = self._steps()
        chain = [steps[0].inputs[0], *(step.out for step in steps)]
        at = {name: 40 + i * (BOX + GAP) for i, name in enumerate(chain)}
        parts = [self._step(step, at) for step in steps]
        parts += [self._box(name, x, ROW) for name, x in at.items()]
        if handed_derivative(self.exercise.program):
            parts.append(self._given(at[chain[-1]]))
        width, height = (
            at[chain[-1]] + BOX + (84 if len(steps[-1].inputs) > 2 else 44),
            ROW + HEIGHT + self._depth(chain),
        )
        top = 0 if any(self._taken(name) for step in steps for name in step.inputs[1:]) else ROW - 8
        told = escape(self.alt())
        return (
            f'<svg viewBox="0 {top} {width} {height - top}" role="img" aria-label="{told}" font-family="inherit" '
            f'font-size="13" style="width:100%;max-width:{round(width * 1.05)}px;height:auto" fill="currentColor">'
            f"<title>{told}</title>{MARKERS}{''.join(parts)}</svg>"
        )

    def alt(self) -> str:
        """Say in words what is to be seen."""
        steps = self._steps()
        path = ", ".join(f"{' and '.join(step.inputs)} into {self._spoken(step.out)}" for step in steps)
        told = f"Computational graph of {self.exercise.name}: {path}."
        for state, words in ((RIGHT, "is correct"), (BROKEN, "is the first broken link"), (WRONG, "is not correct")):
            names = [name for name, found in self.states.items() if found == state]
            if state == BROKEN and len(names) > 1:
                words = "one of these is the first broken link"
            if names:
                told += f" {', '.join(names)}: {words}."
        return told

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": self.alt(), "text/html": f'<div style="margin:.4em 0">{self.svg()}</div>'}

    def __str__(self) -> str:
        return self.alt()

    def _steps(self) -> list[Step]:
        """Return what is drawn: the last sum only makes one number of a value, and is left out."""
        return [step for step in self.exercise.program if step.op.kind is not Kind.SEED]

    def _taken(self, name: str) -> bool:
        """Tell whether the learner's function takes this leaf, or differentiates by it."""
        return (
            name in self.exercise.signature.args
            or name[0] + "s" in self.exercise.signature.stacks
            or "d" + name in self.states
        )

    def _depth(self, chain: list[str]) -> int:
        """Return how much room is needed below the boxes."""
        shown = [self._value(name) for name in (*chain, *("d" + name for name in chain))]
        rows = max((min(GRID, np.atleast_2d(value).shape[0]) for value in shown if value is not None), default=0)
        back = 44 if self.exercise.differentiates and any("d" + name in self.states for name in chain) else 6
        return back + (rows * CELL + 10 if rows else 0)

    def _given(self, x: float) -> str:
        """Draw the derivative that the function is handed."""
        y, start = ROW + HEIGHT + 3, x + BOX + 34
        path = f"M{start} {ROW + HEIGHT / 2}C{start} {y + 26} {x + BOX / 2 + 16} {y + 30} {x + BOX / 2 + 6} {y + 3}"
        label = text(x + BOX + 6, y + 38, f"{handed_derivative(self.exercise.program)} (given)", opacity=0.75)
        return arrow(path, "currentColor", 1.4, "", "forward", 0.75) + label

    def _step(self, step: Step, at: Mapping[str, int]) -> str:
        """Draw what flows into one value and what flows back out of it."""
        before, after = step.inputs[0], step.out
        x0, x1 = at[before] + BOX, at[after]
        middle = ROW + HEIGHT / 2
        parts = [arrow(f"M{x0 + 2} {middle}H{x1 - 5}", "currentColor", 1.4, "", "forward", 0.75)]
        parts.append(text((x0 + x1) / 2, middle + 14, step.op.word, size=11, opacity=0.75))
        sides = [name for name in step.inputs[1:] if self._taken(name)]
        parts += [self._side(name, at[after], i, len(sides)) for i, name in enumerate(sides)]
        if self.exercise.differentiates and before not in self.exercise.constants:
            parts.append(self._back("d" + before, x1 + BOX / 2, x0 - BOX / 2))
        return "".join(parts)

    def _side(self, name: str, x: int, i: int, count: int) -> str:
        """Draw a parameter or a target above the value that it enters."""
        left = x + BOX / 2 - BOX / 2 if count == 1 else x + BOX / 2 - BOX - 3 + i * (BOX + 6)
        foot, head = left + BOX / 2, x + BOX / 2 + (0 if count == 1 else (-12, 12)[i])
        down = arrow(f"M{foot} {TOP + HEIGHT + 1}L{head} {ROW - 5}", "currentColor", 1.4, "", "forward", 0.75)
        if name in self.exercise.constants or not self.exercise.differentiates or "d" + name not in self.states:
            return down + self._box(name, left, TOP)
        state = self.states["d" + name]
        shift = -11 if i == 0 else 11
        up = arrow(
            f"M{head + shift} {ROW - 2}L{foot + shift} {TOP + HEIGHT + 6}",
            COLOR[state],
            WIDTH[state],
            DASH[state],
            state,
        )
        label = self._label("d" + name, foot + (shift - 8 if i == 0 else shift + 8), TOP + HEIGHT + 22, i == 0)
        return down + up + self._box(name, left, TOP) + label

    def _label(self, name: str, x: float, y: float, left: bool) -> str:
        state = self.states[name]
        anchor = "end" if left else "start"
        color = COLOR[state]
        bold = state in (BROKEN, WRONG)
        value = self._value(name)
        parts = [text(x, y, self._called(name) + GLYPH[state], anchor=anchor, color=color, bold=bold)]
        if value is not None:
            parts.append(grid(value, x, y + 5, anchor))
        return "".join(parts)

    def _back(self, name: str, x0: float, x1: float) -> str:
        state = self.states.get(name, UNSEEN)
        y, dip = ROW + HEIGHT + 3, ROW + HEIGHT + 30
        path = f"M{x0 - 6} {y}C{x0 - 16} {dip} {x1 + 16} {dip} {x1 + 6} {y + 3}"
        opacity = 1.0 if state != UNSEEN else 0.6
        parts = [arrow(path, COLOR[state], WIDTH[state], DASH[state], state, opacity)]
        middle = (x0 + x1) / 2
        bold = state in (BROKEN, WRONG)
        parts.append(
            text(middle, dip + 10, self._called(name) + GLYPH[state], color=COLOR[state], bold=bold, opacity=opacity)
        )
        value = self._value(name)
        if value is not None:
            parts.append(grid(value, middle, dip + 15, "middle"))
        return "".join(parts)

    def _box(self, name: str, x: float, y: float) -> str:
        state = self.states.get(name, UNSEEN)
        data = name in self.exercise.constants or name in self.exercise.inputs.label_leaves
        stroke = COLOR[state] if state != UNSEEN else "currentColor"
        dash = DASH[state] if state != UNSEEN else ""
        width = WIDTH[state] if state != UNSEEN else 1.2
        shape = (
            f'<rect x="{x:g}" y="{y}" width="{BOX}" height="{HEIGHT}" rx="{3 if data else 15}" fill="none" '
            f'stroke="{stroke}" stroke-width="{width}" stroke-dasharray="{dash}"/>'
        )
        value = self._value(name)
        shown = shape + text(x + BOX / 2, y + 22, self._spoken(name) + GLYPH[state], bold=True, color=stroke)
        return shown + (grid(value, x + BOX / 2, y + HEIGHT + 6, "middle") if value is not None else "")

    def _spoken(self, name: str) -> str:
        """Name a value as the course speaks of it, where learners never see its name."""
        return self.exercise.spoken.get(name, name).removeprefix("the ")

    def _called(self, link: str) -> str:
        """Name a derivative: of the value itself where the exercise stops at it, of the loss or cost otherwise."""
        program = self.exercise.program
        return f"d{program[-1].inputs[0]}/{link}" if ends_at_value(program) else link

    def _value(self, name: str) -> np.ndarray | None:
        value = self.finding.values.get(name) if self.finding else None
        return None if value is None or not np.all(np.isfinite(value)) else np.asarray(value)


def _states(exercise: GraphExercise, finding: Finding | None) -> dict[str, str]:
    """Return what is known of each value and link: derivatives that are right prove those they came through."""
    links = ["d" + name for step in exercise.program for name in step.inputs if name not in exercise.constants]
    order = [name for step in exercise.program for name in (*step.inputs, step.out)]
    asked = exercise.signature.outputs.values()
    shown = [link for link in dict.fromkeys(links) if exercise.differentiates and _on_the_way(exercise, link)]
    states = dict.fromkeys(dict.fromkeys([*(n for n in order if n in asked), *shown]), UNSEEN)
    if finding is None or not finding.outputs and not finding.is_right:
        return states
    for name, of in exercise.signature.outputs.items():
        states[of] = RIGHT if finding.is_right or finding.outputs.get(name) is Grade.RIGHT else WRONG
    if exercise.differentiates:
        for step in exercise.program:
            own = {states.get("d" + name) for name in step.inputs if "d" + name in states}
            if RIGHT in own and states.get("d" + step.out) == UNSEEN:
                states["d" + step.out] = RIGHT
    for link in () if finding.is_right else finding.first_wrong.split(", "):
        if link in states and states[link] != RIGHT:
            states[link] = BROKEN
    return states


def _on_the_way(exercise: GraphExercise, link: str) -> bool:
    """Tell whether a derivative is asked for, or is passed on the way to one that is."""
    if link in exercise.signature.outputs.values():
        return True
    step = next((s for s in exercise.program if "d" + s.out == link), None)
    return step is not None and any(_on_the_way(exercise, "d" + name) for name in step.inputs)
