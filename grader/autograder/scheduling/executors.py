"""Run tasks in this process or in processes of this machine."""

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
"""Tasks submitted ahead for each worker: no worker waits, and memory does not grow with the class."""
T = TypeVar("T")
Task = tuple[Callable[..., T], tuple[Any, ...]]


@dataclass(frozen=True)
class WorkerPool:
    """Workers of this machine or of a cluster."""

    executor: Executor
    size: Callable[[], int]
    """Returns the number of workers now: a cluster grows and shrinks."""
    lost: Callable[[], bool] = lambda: False
    """Tells whether none of its tasks can end any more."""


PoolOpener = Callable[[], contextlib.AbstractContextManager[WorkerPool]]


class SerialExecutor(Executor):
    """Runs each task at once in this process: a single submission needs no pool."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run ``fn`` and return its result as a finished future."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as err:
            future.set_exception(err)
        return future


def warm_up() -> None:
    """Start the process that workers are forked from; it loads their modules in the background."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(["autograder.grading.pipeline"])
    forkserver.ensure_running()


@contextlib.contextmanager
def process_pool(count: int, initialize: Callable[[], Any] | None = None) -> Iterator[WorkerPool]:
    """Yield ``count`` processes of this machine; leaving the block kills them, whatever they are doing.

    Each runs ``initialize`` first; what that raises is raised here, before any task is submitted.
    """
    if count == 1:
        if initialize:
            initialize()
        yield WorkerPool(SerialExecutor(), lambda: 1)
        return
    warm_up()
    context = multiprocessing.get_context("forkserver")  # threads are running here, and a fork would copy their locks
    before = set(multiprocessing.active_children())
    with _hidden_main():
        pool = ProcessPoolExecutor(count, mp_context=context, initializer=_prepare_worker)
        try:
            for ready in [pool.submit(initialize) for _ in range(count)] if initialize else ():
                ready.result()
            yield WorkerPool(pool, lambda: count)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in set(multiprocessing.active_children()) - before:
                worker.kill()  # the kernel kills its runner, too
                worker.join()


def _prepare_worker() -> None:
    """Prepare a worker: it ignores SIGINT, and exits with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_exit_with, args=(multiprocessing.parent_process(),), daemon=True).start()


def _exit_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


@contextlib.contextmanager
def _hidden_main() -> Iterator[None]:
    """Hide the main module: workers would import it, and importing nbgrader's takes seconds."""
    program, sys.modules["__main__"] = sys.modules["__main__"], types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = program
