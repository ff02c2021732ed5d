"""A sandbox that bubblewrap built; only a program that waits runs in it until a runner joins."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import secrets
import select
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from autograder.course.limits import Limits
from autograder.sandbox import bubblewrap_command, seccomp

END_SECONDS = 5.0
_SCRATCH = ("/tmp", "/dev/shm")
_NEW_NS, _NEW_CGROUP, _NEW_UTS, _NEW_IPC = 0x00020000, 0x02000000, 0x04000000, 0x08000000
_NEW_USER, _NEW_PID, _NEW_NET = 0x10000000, 0x20000000, 0x40000000
_UIDS = range(1_879_048_192, 2_147_483_647)
"""A grader that is root gives each runner one of these: no account has them, so nothing else is theirs."""


class SandboxInstance:
    """A sandbox in which only a program waits. It exists until ``end`` is called."""

    def __init__(self, python: Path, limits: Limits) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  (lives as long as the sandbox)
        rules = seccomp.program()
        with tempfile.TemporaryFile() as file, _pipe() as (told, tell):
            file.write(rules)
            file.seek(0)
            self._child = subprocess.Popen(
                bubblewrap_command.command(python, limits, file.fileno(), tell.fileno()),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env={},
                cwd="/",
                pass_fds=(file.fileno(), tell.fileno()),
                start_new_session=True,
                bufsize=0,
            )
            assert self._child.stdin and self._child.stdout  # they are pipes
            self._pipes = (self._child.stdin, self._child.stdout)
            tell.close()
            self._init = -1
            try:
                with contextlib.suppress(BrokenPipeError):  # then bwrap printed why
                    self._pipes[0].write(b"?")
                ready = select.select([self._pipes[1]], [], [], limits.start_seconds)[0]
                if not ready or self._pipes[1].read(1) != b"?":
                    raise OSError(f"bwrap did not build a sandbox: {self.complaint()}")
                init = json.loads(told.read())["child-pid"]
                self._init = os.pidfd_open(init)
            except BaseException:
                self.end()
                raise
        self.pid = self._child.pid
        """The process id of bwrap, the ancestor of everything in the sandbox but the runner."""
        self.scratch = tuple(f"/proc/{init}/root{folder}" for folder in _SCRATCH)
        """The writable folders, seen from here."""
        self.join_spec = {
            "init": init,
            "namespaces": _joined(),
            "uid": _UIDS.start + secrets.randbelow(len(_UIDS)) if os.geteuid() == 0 else 0,
            "rules": base64.b64encode(rules).decode(),
        }
        """What ``runner/join_namespaces.py`` needs to join."""

    def complaint(self) -> str:
        """Return what bwrap had to say."""
        self._errors.seek(0)
        return self._errors.read(2000).decode(errors="replace").strip()

    def end(self) -> None:
        """Kill everything inside, and whoever has joined; afterwards nothing of it is left.

        The sandbox's init is killed first: the kernel then ends all its other processes, and bwrap waits for it. In
        the other order they would become children of the machine's init, and not every container has an init process
        that reaps zombies.
        """
        if self._init >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._init, signal.SIGKILL)
            os.close(self._init)
            self._init = -1
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._child.wait(END_SECONDS)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait()
        for file in (*self._pipes, self._errors):
            with contextlib.suppress(OSError):
                file.close()


def _joined() -> int:
    """Return the namespaces that a runner joins: all that bwrap makes."""
    made = _NEW_NS | _NEW_CGROUP | _NEW_UTS | _NEW_IPC | _NEW_PID | _NEW_NET
    return made if os.geteuid() == 0 else made | _NEW_USER


@contextlib.contextmanager
def _pipe() -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    reading, writing = os.pipe()
    with open(reading, "rb") as told, open(writing, "wb") as tell:  # noqa: PTH123  (descriptors)
        yield told, tell
