"""A picture of a tape: every row as a box, its value below it and, once they are known, its gradient beside that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import numpy as np

from gradcheck.display.output import show_output
from gradcheck.display.svg import CELL, GRID, MARKERS, arrow, grid, text

BOX, HEIGHT, GAP, EDGE = 92, 30, 46, 14
BLUE, ORANGE = "#0072B2", "#D55E00"
"""Values flow forward in blue, gradients flow back in orange, as in every picture of the course."""

Tape = Sequence[tuple[Any, str, Sequence[int]]]


def draw_tape(tape: Tape, grads: Sequence[Any] | None = None, names: Mapping[int, str] | None = None) -> None:
    """Show a tape; ``grads`` has one gradient for each row, ``names`` a word for the rows that have one."""
    show_output(TapePicture(tape, grads, names))


class TapePicture:
    """The picture: SVG in a notebook, one line for each row in a terminal."""

    def __init__(self, tape: Tape, grads: Sequence[Any] | None = None, names: Mapping[int, str] | None = None) -> None:
        self._tape, self._grads, self._names = tape, grads, names or {}
        self._places = place_rows(tape)

    def __str__(self) -> str:
        return "\n".join(self._told(row) for row in range(len(self._tape)))

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": f'<div style="margin:.4em 0">{self.svg()}</div>'}

    def svg(self) -> str:
        """Return the picture as one SVG element."""
        columns = 1 + max(column for column, _ in self._places)
        lanes = 1 + max(lane for _, lane in self._places)
        width = 2 * EDGE + columns * BOX + (columns - 1) * GAP
        height = 2 * EDGE + lanes * self._pitch()
        links = [
            self._link(source, row, (i + 1) / (len(inputs) + 1))
            for row, (_, _, inputs) in enumerate(self._tape)
            for i, source in enumerate(inputs)
        ]
        boxes = [self._box(row) for row in range(len(self._tape))]
        told = escape(str(self))
        return (
            f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{told}" font-family="inherit" font-size="13" '
            f'style="width:100%;max-width:{width}px;height:auto" fill="currentColor"><title>{told}</title>'
            f"{MARKERS}{''.join((*links, *boxes))}</svg>"
        )

    def _pitch(self) -> int:
        """Return the height of one lane: the box, and the tallest thing below a box."""
        shown = [np.asarray(value) for value, _, _ in self._tape]
        tallest = max(min(GRID, np.atleast_2d(value).shape[0]) if value.size > 1 else 1 for value in shown)
        return 14 + HEIGHT + max(14, tallest * CELL) + 26

    def _at(self, row: int) -> tuple[float, float]:
        column, lane = self._places[row]
        return EDGE + column * (BOX + GAP), EDGE + 14 + lane * self._pitch()

    def _link(self, source: int, target: int, part: float) -> str:
        """Draw an arrow from a row to the place where it enters another one; over the boxes that lie between."""
        (x0, y0), (x1, y1) = self._at(source), self._at(target)
        start, end = (x0 + BOX + 1, y0 + HEIGHT / 2), (x1 - 4, y1 + HEIGHT * part)
        between = self._places[target][0] - self._places[source][0] > 1
        lift = 24 if between and self._places[source][1] == 0 else 0
        path = (
            f"M{start[0]:g} {start[1]:g}C{start[0] + GAP / 2:g} {start[1] - 2 * lift:g} "
            f"{end[0] - GAP / 2:g} {end[1] - 2 * lift:g} {end[0]:g} {end[1]:g}"
        )
        return arrow(path, "currentColor", 1.3, "", "forward", 0.7)

    def _box(self, row: int) -> str:
        x, y = self._at(row)
        value, operation, _ = self._tape[row]
        leaf = operation == "leaf"
        frame = (
            f'<rect x="{x:g}" y="{y:g}" width="{BOX}" height="{HEIGHT}" rx="{3 if leaf else 14}" '
            f'fill="none" stroke="currentColor" stroke-width="1.2"/>'
        )
        label = text(x + BOX / 2, y + 20, self._names.get(row, operation), bold=True)
        number = text(x + 4, y - 3, f"row {row}", anchor="start", size=10, opacity=0.7)
        places = (x + BOX * 0.27, x + BOX * 0.75) if self._grads is not None else (x + BOX / 2,)
        shown = [(value, BLUE), *([(self._grads[row], ORANGE)] if self._grads is not None else [])]
        below = "".join(
            f'<g fill="{color}" color="{color}">{_table(array, at, y + HEIGHT + 6)}</g>'
            for at, (array, color) in zip(places, shown, strict=True)
        )
        return number + frame + label + below

    def _told(self, row: int) -> str:
        value, operation, inputs = self._tape[row]
        made = f"{operation} of rows {' and '.join(map(str, inputs))}" if inputs else operation
        name = f" {self._names[row]}" if row in self._names else ""
        known = "" if self._grads is None else f", gradient {_short(self._grads[row])}"
        return f"row {row}{name}: {made}, value {_short(value)}{known}"


def place_rows(tape: Tape) -> list[tuple[int, int]]:
    """Return (column, lane) of every row: computed rows by the steps that lead to them, leaves before their use."""
    column: dict[int, int] = {}
    for row, (_, _, inputs) in enumerate(tape):
        if inputs:
            column[row] = 1 + max(column.get(i, 0) for i in inputs)
    for row in range(len(tape)):
        uses = [column[k] for k, (_, _, inputs) in enumerate(tape) if row in inputs]
        column.setdefault(row, max(min(uses, default=1) - 1, 0))
    order = sorted(range(len(tape)), key=lambda row: (not tape[row][2], row))  # what is computed comes first
    taken: dict[int, int] = {}
    lane = {}
    for row in order:
        lane[row] = taken.get(column[row], 0)
        taken[column[row]] = lane[row] + 1
    return [(column[row], lane[row]) for row in range(len(tape))]


def _table(value: Any, x: float, y: float) -> str:
    array = np.asarray(value, dtype=float)
    if array.size == 1:
        return text(x, y + 11, _short(array), size=11)
    return grid(array, x, y, "middle") if np.all(np.isfinite(array)) else text(x, y + 11, "not finite", size=10)


def _short(value: Any) -> str:
    array = np.asarray(value)
    return f"{float(array.reshape(())):.4g}" if array.size == 1 else f"of shape {array.shape}"
