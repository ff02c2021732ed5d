"""Say whether this machine can grade, and what is missing if it cannot."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from autograder.course import paths
from autograder.course.limits import Limits
from autograder.course.secret import home_folder
from autograder.sandbox.engines import ENGINES, Engine, engine_problems
from autograder.sandbox.host import MachineCheck, check_host
from autograder.session.selftest import try_escapes

OLDEST_PYTHON = (3, 11)


def run_checks() -> Iterator[MachineCheck]:
    """Look at everything in turn."""
    version = sys.version_info
    recent = version[:2] >= OLDEST_PYTHON
    yield MachineCheck("python", recent, f"{version.major}.{version.minor} (3.11 or later is needed)", needed=True)
    engines = [_engine(name) for name in ENGINES]
    sandboxed = engines[0].works
    yield from (check for check in check_host() if check.works or not check.needed or not sandboxed)
    yield from engines
    there = paths.assignments(paths.NOTEBOOKS) == paths.assignments()
    yield MachineCheck("notebooks", there, "one for each solution" if there else "run: course release", needed=True)
    secret = home_folder() / "secret"
    yield MachineCheck("secret", True, f"{secret}{'' if secret.exists() else ' (made by the first grading)'}")


def _engine(name: str) -> MachineCheck:
    needed = name == "bubblewrap"
    if name == "trust":
        return MachineCheck(name, True, "no sandbox at all; only for submissions that you wrote yourself", needed)
    engine = Engine(name, paths.LEARNER_PYTHON)
    wrong = engine_problems(engine)
    if wrong:
        return MachineCheck(name, False, " ".join(wrong), needed)
    broken = [attempt.name for attempt in try_escapes(engine, Limits()) if not attempt.held]
    return MachineCheck(
        name, not broken, f"does not hold: {', '.join(broken)}" if broken else "every escape was held", needed
    )
