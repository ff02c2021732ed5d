"""Name examples that an answer leaves out, or counts more than once: which ones, the numbers themselves tell."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache

import numpy as np

from gradcheck.autodiff.program import Env, forward, replay
from gradcheck.comparison.equality import matches_replay
from gradcheck.comparison.observation import Observation, is_right
from gradcheck.comparison.status import Grade
from gradcheck.diagnosis.evidence import Evidence
from gradcheck.diagnosis.location import name_outputs
from gradcheck.exercises.diagnosis import Diagnosis
from gradcheck.exercises.graph_exercise import GraphExercise

MOST_EXAMPLES = 7
"""With more, there are too many ways to leave some out."""


def find_left_out(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name sums and averages in which some examples are missing or count twice, when that makes every number."""
    exercise, seen = evidence.exercise, evidence.drawn
    wrong = [o for o in seen if not is_right(o)]
    if len(wrong) < 2 or any(o.arrays.keys() != exercise.signature.outputs.keys() for o in seen):
        return ()
    counts = [_find_counts(exercise, o) for o in wrong]
    if any(found is None for found in counts) or not any(any(found) for found in counts if found):
        return ()
    where = name_outputs(exercise, evidence.wrong)
    told = next((found for found in counts if found and any(found)), None)
    return (Diagnosis("examples-left-out", where, detail=_told(told, where)),)


def find_empty_rows(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name arrays with a row for each example in which some rows were never filled, and all others are right."""
    seen = [o for o in evidence.drawn if not is_right(o)]
    empty = [_empty_rows(o, name) for o in seen for name in evidence.wrong if o.grade(name) is not None]
    if len(seen) < 2 or not empty or any(rows is None for rows in empty):
        return ()
    where = name_outputs(evidence.exercise, evidence.wrong)
    if not any(empty):
        return ()
    told = f"Some entries of {where or 'what came back'} were never filled: they are 0."
    return (Diagnosis("examples-left-out", where, detail={"seen": told}),)


def find_shifted_rows(evidence: Evidence) -> tuple[Diagnosis, ...]:
    """Name right rows that all stand one place off."""
    seen = [o for o in evidence.drawn if not is_right(o)]
    pairs = [(o, o.arrays.get(name), o.case.truth[name].value) for o in seen for name in evidence.wrong]
    if len(seen) < 2 or any(
        got is None or np.ndim(got) == 0 or len(got) != o.case.count_examples() for o, got, _ in pairs
    ):
        return ()
    where = name_outputs(evidence.exercise, evidence.wrong)
    for by in (1, -1):
        if all(got.shape == true.shape and matches_replay(got, np.roll(true, by, axis=0)) for _, got, true in pairs):
            return (Diagnosis("off-by-one", where),)
    return ()


def name_counts(wrong: Sequence[Observation]) -> str:
    """Name averages of special examples that are divided by another number, or in which some do not count."""
    seen = [o for o in wrong if o.case.count_examples() > 1]
    if not seen or len(seen) < len(wrong):
        return ""
    if all(_is_divided_by_fewer(o) for o in seen):
        return "divided-by-wrong-count"
    return "examples-left-out" if all(_find_counts(o.case.exercise, o) is not None for o in seen) else ""


def _is_divided_by_fewer(o: Observation) -> bool:
    """Tell whether everything is the truth divided by fewer examples than there are."""
    m = o.case.count_examples()
    outputs = o.case.truth.items()
    return any(
        all(name in o.arrays and matches_replay(o.arrays[name], m / k * true.value) for name, true in outputs)
        for k in range(1, m)
    )


def _empty_rows(o: Observation, name: str) -> list[int] | None:
    """Return the rows of zeros where all other rows are right; None where they are not."""
    got, true = o.arrays.get(name), o.case.truth[name].value
    if got is None or got.shape != true.shape or got.ndim == 0 or len(got) != o.case.count_examples():
        return None
    empty = [i for i in range(len(got)) if not np.any(got[i]) and np.any(true[i])]
    filled = [i for i in range(len(got)) if i not in empty]
    right = all(matches_replay(got[i], true[i]) for i in filled)
    return empty if right and any(np.any(true[i]) for i in filled) else None


def _find_counts(exercise: GraphExercise, o: Observation) -> tuple[int, ...] | None:
    """Return how often each example counts, where some number of times for each makes all that came back."""
    m = o.case.count_examples()
    if not 1 < m <= MOST_EXAMPLES:
        return None
    alone = [_outputs(exercise, _one_example(exercise, o, i)) for i in range(m)]
    names = [name for name, array in alone[0].items() if array.shape == o.case.truth[name].value.shape]
    if any(o.grade(name) is not Grade.RIGHT for name in alone[0] if name not in names) or not names:
        return None
    true = _flat([o.case.truth[name].value for name in names])
    got = _flat([o.arrays[name] for name in names])
    parts = np.array([_flat([outputs[name] for name in names]) for outputs in alone])
    if parts.shape != (m, len(got)) or got.shape != true.shape or not np.all(np.isfinite(got)):
        return None
    if not matches_replay(parts.sum(axis=0), true):
        parts = parts / m
        if not matches_replay(parts.sum(axis=0), true):
            return None
    size = float(np.max(np.abs(true), initial=0.0))
    for counts, shared in ((_subsets(m, 2), True), (_subsets(m, 2), False), (_subsets(m, 3), False)):
        scale = m / np.maximum(counts.sum(axis=1, keepdims=True), 1) if shared else 1.0
        made = scale * (counts @ parts)
        for row in np.flatnonzero(np.max(np.abs(made - got), axis=1) <= 1e-4 * size):
            if matches_replay(got, made[row]):
                return tuple(int(count) for count in counts[row])
    return None


@cache
def _subsets(m: int, most: int) -> np.ndarray:
    """Return all ways to count m examples fewer than ``most`` times each, but for all once and none at all."""
    ways = np.array(list(itertools.product(range(most), repeat=m)), dtype=float)
    return ways[~np.all(ways == 1, axis=1)]


def _by_example(exercise: GraphExercise) -> list[str]:
    """Return the leaves that have a row for each example."""
    return [name for name, spec in exercise.inputs.leaves.items() if spec.split()[:1] == ["m"]]


def _one_example(exercise: GraphExercise, o: Observation, i: int) -> Env:
    rows = _by_example(exercise)
    return {name: value[i : i + 1] if name in rows else value for name, value in o.case.inputs.items()}


def _outputs(exercise: GraphExercise, inputs: Env) -> dict[str, np.ndarray]:
    if exercise.differentiates:
        env = replay(exercise.program, inputs, exercise.constants)
    else:
        env = forward(exercise.program, inputs)
    return {name: np.asarray(env[of]) for name, of in exercise.signature.outputs.items()}


def _flat(arrays: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate([np.ravel(array) for array in arrays])


def _told(counts: tuple[int, ...] | None, where: str) -> dict[str, str]:
    """Say which examples have no influence, where none counts twice."""
    if counts is None or max(counts) > 1:
        return {}
    missing = [str(i) for i, count in enumerate(counts, start=1) if not count]
    names = f"number {missing[0]} has" if len(missing) == 1 else f"numbers {' and '.join(missing)} have"
    return {"seen": f"With {len(counts)} examples, {names} no influence on {where or 'what comes back'}."}
