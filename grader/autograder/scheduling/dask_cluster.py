"""The workers of a running Dask cluster: bytes in, verdict out, no shared disk. How to start one: docs/cluster.md."""

from __future__ import annotations

import contextlib
import importlib.util
import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from functools import partial
from typing import Any

from autograder.course.text import clean_text
from autograder.scheduling.executors import T, WorkerPool
from autograder.scheduling.plain_pickles import plain_pickles

WAIT_SECONDS = 60.0
"""How long to wait for the scheduler, at the start and when it is lost, and for its first worker."""
CLOSE_SECONDS = 3.0
COUNT_SECONDS = 5.0
"""How long a counted number of workers is used."""
_KEPT = "What has a verdict is kept: give the command again to go on."


class ClusterError(Exception):
    """A cluster cannot be used; the sentence says why and what to do."""


@contextlib.contextmanager
def cluster_pool(address: str, fit: Callable[[], str], edition: str) -> Iterator[WorkerPool]:
    """Yield the workers behind the scheduler at ``address`` (``tcp://host:port``, or ``tls://`` as Dask is configured).

    Each worker is asked before any work is given out: ``fit()``, run there, returns the edition of the course that it
    has, which must be ours, and raises where it cannot grade. Raises ClusterError where there is no such cluster.
    """
    if importlib.util.find_spec("distributed") is None:
        raise ClusterError("the Python package distributed is not installed (`make` installs it)")
    with plain_pickles():  # what is sent is written as always
        client = _connected(address)
        try:
            try:
                client.wait_for_workers(1, timeout=WAIT_SECONDS)
            except TimeoutError:
                raise ClusterError(f"the scheduler at {address} has no workers. {_KEPT}") from None
            _require(client, fit, edition)
            yield WorkerPool(_ClusterExecutor(client), _count(client), lambda: client.status == "closed")
        finally:
            client.close(timeout=CLOSE_SECONDS)


class _ClusterExecutor(Executor):
    """Runs tasks on a cluster, and ends each future, whatever becomes of the cluster.

    The executor that comes with Dask leaves a future without an end where the scheduler is lost while a result is on
    its way (distributed 2026.8; not reported upstream, looked 2026-11).
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Send a task to the scheduler; the future is cancelled where the scheduler is lost."""
        asked, given = self._client.submit(fn, *args, pure=False, **kwargs), Future[T]()
        asked.add_done_callback(partial(_hand_over, given))
        return given


def _hand_over(given: Future[Any], asked: Any) -> None:
    """Give the outcome of Dask's future to ours."""
    try:
        if asked.status == "cancelled":  # the client may be closing: it must not be asked for anything
            raise CancelledError
        if asked.status == "error":
            given.set_exception(_in_a_sentence(asked.exception(timeout=WAIT_SECONDS)))
            return
        given.set_result(asked.result(timeout=WAIT_SECONDS))
    except (CancelledError, OSError):  # what a lost connection raises, and a time that is up
        given.cancel()
        given.set_running_or_notify_cancel()  # wakes up who waits
    except Exception as err:  # what came cannot be read
        given.set_exception(err)


def _in_a_sentence(error: Exception) -> Exception:
    """Return what a worker raised; Dask gives bytes where that cannot be read here, as when a worker ended."""
    if any(isinstance(arg, bytes | bytearray) for arg in error.args):
        return RuntimeError("its worker ended or raised what cannot be read here; the worker's own log says more")
    return error


def _connected(address: str) -> Any:
    from distributed import Client

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # it would print tracebacks beside our sentences
    try:
        return Client(address, timeout=WAIT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as err:  # TimeoutError is an OSError
        raise ClusterError(f"no Dask scheduler answers at {address} ({err}). {_KEPT}") from err


def _require(client: Any, fit: Callable[[], str], edition: str) -> None:
    for worker, answer in client.run(partial(_in_words, fit), on_error="return").items():
        if isinstance(answer, Exception) or len(answer) != 2:
            raise ClusterError(f"the worker {worker} cannot grade: {clean_text(str(answer))}")
        works, words = answer
        if not works:
            raise ClusterError(f"the worker {worker} cannot grade: {clean_text(words)}")
        if words != edition:
            raise ClusterError(
                f"the worker {worker} has another version of the course or of numpy; install this one there and start "
                "it again"
            )


def _in_words(fit: Callable[[], str]) -> tuple[bool, str]:
    """Return whether a worker can grade, and its edition or what is wrong: an exception would not be read here."""
    try:
        return True, fit()
    except Exception as err:
        return False, str(err)


def _count(client: Any) -> Callable[[], int]:
    """Return a function that counts the threads of all workers, and asks the scheduler at most every few seconds."""
    known, asked = 1, float("-inf")

    def count() -> int:
        nonlocal known, asked
        now = time.monotonic()
        if now - asked > COUNT_SECONDS:
            with contextlib.suppress(Exception):  # if the scheduler was lost just now, the tasks report it
                known = max(1, sum(client.nthreads().values()))
            asked = now
        return known

    return count
