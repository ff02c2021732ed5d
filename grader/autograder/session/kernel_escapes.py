# ruff: noqa: PTH120, PTH123  (paths are plain text here: what is tried is the system call)
"""Attempts to escape by calls of the kernel. The source of this file runs as a cell in a sandbox.

Each function tries one way out and returns what it reached: an empty string if the sandbox held. Without a sandbox
they do real harm (``selftest`` refuses to run them there). Standard library only.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import mmap
import os
import socket

_LIBC = ctypes.CDLL(None, use_errno=True)
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000


def network() -> str:
    """Reach any kind of socket."""
    families = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10, "AF_NETLINK": 16, "AF_PACKET": 17, "AF_VSOCK": 40}
    reached = []
    for name, family in families.items():
        try:
            socket.socket(family, socket.SOCK_STREAM).close()
            reached.append(name)
        except OSError:
            continue
    for name, family, kind in (("datagrams", 1, socket.SOCK_DGRAM), ("packets", 1, 5), ("other pairs", 16, 1)):
        with contextlib.suppress(OSError):
            socket.socketpair(family, kind)
            reached.append(name)
    with contextlib.suppress(OSError):
        one, two = socket.socketpair()
        reached += _sent(one, two)
    return ", ".join(reached)


def _sent(one: socket.socket, two: socket.socket) -> list[str]:
    """Send more through a pair of one's own than bytes to oneself."""
    reached = []
    with contextlib.suppress(OSError):
        one.sendto(b"x", "\0elsewhere")
        reached.append("an address")
    with contextlib.suppress(OSError):
        socket.send_fds(one, [b"x"], [two.fileno()])
        reached.append("descriptors")
    return reached


def namespaces() -> str:
    """Get privileges in a new namespace."""
    reached = []
    for flag in (_NEW_USER, _NEW_NET):
        if _LIBC.unshare(flag) == 0:
            reached.append(f"unshare {flag:#x}")
    number = {"x86_64": 56, "aarch64": 220}.get(os.uname().machine)
    child = _LIBC.syscall(number, _NEW_USER | 17, 0, 0, 0, 0) if number else -1
    if child == 0:
        os._exit(0)
    return ", ".join([*reached, *(["clone"] if child > 0 else [])])


def kernel() -> str:
    """Use calls of the kernel that a notebook never needs."""
    tries = {
        "ptrace": lambda: _LIBC.ptrace(0, 0, 0, 0),
        "mount": lambda: _LIBC.mount(b"none", b"/tmp", b"tmpfs", 0, None),
        "umount": lambda: _LIBC.umount2(b"/tmp", 2),
        "chroot": lambda: _LIBC.chroot(b"/tmp"),
        "memfd_create": lambda: _LIBC.memfd_create(b"x", 0),
        "process_vm_readv": lambda: _LIBC.process_vm_readv(1, None, 0, None, 0, 0),
        "setns": lambda: _LIBC.setns(0, 0),
        "personality": lambda: _LIBC.personality(0x0040000),
        "mknod": _make_device,
    }
    reached = []
    for name, attempt in tries.items():
        try:
            if attempt() >= 0:
                reached.append(name)
        except OSError:
            continue
    return ", ".join(reached)


def _make_device() -> int:
    os.mknod("/tmp/disk", 0o60666, os.makedev(8, 0))
    return 0


def newer_calls() -> str:
    """Reach calls of the kernel that are younger than the filter's list of names."""
    reached = []
    for name, number in {"statmount": 457, "listmount": 458, "setxattrat": 463, "open_tree_attr": 467}.items():
        ctypes.set_errno(0)
        if _LIBC.syscall(number, 0, 0, 0, 0, 0, 0) >= 0 or ctypes.get_errno() not in (errno.ENOSYS, errno.EPERM):
            reached.append(name)
    return ", ".join(reached)


def signals(file: str) -> str:
    """Make others wait for a file that all can read, or see them read it."""
    reached = []
    opened = os.open(file, os.O_RDONLY)
    folder = os.open(os.path.dirname(file), os.O_RDONLY)
    tries = {
        "a lease": lambda: fcntl.fcntl(opened, fcntl.F_SETLEASE, fcntl.F_RDLCK),
        "a notice": lambda: fcntl.fcntl(folder, fcntl.F_NOTIFY, fcntl.DN_ACCESS),
        "a lock": lambda: fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB),
    }
    for name, attempt in tries.items():
        with contextlib.suppress(OSError):
            attempt()
            reached.append(name)
    os.close(opened)
    os.close(folder)
    return ", ".join(reached)


def uncounted() -> str:
    """Get memory that is not counted, or a child process that is not counted as the runner's."""
    reached = []
    with contextlib.suppress(OSError):
        mmap.mmap(-1, 1 << 20).close()
        reached.append("shared memory without a name")
    with contextlib.suppress(OSError), open("/dev/zero", "r+b") as zero:
        mmap.mmap(zero.fileno(), 1 << 20).close()
        reached.append("/dev/zero")
    number = {"x86_64": 56, "aarch64": 220}.get(os.uname().machine)
    child = _LIBC.syscall(number, 0x8000 | 17, 0, 0, 0, 0) if number else -1
    if child == 0:
        os._exit(0)
    return ", ".join([*reached, *(["somebody else's child"] if child > 0 else [])])


def powers() -> str:
    """Be root, get capabilities, or be without the filter."""
    reached = ["uid 0"] if 0 in os.getresuid() + os.getresgid() else []
    for attempt in (lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.setgroups([0])):
        try:
            attempt()
            reached.append("a change of user")
        except OSError:
            continue
    held = [cap for cap in range(41) if _LIBC.prctl(23, cap, 0, 0, 0) == 1]  # PR_CAPBSET_READ
    reached += [f"capabilities {held}"] if held else []
    reached += [] if _LIBC.prctl(39, 0, 0, 0, 0) == 1 else ["new privileges"]  # PR_GET_NO_NEW_PRIVS
    reached += [] if _LIBC.prctl(21, 0, 0, 0, 0) == 2 else ["no filter of system calls"]  # PR_GET_SECCOMP
    return ", ".join(reached)
