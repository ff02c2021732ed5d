"""Small charts as SVG in the page's own colors; each says in words what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

BAR, GAP, HEIGHT = 44, 6, 110


def draw_distribution(bins: Sequence[int], worth: float) -> Markup:
    """Return the distribution of marks: one bar for each tenth of the points, the number of learners above it."""
    edges = [f"{worth * i / len(bins):.3g}" for i in range(len(bins) + 1)]
    told = "; ".join(
        f"{edges[i]} to {'' if i == len(bins) - 1 else 'below '}{edges[i + 1]} points: {count}"
        for i, count in enumerate(bins)
        if count
    )
    width = len(bins) * (BAR + GAP) + GAP
    parts, most = [], max(bins, default=0) or 1
    for i, count in enumerate(bins):
        x, tall = GAP + i * (BAR + GAP), round((HEIGHT - 20) * count / most, 1)
        parts.append(f'<rect class="bar" x="{x}" y="{HEIGHT - tall}" width="{BAR}" height="{tall}"/>')
        if count:
            parts.append(f'<text x="{x + BAR / 2}" y="{HEIGHT - tall - 5}" text-anchor="middle">{count}</text>')
    for i, edge in enumerate(edges):
        parts.append(
            f'<text class="edge" x="{GAP / 2 + i * (BAR + GAP)}" y="{HEIGHT + 16}" text-anchor="middle">{edge}</text>'
        )
    label = escape(f"How many learners have how many points. {told or 'Nobody was graded'}.")
    return Markup(
        f'<svg class="distribution" viewBox="-8 0 {width + 16} {HEIGHT + 22}" role="img" aria-label="{label}" '
        f'font-family="inherit" font-size="13" fill="currentColor">{"".join(parts)}'
        f'<path d="M0 {HEIGHT}H{width}" stroke="currentColor" stroke-width="1" fill="none"/></svg>'
    )
