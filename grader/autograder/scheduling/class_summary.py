"""The class as a run finds it: of a small one every verdict, of any one the counts and whoever needs a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from autograder.grading.verdict import Verdict
from autograder.scheduling.batch import GraderFailure

MAX_ROWS = 200
"""Of a larger class nobody is kept: what a run holds in memory must not grow with it."""


class ClassSummary(Mapping[str, Verdict | GraderFailure]):
    """Student -> what was found, while there are at most ``ROWS`` of them."""

    def __init__(self) -> None:
        self._rows: dict[str, Verdict | GraderFailure] = {}
        self.learners = 0
        self.statuses: dict[str, Counter[str]] = {}
        """Exercise -> how often it has each status."""
        self.earned: Counter[str] = Counter()
        """Exercise -> the points of everybody together."""
        self.refused: dict[str, list[str]] = {}
        """Why -> students."""
        self.faults: dict[str, list[str]] = {}
        """What failed -> students who have no verdict."""
        self.remarks: dict[str, list[str]] = {}
        """What an instructor may want to look at -> students."""

    def add(self, student: str, result: Verdict | GraderFailure) -> None:
        """Count one learner, and keep what was found without what only pages show."""
        self.learners += 1
        if isinstance(result, GraderFailure):
            self.faults.setdefault(result.sentence, []).append(student)
        elif result.status == "refused":
            self.refused.setdefault(result.reason, []).append(student)
        else:
            self._count(student, result)
        if self.learners <= MAX_ROWS:
            self._rows[student] = result if isinstance(result, GraderFailure) else result.brief()
        else:
            self._rows.clear()

    def _count(self, student: str, result: Verdict) -> None:
        for name, exercise in result.exercises.items():
            self.statuses.setdefault(name, Counter())[exercise.status] += 1
            self.earned[name] += exercise.points
        found = [f"{name}: {remark}" for name, e in result.exercises.items() for remark in e.remarks]
        if found:
            self.remarks.setdefault("; ".join(found), []).append(student)

    @property
    def graded(self) -> int:
        """How many have marks that were judged."""
        return self.learners - sum(map(len, (*self.refused.values(), *self.faults.values())))

    def __getitem__(self, student: str) -> Verdict | GraderFailure:
        return self._rows[student]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
