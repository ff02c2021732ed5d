"""Judge many submissions at once; only those are computed whose verdict is not there yet."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from autograder.course import paths
from autograder.course.limits import Limits
from autograder.course.names import STUDENT_ID
from autograder.grading.fingerprint import judge_edition, verdict_key
from autograder.grading.pipeline import grade_submission
from autograder.grading.store import read_verdict, verdict_path, write_verdict
from autograder.grading.verdict import Verdict
from autograder.sandbox.engines import choose_engine
from autograder.scheduling.dask_cluster import cluster_pool
from autograder.scheduling.executors import process_pool
from autograder.scheduling.retry import run_tasks
from autograder.session.selftest import require_sealed
from autograder.submissions.intake import Refused, read_submission


@dataclass(frozen=True)
class GradingRun:
    """What all submissions of one run have in common."""

    assignment: str
    release: bytes
    """The notebook as learners received it."""
    secret: bytes
    engine: str
    """The name of one that works where submissions are graded."""
    limits: Limits


@dataclass(frozen=True)
class GraderFailure:
    """A submission that was not graded, because the grader itself failed."""

    sentence: str


@dataclass(frozen=True)
class GradedSubmission:
    """One submission and what became of it."""

    student: str
    raw: bytes | Refused
    """What was handed in, as it was read for this run."""
    result: Verdict | GraderFailure


def grade_class(
    folders: Mapping[str, Path], job: GradingRun, verdicts: Path, workers: int = 0, scheduler: str = ""
) -> Generator[GradedSubmission, None, None]:
    """Yield every student with a verdict, known ones first; new ones are written to ``verdicts`` at once.

    They are made by so many processes of this machine (0: one a processor), or by the workers of the cluster whose
    ``scheduler`` is given.
    """
    missing: list[str] = []
    for student, folder in folders.items():
        found = _known(student, folder, job, verdicts)
        if found:
            yield found
        else:
            missing.append(student)
    if missing:
        prepare = partial(prepare_worker, job.engine, job.limits)
        if scheduler:
            hire = partial(cluster_pool, scheduler, prepare, judge_edition())
        else:
            hire = partial(process_pool, min(workers or len(os.sched_getaffinity(0)), len(missing)), prepare)
        with closing(run_tasks(_tasks(missing, folders, job), hire)) as done:
            for (student, raw), result in done:
                yield _written(student, raw, result, job, verdicts)


def grade_task(raw: bytes | Refused, student: str, job: GradingRun) -> Verdict:
    """Grade one submission; everything that this needs is in the arguments."""
    prepare_worker(job.engine, job.limits)  # known already, but where a worker has joined only now
    engine = choose_engine(job.engine, paths.ROOT)
    return grade_submission(raw, student=student, **(vars(job) | {"engine": engine}))


@cache
def prepare_worker(engine: str, limits: Limits) -> str:
    """Try the sandbox of this machine from inside; return this installation's edition of the course.

    Raises EngineError where submissions cannot be graded here.
    """
    require_sealed(choose_engine(engine, paths.ROOT), limits)
    return judge_edition()


def _known(student: str, folder: Path, job: GradingRun, verdicts: Path) -> GradedSubmission | None:
    """Return what needs no work: a verdict on the same bytes, or a name that is nobody's."""
    if not STUDENT_ID.fullmatch(student):
        sentence = "the folder's name cannot stand for a learner (letters, digits and . _ - @ only); rename it"
        return GradedSubmission(student, Refused(sentence), GraderFailure(sentence))
    found = read_verdict(verdict_path(verdicts, job.assignment, student))
    if not found:
        return None
    raw = read_submission(folder, job.assignment, job.limits)
    return GradedSubmission(student, raw, found) if found.key == _key(raw, student, job) else None


def _tasks(students: list[str], folders: Mapping[str, Path], job: GradingRun) -> Iterator:
    for student in students:
        raw = read_submission(folders[student], job.assignment, job.limits)
        yield (student, raw), (grade_task, (raw, student, job))


def _written(
    student: str, raw: bytes | Refused, result: Verdict | Exception, job: GradingRun, verdicts: Path
) -> GradedSubmission:
    """Keep a verdict. What went wrong is told instead of raised: one submission must never stop another."""
    try:
        if isinstance(result, Exception):
            raise result
        if result.key != _key(raw, student, job):
            raise RuntimeError("its worker has another version of the course; install this one there")
        write_verdict(result, verdicts)
    except Exception as err:
        return GradedSubmission(student, raw, GraderFailure(f"{type(err).__name__}: {err}"))
    return GradedSubmission(student, raw, result)


def _key(raw: bytes | Refused, student: str, job: GradingRun) -> str:
    return verdict_key(raw, student=student, **vars(job))
