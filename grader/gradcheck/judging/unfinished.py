"""Answers that cannot be judged: nothing was written, or nothing came back."""

from __future__ import annotations

from gradcheck.call import Outcome
from gradcheck.comparison.status import Status
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.diagnosis.messages import describe_error, first_steps
from gradcheck.exercises.chapter import Exercise
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.judging.finding import Finding


def _not_attempted(exercise: Exercise, empty: str = "") -> Finding:
    """Return the finding of an exercise that nothing was written for, or that waits for one that is ``empty``."""
    message = vocabulary()["not-attempted"].seen
    if empty and empty not in (exercise.name, "<module>", "<lambda>"):
        message = f"{exercise.name} calls {empty}, and {empty} is still empty. Write that one first."
    told = first_steps(exercise) if isinstance(exercise, GraphExercise) else exercise.hints.get("", ())
    ids = ("not-attempted",)
    return Finding(exercise.name, 0.0, exercise.points, Status.NOT_ATTEMPTED, ids, message=message, hints=told)


def find_unfinished(exercise: Exercise, outcome: Outcome) -> Finding | None:
    """Return the finding of an answer that is not there or did not come back; None where there is one to judge."""
    raised = outcome.raised
    if outcome.status == "missing" or (raised and raised.type == "NotImplementedError"):
        return _not_attempted(exercise, raised.inside or raised.function if raised else "")
    if outcome.status in ("timeout", "killed"):
        message = describe_error(exercise.name, outcome)
        return Finding(exercise.name, 0.0, exercise.points, Status(outcome.status), message=message)
    return None
