"""The judge's side of the process that runners are forked from; each process that grades has one."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import functools
import json
import os
import select
import socket
import subprocess
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.sandbox.runner_handle import CALL, RUNNER, environment

START_SECONDS = 60.0
ANSWER_SECONDS = 20.0
PIPE_BYTES = 1 << 20
"""Room for the arguments of a large network, which would go through in a dozen parts otherwise."""
_ANSWER_BYTES = 4096
_lock = threading.Lock()


class ForkServer:
    """Learners' packages, loaded once by the learners' interpreter. It never runs what a learner wrote."""

    def __init__(self, python: Path, call: Path, environment: Mapping[str, str]) -> None:
        self._lock = threading.Lock()
        with contextlib.ExitStack() as undo:
            self._errors = undo.enter_context(tempfile.TemporaryFile())
            self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            undo.enter_context(self._control)
            with theirs:
                self._process = subprocess.Popen(
                    [str(python), "-P", "-s", str(RUNNER / "fork_server.py"), str(call), str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=self._errors,
                    env=dict(environment),
                    cwd="/",
                    pass_fds=(theirs.fileno(),),
                    start_new_session=True,
                )
            undo.callback(self._process.wait)
            undo.callback(self._process.kill)
            self._answer(START_SECONDS)
            self._closing = undo.pop_all()

    def fork(self, order: Mapping[str, Any], channel: tuple[int, int]) -> int:
        """Start a runner that reads and writes at ``channel``; return its process id, or its parent's outside."""
        return self._ask(order, channel)["pid"]

    def kill(self, pid: int) -> None:
        """End what ``fork`` returned, and its process group."""
        with contextlib.suppress(OSError):  # they end with the fork server
            self._ask({"end": pid}, ())

    def end(self) -> None:
        """End the fork server."""
        self._closing.close()

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def complaint(self) -> str:
        """Return the end of the error output of the fork server and of runners that were not ready."""
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - 2000))
        return self._errors.read().decode(errors="replace").strip()

    def _ask(self, order: Mapping[str, Any], channel: tuple[int, ...]) -> dict[str, Any]:
        with self._lock:
            socket.send_fds(self._control, [json.dumps(order).encode()], channel)
            return self._answer(ANSWER_SECONDS)

    def _answer(self, seconds: float) -> dict[str, Any]:
        ready = select.select([self._control], [], [], seconds)[0]
        text = self._control.recv(_ANSWER_BYTES) if ready else b""
        if not text:  # a late answer would be taken for the answer to the next order
            self._process.kill()
            self._process.wait()
            raise OSError(f"the fork server {'is gone' if ready else 'took too long'}. {self.complaint()}".strip())
        answer = json.loads(text)
        if "error" in answer:
            raise OSError(answer["error"])
        return answer


def fork_server_for(python: Path, call: Path, environment: Mapping[str, str]) -> ForkServer:
    """Return this process's fork server for an interpreter; start one if there is none or it has ended."""
    with _lock:
        server = _started(os.getpid(), python, call, tuple(environment.items()))
        if not server.alive:
            server.end()
            _started.cache_clear()
            server = _started(os.getpid(), python, call, tuple(environment.items()))
        return server


def fork_runner(python: Path, order: Mapping[str, Any]) -> tuple[ForkServer, int, int, int]:
    """Fork a runner; return its fork server, its process id, and the judge's ends of its channel (write, read)."""
    fonts = python.parent.parent / "share" / "mpl"
    server = fork_server_for(python, CALL, environment("/nowhere") | {"MPLCONFIGDIR": str(fonts)})
    (theirs_in, writing), (reading, theirs_out) = os.pipe(), os.pipe()
    with contextlib.suppress(OSError):  # a user's pipes may hold so much in all
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    try:
        pid = server.fork(order, (theirs_in, theirs_out))
    except BaseException:
        os.close(writing)
        os.close(reading)
        raise
    finally:
        os.close(theirs_in)
        os.close(theirs_out)
    return server, pid, writing, reading


@functools.cache
def _started(process: int, python: Path, call: Path, environment: tuple[tuple[str, str], ...]) -> ForkServer:
    """Start one; ``process`` is in the key because a fork of ours must not share another's."""
    server = ForkServer(python, call, dict(environment))
    atexit.register(_end, process, server)
    return server


def _end(process: int, server: ForkServer) -> None:
    if os.getpid() == process:
        server.end()
