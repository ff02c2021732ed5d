from __future__ import annotations

import matplotlib
import numpy as np
import pytest

from gradcheck.figures_classes import draw_classes, train_layer
from gradcheck.figures_xor import CORNERS, HIGH, LOW

matplotlib.use("Agg")
COUNTS = CORNERS.sum(axis=1).astype(int)


def delta(Z, Y):
    powers = np.exp(Z - Z.max(axis=1, keepdims=True))
    return (powers / powers.sum(axis=1, keepdims=True) - Y) / len(Z)


def test_one_layer_learns_to_count_the_ones():
    stops = train_layer(CORNERS, np.eye(3)[COUNTS], delta, 1.0, 300)
    assert len(stops) == 301
    assert not stops[0][0].any()
    W, b = stops[-1]
    assert (W.shape, b.shape) == ((2, 3), (1, 3))
    assert np.argmax(CORNERS @ W + b, axis=1).tolist() == COUNTS.tolist()


def test_each_step_is_the_rate_times_the_gradient():
    Y = np.eye(3)[COUNTS]
    (W0, b0), (W1, b1) = train_layer(CORNERS, Y, delta, 0.5, 1)
    slopes = delta(np.zeros((4, 3)), Y)
    np.testing.assert_allclose(W0 - W1, 0.5 * CORNERS.T @ slopes)
    np.testing.assert_allclose(b0 - b1, 0.5 * slopes.sum(axis=0, keepdims=True))


@pytest.mark.filterwarnings("error")
def test_the_picture_shows_each_class_where_it_is_the_largest(monkeypatch):
    import matplotlib.pyplot as plt

    shown = []
    monkeypatch.setattr(plt, "show", lambda: shown.append(plt.gcf()))
    side = np.linspace(LOW, HIGH, 21)
    grid = np.array([[x1, x2] for x2 in side for x1 in side])
    scores = np.stack([0.5 - grid.sum(axis=1), 0.2 + 0 * grid[:, 0], grid.sum(axis=1) - 1.5], axis=1)
    draw_classes(scores, "Three strips")
    ax = shown[0].axes[0]
    assert ax.get_title() == "Three strips"
    assert [t.get_text() for t in ax.texts] == ["0", "1", "1", "2"]
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["says 0", "says 1", "says 2"]
    plt.close("all")
