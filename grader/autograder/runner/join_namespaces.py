"""Join a sandbox that bubblewrap built and drop all privileges, as bubblewrap does before it starts a program.

A process that has loaded numpy already cannot be started by bubblewrap; it can only join the namespaces of one that
was (setns(2)). Runs in a process that knows nothing yet, before any learner's code.
"""

from __future__ import annotations

import base64
import ctypes
import os
from collections.abc import Mapping
from typing import Any

import main as runner

_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)
_CAPABILITIES = 64
"""More than any kernel has; those that it does not know are refused."""
_CAPBSET_DROP, _SET_NO_NEW_PRIVS, _SET_SECCOMP, _FILTER = 24, 38, 22, 2
_CAPABILITY_VERSION = 0x20080522


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("rules", ctypes.c_char_p))


def join(sandbox: Mapping[str, Any]) -> None:
    """Join ``sandbox``: this returns in a new process inside, while the one that called waits for its end outside.

    ``sandbox`` holds ``init`` (a process of the sandbox, in our numbering), ``namespaces`` (their CLONE_NEW flags),
    ``uid`` (to step down to; 0 where there is nothing to step down from) and ``rules`` (the filter, base64).
    Raises OSError where any of it fails.
    """
    joined = os.pidfd_open(sandbox["init"])
    _do("setns", _LIBC.setns, joined, sandbox["namespaces"])
    os.close(joined)
    inside = os.fork()  # whoever joins a pid namespace stays outside; only its children are inside
    if inside:
        os.closerange(3, 256)  # the runner's channel is the runner's alone
        runner.die_with_parent()  # not before: a change of powers forgets it
        os.waitpid(inside, 0)
        os._exit(0)
    os.setsid()
    os.umask(0o022)
    give_up(sandbox["uid"])
    runner.die_with_parent()
    install_filter(base64.b64decode(sandbox["rules"]))


def give_up(uid: int) -> None:
    """Drop all capabilities, here and for whatever is started, and root itself."""
    for capability in range(_CAPABILITIES):
        _LIBC.prctl(_CAPBSET_DROP, capability, 0, 0, 0)
    if uid:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    nothing = (ctypes.c_uint32 * 6)()  # effective, permitted and inheritable, twice 32 of each
    _do("capset", _LIBC.capset, ctypes.byref(_Header(_CAPABILITY_VERSION, 0)), nothing)
    _do("no_new_privs", _LIBC.prctl, _SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def install_filter(rules: bytes) -> None:
    """Install the filter of system calls; a rule is eight bytes."""
    program = _Program(len(rules) // 8, rules)
    _do("seccomp", _LIBC.prctl, _SET_SECCOMP, _FILTER, ctypes.addressof(program), 0, 0)


def _do(name: str, call: Any, *args: Any) -> None:
    if call(*args) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")
