"""What the command that looks at a machine calls needed, and whom it finds able to read a class."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.cli import doctor
from autograder.course import paths, secret
from autograder.course.classroom import Classroom
from autograder.sandbox.host import MachineCheck


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that every user of this machine can enter; no engine of it is tried."""
    monkeypatch.setattr(doctor, "_engine", lambda name: MachineCheck(name, True, "works"))
    monkeypatch.setattr(doctor, "check_host", tuple)
    folder = Path(tempfile.mkdtemp(prefix="hub-"))
    folder.chmod(0o755)
    if any(not around.stat().st_mode & 0o001 for around in folder.parents):
        pytest.skip("other users cannot reach the folder for temporary files")
    yield folder
    shutil.rmtree(folder)


def told(classroom: Path) -> dict[str, MachineCheck]:
    return {check.name: check for check in doctor.run_checks(Classroom(classroom))}


def test_a_class_its_secret_and_the_answers_that_others_can_read_are_told(
    hub: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("class", "solutions", "home"):
        (hub / name).mkdir(mode=0o755)
    (hub / "home" / "secret").touch(mode=0o644)
    monkeypatch.setattr(paths, "SOLUTIONS", hub / "solutions")
    monkeypatch.setenv(secret.HOME_VARIABLE, str(hub / "home"))
    places = {"classroom": hub / "class", "solutions": hub / "solutions", "secret": hub / "home" / "secret"}
    found = told(hub / "class")
    for name, place in places.items():
        check = found[f"{name} is private"]
        assert (check.works, check.needed) == (False, name != "solutions")
        assert f"every user of this machine can read {place}" in check.detail
        assert f"chmod -R go-rwx {place}" in check.detail
        place.chmod(0o700)
    found = told(hub / "class")
    assert all(found[f"{name} is private"].works for name in places)


def test_a_class_in_a_folder_that_others_cannot_enter_is_private(hub: Path) -> None:
    (hub / "own" / "class").mkdir(parents=True)
    assert not told(hub / "own" / "class")["classroom is private"].works
    (hub / "own").chmod(0o700)
    assert told(hub / "own" / "class")["classroom is private"].works


def test_of_the_engines_only_the_first_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "engine_problems", lambda _: ["It is not installed."])
    found = [doctor._engine(name) for name in doctor.ENGINES]
    assert [check.name for check in found if check.needed] == ["bubblewrap"]
    assert [check.name for check in found if check.works] == ["trust"]
