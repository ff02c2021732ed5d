"""Bubblewrap: what is readable inside, and the command that keeps the rest out.

Everything that can be seen from inside is listed in ``readable``. There is no /proc, no shell, no network.
"""

from __future__ import annotations

import contextlib
import functools
import os
import secrets
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from autograder import seccomp
from autograder.limits import Limits

HOME = "/tmp/home"
SCRATCH = ("/tmp", "/dev/shm")
_VENV = "/opt/venv"
_GRADER = "/grader"
_MERGED = ("/lib", "/lib32", "/lib64")
_SETPRIV = "/opt/setpriv"
_PACKAGES = {"bwrap": "bubblewrap", "setpriv": "util-linux"}
_UIDS = range(600_000, 1_600_000)
"""A grader that is root gives each runner one of these: no account has them, so nothing else is theirs."""


def readable(python: Path, inside: Path, call: Path) -> list[tuple[Path, str]]:
    """Return every file and folder that is visible inside, with the name that it has there; all are read-only."""
    base = _base(python)
    library = _standard_library(python)
    return [
        *((folder, str(folder)) for folder in _libraries()),
        *((python.resolve(), str(name)) for name in _interpreters(python)),
        (library, str(library)),
        *((file, str(file)) for file in sorted(base.glob("lib/libpython3*.so*"))),
        (python.parent.parent, _VENV),
        *((inside / name, f"{_GRADER}/{name}") for name in ("runner.py", "cells.py", "wire.py", "stubs")),
        (call, f"{_GRADER}/call.py"),
        *([(Path(_program("setpriv")), _SETPRIV)] if os.geteuid() == 0 else []),
    ]


def hidden(python: Path) -> list[str]:
    """Return the folders below readable ones that are covered up: packages outside the learner's environment."""
    library = _standard_library(python)
    candidates = [library / "site-packages", library / "dist-packages"]
    return [str(folder) for folder in candidates if folder.is_dir()]


def _libraries() -> list[Path]:
    """Return where the system keeps what compiled programs need, as narrow as this distribution allows."""
    system = Path("/usr/lib")
    narrow = system / (sysconfig.get_config_var("MULTIARCH") or "none")
    folders = [narrow, system / "locale"] if narrow.is_dir() else [system]
    folders += map(Path, ("/usr/lib32", "/usr/lib64", *_MERGED))
    return [f for f in (*folders, Path("/etc/ld.so.cache")) if f.exists() and not f.is_symlink()]


def command(
    python: Path, inside: Path, call: Path, limits: Limits, rules: int, environment: Mapping[str, str]
) -> list[str]:
    """Return the command that starts the runner; every mount precedes the last remount of /."""
    shown = readable(python, inside, call)
    above = sorted({str(folder) for _, name in shown for folder in Path(name).parents} - {"/"})
    folders = [part for folder in above for part in ("--perms", "0755", "--dir", folder)]  # else for their owner only
    binds = [part for source, name in shown for part in ("--ro-bind", str(source), name)]
    links = [
        part
        for folder in map(Path, _MERGED)
        if folder.is_symlink()
        for part in ("--symlink", str(folder.readlink()), str(folder))
    ]
    covers = [
        part for folder in hidden(python) for part in ("--size", "4096", "--tmpfs", folder, "--remount-ro", folder)
    ]
    values = [part for name, value in environment.items() for part in ("--setenv", name, value)]
    return [
        _program("bwrap"), *_namespaces(), "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts",
        "--unshare-cgroup-try", "--hostname", "sandbox", "--die-with-parent", "--new-session", "--clearenv",
        *folders, *binds, *links, *covers, "--dev", "/dev",
        "--perms", "1777", "--size", str(limits.shared_memory_bytes), "--tmpfs", "/dev/shm",
        "--perms", "1777", "--size", str(limits.scratch_bytes), "--tmpfs", "/tmp",
        "--perms", "0777", "--dir", HOME,
        "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME, *values,
        "--seccomp", str(rules), "--", *_drop_root(),
        f"{_VENV}/bin/python", "-P", "-s", f"{_GRADER}/runner.py", f"{_GRADER}/call.py",
    ]  # fmt: skip


def _namespaces() -> list[str]:
    """Return how to have no powers inside: a user namespace of its own, or for root a step down at the very start."""
    if os.geteuid() != 0:
        return ["--unshare-user", "--disable-userns", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL"]
    keep = ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")  # for the step down, which leaves nothing of them
    return ["--cap-drop", "ALL", *(part for cap in keep for part in ("--cap-add", cap))]


def _drop_root() -> list[str]:
    """Return the command that gives root's powers up for good; nothing where there are none."""
    if os.geteuid() != 0:
        return []
    uid = str(_UIDS.start + secrets.randbelow(len(_UIDS)))
    return [
        _SETPRIV, f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "--no-new-privs",
        "--inh-caps=-all", "--ambient-caps=-all", "--bounding-set=-all",
    ]  # fmt: skip


def _program(name: str) -> str:
    return shutil.which(name) or f"/usr/bin/{name}"


def _interpreters(python: Path) -> list[Path]:
    """Return the names outside a virtual environment that lead from its ``python`` to the program itself."""
    names = [python]
    while names[-1].is_symlink():
        names.append(Path(os.path.normpath(names[-1].parent / names[-1].readlink())))
    return [name for name in names if name.parent != python.parent]


@functools.cache
def _base(python: Path) -> Path:
    """Return the folder of the Python that a virtual environment was made from."""
    return python.resolve().parent.parent


@functools.cache
def _standard_library(python: Path) -> Path:
    version = python.resolve().name.removeprefix("python")
    named = _base(python) / "lib" / f"python{version}"
    return named if named.is_dir() else next(_base(python).glob("lib/python3.*/os.py")).parent


@contextlib.contextmanager
def filter_file() -> Iterator[int]:
    """Yield a descriptor from which bwrap reads the filter of system calls."""
    with tempfile.TemporaryFile() as file:
        file.write(seccomp.program())
        file.seek(0)
        yield file.fileno()


@functools.cache
def problems() -> tuple[str, ...]:
    """Say why bubblewrap cannot be used on this machine and what to install; nothing where it can."""
    if sys.platform != "linux":
        return ("it exists on Linux only: use podman or docker.",)
    wanted = ["bwrap", "setpriv"] if os.geteuid() == 0 else ["bwrap"]
    missing = [
        f"the program {name} is not installed (apt: {_PACKAGES[name]})." for name in wanted if not shutil.which(name)
    ]
    missing += seccomp.problems()
    if missing:
        return tuple(missing)
    tried = subprocess.run(
        ["bwrap", *_namespaces(), "--unshare-pid", "--unshare-net", "--ro-bind", "/", "/", "--dev", "/dev", "true"],
        capture_output=True, text=True, check=False, timeout=20,
    )  # fmt: skip
    if tried.returncode == 0:
        return ()
    why = "inside a container, or where user namespaces are forbidden, it needs the machine's permission"
    return (f"bwrap fails here ({why}; podman or docker may do): {tried.stderr.strip()}.",)
