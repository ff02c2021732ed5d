"""The command with which bubblewrap builds a sandbox, and the files that are visible inside.

``visible_files`` lists everything that can be seen from inside. There is no /proc, no shell, no network. The sandbox is
built around a program that only waits; the runner, which has its packages loaded already, joins it
(``runner/join_namespaces.py``).
"""

from __future__ import annotations

import functools
import os
import shutil
import sysconfig
from pathlib import Path

from autograder.course.limits import Limits

HOME = "/tmp/home"
_WAIT = "/opt/cat"
_MERGED = ("/lib", "/lib32", "/lib64")


def visible_files(python: Path) -> list[tuple[Path, str]]:
    """Return every file and folder that is visible inside, with the name that it has there; all are read-only.

    What the runner imports later it looks for where the fork server found the rest: names are the same on both sides.
    """
    base, library, venv = _base(python), _standard_library(python), python.parent.parent
    return [
        *((folder, str(folder)) for folder in _libraries()),
        *((python.resolve(), str(name)) for name in _interpreters(python)),
        (library, str(library)),
        *((file, str(file)) for file in sorted(base.glob("lib/libpython3*.so*"))),
        (venv, str(venv)),
        (Path(_program("cat")), _WAIT),
    ]


def hidden(python: Path) -> list[str]:
    """Return the folders below visible ones that are covered: packages outside the learner's environment."""
    library = _standard_library(python)
    candidates = [library / "site-packages", library / "dist-packages"]
    return [str(folder) for folder in candidates if folder.is_dir()]


def _libraries() -> list[Path]:
    """Return the system's folders of shared libraries; only this architecture's if they are apart."""
    system = Path("/usr/lib")
    narrow = system / (sysconfig.get_config_var("MULTIARCH") or "none")
    folders = [narrow, system / "locale"] if narrow.is_dir() else [system]
    folders += map(Path, ("/usr/lib32", "/usr/lib64", *_MERGED))
    return [f for f in (*folders, Path("/etc/ld.so.cache")) if f.exists() and not f.is_symlink()]


def command(python: Path, limits: Limits, rules: int, tell: int) -> list[str]:
    """Return the command that builds a sandbox and writes its process id to ``tell``; / is remounted last."""
    shown = visible_files(python)
    above = sorted({str(folder) for _, name in shown for folder in Path(name).parents} - {"/", "/tmp"})
    folders = [part for folder in above for part in ("--perms", "0755", "--dir", folder)]  # not only for their owner
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
    return [
        _program("bwrap"), *user_namespace(), "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts",
        "--unshare-cgroup", "--hostname", "sandbox", "--die-with-parent", "--new-session", "--clearenv",
        "--dev", "/dev", "--ro-bind", "/dev/null", "/dev/zero",  # else memory that is not counted
        "--perms", "1777", "--size", str(limits.shared_memory_bytes), "--tmpfs", "/dev/shm",
        "--perms", "1777", "--size", str(limits.scratch_bytes), "--tmpfs", "/tmp", "--perms", "0777", "--dir", HOME,
        *folders, *binds, *links, *covers,  # after /tmp: the course may lie below it
        "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME,
        "--seccomp", str(rules), "--info-fd", str(tell), "--", _WAIT,
    ]  # fmt: skip


def user_namespace() -> list[str]:
    """Return the options that drop all capabilities; root needs no user namespace: it changes its uid later."""
    if os.geteuid() == 0:
        return ["--cap-drop", "ALL"]
    return ["--unshare-user", "--disable-userns", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL"]


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
