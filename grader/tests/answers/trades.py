"""Marks by a trade: break an early exercise so that a mistake in a later one is forgiven. ``make test-trades``.

While a later answer is looked at once more, a harmless function stands in the place of the early one that was charged.
So what comes of a pair depends on which early exercise was charged, and not on the mistake that was made there: one
judgement decides for all known faults of the early exercise.
"""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np

from autograder.authoring.sample_class import reference_solutions
from autograder.course import paths
from autograder.grading.fixture_pool import pooled_cases
from autograder.submissions.definitions import names_defined
from gradcheck.caller import LocalCaller
from gradcheck.chapters.registry import all_chapters
from gradcheck.comparison.status import Status
from gradcheck.exercises.chapter import Chapter
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.judging.error_carried_forward import judge_with_stand_ins
from gradcheck.judging.finding import Finding
from tests.answers.collection import SEED, read

_WRAP = """
_right_{name} = {name}
_state_{name} = []
def {name}(*args):
    sizes = [np.size(a) for a in args if np.ndim(a)] or [1]
    first = next((a for a in args if np.ndim(a)), np.ones(2))
    kept = [np.array(a) for a in args]
    found = _right_{name}(*args)
    spoil = lambda f: (
        {{k: f(v) for k, v in found.items()}} if isinstance(found, dict)
        else type(found)(map(f, found)) if isinstance(found, (list, tuple)) else f(found)
    )
    {body}
    return found
"""
OWN_FAULTS = {
    "stops on whole numbers": "if any(np.asarray(a).dtype.kind in 'iu' for a in args): raise TypeError('no floats')",
    "zeros where it is large": "if max(sizes) > 500: found = spoil(lambda v: np.zeros_like(v, dtype=float))",
    "wrong for one example": "if len(first) == 1: found = spoil(lambda v: 2 * np.asarray(v))",
    "wrong for one column": "if np.shape(first)[-1:] == (1,): found = spoil(lambda v: 2 * np.asarray(v))",
    "changes its inputs": "for a in args:\n        if isinstance(a, np.ndarray) and a.dtype.kind == 'f': a *= 1.5",
    "keeps what it saw": "_state_{name}.append(1); found = spoil(lambda v: np.asarray(v) * len(_state_{name}))",
    "flat": "found = spoil(np.ravel)",
    "twice": "found = spoil(lambda v: 2 * np.asarray(v))",
    "negative": "found = spoil(lambda v: -np.asarray(v))",
    "cut off where it is large in value": "found = spoil(lambda v: np.clip(v, -3, 3))",
    "right only near zero": "if any(np.max(np.abs(a), initial=0) > 3 for a in kept): found = spoil(lambda v: 0 * v)",
}
"""Faults of a right answer's own: name -> the lines that make it."""


@dataclass
class Search:
    """What a search came to."""

    pairs: int = 0
    judged: int = 0
    gains: list[str] = field(default_factory=list)
    chapters: Counter[str] = field(default_factory=Counter)
    """Chapter -> pairs."""


def later_answers(assignment: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield (what is wrong, source) of wrong answers: the known ones, and the solution with a fault of its own."""
    for answer in read("wrong"):
        if (answer.assignment, answer.exercise) == (assignment, name) and "numeric-not-derived" not in answer.either:
            yield answer.note, answer.source
    solution = reference_solutions(assignment)[name]
    for note, body in OWN_FAULTS.items():
        yield note, solution + _WRAP.format(name=name, body=body.format(name=name))


def search_trades(assignment: str, step: int = 1) -> Search:
    """Judge every ``step``-th later answer of a chapter after each earlier exercise that can be charged."""
    chapter, found = all_chapters()[assignment], Search()
    for exercise in chapter.exercises:
        if isinstance(exercise, GraphExercise):
            _search_exercise(assignment, chapter, exercise, found, step)
    return found


def _search_exercise(assignment: str, chapter: Chapter, exercise: GraphExercise, found: Search, step: int) -> None:
    names = [e.name for e in chapter.exercises]
    before = [chapter[name] for name in names[: names.index(exercise.name)]]
    charged = [e.name for e in before if getattr(e, "stand_in", None)]
    if not charged:
        return
    known = Counter(answer.exercise for answer in read("wrong") if answer.assignment == assignment)
    sets = [(name,) for name in charged] + list(combinations(charged, 2)) + [tuple(charged)]
    cases = pooled_cases(assignment, exercise.name, SEED)
    for note, source in list(later_answers(assignment, exercise.name))[::step]:
        own = names_defined(source)  # an early function that is written again is the same mistake in the same place
        for names_charged in dict.fromkeys(s for s in sets if not own & set(s)):
            finding = _carried(assignment, chapter, exercise, cases, source, names_charged)
            found.judged += 1
            if len(names_charged) == 1:
                pairs = known[names_charged[0]] + len(OWN_FAULTS)
                found.pairs += pairs
                found.chapters[assignment] += pairs
            if finding and finding.status is Status.CARRIED and _loses(assignment, exercise.name, source):
                found.gains.append(f"{assignment} {exercise.name}: {note}, after {' and '.join(names_charged)}")


def _carried(
    assignment: str, chapter: Chapter, exercise: GraphExercise, cases: tuple, source: str, charged: tuple[str, ...]
) -> Finding | None:
    wrong = {name: Finding(name, 0.0, chapter[name].points, Status.WRONG) for name in charged}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            return judge_with_stand_ins(chapter, exercise, LocalCaller(_world(assignment, source)), cases, wrong)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return None  # the judge tells the instructor, and gives no marks


def _loses(assignment: str, name: str, source: str) -> bool:
    """Tell whether an answer earns less than all where nothing before it was charged."""
    from autograder.grading.hidden_suite import judge_exercise

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        finding = judge_exercise(assignment, name, LocalCaller(_world(assignment, source)), SEED)
    return finding.points < finding.max_points


def _world(assignment: str, source: str) -> dict[str, Any]:
    """Return the names of a notebook in which all is right but the answer in ``source``."""
    names: dict[str, Any] = {"np": np, "numpy": np}
    for solution in reference_solutions(assignment).values():
        if solution.lstrip().startswith(("def ", "import ", "from ")):
            exec(compile(solution, "<solution>", "exec"), names)
    exec(compile(source, "<answer>", "exec"), names)
    return names


def main() -> int:
    """Search all chapters; the exit status is 1 if there is a gain."""
    whole = Search()
    for assignment in paths.assignments():
        found = search_trades(assignment)
        print(f"{assignment}: {found.pairs} pairs, {found.judged} judgements, {len(found.gains)} gains", flush=True)
        print(*found.gains, sep="\n", flush=True)
        whole.pairs, whole.judged = whole.pairs + found.pairs, whole.judged + found.judged
        whole.gains += found.gains
    print(f"all chapters: {whole.pairs} pairs, {whole.judged} judgements, {len(whole.gains)} gains")
    return 1 if whole.gains else 0


if __name__ == "__main__":
    sys.exit(main())
