"""Try to escape from the sandbox before a learner's code runs in it."""

from __future__ import annotations

import contextlib
import dataclasses
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course.limits import Limits
from autograder.sandbox.engines import Engine, EngineError
from autograder.sandbox.runner_handle import environment
from autograder.session import kernel_escapes, resource_escapes
from autograder.session.session import Session

_GRADERS = ["autograder", "nbgrader", "nbformat", "nbconvert", "jupyter_client", "sqlalchemy", "pyseccomp"]

_ATTEMPT_SECONDS = 20.0
"""An attempt may take so long, whatever a class allows its learners: a busy machine is not an open one."""


@dataclass(frozen=True)
class EscapeAttempt:
    """One way out that was tried."""

    name: str
    held: bool
    detail: str
    """What was reached, or why it could not be tried."""


def try_escapes(engine: Engine, limits: Limits) -> tuple[EscapeAttempt, ...]:
    """Try every known way out of ``engine``. It must not be used unless all of them failed."""
    if engine.name == "trust":
        raise ValueError("there is no sandbox to try: the attempts would do their harm to this machine")
    patient = max(limits.call_seconds, _ATTEMPT_SECONDS)
    limits = dataclasses.replace(limits, call_seconds=patient, cell_seconds=max(limits.cell_seconds, patient))
    with tempfile.NamedTemporaryFile(prefix="course-probe-") as canary, Session(engine, limits) as session:
        for module in (kernel_escapes, resource_escapes):
            ran = session.run(Path(str(module.__file__)).read_text(encoding="utf-8"))
            if ran.raised:
                return (EscapeAttempt("start", False, f"{ran.raised.type}: {ran.raised.message}"),)
        return tuple(_try(session, name, args) for name, args in _plan(engine, limits, canary.name))


def require_sealed(engine: Engine, limits: Limits) -> None:
    """Raise EngineError if one can escape from ``engine``. ``trust`` is no sandbox and is not tried."""
    if engine.name == "trust":
        return
    for attempt in try_escapes(engine, limits):
        if not attempt.held:
            raise EngineError(f"{engine.name} does not hold on this machine: {attempt.name}: {attempt.detail}")


def _plan(engine: Engine, limits: Limits, canary: str) -> list[tuple[str, tuple[Any, ...]]]:
    private = [
        canary,
        __file__,
        str(Path.home() / ".profile"),
        "/etc/passwd",
        "/etc/hostname",
        "/usr/bin/env",
        "/bin/sh",
    ]
    private += ["/var/log", "/sys/kernel", "/run"]
    shared = [
        ("powers", ()),
        ("processes", ()),
        ("importable", (_GRADERS,)),
        ("descriptors", ()),
        ("namespaces", ()),
        ("kernel", ()),
        ("forks", ()),
        ("disk", (2 * limits.scratch_bytes,)),
        ("memory", (2 * limits.address_bytes,)),
        ("writable", ()),
        ("devices", ()),
        ("limits", ()),
    ]
    if engine.name in ("podman", "docker"):  # an image has folders of its own; its network is empty, not forbidden
        return [*shared, ("readable", (private[:2],))]
    known = [*environment("/"), "MPLBACKEND", "PWD"]
    library = str(Path(contextlib.__file__))
    own = [("newer_calls", ()), ("signals", (library,)), ("uncounted", ())]
    return [*shared, *own, ("readable", (private,)), ("network", ()), ("environment", (known,))]


def _try(session: Session, name: str, args: tuple[Any, ...]) -> EscapeAttempt:
    found = session.call(name, args)
    reached = getattr(found.value, "text", None) if found.status == "returned" else None
    if reached is None:
        return EscapeAttempt(name, False, f"it could not be tried ({found.status}): {found.raised}")
    return EscapeAttempt(name, not reached, reached)
