"""One layer that chooses among classes: train it from the slopes of its scores, and draw what it chooses."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gradcheck.figures import BACKWARD, FORWARD, TARGET
from gradcheck.figures_xor import CORNERS, HIGH, LOW

Layer = tuple[np.ndarray, np.ndarray]
"""W (n, k) and b (1, k)."""
LOOKS = ((FORWARD, ".."), (TARGET, "//"), (BACKWARD, "xx"))
"""Color and hatching of each class."""


def train_layer(
    X: np.ndarray, Y: np.ndarray, delta: Callable[[np.ndarray, np.ndarray], np.ndarray], rate: float, epochs: int
) -> list[Layer]:
    """Return the parameters of one layer before each step and after the last, from a start of zeros.

    X is (m, n), Y (m, k); ``delta(Z, Y)`` gives the derivative of the cost with respect to the scores Z (m, k).
    """
    W, b = np.zeros((X.shape[1], Y.shape[1])), np.zeros((1, Y.shape[1]))
    stops = [(W, b)]
    for _ in range(epochs):
        slopes = delta(X @ W + b, Y)
        W = W - rate * np.tensordot(X, slopes, axes=(0, 0))
        b = b - rate * slopes.sum(axis=0, keepdims=True)
        stops.append((W, b))
    return stops


def draw_classes(P: np.ndarray, title: str) -> None:
    """Draw which of three classes has the largest probability, for P (points, 3) on a square grid, row by row."""
    import matplotlib.pyplot as plt
    from matplotlib.patches import Patch

    count = round(len(P) ** 0.5)
    chosen, side = np.argmax(P, axis=1).reshape(count, count), np.linspace(LOW, HIGH, count)
    for number, (color, hatch) in enumerate(LOOKS):
        mine = (chosen == number) * 1.0
        plt.contourf(side, side, mine, [0.5, 1.5], colors=[color], alpha=0.3)
        plt.contourf(side, side, mine, [0.5, 1.5], colors="none", hatches=[hatch])
    plt.plot(*CORNERS.T, "ko", ms=19, mfc="white")
    for x1, x2 in CORNERS:
        plt.text(x1, x2, f"{x1 + x2:g}", ha="center", va="center", fontsize=12, weight="bold")
    keys = [Patch(facecolor=color, alpha=0.5, hatch=hatch, label=f"says {n}") for n, (color, hatch) in enumerate(LOOKS)]
    plt.legend(handles=keys, loc="center left", bbox_to_anchor=(1.02, 0.5))
    plt.gca().set(xlabel="$x_1$", ylabel="$x_2$", title=title, aspect=1, xticks=(0, 1), yticks=(0, 1))
    plt.show()
