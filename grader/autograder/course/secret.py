"""Secrets from which fixtures are drawn: the course's own, outside the repository, and one for each class."""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
from pathlib import Path

import platformdirs

HOME_VARIABLE = "BACKPROP_HOME"
SECRET_BYTES = 32
CLASS_KEY = ".class-key"
"""The file in a class's folder that makes its fixtures its own."""


def home_folder() -> Path:
    """Return the instructor's own folder for this course, outside the repository."""
    return Path(os.environ.get(HOME_VARIABLE) or platformdirs.user_data_path("backprop-course"))


def course_secret() -> bytes:
    """Return the course's secret; make it on first use."""
    return _random_file(home_folder() / "secret")


def class_secret(folder: Path) -> bytes:
    """Return the secret of the class in ``folder``, from which its fixtures are drawn; make it on first use.

    It needs both files: what pages of last year's class give away says nothing about this one's fixtures, and a copy
    of the class's folder without the course's secret says nothing either.
    """
    return hmac.digest(course_secret(), b"class\0" + class_key(folder), "sha256")


def class_key(folder: Path) -> bytes:
    """Return the random bytes that are this class's own and no secret of the course; make them on first use."""
    return _random_file(folder / CLASS_KEY)


def _random_file(path: Path) -> bytes:
    """Return the random bytes that ``path`` holds; make them where there are none."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_bytes(secrets.token_bytes(SECRET_BYTES))
        with contextlib.suppress(FileExistsError):  # of two runs that start at once, the first one's bytes stay
            os.link(draft, path)
        draft.unlink()
    return path.read_bytes()
