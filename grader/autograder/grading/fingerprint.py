"""The hash of everything that a verdict depends on: the same hash, the same verdict."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import sys
from pathlib import Path

import numpy

import autograder
import gradcheck
from autograder.course.limits import Limits
from autograder.submissions.intake import Refused

_AUTOGRADER = Path(autograder.__file__).parent
JUDGE_PACKAGES = (
    Path(gradcheck.__file__).parent,
    *(_AUTOGRADER / name for name in ("course", "submissions", "runner", "sandbox", "session", "grading")),
)
"""The packages that decide about a verdict, each with all its files: texts of messages are files, too."""


def verdict_key(
    raw: bytes | Refused, *, assignment: str, student: str, release: bytes, secret: bytes, engine: str, limits: Limits
) -> str:
    """Return the hash of everything that a verdict depends on, the judge's own source text included."""
    whole = hashlib.sha256()
    submitted = b"refused:" + raw.reason.encode() if isinstance(raw, Refused) else b"bytes:" + raw
    settings = json.dumps([assignment, student, engine, dataclasses.asdict(limits)]).encode()
    for part in (submitted, settings, release, secret, _judge_digest().encode()):
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()


def judge_edition() -> str:
    """Return what this installation's verdicts depend on beside their inputs: the judge's source, Python and numpy."""
    return f"{_judge_digest()} python {sys.version_info.major}.{sys.version_info.minor} numpy {numpy.__version__}"


@functools.cache
def _judge_digest() -> str:
    """Return the digest of the judge as this process has loaded it."""
    return packages_digest(*JUDGE_PACKAGES)


def packages_digest(*packages: Path) -> str:
    """Return the hash of all files of ``packages``, with their names; compiled files do not count."""
    whole = hashlib.sha256()
    for package in packages:
        for file in sorted(package.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                name = f"{package.name}/{file.relative_to(package).as_posix()}"
                whole.update(hashlib.sha256(name.encode()).digest())
                whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()
