"""A made-up download of each platform goes all the way, and every mark and every name comes out right."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from traitlets.config import Config

from autograder.authoring.release import release_assignment
from autograder.cli import main
from autograder.course.classroom import Classroom
from autograder.gradebook.nbgrader_config import configure
from autograder.sandbox.engines import Engine, engine_problems
from tests.autograder.cli.made_up_downloads import DOWNLOADS, FULL, Download
from tests.autograder.submissions.downloads import FIRST, zipped

ENGINE = (f"--engine={'trust' if engine_problems(Engine('bubblewrap')) else 'bubblewrap'}", "--workers=1")
"""What grades fastest here."""


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class to which the chapter was released; copies of it share the secret, for which inputs are drawn once."""
    classroom = Classroom(tmp_path_factory.mktemp("released") / "class")
    classroom.make()
    release_assignment(FIRST, configure(Config(), classroom))
    main.main(["collect", FIRST, str(_one(classroom.folder.parent)), f"--classroom={classroom.folder}"])
    main.main(["grade", *ENGINE, f"--classroom={classroom.folder}"])
    for name in ("submitted", "autograded", "verdicts", "roster.csv", "gradebook.db"):
        place = classroom.folder / name
        shutil.rmtree(place) if place.is_dir() else place.unlink()
    release_assignment(FIRST, configure(Config(), classroom))
    return classroom.folder


def _one(folder: Path) -> Path:
    return zipped(folder / "one.zip", {f"ada/{FIRST}.ipynb": FULL})


class Desk:
    """A class and what its instructor types."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture) -> None:
        self.classroom, self._capsys = Classroom(folder), capsys

    def course(self, *arguments: object, status: int = 0) -> str:
        """Type one command."""
        assert main.main([*map(str, arguments), f"--classroom={self.classroom.folder}"]) == status
        return self._capsys.readouterr().out

    def pages(self, platform: str) -> set[str]:
        """Return the names in an archive of feedback."""
        with zipfile.ZipFile(self.classroom.feedback / f"{FIRST}-{platform}.zip") as archive:
            names = archive.namelist()
        assert len(names) == len(set(names))
        return set(names)


@pytest.fixture
def desk(released: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> Desk:
    shutil.copytree(released, tmp_path / "class")
    return Desk(tmp_path / "class", capsys)


def filled(download: Download) -> str:
    """Return the platform's table as it has to come back."""
    text = download.table
    for row, mark in download.marks.items():
        assert text.count(row + download.before) == 1, row
        behind = download.before.removeprefix('""')
        text = text.replace(row + download.before, row + mark + behind)
    return text


@pytest.mark.parametrize("name", DOWNLOADS)
def test_every_mark_and_every_name_is_right(name: str, desk: Desk, tmp_path: Path) -> None:
    download = DOWNLOADS[name]
    table, to = tmp_path / "table.csv", tmp_path / "out.csv"
    table.write_bytes(download.table.encode(download.encoding))
    if download.due:
        desk.course("due", FIRST, *download.due)
    archive = zipped(tmp_path / "download.zip", download.files)
    said = desk.course("collect", FIRST, archive, "--roster", table, status=download.status)
    for words in (f"from {download.platform}", *download.said):
        assert words in said
    desk.course("grade", *ENGINE)
    told = desk.course("export", FIRST, "--into", table, "--to", to, status=1 if download.looks else 0)
    assert to.read_bytes().decode(download.encoding) == filled(download)
    for words in download.looks:
        assert f"look: {words}" in told
    assert told.count("look: ") == len(download.looks)
    desk.course("feedback", "--zip")
    assert desk.pages(download.platform) == download.pages
    assert len(list(desk.classroom.feedback.glob("*.zip"))) == 1


def test_folders_made_by_hand_are_graded_and_get_their_pages(desk: Desk, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text(
        "Student,ID,SIS Login ID,Section,01-single-neuron (77)\r\n    Points Possible,,,,20\r\n"
        '"Doe, Jane",101,jdoe,A,\r\n"O\'Neil, Pat",102,pat,A,\r\n'
    )
    archive = zipped(tmp_path / "c.zip", {f"doejane_101_5001_{FIRST}.ipynb": FULL})
    desk.course("collect", FIRST, archive, "--roster", table)
    for name in ("O'Brien Jr.", "Pat O'Neil", "李", "=1+1"):
        place = desk.classroom.submitted / name / FIRST
        place.mkdir(parents=True)
        (place / f"{FIRST}.ipynb").write_bytes(FULL)
    desk.course("grade", *ENGINE)
    told = desk.course("export", FIRST, "--into", table, status=1)
    assert '"Doe, Jane",101,jdoe,A,20\n"O\'Neil, Pat",102,pat,A,20\n' in table.read_text()
    assert told.count("has a mark and no row in this file") == 3
    desk.course("feedback", "--zip")
    assert desk.pages("canvas") == {f"doejane_101_5001_{FIRST}.html"}
    assert desk.pages("folders") == {f"{name}/{FIRST}.html" for name in ("O'Brien Jr.", "Pat O'Neil", "李", "=1+1")}
