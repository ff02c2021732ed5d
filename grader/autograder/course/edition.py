"""Which edition of the course this is."""

from __future__ import annotations

import tomllib

from autograder.course import paths


def course_version() -> str:
    """Return the version that pyproject.toml gives the course."""
    return tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def wheel_name() -> str:
    """Return the file name of the learners' package."""
    return f"gradcheck-{course_version()}-py3-none-any.whl"


def requires_python() -> str:
    """Return which Python the course needs, as pyproject.toml says it."""
    return tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
