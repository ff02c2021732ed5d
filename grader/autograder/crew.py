"""Those who do the work of a run, behind one interface: this process, processes of this machine, or a cluster's."""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import signal
import sys
import threading
import types
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import forkserver
from typing import Any, TypeVar

TRIES = 3
"""How often a task is begun whose worker dies; a submission that kills graders must not do it for ever."""

AHEAD = 3
"""Tasks on their way for each worker: enough that none waits, few enough that a class of any size fits."""

K = TypeVar("K")
T = TypeVar("T")
Task = tuple[Callable[..., T], tuple[Any, ...]]


@dataclass(frozen=True)
class Crew:
    """Those who work."""

    executor: Executor
    size: Callable[[], int]
    """How many they are now: a cluster grows and shrinks."""


Hire = Callable[[], contextlib.AbstractContextManager[Crew]]


class Alone(Executor):
    """Does everything at once in this process: one submission is not worth a pool."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Return what is done already."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as err:
            future.set_exception(err)
        return future


def warm_up() -> None:
    """Let the process that workers are forked from load what they need, while this one does something else."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(["autograder.grading"])
    forkserver.ensure_running()


@contextlib.contextmanager
def processes(count: int, prepare: Callable[[], Any] | None = None) -> Iterator[Crew]:
    """Yield so many processes of this machine; leaving ends them, whatever they are doing.

    Each begins with ``prepare``; what that raises is raised here, before any work is given out.
    """
    if count == 1:
        if prepare:
            prepare()
        yield Crew(Alone(), lambda: 1)
        return
    warm_up()
    context = multiprocessing.get_context("forkserver")  # threads are running here, and a fork would copy their locks
    before = set(multiprocessing.active_children())
    with _nameless():
        pool = ProcessPoolExecutor(count, mp_context=context, initializer=_begin)
        try:
            for ready in [pool.submit(prepare) for _ in range(count)] if prepare else ():
                ready.result()
            yield Crew(pool, lambda: count)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in set(multiprocessing.active_children()) - before:
                worker.kill()  # its runner dies with it
                worker.join()


def run(tasks: Iterator[tuple[K, Task[T]]], hire: Hire) -> Iterator[tuple[K, T | Exception]]:
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
            done, suspects, left = yield from _flow(crew, itertools.chain(left, tasks))
        for key, task in suspects:
            yield key, _again(task, hire)
        fruitless = 0 if done or suspects else fruitless + 1
        if fruitless == TRIES:
            raise BrokenExecutor(f"{TRIES} crews in a row were lost before they had done anything")
        if not left and not suspects:
            return


def _flow(crew: Crew, tasks: Iterator[tuple[K, Task[T]]]) -> Generator:
    """Keep the crew busy; return how many results there were, and what has none for a worker's or the crew's sake."""
    waiting: dict[Future[T], tuple[K, Task[T]]] = {}
    suspects: list[tuple[K, Task[T]]] = []
    lost: list[tuple[K, Task[T]]] = []
    count = 0
    while True:
        room = 0 if suspects or lost else AHEAD * crew.size() - len(waiting)
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


def _again(task: Task[T], hire: Hire) -> T | Exception:
    for _ in range(TRIES - 1):
        with hire() as crew:
            future = _submit(crew, task)
            wait([future])
            if not future.cancelled() and not isinstance(future.exception(), BrokenExecutor):
                break
    return BrokenExecutor("its crew was lost") if future.cancelled() else future.exception() or future.result()


def _submit(crew: Crew, task: Task[T]) -> Future[T]:
    try:
        return crew.executor.submit(task[0], *task[1])
    except BrokenExecutor as err:
        failed: Future[T] = Future()
        failed.set_exception(err)
        return failed


def _begin() -> None:
    """Prepare a worker: it leaves Ctrl-C to the process that hired it, and dies with that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with, args=(multiprocessing.parent_process(),), daemon=True).start()


def _die_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


@contextlib.contextmanager
def _nameless() -> Iterator[None]:
    """Hide the program that runs: workers would import it, and nbgrader's own takes seconds for that."""
    program, sys.modules["__main__"] = sys.modules["__main__"], types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = program
