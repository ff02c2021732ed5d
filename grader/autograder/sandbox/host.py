"""What the kernel and its settings mean for the sandbox on this machine, and what to do where they are in its way."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.course.limits import Limits

OLDEST_KERNEL = (5, 8)
"""The first in which a process can join all namespaces of another one through its pidfd (setns(2))."""
_PROFILE = """abi <abi/4.0>,
include <tunables/global>
profile bwrap /usr/bin/bwrap flags=(unconfined) { userns, }"""


_UNLIMITED = 1 << 60
"""A control group of version 1 says this or more where there is no limit."""
_GRADER_BYTES, _GRADER_PROCESSES = 1_000_000_000, 64
"""What the grader itself may need."""


@dataclass(frozen=True)
class MachineCheck:
    """One thing about this machine that was looked at."""

    name: str
    works: bool
    detail: str
    needed: bool = False
    """Whether grading is impossible without it."""


def check_host(
    proc: Path = Path("/proc"),
    groups: Path = Path("/sys/fs/cgroup"),
    *,
    release: str = platform.release(),
    is_root: bool = os.geteuid() == 0,
) -> Iterator[MachineCheck]:
    """Look at the kernel's version and settings; ``proc`` and ``groups`` are where it shows them."""
    yield _kernel(release)
    if not is_root:  # a grader who is root builds sandboxes without a user namespace
        yield _user_namespaces(proc)
    yield _swap(proc)
    yield _core_dumps(proc)
    yield from _control_groups(proc, groups, len(os.sched_getaffinity(0)), Limits())


def _kernel(release: str) -> MachineCheck:
    found = re.match(r"(\d+)\.(\d+)", release)
    new_enough = found is not None and tuple(map(int, found.groups())) >= OLDEST_KERNEL
    oldest = ".".join(map(str, OLDEST_KERNEL))
    return MachineCheck("kernel", new_enough, f"{release} ({oldest} or later is needed)", needed=True)


def _user_namespaces(proc: Path) -> MachineCheck:
    """Say whether an ordinary user may make the namespaces of a sandbox."""
    if _read(proc / "sys/kernel/apparmor_restrict_unprivileged_userns") == "1":
        return MachineCheck(
            "user namespaces",
            works=False,
            needed=True,
            detail=(
                "AppArmor allows them to named programs only (Ubuntu 23.10 and later). Give bwrap a profile: write\n"
                f"{_PROFILE}\ninto /etc/apparmor.d/bwrap and give the command `sudo systemctl reload apparmor`. Or "
                "allow them to all programs: `sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0`"
            ),
        )
    for file, off, command in (
        ("sys/kernel/unprivileged_userns_clone", "0", "sudo sysctl kernel.unprivileged_userns_clone=1"),
        ("sys/user/max_user_namespaces", "0", "sudo sysctl user.max_user_namespaces=10000"),
    ):
        if _read(proc / file) == off:
            return MachineCheck(
                "user namespaces", works=False, detail=f"switched off; `{command}` allows them", needed=True
            )
    return MachineCheck("user namespaces", works=True, detail="allowed to ordinary users", needed=True)


def _swap(proc: Path) -> MachineCheck:
    used = _read(proc / "swaps").splitlines()[1:]
    if used:
        return MachineCheck(
            "swap",
            works=False,
            detail="in use: memory that is swapped out is not counted against a submission. `sudo swapoff -a` while "
            "a class is graded makes the limit exact",
        )
    return MachineCheck("swap", works=True, detail="none, so all memory of a submission is counted")


def _core_dumps(proc: Path) -> MachineCheck:
    pattern = _read(proc / "sys/kernel/core_pattern")
    if pattern.startswith("|"):
        program = pattern[1:].split()[0] if pattern[1:].split() else "a program"
        return MachineCheck("crash reports", works=True, detail=f"go to {program}; a learner's process sends it none")
    return MachineCheck("crash reports", works=True, detail="are files; a learner's process writes none")


def _control_groups(proc: Path, groups: Path, workers: int, limits: Limits) -> Iterator[MachineCheck]:
    """Say whether a container or a service leaves enough memory and processes for one submission a processor."""
    sizes = (
        ("memory", ("memory.max", "memory.limit_in_bytes"), limits.resident_bytes, _GRADER_BYTES, 1e9, "GB"),
        ("pids", ("pids.max",), limits.processes, _GRADER_PROCESSES, 1, "processes"),
    )
    for controller, files, each, own, unit, word in sizes:
        allowed, needed = _lowest_limit(proc, groups, controller, files), workers * each + own
        told = "no limit" if allowed is None else f"{allowed / unit:.3g} {word}"
        if allowed is None or allowed >= needed:
            yield MachineCheck(f"cgroup {controller}", works=True, detail=f"{told} for this program and what it starts")
        else:
            yield MachineCheck(
                f"cgroup {controller}",
                works=False,
                detail=f"{told} for this program and what it starts; {workers} submissions at a time may need "
                f"{needed / unit:.3g}. Raise it (docker: --memory, --pids-limit; systemd: MemoryMax=, TasksMax=), "
                f"or grade fewer at a time: `course grade --workers {max(1, int((allowed - own) // each))}`",
            )


def _lowest_limit(proc: Path, groups: Path, controller: str, files: tuple[str, ...]) -> int | None:
    """Return the lowest limit of this process's control group and those around it; None where there is none."""
    found = []
    for line in _read(proc / "self/cgroup").splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers and controller not in controllers.split(","):
            continue
        top = groups / controllers if controllers else groups
        inside = top / path.lstrip("/")
        for folder in (inside, *(parent for parent in inside.parents if parent.is_relative_to(top))):
            found += [int(text) for file in files if (text := _read(folder / file)).isdecimal()]
    return min((limit for limit in found if limit < _UNLIMITED), default=None)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError:  # a setting that this kernel does not have
        return ""
