"""Moments: when something was handed in, and the time zone of a class."""

from __future__ import annotations

import os
import re
import stat
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

TIMESTAMP_BYTES = 64
TIMESTAMP_NAME = "timestamp.txt"
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,6})\d*)?)?"
    r"\s*(Z|UTC|[+-]\d\d:?\d\d|[A-Z][A-Za-z_]+(?:/[A-Za-z_+-]+)*)?"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DURATION = re.compile(r"\+?(\d+(?:\.\d+)?)\s*(m|min|minutes?|h|hours?|d|days?|w|weeks?)?", re.IGNORECASE)
_SECONDS = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def class_zone(folder: Path) -> tzinfo | None:
    """Return the time zone that the class's file ``timezone`` names; None stands for that of this machine."""
    place = folder / "timezone"
    return zone_named(place.read_text(encoding="utf-8").strip()) if place.is_file() else None


def zone_named(name: str) -> ZoneInfo:
    """Return a time zone by its name; ValueError where there is none."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise ValueError(f"there is no time zone {name!r}; give a name such as Europe/Berlin") from None


def in_zone(moment: datetime, zone: tzinfo | None) -> datetime:
    """Return a moment of the class's clock as UTC."""
    return (moment.astimezone() if zone is None else moment.replace(tzinfo=zone)).astimezone(UTC)


def local(moment: datetime, zone: tzinfo | None) -> str:
    """Return a moment as the class's clock shows it.

    >>> local(datetime(2026, 3, 1, 23, 0, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
    '2026-03-02 00:00 CET'
    """
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M %Z}"


def read_moment(text: str, zone: tzinfo | None = UTC) -> datetime:
    """Return the moment (UTC) that a text of a fixed form names; ``zone`` is meant where it names none.

    A day alone means its last minute. Raises ValueError for everything else.

    >>> read_moment("2026-01-02 03:04:05.123456 UTC").isoformat()
    '2026-01-02T03:04:05.123456+00:00'
    """
    text = text.strip()
    found = _MOMENT.fullmatch(f"{text} 23:59" if _DAY.fullmatch(text) else text)
    if not found:
        raise ValueError(f"{text[:40]!r} is no date and time; write it like 2026-03-31 23:59")
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    micro = int((fraction or "0").ljust(6, "0"))
    moment = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), micro)
    if not 1 < moment.year < 9999:  # another zone's clock has no year for it
        raise ValueError(f"{text[:40]!r} is out of range")
    try:
        if offset in ("Z", "UTC"):
            return moment.replace(tzinfo=UTC)
        if offset and offset[0] in "+-":
            return datetime.fromisoformat(f"{moment.isoformat()}{offset}").astimezone(UTC)
        return in_zone(moment, zone_named(offset) if offset else zone)
    except OverflowError:
        raise ValueError(f"{text[:40]!r} is out of range") from None


def read_duration(text: str) -> timedelta:
    """Return a length of time such as ``15m``, ``48h`` or ``+2d``; minutes where no unit is given.

    >>> read_duration("+48h").days
    2
    """
    found = _DURATION.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text[:40]!r} is no length of time; write it like 15m, 48h or 2d")
    number, unit = found.groups()
    try:
        return timedelta(seconds=float(number) * _SECONDS[(unit or "m")[0].lower()])
    except OverflowError:
        raise ValueError(f"{text[:40]!r} is too long") from None


def noted_moment(folder: Path) -> datetime | None:
    """Return the moment (UTC) in a submission's ``timestamp.txt``; None where there is none that can be read."""
    try:
        handle = os.open(folder / TIMESTAMP_NAME, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            if stat.S_ISREG(os.fstat(handle).st_mode):
                return read_moment(file.read(TIMESTAMP_BYTES).decode())
    except (OSError, ValueError):
        pass
    return None


def handed_in(folder: Path, notebook: str) -> datetime:
    """Return when a submission came in (UTC): what was noted beside it, else the time of its file."""
    noted = noted_moment(folder)
    if noted:
        return noted
    path = folder / notebook
    return datetime.fromtimestamp((path if os.path.lexists(path) else folder).lstat().st_mtime, UTC)
