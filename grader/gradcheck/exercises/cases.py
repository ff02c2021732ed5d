"""One call of a graph exercise and all that is needed to judge it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from gradcheck.autodiff.ops import Kind
from gradcheck.autodiff.oracle import Estimate
from gradcheck.autodiff.program import Env
from gradcheck.exercises.graph_exercise import GraphExercise


class CaseKind(StrEnum):
    """What is special about one call of a graph exercise."""

    REGULAR = "regular"
    """Random float data of several sizes."""
    IN_VIEW = "in view"
    """Random data of the size that the notebook shows."""
    EXAMPLE = "example"
    """The notebook's own running example."""
    INTEGERS = "integers"
    ONE_EXAMPLE = "one example"
    ONE_UNIT = "one unit"
    FORM = "form"
    """Leaves of another shape that the function must take as well."""
    DEPTH = "depth"
    """The same function on another program."""
    NEAR_OPTIMUM = "near the optimum"
    """Predictions close to the targets: the gradient is small, and what does not vanish there shows."""
    WHOLE = "whole numbers everywhere"
    """Integers in every argument, parameters included."""
    AS_DECIMALS = "whole numbers as decimals"
    """The numbers of a case with integers once more, as floats: it tells whether their type matters."""
    ONE_INPUT = "one input"
    SQUARE = "square"
    """As many rows as columns everywhere: a transpose that is decided by a shape shows."""
    BOUNDARY = "boundary"
    """An entry that is exactly 0, a prediction that meets its target, a z far out on both sides."""
    CLOSED = "all closed"
    """Hidden ReLUs that are all closed: nothing gets through them."""
    SURE = "sure and wrong"
    """Predictions close to 0 or 1 that are wrong: a limit on probabilities shows."""
    MET = "target met"
    """A single prediction that is its target to the last digit: every slope is 0."""
    FAR = "far from the optimum"
    """Targets or inputs so large that gradients are large: what is cut off at a limit shows."""
    TAIL = "in the tail"
    """A sigmoid's z far below 0, where the value is small: an exponential that is a little off shows."""
    LARGE = "large"
    """A network on which only a real backward pass is quick enough."""


WITH_INTEGERS = frozenset({CaseKind.INTEGERS, CaseKind.WHOLE})
USUAL = frozenset({CaseKind.REGULAR, CaseKind.IN_VIEW, CaseKind.NEAR_OPTIMUM})
"""Calls of usual sizes with float data: every formula that is wrong shows on one of them."""


@dataclass(frozen=True)
class Case:
    """One call of a graph exercise with everything that is needed to judge it."""

    kind: CaseKind
    exercise: GraphExercise
    """The declaration that it was drawn from."""
    inputs: Env
    args: tuple
    truth: Mapping[str, Estimate]
    """Output name -> its true value."""
    directions: tuple[Mapping[str, tuple[np.ndarray, float, float]], ...] = ()
    """For the large case: output name -> (direction, derivative along it, bound)."""

    def sizes(self) -> dict[str, int]:
        """Return the sizes of the inputs by their letters: m examples, n inputs, h units."""
        found: dict[str, int] = {}
        for name, spec in self.exercise.inputs.leaves.items():
            pairs = zip(spec.split(), np.shape(self.inputs[name]), strict=False)
            found |= {letter: size for letter, size in pairs if letter.isalpha()}
        return found

    def count_examples(self) -> int:
        """Return the number of examples; 1 where no input has a row for each."""
        return self.sizes().get("m", 1)

    def is_whole(self) -> bool:
        """Tell whether every argument holds integers."""
        return all(map(_is_whole, self.args))

    def describe(self) -> str:
        """Say in words what is special about this call: "a single example"."""
        if self.kind is CaseKind.INTEGERS:
            names = [n for n, a in zip(self.exercise.signature.args, self.args, strict=True) if _is_whole(a)]
            return "whole numbers in " + " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
        if self.kind is CaseKind.DEPTH:
            layers = sum(step.op.kind is Kind.LINEAR for step in self.exercise.program)
            return "one layer" if layers == 1 else f"{layers} layers"
        if self.kind is CaseKind.FORM:
            return _describe_shape(self.args)
        return WORDS[self.kind]


WORDS = {
    CaseKind.REGULAR: "several examples of another size",
    CaseKind.IN_VIEW: "the sizes that the notebook shows",
    CaseKind.EXAMPLE: "the numbers of the notebook's example",
    CaseKind.ONE_EXAMPLE: "a single example",
    CaseKind.ONE_UNIT: "a single unit",
    CaseKind.ONE_INPUT: "a single input",
    CaseKind.SQUARE: "tables with as many rows as columns",
    CaseKind.NEAR_OPTIMUM: "predictions that are close to their targets",
    CaseKind.WHOLE: "whole numbers in every argument",
    CaseKind.AS_DECIMALS: "the same numbers as decimals",
    CaseKind.BOUNDARY: "special numbers (an entry that is exactly 0, a z far from 0)",
    CaseKind.CLOSED: "hidden units that are all closed",
    CaseKind.SURE: "predictions that are sure and wrong",
    CaseKind.MET: "a prediction that is exactly its target",
    CaseKind.FAR: "numbers so large that the gradients are large",
    CaseKind.TAIL: "z far below 0",
    CaseKind.LARGE: "a large network",
}


def _is_whole(value: object) -> bool:
    items = value if isinstance(value, list) else [value]
    return all(np.asarray(item).dtype.kind in "iu" for item in items)


def _describe_shape(args: tuple) -> str:
    shapes = [np.shape(arg) for arg in args]
    if () not in shapes and len(set(shapes)) > 1:
        return "the shapes " + ", ".join(map(str, shapes[:-1])) + f" and {shapes[-1]}"
    return "a plain number" if () in shapes else f"an array of shape {shapes[0]}"
