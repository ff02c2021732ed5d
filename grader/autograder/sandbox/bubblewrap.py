"""The engine bubblewrap: a runner that joins a sandbox of namespaces with a filter of system calls."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys

from autograder.course.limits import Limits
from autograder.sandbox import seccomp
from autograder.sandbox.bubblewrap_command import HOME, user_namespace
from autograder.sandbox.engine import Engine, missing_python
from autograder.sandbox.fork_server_client import fork_runner
from autograder.sandbox.instance import SandboxInstance
from autograder.sandbox.runner_handle import Runner, environment

_PACKAGES = {"bwrap": "bubblewrap", "cat": "coreutils"}
"""Program -> Debian package."""


def start(engine: Engine, limits: Limits) -> Runner:
    """Let bubblewrap build a sandbox; fork a runner with its packages loaded, which joins it."""
    instance = SandboxInstance(engine.python, limits)
    order = {"sandbox": instance.join_spec, "environment": environment(HOME), "folder": HOME}
    try:
        server, pid, writing, reading = fork_runner(engine.python, order)
    except BaseException:
        instance.end()
        raise

    def end() -> None:
        instance.end()
        server.kill(pid)
        os.close(writing)
        os.close(reading)

    return Runner(writing, reading, end, server.complaint, (instance.pid, pid), instance.scratch, counts_processes=True)


def problems(engine: Engine) -> tuple[str, ...]:
    """Say why bubblewrap cannot be used on this machine and what to install; nothing if it can."""
    return missing_python(engine) or _machine_problems()


@functools.cache
def _machine_problems() -> tuple[str, ...]:
    if sys.platform != "linux":
        return ("it exists on Linux only: use podman or docker.",)
    missing = [
        f"the program {name} is not installed (apt: {package})."
        for name, package in _PACKAGES.items()
        if not shutil.which(name)
    ]
    missing += seccomp.problems()
    if missing:
        return tuple(missing)
    tried = subprocess.run(
        ["bwrap", *user_namespace(), "--unshare-pid", "--unshare-net", "--ro-bind", "/", "/", "--dev", "/dev", "true"],
        capture_output=True, text=True, check=False, timeout=20,
    )  # fmt: skip
    if tried.returncode == 0:
        return ()
    why = "inside a container, or where user namespaces are forbidden, it needs the machine's permission"
    return (f"bwrap fails here ({why}; podman or docker may do): {tried.stderr.strip()}.",)
