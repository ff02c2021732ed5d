"""A file that is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, content: str | bytes, *, mode: int = 0o666) -> None:
    """Put a draft in the place of a file: who reads it finds the old one or the new one, after a kill as well.

    A link at that place is replaced and not followed. Raises OSError, and then nothing has changed.
    """
    raw = content.encode() if isinstance(content, str) else content
    draft = path.with_name(f".{path.name}.tmp")
    draft.unlink(missing_ok=True)  # what a killed run has left
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode), "wb") as file:
            file.write(raw)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
