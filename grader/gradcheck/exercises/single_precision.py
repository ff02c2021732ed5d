"""Tell whether single precision is enough to decide about an answer."""

from __future__ import annotations

import numpy as np

from gradcheck.autodiff.oracle import RTOL
from gradcheck.autodiff.program import Env, Override, Step, replay
from gradcheck.exercises.cases import Case, CaseKind
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.exercises.special_fixtures import find_loss

ROUNDING = 0.1
"""Part of the tolerance that the course's own chain may use up in float32, so that a learner's may be as coarse."""
WORST = 0.5
"""The part that an unlucky form of the lines may use up."""
LAST_BIT = float(np.finfo(np.float32).eps) / 2


def decides(case: Case) -> bool:
    """Tell whether float32 is enough here: no output is the small rest of a large sum."""
    if case.kind in (CaseKind.EXAMPLE, CaseKind.BOUNDARY):
        return True
    exercise = case.exercise
    single = {name: np.float32(value) for name, value in case.inputs.items()}
    coarse = [(replay(exercise.program, single, exercise.constants), ROUNDING)]
    if exercise.differentiates and find_loss(exercise):
        coarse += [(_moved_a_little(exercise, case.inputs, by), WORST) for by in (LAST_BIT, -LAST_BIT)]
    return all(
        case.truth[name].admits(env[of], part * RTOL).all()
        for env, part in coarse
        for name, of in exercise.signature.outputs.items()
    )


def _moved_a_little(exercise: GraphExercise, inputs: Env, by: float) -> Env:
    """Return a replay in which every probability is off by the last bit of float32.

    How far a sum of residuals is off for it depends on the form of the learner's lines: near the optimum, where they
    cancel, one form gets it right by luck and another does not.
    """

    def moved(step: Step) -> Override:
        return lambda env: step.op.forward(*(env[name] for name in step.inputs)) + by

    rules = {step.out: moved(step) for step in exercise.program if step.op.name in ("sigmoid", "softmax")}
    return replay(exercise.program, inputs, exercise.constants, rules)
