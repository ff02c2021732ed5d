"""Every file of a folder or a zip file, archives within archives included; what is wrong with one stays its own."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path, PurePosixPath

from autograder.submissions.entries import Entry, EntryError, Unreadable, is_junk, reason
from autograder.submissions.zip_lists import count_entries, entry_changed, entry_name

MAX_DEPTH = 3
"""Archives within archives that are opened."""
MAX_ARCHIVE_BYTES = 200_000_000
"""An archive within an archive."""
MAX_OPENED_BYTES = 4_000_000_000
"""All archives within one archive together, each as often as it is opened: small files can be made of so many that to
open them would take days."""
MAX_ENTRIES = 200_000
"""What a platform handed out for a whole class."""
MAX_UPLOADED_ENTRIES = 3_000
"""One upload, all archives within it together."""
MAX_PARTS = 50
"""Folders, archives and the name, one in another; every part is looked at more than once."""
MAX_PATH = 1_000
"""Characters of a path."""


def list_entries(source: Path, zone: tzinfo | None) -> Iterator[Entry | Unreadable]:
    """Yield every file of a folder, of a zip file, or the file itself."""
    if source.is_dir():
        yield from _folder(source, zone)
    elif zipfile.is_zipfile(source):
        changed = datetime.fromtimestamp(source.stat().st_mtime, UTC)
        whole = _Budget(MAX_ENTRIES)
        yield from _opened(
            _Archive(lambda: source, PurePosixPath(), source.stem, zone, changed, left=whole, handed_out=True)
        )
    else:
        yield _file(source, PurePosixPath(source.name), source.stem)


def _folder(source: Path, zone: tzinfo | None) -> Iterator[Entry | Unreadable]:
    unlisted: list[OSError] = []
    for place, folders, files in os.walk(source, onerror=unlisted.append):
        folders.sort()
        for name in sorted((*files, *(n for n in folders if Path(place, n).is_symlink()))):
            path = Path(place, name)
            shown = PurePosixPath(path.relative_to(source).as_posix())
            if _is_long(str(shown)):
                yield _too_long(PurePosixPath(), str(shown))
                continue
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


@dataclass
class _Budget:
    """What may still be opened of one upload."""

    entries: int = field(default_factory=lambda: MAX_UPLOADED_ENTRIES)
    opened: int = field(default_factory=lambda: MAX_OPENED_BYTES)
    """Bytes of archives within it."""

    def __post_init__(self) -> None:
        self.most = self.entries


@dataclass
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
    left: _Budget = field(default_factory=_Budget)
    handed_out: bool = False
    """Whether a platform made it: each file in it is an upload of its own."""
    opened: zipfile.ZipFile | None = None
    """While it is listed; what was handed out stays open. Others are opened anew for each file that is read later, for
    there may be a thousand of them."""


def _opened(archive: _Archive) -> Iterator[Entry | Unreadable]:
    """Yield the files of one archive."""
    if archive.depth > MAX_DEPTH:
        yield Unreadable(archive.around, "it is an archive within too many others")
        return
    try:
        archive.opened = opened = _open(archive)
    except Exception as err:
        why = str(err) if isinstance(err, EntryError) else reason(err)
        yield Unreadable(archive.around, f"it cannot be opened ({why})")
        return
    for entry in opened.infolist():
        yield from _inside(archive, entry)
    if not archive.handed_out:
        archive.opened = None
        opened.close()


def _open(archive: _Archive) -> zipfile.ZipFile:
    """Open an archive that holds no more than is left for it."""
    file, left = archive.get(), archive.left
    told, listed = count_entries(file, left.entries)
    if listed > left.entries:
        raise EntryError(f"with it there are more than {left.most} files in one upload")
    if told not in (listed, listed & 0xFFFF):  # some programs write only the last 16 bits
        raise EntryError(f"the record at its end names {told} files, and its list has {listed}; pack it again")
    left.entries -= listed
    return zipfile.ZipFile(file)


def _is_long(path: str) -> bool:
    return len(path) > MAX_PATH or path.count("/") >= MAX_PARTS


def _too_long(around: PurePosixPath, name: str) -> Unreadable:
    why = f"its path has more than {MAX_PARTS} parts or {MAX_PATH} characters"
    return Unreadable(around / f"{name[:60].lstrip('/')}...", why)


def _inside(archive: _Archive, entry: zipfile.ZipInfo) -> Iterator[Entry | Unreadable]:
    """Yield one file of an archive, or what is in it where it is an archive itself."""
    name = entry_name(entry)
    if entry.is_dir() or name.endswith("/"):
        return
    if _is_long(f"{archive.around}/{name}"):
        yield _too_long(archive.around, name)
        return
    path = archive.around / name.lstrip("/")
    if ".." in path.parts or name.startswith("/") or name[1:2] == ":":
        yield Unreadable(path, "its name leads out of the archive")
        return
    if stat.S_ISLNK(entry.external_attr >> 16):
        yield Unreadable(path, "it is a link, and what a link leads to may be anybody's")
        return
    changed = entry_changed(entry, archive.zone) or archive.changed
    found = Entry(path, changed, _reader(archive, entry), archive.source, archive.within)
    if path.suffix.lower() != ".zip" or is_junk(path):
        yield found
        return
    left = _Budget() if archive.handed_out else archive.left

    def get() -> io.BytesIO:
        left.opened -= min(entry.file_size, MAX_ARCHIVE_BYTES)
        if left.opened < 0:
            raise EntryError("its archives hold more than anybody's work")
        return io.BytesIO(found.read(MAX_ARCHIVE_BYTES))

    within = (*archive.within, (len(path.parts), changed))
    yield from _opened(_Archive(get, path, archive.source, archive.zone, changed, within, archive.depth + 1, left))


def _reader(archive: _Archive, entry: zipfile.ZipInfo) -> Callable[[int], bytes]:
    def read(limit: int) -> bytes:
        if archive.opened:
            with archive.opened.open(entry) as file:
                return file.read(limit)
        with zipfile.ZipFile(archive.get()) as again, again.open(entry) as file:
            return file.read(limit)

    return read
