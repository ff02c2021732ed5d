"""A forward computation as data: run it, and carry derivatives back through it link by link.

A program is a tuple of steps in the order of the forward pass. Every variable is used once on the way to the last
one, so each derivative is one link of a chain. A rule replaces a single value or link: that is how a mistake is
replayed, and how a learner's own function can stand in for the course's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from gradcheck.autodiff.ops import OPERATIONS, Kind, Op

Env = dict[str, Any]
"""Name -> array or float. ``dZ1`` is the derivative of the last step with respect to ``Z1``."""
Override = Callable[[Env], Any]


@dataclass(frozen=True)
class Step:
    """One operation of the forward pass."""

    out: str
    """The name that it defines."""
    operation: str
    """A key of OPERATIONS."""
    inputs: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse an operation that nobody registered."""
        if self.operation not in OPERATIONS:
            raise ValueError(f"no operation is called {self.operation!r}")

    @property
    def op(self) -> Op:
        """Return the record of the operation."""
        return OPERATIONS[self.operation]


Program = tuple[Step, ...]


def link(step: Step, position: int, env: Env) -> Any:
    """Return the derivative that ``step`` hands to its input at ``position``."""
    return step.op.links[position](env["d" + step.out], env[step.out], *(env[name] for name in step.inputs))


def forward(program: Program, inputs: Mapping[str, Any], rules: Mapping[str, Override] | None = None) -> Env:
    """Return all values of the forward pass, ``rules`` replacing the steps whose output they name."""
    env: Env = dict(inputs)
    for step in program:
        rule = rules.get(step.out) if rules else None
        env[step.out] = rule(env) if rule else step.op.forward(*(env[name] for name in step.inputs))
    return env


def forward_stacked(program: Program, inputs: Mapping[str, Any], moved: Mapping[str, np.ndarray]) -> Env:
    """Return the forward pass at s points at once: name -> (s, shape), or (1, shape) where all points agree.

    ``moved`` holds the inputs that differ, as (s, shape).
    """
    env: Env = dict(moved)
    for step in program:
        for name in step.inputs:
            if name not in env:
                env[name] = np.asarray(inputs[name], dtype=float)[None]
        env[step.out] = step.op.forward_stacked([env[name] for name in step.inputs])
    return env


def backward(program: Program, env: Env, constants: frozenset[str], rules: Mapping[str, Override] | None = None) -> Env:
    """Return ``env`` and all derivatives of the last step, ``rules`` replacing the links that they name."""
    env = dict(env)
    env["d" + program[-1].out] = 1.0
    for step in reversed(program):
        for position, name in enumerate(step.inputs[: len(step.op.links)]):
            if name in constants:
                continue
            rule = rules.get("d" + name) if rules else None
            env["d" + name] = rule(env) if rule else link(step, position, env)
    return env


def replay(
    program: Program,
    inputs: Mapping[str, Any],
    constants: frozenset[str] = frozenset(),
    rules: Mapping[str, Override] | None = None,
) -> Env:
    """Run forward and backward with ``rules`` in place."""
    return backward(program, forward(program, inputs, rules), constants, rules)


class Change(NamedTuple):
    """One value or link that comes out otherwise where something before it does."""

    place: str
    compute: Callable[..., Any]
    needs: tuple[str, ...]
    """The names of its arguments."""


def find_changes(
    program: Program, constants: frozenset[str], places: Collection[str], *, derivatives: bool = True
) -> tuple[Change, ...]:
    """Return all that changes in a replay where rules replace ``places``, in the order in which it is computed."""
    changed, found = set[str](), list[Change]()
    for step in program:
        if step.out in places or not changed.isdisjoint(step.inputs):
            changed.add(step.out)
            found.append(Change(step.out, step.op.forward, step.inputs))
    for step in reversed(program if derivatives else ()):
        given = "d" + step.out, step.out, *step.inputs
        moved = not changed.isdisjoint(given)
        for name, compute in zip(step.inputs, step.op.links, strict=False):
            place = "d" + name
            if name not in constants and (moved or place in places):
                changed.add(place)
                found.append(Change(place, compute, given))
    return tuple(found)


def replay_changes(changes: Sequence[Change], env: Env, rules: Mapping[str, Override]) -> Iterator[str]:
    """Turn ``env``, a replay without rules, into the replay with ``rules``; yield each name that is computed anew.

    ``changes`` is what ``find_changes`` says of the places of ``rules``. Who finds at one of them that the rules do
    not fit can stop there.
    """
    for place, compute, needs in changes:
        rule = rules.get(place)
        env[place] = rule(env) if rule else compute(*[env[name] for name in needs])
        yield place


def kinks(program: Program, env: Mapping[str, Any]) -> tuple[np.ndarray, ...]:
    """Return which side of its kink each entry of each operation that has one is on."""
    return tuple(step.op.mask(*(env[name] for name in step.inputs)) for step in program if step.op.mask)


def handed_derivative(program: Program) -> str:
    """Return the leaf with the derivative that the way back starts from; empty where it starts from ones."""
    last = program[-1]
    return last.inputs[1] if last.op.kind is Kind.SEED and len(last.inputs) > 1 else ""


def ends_at_value(program: Program) -> bool:
    """Tell whether each entry of a value is differentiated by itself, and not a loss or cost."""
    return program[-1].op.kind is Kind.SEED and not handed_derivative(program)
