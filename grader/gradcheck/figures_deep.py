"""Pictures of deep networks: units in a row, the factor of each step back, and how large deltas are in each layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gradcheck.figures import BACKWARD, FORWARD, NEUTRAL, TARGET

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STEP, _RADIUS, _INCHES = 3.0, 0.6, 0.62
"""Between two units, of a unit, and inches of a figure for one unit of the drawing."""
_LOOKS = ((FORWARD, "-", "o"), (BACKWARD, "--", "s"), (TARGET, "-.", "^"), (NEUTRAL, ":", "D"))
"""Color, line and mark of the first, second ... curve."""


def draw_chain(a: Sequence[float], ws: Sequence[float], deltas: Sequence[float] | None = None) -> None:
    """Draw single units in a row: ``a`` (K + 1,) holds x and the outputs, ``ws`` (K,) the weights.

    With ``deltas`` (K,), the slopes of L for each z, the way back is drawn below: what each step multiplies by.
    """
    import matplotlib.pyplot as plt

    count = len(ws)
    right, low = (count + 1) * _STEP + 1.0, -1.0 if deltas is None else -2.8
    ax = plt.figure(figsize=((right + 1.0) * _INCHES, (1.0 - low) * _INCHES)).add_axes((0, 0, 1, 1))
    _circle(ax, 0.0, "x", a[0], NEUTRAL)
    for k in range(1, count + 1):
        _circle(ax, k * _STEP, f"a_{k}", a[k], FORWARD)
        _arrow(ax, (k - 1) * _STEP, k * _STEP, 0.0, FORWARD)
        ax.text((k - 0.5) * _STEP, 0.2, f"$w_{k} = {ws[k - 1]:.4g}$", ha="center", va="bottom", color=FORWARD)
    _circle(ax, (count + 1) * _STEP, "L", None, NEUTRAL)
    _arrow(ax, count * _STEP, (count + 1) * _STEP, 0.0, FORWARD)
    if deltas is not None:
        _way_back(ax, a, ws, deltas)
    ax.set(xlim=(-1.0, right), ylim=(low, 1.0))
    ax.axis("off")
    plt.show()


def _way_back(ax: Axes, a: Sequence[float], ws: Sequence[float], deltas: Sequence[float]) -> None:
    """Draw the deltas below their units, and on each step back the slope and the weight that it multiplies by."""
    count, low = len(ws), -1.9
    for k in range(1, count + 1):
        told = rf"$\partial L/\partial z_{k}$" + f"\n{deltas[k - 1]:+.4f}".replace("-", "\N{MINUS SIGN}")
        box = {"boxstyle": "round,pad=0.35", "fc": "white", "ec": BACKWARD, "lw": 1.4}
        ax.text(k * _STEP, low, told, ha="center", va="center", color=BACKWARD, bbox=box)
        slope = a[k] * (1 - a[k])
        start = (count + 1) * _STEP if k == count else (k + 1) * _STEP
        _arrow(ax, start, k * _STEP, low, BACKWARD, gap=0.85, dashed=True)
        factor = f"$a_{k} - y$" if k == count else rf"$\times\; w_{k + 1} = {ws[k]:.4g}$"
        look: dict[str, Any] = {"ha": "center", "color": BACKWARD, "fontsize": 9.5}
        ax.text((k + 0.5) * _STEP, low + 0.15, factor, va="bottom", **look)
        ax.text((k + 0.5) * _STEP, low - 0.2, rf"$\times$ slope {slope:.3f}", va="top", **look)


def _circle(ax: Axes, x: float, name: str, value: float | None, color: str) -> None:
    from matplotlib.patches import Circle

    ax.add_patch(Circle((x, 0.0), _RADIUS, fc="white", ec=color, lw=1.6, zorder=2))
    ax.text(x, 0.2 if value is not None else 0.0, f"${name}$", ha="center", va="center", fontsize=12)
    if value is not None:
        ax.text(x, -0.22, f"{value:.3g}", ha="center", va="center", color=color, weight="bold", fontsize=10)


def _arrow(
    ax: Axes, start: float, end: float, y: float, color: str, gap: float = 0.68, *, dashed: bool = False
) -> None:
    way = gap if end > start else -gap
    look = {"arrowstyle": "-|>", "color": color, "lw": 1.4, "ls": "--" if dashed else "-"}
    ax.annotate("", (end - way, y), (start + way, y), arrowprops=look)


def draw_factors(factors: Sequence[float], title: str) -> None:
    """Draw weight times slope of every step back as bars (left), and what is left of the last delta (right).

    ``factors[k]`` belongs to the step from layer k + 2 back to layer k + 1.
    """
    import matplotlib.pyplot as plt

    left, right = plt.subplots(1, 2, figsize=(9.0, 3.2))[1]
    layers = np.arange(1, len(factors) + 2)
    bars = left.bar(layers[:-1], factors, color=BACKWARD, width=0.7)
    left.bar_label(bars, [f"{factor:.2g}" for factor in factors], fontsize=9)
    left.axhline(1.0, color=NEUTRAL, ls=":", lw=1.5)
    left.set(xlabel="step back to layer", ylabel="|weight| times slope", xticks=layers[:-1], title=title)
    left.set_ylim(0, 1.2 * max(1.0, *factors))
    product = np.append(np.cumprod(np.asarray(factors)[::-1])[::-1], 1.0)
    right.semilogy(layers, product, "o--", color=BACKWARD)
    right.axhline(1.0, color=NEUTRAL, ls=":", lw=1.5)
    right.set(
        xlabel="layer",
        ylabel="delta / last delta",
        xticks=layers,
        title=f"Layer 1: {product[0]:.3g} times the last delta",
    )
    plt.tight_layout()
    plt.show()


def draw_sizes(curves: Mapping[str, Sequence[float]], ylabel: str, title: str, start: int = 1) -> None:
    """Draw one number for each layer and network on a logarithmic axis; layers count from ``start``."""
    import matplotlib.pyplot as plt

    for (name, sizes), look in zip(curves.items(), _LOOKS, strict=False):
        _curve(plt.gca(), name, sizes, look, start)
    plt.gca().set(xlabel="layer", ylabel=ylabel, title=title)
    plt.legend(loc="center left", bbox_to_anchor=(1.01, 0.5))
    plt.show()


def draw_training(costs: Mapping[str, Sequence[float]], sizes: Mapping[str, Sequence[float]], chance: float) -> None:
    """Draw training curves (left), with the cost at chance, and beside them the deltas of each layer at the start.

    What costs much more than chance is cut off above.
    """
    import matplotlib.pyplot as plt

    left, right = plt.subplots(1, 2, figsize=(10.4, 3.3))[1]
    for (name, curve), (color, line, _) in zip(costs.items(), _LOOKS, strict=False):
        left.plot(curve, line, color=color, label=name)
    left.axhline(chance, color=NEUTRAL, ls=":", lw=1.5, label="chance")
    left.set(xlabel="step", ylabel="cost $J$", ylim=(0, 1.8 * chance), title="The training")
    for (name, found), look in zip(sizes.items(), _LOOKS, strict=False):
        _curve(right, name, found, look, 1)
    right.set(xlabel="layer", ylabel="delta / last delta", title="The way back, before the first step")
    right.legend(*left.get_legend_handles_labels(), loc="center left", bbox_to_anchor=(1.01, 0.5))
    plt.tight_layout()
    plt.show()


def _curve(ax: Axes, name: str, sizes: Sequence[float], look: tuple[str, str, str], start: int) -> None:
    color, line, mark = look
    layers = np.arange(start, start + len(sizes))
    ax.semilogy(layers, sizes, line, marker=mark, ms=5, color=color, label=name)
    if len(sizes) <= 12:
        ax.set_xticks(layers)
