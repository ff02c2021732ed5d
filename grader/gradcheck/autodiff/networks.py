"""The forward computations of the course: networks and single neurons."""

from __future__ import annotations

from gradcheck.autodiff.program import Program, Step


def network(*activations: str, loss: str = "half_square") -> Program:
    """Return the program of a network with one layer for each activation, up to the cost J."""
    steps, before = [], "X"
    for number, activation in enumerate(activations, start=1):
        steps.append(Step(f"Z{number}", "affine", (before, f"W{number}", f"b{number}")))
        steps.append(Step(f"A{number}", activation, (f"Z{number}",)))
        before = f"A{number}"
    return (*steps, Step("L", loss, (before, "Y")), Step("J", "mean", ("L",)))


def unit_chain(units: int) -> Program:
    """Return the program of single sigmoid units in a row, for one example, up to L; every value is (1, 1)."""
    steps, before = [], "x"
    for number in range(1, units + 1):
        steps.append(Step(f"z{number}", "affine", (before, f"w{number}", f"b{number}")))
        steps.append(Step(f"a{number}", "sigmoid", (f"z{number}",)))
        before = f"a{number}"
    return (*steps, Step("L", "half_square", (before, "y")))


def neuron(x: str = "x", y: str = "y", *, mean: bool) -> Program:
    """Return the program of one linear neuron, for one example up to L or for m of them up to J."""
    steps = (Step("z", "affine", (x, "w", "b")), Step("a", "identity", ("z",)), Step("L", "half_square", ("a", y)))
    return (*steps, Step("J", "mean", ("L",))) if mean else steps
