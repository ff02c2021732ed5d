"""Verdicts are written whole, found again, and never believed where something changed."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import time

import pytest

from autograder.course.limits import Limits, load
from autograder.grading.fingerprint import verdict_key
from autograder.grading.store import read_verdict, verdict_path, write_verdict
from autograder.grading.verdict import ExerciseVerdict, Verdict
from autograder.submissions.intake import Refused

FOUND = Verdict(
    "01-test", "learner-01", 1.5, 2.0, "graded", "k", "trust",
    exercises={"f": ExerciseVerdict(1.5, 2, "partial", ("sign",), "da", "Look again.", 0.25, ("slow",), "<div>")},
    outputs={"f": [{"output_type": "stream", "name": "stdout", "text": "1"}]},
    answers={"f": "def f(x):\n    return x"},
)  # fmt: skip
INPUTS = {
    "raw": b"x",
    "assignment": "01-test",
    "student": "a",
    "release": b"r",
    "secret": b"s",
    "engine": "trust",
    "limits": Limits(),
}


def key(**changes) -> str:
    inputs = INPUTS | changes
    return verdict_key(inputs.pop("raw"), **inputs)


def test_a_written_verdict_is_read_again(tmp_path):
    assert read_verdict(write_verdict(FOUND, tmp_path)) == FOUND
    assert verdict_path(tmp_path, "01-test", "learner-01").is_file()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"a": 1}', b"\xff", b"[" * 100_000])
def test_a_damaged_verdict_is_no_verdict(tmp_path, content):
    file = tmp_path / "x.json"
    file.write_bytes(content)
    assert read_verdict(file) is None
    assert read_verdict(tmp_path / "missing.json") is None


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("points",), "1.5"),
        (("points",), True),
        (("points",), None),
        (("key",), 5),
        (("reason",), ["x"]),
        (("exercises",), []),
        (("exercises", "f"), []),
        (("exercises", "f"), {"points": 1.5}),
        (("exercises", "f", "points"), "1.5"),
        (("exercises", "f", "status"), None),
        (("exercises", "f", "diagnosis"), "sign"),
        (("exercises", "f", "remarks"), [1]),
        (("exercises", "f", "unknown"), 1),
        (("answers",), []),
        (("answers", "f"), 5),
        (("unknown",), 1),
    ],
)
def test_a_field_of_a_wrong_type_makes_a_verdict_no_verdict(tmp_path, place, value):
    file = write_verdict(FOUND, tmp_path)
    content = inner = json.loads(file.read_bytes())
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = value
    file.write_text(json.dumps(content))
    assert read_verdict(file) is None


@pytest.mark.parametrize(
    "change",
    [
        {"outputs": []},
        {"outputs": {"f": {}}},
        {"outputs": {"f": ["text"]}},
        {"panels": {}},
        {"panels": {"f": 1}},
        {"panels": {"f": "", "g": ""}},
        {"key": "that of an older verdict"},
    ],
)
def test_what_only_a_page_shows_belongs_to_its_verdict_or_there_is_none(tmp_path, change):
    file = write_verdict(FOUND, tmp_path)
    shown = file.with_suffix(".shown")
    content = json.loads(shown.read_bytes())
    shown.write_text(json.dumps(content | change))
    assert read_verdict(file) is None
    shown.unlink()
    assert read_verdict(file) is None


def test_a_report_reads_a_file_without_pictures(tmp_path):
    file = write_verdict(FOUND, tmp_path)
    assert b"<div>" not in file.read_bytes()
    assert b"stdout" not in file.read_bytes()


def test_a_verdict_on_disk_is_plain_json(tmp_path):
    content = json.loads(write_verdict(FOUND, tmp_path).read_bytes())
    assert content["exercises"]["f"]["diagnosis"] == ["sign"]
    assert list(content["exercises"]["f"]) == [
        "points", "max_points", "status", "diagnosis", "first_wrong", "message", "seconds", "remarks",
    ]  # fmt: skip


@pytest.mark.parametrize("student", ["../x", "a/b", "", ".hidden", "a" * 65, "a\n", "a\0"])
def test_odd_names_never_become_paths(tmp_path, student):
    with pytest.raises(ValueError, match="name"):
        verdict_path(tmp_path, "01-test", student)


@pytest.mark.parametrize(
    "change",
    [
        {"raw": b"y"},
        {"raw": Refused("x")},
        {"student": "b"},
        {"assignment": "02-test"},
        {"release": b"q"},
        {"secret": b"t"},
        {"engine": "bubblewrap"},
        {"limits": Limits(cell_seconds=1)},
    ],
)
def test_the_key_changes_with_everything_that_goes_in(change):
    assert key() == key()
    assert key(**change) != key()


def test_a_writer_that_is_killed_leaves_the_old_verdict_or_the_new_one(tmp_path):
    source = (
        "import sys; from pathlib import Path\n"
        "from autograder.grading.store import write_verdict\nfrom autograder.grading.verdict import Verdict\n"
        "for n in range(10**9):\n"
        "    write_verdict(Verdict('01-test', 'a', n, 2.0, 'graded', 'k' * 5000, 'trust'), Path(sys.argv[1]))"
    )
    file = verdict_path(tmp_path, "01-test", "a")
    for _ in range(2):
        child = subprocess.Popen([sys.executable, "-c", source, str(tmp_path)])
        until = time.monotonic() + 20
        while not file.exists() and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(0.05 + int.from_bytes(os.urandom(1)) / 5000)
        child.kill()
        child.wait()
        assert read_verdict(file) is not None


def test_limits_are_read_from_a_file_and_checked(tmp_path):
    file = tmp_path / "limits.toml"
    assert load(file) == Limits() == load(None)
    file.write_text("cell_seconds = 5\n")
    assert load(file) == dataclasses.replace(Limits(), cell_seconds=5)
    for wrong in ("sell_seconds = 5", "cell_seconds = -1", "cell_seconds = '5'", "cell_seconds = true"):
        file.write_text(wrong)
        with pytest.raises(ValueError, match="limit"):
            load(file)
