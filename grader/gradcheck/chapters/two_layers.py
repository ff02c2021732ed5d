"""What chapters 3 to 5 share: a network of two layers, its forward pass and its gradients as exercises."""

from __future__ import annotations

from gradcheck.autodiff.program import Program
from gradcheck.exercises.graph_exercise import GraphExercise, InputDrawing, Signature
from gradcheck.exercises.stand_ins import forward_stand_in

SIZES = ({"m": 5, "n": 3, "h": 4}, {"m": 3, "n": 4, "h": 2}, {"m": 7, "n": 2, "h": 3})
VIEW = {"m": 4, "n": 2, "h": 3}
LARGE = {"m": 3, "n": 400, "h": 250}
LEAVES = {"X": "m n", "W1": "n h", "b1": "1 h", "W2": "h 1", "b2": "1 1"}
PARAMETERS = ("W1", "b1", "W2", "b2")


def forward_exercise(points: float, net: Program) -> GraphExercise:
    """Return the exercise ``forward(X, W1, b1, W2, b2)`` on a network."""
    return GraphExercise(
        "forward",
        points,
        net[:4],
        Signature(("X", *PARAMETERS), {name: name for name in ("Z1", "A1", "Z2", "A2")}, "dict"),
        InputDrawing(LEAVES, notebook_sizes=VIEW, sizes=SIZES, integer_leaves=frozenset({"X"})),
        stand_in=forward_stand_in(),
    )


def gradients_exercise(name: str, points: float, net: Program, *, labels: bool) -> GraphExercise:
    """Return the exercise of all four gradients of a network; its targets are 0 and 1 where they are ``labels``."""
    return GraphExercise(
        name,
        points,
        net,
        Signature(("X", "Y", *PARAMETERS), {f"d{parameter}": f"d{parameter}" for parameter in PARAMETERS}, "dict"),
        InputDrawing(
            {**LEAVES, "Y": "m 1"},
            notebook_sizes=VIEW,
            sizes=SIZES,
            integer_leaves=frozenset({"X"}) if labels else frozenset({"X", "Y"}),
            label_leaves=frozenset({"Y"}) if labels else frozenset(),
            large=LARGE,
        ),
    )
