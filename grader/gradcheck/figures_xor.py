"""Pictures of XOR: the plane that a network answers, and the square of its two hidden activations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from gradcheck.figures import BACKWARD, FORWARD, NEUTRAL, TARGET

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
IS_ONE_ON = CORNERS.sum(axis=1) == 1
LOW, HIGH = -0.5, 1.5
"""The plane is drawn from LOW to HIGH in both directions."""
TRAVEL = (NEUTRAL, FORWARD, BACKWARD, TARGET)
"""A color for the path of each corner; its name stands at the end of the path as well."""


def draw_corners(places: np.ndarray) -> None:
    """Mark the four examples at their places (4, 2): filled squares for target 1, hollow circles for target 0."""
    import matplotlib.pyplot as plt

    plt.plot(*places[IS_ONE_ON].T, "ks", ms=12, label="target 1")
    plt.plot(*places[~IS_ONE_ON].T, "ko", ms=9, mfc="white", label="target 0")


def draw_plane(A: np.ndarray, title: str) -> None:
    """Shade the plane by the outputs A on a square grid, row by row from LOW to HIGH; dots where they say yes."""
    import matplotlib.pyplot as plt

    count = round(np.size(A) ** 0.5)
    A, side = np.reshape(A, (count, count)), np.linspace(LOW, HIGH, count)
    plt.contourf(side, side, A, np.linspace(0, 1, 11), cmap="Blues")
    plt.contourf(side, side, A, [0.5, 1.1], colors="none", hatches=".")
    draw_corners(CORNERS)
    plt.gca().set(xlabel="$x_1$", ylabel="$x_2$", title=title, aspect=1, xticks=(0, 1), yticks=(0, 1))


def draw_square(A1: np.ndarray, W2: np.ndarray, b2: np.ndarray, title: str) -> None:
    """Draw the corners where two hidden units put them, and the output's border between no and yes.

    A1 (4, 2) are the hidden activations of the corners, W2 (2, 1) and b2 (1, 1) the output's parameters.
    """
    import matplotlib.pyplot as plt

    _border(float(W2[0, 0]), float(W2[1, 0]), float(np.ravel(b2)[0]))
    draw_corners(A1)
    for (x1, x2), (left, up) in zip(CORNERS, A1, strict=True):
        plt.text(left + 0.03, up + 0.06 - 0.18 * x1, f"({x1:g}, {x2:g})")
    _frame_square(title)


def draw_by_hand(answers: np.ndarray, A1: np.ndarray, W2: np.ndarray, b2: np.ndarray) -> None:
    """Draw side by side what a network with two hidden units answers, and where it puts the corners.

    ``answers`` are its outputs on the grid of ``draw_plane``; the rest as in ``draw_square``.
    """
    import matplotlib.pyplot as plt

    says_yes = A1 @ W2 + b2 > 0
    right = int(np.sum(says_yes[:, 0] == IS_ONE_ON))
    plt.figure(figsize=(9.0, 3.8))
    plt.subplot(1, 2, 1)
    draw_plane(answers, f"The plane: {right} of 4 corners right")
    plt.subplot(1, 2, 2)
    draw_square(A1, W2, b2, "The hidden square")
    plt.tight_layout()
    plt.show()


def draw_travel(stops: Sequence[np.ndarray], params: Mapping[str, np.ndarray], title: str) -> None:
    """Draw the way of the corners through the hidden square: ``stops`` holds A1 (4, 2) from the start to now."""
    import matplotlib.pyplot as plt

    for corner, color in enumerate(TRAVEL):
        way = np.array([A1[corner] for A1 in stops])
        plt.plot(way[:, 0], way[:, 1], "-", color=color, lw=1.5)
        plt.plot(*way[0], ".", color=color, ms=7)
    draw_square(stops[-1], params["W2"], params["b2"], title)
    plt.show()


def _border(w0: float, w1: float, b: float) -> None:
    """Draw where w0 times a0 plus w1 times a1 plus b is zero."""
    import matplotlib.pyplot as plt

    look: dict[str, Any] = {"ls": "--", "color": FORWARD, "label": "border: $z_2 = 0$"}
    if abs(w1) > 1e-9:
        plt.axline((0, -b / w1), slope=-w0 / w1, **look)
    elif abs(w0) > 1e-9:
        plt.axvline(-b / w0, **look)


def _frame_square(title: str) -> None:
    import matplotlib.pyplot as plt

    ticks = (0, 0.5, 1)
    plt.gca().set(xlabel="hidden unit 0", ylabel="hidden unit 1", title=title, xlim=(-0.1, 1.3), ylim=(-0.2, 1.3))
    plt.gca().set(xticks=ticks, yticks=ticks)
    plt.legend(loc="center left", bbox_to_anchor=(1.02, 0.5), fontsize=9)
