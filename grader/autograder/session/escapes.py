# ruff: noqa: PTH107, PTH110, PTH120, PTH123, PTH208  (paths are plain text here: what is tried is the system call)
"""What a hostile learner would try first. The source of this file is sent into a sandbox and run there as a cell.

Each function tries one way out and returns what it reached: an empty string where the sandbox held. They do real
harm where there is none (``probes`` refuses to). Standard library only.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import mmap
import os
import resource
import socket
import time

_LIBC = ctypes.CDLL(None, use_errno=True)
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_DEVICES = {"null", "zero", "full", "random", "urandom", "tty", "ptmx", "pts", "shm", "fd", "core", "console"}


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
    """Get powers in a namespace of one's own."""
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
        "mknod": lambda: os.mknod("/tmp/disk", 0o60666, os.makedev(8, 0)) or 0,
    }
    reached = []
    for name, attempt in tries.items():
        try:
            if attempt() >= 0:
                reached.append(name)
        except OSError:
            continue
    return ", ".join(reached)


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
    """Get memory that no process is charged for, or a child that nobody counts as one's own."""
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


def processes() -> str:
    """See or touch processes outside."""
    reached = ["/proc"] if os.path.exists("/proc/1") else []
    reached += ["the machine's processes"] if os.getpid() > 50 else []
    return ", ".join(reached)


def readable(paths: list[str]) -> str:
    """See files that are none of a learner's business."""
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
