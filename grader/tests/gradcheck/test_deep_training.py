from __future__ import annotations

import numpy as np
import pytest

from gradcheck.autodiff.networks import network
from gradcheck.autodiff.program import replay
from gradcheck.deep_training import delta_sizes, train_deep

RNG = np.random.default_rng(3)
X, Y = RNG.normal(size=(6, 2)), (RNG.random((6, 1)) > 0.5) * 1.0
WS = [RNG.normal(size=pair) for pair in ((2, 4), (4, 3), (3, 1))]
PROGRAMS = {
    "sigmoid": network("sigmoid", "sigmoid", "sigmoid", loss="cross_entropy"),
    "ReLU": network("relu", "relu", "sigmoid", loss="cross_entropy"),
}


def chain(kind: str, Ws: list, bs: list) -> dict:
    layers = {f"W{i}": W for i, W in enumerate(Ws, start=1)} | {f"b{i}": b for i, b in enumerate(bs, start=1)}
    return replay(PROGRAMS[kind], {"X": X, "Y": Y, **layers}, frozenset("XY"))


@pytest.mark.parametrize("kind", PROGRAMS)
def test_three_steps_are_those_of_the_chain_itself(kind):
    Ws, bs, costs = list(WS), [np.zeros((1, W.shape[1])) for W in WS], []
    for _ in range(3):
        env = chain(kind, Ws, bs)
        costs.append(env["J"])
        Ws = [W - 0.3 * env[f"dW{i}"] for i, W in enumerate(Ws, start=1)]
        bs = [b - 0.3 * env[f"db{i}"] for i, b in enumerate(bs, start=1)]
    np.testing.assert_allclose(train_deep(X, Y, WS, kind, lr=0.3, steps=3), costs)
    assert costs[2] < costs[0]


@pytest.mark.parametrize("kind", PROGRAMS)
def test_the_sizes_are_those_of_the_deltas(kind):
    env = chain(kind, WS, [np.zeros((1, W.shape[1])) for W in WS])
    norms = [np.linalg.norm(env[f"dZ{i}"]) for i in (1, 2, 3)]
    np.testing.assert_allclose(delta_sizes(X, Y, WS, kind), np.array(norms) / norms[-1])


def test_the_weights_that_are_handed_over_stay_as_they_are():
    before = [W.copy() for W in WS]
    train_deep(X, Y, WS, "ReLU", steps=2)
    for W, old in zip(WS, before, strict=True):
        np.testing.assert_array_equal(W, old)


def test_a_cost_that_explodes_raises_no_warning():
    assert len(train_deep(X, Y, [1e200 * W for W in WS], "ReLU", steps=4)) == 4
