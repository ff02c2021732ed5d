"""What collecting says at its end, and its exit status."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.cli import main
from tests.autograder.submissions.downloads import FIRST, notebook, zip_bytes, zipped

DEEP = zip_bytes({"c.zip": zip_bytes({"d.zip": zip_bytes({"e.ipynb": notebook()})})})
"""Together with the download itself one archive more than are opened."""


def test_every_kind_of_file_that_is_left_is_named_and_asks_for_a_look(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    files = {
        "ada/work.py": b"pass", "ben/page.html": b"<html>", "cem/report.pdf": b"%PDF", "dan/work.docx": b"PK",
        "eve/damaged.zip": b"PK", "fay/deep.zip": DEEP, "gus/two.zip": zip_bytes({"in.zip": zip_bytes({"a.py": b"1"})}),
        "hal/one.zip": zip_bytes({"in.zip": zip_bytes({"work.ipynb": notebook()})}),
    }  # fmt: skip
    archive, place = zipped(tmp_path / "all.zip", files), f"--classroom={tmp_path / 'class'}"
    assert main.main(["collect", FIRST, str(archive), place]) == 1
    out = capsys.readouterr().out
    assert "1 submissions taken" in out
    assert "handed in (1): hal" in out
    for path, why in (
        ("ada/work.py", "it is no notebook (.py)"),
        ("ben/page.html", "it is no notebook (.html)"),
        ("cem/report.pdf", "it is no notebook (.pdf)"),
        ("dan/work.docx", "it is no notebook (.docx)"),
        ("eve/damaged.zip", "it cannot be opened"),
        ("fay/deep.zip/c.zip/d.zip", "it is an archive within too many others"),
        ("gus/two.zip/in.zip/a.py", "it is no notebook (.py)"),
    ):
        assert f"  look: {path}: {why}" in out
    assert "Something above needs a look (exit status 1)." in out


def test_where_everything_was_taken_the_exit_status_is_0(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    archive = zipped(tmp_path / "all.zip", {"hal/any name.ipynb": notebook()})
    assert main.main(["collect", FIRST, str(archive), f"--classroom={tmp_path / 'class'}"]) == 0
    assert "look" not in capsys.readouterr().out
