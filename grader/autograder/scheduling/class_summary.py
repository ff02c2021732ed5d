"""The results of a class: verdicts for small classes, counts for large ones, and the names that need a look."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from autograder.grading.verdict import Verdict
from autograder.scheduling.batch import GraderFailure

MAX_ROWS = 200
"""A larger class is only counted: the memory of a run must not grow with the class."""


class ClassSummary(Mapping[str, Verdict | GraderFailure]):
    """Student -> result, as long as there are at most ``MAX_ROWS`` students."""

    def __init__(self) -> None:
        self._rows: dict[str, Verdict | GraderFailure] = {}
        self.learners = 0
        self.statuses: dict[str, Counter[str]] = {}
        """Exercise -> number of learners with each status."""
        self.earned: defaultdict[str, float] = defaultdict(float)
        """Exercise -> sum of all learners' points."""
        self.refused: dict[str, list[str]] = {}
        """Reason -> students."""
        self.faults: dict[str, list[str]] = {}
        """What failed in the grader -> students who have no verdict."""
        self.remarks: dict[str, list[str]] = {}
        """Remark for the instructor -> students."""

    def add(self, student: str, result: Verdict | GraderFailure) -> None:
        """Count one learner; keep the result without the parts that only feedback pages show."""
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
        remarks = [f"{name}: {remark}" for name, e in result.exercises.items() for remark in e.remarks]
        if remarks:
            self.remarks.setdefault("; ".join(remarks), []).append(student)

    @property
    def graded(self) -> int:
        """Number of learners whose submission was judged."""
        return self.learners - sum(map(len, (*self.refused.values(), *self.faults.values())))

    def __getitem__(self, student: str) -> Verdict | GraderFailure:
        return self._rows[student]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
