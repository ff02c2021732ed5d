"""Every file of a folder or a zip file, archives within archives included; what is wrong with one stays its own."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import os
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from pathlib import Path, PurePosixPath

from autograder.course.clock import in_zone

MAX_DEPTH = 3
"""Archives within archives that are opened."""
MAX_ARCHIVE_BYTES = 200_000_000
"""An archive within an archive."""
MAX_OPENED_BYTES = 4_000_000_000
"""All archives within one archive together, each as often as it is opened: small files can be made of so many that to
open them would take days."""
MAX_ENTRIES = 200_000
_EXTENDED_TIME = 0x5455
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


def list_entries(source: Path, zone: tzinfo | None) -> Iterator[Entry | Unreadable]:
    """Yield every file of a folder, of a zip file, or the file itself."""
    if source.is_dir():
        yield from _folder(source, zone)
    elif zipfile.is_zipfile(source):
        changed = datetime.fromtimestamp(source.stat().st_mtime, UTC)
        yield from _opened(_Archive(lambda: source, PurePosixPath(), source.stem, zone, changed), keep=True)
    else:
        yield _file(source, PurePosixPath(source.name), source.stem)


def is_junk(path: PurePosixPath) -> bool:
    """Tell whether a file is what editors and systems leave behind, and no one's work."""
    return bool(_JUNK_FOLDERS & set(path.parts)) or path.name in _JUNK_FILES or path.name.startswith("._")


def _folder(source: Path, zone: tzinfo | None) -> Iterator[Entry | Unreadable]:
    unlisted: list[OSError] = []
    for place, folders, files in os.walk(source, onerror=unlisted.append):
        folders.sort()
        for name in sorted((*files, *(n for n in folders if Path(place, n).is_symlink()))):
            path = Path(place, name)
            shown = PurePosixPath(path.relative_to(source).as_posix())
            try:
                kind = path.lstat().st_mode
            except OSError as err:
                yield Unreadable(shown, f"it cannot be read ({reason(err)})")
                continue
            if stat.S_ISLNK(kind):
                yield Unreadable(shown, "it is a link, and what a link leads to may be anybody's")
            elif not stat.S_ISREG(kind):
                yield Unreadable(shown, "it is not an ordinary file")
            elif path.suffix.lower() == ".zip" and not is_junk(shown):
                changed = datetime.fromtimestamp(path.lstat().st_mtime, UTC)
                yield from _opened(
                    _Archive(partial(Path, path), shown, source.name, zone, changed, ((len(shown.parts), changed),))
                )
            else:
                yield _file(path, shown, source.name)
    for unread in unlisted:
        shown = PurePosixPath(os.path.relpath(unread.filename, str(source)))
        yield Unreadable(shown, f"it cannot be read ({reason(unread)})")


def _file(path: Path, shown: PurePosixPath, source: str) -> Entry:
    def read(limit: int) -> bytes:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            return file.read(limit)

    return Entry(shown, datetime.fromtimestamp(path.lstat().st_mtime, UTC), read, source)


@dataclass(frozen=True)
class _Archive:
    """An archive that is being listed."""

    get: Callable[[], Path | io.BytesIO]
    around: PurePosixPath
    """Its own place."""
    source: str
    zone: tzinfo | None
    changed: datetime
    """The time of what has none of its own."""
    within: tuple[tuple[int, datetime], ...] = ()
    """As ``Entry.archives``."""
    depth: int = 1
    left: list[int] = field(default_factory=lambda: [MAX_OPENED_BYTES])
    """One number: the bytes of archives within it that may still be opened."""
    kept: zipfile.ZipFile | None = None
    """Open for the whole run; None where it is opened anew for each file, for there may be a thousand of them."""


def _opened(archive: _Archive, keep: bool = False) -> Iterator[Entry | Unreadable]:
    """Yield the files of one archive."""
    if archive.depth > MAX_DEPTH:
        yield Unreadable(archive.around, "it is an archive within too many others")
        return
    try:
        opened = zipfile.ZipFile(archive.get())
        entries = opened.infolist()
    except Exception as err:
        why = str(err) if isinstance(err, EntryError) else reason(err)
        yield Unreadable(archive.around, f"it cannot be opened ({why})")
        return
    if keep:
        archive = dataclasses.replace(archive, kept=opened)
    else:
        opened.close()
    if len(entries) > MAX_ENTRIES:
        yield Unreadable(archive.around, f"it holds {len(entries)} files, more than anybody's work")
        return
    for entry in entries:
        yield from _inside(archive, entry)


def _inside(archive: _Archive, entry: zipfile.ZipInfo) -> Iterator[Entry | Unreadable]:
    """Yield one file of an archive, or what is in it where it is an archive itself."""
    name = _name(entry)
    path = archive.around / name.lstrip("/")
    if entry.is_dir() or name.endswith("/"):
        return
    if ".." in path.parts or name.startswith("/") or name[1:2] == ":":
        yield Unreadable(path, "its name leads out of the archive")
        return
    if stat.S_ISLNK(entry.external_attr >> 16):
        yield Unreadable(path, "it is a link, and what a link leads to may be anybody's")
        return
    changed = _changed(entry, archive.zone) or archive.changed
    found = Entry(path, changed, _reader(archive, entry), archive.source, archive.within)
    if path.suffix.lower() != ".zip" or is_junk(path):
        yield found
        return
    left = [MAX_OPENED_BYTES] if archive.kept else archive.left  # what a platform handed out has one for each file

    def get() -> io.BytesIO:
        left[0] -= min(entry.file_size, MAX_ARCHIVE_BYTES)
        if left[0] < 0:
            raise EntryError("its archives hold more than anybody's work")
        return io.BytesIO(found.read(MAX_ARCHIVE_BYTES))

    inner = dataclasses.replace(
        archive,
        get=get,
        left=left,
        around=path,
        changed=changed,
        within=(*archive.within, (len(path.parts), changed)),
        depth=archive.depth + 1,
        kept=None,
    )
    yield from _opened(inner)


def _reader(archive: _Archive, entry: zipfile.ZipInfo) -> Callable[[int], bytes]:
    def read(limit: int) -> bytes:
        if archive.kept:
            with archive.kept.open(entry) as file:
                return file.read(limit)
        with zipfile.ZipFile(archive.get()) as again, again.open(entry) as file:
            return file.read(limit)

    return read


def _name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name: many programs write UTF-8 without saying so, and Windows writes backslashes."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")


def _changed(entry: zipfile.ZipInfo, zone: tzinfo | None) -> datetime | None:
    """Return when an entry was changed: in UTC where the archive says so, else by the class's clock."""
    extra = entry.extra
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == _EXTENDED_TIME and size >= 5 and len(extra) >= 9 and extra[4] & 1:
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=struct.unpack("<i", extra[5:9])[0])
        extra = extra[4 + size :]
    try:
        return in_zone(datetime(*entry.date_time), zone)
    except (ValueError, OverflowError, OSError):
        return None
