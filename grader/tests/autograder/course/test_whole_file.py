"""A file is the old one or the new one, whatever happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.whole_file import write_whole


def test_the_new_one_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    place = tmp_path / "due.json"
    place.write_text("old")
    (tmp_path / ".due.json.tmp").write_text("left by a killed run")
    write_whole(place, "grüße\n", mode=0o600)
    assert place.read_text(encoding="utf-8") == "grüße\n"
    assert place.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["due.json"]


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"not mine")
    for name in ("page.html", ".page.html.tmp"):
        (tmp_path / name).symlink_to(elsewhere)
    write_whole(tmp_path / "page.html", b"page")
    assert elsewhere.read_bytes() == b"not mine"
    assert (tmp_path / "page.html").read_bytes() == b"page"
    assert not (tmp_path / "page.html").is_symlink()


def test_what_fails_leaves_the_old_one_and_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "frozen"
    place.write_text("old")

    def full(draft: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(place, "new")
    assert place.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["frozen"]
