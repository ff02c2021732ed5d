"""The filter of system calls: what a learner's numerical code never needs is refused."""

from __future__ import annotations

import ctypes
import errno
import functools
import importlib.util
import tempfile
from collections.abc import Iterator
from types import ModuleType
from typing import Any

_REFUSED = """
socket connect bind listen accept accept4 getsockname getpeername sendmsg recvmsg sendmmsg recvmmsg setsockopt
getsockopt shutdown
ptrace process_vm_readv process_vm_writev process_madvise process_mrelease pidfd_open pidfd_getfd pidfd_send_signal
kcmp get_robust_list
mount umount umount2 pivot_root chroot move_mount open_tree open_tree_attr fsopen fsconfig fsmount fspick mount_setattr
listmount statmount name_to_handle_at open_by_handle_at fanotify_init fanotify_mark quotactl quotactl_fd swapon swapoff
unshare setns
bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register io_setup io_submit io_destroy
keyctl add_key request_key memfd_create memfd_secret seccomp
landlock_create_ruleset landlock_add_rule landlock_restrict_self
shmget shmat shmctl shmdt semget semop semctl semtimedop msgget msgsnd msgrcv msgctl mq_open mq_unlink mq_timedsend
mq_timedreceive mq_notify mq_getsetattr
mknod mknodat
init_module finit_module delete_module create_module kexec_load kexec_file_load reboot acct syslog
settimeofday clock_settime clock_adjtime adjtimex sethostname setdomainname personality vhangup iopl ioperm modify_ldt
nfsservctl lookup_dcookie uselib ustat sysfs _sysctl vm86 vm86old afs_syscall tuxcall security vserver
move_pages migrate_pages mbind set_mempolicy set_mempolicy_home_node get_mempolicy
setxattr lsetxattr fsetxattr inotify_init inotify_init1 inotify_add_watch flock sync syncfs
""".split()  # noqa: SIM905  (a list of words would be 180 lines)
_NEW_NAMESPACES = 0x7E020080  # CLONE_NEW(TIME|NS|CGROUP|UTS|IPC|USER|PID|NET)
_UNIX, _STREAM, _TYPES = 1, 1, 16
_CLONE_PARENT = 0x8000
"""A child of the fork server would not be counted as the learner's."""
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C
_F_SETLEASE, _F_NOTIFY = 1024, 1026
"""A lease makes others wait for a file that all can read; a notice tells when they read it."""
_SHARED_AND_NAMELESS, _HUGE = 0x21, 0x40000
"""Shared memory that belongs to no process while it is not mapped, and so is not counted."""
_NEWER = range(451, 513)
"""Calls that came after this list (numbers from 424 on are the same on all machines): as if the kernel were older."""


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

    rules = seccomp.SyscallFilter(seccomp.ALLOW)
    for number in _numbers(seccomp):
        rules.add_rule(seccomp.ERRNO(errno.EPERM), number)
    # The flags of clone3 lie in memory where a filter cannot look: the C library falls back to clone.
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
    for number in _NEWER:
        rules.add_rule(seccomp.ERRNO(errno.ENOSYS), number)
    for name, argument in (*_refused_arguments(seccomp), *_no_pairs(seccomp)):
        rules.add_rule(seccomp.ERRNO(errno.EPERM), name, argument)
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def _numbers(seccomp: ModuleType) -> Iterator[int]:
    """Yield the numbers of all refused calls that this machine's libseccomp knows."""
    for name in _REFUSED:
        try:
            number = seccomp.resolve_syscall(seccomp.Arch.NATIVE, name)
        except ValueError:  # older than libseccomp, or of another architecture
            continue
        if number >= 0:
            yield number


def _refused_arguments(seccomp: ModuleType) -> Iterator[tuple[str, Any]]:
    """Yield calls that are refused with some arguments only."""
    for bit in (1 << n for n in range(32)):
        if bit & (_NEW_NAMESPACES | _CLONE_PARENT):
            yield "clone", seccomp.Arg(0, seccomp.MASKED_EQ, bit, bit)
    for request in (_TIOCSTI, _TIOCLINUX):
        yield "ioctl", seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, request)
    for command in (_F_SETLEASE, _F_NOTIFY):
        yield "fcntl", seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, command)
    for flags in (_SHARED_AND_NAMELESS, _HUGE):
        yield "mmap", seccomp.Arg(3, seccomp.MASKED_EQ, flags, flags)


def _no_pairs(seccomp: ModuleType) -> Iterator[tuple[str, Any]]:
    """Refuse all pairs of sockets but the local streams that an event loop wakes itself with (``await`` in a cell).

    Such a pair leads nowhere but to itself: nothing can be addressed, and no descriptor can be sent.
    """
    yield "socketpair", seccomp.Arg(0, seccomp.NE, _UNIX)
    for kind in range(_TYPES):
        if kind != _STREAM:
            yield "socketpair", seccomp.Arg(1, seccomp.MASKED_EQ, _TYPES - 1, kind)
    yield "sendto", seccomp.Arg(4, seccomp.NE, 0)
