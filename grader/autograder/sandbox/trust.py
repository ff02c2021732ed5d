"""The engine trust: no sandbox at all. The runner is an ordinary process of this user, with an empty home."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile

from autograder.course.limits import Limits
from autograder.sandbox.engine import Engine, missing_python
from autograder.sandbox.fork_server_client import fork_runner
from autograder.sandbox.runner_handle import CALL, RUNNER, Runner, environment, spawn


def start(engine: Engine, limits: Limits) -> Runner:  # noqa: ARG001  (only the runner itself applies the limits)
    """Fork a runner with its packages loaded."""
    home = tempfile.mkdtemp(prefix="course-home-")
    settings = environment(home) | {"PATH": os.environ.get("PATH", os.defpath)}
    if sys.platform != "linux":  # elsewhere a process with loaded packages cannot be forked safely
        return spawn([str(engine.python), "-P", "-s", str(RUNNER / "main.py"), str(CALL)], settings, home=home)
    try:
        order = {"sandbox": None, "environment": settings, "folder": home}
        server, pid, writing, reading = fork_runner(engine.python, order)
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise

    def end() -> None:
        server.kill(pid)
        os.close(writing)
        os.close(reading)
        shutil.rmtree(home, ignore_errors=True)

    return Runner(writing, reading, end, server.complaint, (pid,))


def problems(engine: Engine) -> tuple[str, ...]:
    """Say what is missing on this machine."""
    return missing_python(engine)
