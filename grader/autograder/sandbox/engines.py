"""The engines that exist. A new one is a module with the functions of ``Driver``, and one line in ``DRIVERS``."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping
from pathlib import Path

from autograder.course.limits import Limits
from autograder.sandbox import bubblewrap, container, trust
from autograder.sandbox.engine import Driver, Engine, EngineError
from autograder.sandbox.fork_server_client import fork_server_for
from autograder.sandbox.runner_handle import Runner

__all__ = [
    "DRIVERS",
    "ENGINES",
    "Engine",
    "EngineError",
    "choose_engine",
    "engine_problems",
    "load_ahead",
    "start_runner",
]

DRIVERS: Mapping[str, Driver] = {"bubblewrap": bubblewrap, "podman": container, "docker": container, "trust": trust}
"""Name -> driver; the first one is the default."""
ENGINES = tuple(DRIVERS)


def choose_engine(name: str | None, root: Path) -> Engine:
    """Return the engine ``name`` for the project at ``root``; without a name bubblewrap.

    Raises EngineError if it cannot be used: no other engine is ever taken instead.
    """
    learner = root / ".venv-learner" / "bin" / "python"
    engine = Engine(name or ENGINES[0], learner if learner.exists() or name != "trust" else Path(sys.executable))
    wrong = engine_problems(engine)
    if wrong:
        others = "" if engine.name == "trust" else " `course doctor` says which engines work on this machine."
        raise EngineError(f"{engine.name} cannot be used here: {' '.join(wrong)}{others}")
    return engine


def engine_problems(engine: Engine) -> tuple[str, ...]:
    """Say why ``engine`` cannot be used on this machine and what to do about it; nothing if it can."""
    if engine.name not in DRIVERS:
        return (f"there is no engine of this name, only {', '.join(ENGINES)}.",)
    return DRIVERS[engine.name].problems(engine)


def load_ahead(engine: Engine) -> None:
    """Start to load the learners' packages for the workers that this process is going to start."""
    if DRIVERS[engine.name] in (bubblewrap, trust) and sys.platform == "linux":
        with contextlib.suppress(OSError):  # raised again where a runner is to start
            fork_server_for(engine.python)


def start_runner(engine: Engine, limits: Limits) -> Runner:
    """Start a runner; raises OSError if that fails."""
    return DRIVERS[engine.name].start(engine, limits)
