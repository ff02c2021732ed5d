"""What the list in a zip file says: how many entries there are, before they are built, and their names and times."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from autograder.course.clock import in_zone

_LISTED = b"PK\1\2"
_RECORD64 = b"PK\6\6"
_BYTES_OF_RECORD64 = 76
"""With its locator; they stand between the list and the record at the end."""
_BYTES_OF_ENTRY = 46
"""Without its name, its extra fields and its comment."""
_LONGEST_ENTRY = 5_000
"""With them."""
_EXTENDED_TIME = 0x5455


def count_entries(file: Path | io.BytesIO, most: int) -> tuple[int, int]:
    """Return how many entries the record at the end names, and how many the list has; both stop above ``most``.

    Raises BadZipFile where there is no such record, or no such list.
    """
    with file.open("rb") if isinstance(file, Path) else contextlib.nullcontext(file) as raw:
        record = zipfile._EndRecData(raw)  # type: ignore[attr-defined]  # the very one by which zipfile will go
        if not record:
            raise zipfile.BadZipFile("it has no record at its end")
        signature, told, size, location = record[0], record[4], record[5], record[9]
        if told > most or size > most * _LONGEST_ENTRY:
            return most + 1, most + 1
        # newer Pythons tell where the record with 64 bits stands, older ones where that of 32 bits is
        raw.seek(location)
        between = _BYTES_OF_RECORD64 if signature == _RECORD64 and raw.read(4) != _RECORD64 else 0
        start = location - size - between
        if start < 0:
            raise zipfile.BadZipFile("its list is longer than the file")
        raw.seek(start)
        return told, _count_listed(raw.read(size), most)


def _count_listed(listed: bytes, most: int) -> int:
    at = count = 0
    while at < len(listed) and count <= most:
        if not listed.startswith(_LISTED, at) or at + _BYTES_OF_ENTRY > len(listed):
            raise zipfile.BadZipFile("its list is damaged")
        at += _BYTES_OF_ENTRY + sum(struct.unpack_from("<HHH", listed, at + 28))
        count += 1
    return count


def entry_name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name: many programs write UTF-8 without saying so, and Windows writes backslashes."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")


def entry_changed(entry: zipfile.ZipInfo, zone: tzinfo | None) -> datetime | None:
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
