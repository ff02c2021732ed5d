"""What an engine is: a name, the learners' interpreter, and a driver that starts runners."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from autograder.course.limits import Limits
from autograder.sandbox.runner_handle import Runner


class EngineError(Exception):
    """An engine cannot be used here; the sentence says why and what to do."""


@dataclass(frozen=True)
class Engine:
    """A way to run a learner's code."""

    name: str
    """A name in ``engines.DRIVERS``."""
    python: Path = field(default=Path(sys.executable))
    """The interpreter of the learners' environment; the image of a container has its own."""


class Driver(Protocol):
    """What the module of an engine defines."""

    def start(self, engine: Engine, limits: Limits) -> Runner:
        """Start a runner; raises OSError if that fails."""

    def problems(self, engine: Engine) -> tuple[str, ...]:
        """Say why the engine cannot be used on this machine and what to do about it; nothing if it can."""


def missing_python(engine: Engine) -> tuple[str, ...]:
    """Say that the learners' environment is missing, if it is."""
    if engine.python.exists():
        return ()
    return (f"{engine.python} is missing: `make setup` builds the learners' environment.",)
