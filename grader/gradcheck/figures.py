"""Draw computational graphs, and give the course's figures one look.

A graph is data: each computed node names the nodes that feed it, in the order of the computation.
"""

from __future__ import annotations

import inspect
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Graph = Mapping[str, Sequence[str]]
Link = tuple[str, str]

FORWARD = "#0072B2"
"""Blue: data, predictions, numbers on their way forward."""
BACKWARD = "#D55E00"
"""Vermilion: slopes, gradients, numbers on their way back."""
TARGET = "#009E73"
"""Green: targets, and what was asked for."""
NEUTRAL = "#767676"
"""Grey: everything that only frames the others."""

_COLUMN = 2.9
_ROW = 1.15
_HANGS = -1.4 * _ROW
"""Height of the first given node below the line of computed ones."""
_RADIUS = 0.44
_INCHES = 0.62
"""Inches of a figure for one unit of the drawing: the lettering fits into the nodes of every graph."""


def use_course_style() -> None:
    """Set size, resolution and colors of every later figure.

    The colors are the ones of Okabe and Ito, which stay apart for readers who see fewer of them.
    """
    import matplotlib.pyplot as plt
    from cycler import cycler

    plt.rcParams.update(
        {
            "figure.figsize": (6.4, 3.4),
            "figure.dpi": 80,
            "savefig.dpi": 80,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.prop_cycle": cycler(color=[FORWARD, BACKWARD, TARGET, NEUTRAL]),
            "axes.titlesize": "medium",
            "lines.linewidth": 2,
            "legend.frameon": False,
        }
    )


def interact_or_still(draw: Callable[..., None], **choices: Sequence[float | str]) -> None:
    """Show ``draw()`` with a slider for each of ``choices``; at its defaults, and still, where nothing can move.

    ``draw`` makes one figure, ends with ``plt.show()`` and has a default for each argument: with
    ``def draw(lr=0.1)`` write ``interact_or_still(draw, lr=(0.01, 0.1, 1.0))``; the default is one of the choices.
    """
    if not _can_move():
        draw()
        return
    from ipywidgets import SelectionSlider, interact

    arguments = inspect.signature(draw).parameters
    sliders = {
        name: SelectionSlider(options=[(_label(v), v) for v in values], value=arguments[name].default, description=name)
        for name, values in choices.items()
    }
    interact(draw, **sliders)


def _label(choice: float | str) -> str:
    return choice if isinstance(choice, str) else f"{choice:g}"


def _can_move() -> bool:
    """Tell whether a person looks on: Jupyter's server tells its kernels their notebook, nbval and nbconvert do not.

    In a browser (JupyterLite) there is always one.
    """
    watched = "JPY_SESSION_NAME" in os.environ or sys.platform == "emscripten"
    return watched and find_spec("ipywidgets") is not None


def draw_graph(
    graph: Graph,
    values: Mapping[str, object] | None = None,
    slopes: Mapping[Link, object] | None = None,
    grads: Mapping[str, object] | None = None,
    title: str = "",
) -> None:
    """Draw ``graph`` from left to right: squares hold data, circles parameters and computed values.

    ``values`` are written into the nodes, ``slopes`` on dashed arrows that lead back along a link ``(from, to)``,
    and ``grads`` below their nodes as the derivative of the last node.
    """
    import matplotlib.pyplot as plt

    places = _places(graph)
    ax = plt.figure().add_axes((0, 0, 1, 1))
    for target, sources in graph.items():
        for source in sources:
            _link(ax, places[source], places[target], (slopes or {}).get((source, target)))
    for name, place in places.items():
        _node(ax, name, place, (values or {}).get(name))
        if grads and name in grads:
            _grad(ax, name, place, list(graph)[-1], grads[name])
    _frame(ax, places, title)
    plt.show()


def _places(graph: Graph) -> dict[str, tuple[float, float]]:
    """Put computed nodes on one line and each given node one column before the node it feeds."""
    column: dict[str, int] = {}
    for target, sources in graph.items():
        column[target] = 1 + max((column[s] for s in sources if s in graph), default=0)
        column.update({s: column[target] - 1 for s in sources if s not in graph})
    places = {name: (column[name] * _COLUMN, 0.0) for name in graph}
    for number in sorted(set(column.values())):
        given = [name for name in column if name not in graph and column[name] == number]
        top = (len(given) - 1) / 2 * _ROW if number == 0 else _HANGS
        places.update({name: (number * _COLUMN, top - i * _ROW) for i, name in enumerate(given)})
    return places


def _link(ax: Axes, start: tuple[float, float], end: tuple[float, float], slope: object) -> None:
    gap = {"shrinkA": 19, "shrinkB": 20, "lw": 1.4}
    forward = FORWARD if slope is None else NEUTRAL  # where a slope leads back, it is the news
    ax.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": forward, **gap})
    if slope is None:
        return
    below = start[1] < end[1] - 0.5 * _ROW and start[1] != _HANGS  # the first that hangs leaves room for the next
    bend = -0.2 if start[1] == end[1] else 0.3 if below else -0.3
    back = {"arrowstyle": "-|>", "color": BACKWARD, "ls": "--", "connectionstyle": f"arc3,rad={-bend}", **gap}
    ax.annotate("", start, end, arrowprops=back)
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    across = ((end[1] - start[1]) * bend / 2, (start[0] - end[0]) * bend / 2)
    ax.text(
        middle[0] + across[0],
        middle[1] + across[1],
        _text(slope),
        ha="center",
        va="center",
        color=BACKWARD,
        fontsize=12,
        weight="bold",
        bbox={"fc": "white", "ec": "none", "pad": 4},
    )


def _node(ax: Axes, name: str, place: tuple[float, float], value: object) -> None:
    from matplotlib.patches import Circle, Rectangle

    look: dict[str, Any] = {"fc": "white", "ec": NEUTRAL if name[0] in "xyXY" else FORWARD, "lw": 1.6, "zorder": 2}
    corner = (place[0] - _RADIUS, place[1] - _RADIUS)
    data = name[0] in "xyXY"
    ax.add_patch(Rectangle(corner, 2 * _RADIUS, 2 * _RADIUS, **look) if data else Circle(place, _RADIUS, **look))
    rise = 0 if value is None else 0.17
    ax.text(place[0], place[1] + rise, f"${_math(name)}$", ha="center", va="center", fontsize=13)
    if value is not None:
        ax.text(place[0], place[1] - 0.2, _text(value), ha="center", va="center", color=FORWARD, weight="bold")


def _grad(ax: Axes, name: str, place: tuple[float, float], last: str, grad: object) -> None:
    says = ": " if isinstance(grad, str) else " = "  # a shape is not what a gradient equals
    label = rf"$\partial {last}/\partial {_math(name)}${says}{_text(grad)}"
    if place[0] == 0:
        ax.text(-_RADIUS - 0.2, place[1], label, ha="right", va="center", color=BACKWARD, fontsize=12)
    else:
        ax.text(place[0] - 0.2, -_RADIUS - 0.12, label, ha="left", va="top", color=BACKWARD, fontsize=12)


def _frame(ax: Axes, places: Mapping[str, tuple[float, float]], title: str) -> None:
    import matplotlib.pyplot as plt

    across, up = zip(*places.values(), strict=True)
    left, right = min(across) - 2.6, max(across) + 1.4
    low, high = min(*up, -0.6) - 0.7, max(*up, 0.6) + 0.7
    plt.gcf().set_size_inches((right - left) * _INCHES, (high - low) * _INCHES)
    ax.set_xlim(left, right)
    ax.set_ylim(low, high)
    ax.axis("off")
    ax.set_title(title)


def _math(name: str) -> str:
    return re.sub(r"^([A-Za-z]+)(\d+)$", r"\1_\2", name)


def _text(value: object) -> str:
    """Shorten a number; name the shape of what should have been one, so that a wrong answer can still be seen."""
    if isinstance(value, str):
        return value
    array = np.asarray(value)
    if array.size != 1:
        return f"shape {array.shape}"
    return f"{float(array.item()):.4g}".replace("-", "\N{MINUS SIGN}")
