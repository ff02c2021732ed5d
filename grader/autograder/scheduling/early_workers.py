"""Workers that start while this process still loads what it needs itself."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial

from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.course.limits import load
from autograder.grading.store import verdict_path
from autograder.sandbox.engines import ENGINES, EngineError, choose_engine, load_ahead
from autograder.scheduling.batch import prepare_worker
from autograder.scheduling.executors import count_workers, started_ahead


def start_early(
    room: Classroom, assignment: str, students: Iterable[str], engine: str, workers: int
) -> AbstractContextManager[None]:
    """Start the workers that ``grade_class`` is going to need, where it looks as if there were work for several."""
    waiting = sum(1 for student in students if not verdict_path(room.verdicts, assignment, student).exists())
    count = count_workers(workers, waiting)
    if count < 2:
        return nullcontext()
    name = engine or ENGINES[0]
    with suppress(EngineError):  # told where a worker finds it
        load_ahead(choose_engine(name, paths.ROOT))
    return started_ahead(count, partial(prepare_worker, name, load(room.folder / "limits.toml")))
