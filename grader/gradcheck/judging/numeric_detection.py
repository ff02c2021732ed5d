"""Whether numbers were derived or tried: how long a large network takes, and how many digits are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from gradcheck.autodiff.program import replay
from gradcheck.caller import Caller
from gradcheck.comparison.observation import Observation, observe
from gradcheck.comparison.status import Status
from gradcheck.diagnosis.messages import compose, hints
from gradcheck.exercises.cases import Case
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.judging.finding import Finding

LARGE_CALL_S = 4.0
"""Measured: an honest pure-Python triple loop takes 0.4 s; central differences 10 s, one-sided ones 5 s, and 3.5 s in
single precision, which pass."""
LARGE_RTOL = 1e-3
NOISE = 1e-6
"""A derivative that is smaller comes out as 0 or as rounding where it is tried with usual steps."""
TRIED = {
    "seen": "The numbers are right; they seem to come from trying: along a chain of many units the first slopes are "
    "too small to be found by nudging."
}
SIGNATURE = 1e-12
"""Relative: what was derived in double precision is nearer to the exact derivative than this."""


def judge_large(exercise: GraphExercise, caller: Caller, case: Case, finding: Finding) -> Finding:
    """Return ``finding``, which is right on small networks, or what a large one says against it."""
    outcome = caller.call(exercise.name, case.args, seconds=LARGE_CALL_S)
    if outcome.status == "timeout" or outcome.seconds > LARGE_CALL_S:
        return _withheld(finding, Status.NUMERIC, Diagnosis("numeric-not-derived"))
    seen = observe(case, outcome)
    probes = [(name, probe) for direction in case.directions for name, probe in direction.items()]
    if outcome.status == "returned" and all(_along(seen, name, probe) for name, probe in probes):
        return finding
    if outcome.status == "returned" and all(_is_tried(seen, name, probe) for name, probe in probes):
        return _withheld(finding, Status.NUMERIC, Diagnosis("numeric-not-derived", detail=TRIED))
    return _withheld(finding, Status.WRONG, Diagnosis("tied-to-visible-data"), " It does not hold on a large network.")


def _is_tried(seen: Observation, name: str, probe: tuple) -> bool:
    """Tell whether an output is right, or as far off as differences are where a slope is below their rounding."""
    direction, slope, _ = probe
    got = seen.arrays.get(name)
    if got is None or got.shape != direction.shape or not np.all(np.isfinite(got)):
        return False
    return _along(seen, name, probe) or abs(float(np.sum(got * direction)) - slope) <= NOISE


def _withheld(finding: Finding, status: Status, diagnosis: Diagnosis, more: str = "") -> Finding:
    message = compose(finding.name, (diagnosis,)) + more
    ids = (diagnosis.mistake,)
    return replace(finding, points=0.0, status=status, diagnosis=ids, message=message, hints=hints((diagnosis,)))


def _along(seen: Observation, name: str, probe: tuple) -> bool:
    direction, slope, bound = probe
    got = seen.arrays.get(name)
    if got is None or got.shape != direction.shape or not np.all(np.isfinite(got)):
        return False
    scale = float(np.linalg.norm(got) * np.linalg.norm(direction) / np.sqrt(direction.size))
    return abs(float(np.sum(got * direction)) - slope) <= bound + LARGE_RTOL * max(abs(slope), scale)


def precision_remarks(exercise: GraphExercise, observations: Sequence[Observation]) -> tuple[str, ...]:
    """Note for a human when right derivatives are as far from exact as differences are; never charged."""
    if not exercise.differentiates:
        return ()
    errors = []
    for o in (o for o in observations if o.case.exercise is exercise):
        chain = replay(exercise.program, o.case.inputs, exercise.constants)
        for name, of in exercise.signature.outputs.items():
            true = np.asarray(chain[of], dtype=float)
            errors.append(
                float(np.max(np.abs(o.arrays[name] - true), initial=0.0) / np.max(np.abs(true), initial=1e-300))
            )
    if float(np.median(errors)) < SIGNATURE:
        return ()
    digits = -int(np.log10(np.median(errors)))
    return (f"It agrees with the exact derivative to {digits} digits only: by trying, or in float32?",)
