"""The engines: how a runner is started, and whether this machine can do that."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.course.limits import Limits
from autograder.sandbox import bubblewrap, container
from autograder.sandbox.fork_server_client import ForkServer, fork_server_for
from autograder.sandbox.instance import SandboxInstance
from autograder.sandbox.runner_handle import CALL, RUNNER, Runner, environment, spawn

ENGINES = ("bubblewrap", "podman", "docker", "trust")


class EngineError(Exception):
    """An engine cannot be used here; the sentence says why and what to do."""


@dataclass(frozen=True)
class Engine:
    """A way to run a learner's code."""

    name: str
    """bubblewrap, podman, docker or trust."""
    python: Path = field(default=Path(sys.executable))
    """The interpreter of the learner's environment; in a container the image has its own."""

    def start(self, limits: Limits) -> Runner:
        """Start a runner; raises OSError where that fails."""
        if self.name == "bubblewrap":
            return _bubblewrap(self, limits)
        return _trust(self) if self.name == "trust" else container.start(self.name, limits)


def choose_engine(name: str | None, root: Path) -> Engine:
    """Return the engine ``name`` for the project at ``root``; the default is bubblewrap, and nothing else ever is.

    Raises EngineError where it cannot work: there is no silent fall-back.
    """
    learner = root / ".venv-learner" / "bin" / "python"
    engine = Engine(name or "bubblewrap", learner if learner.exists() or name != "trust" else Path(sys.executable))
    wrong = engine_problems(engine)
    if wrong:
        others = "" if engine.name == "trust" else " `course doctor` says which engines work on this machine."
        raise EngineError(f"{engine.name} cannot be used here: {' '.join(wrong)}{others}")
    return engine


def engine_problems(engine: Engine) -> tuple[str, ...]:
    """Say why ``engine`` cannot be used on this machine and what to do about it; nothing where it can."""
    if engine.name not in ENGINES:
        return (f"there is no engine of this name, only {', '.join(ENGINES)}.",)
    if engine.name in ("podman", "docker"):
        return container.problems(engine.name)
    if not engine.python.exists():
        return (f"{engine.python} is missing: `make setup` builds the learners' environment.",)
    return bubblewrap.problems() if engine.name == "bubblewrap" else ()


def _bubblewrap(engine: Engine, limits: Limits) -> Runner:
    """Let bubblewrap build a sandbox, and a runner join it that is forked with its packages loaded."""
    instance = SandboxInstance(engine.python, limits)
    order = {"sandbox": instance.join_spec, "environment": environment(bubblewrap.HOME), "folder": bubblewrap.HOME}
    try:
        server, pid, writing, reading = _forked(engine, order)
    except BaseException:
        instance.end()
        raise

    def end() -> None:
        instance.end()
        server.kill(pid)
        os.close(writing)
        os.close(reading)

    return Runner(writing, reading, end, server.complaint, (instance.pid, pid), instance.scratch, counts_processes=True)


def _trust(engine: Engine) -> Runner:
    """No sandbox at all: the runner is an ordinary process of this user, with an empty home."""
    home = tempfile.mkdtemp(prefix="course-home-")
    settings = environment(home) | {"PATH": os.environ.get("PATH", os.defpath)}
    if sys.platform != "linux":  # where a fork of loaded packages is not safe
        return spawn([str(engine.python), "-P", "-s", str(RUNNER / "main.py"), str(CALL)], settings, home=home)
    try:
        server, pid, writing, reading = _forked(engine, {"sandbox": None, "environment": settings, "folder": home})
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise

    def end() -> None:
        server.kill(pid)
        os.close(writing)
        os.close(reading)
        shutil.rmtree(home, ignore_errors=True)

    return Runner(writing, reading, end, server.complaint, (pid,))


def _forked(engine: Engine, order: Mapping[str, Any]) -> tuple[ForkServer, int, int, int]:
    """Return the fork server, what it forked, and the judge's ends of the channel."""
    fonts = engine.python.parent.parent / "share" / "mpl"
    server = fork_server_for(engine.python, CALL, environment("/nowhere") | {"MPLCONFIGDIR": str(fonts)})
    (theirs_in, writing), (reading, theirs_out) = os.pipe(), os.pipe()
    try:
        pid = server.fork(order, (theirs_in, theirs_out))
    except BaseException:
        os.close(writing)
        os.close(reading)
        raise
    finally:
        os.close(theirs_in)
        os.close(theirs_out)
    return server, pid, writing, reading
