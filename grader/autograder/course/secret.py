"""The course's secret, outside the repository."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

import platformdirs

HOME_VARIABLE = "BACKPROP_HOME"
SECRET_BYTES = 32


def home_folder() -> Path:
    """Return the instructor's own folder for this course, outside the repository."""
    return Path(os.environ.get(HOME_VARIABLE) or platformdirs.user_data_path("backprop-course"))


def course_secret() -> bytes:
    """Return the course's secret, from which every learner's fixtures are drawn; make it on first use."""
    path = home_folder() / "secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"secret.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_bytes(secrets.token_bytes(SECRET_BYTES))
        with contextlib.suppress(FileExistsError):  # of two runs that start at once, the first one's secret stays
            os.link(draft, path)
        draft.unlink()
    return path.read_bytes()
