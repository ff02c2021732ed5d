"""Strokes, words and small tables as SVG, in the four states that a value or a link can be in."""

from __future__ import annotations

from html import escape

import numpy as np

RIGHT, BROKEN, WRONG, UNSEEN = "right", "broken", "wrong", "unseen"
COLOR = {RIGHT: "#0b9b78", BROKEN: "#d9541e", WRONG: "#d9541e", UNSEEN: "currentColor"}
DASH = {RIGHT: "", BROKEN: "7 4", WRONG: "7 4", UNSEEN: "1.5 4"}
WIDTH = {RIGHT: 2.0, BROKEN: 3.4, WRONG: 1.6, UNSEEN: 1.3}
GLYPH = {RIGHT: " ✓", BROKEN: " ✗", WRONG: " ✗", UNSEEN: ""}
CELL = 8
GRID = 5
"""A matrix is drawn up to this many rows and columns."""
MARKERS = (
    "<defs>"
    + "".join(
        f'<marker id="gc-{state}" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="{size}" markerHeight="{size}" '
        f'orient="auto" markerUnits="userSpaceOnUse"><path d="M0 0L8 4L0 8z" fill="{color}"/></marker>'
        for state, color, size in (
            ("forward", "currentColor", 7),
            *((state, COLOR[state], 10) for state in (RIGHT, BROKEN, WRONG)),
            (UNSEEN, "currentColor", 7),
        )
    )
    + "</defs>"
)


def arrow(path: str, color: str, width: float, dash: str, marker: str, opacity: float = 1.0) -> str:
    """Return a stroke with a head."""
    return (
        f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{width}" stroke-dasharray="{dash}" '
        f'opacity="{opacity:g}" marker-end="url(#gc-{marker})"/>'
    )


def text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "middle",
    color: str = "currentColor",
    bold: bool = False,
    size: int = 13,
    opacity: float = 1.0,
) -> str:
    """Return words at a place."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{color}" font-size="{size}"{weight} '
        f'opacity="{opacity:g}">{escape(words)}</text>'
    )


def grid(value: np.ndarray, x: float, y: float, anchor: str) -> str:
    """Draw a number as text and an array as squares: filled where positive, hollow where negative."""
    if value.size == 1:
        return text(x, y + 11, f"{float(value.reshape(())):.3g}", anchor=anchor, size=11, opacity=0.85)
    table = np.atleast_2d(value)[:GRID, :GRID]
    if value.ndim > 2 or value.size == 0:
        return text(x, y + 11, "×".join(map(str, value.shape)), anchor=anchor, size=11, opacity=0.85)
    rows, columns = table.shape
    left = x - {"middle": columns * CELL / 2, "end": columns * CELL, "start": 0}[anchor]
    largest = np.max(np.abs(table)) or 1.0
    return "".join(
        _square(left + j * CELL, y + i * CELL, float(table[i, j] / largest))
        for i in range(rows)
        for j in range(columns)
    )


def _square(x: float, y: float, part: float) -> str:
    side = (CELL - 1.5) * (0.35 + 0.65 * np.sqrt(abs(part)))
    inset = (CELL - side) / 2
    style = 'fill="currentColor" fill-opacity=".7"' if part >= 0 else 'fill="none"'
    return (
        f'<rect x="{x + inset:.1f}" y="{y + inset:.1f}" width="{side:.1f}" height="{side:.1f}" {style} '
        f'stroke="currentColor" stroke-width=".8"/>'
    )
