"""An exercise on a forward computation: its values, or its derivatives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck.autodiff.program import Program
from gradcheck.caller import Caller
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.stand_ins import StandIn


@dataclass(frozen=True)
class Extreme:
    """A call at the edge of what a function must take, judged by a property."""

    where: str
    """Where it looks, for the diagnosis: "the answer far from zero"."""
    args: tuple
    is_right: Callable[[np.ndarray], bool]
    asked: str
    """What the function must do there, as a sentence."""
    name: Callable[[np.ndarray], str] = lambda array: ""
    """Return the mistake that these numbers, which are finite and not right, prove; empty where they prove none."""
    half: bool = True
    """Half of the points are left where nothing else is wrong; none where drawn numbers may come upon it, too."""


@dataclass(frozen=True)
class Signature:
    """What a learner's function takes and returns."""

    args: tuple[str, ...]
    """Its arguments: leaves, or values of the forward pass."""
    outputs: Mapping[str, str]
    """What is returned, name -> variable ("dw" -> derivative with respect to w, "Z1" -> the value itself)."""
    container: str = ""
    """tuple, list or dict; empty where one thing is returned."""
    stacks: tuple[str, ...] = ()
    """Arguments that are a list of leaves: "W" stands for [W1, W2, ...]."""
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Where the layers hold one unit each: returned array -> the outputs that are its entries, in order.

    The learner then gets plain numbers, and arrays (K,) for the stacks.
    """


@dataclass(frozen=True)
class InputDrawing:
    """How the inputs of its cases are drawn."""

    leaves: Mapping[str, str]
    """Name -> shape in the letters m, n, h ("m n"; empty for a number), in drawing order."""
    sizes: tuple[Mapping[str, int], ...] = ()
    """Sizes of the regular fixtures, all different."""
    notebook_sizes: Mapping[str, int] = field(default_factory=dict)
    """Sizes of the arrays that the notebook shows."""
    example: Mapping[str, Any] = field(default_factory=dict)
    """The leaves of the notebook's own running example, where it has one."""
    integer_leaves: frozenset[str] = frozenset()
    """Leaves that may also come as integers."""
    label_leaves: frozenset[str] = frozenset()
    """Leaves drawn from {0, 1}."""
    one_hot_leaves: frozenset[str] = frozenset()
    """Labels (m, k) with one 1 in each row; they are label leaves as well."""
    positive_leaves: frozenset[str] = frozenset()
    """Leaves whose entries are all above 0."""
    alternate_shapes: tuple[Mapping[str, str], ...] = ()
    """Other shapes of the leaves that the same function must take ("m 1" for "m")."""
    large: Mapping[str, int] = field(default_factory=dict)
    """Sizes at which only a real backward pass is quick enough; empty where there is no such case."""


@dataclass(frozen=True, eq=False)
class GraphExercise:
    """A function that returns values of a forward computation, or derivatives of its last step."""

    name: str
    points: float
    program: Program
    """The forward computation that the truth is a finite difference of."""
    signature: Signature
    inputs: InputDrawing
    constants: frozenset[str] = frozenset({"X", "x", "Y", "y"})
    """Leaves that nothing is differentiated by."""
    stand_in: StandIn | None = None
    extremes: tuple[Extreme, ...] = ()
    variants: tuple[GraphExercise, ...] = ()
    """The same function on other programs (another depth): one more case each."""
    longest: GraphExercise | None = None
    """The same function on a chain of single units so long that trying cannot find its first derivatives."""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Mistake -> "seen", "question", "again" or "look", where the vocabulary's words do not speak of this exercise.

    Under "" the question that is asked where no mistake is named.
    """
    spoken: Mapping[str, str] = field(default_factory=dict)
    """Name in the program that learners never see -> what it is called when the course speaks of it."""
    remark: Callable[[np.ndarray], str] | None = None
    """Say what is to be seen in a wrong value that came back, where one is returned; empty where it is nothing."""
    probe: Callable[[Caller, tuple], Diagnosis | None] | None = None
    """Call a wrong answer once more, with these arguments, and name what its numbers or its error do not show."""

    kind = "graph"

    @property
    def differentiates(self) -> bool:
        """Tell whether derivatives are asked for, and not values."""
        return all(of.startswith("d") for of in self.signature.outputs.values())
