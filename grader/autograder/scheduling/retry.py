"""Run tasks on a pool of workers, and begin again what a dead worker had."""

from __future__ import annotations

import itertools
from collections.abc import Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from typing import TypeVar

from autograder.scheduling.executors import PREFETCH_PER_WORKER, PoolOpener, T, Task, WorkerPool

TRIES = 3
"""How often a task is begun whose worker dies; a submission that kills graders must not do it for ever."""

K = TypeVar("K")


def run_tasks(tasks: Iterator[tuple[K, Task[T]]], hire: PoolOpener) -> Iterator[tuple[K, T | Exception]]:
    """Yield key and result of every task as they come; only a few of them are on their way at any time.

    Where a worker dies, everything that was on its way is suspect: each is begun again with a new crew of its own,
    so that the one which kills workers is the one that is given up. Where the crew as a whole is lost, as with the
    scheduler of a cluster, its tasks are begun again with the next one. Raises BrokenExecutor where crews are lost
    again and again.
    """
    left: list[tuple[K, Task[T]]] = []
    fruitless = 0
    while True:
        with hire() as crew:
            done, suspects, left = yield from _keep_busy(crew, itertools.chain(left, tasks))
        for key, task in suspects:
            yield key, _retry_alone(task, hire)
        fruitless = 0 if done or suspects else fruitless + 1
        if fruitless == TRIES:
            raise BrokenExecutor(f"{TRIES} crews in a row were lost before they had done anything")
        if not left and not suspects:
            return


def _keep_busy(crew: WorkerPool, tasks: Iterator[tuple[K, Task[T]]]) -> Generator:
    """Keep the crew busy; return how many results there were, and what has none for a worker's or the crew's sake."""
    waiting: dict[Future[T], tuple[K, Task[T]]] = {}
    suspects: list[tuple[K, Task[T]]] = []
    lost: list[tuple[K, Task[T]]] = []
    count = 0
    while True:
        room = 0 if suspects or lost else PREFETCH_PER_WORKER * crew.size() - len(waiting)
        for key, task in itertools.islice(tasks, max(room, 0)):
            waiting[_submit(crew, task)] = key, task
        if not waiting:
            return count, suspects, lost
        for future in wait(waiting, return_when=FIRST_COMPLETED).done:
            key, task = waiting.pop(future)
            if future.cancelled():
                lost.append((key, task))
            elif isinstance(future.exception(), BrokenExecutor):
                suspects.append((key, task))
            else:
                count += 1
                yield key, future.exception() or future.result()


def _retry_alone(task: Task[T], hire: PoolOpener) -> T | Exception:
    for _ in range(TRIES - 1):
        with hire() as crew:
            future = _submit(crew, task)
            wait([future])
            if not future.cancelled() and not isinstance(future.exception(), BrokenExecutor):
                break
    return BrokenExecutor("its crew was lost") if future.cancelled() else future.exception() or future.result()


def _submit(crew: WorkerPool, task: Task[T]) -> Future[T]:
    try:
        return crew.executor.submit(task[0], *task[1])
    except BrokenExecutor as err:
        failed: Future[T] = Future()
        failed.set_exception(err)
        return failed
