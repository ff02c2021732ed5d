"""Measure from outside what a runner and its children use."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from autograder.course.limits import Limits

_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def exceeded_limit(roots: Sequence[int], scratch: Sequence[str], limits: Limits) -> str:
    """Return ``memory`` or ``files`` where the trees of ``roots`` use too much of it, else an empty string.

    ``scratch`` names the writable folders; without any, files are not counted. Where there is no /proc nothing is
    seen, and the limits of each single process must do.
    """
    tree = process_tree(*roots)
    if all(sum(map(count, tree)) > limits.resident_bytes for count in (_resident, _proportional)):
        return "memory"
    if sum(map(_files, scratch)) > limits.scratch_files:
        return "files"
    return ""


def process_tree(*roots: int) -> list[int]:
    """Return ``roots`` and all their descendants."""
    found = list(roots)
    for parent in found:
        for thread in _threads(parent):
            with contextlib.suppress(OSError):
                children = _PROC / str(parent) / "task" / thread / "children"
                found += [int(child) for child in children.read_text().split()]
    return found


def _threads(pid: int) -> list[str]:
    with contextlib.suppress(OSError):  # it may end while it is looked at
        return os.listdir(f"{_PROC}/{pid}/task")  # noqa: PTH208  (of names, and an iterator could fail later)
    return []


def _resident(pid: int) -> int:
    return max((_pages(pid, thread) for thread in _threads(pid)), default=0)


def _pages(pid: int, thread: str) -> int:
    """Return the memory of a process, read through one of its threads; a thread that has ended reports 0."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int((_PROC / str(pid) / "task" / thread / "statm").read_text().split()[1]) * _PAGE
    return 0


def _proportional(pid: int) -> int:
    """Return the memory of a process with its share of shared pages; slower to read, so read second."""
    for thread in _threads(pid):
        with contextlib.suppress(OSError, ValueError, IndexError):
            rollup = (_PROC / str(pid) / "task" / thread / "smaps_rollup").read_text()
            return int(rollup.split("\nPss:")[1].split()[0]) * 1024
    return _resident(pid)


def _files(folder: str) -> int:
    """Count the files of a scratch file system by its inodes."""
    with contextlib.suppress(OSError):
        status = os.statvfs(folder)
        return status.f_files - status.f_ffree
    return 0
