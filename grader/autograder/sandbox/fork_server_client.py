"""The judge's side of the process that runners are forked from; each process that grades has one.

Its packages take more than a second to load, so the fork servers of several workers are copies of one.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import json
import os
import select
import signal
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import IO, Any

from autograder.sandbox.runner_handle import CALL, RUNNER, environment

START_SECONDS = 60.0
ANSWER_SECONDS = 20.0
PIPE_BYTES = 1 << 20
"""Room for the arguments of a large network, which would go through in a dozen parts otherwise."""
_ANSWER_BYTES = 4096
_lock = threading.Lock()
_servers: dict[tuple[int, Path], ForkServer] = {}
"""By process and interpreter; a fork of this process must not share another's."""
_originals: dict[Path, socket.socket] = {}
"""Fork servers of the process that started this one, by interpreter."""


class ForkServer:
    """Learners' packages, loaded once by the learners' interpreter. It never runs what a learner wrote."""

    def __init__(
        self, control: socket.socket, errors: IO[bytes], kill: Callable[[], None], end: Callable[[], None]
    ) -> None:
        self.control = control
        """The socket that orders go to; whoever has it can ask for a copy."""
        self.end = end
        """Ends the fork server, and closes all that belongs to it."""
        self._errors, self._kill, self._lock, self._pid = errors, kill, threading.Lock(), 0

    @classmethod
    def start(cls, python: Path) -> ForkServer:
        """Start one, which loads its packages; whoever asks it first waits for that."""
        fonts = python.parent.parent / "share" / "mpl"
        with contextlib.ExitStack() as undo:
            errors, control, theirs = _open_ends(undo)
            with theirs:
                process = subprocess.Popen(
                    [str(python), "-P", "-s", str(RUNNER / "fork_server.py"), str(CALL), str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=errors,
                    env=environment("/nowhere") | {"MPLCONFIGDIR": str(fonts)},
                    cwd="/",
                    pass_fds=(theirs.fileno(),),
                    start_new_session=True,
                )
            undo.callback(process.wait)
            undo.callback(process.kill)
            return cls(control, errors, process.kill, undo.pop_all().close)

    @classmethod
    def copy(cls, original: socket.socket) -> ForkServer:
        """Let the fork server that ``original`` leads to fork a copy of itself. Raises OSError if it cannot."""
        with contextlib.ExitStack() as undo:
            errors, control, theirs = _open_ends(undo)
            with theirs:
                socket.send_fds(original, [b'{"copy": true}'], (theirs.fileno(), errors.fileno()))
            server = cls(control, errors, lambda: None, undo.close)
            handle = os.pidfd_open(server.pid)  # it is no child of this process: its number could be reused
            undo.callback(os.close, handle)
            if not server.alive:
                raise OSError("the copy is gone already")
            server._kill = partial(_kill, handle)
            undo.callback(server._kill)
            server.end = undo.pop_all().close
            return server

    @property
    def pid(self) -> int:
        """Its process id; waits until its packages are loaded. Raises OSError if that fails."""
        with self._lock:
            self._wait_until_ready()
            return self._pid

    def fork(self, order: Mapping[str, Any], channel: tuple[int, int]) -> int:
        """Start a runner that reads and writes at ``channel``; return its process id, or its parent's outside."""
        return self._ask(order, channel)["pid"]

    def kill(self, pid: int) -> None:
        """End what ``fork`` returned, and its process group."""
        with contextlib.suppress(OSError):  # they end with the fork server
            self._ask({"end": pid}, ())

    @property
    def alive(self) -> bool:
        """Whether it can be asked: nobody has closed its channel, whatever it has said."""
        if self.control.fileno() < 0:
            return False
        waiting = select.poll()
        waiting.register(self.control, 0)
        return not waiting.poll(0)  # what is told without being asked for is the end of the channel

    def complaint(self) -> str:
        """Return the end of the error output of the fork server and of runners that were not ready."""
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - 2000))
        return self._errors.read().decode(errors="replace").strip()

    def _ask(self, order: Mapping[str, Any], channel: tuple[int, ...]) -> dict[str, Any]:
        with self._lock:
            self._wait_until_ready()
            socket.send_fds(self.control, [json.dumps(order).encode()], channel)
            return self._answer(ANSWER_SECONDS)

    def _wait_until_ready(self) -> None:
        self._pid = self._pid or self._answer(START_SECONDS)["pid"]

    def _answer(self, seconds: float) -> dict[str, Any]:
        ready = self.control.fileno() < 0 or select.select([self.control], [], [], seconds)[0]
        text = self.control.recv(_ANSWER_BYTES) if ready else b""
        if not text:
            self._kill()
            self.control.close()  # a late answer would be taken for the answer to the next order
            raise OSError(f"the fork server {'is gone' if ready else 'took too long'}. {self.complaint()}".strip())
        answer = json.loads(text)
        if "error" in answer:
            raise OSError(answer["error"])
        return answer


def _open_ends(undo: contextlib.ExitStack) -> tuple[IO[bytes], socket.socket, socket.socket]:
    """Return a file for complaints and the two ends of a channel; the last one is to be closed here."""
    errors: IO[bytes] = undo.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  (the stack closes it)
    control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    return errors, undo.enter_context(control), theirs


def _kill(handle: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(handle, signal.SIGKILL)


def fork_server_for(python: Path) -> ForkServer:
    """Return this process's fork server for an interpreter; start one if there is none or it has ended."""
    key = os.getpid(), python
    with _lock:
        server = _servers.get(key)
        if server is None or not server.alive:
            if server:
                server.end()
            server = _servers[key] = _copied(python) or ForkServer.start(python)
            atexit.register(_end, os.getpid(), server)
        return server


def own_fork_servers() -> dict[Path, socket.socket]:
    """Return sockets to this process's fork servers, for the processes that it starts; the caller closes them."""
    with _lock:
        own = {python: server for (process, python), server in _servers.items() if process == os.getpid()}
        return {python: server.control.dup() for python, server in own.items() if server.alive}


def copy_from(originals: Mapping[Path, socket.socket]) -> None:
    """Let fork servers of this process be copies of these, where they can."""
    for control in originals.values():
        control.set_inheritable(False)
    _originals.update(originals)


def fork_runner(python: Path, order: Mapping[str, Any]) -> tuple[ForkServer, int, int, int]:
    """Fork a runner; return its fork server, its process id, and the judge's ends of its channel (write, read)."""
    server = fork_server_for(python)
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


def _copied(python: Path) -> ForkServer | None:
    if python not in _originals:
        return None
    try:
        return ForkServer.copy(_originals[python])
    except OSError:  # it is gone
        return None


def _end(process: int, server: ForkServer) -> None:
    if os.getpid() == process:
        server.end()
