"""Put a submission into the class's folder: whole or not at all, and through no link that somebody planted."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


def deliver_notebook(submitted: Path, learner: str, assignment: str, files: Mapping[str, bytes]) -> None:
    """Write a learner's files aside and exchange the folder for them; what was there before is gone after that.

    Raises OSError where that cannot be done, and then leaves everything as it was.
    """
    submitted.mkdir(parents=True, exist_ok=True, mode=0o700)
    top = os.open(submitted.resolve(), os.O_RDONLY | os.O_DIRECTORY)
    try:
        with contextlib.suppress(FileExistsError):
            os.mkdir(learner, 0o700, dir_fd=top)
        own = os.open(learner, _FOLDER, dir_fd=top)
        try:
            _exchange(own, assignment, files)
        finally:
            os.close(own)
    finally:
        os.close(top)


def _exchange(own: int, assignment: str, files: Mapping[str, bytes]) -> None:
    token = secrets.token_hex(4)
    new, old = f".{assignment}.{token}.new", f".{assignment}.{token}.old"
    try:
        os.mkdir(new, 0o700, dir_fd=own)
        _write(own, new, files)
        with contextlib.suppress(FileNotFoundError):
            os.rename(assignment, old, src_dir_fd=own, dst_dir_fd=own)
        try:
            os.rename(new, assignment, src_dir_fd=own, dst_dir_fd=own)
        except OSError:
            with contextlib.suppress(FileNotFoundError):
                os.rename(old, assignment, src_dir_fd=own, dst_dir_fd=own)
            raise
    except BaseException:
        _remove(own, new)
        raise
    _remove(own, old)


def _write(own: int, folder: str, files: Mapping[str, bytes]) -> None:
    place = os.open(folder, _FOLDER, dir_fd=own)
    try:
        for name, raw in files.items():
            handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=place)
            with os.fdopen(handle, "wb") as file:
                file.write(raw)
    finally:
        os.close(place)


def _remove(own: int, name: str) -> None:
    """Remove a folder, or whatever has its name; a link is removed, never what it leads to."""
    try:
        os.unlink(name, dir_fd=own)
    except (IsADirectoryError, PermissionError):
        with contextlib.suppress(OSError):
            shutil.rmtree(name, dir_fd=own)
    except OSError:
        return
