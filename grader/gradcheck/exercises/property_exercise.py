"""An exercise whose function follows a rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck.autodiff.oracle import RTOL
from gradcheck.call import Raised, Value
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.stand_ins import StandIn


@dataclass(frozen=True)
class Trial:
    """One call of a property exercise."""

    kind: str
    """What is special about this call; CaseKind.IN_VIEW where the notebook shows it."""
    args: tuple
    known: tuple
    """The same arguments as the course's own functions take them: functions in place of Code."""


@dataclass(frozen=True)
class KnownRule:
    """A rule close to the right one, and what is said to somebody whose function follows it."""

    makers: tuple[Callable, ...]
    """Functions that follow it: one that reproduces every answer names it."""
    words: Mapping[str, str]
    """What was "seen", a "question", and where to "look": whole sentences."""
    mistake: str = ""
    """Its name in the vocabulary, where it has one."""


@dataclass(frozen=True, eq=False)
class PropertyExercise:
    """A function that is judged by properties, or against a trusted run of the rule that it has to follow."""

    name: str
    points: float
    args: tuple[str, ...]
    draw: Callable[[np.random.Generator], tuple[Trial, ...]]
    """Draw the calls to make."""
    accepts: Callable[[Value, tuple], Diagnosis | None]
    """Look at what came back for these arguments and return what is wrong with it."""
    variants: Mapping[str, tuple[Callable, ...]] = field(default_factory=dict)
    """Mistake -> functions that make that mistake: one that reproduces every answer names it."""
    known_rules: tuple[KnownRule, ...] = ()
    """Looked at before ``variants``: their words say more."""
    cases: Mapping[str, str] = field(default_factory=dict)
    """Kind of a trial -> "when n_test is 0": said where an answer is wrong on such trials only."""
    reason: Callable[[Raised, tuple], str] | None = None
    """Say in this exercise's words why a call with these arguments stopped; empty where it cannot tell."""
    rtol: float = RTOL
    reference: Callable | None = None
    """The trusted run of the rule, where there is one."""
    across: Callable[[Sequence[tuple[Value, tuple]]], tuple[Diagnosis, ...]] = lambda calls: ()
    """Look at what all calls returned together, each with its arguments, whatever is wrong with each alone."""
    neighbours: Mapping[str, Callable] = field(default_factory=dict)
    """Rules close to the right one that have no name in the vocabulary: what it does otherwise -> the rule."""
    pairs: Mapping[tuple[str, str], tuple[Callable, ...]] = field(default_factory=dict)
    """Two mistakes -> functions that make both: looked at where none of ``variants`` reproduces every answer."""
    ends: Mapping[str, tuple[Callable[[tuple, Any, Value], Any], ...]] = field(default_factory=dict)
    """Mistake -> functions that make it of what any rule made, right or wrong: they are handed the arguments, what the
    rule made of them, and what came back, and return what comes back where that rule ends so."""
    beside: Mapping[str, str] = field(default_factory=dict)
    """Mistake -> the sentence that is said of it where it is not the only one."""
    given_back: tuple[str, ...] = ()
    """The arguments that the function gives back a changed copy of."""
    hints: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Mistake -> a question and where to look, in this exercise's own words; "" for all others."""
    stand_in: StandIn | None = None
    """Takes its place when a later exercise that calls it is judged."""

    kind = "property"
