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
SECRET_MARK = ".secret-mark"
"""The file in a class's folder that tells the course's secret with which it was graded from others."""


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


def other_secret(folder: Path) -> str:
    """Return what to say where the class in ``folder`` was graded with another secret of the course, else nothing."""
    try:
        noted = (folder / SECRET_MARK).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
    if noted == _mark():
        return ""
    return (
        "this class was graded with another secret of the course, so everybody is judged anew, with other numbers; "
        f"the grader before has the file that belongs at {home_folder() / 'secret'} (docs/term.md, two graders)"
    )


def note_secret(folder: Path) -> None:
    """Note in the class's folder with which secret of the course it is graded; the secret cannot be told from it."""
    path = folder / SECRET_MARK
    if not path.is_file() or other_secret(folder):
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.write_text(_mark(), encoding="utf-8")
        draft.replace(path)


def _mark() -> str:
    return hmac.digest(course_secret(), b"mark", "sha256").hex()


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
