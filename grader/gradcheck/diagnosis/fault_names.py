"""Name the faults that reproduce an answer: the simplest explanation, where it was seen, and the first broken link."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from gradcheck.diagnosis.catalogue import NARROWER, WIDE, vocabulary
from gradcheck.diagnosis.faults.injected_fault import InjectedFault
from gradcheck.diagnosis.location import holds_one_number, name_outputs
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise

MAX_STORIES = 3
"""Where more fit equally well, none is told."""


@dataclass(frozen=True)
class Match:
    """A fault that can be made on every fixture, and what it does there."""

    fault: InjectedFault
    explains: frozenset[str]
    """The outputs that come out as the learner's on every fixture, the wrong and the right ones."""
    touches: frozenset[str]
    """The outputs that come out otherwise than they should."""


def name_faults(
    exercise: GraphExercise, groups: Sequence[tuple[Match, ...]], wrong: frozenset[str]
) -> tuple[Diagnosis, ...]:
    """Return the faults of the simplest explanation, ties included."""
    stories = {tuple(sorted({m.fault.id for m in group})) for group in groups}
    fewest = min(map(len, stories), default=0)
    stories = {story for story in stories if len(story) == fewest}
    usual = {story for story in stories if all(vocabulary()[id].occurs_in(exercise.name) for id in story)}
    stories = usual or stories
    narrow = {story for story in stories if not set(story) & WIDE} or stories
    kept = sorted(story for story in narrow if not any(_narrower(other, story) for other in narrow))
    if len(kept) > MAX_STORIES:
        return ()
    told: dict[str, Diagnosis] = {}
    for story in kept:
        fitting = [m for group in groups for m in group if {n.fault.id for n in group} == set(story)]
        for number, id in enumerate(story):
            own = [m for m in fitting if m.fault.id == id]
            touched = frozenset.intersection(*(m.touches for m in own)) & wrong or wrong
            if id == "summed-over-too-much":  # where there is one entry, nothing stood apart
                touched = frozenset(n for n in touched if not holds_one_number(exercise, n)) or touched
            place = earliest_place(exercise, [m.fault for m in own], {exercise.signature.outputs[n] for n in touched})
            first = own[0].fault.words
            detail = first if all(m.fault.words == first for m in own) else {}
            where = name_outputs(exercise, touched)
            if id == "summed-over-too-much" and all(holds_one_number(exercise, n) for n in touched):
                id, detail = _of_one_number(own, where)
            told.setdefault(id, Diagnosis(id, where, detail=detail, place=place, together=number > 0))
    return tuple(told.values())


def _of_one_number(fitting: Sequence[Match], where: str) -> tuple[str, dict[str, str]]:
    """Return what a sum, or a mean, over all entries does where there is one entry: an id, and its own sentence."""
    if all(match.fault.label.startswith("mean") for match in fitting):
        return "averaged-twice", {}
    return "right-values-wrong-shape", {"seen": f"{where or 'What came back'} has the right number in another shape."}


def earliest_place(exercise: GraphExercise, fitting: Sequence[InjectedFault], named: Collection[str] = ()) -> str:
    """Return the place that comes first on the way back (forward values come before all links).

    Of links that are returned, only those that are ``named`` are looked at.
    """
    asked = exercise.signature.outputs.values()
    order = [step.out for step in exercise.program]
    order += ["d" + name for step in reversed(exercise.program) for name in step.inputs]
    places = {place for f in fitting if len(f.places) == 1 for place in f.places}
    if not places:  # the same habit at several links: the first of them is broken, where all agree which one that is
        firsts = [next((p for p in order if p in f.places and (p in named or p not in asked)), "") for f in fitting]
        places = set(firsts[:1]) if len(set(firsts)) == 1 else set()
    return next((place for place in order if place in places), "")


def _narrower(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether ``one`` is the same explanation as ``other`` with a narrower name in it."""
    return any(
        wide in other and tuple(sorted(narrow if id == wide else id for id in other)) == one
        for narrow, wide in NARROWER
    )
