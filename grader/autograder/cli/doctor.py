"""Say whether this machine can grade, and what is missing if it cannot."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.course import paths
from autograder.course.limits import Limits
from autograder.course.secret import home_folder
from autograder.sandbox.engines import ENGINES, Engine, engine_problems
from autograder.session.selftest import try_escapes

PYTHONS = ((3, 11), (3, 13))


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    name: str
    works: bool
    detail: str
    needed: bool = True
    """Whether grading is impossible without it."""


def run_checks() -> Iterator[Check]:
    """Look at everything in turn."""
    version = sys.version_info
    inside = PYTHONS[0] <= version[:2] <= PYTHONS[1]
    yield Check("python", inside, f"{version.major}.{version.minor} (3.11 to 3.13 are tested)")
    for name in ENGINES:
        yield _engine(name)
    there = paths.assignments(paths.NOTEBOOKS) == paths.assignments()
    yield Check("notebooks", there, "one for each solution" if there else "run: course release")
    secret = home_folder() / "secret"
    yield Check("secret", True, f"{secret}{'' if secret.exists() else ' (made by the first grading)'}")


def _engine(name: str) -> Check:
    needed = name == "bubblewrap"
    if name == "trust":
        return Check(name, True, "no sandbox at all; only for submissions that you wrote yourself", needed)
    engine = Engine(name, paths.LEARNER_PYTHON)
    wrong = engine_problems(engine)
    if wrong:
        return Check(name, False, " ".join(wrong), needed)
    broken = [attempt.name for attempt in try_escapes(engine, Limits()) if not attempt.held]
    return Check(name, not broken, f"does not hold: {', '.join(broken)}" if broken else "every escape was held", needed)
