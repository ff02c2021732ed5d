"""What one upload holds is bounded, archives within it together; the rest of the class is collected."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from autograder.course.classroom import Classroom
from autograder.submissions import archives
from autograder.submissions.archives import list_entries
from autograder.submissions.collect import Collected, collect_submissions
from autograder.submissions.entries import Entry, Unreadable
from tests.autograder.submissions.downloads import FIRST, notebook, zip_bytes, zipped


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many entries an upload may hold."""
    monkeypatch.setattr(archives, "MAX_UPLOADED_ENTRIES", 30)
    return 30


def many(count: int, folder: str = "") -> dict[str, bytes]:
    return {f"{folder}{number}": b"" for number in range(count)}


def collected(top: Path, files: Mapping[str, bytes]) -> Collected:
    """Collect Ada's notebook and other files of one download."""
    source = zipped(top / "d.zip", {f"ada_1_2_{FIRST}.ipynb": notebook()} | dict(files))
    return collect_submissions([source], FIRST, Classroom(top / "class"), "canvas")


def found(source: Path) -> tuple[list[str], dict[str, str]]:
    """Return the paths of all entries, and why others are none."""
    listed = list(list_entries(source, None))
    entries = [str(one.path) for one in listed if isinstance(one, Entry)]
    return entries, {str(one.path): one.why for one in listed if isinstance(one, Unreadable)}


def test_archives_within_one_upload_share_what_it_may_hold(tmp_path: Path, small: int) -> None:
    inner = zip_bytes(many(20))
    upload = zip_bytes({"x.ipynb": notebook(), "a.zip": inner, "b.zip": inner, "c.zip": zip_bytes(many(2))})
    done = collected(tmp_path, {"mal_3_4_work.zip": upload, "cleo_5_6_work.zip": zip_bytes({"x.ipynb": notebook()})})
    assert sorted(done.taken) == ["ada", "cleo", "mal"]
    why = "it cannot be opened (with it there are more than 30 files in one upload)"
    assert [str(left.path) for left in done.left if left.why == why] == ["mal_3_4_work.zip/b.zip"]


def test_each_upload_has_its_own_and_a_whole_class_has_more(tmp_path: Path, small: int) -> None:
    uploads = {f"u{number}_{number}_1_w.zip": zip_bytes(many(25)) for number in range(2)}
    entries, whys = found(zipped(tmp_path / "d.zip", uploads | many(small)))
    assert (len(entries), whys) == (2 * 25 + small, {})
    folder = tmp_path / "unpacked"
    folder.mkdir()
    for name, raw in uploads.items():
        (folder / name).write_bytes(raw)
    assert len(found(folder)[0]) == 2 * 25


def test_a_list_that_is_too_long_is_never_built(tmp_path: Path, small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[zipfile.ZipInfo] = []

    class Counted(zipfile.ZipInfo):
        def __init__(self, *given: object) -> None:
            super().__init__(*given)
            built.append(self)

    upload = zip_bytes({f"{number}.zip": zip_bytes(many(1000)) for number in range(10)})
    source = zipped(tmp_path / "d.zip", {"w.zip": upload})
    monkeypatch.setattr(zipfile, "ZipInfo", Counted)
    entries, whys = found(source)
    assert (entries, len(whys), len(built)) == ([], 10, 1 + 10)


def test_a_record_that_does_not_count_its_list_is_told(tmp_path: Path) -> None:
    raw = bytearray(zip_bytes(many(3)))
    raw[-12] = 2
    done = collected(tmp_path, {"mal_3_4_work.zip": bytes(raw)})
    assert done.taken == ["ada"]
    why = "the record at its end names 2 files, and its list has 3; pack it again"
    assert [left.why for left in done.left] == [f"it cannot be opened ({why})"]


def test_a_list_is_read_once_however_many_archives_are_in_it(tmp_path: Path) -> None:
    upload = zip_bytes(dict.fromkeys((f"{number}.zip" for number in range(1400)), zip_bytes(many(1))))
    source = zipped(tmp_path / "d.zip", {"w.zip": upload})
    started = time.monotonic()
    assert len(found(source)[0]) == 1400
    assert time.monotonic() - started < 6  # far longer where it is read again for each


@pytest.mark.parametrize("name", ["a/" * 50 + "x.ipynb", "a/" * 32_000 + "x", "y" * 1001, "/" * 60 + "x", "../" * 60])
def test_a_path_that_is_too_long_is_told_and_costs_nothing(tmp_path: Path, name: str) -> None:
    done = collected(tmp_path, {"mal_3_4_w.zip": zip_bytes({name + "x": b"", "x.ipynb": notebook()})})
    assert sorted(done.taken) == ["ada", "mal"]
    (left,) = (left for left in done.left if left.why.startswith("its path has more than 50 parts"))
    assert len(str(left.path)) < 90


def test_a_path_is_measured_with_the_archives_around_it(tmp_path: Path) -> None:
    inner = zip_bytes({"b/" * 30 + "x.ipynb": b"", "y.ipynb": b""})
    entries, whys = found(zipped(tmp_path / "d.zip", {"a/" * 30 + "w.zip": inner}))
    assert [len(entries), len(whys)] == [1, 1]


def test_a_deep_folder_on_the_disk_is_told_too(tmp_path: Path) -> None:
    deep = tmp_path / "unpacked" / Path(*"a" * 60)
    deep.mkdir(parents=True)
    (deep / "x.ipynb").write_bytes(b"")
    entries, whys = found(tmp_path / "unpacked")
    assert (entries, len(whys)) == ([], 1)


def test_many_files_behind_a_record_with_64_bits_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 5)  # the writer takes the longer record
    raw = zip_bytes(many(8))
    assert b"PK\6\6" in raw
    source = tmp_path / "d.zip"
    source.write_bytes(b"before" + raw)
    assert len(found(source)[0]) == 8
    monkeypatch.setattr(archives, "MAX_ENTRIES", 7)
    assert "more than 7 files" in found(source)[1]["."]


def test_an_archive_read_later_is_opened_again(tmp_path: Path) -> None:
    raw = io.BytesIO(zip_bytes({"w.zip": zip_bytes({"v.zip": zip_bytes({"x.ipynb": b"deep"})})})).getvalue()
    (tmp_path / "d.zip").write_bytes(raw)
    (entry,) = list_entries(tmp_path / "d.zip", None)
    assert isinstance(entry, Entry)
    assert entry.read(10) == b"deep"
