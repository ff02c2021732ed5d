"""Judge many submissions at once; only those are computed whose verdict is not there yet."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from autograder import grading, intake, verdict
from autograder.limits import Limits
from autograder.sandbox import Engine
from autograder.verdict import Verdict


@dataclass(frozen=True)
class Job:
    """What all submissions of one run have in common."""

    assignment: str
    release: bytes
    """The notebook as learners received it."""
    secret: bytes
    engine: Engine
    limits: Limits
    verdicts: Path
    """The folder that keeps the verdicts."""


@dataclass(frozen=True)
class Fault:
    """A submission that was not graded, because the grader itself failed."""

    sentence: str


def judge(folders: Mapping[str, Path], job: Job, workers: int = 0) -> Iterator[tuple[str, Verdict | Fault]]:
    """Yield every student with a verdict, in the order in which they are ready; new verdicts are written at once."""
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:  # the work is done in processes of their own
        waiting = {pool.submit(_judge_one, student, folder, job): student for student, folder in folders.items()}
        try:
            for done in as_completed(waiting):
                yield waiting[done], done.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _judge_one(student: str, folder: Path, job: Job) -> Verdict | Fault:
    if not verdict.STUDENT.fullmatch(student):
        return Fault("the folder's name cannot stand for a learner (letters, digits and . _ - @ only); rename it")
    common = {
        "assignment": job.assignment, "student": student, "release": job.release,
        "secret": job.secret, "limits": job.limits,
    }  # fmt: skip
    try:
        raw = intake.read(folder, job.assignment, job.limits)
        known = verdict.read(verdict.path(job.verdicts, job.assignment, student))
        if known and known.key == verdict.key(raw, engine=job.engine.name, **common):
            return known
        found = grading.grade(raw, engine=job.engine, **common)
        verdict.write(found, job.verdicts)
    except Exception as err:  # one submission must never stop another
        return Fault(f"{type(err).__name__}: {err}")
    return found
