"""What an exercise is: declared once, everything else is derived from the declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from gradcheck.call import Code, Outcome, Value
from gradcheck.graph import Env, Program, Rule
from gradcheck.oracle import RTOL, Estimate

CALL_S = 5.0
"""How long one call of a learner's function may take."""


class Caller(Protocol):
    """Whatever can call a learner's function: in this process, or in a sandbox."""

    def call(
        self, name: str, args: tuple, stand_ins: Mapping[str, Code] | None = None, seconds: float = CALL_S
    ) -> Outcome:
        """Call the learner's function ``name``."""

    def value(self, name: str) -> Outcome:
        """Describe the learner's variable ``name``."""


@dataclass(frozen=True)
class StandIn:
    """A harmless function of the right shapes that takes an exercise's place when a later one is judged.

    It is no solution: a later answer is right but for this exercise when it equals the course's own chain with the
    same harmless function in the same link.
    """

    code: Code
    """The function, for the learner's process."""
    rules: Callable[[Program], dict[str, Rule]]
    """The same function as rules for the links of a later exercise's program."""


@dataclass(frozen=True, eq=False)
class GraphExercise:
    """A function that returns values of a forward computation, or derivatives of its last step."""

    name: str
    points: float
    program: Program
    """The forward computation that the truth is a finite difference of."""
    leaves: Mapping[str, str]
    """Name -> shape in the letters m, n, h ("m n"; empty for a number), in drawing order."""
    args: tuple[str, ...]
    """The arguments of the learner's function: leaves or values of the forward pass."""
    outputs: Mapping[str, str]
    """What is returned, name -> variable ("dw" -> derivative with respect to w, "Z1" -> the value itself)."""
    container: str = ""
    """tuple, list or dict; empty where one thing is returned."""
    views: Mapping[str, int] = field(default_factory=dict)
    """Sizes that the learner has in view in the notebook."""
    example: Mapping[str, Any] = field(default_factory=dict)
    """The leaves of the notebook's own running example, where it has one."""
    sizes: tuple[Mapping[str, int], ...] = ()
    """Sizes of the regular fixtures, all different."""
    data: frozenset[str] = frozenset()
    """Leaves that may also come as integers."""
    labels: frozenset[str] = frozenset()
    """Leaves drawn from {0, 1}."""
    constants: frozenset[str] = frozenset({"X", "x", "Y", "y"})
    """Leaves that nothing is differentiated by."""
    forms: tuple[Mapping[str, str], ...] = ()
    """Other shapes of the leaves that the same function must take ("m 1" for "m")."""
    large: Mapping[str, int] = field(default_factory=dict)
    """Sizes at which only a real backward pass is quick enough; empty where there is no such member."""
    stacks: tuple[str, ...] = ()
    """Arguments that are a list of leaves: "W" stands for [W1, W2, ...]."""
    stand_in: StandIn | None = None
    extremes: tuple[Extreme, ...] = ()
    others: tuple[GraphExercise, ...] = ()
    """The same function on other programs (another depth): one more member each."""

    kind = "graph"

    @property
    def differentiates(self) -> bool:
        """Tell whether derivatives are asked for, and not values."""
        return all(of.startswith("d") for of in self.outputs.values())


@dataclass(frozen=True)
class Extreme:
    """A call at the edge of what a function must take, judged by a property."""

    member: str
    args: tuple
    holds: Callable[[np.ndarray], bool]
    asked: str
    """What must hold there, as a sentence."""


@dataclass(frozen=True, eq=False)
class PropertyExercise:
    """A function that is judged by properties, or against a trusted run of the rule that it has to follow."""

    name: str
    points: float
    args: tuple[str, ...]
    draw: Callable[[np.random.Generator], tuple[Trial, ...]]
    """Draw the calls to make."""
    accepts: Callable[[Value, tuple], Fault | None]
    """Look at what came back for these arguments and return what is wrong with it."""
    variants: Mapping[str, tuple[Callable, ...]] = field(default_factory=dict)
    """Diagnosis -> functions that make that mistake: one that reproduces every answer names it."""
    rtol: float = RTOL
    reference: Callable | None = None
    """The trusted run of the rule, where there is one."""
    across: Callable[[tuple[Value, ...]], Fault | None] | None = None
    """Look at what all calls returned together, where each alone is right."""
    hints: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Diagnosis -> a question and where to look, in this exercise's own words; "" for all others."""

    kind = "property"


@dataclass(frozen=True)
class Trial:
    """One call of a property exercise."""

    member: str
    args: tuple
    known: tuple
    """The same arguments as the course's own functions take them: functions in place of Code."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with an answer."""

    diagnosis: str = ""
    where: str = ""
    half: bool = False
    """The values are right all the same: half of the points."""
    detail: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    """The link or value that is replaced, where one is known."""
    together: bool = False
    """Made together with the fault before it; otherwise it fits as well as that one."""


@dataclass(frozen=True, eq=False)
class AnswerExercise:
    """A cell that holds an answer and no function; the experiment decides."""

    name: str
    points: float
    judge: Callable[[Value], tuple[float, Fault | None]]
    """From the described value to the fraction earned and what is wrong with it."""
    measured_with: tuple[str, ...] = ()
    """Earlier exercises that the learner's experiment runs on: their mistakes are not charged here again."""
    hints: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Under "": a question and where to look."""

    kind = "answer"


Exercise = GraphExercise | PropertyExercise | AnswerExercise


@dataclass(frozen=True)
class Case:
    """One call of a graph exercise with everything that is needed to judge it."""

    member: str
    """The name under which it is reported: regular, integers, one example, one unit, form, in view, depth, large."""
    exercise: GraphExercise
    """The declaration that it was drawn from."""
    inputs: Env
    args: tuple
    truth: Mapping[str, Estimate]
    """Output name -> its true value."""
    directions: tuple[Mapping[str, tuple[np.ndarray, float, float]], ...] = ()
    """For the large member: output name -> (direction, derivative along it, bound)."""


@dataclass(frozen=True, eq=False)
class Chapter:
    """The exercises of one notebook, in its order."""

    assignment: str
    """Folder, file stem and nbgrader name: NN-slug."""
    exercises: tuple[Exercise, ...]

    def __getitem__(self, name: str) -> Exercise:
        """Return the exercise of that name; KeyError where there is none."""
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        raise KeyError(f"chapter {self.assignment} has no exercise {name!r}")
