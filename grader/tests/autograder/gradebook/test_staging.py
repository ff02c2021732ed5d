"""What nbgrader gets of a submission beside its notebook is what came in, byte for byte."""

from __future__ import annotations

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
    sent = {"timestamp.txt": b"2026-03-01 12:00:00.123456 UTC\n", "submission_secret.txt": b"a\r\nb"}
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
