"""Say whether this machine can grade, and what is missing if it cannot."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.course.limits import Limits
from autograder.course.secret import home_folder
from autograder.sandbox.engines import ENGINES, Engine, EngineError, engine_problems
from autograder.sandbox.host import MachineCheck, check_host
from autograder.session.selftest import try_escapes

OLDEST_PYTHON = (3, 11)


def run_checks(classroom: Classroom | None = None) -> Iterator[MachineCheck]:
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
    if classroom and classroom.folder.is_dir():
        what = "verdicts, notebooks, marks and secrets of the exchange"
        yield _privacy("classroom", classroom.folder, what, needed=True)
    yield _privacy("solutions", paths.SOLUTIONS, "the answers", needed=False)
    if secret.exists():
        yield _privacy("secret", secret, "from which hidden tests are drawn", needed=True)


def _privacy(name: str, place: Path, what: str, needed: bool) -> MachineCheck:
    """Say whether other users of this machine can read a file or a folder: all folders around it let them through."""
    mode = place.stat().st_mode
    doors = [folder for folder in place.resolve().parents if not folder.stat().st_mode & stat.S_IXOTH]
    if mode & (stat.S_IROTH | stat.S_IXOTH) and not doors:
        word = f"every user of this machine can read {place} ({what}): chmod -R go-rwx {place}"
        return MachineCheck(f"{name} is private", False, word, needed)
    group = " and its group" if mode & stat.S_IRGRP else ""
    return MachineCheck(f"{name} is private", True, f"only its owner{group} can read {place}", needed)


def _engine(name: str) -> MachineCheck:
    needed = name == "bubblewrap"
    if name == "trust":
        return MachineCheck(name, True, "no sandbox at all; only for submissions that you wrote yourself", needed)
    engine = Engine(name, paths.LEARNER_PYTHON)
    wrong = engine_problems(engine)
    if wrong:
        return MachineCheck(name, False, " ".join(wrong), needed)
    try:
        broken = [f"{tried.name} ({tried.detail})" for tried in try_escapes(engine, Limits()) if not tried.held]
    except EngineError as err:  # it does not start: the other engines are looked at all the same
        return MachineCheck(name, False, str(err), needed)
    return MachineCheck(
        name, not broken, f"does not hold: {', '.join(broken)}" if broken else "every escape was held", needed
    )
