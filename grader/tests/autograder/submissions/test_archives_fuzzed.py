"""No archive, whatever is in it, stops a collection, takes another learner's place, or writes outside the class."""

from __future__ import annotations

import io
import tempfile
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from autograder.course.classroom import Classroom
from autograder.course.text import clean_text
from autograder.submissions.archives import list_entries
from autograder.submissions.collect import collect_submissions
from autograder.submissions.entries import Entry, EntryError, Unreadable
from tests.fuzzing import fuzzed

FIRST = "01-single-neuron"
BOUNDED = fuzzed(25)
HONEST = b'{"nbformat": 4, "cells": [{"metadata": {"nbgrader": {"grade_id": "forward"}}, "source": "honest"}]}'

_parts = st.sampled_from(
    [
        "..",
        ".",
        "",
        "ada",
        "alice",
        "x.ipynb",
        f"{FIRST}.ipynb",
        "\x1b[2J",
        "\u202egpj",
        "a\nb",
        "C:",
        "con",
        "é",
        "z" * 300,
    ]
) | st.text(max_size=12)
_names = st.lists(_parts, min_size=1, max_size=4).map("/".join) | st.text(max_size=30)
_bodies = st.binary(max_size=60) | st.just(HONEST) | st.just(b"{" * 50_000)


@st.composite
def archives(draw: Callable, depth: int = 0) -> bytes:
    """Return the bytes of a zip file with odd names, times and kinds of entries, and perhaps some damage."""
    file = io.BytesIO()
    with (
        warnings.catch_warnings(),
        zipfile.ZipFile(file, "w", draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))) as archive,
    ):
        for _ in range(draw(st.integers(0, 4))):
            info = zipfile.ZipInfo("x")
            info.filename = draw(_names).replace("\0", "") or "x"
            info.date_time = draw(st.sampled_from([(1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)]))
            info.external_attr = draw(st.sampled_from([0, 0o100644, 0o120777, 0o010644, 0o040755])) << 16
            info.extra = draw(st.sampled_from([b"", b"UT\x05\x00\x01\xff\xff\xff\x7f", b"UT\xff\xff\x01"]))
            inner = depth < 2 and draw(st.booleans())
            if inner:
                info.filename += ".zip"
            try:
                warnings.simplefilter("ignore")  # two of one name
                archive.writestr(info, draw(archives(depth + 1)) if inner else draw(_bodies))
            except (ValueError, UnicodeError, zipfile.LargeZipFile):
                continue  # Python's own writer refuses the name
    raw = bytearray(file.getvalue())
    for _ in range(draw(st.integers(0, 3))):
        if raw:
            raw[draw(st.integers(0, len(raw) - 1))] = draw(st.integers(0, 255))
    return bytes(raw[: draw(st.integers(0, len(raw)))] if draw(st.integers(0, 9)) == 0 else raw)


@BOUNDED
@given(archives())
def test_whatever_is_in_an_archive_is_an_entry_or_told(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "download.zip")
        source.write_bytes(raw)
        for found in list_entries(source, None):
            assert isinstance(found, Entry | Unreadable)
            assert isinstance(found.path, PurePosixPath)
            if isinstance(found, Entry):
                assert ".." not in found.path.parts
                try:
                    assert len(found.read(1000)) <= 1000
                except EntryError as err:
                    assert str(err)


@BOUNDED
@given(archives())
def test_no_archive_stops_a_collection_or_takes_somebody_elses_place(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as top:
        source, classroom = Path(top, "download"), Classroom(Path(top, "class"))
        (source / "ada").mkdir(parents=True)
        (source / "ada" / f"{FIRST}.ipynb").write_bytes(HONEST)
        (source / "mallory").mkdir()
        (source / "mallory" / "work.zip").write_bytes(raw)
        before = {path for path in Path(top).rglob("*") if classroom.folder not in path.parents}
        done = collect_submissions([source], FIRST, classroom, platform="folders")
        assert "ada" in done.taken
        assert (classroom.submitted / "ada" / FIRST / f"{FIRST}.ipynb").read_bytes() == HONEST
        assert {path.name for path in classroom.submitted.iterdir()} <= {"ada", "mallory"}, "a folder names its owner"
        after = {path for path in Path(top).rglob("*") if classroom.folder not in path.parents}
        assert after - before <= {classroom.folder}
        for left in done.left:
            shown = clean_text(str(left.path), 10_000)
            assert not set(shown) & set("\x1b\u202e\n")
