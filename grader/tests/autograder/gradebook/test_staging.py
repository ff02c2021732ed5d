"""What lies beside a graded notebook is what came in, byte for byte, where it is what nbgrader writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.gradebook.staging import stage_timestamp

FIRST = "01-single-neuron"


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "submitted" / "ada" / FIRST
    folder.mkdir(parents=True)
    (folder / f"{FIRST}.ipynb").touch()
    return folder


def staged(given: Path, tmp_path: Path) -> dict[str, bytes]:
    target = tmp_path / "intake" / f"{len(list(tmp_path.iterdir()))}"
    stage_timestamp(given, target)
    return {path.name: path.read_bytes() for path in target.iterdir()}


def test_the_time_and_the_secret_of_the_exchange_go_over_as_they_are(given: Path, tmp_path: Path) -> None:
    sent = {"timestamp.txt": b"2026-03-01 12:00:00.123456 UTC\n", "submission_secret.txt": b"a3-_x" * 12 + b"\r\n"}
    for name, raw in sent.items():
        (given / name).write_bytes(raw)
    assert staged(given, tmp_path) == sent


def test_work_that_came_another_way_gets_the_time_of_its_file_and_a_secret_of_its_own(
    given: Path, tmp_path: Path
) -> None:
    (tmp_path / "others").write_text("somebody else's secret")
    (given / "submission_secret.txt").symlink_to(tmp_path / "others")
    one, other = staged(given, tmp_path), staged(given, tmp_path / "submitted")
    assert one["timestamp.txt"] == other["timestamp.txt"] != b""
    assert one["timestamp.txt"].endswith(b" UTC\n")
    assert len(one["submission_secret.txt"]) == 64
    assert one["submission_secret.txt"] != other["submission_secret.txt"]


@pytest.mark.parametrize(
    "sent",
    [
        b"2026-01-02 03:04:05 UTC" + b" " * 41 + b"\xff UTC",
        b"2026-01-02 03:04:05 UTC\n" + b"\0" * 60,
        b"2026-01-02 03:04:05 UTC" + b" " * 4000 + b" UTC",
        b"2026-01-02 03:04:05 +02:00",
        b"\xff",
    ],
)
def test_a_time_that_a_learner_spoiled_is_written_anew(given: Path, tmp_path: Path, sent: bytes) -> None:
    (given / "timestamp.txt").write_bytes(sent)
    assert re.fullmatch(rb"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6} UTC\n", staged(given, tmp_path)["timestamp.txt"])


@pytest.mark.parametrize("sent", [b"", b"\xff" * 8, b"a" * 300, b"one\ntwo", b"\x1b[2J"])
def test_a_secret_that_is_no_plain_line_is_replaced(given: Path, tmp_path: Path, sent: bytes) -> None:
    (given / "submission_secret.txt").write_bytes(sent)
    assert re.fullmatch(rb"[0-9a-f]{64}", staged(given, tmp_path)["submission_secret.txt"])


def test_what_is_left_at_the_place_is_in_nobodys_way(given: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    target = tmp_path / "autograded"
    target.symlink_to(outside)
    stage_timestamp(given, target)
    assert not target.is_symlink()
    assert not list(outside.iterdir()), "a link is not followed"
    (target / "timestamp.txt").unlink()
    (target / "timestamp.txt").symlink_to(outside / "planted")
    stage_timestamp(given, target)
    assert (target / "timestamp.txt").read_bytes().endswith(b" UTC\n")
    assert not list(outside.iterdir())
