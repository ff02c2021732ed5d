"""Name wrong numbers that multiply, or weight decay that is in, what another mistake has made."""

from __future__ import annotations

from dataclasses import replace

from gradcheck.diagnosis.evidence import Evidence
from gradcheck.diagnosis.fault_search import diagnose
from gradcheck.diagnosis.faults.scale import FACTORS, LAYER_WISE
from gradcheck.diagnosis.from_values import find_factors
from gradcheck.diagnosis.location import name_outputs
from gradcheck.diagnosis.unknown_rate import find_decayed
from gradcheck.exercises.diagnosis import Diagnosis

COMMON_FACTORS = {id: factor for id, factor in FACTORS.values() if id in LAYER_WISE | {"sign-flipped"}}
"""Wrong numbers that often stand beside another mistake; none of them depends on the number of inputs."""


def find_two_factors(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name two wrong numbers that multiply everything: a sign and a two, a two and a count."""
    ids = find_factors(evidence.drawn, evidence.wrong)
    where = name_outputs(evidence.exercise, evidence.wrong)
    return tuple(Diagnosis(id, where, together=number > 0) for number, id in enumerate(ids))


def find_faults_behind_factor(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Explain outputs that are the work of one fault and multiplied by a wrong number as well."""
    exercise, drawn, wrong = evidence.exercise, evidence.drawn, evidence.wrong_when_usual
    for id, factor in COMMON_FACTORS.items():
        by = [factor(o.case.count_examples(), 1) for o in drawn]
        scaled = [
            replace(o, arrays={n: v / k if n in wrong else v for n, v in o.arrays.items()})
            for o, k in zip(drawn, by, strict=True)
        ]
        found = diagnose(exercise, scaled, wrong, pairs=False)
        if found and COMMON_FACTORS.keys().isdisjoint(d.mistake for d in found):
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
