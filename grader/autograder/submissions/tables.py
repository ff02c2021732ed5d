"""A table as a platform wrote it, in which single places can be filled and all else stays as it is, byte for byte."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_ENCODINGS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITER = re.compile(r"sep=([^\r\n])\r?\n", re.IGNORECASE)
_FORMULA = re.compile(r"""((?:^|[;,|\t\r\n])[\s"']*)([=+\-@])""")
"""Where a place may begin for a spreadsheet: its list separator is that of its country, whatever the file's is."""
_DISARMED = re.compile(_FORMULA.pattern.replace("*)(", "*)'("))
_NUMBER = re.compile(r"-?\d+([.,]\d+)?")


@dataclass
class Table:
    """Rows of places, each as it is written in the file, quotes included."""

    encoding: str
    delimiter: str
    raw: list[list[str]]
    """Row -> place -> text as written."""
    ends: list[str] = field(default_factory=list)
    """What ends each row."""
    before: str = ""
    """A line before the head with which a spreadsheet tells the delimiter."""

    @property
    def head(self) -> list[str]:
        """The names of the columns."""
        return self.row(0) if self.raw else []

    def row(self, number: int) -> list[str]:
        """Return one row's values."""
        return [unquoted(place) for place in self.raw[number]]

    def rows(self) -> Iterator[dict[str, str]]:
        """Yield each row below the head, by the names of the columns; empty rows are left out."""
        head = self.head
        for number in range(1, len(self.raw)):
            values = self.row(number)
            if any(value.strip() for value in values):
                yield dict(zip(head, values, strict=False))

    def get(self, row: int, column: int) -> str:
        """Return one value; empty where the row is too short."""
        return unquoted(self.raw[row][column]) if column < len(self.raw[row]) else ""

    def put(self, row: int, column: int, value: str) -> None:
        """Fill one place."""
        places = self.raw[row]
        places.extend([""] * (column + 1 - len(places)))
        places[column] = quoted(value, self.delimiter, always=places[column].startswith('"'))

    def encode(self) -> bytes:
        """Return the bytes of the file."""
        text = self.before + "".join(
            self.delimiter.join(places) + end for places, end in zip(self.raw, self.ends, strict=True)
        )
        if self.encoding == "utf-16-be":
            return codecs.BOM_UTF16_BE + text.encode("utf-16-be")
        if self.encoding == "utf-16-le":
            return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
        return text.encode(self.encoding)


def read_table(path: Path) -> Table:
    """Read a file of a platform, whatever its encoding and delimiter; ValueError where it is no such text."""
    raw = path.read_bytes()
    if b"\0" in raw[:4] and not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or raw.startswith(b"PK"):
        raise ValueError(f"{path} is no table of text; download it as CSV")
    text, encoding = _decoded(raw)
    told = _DELIMITER.match(text)
    before = told[0] if told else ""
    head = re.sub(r'"[^"]*"', "", text.removeprefix(before).split("\n", 1)[0])
    delimiter = max("\t;,", key=head.count) if any(mark in head for mark in "\t;,") else ","
    table = parse_table(text.removeprefix(before), told[1] if told else delimiter, encoding)
    table.before = before
    return table


def parse_table(text: str, delimiter: str, encoding: str = "utf-8") -> Table:
    """Take a text apart into places as they are written.

    >>> table = parse_table('a,"b, c"\\r\\n1,2\\r\\n', ",")
    >>> table.head, table.encode() == b'a,"b, c"\\r\\n1,2\\r\\n'
    (['a', 'b, c'], True)
    """
    mark = re.escape(delimiter)
    place = re.compile(rf'((?:"(?:[^"]|"")*")?[^{mark}\r\n]*)({mark}|\r\n|\n|\r|\Z)')
    table = Table(encoding, delimiter, [], [])
    at = 0
    places: list[str] = []
    while at < len(text) or places:
        found = place.match(text, at)
        if not found:  # a quote that is never closed
            found = re.compile(rf"([^{mark}\r\n]*)({mark}|\r\n|\n|\r|\Z)").match(text, at)
            assert found is not None
        places.append(found[1])
        at = found.end()
        if found[2] != delimiter:
            table.raw.append(places)
            table.ends.append(found[2])
            places = []
    return table


def unquoted(place: str) -> str:
    """Return the value of a place."""
    if place.startswith('"') and place.endswith('"') and len(place) > 1:
        return place[1:-1].replace('""', '"')
    return place


def quoted(value: str, delimiter: str = ",", always: bool = False) -> str:
    """Return a value as it is written into a place."""
    if always or any(mark in value for mark in (delimiter, '"', "\n", "\r")):
        return '"' + value.replace('"', '""') + '"'
    return value


def harmless(value: str) -> str:
    """Return a value that no spreadsheet takes for a formula, nor any part of it, wherever it splits a row.

    >>> harmless("=1+1"), harmless("Doe"), harmless("-3.5"), harmless("Doe; =1+1")
    ("'=1+1", 'Doe', '-3.5', "Doe; '=1+1")
    """
    return value if _NUMBER.fullmatch(value) else _FORMULA.sub(r"\1'\2", value)


def restored(value: str) -> str:
    """Return what ``harmless`` was given."""
    return _DISARMED.sub(r"\1\2", value)


def _decoded(raw: bytes) -> tuple[str, str]:
    for mark, encoding in _ENCODINGS:
        if raw.startswith(mark):
            exact = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}.get(mark, encoding)
            return raw.decode(encoding), exact
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace"), "cp1252"
