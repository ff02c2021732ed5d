"""The commands, as they are typed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from sqlite3 import Connection

import pytest
from sqlalchemy import Engine, event

from autograder.authoring.sample_class import build_submission, read_answers
from autograder.cli import main
from autograder.cli.lab import open_lab
from autograder.course import paths
from autograder.sandbox.host import MachineCheck
from tests.autograder.school import School

FIRST = "01-single-neuron"
LEARNERS = 30


def run(capsys: pytest.CaptureFixture, *arguments: str) -> tuple[int, str, str]:
    """Run one command in this process."""
    status = main.main(list(arguments))
    said = capsys.readouterr()
    return status, said.out, said.err


def test_what_goes_wrong_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    place = f"--classroom={tmp_path / 'class'}"
    for arguments, word in (
        (("grade", "07-nothing"), "no assignment 07-nothing; there are 01-single-neuron"),
        (("grade",), "holds nothing yet"),
        (("grade", FIRST), "has not been released to this class"),
        (("collect", FIRST, str(tmp_path / "missing.zip")), "missing.zip"),
    ):
        status, _, err = run(capsys, *arguments, place)
        assert status == 1
        assert word in err
        assert err.startswith("course: ")
        assert "Traceback" not in err
        assert err.count("\n") == 1


def test_the_whole_way_from_a_zip_file_to_a_table(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    place, trust = f"--classroom={tmp_path / 'class'}", "--trust"
    perfect = build_submission(FIRST, read_answers(paths.SAMPLES / FIRST / "perfect.py"), paths.NOTEBOOKS)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr(f"ada/{FIRST} (1).ipynb", perfect)
        archive.writestr("ben.ipynb", b"not a notebook")
        archive.writestr("c d/01-single-neuron.ipynb", perfect)
        archive.writestr("../evil/01-single-neuron.ipynb", perfect)
    before = paths.notebook_path(paths.NOTEBOOKS, FIRST).read_bytes()
    status, out, _ = run(capsys, "release", FIRST, place)
    assert (status, paths.notebook_path(paths.NOTEBOOKS, FIRST).read_bytes()) == (0, before)
    status, out, _ = run(capsys, "collect", FIRST, str(tmp_path / "all.zip"), place)
    assert status == 1
    assert "3 submissions taken" in out
    assert "look: ../evil/01-single-neuron.ipynb: its name leads out of the archive" in out
    status, out, _ = run(capsys, "grade", place, trust)
    assert status == 0
    assert "ada" in out
    assert "6 ✓" in out
    assert "refused" in out
    assert "ben: 01-single-neuron.ipynb is damaged" in out
    assert "c-d" in out
    again = run(capsys, "report", place)[1]
    assert again == f"{out}{tmp_path / 'class' / 'report' / 'index.html'}\n"
    status, out, _ = run(capsys, "feedback", place)
    assert (tmp_path / "class" / "feedback" / "ada" / FIRST / f"{FIRST}.html").exists()


def test_a_path_is_told_as_it_is_and_doctor_crosses_out_only_what_is_needed(
    tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Übung 1"
    (folder / "gradebook.db").mkdir(parents=True)  # a gradebook that cannot be opened
    (folder / "submitted" / "ada" / FIRST).mkdir(parents=True)
    status, _, err = run(capsys, "grade", FIRST, "--trust", "--workers=1", f"--classroom={folder}")
    assert status == 1
    assert f"the gradebook at sqlite:///{folder}/gradebook.db cannot be opened" in err
    checks = [MachineCheck("one", False, "lacks", needed=False), MachineCheck("two", True, "is there", needed=True)]
    monkeypatch.setattr("autograder.cli.doctor.run_checks", lambda _: checks)
    status, out, _ = run(capsys, "doctor", f"--classroom={folder}")
    assert (status, out) == (0, "– one: lacks\n✓ two: is there\n")


def test_a_full_disk_is_told_in_sentences_and_no_mark_is_lost(
    empty_school: School, capsys: pytest.CaptureFixture
) -> None:
    empty_school.release(FIRST)
    for number in range(LEARNERS):
        empty_school.hand_in(FIRST, f"learner-{number}", b"no notebook")
    place = f"--classroom={empty_school.classroom.folder}"

    def fill(connection: Connection, _: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")

    arguments = ["grade", FIRST, "--trust", "--workers=1", place]
    event.listen(Engine, "connect", fill)
    try:
        status, out, err = run(capsys, *arguments)
    finally:
        event.remove(Engine, "connect", fill)
    said = out + err
    assert status == 1
    assert "database or disk is full" in said
    assert "Traceback" not in said
    assert len(said.splitlines()) < 3 * LEARNERS
    status, out, err = run(capsys, *arguments)
    assert (status, err) == (0, "")
    assert len(empty_school.marks(FIRST)) == LEARNERS


def test_the_demo_never_empties_a_folder_that_is_not_its_own(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    status, _, err = run(capsys, "demo", f"--classroom={tmp_path}")
    assert status == 1
    assert "not an older demo" in err
    assert (tmp_path / "thesis.txt").exists()


def test_help_is_quick_and_names_every_command() -> None:
    code = "import sys; from autograder.cli.main import main; main(['--help'])"
    watched = "import atexit, sys; atexit.register(lambda: print('nbgrader' in sys.modules, 'numpy' in sys.modules)); "
    done = subprocess.run([sys.executable, "-c", watched + code], check=True, capture_output=True, text=True)
    for command in ("release", "collect", "grade", "feedback", "report", "export", "demo", "doctor"):
        assert f"\n    {command} " in done.stdout
    assert done.stdout.endswith("False False\n"), "the command line loads what only some commands need"


def test_the_lab_asks_nobody_for_news_and_opens_for_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list = []
    monkeypatch.setattr(paths, "WORK", tmp_path / "work")
    monkeypatch.setattr(os, "execve", lambda *given: begun.extend(given))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.chdir(tmp_path)
    open_lab(["--no-browser"])
    _, command, environment = begun
    assert command[1:] == ["-m", "jupyterlab", "--allow-root", "--no-browser"]
    assert paths.assignments(paths.WORK) == paths.assignments(paths.NOTEBOOKS)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    open_lab([])
    assert begun[4][1:] == ["-m", "jupyterlab"]
    code = (
        "import sys; sys.modules['rfc3987_syntax'] = None; from jupyterlab_server import config, settings_utils;"
        "print(settings_utils._get_overrides('')[0], config.get_page_config([])['disabledExtensions'])"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    assert "'fetchNews': 'false'" in done.stdout
    assert "['@jupyter/nbgrader']" in done.stdout
