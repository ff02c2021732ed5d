"""Judge many submissions at once; only those are computed whose verdict is not there yet."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from autograder import cluster, course, crew, grading, intake, probes, sandbox, verdict
from autograder.intake import Refused
from autograder.limits import Limits
from autograder.verdict import Verdict


@dataclass(frozen=True)
class Job:
    """What all submissions of one run have in common."""

    assignment: str
    release: bytes
    """The notebook as learners received it."""
    secret: bytes
    engine: str
    """The name of one that works where submissions are graded."""
    limits: Limits


@dataclass(frozen=True)
class Fault:
    """A submission that was not graded, because the grader itself failed."""

    sentence: str


@dataclass(frozen=True)
class Judged:
    """One submission and what became of it."""

    student: str
    raw: bytes | Refused
    """What was handed in, as it was read for this run."""
    result: Verdict | Fault


def judge(
    folders: Mapping[str, Path], job: Job, verdicts: Path, workers: int = 0, scheduler: str = ""
) -> Generator[Judged, None, None]:
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
        prepare = partial(ready, job.engine, job.limits)
        if scheduler:
            hire = partial(cluster.workers, scheduler, prepare, verdict.edition())
        else:
            hire = partial(crew.processes, min(workers or len(os.sched_getaffinity(0)), len(missing)), prepare)
        with closing(crew.run(_tasks(missing, folders, job), hire)) as done:
            for (student, raw), result in done:
                yield _written(student, raw, result, job, verdicts)


def work(raw: bytes | Refused, student: str, job: Job) -> Verdict:
    """Grade one submission; everything that this needs is in the arguments."""
    ready(job.engine, job.limits)  # known already, but where a worker has joined only now
    engine = sandbox.choose(job.engine, course.ROOT)
    return grading.grade(raw, student=student, **(vars(job) | {"engine": engine}))


@cache
def ready(engine: str, limits: Limits) -> str:
    """Try the sandbox of this machine from inside; return this installation's edition of the course.

    Raises EngineError where submissions cannot be graded here.
    """
    probes.require(sandbox.choose(engine, course.ROOT), limits)
    return verdict.edition()


def _known(student: str, folder: Path, job: Job, verdicts: Path) -> Judged | None:
    """Return what needs no work: a verdict on the same bytes, or a name that is nobody's."""
    if not verdict.STUDENT.fullmatch(student):
        sentence = "the folder's name cannot stand for a learner (letters, digits and . _ - @ only); rename it"
        return Judged(student, Refused(sentence), Fault(sentence))
    found = verdict.read(verdict.path(verdicts, job.assignment, student))
    if not found:
        return None
    raw = intake.read(folder, job.assignment, job.limits)
    return Judged(student, raw, found) if found.key == _key(raw, student, job) else None


def _tasks(students: list[str], folders: Mapping[str, Path], job: Job) -> Iterator:
    for student in students:
        raw = intake.read(folders[student], job.assignment, job.limits)
        yield (student, raw), (work, (raw, student, job))


def _written(student: str, raw: bytes | Refused, result: Verdict | Exception, job: Job, verdicts: Path) -> Judged:
    """Keep a verdict. What went wrong is told instead of raised: one submission must never stop another."""
    try:
        if isinstance(result, Exception):
            raise result
        if result.key != _key(raw, student, job):
            raise RuntimeError("its worker has another version of the course; install this one there")
        verdict.write(result, verdicts)
    except Exception as err:
        return Judged(student, raw, Fault(f"{type(err).__name__}: {err}"))
    return Judged(student, raw, result)


def _key(raw: bytes | Refused, student: str, job: Job) -> str:
    return verdict.key(raw, student=student, **vars(job))
