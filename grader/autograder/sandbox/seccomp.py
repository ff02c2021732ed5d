"""The filter of system calls: a list of what a learner's numerical code needs; the kernel refuses everything else.

The list was measured: ``python -m benchmarks.system_calls`` traces the sample class and common library calls. To what
was seen come calls of the same kind that other versions of Python, numpy and the C library use in their place. What is
not listed fails with ENOSYS, as if the kernel were older, so that libraries take their older way.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import importlib.util
import tempfile
from collections.abc import Iterator
from types import ModuleType
from typing import Any

ALLOWED = {
    "files": """
        read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek sendfile copy_file_range
        open openat openat2 creat close close_range dup dup2 dup3 pipe pipe2
        stat lstat fstat newfstatat statx statfs fstatfs access faccessat faccessat2 readlink readlinkat
        getdents getdents64 getcwd chdir fchdir umask mkdir mkdirat rmdir rename renameat renameat2
        link linkat unlink unlinkat symlink symlinkat chmod fchmod fchmodat fchmodat2
        truncate ftruncate fallocate fadvise64 fsync fdatasync utime utimes utimensat futimesat
        getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr
        poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 recvfrom
    """,
    "memory": "brk munmap mremap mprotect madvise msync mincore membarrier",
    "processes and threads": """
        fork vfork execve exit exit_group wait4 waitid kill tkill tgkill futex rseq set_robust_list set_tid_address
        arch_prctl getpid getppid gettid getpgid getpgrp getsid setpgid setsid
        getuid geteuid getgid getegid getresuid getresgid getgroups capget
        getrlimit setrlimit prlimit64 getrusage times getpriority setpriority
        sched_yield sched_getaffinity sched_getscheduler sched_getparam sched_get_priority_max sched_get_priority_min
    """,
    "signals": """
        rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait sigaltstack pause alarm
        getitimer setitimer restart_syscall
    """,
    "time and machine": """
        time gettimeofday clock_gettime clock_getres nanosleep clock_nanosleep getrandom uname sysinfo getcpu
    """,
}
"""Group -> calls that are allowed with any arguments."""
_WORD = 0xFFFFFFFF
_NEW_NAMESPACES = 0x7E020080  # CLONE_NEW(TIME|NS|CGROUP|UTS|IPC|USER|PID|NET)
_CLONE_PARENT = 0x8000
"""A child of the judge's own helper would not be counted as the learner's."""
_UNIX, _STREAM, _SOCKET_TYPES = 1, 1, 0xF
_FCNTL = (0, 1, 2, 3, 4, 5, 6, 7, 1030, 1031, 1032)
"""F_DUPFD, flags, POSIX locks (sqlite), F_DUPFD_CLOEXEC, pipe sizes: no lease, which makes others wait for a file that
all can read, and no notice, which tells when they read it."""
_IOCTL = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
"""TCGETS (isatty), TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX: nothing types for somebody else."""
_PRCTL = (1, 2, 3, 15, 16, 21, 23, 39, 0x53564D41)
"""Parent's death signal, dumpable, thread's name, and reading seccomp, capabilities, no_new_privs; naming of memory."""
_MAP_MASK, _MAP_KINDS = 0x40021, (0x00, 0x01, 0x20)
"""MAP_HUGETLB | MAP_ANONYMOUS | MAP_SHARED: files, private or shared, and private memory. Memory that is shared and has
no file belongs to no process when it is not looked at, and so would not be counted."""


def problems() -> list[str]:
    """Say what is missing to build the filter."""
    if not importlib.util.find_spec("pyseccomp"):
        return ["the Python package pyseccomp is not installed (`make` installs it)."]
    try:
        ctypes.CDLL("libseccomp.so.2")
    except OSError:
        return ["the library libseccomp is not installed (apt: libseccomp2)."]
    return []


@functools.cache
def program() -> bytes:
    """Return the filter as the kernel reads it, for this machine's architecture."""
    import pyseccomp as seccomp

    rules = seccomp.SyscallFilter(seccomp.ERRNO(errno.ENOSYS))
    for name in (name for group in ALLOWED.values() for name in group.split()):
        number = _number(seccomp, name)
        if number is not None:
            rules.add_rule(seccomp.ALLOW, number)
    for name, *arguments in _with_arguments(seccomp):
        rules.add_rule(seccomp.ALLOW, name, *arguments)
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def _number(seccomp: ModuleType, name: str) -> int | None:
    """Return the number of a call; None where it is younger than libseccomp or of another architecture."""
    try:
        number = seccomp.resolve_syscall(seccomp.Arch.NATIVE, name)
    except ValueError:
        return None
    return number if number >= 0 else None


def _with_arguments(seccomp: ModuleType) -> Iterator[tuple[Any, ...]]:
    """Yield the calls that are allowed with some arguments only: name, then what its arguments must be."""

    def equal(position: int, value: int, mask: int = _WORD) -> Any:
        return seccomp.Arg(position, seccomp.MASKED_EQ, mask, value)

    # clone3 is not here: its flags lie in memory, where a filter cannot look, and the C library falls back to clone.
    yield "clone", equal(0, 0, _NEW_NAMESPACES | _CLONE_PARENT)
    # An event loop (``await`` in a cell) wakes itself through a pair of local streams. It leads nowhere but to itself:
    # nothing can be addressed, and no descriptor can be sent.
    yield "socketpair", equal(0, _UNIX), equal(1, _STREAM, _SOCKET_TYPES)
    yield "sendto", seccomp.Arg(4, seccomp.EQ, 0)
    for kind in _MAP_KINDS:
        yield "mmap", equal(3, kind, _MAP_MASK)
    for name, values in (("fcntl", _FCNTL), ("ioctl", _IOCTL)):
        for value in values:
            yield name, equal(1, value)
    for option in _PRCTL:
        yield "prctl", equal(0, option)
