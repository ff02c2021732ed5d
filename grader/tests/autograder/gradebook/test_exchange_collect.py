"""What learners put into nbgrader's exchange: links, pipes, other people's names."""

from __future__ import annotations

import getpass
import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default.collect import ExchangeCollect

from autograder.course import paths
from autograder.gradebook import exchange_collect
from autograder.gradebook.patches import apply_patches
from tests.autograder.school import School

FIRST = "01-single-neuron"
SECRET = b"the solution"


class Exchange:
    """An exchange, and what ``nbgrader collect`` makes of it."""

    def __init__(self, place: School) -> None:
        self.place = place
        self.inbound = place.classroom.exchange / paths.COURSE_ID / "inbound"
        self.inbound.mkdir(parents=True)
        place.classroom.exchange.chmod(0o777)
        self.outside = place.classroom.folder / "solution.ipynb"
        self.outside.write_bytes(SECRET)

    def hand_in(self, student: str, time: str = "2026-03-01 12:00:00 UTC") -> Path:
        """Make the folder that nbgrader's submit makes."""
        made = self.inbound / f"{student}+{FIRST}+{time}+x"
        made.mkdir()
        (made / f"{FIRST}.ipynb").write_bytes(student.encode())
        return made

    def collect(self, *, check_owner: bool = False) -> dict[str, dict[str, bytes]]:
        """Collect, and return learner -> file -> what is in it."""
        apply_patches()
        folders = CourseDirectory(config=self.place.config)
        folders.assignment_id = FIRST
        collect = ExchangeCollect(coursedir=folders, config=self.place.config)
        collect.check_owner = check_owner
        collect.log = logging.getLogger("collect")  # nbgrader's own hands nothing on to the tests
        collect.start()
        found: dict[str, dict[str, bytes]] = {}
        for path in sorted(self.place.classroom.submitted.rglob("*")):
            if path.is_file() or path.is_symlink():
                student, _, name = path.relative_to(self.place.classroom.submitted).parts[:3]
                found.setdefault(student, {})[name] = path.read_bytes()
        return found


@pytest.fixture
def exchange(empty_school: School) -> Exchange:
    """An exchange into which ada has handed in as she should."""
    made = Exchange(empty_school)
    made.hand_in("ada")
    return made


ADA = {f"{FIRST}.ipynb": b"ada"}


def _link(made: Path, outside: Path) -> None:
    (made / f"{FIRST}.ipynb").unlink()
    (made / f"{FIRST}.ipynb").symlink_to(outside)


def _hard_link(made: Path, outside: Path) -> None:
    (made / f"{FIRST}.ipynb").unlink()
    os.link(outside, made / f"{FIRST}.ipynb")


def _dangling(made: Path, outside: Path) -> None:
    (made / "more").symlink_to(outside.with_name("nothing"))


def _pipe(made: Path, outside: Path) -> None:
    os.mkfifo(made / "pipe")


def _linked_folder(made: Path, outside: Path) -> None:
    (made / "folder").symlink_to(outside.parent)


@pytest.mark.parametrize("spoil", [_link, _hard_link, _dangling, _pipe, _linked_folder])
def test_only_ordinary_files_are_copied_and_nobody_else_is_stopped(
    exchange: Exchange, spoil: Callable[[Path, Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    spoil(exchange.hand_in("aaa"), exchange.outside)
    exchange.hand_in("zoe")
    found = exchange.collect()
    assert found["ada"] == ADA
    assert "zoe" in found
    assert not any(SECRET in content for files in found.values() for content in files.values())
    assert set(found.get("aaa", {})) <= {f"{FIRST}.ipynb"}
    assert "is left out" in caplog.text


@pytest.mark.parametrize("name", ["aaa+{}+no time at all+x", "aaa+{}+0000-99-99 00:00:00 UTC+x", "+{}+"])
def test_a_name_that_cannot_be_read_stops_nobody(
    exchange: Exchange, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    (exchange.inbound / name.format(FIRST)).mkdir()
    (exchange.inbound / f"abc+{FIRST}+2026-03-01 12:00:00 UTC+x").symlink_to(exchange.outside.parent)
    (exchange.inbound / f"abd+{FIRST}+2026-03-01 12:00:00 UTC+x").symlink_to("nowhere")
    assert exchange.collect() == {"ada": ADA}
    assert caplog.text.count("is not collected") == 3


def test_a_folder_belongs_to_its_owner_and_not_to_the_name_on_it(
    exchange: Exchange, caplog: pytest.LogCaptureFixture
) -> None:
    exchange.hand_in(getpass.getuser())
    assert set(exchange.collect(check_owner=True)) == {getpass.getuser()}
    assert "ada" in caplog.text
    assert "it belongs to" in caplog.text


def test_what_cannot_be_copied_is_named_and_the_next_one_is(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    plain = exchange_collect.copy_ordinary

    def fails_once(source: Path, *more: object) -> object:
        if source.name.startswith("aaa"):
            raise OSError(28, "No space left on device")
        return plain(source, *more)

    exchange.hand_in("aaa")
    monkeypatch.setattr(exchange_collect, "copy_ordinary", fails_once)
    assert exchange.collect() == {"ada": ADA}
    assert "No space left on device" in caplog.text


def test_more_than_a_submission_may_hold_is_left_out(tmp_path: Path) -> None:
    source = tmp_path / "from"
    (source / "a").mkdir(parents=True)
    for name in ("a/one", "a/two", "three"):
        (source / name).write_bytes(b"x" * 10)
    told = dict(exchange_collect.copy_ordinary(source, tmp_path / "to", lambda folder, names: ["two"], 15))
    assert told == {"a/one": "there is more than one submission may hold"}
    assert [path.name for path in (tmp_path / "to").rglob("*") if path.is_file()] == ["three"]
