"""Who does the work of a run: this process, or processes of this machine."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import types
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import forkserver
from typing import Any, TypeVar

PREFETCH_PER_WORKER = 3
"""Tasks on their way for each worker: enough that none waits, few enough that a class of any size fits."""
T = TypeVar("T")
Task = tuple[Callable[..., T], tuple[Any, ...]]


@dataclass(frozen=True)
class WorkerPool:
    """Those who work."""

    executor: Executor
    size: Callable[[], int]
    """How many they are now: a cluster grows and shrinks."""


PoolOpener = Callable[[], contextlib.AbstractContextManager[WorkerPool]]


class SerialExecutor(Executor):
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
    multiprocessing.get_context("forkserver").set_forkserver_preload(["autograder.grading.pipeline"])
    forkserver.ensure_running()


@contextlib.contextmanager
def process_pool(count: int, prepare: Callable[[], Any] | None = None) -> Iterator[WorkerPool]:
    """Yield so many processes of this machine; leaving ends them, whatever they are doing.

    Each begins with ``prepare``; what that raises is raised here, before any work is given out.
    """
    if count == 1:
        if prepare:
            prepare()
        yield WorkerPool(SerialExecutor(), lambda: 1)
        return
    warm_up()
    context = multiprocessing.get_context("forkserver")  # threads are running here, and a fork would copy their locks
    before = set(multiprocessing.active_children())
    with _nameless():
        pool = ProcessPoolExecutor(count, mp_context=context, initializer=_begin)
        try:
            for ready in [pool.submit(prepare) for _ in range(count)] if prepare else ():
                ready.result()
            yield WorkerPool(pool, lambda: count)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in set(multiprocessing.active_children()) - before:
                worker.kill()  # its runner dies with it
                worker.join()


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
