"""Name wrong numbers that multiply, or weight decay that is in, what another mistake has made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gradcheck.diagnosis.evidence import Evidence
from gradcheck.diagnosis.fault_search import diagnose
from gradcheck.diagnosis.from_values import count_examples, find_factors
from gradcheck.diagnosis.location import name_outputs
from gradcheck.diagnosis.unknown_rate import find_decayed
from gradcheck.exercises.diagnosis import Diagnosis

COMMON_FACTORS: tuple[tuple[str, Callable[[int], float]], ...] = (
    ("factor-two", lambda m: 2.0),
    ("half-kept", lambda m: 0.5),
    ("sign-flipped", lambda m: -1.0),
    ("sum-not-mean", lambda m: m),
    ("averaged-twice", lambda m: 1 / m),
)
"""Wrong numbers that often stand beside another mistake, as functions of the number of examples."""


def find_two_factors(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name two wrong numbers that multiply everything: a sign and a two, a two and a count."""
    ids = find_factors(evidence.drawn, evidence.wrong)
    where = name_outputs(evidence.exercise, evidence.wrong)
    return tuple(Diagnosis(id, where, together=number > 0) for number, id in enumerate(ids))


def find_faults_behind_factor(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Explain outputs that are the work of one fault and multiplied by a wrong number as well."""
    exercise, drawn, wrong = evidence.exercise, evidence.drawn, evidence.wrong_when_usual
    for id, factor in COMMON_FACTORS:
        scaled = [
            replace(o, arrays={n: v / factor(count_examples(o)) if n in wrong else v for n, v in o.arrays.items()})
            for o in drawn
        ]
        found = diagnose(exercise, scaled, wrong, pairs=False)
        if found and not {id for id, _ in COMMON_FACTORS} & {d.mistake for d in found}:
            return (*found, Diagnosis(id, name_outputs(exercise, wrong), together=True))
    return ()


def find_decay_beside(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name weight decay in some outputs, and what explains the others."""
    exercise, wrong = evidence.exercise, evidence.wrong_when_usual
    decayed = find_decayed(exercise, evidence.drawn, wrong)
    if not decayed or decayed == wrong:
        return ()
    right = [replace(o, arrays=o.arrays | {n: o.case.truth[n].value for n in decayed}) for o in evidence.drawn]
    found = diagnose(exercise, right, wrong - decayed)
    decay = Diagnosis("weight-decay-added", name_outputs(exercise, decayed), together=True)
    return (*found, decay) if found else ()
