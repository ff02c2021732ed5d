"""Those who do the work of a run, behind one interface: this process, processes of this machine, or a cluster."""

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
from typing import Any, TypeVar

TRIES = 3
"""How often a task is begun whose worker dies; a submission that kills graders must not do it for ever."""

K = TypeVar("K")
T = TypeVar("T")
Task = tuple[Callable[..., T], tuple[Any, ...]]


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


@contextlib.contextmanager
def processes(count: int) -> Iterator[Executor]:
    """Yield so many processes of this machine; leaving ends them, whatever they are doing."""
    if count == 1:
        yield Alone()
        return
    context = multiprocessing.get_context("forkserver")  # threads are running here, and a fork would copy their locks
    context.set_forkserver_preload(["autograder.grading"])
    before = set(multiprocessing.active_children())
    with _nameless():
        pool = ProcessPoolExecutor(count, mp_context=context, initializer=_begin)
        try:
            yield pool
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in set(multiprocessing.active_children()) - before:
                worker.kill()  # its runner dies with it
                worker.join()


def run(
    tasks: Iterator[tuple[K, Task[T]]], hire: Callable[[], contextlib.AbstractContextManager[Executor]], ahead: int
) -> Iterator[tuple[K, T | Exception]]:
    """Yield key and result of every task as they come; at most ``ahead`` of them are on their way at any time.

    Where a worker dies, everything that was on its way is suspect: each is begun again with a new crew of its own,
    so that the one which kills workers is the one that is given up.
    """
    suspects = None
    while suspects is None or suspects:
        with hire() as crew:
            suspects = yield from _flow(crew, tasks, ahead)
        for key, task in suspects:
            yield key, _again(task, hire)


def _flow(crew: Executor, tasks: Iterator[tuple[K, Task[T]]], ahead: int) -> Generator:
    """Keep the crew busy; return what has no result because the crew broke."""
    waiting: dict[Future[T], tuple[K, Task[T]]] = {}
    broken: list[tuple[K, Task[T]]] = []
    while True:
        for key, task in itertools.islice(tasks, 0 if broken else ahead - len(waiting)):
            waiting[_submit(crew, task)] = key, task
        if not waiting:
            return broken
        for done in wait(waiting, return_when=FIRST_COMPLETED).done:
            key, task = waiting.pop(done)
            if isinstance(done.exception(), BrokenExecutor):
                broken.append((key, task))
            else:
                yield key, done.exception() or done.result()


def _again(task: Task[T], hire: Callable[[], contextlib.AbstractContextManager[Executor]]) -> T | Exception:
    for _ in range(TRIES - 1):
        with hire() as crew:
            done = _submit(crew, task)
            if not isinstance(done.exception(), BrokenExecutor):
                break
    return done.exception() or done.result()


def _submit(crew: Executor, task: Task[T]) -> Future[T]:
    try:
        return crew.submit(task[0], *task[1])
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
