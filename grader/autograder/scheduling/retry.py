"""Run tasks on a pool of workers; start again those that a dead worker interrupted."""

from __future__ import annotations

import itertools
from collections.abc import Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from typing import Any, TypeVar

from autograder.scheduling.executors import PREFETCH_PER_WORKER, PoolOpener, T, Task, WorkerPool

TRIES = 3
"""How often a task is started whose worker dies; a submission that kills workers must not do it for ever."""

LOOK_SECONDS = 5.0
"""How long to wait for a result before somebody looks whether the pool is still there."""

K = TypeVar("K")


def run_tasks(
    tasks: Iterator[tuple[K, Task[T]]], open_pool: PoolOpener
) -> Generator[tuple[K, T | Exception], None, None]:
    """Yield key and result of every task as it finishes; only a few tasks are submitted at any time.

    If a worker dies, every submitted task was interrupted: each is run again in a new pool of its own, so that only
    the one that kills workers is given up. If the whole pool is lost, for example because a cluster's scheduler
    ended, its tasks are run again in the next pool. Raises BrokenExecutor if several pools in a row are lost.
    """
    left: list[tuple[K, Task[T]]] = []
    fruitless = 0
    while True:
        with open_pool() as pool:
            done, interrupted, left = yield from _run_in(pool, itertools.chain(left, tasks))
        for key, task in interrupted:
            yield key, _retry_alone(task, open_pool)
        fruitless = 0 if done or interrupted else fruitless + 1
        if fruitless == TRIES:
            raise BrokenExecutor(f"{TRIES} pools of workers in a row were lost before they had done anything")
        if not left and not interrupted:
            return


def run_alone(
    tasks: Iterator[tuple[K, Task[T]]], open_pool: PoolOpener
) -> Generator[tuple[K, T | Exception], None, None]:
    """Yield key and result of every task; each is started when nothing else runs in the pool."""
    with open_pool() as pool:
        for key, task in tasks:
            future = _submit(pool, task)
            wait([future])
            if future.cancelled() or isinstance(future.exception(), BrokenExecutor):
                break
            yield key, _outcome(future)
        else:
            return
    yield key, _retry_alone(task, open_pool)
    yield from run_alone(tasks, open_pool)


def _run_in(
    pool: WorkerPool, tasks: Iterator[tuple[K, Task[T]]]
) -> Generator[tuple[K, T | Exception], None, tuple[int, list[tuple[K, Task[T]]], list[tuple[K, Task[T]]]]]:
    """Yield results; return their number, tasks interrupted by a dead worker, tasks lost with the pool."""
    waiting: dict[Future[T], tuple[K, Task[T]]] = {}
    interrupted: list[tuple[K, Task[T]]] = []
    lost: list[tuple[K, Task[T]]] = []
    count = 0
    while True:
        free = 0 if interrupted or lost else PREFETCH_PER_WORKER * pool.size() - len(waiting)
        for key, task in itertools.islice(tasks, max(free, 0)):
            waiting[_submit(pool, task)] = key, task
        if not waiting:
            return count, interrupted, lost
        ended = wait(waiting, LOOK_SECONDS, FIRST_COMPLETED).done
        if not ended and pool.lost():
            lost += waiting.values()
            waiting.clear()
        for future in ended:
            key, task = waiting.pop(future)
            if future.cancelled():
                lost.append((key, task))
            elif isinstance(future.exception(), BrokenExecutor):
                interrupted.append((key, task))
            else:
                count += 1
                yield key, _outcome(future)


def _retry_alone(task: Task[T], open_pool: PoolOpener) -> T | Exception:
    for _ in range(TRIES - 1):
        with open_pool() as pool:
            future = _submit(pool, task)
            wait([future])
            if not future.cancelled() and not isinstance(future.exception(), BrokenExecutor):
                break
    return BrokenExecutor("its pool of workers was lost") if future.cancelled() else _outcome(future)


def _outcome(future: Future[Any]) -> Any:
    """Return the result of a finished task, or what it raised."""
    error = future.exception()
    if error is None:
        return future.result()
    return error if isinstance(error, Exception) else RuntimeError(repr(error))


def _submit(pool: WorkerPool, task: Task[T]) -> Future[T]:
    try:
        return pool.executor.submit(task[0], *task[1])
    except BrokenExecutor as err:
        failed: Future[T] = Future()
        failed.set_exception(err)
        return failed
