"""Run tasks in this process or in processes of this machine."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import socket
import sys
import tempfile
import threading
import types
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import forkserver
from pathlib import Path
from typing import Any, TypeVar

from autograder.grading.shared_fixtures import share_in
from autograder.sandbox.fork_server_client import copy_from, own_fork_servers

GARBAGE = (20_000, 20, 50)
"""When to collect garbage; Python's own numbers cost a twentieth of a grader's time."""
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


@dataclass(frozen=True)
class _Workers:
    """Processes that were started, and what they run first."""

    pool: ProcessPoolExecutor
    ready: list[Future]
    others: set
    """Children that are not theirs."""
    folder: tempfile.TemporaryDirectory
    """What one of them has drawn, for the others."""
    fork_servers: Mapping[Path, socket.socket]
    """Sockets that lead to this process's fork servers."""

    def kill(self) -> None:
        """Kill them, whatever they are doing."""
        self.pool.shutdown(wait=False, cancel_futures=True)
        for worker in set(multiprocessing.active_children()) - self.others:
            worker.kill()  # the kernel kills its runner, too
            worker.join()
        self.folder.cleanup()
        for control in self.fork_servers.values():
            control.close()


_ahead: dict[tuple[int, Any], _Workers] = {}
"""Workers that were started before a pool was asked for."""


def count_workers(asked: int, waiting: int) -> int:
    """Return how many processes of this machine work: 0 is one per processor, and none has nothing to do."""
    return min(asked or len(os.sched_getaffinity(0)), waiting)


def warm_up() -> None:
    """Start the process that workers are forked from; it loads their modules in the background."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(["autograder.grading.pipeline"])
    forkserver.ensure_running()


@contextlib.contextmanager
def started_ahead(count: int, initialize: partial) -> Iterator[None]:
    """Start ``count`` workers while this process loads what it needs itself: ``process_pool`` takes them over.

    Those that nobody asked for in the same way are killed at the end of the block.
    """
    warm_up()
    _ahead[_key(count, initialize)] = _start(count, initialize)
    try:
        yield
    finally:
        for key in list(_ahead):
            _ahead.pop(key).kill()


def _key(count: int, initialize: Any) -> tuple[int, Any]:
    """Return what tells pools apart; two partial objects that do the same are not equal."""
    return count, (initialize.func, initialize.args) if isinstance(initialize, partial) else initialize


def _start(count: int, initialize: Callable[[], Any] | None) -> _Workers:
    context = multiprocessing.get_context("forkserver")  # threads are running here, and a fork would copy their locks
    others = set(multiprocessing.active_children())
    folder = tempfile.TemporaryDirectory(prefix="course-fixtures-", ignore_cleanup_errors=True)
    fork_servers = own_fork_servers()
    with _hidden_main():
        pool = ProcessPoolExecutor(
            count, mp_context=context, initializer=_prepare_worker, initargs=(Path(folder.name), fork_servers)
        )
        ready = [pool.submit(initialize or _do_nothing), *(pool.submit(_do_nothing) for _ in range(1, count))]
    return _Workers(pool, ready, others, folder, fork_servers)


@contextlib.contextmanager
def process_pool(count: int, initialize: Callable[[], Any] | None = None) -> Iterator[WorkerPool]:
    """Yield ``count`` processes of this machine; leaving the block kills them, whatever they are doing.

    One of them runs ``initialize`` first; what that raises is raised here, before any task is submitted.
    """
    if count == 1:
        if initialize:
            initialize()
        yield WorkerPool(SerialExecutor(), lambda: 1)
        return
    warm_up()
    workers = _ahead.pop(_key(count, initialize), None) or _start(count, initialize)
    with _hidden_main():
        try:
            for ready in workers.ready:
                ready.result()
            yield WorkerPool(workers.pool, lambda: count)
        finally:
            workers.kill()


def _do_nothing() -> None:
    """Let a worker start before there is a task for it."""


def _prepare_worker(folder: Path, fork_servers: Mapping[Path, socket.socket]) -> None:
    """Prepare a worker: it ignores SIGINT, exits with its parent, and collects little garbage."""
    copy_from(fork_servers)
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    share_in(folder)
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
