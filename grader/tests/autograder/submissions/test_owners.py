"""Whose a file is: nobody's work goes to somebody else, and nobody's is lost."""

from __future__ import annotations

import unicodedata
import zipfile
from pathlib import Path

import pytest

from autograder.course.classroom import Classroom
from autograder.submissions.collect import Collected, collect_submissions
from autograder.submissions.roster import read_roster
from tests.autograder.submissions.downloads import FIRST, SECOND, note, notebook, zip_bytes, zipped


@pytest.fixture
def place(tmp_path: Path) -> Classroom:
    return Classroom(tmp_path / "class")


def collect(place: Classroom, files: dict[str, bytes] | Path, listed: str = "", assignment: str = FIRST) -> Collected:
    """Collect from an archive of these files, with this class list."""
    folder = place.folder.parent
    source = files if isinstance(files, Path) else zipped(folder / "download.zip", files)
    (folder / "list.csv").write_text(listed, encoding="utf-8")
    return collect_submissions([source], assignment, place, roster=folder / "list.csv" if listed else None)


def notes(place: Classroom, assignment: str = FIRST) -> dict[str, str]:
    """Return address, or else name -> the note in what was collected."""
    roster = read_roster(place.folder)
    found = {p.parent.parent.name: note(p) for p in place.submitted.glob(f"*/{assignment}/{assignment}.ipynb")}
    return {roster.get(learner).email or roster.name(learner): text for learner, text in found.items()}


HEAD = "Identifier,Full name,Email address,Status,Grade,Maximum grade\n"


def moodle(people: dict[int, tuple[str, str]], assignment: str) -> tuple[dict[str, bytes], str]:
    """Return Moodle's archive and worksheet: participant -> (name, address); the note is the address."""
    files = {
        f"{name}_{number}_assignsubmission_file/{assignment}.ipynb": notebook(assignment, email)
        for number, (name, email) in people.items()
    }
    return files, HEAD + "".join(f"Participant {n},{name},{email},,,20\n" for n, (name, email) in people.items())


def test_numbers_of_moodle_that_are_others_in_the_next_assignment_mislead_nobody(place: Classroom) -> None:
    jane1, jane2, ben, zoe = (("Jane Doe", "j1"), ("Jane Doe", "j2"), ("Ben K", "b"), ("Zoë O'Neil", "z"))
    for assignment, people in ((FIRST, (jane1, jane2, ben, zoe)), (SECOND, (zoe, jane1, jane2, ben))):
        files, listed = moodle(dict(zip((101, 102, 103, 104), people, strict=True)), assignment)
        assert not collect(place, files, listed, assignment).needs_look
        assert notes(place, assignment) == {email: email for _, email in people}
    assert len(read_roster(place.folder)) == 4


def test_a_name_that_contradicts_a_number_of_moodle_goes_before_it(place: Classroom) -> None:
    for assignment, people in ((FIRST, "Ada L, Ben K"), (SECOND, "Ben K, Ada L")):
        files, _ = moodle({n: (name, "") for n, name in enumerate(people.split(", "))}, assignment)
        collect(place, {name: notebook(assignment, name.split("_")[0]) for name in files}, "", assignment)
        assert notes(place, assignment) == {"Ada L": "Ada L", "Ben K": "Ben K"}


def test_a_group_before_a_name_is_no_other_person(place: Classroom) -> None:
    collect(place, {f"Ada L_7_assignsubmission_file/{FIRST}.ipynb": notebook(note="1")})
    collect(place, {f"Blue team-Ada L_7_assignsubmission_file/{SECOND}.ipynb": notebook(SECOND, "2")}, "", SECOND)
    assert (notes(place), notes(place, SECOND)) == ({"Ada L": "1"}, {"Ada L": "2"})


@pytest.mark.parametrize(
    "names", [("Ada", "ada"), tuple(unicodedata.normalize(form, "Zoë") for form in ("NFC", "NFD"))]
)
def test_folders_whose_names_are_nearly_the_same_are_two_people(place: Classroom, names: tuple[str, str]) -> None:
    done = collect(place, {f"{name}/{FIRST}.ipynb": notebook(note=str(n)) for n, name in enumerate(names)})
    assert sorted(notes(place).values()) == ["0", "1"]
    assert len(done.remarks) == 2


def test_a_folder_and_a_login_of_one_person_are_that_person(place: Classroom) -> None:
    files = {f"jdoe/{FIRST}.ipynb": notebook(note="by login"), "Doe, Jane/work.ipynb": notebook(note="by name")}
    done = collect(place, files, "id,name,email\njdoe,Jane Doe,j@x\n")
    assert notes(place) == {"j@x": "by login"}
    assert len(done.taken) == 1


DAY = "Mar 2, 2026 105"
LIST = "OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator\n"


def test_brightspace_numbers_of_one_listed_person_are_one(place: Classroom) -> None:
    files = {f"{n}-5 - Jane Doe - {DAY} {half}M - x.ipynb": notebook(note=half) for n, half in ((1, "A"), (2, "P"))}
    done = collect(place, files, f"{LIST}#77,#jd,Doe,Jane,j1,#\n")
    assert (notes(place), done.needs_look, done.missing) == ({"j1": "P"}, False, [])


def test_two_of_one_name_on_brightspace_are_told_apart_by_their_numbers_or_not_at_all(place: Classroom) -> None:
    two = f"{LIST}#77,#jd,Doe,Jane,j1,#\n#78,#jd2,Doe,Jane,j2,#\n"
    files = {f"{n}-5 - Jane Doe - {DAY} AM - x.ipynb": notebook(note=str(n)) for n in (78, 77)}
    assert not collect(place, files, two).needs_look
    assert notes(place) == {"j1": "77", "j2": "78"}
    other = {f"{n}-5 - Jane Doe - {DAY} AM - x.ipynb": notebook(SECOND, str(n)) for n in (1, 2)}
    done = collect(place, other, two, SECOND)
    assert (len(done.taken), done.missing) == (2, ["jd", "jd2"])
    assert all("the list does not tell them apart" in remark for remark in done.remarks)


def test_late_in_the_name_of_a_file_makes_nobody_late(place: Classroom) -> None:
    files = {
        "doejane_101_5001_my_LATE_work.ipynb": notebook(note="in time"),
        "kben_LATE_102_5002_work.ipynb": notebook(note="late"),
    }
    done = collect(place, files)
    assert [read_roster(place.folder).name(learner) for learner in done.late] == ["kben"]
    assert read_roster(place.folder).find(["canvas:101"]).came_in[FIRST].file == "doejane_101_5001_my_LATE_work.ipynb"


def test_what_lies_beside_the_work_on_canvas_needs_no_look(place: Classroom) -> None:
    files = {
        f"doejane_101_5001_{FIRST}.ipynb": notebook(note="work"),
        f"doejane_101_5002_{FIRST}-checkpoint.ipynb": notebook(note="older"),
        "doejane_101_5003_Untitled1.ipynb": b'{"cells": []}',
        "doejane_101_5004_report.pdf": b"%PDF",
    }
    done = collect(place, files)
    assert notes(place) == {"doejane": "work"}
    assert len(done.left) == 3
    assert not done.needs_look


def test_a_copy_of_an_editor_is_taken_where_nothing_else_came(place: Classroom) -> None:
    collect(place, {f"C_ada_attempt_2026-03-0{day}-10-00-00_{FIRST}{copy}.ipynb": notebook(note=copy)
                    for day, copy in ((1, ""), (2, "-checkpoint"))})  # fmt: skip
    assert notes(place) == {"ada": "-checkpoint"}


def test_an_archive_that_somebody_unpacked_is_read_like_the_archive(place: Classroom, tmp_path: Path) -> None:
    files, listed = moodle({1: ("Zoë O'Neil", "z"), 2: ("李 小龍", "l")}, FIRST)
    (tmp_path / "unpacked").mkdir()
    with zipfile.ZipFile(zipped(tmp_path / "m.zip", files)) as archive:
        archive.extractall(tmp_path / "unpacked")
    assert collect(place, tmp_path / "unpacked", listed).platform == "moodle"
    assert notes(place) == {"z": "z", "l": "l"}


def test_the_platforms_archive_within_an_archive_is_read_like_it(place: Classroom) -> None:
    files, listed = moodle({1: ("Zoë O'Neil", "z"), 2: ("李 小龍", "l")}, FIRST)
    assert collect(place, {"mail/download.zip": zip_bytes(files)}, listed).platform == "moodle"
    assert notes(place) == {"z": "z", "l": "l"}


@pytest.mark.parametrize(
    ("encoding", "listed"),
    [
        ("utf-8-sig", "sep=;\nid;name\nzo;Zoë Müller\n"), ("cp1252", "Name;Matrikelnummer\nMüller, Zoë;77\n"),
        ("utf-16", "Nachname\tVorname\tAnmeldename\nMüller\tZoë\tzo\n"),
        ("utf-8-sig", '"Name","Comment"\r\n"Müller, Zoë","two\nlines; ""quoted"""\r\n'),
    ],
)  # fmt: skip
def test_class_lists_of_ones_own_are_read_as_spreadsheets_write_them(
    place: Classroom, tmp_path: Path, encoding: str, listed: str
) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(listed.encode(encoding))
    source = zipped(tmp_path / "d.zip", {f"Zoë Müller/{FIRST}.ipynb": notebook(note="zoe")})
    done = collect_submissions([source], FIRST, place, roster=path)
    assert (len(done.taken), done.missing, done.needs_look) == (1, [], False)
    assert len(read_roster(place.folder)) == 1
