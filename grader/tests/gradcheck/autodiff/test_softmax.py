from __future__ import annotations

import numpy as np
import pytest

from gradcheck.autodiff.oracle import differentiate
from gradcheck.autodiff.program import Step, replay
from gradcheck.autodiff.softmax import class_cross_entropy, softmax

NET = (
    Step("Z", "affine", ("X", "W", "b")),
    Step("P", "softmax", ("Z",)),
    Step("L", "class_cross_entropy", ("P", "Y")),
    Step("J", "mean", ("L",)),
)


@pytest.fixture
def leaves():
    rng = np.random.default_rng(3)
    drawn = {"X": rng.normal(size=(5, 2)), "W": rng.normal(size=(2, 3)), "b": rng.normal(size=(1, 3))}
    return drawn | {"Y": np.eye(3)[rng.integers(0, 3, size=5)]}


@pytest.mark.parametrize("name", ["W", "b"])
def test_the_links_of_softmax_and_its_loss_agree_with_differences(leaves, name):
    moved = replay(NET, leaves, frozenset({"X", "Y"}))
    assert differentiate(NET, leaves, name).admits(moved["d" + name]).all()


def test_the_delta_is_probabilities_minus_targets_over_the_rows(leaves):
    moved = replay(NET, leaves, frozenset({"X", "Y"}))
    np.testing.assert_allclose(moved["dZ"], (moved["P"] - leaves["Y"]) / 5, atol=1e-15)


def test_softmax_is_finite_far_from_zero_and_its_rows_add_up_to_one():
    p = softmax(np.array([[1000.0, -1000.0, 999.0], [-1000.0, -1000.0, -1000.0]]))
    np.testing.assert_allclose(p.sum(axis=1), 1.0)
    np.testing.assert_allclose(p[1], 1 / 3)


def test_softmax_and_its_loss_take_many_points_at_once():
    z = np.random.default_rng(0).normal(size=(7, 4, 3))
    y = np.eye(3)[[0, 1, 2, 1]]
    together = class_cross_entropy(softmax(z), y)
    apart = [class_cross_entropy(softmax(point), y) for point in z]
    np.testing.assert_allclose(together, apart)
    assert together.shape == (7, 4, 1)


def test_softmax_leaves_its_argument_alone_and_takes_integers():
    z = np.array([[3, 1], [0, 2]])
    p = softmax(z)
    assert z.tolist() == [[3, 1], [0, 2]]
    assert p.dtype == np.float64
    assert softmax(z.astype(np.float32)).dtype == np.float32
