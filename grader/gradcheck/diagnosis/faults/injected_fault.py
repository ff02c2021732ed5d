"""One mistake at one place of a program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from gradcheck.autodiff.ops import Kind
from gradcheck.autodiff.program import Override, Program, Step

SUBSETS = {
    "all but first": slice(1, None),
    "all but last": slice(None, -1),
    "first": slice(None, 1),
    "last": slice(-1, None),
    "every other": slice(None, None, 2),
    "first two": slice(None, 2),
}
"""Rows that an answer may look at when it should look at all of them."""
RESHAPED = "A reshape makes the shapes fit, and leaves the numbers in their old order: it turns no rows into columns."


@dataclass(frozen=True)
class InjectedFault:
    """One mistake at one place of a program."""

    id: str
    label: str
    """What exactly is done; the same label at another place is the same habit."""
    rules: Mapping[str, Override]
    """The place and what happens there instead."""
    seen: str = ""
    """A sentence that says more of this very fault than its name does; empty where the name says enough."""
    hints: tuple[str, str] | None = None
    """Its own question, and what to look at again, where those of its name do not lead to it."""
    rare: bool = False
    """Too rare to be looked for together with another one."""

    @property
    def words(self) -> dict[str, str]:
        """Return its own sentences, as a diagnosis holds them."""
        words = {"seen": self.seen} if self.seen else {}
        return words | (dict(zip(("question", "again"), self.hints, strict=True)) if self.hints else {})

    @property
    def places(self) -> frozenset[str]:
        """Return the values and links that it replaces."""
        return frozenset(self.rules)


def left_out(make: Callable[[slice], Mapping[str, Override]], label: str) -> Iterator[InjectedFault]:
    """Yield the mistake of looking at some rows only."""
    for name, rows in SUBSETS.items():
        yield InjectedFault("examples-left-out", f"{label} {name}", make(rows))


def is_last_activation(step: Step, program: Program) -> bool:
    """Tell whether no layer follows this activation."""
    return not any(other.op.kind is Kind.LINEAR and step.out in other.inputs for other in program)


def missing_slope(step: Step, program: Program) -> str:
    """Return the mistake of leaving out the slope of this activation."""
    if step.op.mask:
        return "relu-mask-missing"
    return "output-slope-missing" if is_last_activation(step, program) else "hidden-slope-missing"
