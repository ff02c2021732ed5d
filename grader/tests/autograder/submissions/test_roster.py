"""What stands in a roster comes back as it was, whatever people and platforms are called."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.cli.main import main
from autograder.course.classroom import Classroom
from autograder.course.names import digest
from autograder.reporting.feedback_archive import feedback_name
from autograder.submissions.class_lists import ListedPerson
from autograder.submissions.collect import collect_submissions
from autograder.submissions.learner import SAID, CameIn
from autograder.submissions.roster import Roster, read_roster, roster_path, write_roster
from tests.autograder.submissions.downloads import FIRST, notebook, zipped
from tests.fuzzing import fuzzed

ADA = "ada_1_2_01-single-neuron.ipynb"
ODD = st.text(
    st.sampled_from("a ,;\"'=+-@\t\r\n\0\x85\u2028\u202e\udcffé|") | st.characters(exclude_categories=["Cs"]),
    max_size=12,
)


def rows(roster: Roster) -> dict[str, tuple]:
    return {one.id: (*(getattr(one, word) for word in SAID), one.keys, one.came_in) for one in roster}


@fuzzed(100)
@given(st.lists(st.tuples(ODD, ODD, ODD, ODD), max_size=4))
def test_a_roster_of_any_names_is_read_as_it_was_written(tmp_path_factory: object, people: list[tuple]) -> None:
    folder = tmp_path_factory.mktemp("class")
    roster = Roster()
    for name, login, key, label in people:
        learner = roster.add(name, login, f"folders:{key}")
        roster.learn(learner, email=name, section=label, number=key, keys=[f"moodle:{label}"])
        learner.came_in[FIRST] = CameIn("folders", label or "x")
    roster.join([ListedPerson(name=name, section=label) for name, _, _, label in people])
    write_roster(roster, folder)
    assert rows(read_roster(folder)) == rows(roster)
    assert [path.name for path in folder.iterdir()] == ["roster.csv"]


@pytest.mark.parametrize("label", ["zoe_9_3_x\rada.ipynb", "zoe_6_1_x\rada", "zoe_7_1_x\nada,,,"])
def test_the_name_of_a_file_makes_nobody(tmp_path: Path, label: str) -> None:
    place = Classroom(tmp_path / "class")
    files = {ADA: notebook(), f"{label}/x.ipynb": notebook()}
    collect_submissions([zipped(tmp_path / "d.zip", files)], FIRST, place, "canvas")
    roster = read_roster(place.folder)
    assert sorted(one.id for one in roster) == ["ada", "zoe"]
    assert (roster.get("ada").name, roster.get("ada").keys) == ("ada", {"canvas:1"})
    assert roster.get("zoe").came_in[FIRST].file == label.replace("\r", "").replace("\n", "")


def test_a_name_that_is_no_text_is_collected_and_the_roster_written(tmp_path: Path) -> None:
    place, unpacked = Classroom(tmp_path / "class"), tmp_path / "unpacked"
    unpacked.mkdir()
    for name in (ADA.encode(), b"mal_9_3_\xff.ipynb", b"M\xfcller_10_4_x.ipynb"):
        (unpacked / os.fsdecode(name)).write_bytes(notebook())
    done = collect_submissions([unpacked], FIRST, place)
    assert len(done.taken) == 3
    assert {one.name for one in read_roster(place.folder)} == {"ada", "mal", "M?ller"}
    assert not list(place.folder.glob(".roster*"))


def test_two_people_whose_names_differ_in_what_goes_stay_two(tmp_path: Path) -> None:
    place, unpacked = Classroom(tmp_path / "class"), tmp_path / "unpacked"
    for name in (b"M\xfcller", b"M\xe4ller", b"ada", b"ada\x01"):
        folder = unpacked / os.fsdecode(name)
        folder.mkdir(parents=True)
        (folder / "x.ipynb").write_bytes(notebook(note=digest(folder.name)))
    first = collect_submissions([unpacked], FIRST, place, "folders")
    assert len(set(first.taken)) == 4
    again = collect_submissions([unpacked], FIRST, place, "folders")
    assert sorted(again.unchanged) == sorted(first.taken)
    roster = read_roster(place.folder)
    assert len(roster) == len({feedback_name(one, FIRST, "folders") for one in roster}) == 4


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id,name\nada,Ada\n,Zoe\n", "row 3: '' in the column id cannot stand for a learner"),
        ("id,name\n../ada,Ada\n", "row 2: '../ada' in the column id"),
        ("id;name\nada;Ada\nada;\n", "rows 2 and 3: both are ada"),
        ("id,name\nada,Ada,more\n", r"row 2 \(ada\): it has more places"),
        ("name\nAda\n", "'' in the column id"),
        ("id,name\nada,M\udcfcller\n", "save it as CSV in UTF-8"),
        ('id,name\nada,"' + "x" * 200_000, "save it as CSV in UTF-8"),
    ],
)
def test_a_row_that_would_be_lost_is_told(tmp_path: Path, text: str, told: str) -> None:
    raw = text.encode("utf-8", "surrogateescape")
    roster_path(tmp_path).write_bytes(raw)
    with pytest.raises(ValueError, match=told) as caught:
        read_roster(tmp_path)
    assert str(roster_path(tmp_path)) in str(caught.value)
    assert roster_path(tmp_path).read_bytes() == raw


def test_empty_rows_and_places_of_a_spreadsheet_are_nobody(tmp_path: Path) -> None:
    roster_path(tmp_path).write_text("id;name\nada;Ada;;\n;;\n\n", encoding="utf-8-sig")
    assert [(one.id, one.name) for one in read_roster(tmp_path)] == [("ada", "Ada")]


def test_what_cannot_be_written_leaves_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    roster = Roster()
    roster.add("Ada")
    write_roster(roster, tmp_path)
    before = roster_path(tmp_path).read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("autograder.submissions.roster.harmless", full)
    with pytest.raises(OSError, match="No space"):
        write_roster(roster, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["roster.csv"]
    assert roster_path(tmp_path).read_bytes() == before


def test_a_folder_without_an_id_is_not_dropped(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "submitted" / "O'Brien Jr." / FIRST).mkdir(parents=True)
    assert main(["drop", "O'Brien Jr.", f"--classroom={tmp_path}"]) == 1
    assert "has no id yet" in capsys.readouterr().err
    assert not roster_path(tmp_path).exists()
