"""One file of a download or a folder, wherever it lies, and what is wrong with one that cannot be had."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

_JUNK_FOLDERS = {".ipynb_checkpoints", "__MACOSX", "__pycache__", ".git"}
_JUNK_FILES = {".DS_Store", "Thumbs.db", "desktop.ini", "index.html"}


class EntryError(Exception):
    """A file that cannot be read; the sentence says why."""


@dataclass(frozen=True)
class Entry:
    """One file, wherever it lies."""

    path: PurePosixPath
    """Within the source; a component may be the name of an archive."""
    changed: datetime | None
    """When it was changed (UTC), where that is known."""
    reader: Callable[[int], bytes]
    source: str = ""
    """The name of the folder or the archive that was given."""
    archives: tuple[tuple[int, datetime], ...] = ()
    """The archives around it within the source, the outermost first: how many parts of the path name it, its time."""

    def own_archive(self, depth: int) -> tuple[int, datetime | None]:
        """Return how many parts of the path name the archive that a learner handed in, and when it was changed.

        Part ``depth`` names the learner, who wrote all names and dates in the archive. Without one it is the file.
        """
        return next((found for found in self.archives if found[0] > depth), (len(self.path.parts), self.changed))

    def read(self, limit: int) -> bytes:
        """Return the bytes; EntryError where they cannot be had or are more than ``limit``."""
        try:
            raw = self.reader(limit + 1)
        except EntryError:
            raise
        except Exception as err:  # an archive can be damaged in more ways than can be listed
            raise EntryError(f"it cannot be read ({reason(err)})") from err
        if len(raw) > limit:
            raise EntryError(f"it is larger than the {limit / 1e6:g} MB that can be graded")
        return raw


@dataclass(frozen=True)
class Unreadable:
    """A file, or an archive, of which nothing can be had."""

    path: PurePosixPath
    why: str
    look: bool = True
    """Whether an instructor should look at it."""


def reason(err: Exception) -> str:
    """Return in a few words what is wrong with a file."""
    if isinstance(err, RuntimeError) and "password" in str(err):
        return "it is encrypted"
    if isinstance(err, NotImplementedError):
        return "it is compressed in a way that Python does not know"
    if isinstance(err, zipfile.BadZipFile):
        return "its archive is damaged"
    return (err.strerror if isinstance(err, OSError) else "") or type(err).__name__


def is_junk(path: PurePosixPath) -> bool:
    """Tell whether a file is what editors and systems leave behind, and no one's work."""
    return bool(_JUNK_FOLDERS & set(path.parts)) or path.name in _JUNK_FILES or path.name.startswith("._")
