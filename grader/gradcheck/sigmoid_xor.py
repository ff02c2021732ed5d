"""Chapter 4: XOR, sigmoid in both layers, squared error."""

from __future__ import annotations

import numpy as np

from gradcheck.check import Bench
from gradcheck.exercise import Chapter, Extreme, GraphExercise
from gradcheck.graph import Step
from gradcheck.programs import activation_stand_in, forward_stand_in, network, slope_stand_in
from gradcheck.relu_network import GRADIENTS, LARGE, LEAVES, SIZES
from gradcheck.rules import accuracy, train

VIEW = {"m": 4, "n": 2, "h": 3}
NET = network("sigmoid", "sigmoid")


def _saturates(a: np.ndarray) -> bool:
    """Tell whether a is the sigmoid of (-1000, 1000, 0)."""
    return a.shape == (3,) and bool(np.allclose(a, (0.0, 1.0, 0.5), rtol=0, atol=1e-9))


CHAPTER = Chapter(
    "04-sigmoid-xor",
    (
        GraphExercise(
            "sigmoid",
            3,
            (Step("A", "sigmoid", ("Z",)),),
            {"Z": "m h"},
            ("Z",),
            {"A": "A"},
            sizes=SIZES,
            data=frozenset({"Z"}),
            forms=({"Z": "m"},),
            extremes=(Extreme("the answer at -1000 and 1000", (np.array([-1000.0, 1000.0, 0.0]),), _saturates),),
            stand_in=activation_stand_in("sigmoid"),
        ),
        GraphExercise(
            "sigmoid_deriv",
            3,
            (Step("A", "sigmoid", ("Z",)), Step("S", "total", ("A",))),
            {"Z": "m h"},
            ("A",),
            {"slope": "dZ"},
            sizes=SIZES,
            forms=({"Z": "m"},),
            stand_in=slope_stand_in("sigmoid", of_activation=True),
        ),
        GraphExercise(
            "forward",
            3,
            NET[:4],
            LEAVES,
            ("X", "W1", "b1", "W2", "b2"),
            {"Z1": "Z1", "A1": "A1", "Z2": "Z2", "A2": "A2"},
            "dict",
            sizes=SIZES,
            views=VIEW,
            data=frozenset({"X"}),
            stand_in=forward_stand_in(),
        ),
        GraphExercise(
            "xor_net_grads",
            9,
            NET,
            {**LEAVES, "Y": "m 1"},
            ("X", "Y", "W1", "b1", "W2", "b2"),
            GRADIENTS,
            "dict",
            sizes=SIZES,
            views=VIEW,
            data=frozenset({"X"}),
            labels=frozenset({"Y"}),
            large=LARGE,
        ),
        train(5),
        accuracy(2),
    ),
)

_BENCH = Bench(CHAPTER)
check, hint, show = _BENCH.check, _BENCH.hint, _BENCH.show
