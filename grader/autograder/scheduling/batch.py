"""Grade a class: read each submission, look for its verdict, and let workers compute those that are missing."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from nbformat import NotebookNode

from autograder.course import paths
from autograder.course.limits import Limits
from autograder.course.names import STUDENT_ID
from autograder.course.text import clean_text
from autograder.grading.fingerprint import judge_edition, verdict_key
from autograder.grading.pipeline import GradedNotebook, grade_submission
from autograder.grading.reply import is_failure, pack_failure, pack_verdict, unpack_verdict
from autograder.grading.store import read_verdict, verdict_path, write_verdict
from autograder.grading.verdict import Verdict
from autograder.sandbox.engines import choose_engine, load_ahead
from autograder.scheduling.dask_cluster import cluster_pool
from autograder.scheduling.executors import PoolOpener, T, Task, count_workers, process_pool
from autograder.scheduling.retry import run_alone, run_tasks
from autograder.session.selftest import require_sealed
from autograder.submissions.intake import Refused, read_submission
from autograder.submissions.placement import Placement, place_submission

SUSPICIOUS = frozenset({"numeric", "timeout", "killed"})
"""What a busy machine can do to an honest answer: it is found out once more, with nothing else running."""


@dataclass(frozen=True)
class GradingRun:
    """The inputs that all submissions of one run share."""

    assignment: str
    release: bytes
    """The notebook as learners received it."""
    secret: bytes
    engine: str
    """Name of an engine that works on the machines that grade."""
    limits: Limits


@dataclass(frozen=True)
class GraderFailure:
    """A submission that was not graded, because the grader itself failed."""

    sentence: str


@dataclass(frozen=True)
class ReadSubmission:
    """One submission as the coordinator read it, and the key that a verdict on it must have."""

    student: str
    raw: bytes | Refused
    key: str


@dataclass(frozen=True)
class GradedSubmission:
    """One submission and its result."""

    student: str
    result: Verdict | GraderFailure
    placement: Callable[[NotebookNode], Placement | Refused]
    """Returns where its cells go in the release; computed only when called if the verdict was known before this run."""


@dataclass
class _Waiting:
    """Who is graded in this run, and what came of reading."""

    folders: Mapping[str, Path]
    run: GradingRun
    unread: list[GradedSubmission] = field(default_factory=list)
    """Those who could not be read when their turn came."""
    again: list[str] = field(default_factory=list)
    """Those who are graded once more, alone: the grader failed, or a busy machine may have had a part in it."""


def grade_class(
    folders: Mapping[str, Path],
    run: GradingRun,
    verdicts: Path,
    workers: int = 0,
    scheduler: str = "",
    again: Callable[[str], bool] = lambda student: False,
) -> Generator[GradedSubmission, None, None]:
    """Yield every student's result, known verdicts first; new verdicts are written to ``verdicts`` at once.

    They are computed by ``workers`` processes of this machine (0: one per processor), or by the workers of the
    cluster whose ``scheduler`` is given; ``again`` says whose verdict is computed anew although it is known. Only
    names are kept of students who wait: a class may be very large.
    """
    missing: list[str] = []
    for student, folder in folders.items():
        try:
            found = None if again(student) else _without_grading(student, folder, run, verdicts)
        except Exception as err:  # whatever is wrong with one submission must not stop the class
            found = _failed(student, err)
        if found:
            yield found
        else:
            missing.append(student)
    if not missing:
        return
    prepare = partial(prepare_worker, run.engine, run.limits)
    open_pool: PoolOpener
    count = count_workers(workers, len(missing))
    if scheduler:
        open_pool = partial(cluster_pool, scheduler, prepare, judge_edition())
    else:
        load_ahead(choose_engine(run.engine, paths.ROOT))
        open_pool = partial(process_pool, count, prepare)
    waiting = _Waiting(folders, run)
    task: Callable[..., GradedNotebook | bytes] = reply_task if scheduler else grade_task
    with closing(run_tasks(_tasks(missing, waiting, task), open_pool)) as done:
        for read, result in done:
            if _has_failed(result) or (_is_suspicious(result) and (scheduler or count > 1)):
                waiting.again.append(read.student)
            else:
                yield _stored(read, result, run, verdicts)
    if waiting.again:
        with closing(run_alone(_tasks(waiting.again, waiting, task), open_pool)) as done:
            for read, result in done:
                yield _stored(read, result, run, verdicts)
    yield from waiting.unread


def _has_failed(result: GradedNotebook | bytes | Exception) -> bool:
    """Tell whether the grader itself failed, for example because the machine had no process left for a moment."""
    return isinstance(result, Exception) or (isinstance(result, bytes) and is_failure(result))


def _is_suspicious(result: GradedNotebook | bytes | Exception) -> bool:
    """Tell whether a busy machine may have had a part in a result."""
    if isinstance(result, bytes):
        return any(f'"status": "{status}"'.encode() in result for status in SUSPICIOUS)
    return isinstance(result, GradedNotebook) and any(
        exercise.status in SUSPICIOUS for exercise in result.verdict.exercises.values()
    )


def _tasks(
    students: Iterable[str], waiting: _Waiting, task: Callable[..., T]
) -> Iterator[tuple[ReadSubmission, Task[T]]]:
    """Yield a task for each student; who cannot be read is noted."""
    for student in students:
        try:
            read = _read(student, waiting.folders[student], waiting.run)
        except Exception as err:  # as above
            waiting.unread.append(_failed(student, err))
        else:
            yield read, (task, (read.raw, read.student, waiting.run))


def grade_task(raw: bytes | Refused, student: str, run: GradingRun) -> GradedNotebook:
    """Grade one submission on a machine whose sandbox was tried; all that this needs is in the arguments."""
    engine = choose_engine(run.engine, paths.ROOT)
    return grade_submission(raw, student=student, **(vars(run) | {"engine": engine}))


def reply_task(raw: bytes | Refused, student: str, run: GradingRun) -> bytes:
    """Grade one submission on another machine: nothing but plain bytes goes back, whatever happens."""
    try:
        prepare_worker(run.engine, run.limits)  # does nothing the second time; a worker may have joined during the run
        return pack_verdict(grade_task(raw, student, run).verdict)
    except Exception as err:
        return pack_failure(f"{type(err).__name__}: {err}")


@cache
def prepare_worker(engine: str, limits: Limits) -> str:
    """Try to escape from the sandbox of this machine; return this installation's edition of the course.

    Raises EngineError if submissions cannot be graded here.
    """
    require_sealed(choose_engine(engine, paths.ROOT), limits)
    return judge_edition()


def _read(student: str, folder: Path, run: GradingRun) -> ReadSubmission:
    raw = read_submission(folder, run.assignment, run.limits)
    return ReadSubmission(student, raw, verdict_key(raw, student=student, **vars(run)))


def _without_grading(student: str, folder: Path, run: GradingRun, verdicts: Path) -> GradedSubmission | None:
    """Return the result if there is nothing to grade: the verdict is known, or the folder's name is no student's."""
    if not STUDENT_ID.fullmatch(student):
        sentence = "the folder's name cannot stand for a learner (letters, digits and . _ - @ only); rename it"
        return GradedSubmission(student, GraderFailure(sentence), lambda release: Refused(sentence))
    found = read_verdict(verdict_path(verdicts, run.assignment, student))
    if not found:
        return None
    read = _read(student, folder, run)
    if found.key != read.key:
        return None
    return GradedSubmission(
        student, found, lambda release: place_submission(read.raw, run.assignment, release, run.limits)
    )


def _stored(
    read: ReadSubmission, result: GradedNotebook | bytes | Exception, run: GradingRun, verdicts: Path
) -> GradedSubmission:
    """Write a new verdict. Failures are returned and not raised: one submission must never stop another."""
    try:
        if isinstance(result, Exception):
            raise result
        placement: Callable[[NotebookNode], Placement | Refused]
        if isinstance(result, GradedNotebook):
            verdict, placed = result.verdict, result.placement
            placement = lambda release: placed
        else:
            about = {"assignment": run.assignment, "student": read.student, "engine": run.engine}
            verdict = unpack_verdict(result, **about, points=_points(run.release), limits=run.limits)
            placement = lambda release: place_submission(read.raw, run.assignment, release, run.limits)
        if verdict.key != read.key:
            raise RuntimeError("its worker has another version of the course; install this one there")
        write_verdict(verdict, verdicts)
    except Exception as err:
        return _failed(read.student, err)
    return GradedSubmission(read.student, verdict, placement)


@cache
def _points(release: bytes) -> Mapping[str, float]:
    """Return what each exercise of a release is worth."""
    cells = (cell["metadata"].get("nbgrader", {}) for cell in json.loads(release)["cells"])
    return {cell["grade_id"].removeprefix("test-"): float(cell["points"]) for cell in cells if cell.get("grade")}


def _failed(student: str, err: Exception) -> GradedSubmission:
    sentence = clean_text(f"{type(err).__name__}: {err}")
    return GradedSubmission(student, GraderFailure(sentence), lambda release: Refused(sentence))
