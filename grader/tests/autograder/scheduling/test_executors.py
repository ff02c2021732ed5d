"""Workers come and go, and no task is lost with them."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import pytest

from autograder.scheduling import executors, retry
from autograder.scheduling.executors import PREFETCH_PER_WORKER, WorkerPool, process_pool, started_ahead
from autograder.scheduling.retry import run_tasks


def die(place: Path) -> None:
    """Take the worker along."""
    (place / f"{len(list(place.iterdir()))}").touch()
    os._exit(1)


def test_a_worker_that_dies_takes_only_the_task_with_it_that_killed_it(tmp_path: Path) -> None:
    tasks: list = [(n, (pow, (n, 2))) for n in range(12)]
    tasks[5] = (5, (die, (tmp_path,)))
    found = dict(run_tasks(iter(tasks), partial(process_pool, 2)))
    assert isinstance(found.pop(5), BrokenExecutor)
    assert found == {n: n * n for n in range(12) if n != 5}
    assert len(list(tmp_path.iterdir())) == retry.TRIES


def test_what_a_task_raises_is_its_result() -> None:
    for count in (1, 2):
        found = dict(run_tasks(iter([(1, (divmod, (1, 0))), (2, (divmod, (7, 2)))]), partial(process_pool, count)))
        assert isinstance(found[1], ZeroDivisionError)
        assert found[2] == (3, 1)


def test_only_so_many_tasks_are_read_ahead() -> None:
    read = []

    def tasks() -> Iterator:
        for number in range(100):
            read.append(number)
            yield number, (abs, (number,))

    results = run_tasks(tasks(), partial(process_pool, 2))
    next(results)
    assert len(read) <= 2 * PREFETCH_PER_WORKER
    results.close()


def test_workers_that_were_started_ahead_are_taken_over() -> None:
    initialize = partial(divmod, 7, 2)
    with started_ahead(2, initialize):
        ahead = {worker.pid for worker in multiprocessing.active_children()}
        tasks = ((n, (_process, ())) for n in range(8))
        found = dict(run_tasks(tasks, partial(process_pool, 2, partial(divmod, 7, 2))))
        assert set(found.values()) <= ahead
    assert not executors._ahead


def test_workers_that_nobody_asked_for_are_killed() -> None:
    before = set(multiprocessing.active_children())
    with started_ahead(2, partial(divmod, 7, 2)):
        folders = {Path(workers.folder.name) for workers in executors._ahead.values()}
        assert dict(run_tasks(iter([(1, (_process, ()))]), partial(process_pool, 2, partial(divmod, 7, 3))))
    assert set(multiprocessing.active_children()) == before
    assert not any(map(Path.exists, folders))


def test_what_stops_a_worker_that_was_started_ahead_is_told_where_the_pool_is_opened() -> None:
    with started_ahead(2, partial(divmod, 1, 0)), pytest.raises(ZeroDivisionError):
        dict(run_tasks(iter([(1, (_process, ()))]), partial(process_pool, 2, partial(divmod, 1, 0))))


def _process() -> int:
    return os.getpid()


class Vanishing(Executor):
    """An executor that is lost after so many tasks, as a cluster is with its scheduler."""

    def __init__(self, bears: int) -> None:
        self._left = bears

    def submit(self, fn: Callable, /, *args: object, **_: object) -> Future:
        future: Future = Future()
        self._left -= 1
        if self._left < 0:
            future.cancel()
            future.set_running_or_notify_cancel()
        else:
            future.set_result(fn(*args))
        return future


@contextmanager
def vanishing(bears: int) -> Iterator[WorkerPool]:
    yield WorkerPool(Vanishing(bears), lambda: 1)


def test_tasks_that_were_lost_with_a_pool_run_in_the_next() -> None:
    opened = []

    def open_pool() -> AbstractContextManager[WorkerPool]:
        opened.append(1)
        return vanishing(4)

    tasks = ((n, (pow, (n, 2))) for n in range(10))
    assert sorted(run_tasks(tasks, open_pool)) == [(n, n * n) for n in range(10)]
    assert len(opened) == 3


def test_pools_are_not_opened_for_ever() -> None:
    with pytest.raises(BrokenExecutor, match="in a row were lost"):
        list(run_tasks(iter([(n, (pow, (n, 2))) for n in range(5)]), partial(vanishing, 0)))


class Silent(Vanishing):
    """An executor whose futures have no end once it is lost."""

    def submit(self, fn: Callable, /, *args: object, **_: object) -> Future:
        future = super().submit(fn, *args)
        return Future() if future.cancelled() else future


def test_futures_without_an_end_do_not_keep_the_class_where_the_pool_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "LOOK_SECONDS", 0.01)

    @contextmanager
    def open_pool() -> Iterator[WorkerPool]:
        yield WorkerPool(Silent(4), lambda: 1, lambda: True)

    tasks = ((n, (pow, (n, 2))) for n in range(10))
    assert sorted(run_tasks(tasks, open_pool)) == [(n, n * n) for n in range(10)]
