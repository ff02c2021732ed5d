# ruff: noqa: PTH107, PTH110, PTH123, PTH208  (paths are plain text here: what is tried is the system call)
"""Attempts to reach files, processes and resources. The source of this file runs as a cell in a sandbox.

As in ``kernel_escapes``, each function returns what it reached. Standard library only.
"""

from __future__ import annotations

import contextlib
import os
import resource
import time

_DEVICES = {"null", "zero", "full", "random", "urandom", "tty", "ptmx", "pts", "shm", "fd", "core", "console"}


def processes() -> str:
    """See or touch processes outside."""
    reached = ["/proc"] if os.path.exists("/proc/1") else []
    reached += ["the machine's processes"] if os.getpid() > 50 else []
    return ", ".join(reached)


def readable(paths: list[str]) -> str:
    """See files that a learner must not see."""
    return ", ".join(path for path in paths if os.path.lexists(path))


def importable(names: list[str]) -> str:
    """Import packages of the grader's."""
    reached = []
    for name in names:
        try:
            __import__(name)
            reached.append(name)
        except ImportError:
            continue
    return ", ".join(reached)


def writable() -> str:
    """Write anywhere but in /tmp and /dev/shm."""
    for folder, inner, _ in os.walk("/"):
        if folder in ("/tmp", "/dev/shm", "/proc", "/sys"):
            inner.clear()
            continue
        with contextlib.suppress(OSError):
            os.close(os.open(f"{folder}/course-probe", os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            os.remove(f"{folder}/course-probe")
            return folder
    return ""


def environment(names: list[str]) -> str:
    """Find more variables than a runner was given."""
    return ", ".join(sorted(set(os.environ) - set(names)))


def devices() -> str:
    """Find devices that are more than the usual harmless ones."""
    return ", ".join(sorted(name for name in os.listdir("/dev") if name not in _DEVICES and not name.startswith("std")))


def descriptors() -> str:
    """Find open descriptors that a child would inherit, or that lead anywhere but to the judge."""
    found = []
    for fd in range(256):
        try:
            os.fstat(fd)
        except OSError:
            continue
        found.append(fd)
    leaks = [fd for fd in found if fd > 2 and os.get_inheritable(fd)]
    return f"descriptors {found}" if leaks or len(found) > 5 else ""


def limits() -> str:
    """Find a resource without a limit."""
    kinds = ("AS", "FSIZE", "NOFILE", "CPU", "CORE", "MEMLOCK", "MSGQUEUE", "NPROC")
    free = [kind for kind in kinds if resource.getrlimit(getattr(resource, f"RLIMIT_{kind}"))[1] == -1]
    return ", ".join(free)


def forks() -> str:
    """Start processes without end."""
    children = []
    try:
        for _ in range(200):
            child = os.fork()
            if child == 0:
                time.sleep(30)
                os._exit(0)
            children.append(child)
    except OSError:
        pass
    for child in children:
        os.kill(child, 9)
        os.waitpid(child, 0)
    return "200 processes" if len(children) == 200 else ""


def disk(size: int) -> str:
    """Write more than there is room for."""
    reached = []
    for folder in ("/tmp", "/dev/shm"):
        names = [f"{folder}/course-probe-{number}" for number in range(size // 1_000_000)]
        with contextlib.suppress(OSError):
            for name in names:
                with open(name, "wb") as file:
                    file.write(b"x" * 1_000_000)
            reached.append(folder)
        for name in names:
            with contextlib.suppress(OSError):
                os.remove(name)
    return ", ".join(reached)


def memory(size: int) -> str:
    """Use more memory than there is room for."""
    try:
        return f"{len(bytearray(size))} bytes"
    except MemoryError:
        return ""
