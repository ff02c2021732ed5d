"""Measure from outside what a runner and its children use."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course.limits import Limits

_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")
_LOOK_SECONDS = 1.0
"""Processor time of the judge for counting shares of pages: a learner can make that slow. What is left is counted in
full. A busy machine uses none of it up."""


@dataclass(frozen=True)
class ProcessorUse:
    """What a tree of processes has had of the processors since each of them began."""

    used_s: float
    """Processor time of all of them, and of their children that have ended."""
    waited_s: float
    """How long those that were ready to run had to wait for a processor; 0 where the kernel does not say."""
    processes: frozenset[int]


def processor_use(*roots: int) -> ProcessorUse:
    """Return what the trees of ``roots`` have used so far; nothing where there is no /proc."""
    tree = process_tree(*roots)
    return ProcessorUse(sum(map(_used, tree)), sum(map(_waited, tree)), frozenset(tree))


def _used(pid: int) -> float:
    with contextlib.suppress(OSError, ValueError, IndexError):
        fields = (_PROC / str(pid) / "stat").read_bytes().rpartition(b")")[2].split()
        return sum(map(int, fields[11:15])) / _TICKS  # user and system time, its own and its ended children's
    return 0.0


def _waited(pid: int) -> float:
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int((_PROC / str(pid) / "schedstat").read_bytes().split()[1]) / 1e9
    return 0.0


def exceeded_limit(roots: Sequence[int], scratch: Sequence[str], limits: Limits) -> str:
    """Return ``memory`` or ``files`` where the trees of ``roots`` use too much of it, else an empty string.

    ``scratch`` names the writable folders; without any, files are not counted. Where there is no /proc nothing is
    seen, and the limits of each single process must do.
    """
    tree = process_tree(*roots)
    if sum(map(_resident, tree)) > limits.resident_bytes and _shared_once(tree) > limits.resident_bytes:
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


def _shared_once(tree: Sequence[int]) -> int:
    """Return the memory of a tree in which shared pages count once, as far as that can be found out in time."""
    until = time.thread_time() + _LOOK_SECONDS
    return sum(_proportional(pid) if time.thread_time() < until else _resident(pid) for pid in tree)


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
