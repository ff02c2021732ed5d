"""Pictures of one neuron: how a nudge travels, and how slopes are multiplied on the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from gradcheck.figures import BACKWARD, FORWARD, NEUTRAL, Graph, Link, _math, _text, draw_graph

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_nudge(before: Mapping[str, float], after: Mapping[str, float], path: Sequence[str]) -> None:
    """Draw a number line for each name of ``path``: where it was, where it is now, and the slope from line to line."""
    import matplotlib.pyplot as plt

    rows = plt.subplots(len(path), 1, figsize=(7.2, 0.95 * len(path)))[1]
    for i, (ax, name) in enumerate(zip(rows, path, strict=True)):
        _number_line(ax, name, before[name], after[name])
        if i:
            moved, source_moved = after[name] - before[name], after[path[i - 1]] - before[path[i - 1]]
            slope = f"{moved / source_moved:.4g}" if source_moved else "?"
            words = f"${_math(name)}$ moves by {_text(moved)}:  {slope} for each unit of ${_math(path[i - 1])}$"
        else:
            words = f"${_math(name)}$ moves by {_text(after[name] - before[name])}"
        ax.set_title(words, fontsize=10, color=BACKWARD if i else FORWARD, loc="left", pad=3)
    plt.tight_layout(h_pad=0.4)
    plt.show()


def _number_line(ax: Axes, name: str, old: float, new: float) -> None:
    """Draw one line: hollow where the number was, filled where it is now."""
    reach = max(6.0, 1.4 * abs(new - old))
    ax.axhline(0, color=NEUTRAL, lw=1)
    if new != old:
        ax.annotate("", (new, 0), (old, 0), arrowprops={"arrowstyle": "-|>", "color": FORWARD, "lw": 2})
    ax.plot(old, 0, "o", mfc="white", mec=FORWARD, ms=9)
    ax.plot(new, 0, "o", color=FORWARD, ms=7)
    ax.text(old - 1.08 * reach, 0, f"${_math(name)}$", ha="right", va="center", fontsize=13)
    ax.set(xlim=(old - reach, old + reach), ylim=(-1, 1), yticks=[])
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(labelsize=8, length=2)


def sweep(graph: Graph, slopes: Mapping[Link, float]) -> list[tuple[str, str, dict[str, float]]]:
    """Return the steps of a walk back: the node, the sentence "local times upstream", and all gradients so far.

    Nodes without a slope (data) are left out. Where a node feeds several others, the products are added.
    """
    order = list(graph)
    last = order[-1]
    grads: dict[str, float] = {last: 1.0}
    steps = [(last, f"start: {last} moves 1 for each unit of {last}", dict(grads))]
    given = [name for target in reversed(order) for name in graph[target] if name not in graph]
    for name in [*reversed(order[:-1]), *dict.fromkeys(given)]:
        links = [(name, target) for target in order if (name, target) in slopes]
        if not links:
            continue
        grads[name] = sum(float(slopes[link]) * grads[link[1]] for link in links)
        product = " + ".join(f"local {_text(slopes[link])} x upstream {_text(grads[link[1]])}" for link in links)
        steps.append((name, f"{name}: {product} = {_text(grads[name])}", dict(grads)))
    return steps


def draw_sweep(
    graph: Graph, values: Mapping[str, float], slopes: Mapping[Link, float], step: int | None = None
) -> None:
    """Draw the walk back up to one step, and print each product so far; all steps without a number."""
    steps = sweep(graph, slopes)
    last = len(steps) - 1 if step is None else min(step, len(steps) - 1)
    for _, sentence, _ in steps[: last + 1]:
        print(sentence)
    name, _, grads = steps[last]
    walked = {link: slope for link, slope in slopes.items() if link[0] in grads}
    draw_graph(graph, values, walked, grads, title=f"Step {last}: the slope at ${_math(name)}$")
