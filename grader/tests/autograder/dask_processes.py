"""A Dask cluster of the tests' own, on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from distributed import Client

DASK = str(Path(sys.executable).parent / "dask")
_PLACE = ("--host", "127.0.0.1", "--no-dashboard")


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = str(free.getsockname()[1])
        self.address = f"tcp://127.0.0.1:{self._port}"
        self.workers: list[subprocess.Popen] = []
        self._gone: list[subprocess.Popen] = []
        self.begin()

    def begin(self) -> None:
        """Start the scheduler, and wait until it answers: on a busy machine it takes seconds to load."""
        self._scheduler = _started("scheduler", *_PLACE, "--no-show", "--port", self._port)
        with self._client():
            pass

    def join(self, count: int, **environment: str) -> None:
        """Start workers, and wait until they are there."""
        arguments = (self.address, *_PLACE, "--nthreads", "1")
        self.workers += [_started("worker", *arguments, **environment) for _ in range(count)]
        with self._client() as client:
            client.wait_for_workers(len(self.workers), timeout=60)

    def _client(self) -> Client:
        return Client(self.address, timeout=60, set_as_default=False)

    def kill_worker(self) -> None:
        """End a worker as a power cut does."""
        _kill(self.workers.pop(0))

    def kill_scheduler(self) -> None:
        """End the scheduler as a power cut does; workers end with it."""
        _kill(self._scheduler)
        self._gone, self.workers = self.workers, []

    def end(self) -> None:
        """End everything."""
        for process in (*self.workers, *self._gone, self._scheduler):
            _kill(process)


def _started(*arguments: str, **environment: str) -> subprocess.Popen:
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([DASK, *arguments], env={**os.environ, **environment}, start_new_session=True, **quiet)


def _kill(process: subprocess.Popen) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)  # with the nanny its worker
    process.wait()


def after(count: int, do: Callable[[], None]) -> Callable:
    """Return a watch that does something when so many results are there."""

    def watch(results: Iterator, total: int) -> Iterator:
        for number, result in enumerate(results, 1):
            if number == count:
                do()
            yield result

    return watch
