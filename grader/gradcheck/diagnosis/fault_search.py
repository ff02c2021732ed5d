"""Name a mistake by making it: replay the chain with one fault in it and see whether the learner's numbers come out.

A fault is named when it reproduces all returned numbers on every fixture. Two faults in different places are named
together. Where several different names fit, all of them are given; where none does, none is.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

import numpy as np

from gradcheck.autodiff.ops import Kind
from gradcheck.autodiff.program import Change, Env, Override, backward, find_changes, forward, replay_changes
from gradcheck.comparison.equality import matches_replay
from gradcheck.comparison.observation import Observation
from gradcheck.diagnosis.fault_names import Match, earliest_place, name_faults
from gradcheck.diagnosis.faults.catalogue import injectable_faults
from gradcheck.diagnosis.faults.injected_fault import InjectedFault
from gradcheck.diagnosis.faults.scale import FACTORS
from gradcheck.diagnosis.location import name_outputs
from gradcheck.exercises.cases import CaseKind
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise

MAX_PAIRS = 6000
COMMON_BESIDE = frozenset(id for id, _ in FACTORS.values())
"""What is most often made beside another mistake that changes everything too: tried before ``MAX_PAIRS`` is reached."""


@cache
def _known(exercise: GraphExercise) -> tuple[InjectedFault, ...]:
    """Return the faults that can show in what this exercise returns.

    A cost that is only reported leaves its derivatives alone, a link leaves the values alone, and nobody can get a
    value wrong that is handed to the function.
    """
    reported = {step.out for step in exercise.program if step.op.kind in (Kind.LOSS, Kind.REDUCTION)}
    given = set(exercise.signature.args)
    able = []
    for fault in injectable_faults(exercise.program, exercise.constants):
        values = {place for place in fault.places if not place.startswith("d")}
        shows = not fault.places <= reported if exercise.differentiates else bool(values)
        if shows and not fault.places & given:
            able.append(fault)
    return tuple(able)


def diagnose(
    exercise: GraphExercise,
    observations: Sequence[Observation],
    wrong: frozenset[str],
    further: Sequence[Observation] = (),
    *,
    pairs: bool = True,
) -> tuple[Diagnosis, ...]:
    """Return the faults that explain the wrong outputs of ``observations`` (float data, all of them returned).

    Faults that were made together follow each other; one that fits as well as those before it is no ``together``.
    Where several faults fit, those are left that make the numbers of the ``further`` calls as well.
    """
    seen = [o for o in observations if set(o.arrays) >= set(exercise.signature.outputs)]
    if not seen or not wrong:
        return ()
    with np.errstate(all="ignore"):
        zero = all(not np.any(o.arrays[name]) for o in seen for name in wrong)
        able = [f for f in _known(exercise) if not zero or "zero" in f.label]  # zeros have a hundred causes
        whole = [f for f in able if wrong <= _reached(exercise, f.places)]  # no other can make all that is wrong
        alone = _telling(further, [f for f in whole if all(_reproduces(o, f.rules) for o in seen)])
        if not alone and not pairs:
            return ()
        common = [f for f in able if not f.rare]
        tried = [match for f in alone or common if (match := _try(exercise, seen, f, wrong)) is not None]
        tried = [match for match in tried if match.touches & wrong]  # what changes nothing explains nothing
        groups = [(match,) for match in tried] if alone else _pairs(seen, tried, wrong)
        if not groups:  # made on the way to the wrong outputs only: whoever computes it twice gets one of them right
            groups = [(match,) for match in tried if wrong <= match.explains]
    return name_faults(exercise, groups, wrong)


def _telling(further: Sequence[Observation], fitting: list[InjectedFault]) -> list[InjectedFault]:
    """Return those of several kinds of faults that fit other calls, too; all where none does."""
    if len({fault.id for fault in fitting}) < 2:
        return fitting
    seen = [o for o in further if set(o.arrays) >= set(o.case.exercise.signature.outputs)]
    return [f for f in fitting if all(_reproduces(o, f.rules) for o in seen)] or fitting


def find_one_kind(exercise: GraphExercise, seen: Sequence[Observation], id: str) -> tuple[Diagnosis, ...]:
    """Return a fault of this one kind that reproduces all numbers and changes some; nothing where none does."""
    outputs = set(exercise.signature.outputs)
    for fault in _known(exercise):
        if fault.id == id and all(set(o.arrays) >= outputs and _reproduces(o, fault.rules) for o in seen):
            moved = {n for o in seen if (made := _made(o, fault.rules)) for n in _moved(exercise, o, *made)}
            if moved:
                place = earliest_place(exercise, [fault])
                return (Diagnosis(id, name_outputs(exercise, moved), place=place, detail=fault.words),)
    return ()


def _try(
    exercise: GraphExercise, seen: Sequence[Observation], fault: InjectedFault, wrong: frozenset[str]
) -> Match | None:
    """Make the mistake on every fixture; None where it cannot be made."""
    near = [o for o in seen[2:] if o.case.kind is CaseKind.NEAR_OPTIMUM]  # there a little decay shows
    seen = [*seen[:2], *near, *(o for o in seen[2:] if o not in near)]
    outputs = frozenset(exercise.signature.outputs)
    touches, explains = frozenset[str](), outputs
    for number, observation in enumerate(seen):
        if number >= 2 + len(near) and not explains & wrong:
            break  # what it explains can only be part of a pair: checked there
        found = _made(observation, fault.rules)
        if found is None and number < 2 + len(near):
            return None
        if number < 2 + len(near):  # a sign shows on one of two, not on each
            touches |= frozenset(_moved(exercise, observation, *found))
        explains &= _agreeing(observation, *found) if found else frozenset()
        if touches == outputs and not explains & wrong:
            break  # no further case can change that
    return Match(fault, explains, touches)


def _moved(exercise: GraphExercise, o: Observation, env: Env, changed: frozenset[str]) -> list[str]:
    """Return the outputs that come out otherwise than they should."""
    return [
        n
        for n, of in exercise.signature.outputs.items()
        if of in changed and not matches_replay(o.case.truth[n].value, env[of])
    ]


def explained(observation: Observation, rules: Mapping[str, Override]) -> frozenset[str]:
    """Return the outputs that come out as the learner's when the mistake is made."""
    found = _made(observation, rules)
    return _agreeing(observation, *found) if found else frozenset()


def _reproduces(o: Observation, rules: Mapping[str, Override]) -> bool:
    """Tell whether all outputs come out as the learner's when the mistake is made; stop at the first that does not."""
    exercise = o.case.exercise
    places = _places(exercise)
    env, changed = dict(right_chain(o)), set[str]()
    try:
        for place in replay_changes(_changes(exercise, frozenset(rules)), env, rules):
            for name in places.get(place, ()):
                if not matches_replay(o.arrays[name], env[place]):
                    return False
                changed.add(name)
    except (ValueError, IndexError, TypeError, ZeroDivisionError, KeyError):
        return False  # the faults do not fit these shapes
    return exercise.signature.outputs.keys() - changed <= _right(o)


@lru_cache(maxsize=16384)
def _changes(exercise: GraphExercise, places: frozenset[str]) -> tuple[Change, ...]:
    return find_changes(exercise.program, exercise.constants, places, derivatives=exercise.differentiates)


@lru_cache(maxsize=16384)
def _reached(exercise: GraphExercise, places: frozenset[str]) -> frozenset[str]:
    """Return the outputs that a fault at these places can change."""
    changed = {change.place for change in _changes(exercise, places)}
    return frozenset(name for name, of in exercise.signature.outputs.items() if of in changed)


@cache
def _places(exercise: GraphExercise) -> Mapping[str, Sequence[str]]:
    """Return name in the program -> the outputs that return it."""
    places: dict[str, list[str]] = {}
    for name, of in exercise.signature.outputs.items():
        places.setdefault(of, []).append(name)
    return places


def _agreeing(o: Observation, env: Env, changed: frozenset[str]) -> frozenset[str]:
    """Return the outputs that come out as the learner's."""
    right = _right(o)
    return frozenset(
        name
        for name, of in o.case.exercise.signature.outputs.items()
        if (matches_replay(o.arrays[name], env[of]) if of in changed else name in right)
    )


def _made(observation: Observation, rules: Mapping[str, Override]) -> tuple[Env, frozenset[str]] | None:
    """Return the chain with the faults in it and what changed in it; None where they do not fit these shapes."""
    exercise = observation.case.exercise
    try:
        env = dict(right_chain(observation))
        return env, frozenset(replay_changes(_changes(exercise, frozenset(rules)), env, rules))
    except (ValueError, IndexError, TypeError, ZeroDivisionError, KeyError):
        return None


@lru_cache(maxsize=64)
def right_chain(observation: Observation) -> Env:
    """Return all values of this call, and where derivatives are asked for all derivatives, as they should be."""
    exercise = observation.case.exercise
    env = forward(exercise.program, observation.case.inputs)
    return backward(exercise.program, env, exercise.constants) if exercise.differentiates else env


@lru_cache(maxsize=64)
def _right(observation: Observation) -> frozenset[str]:
    chain, outputs = right_chain(observation), observation.case.exercise.signature.outputs
    return frozenset(name for name, of in outputs.items() if matches_replay(observation.arrays[name], chain[of]))


def _pairs(seen: Sequence[Observation], tried: Sequence[Match], wrong: frozenset[str]) -> list[tuple[Match, ...]]:
    """Return the pairs of faults that together explain everything.

    The second must touch what the first leaves open and nothing that the first explains. Where no fault alone
    explains any wrong output, both lie on the way to all of them.
    """
    able = [m for m in tried if m.touches and m.touches <= wrong]
    pairs = itertools.chain(_one_after_the_other(able, wrong), _on_the_way_to_all(able, wrong))
    found: list[tuple[Match, ...]] = []
    for budget, (one, other) in enumerate(pairs):
        if budget == MAX_PAIRS:
            break
        if found and one.explains & wrong != found[0][0].explains & wrong:
            break  # those that explain less on their own come behind those that explain more
        rules = {**one.fault.rules, **other.fault.rules}
        if all(_reproduces(o, rules) for o in seen):
            found.append((one, other))
    return found


def _one_after_the_other(able: Sequence[Match], wrong: frozenset[str]) -> Iterator[tuple[Match, Match]]:
    """Yield pairs of which the first explains some wrong outputs, and the second touches the others alone."""
    for one in sorted((m for m in able if m.explains & wrong), key=lambda m: -len(m.explains & wrong)):
        left = wrong - one.explains
        for other in able:
            if left <= other.touches and not other.touches & one.explains and _can_be_both(one, other, wrong):
                yield one, other


def _on_the_way_to_all(able: Sequence[Match], wrong: frozenset[str]) -> Iterator[tuple[Match, Match]]:
    """Yield pairs that lie on the way to all wrong outputs, the most usual first."""
    everywhere = sorted((m for m in able if m.touches == wrong), key=lambda m: m.fault.id not in COMMON_BESIDE)
    yield from (pair for pair in itertools.combinations(everywhere, 2) if _can_be_both(*pair, wrong))


def _can_be_both(one: Match, other: Match, wrong: frozenset[str]) -> bool:
    """Tell whether two faults lie in different places, and the second is right where the first does nothing."""
    if one.fault.places & other.fault.places or one.fault.id == other.fault.id:
        return False
    return wrong - one.explains - one.touches <= other.explains
