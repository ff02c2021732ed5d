"""What platforms hand out becomes one notebook a learner, and every other file is told of."""

from __future__ import annotations

import os
import shutil
import struct
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from autograder.course.classroom import Classroom
from autograder.course.lock import ClassBusyError, hold_lock
from autograder.course.names import STUDENT_ID
from autograder.submissions.collect import Collected, collect_submissions
from autograder.submissions.roster import read_roster, roster_path
from tests.autograder.submissions.downloads import FIRST, SECOND, note, notebook, zip_bytes, zipped


@pytest.fixture
def place(tmp_path: Path) -> Classroom:
    """An empty class whose clock is Berlin's."""
    classroom = Classroom(tmp_path / "class")
    classroom.folder.mkdir()
    (classroom.folder / "timezone").write_text("Europe/Berlin\n")
    return classroom


def collect(place: Classroom, *sources: Path, **options: object) -> Collected:
    return collect_submissions(sources, options.pop("assignment", FIRST), place, **options)


def notes(place: Classroom, assignment: str = FIRST) -> dict[str, str]:
    """Return learner -> the note in what was collected."""
    return {p.parent.parent.name: note(p) for p in place.submitted.glob(f"*/{assignment}/{assignment}.ipynb")}


def whys(done: Collected) -> dict[str, str]:
    return {str(left.path): left.why for left in done.left}


CANVAS = {
    "doejane_12345_678901_01-single-neuron.ipynb": notebook(note="old"),
    "doejane_12345_678955_01-single-neuron-1.ipynb": notebook(note="new"),
    "müllerzoë_LATE_12346_678902_my work.ipynb": notebook(note="zoe"),
    "李小龍_12347_678903_01-single-neuron.ipynb": notebook(note="li"),
    "obrienjr_12348_678904_02-cost-vs-loss.ipynb": notebook(SECOND),
    "smithann_12349_text.html": b"<p>see my drive</p>",
}
CANVAS_LIST = (
    "Student,ID,SIS User ID,SIS Login ID,Section,01-single-neuron (77)\r\n"
    "    Points Possible,,,,,20\r\n"
    '"Doe, Jane",12345,S1,jdoe,A,\r\n"Müller, Zoë",12346,S2,zmueller,A,\r\n"李, 小龍",12347,S3,xli,A,\r\n'
    '"O\'Brien Jr., Pat",12348,S4,pobrien,A,\r\n"Smith, Ann",12349,S5,asmith,A,\r\n"Gone, Ben",12350,S6,bgone,A,\r\n'
    '"Student, Test",99999,,x,A,\r\n'
)


def test_canvas_gives_each_learner_the_newest_attachment_and_keeps_late(place: Classroom, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(CANVAS_LIST)
    done = collect(place, zipped(tmp_path / "c.zip", CANVAS), roster=tmp_path / "list.csv")
    assert done.platform == "canvas"
    assert notes(place) == {"jdoe": "new", "zmueller": "zoe", "xli": "li"}
    assert done.late == ["zmueller"]
    assert done.missing == ["asmith", "bgone", "pobrien"]
    assert "newer one" in whys(done)["doejane_12345_678901_01-single-neuron.ipynb"]
    assert "notebook of 02-cost-vs-loss" in whys(done)["obrienjr_12348_678904_02-cost-vs-loss.ipynb"]
    assert whys(done)["smithann_12349_text.html"] == "it is no notebook (.html)"
    assert done.needs_look
    kept = read_roster(place.folder).get("zmueller")
    assert (kept.name, kept.came_in[FIRST].file, kept.came_in[FIRST].late) == (
        "Müller, Zoë", "müllerzoë_LATE_12346_678902_my work.ipynb", True,
    )  # fmt: skip


def test_the_first_attempt_is_taken_where_it_is_asked_for(place: Classroom, tmp_path: Path) -> None:
    collect(place, zipped(tmp_path / "c.zip", CANVAS))
    assert "new" in notes(place).values()
    collect(place, tmp_path / "c.zip", attempt="first")
    assert "old" in notes(place).values()
    assert "new" not in notes(place).values()


def test_anonymous_names_of_canvas_stay_apart(place: Classroom, tmp_path: Path) -> None:
    files = {
        "anon_a1B2c_501_01-single-neuron.ipynb": notebook(note="1"),
        "LATE_anon_9xYz0_502_01-single-neuron.ipynb": notebook(note="2"),
    }
    done = collect(place, zipped(tmp_path / "c.zip", files))
    assert sorted(notes(place).values()) == ["1", "2"]
    assert len(done.late) == 1


MOODLE = {
    "Jane Doe_101_assignsubmission_file/01-single-neuron.ipynb": notebook(note="jane 1"),
    "Jane Doe_102_assignsubmission_file/01-single-neuron.ipynb": notebook(note="jane 2"),
    "Zoë OBrien Jr._103_assignsubmission_file/.ipynb_checkpoints/01-single-neuron-checkpoint.ipynb": b"{}",
    "Zoë OBrien Jr._103_assignsubmission_file/deep/01-single-neuron (2).ipynb": notebook(note="zoe"),
    "Zoë OBrien Jr._103_assignsubmission_file/Untitled.ipynb": b'{"cells": [], "metadata": {}, "nbformat": 4}',
    "李 小龍_104_assignsubmission_file_/work.zip": zip_bytes({"a/01-single-neuron.ipynb": notebook(note="li")}),
    "Eve X_105_assignsubmission_onlinetext/onlinetext.html": b"hello",
}
WORKSHEET = (
    "\ufeffIdentifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade)\n"
    'Participant 101,Jane Doe,jane1@x.org,Submitted for grading,,20.00,Yes,"Sunday, 1 March 2026, 11:30 PM",-\n'
    'Participant 102,Jane Doe,jane2@x.org,Submitted for grading - 2 days late,,20.00,Yes,"3 March 2026, 11:30 PM",-\n'
    "Participant 103,Zoë O'Brien Jr.,zoe@x.org,Submitted for grading,,20.00,Yes,-,-\n"
    "Participant 104,李 小龍,li@x.org,Submitted for grading,,20.00,Yes,-,-\n"
    "Participant 105,Eve X,eve@x.org,Submitted for grading,,20.00,Yes,-,-\n"
    "Participant 106,=1+1,f@x.org,No submission,,20.00,Yes,-,-\n"
)


def test_moodle_is_joined_by_the_worksheet_and_two_of_one_name_stay_two(place: Classroom, tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text(WORKSHEET, encoding="utf-8")
    done = collect(place, zipped(tmp_path / "m.zip", MOODLE), roster=tmp_path / "w.csv")
    roster = read_roster(place.folder)
    by_email = {roster.get(learner).email: text for learner, text in notes(place).items()}
    assert by_email == {"jane1@x.org": "jane 1", "jane2@x.org": "jane 2", "zoe@x.org": "zoe", "li@x.org": "li"}
    assert all(STUDENT_ID.fullmatch(one.id) for one in roster)
    assert {roster.name(one) for one in done.missing} == {"Eve X", "=1+1"}
    one = roster.find(email="jane1@x.org").id
    assert (place.submitted / one / FIRST / "timestamp.txt").read_text().startswith("2026-03-01 22:30:00")
    assert [roster.get(late).email for late in done.late] == ["jane2@x.org"]
    assert notes(place)[roster.find(email="zoe@x.org").id] == "zoe"


def test_an_older_zip_with_a_newer_worksheet_replaces_nothing(place: Classroom, tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text(WORKSHEET, encoding="utf-8")
    collect(place, zipped(tmp_path / "new.zip", MOODLE), roster=tmp_path / "w.csv")
    before = notes(place)
    name = "Jane Doe_101_assignsubmission_file/01-single-neuron.ipynb"
    older = zipped(tmp_path / "old.zip", {name: notebook(note="an older attempt")})
    done = collect(place, older, roster=tmp_path / "w.csv")
    assert notes(place) == before
    assert any(left.look and "download the file and the list together" in left.why for left in done.left)


def test_the_worksheet_of_another_assignment_is_refused_before_anything_is_written(
    place: Classroom, tmp_path: Path
) -> None:
    other = WORKSHEET.replace("Participant 10", "Participant 20")
    (tmp_path / "other.csv").write_text(other, encoding="utf-8")
    with pytest.raises(ValueError, match=r"other\.csv is the worksheet of another assignment: none of its"):
        collect(place, zipped(tmp_path / "m.zip", MOODLE), roster=tmp_path / "other.csv")
    assert not place.submitted.exists()
    assert not roster_path(place.folder).exists()


def test_the_first_attempt_keeps_its_own_time_beside_a_list_with_the_last_ones(
    place: Classroom, tmp_path: Path
) -> None:
    (tmp_path / "w.csv").write_text(WORKSHEET, encoding="utf-8")  # it says 1 March, 23:30
    name = "Jane Doe_101_assignsubmission_file/01-single-neuron.ipynb"
    first = zipped(tmp_path / "first.zip", {name: notebook(note="first")}, (2026, 2, 20, 12, 0, 0))
    last = zipped(tmp_path / "last.zip", {name: notebook(note="last")}, (2026, 3, 1, 23, 30, 0))
    collect(place, first, last, roster=tmp_path / "w.csv", attempt="first")
    (jane,) = place.submitted.iterdir()
    assert notes(place) == {jane.name: "first"}
    assert (jane / FIRST / "timestamp.txt").read_text().startswith("2026-02-20 11:00:00")


def test_moodle_without_a_worksheet_tells_namesakes_apart_and_says_so(place: Classroom, tmp_path: Path) -> None:
    done = collect(place, zipped(tmp_path / "m.zip", MOODLE))
    assert sorted(notes(place).values()) == ["jane 1", "jane 2", "li", "zoe"]
    assert any("Jane Doe" in remark for remark in done.remarks)
    again = {
        "Zoë OBrien Jr._901_assignsubmission_file/02-cost-vs-loss.ipynb": notebook(SECOND, "zoe"),
        "Jane Doe_902_assignsubmission_file/02-cost-vs-loss.ipynb": notebook(SECOND, "jane"),
    }
    collect(place, zipped(tmp_path / "m2.zip", again), assignment=SECOND)
    zoe = next(learner for learner, text in notes(place).items() if text == "zoe")
    assert notes(place, SECOND)[zoe] == "zoe"
    assert len(notes(place, SECOND)) == 2


def test_blind_names_of_moodle_are_people_of_their_own(place: Classroom, tmp_path: Path) -> None:
    files = {f"Participant_{n}_assignsubmission_file/{FIRST}.ipynb": notebook(note=str(n)) for n in (7, 8, 9)}
    done = collect(place, zipped(tmp_path / "m.zip", files))
    assert notes(place) == {"Participant-7": "7", "Participant-8": "8", "Participant-9": "9"}
    assert not done.needs_look


def test_brightspace_takes_the_latest_day_and_reads_its_clock(place: Classroom, tmp_path: Path) -> None:
    files = {
        "201-55 - Jane Doe - Mar 1, 2026 1130 PM - 01-single-neuron.ipynb": notebook(note="old"),
        "201-55 - Jane Doe - Mar 2, 2026 1205 AM - 01-single-neuron.ipynb": notebook(note="new"),
        "202-55 - Anne - Marie O'Neil - Feb 28, 2026 905 AM/01-single-neuron.ipynb": notebook(note="anne"),
        "203-55 - Jane Doe - Mar 2, 2026 105 AM - 01-single-neuron.ipynb": notebook(note="other jane"),
        "index.html": b"<html>",
    }
    (tmp_path / "list.csv").write_text(
        "OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator\n"
        "#9001,#anne,O'Neil,Anne - Marie,a@x.org,#\n#9002,#late,Late,Lou,l@x.org,#\n"
    )
    done = collect(place, zipped(tmp_path / "b.zip", files), roster=tmp_path / "list.csv")
    assert sorted(notes(place).values()) == ["anne", "new", "other jane"]
    assert notes(place)["anne"] == "anne"
    newest = next(learner for learner, text in notes(place).items() if text == "new")
    assert (place.submitted / newest / FIRST / "timestamp.txt").read_text().startswith("2026-03-01 23:05:00")
    assert done.missing == ["late"]


def test_blackboard_knows_logins_with_underscores_by_its_texts(place: Classroom, tmp_path: Path) -> None:
    head = "Chapter_1_"
    files = {
        f"{head}j_doe_attempt_2026-03-01-10-00-00.txt": b"Name: Jane Doe (j_doe)\nAssignment: Chapter_1\n",
        f"{head}j_doe_attempt_2026-03-01-10-00-00_work.ipynb": notebook(note="old"),
        f"{head}j_doe_attempt_2026-03-02-10-00-00.txt": b"Name: Jane Doe (j_doe)\nAssignment: Chapter_1\n",
        f"{head}j_doe_attempt_2026-03-02-10-00-00_work (1).ipynb": notebook(note="new"),
        f"{head}ben_attempt_2026-03-01-09-00-00.txt": b"\xef\xbb\xbfName: Ben K (ben)\n",
        f"{head}ben_attempt_2026-03-01-09-00-00_report.pdf": b"%PDF",
    }
    done = collect(place, zipped(tmp_path / "bb.zip", files))
    assert notes(place) == {"j_doe": "new"}
    assert read_roster(place.folder).name("j_doe") == "Jane Doe"
    assert "(.pdf)" in whys(done)[f"{head}ben_attempt_2026-03-01-09-00-00_report.pdf"]
    assert done.needs_look


def test_blackboard_with_spaces_and_without_texts_finds_the_people(place: Classroom, tmp_path: Path) -> None:
    files = {f"Chapter 1_{who}_attempt_2026-03-01-10-00-00_w.ipynb": notebook(note=who) for who in ("ada", "b_en")}
    collect(place, zipped(tmp_path / "bb.zip", files))
    assert notes(place) == {"ada": "ada", "b_en": "b_en"}


@pytest.mark.parametrize("around", ["", "class/", "submitted/"])
def test_one_folder_around_everybody_is_no_learner(place: Classroom, tmp_path: Path, around: str) -> None:
    files = {
        f"{around}jdoe/{FIRST}/{FIRST}.ipynb": notebook(note="jdoe"),
        f"{around}O'Brien Jr./{FIRST}.ipynb": notebook(note="pat"),
        f"{around}李/any name.ipynb": notebook(note="li"),
    }
    collect(place, zipped(tmp_path / "all.zip", files))
    found = {read_roster(place.folder).name(learner): text for learner, text in notes(place).items()}
    assert found == {"jdoe": "jdoe", "O'Brien Jr.": "pat", "李": "li"}


def test_a_folder_of_zips_is_one_learner_a_zip(place: Classroom, tmp_path: Path) -> None:
    (tmp_path / "from").mkdir()
    for who in ("ada", "ben"):
        zipped(tmp_path / "from" / f"{who}.zip", {f"{FIRST}.ipynb": notebook(note=who)})
    collect(place, tmp_path / "from")
    assert notes(place) == {"ada": "ada", "ben": "ben"}


def test_names_that_do_not_tell_the_platform_are_asked_for(place: Classroom, tmp_path: Path) -> None:
    files = {"doejane_1_2_a.ipynb": notebook(), **{f"x{n}.ipynb": notebook() for n in range(3)}}
    with pytest.raises(ValueError, match="--platform"):
        collect(place, zipped(tmp_path / "c.zip", files))
    done = collect(place, tmp_path / "c.zip", platform="canvas")
    assert len(done.taken) == 1
    assert sum("writes no such name" in why for why in whys(done).values()) == 3


def test_an_older_download_never_replaces_newer_work(place: Classroom, tmp_path: Path) -> None:
    newer = zipped(tmp_path / "2.zip", {"ada/01-single-neuron.ipynb": notebook(note="newer")}, (2026, 3, 2, 12, 0, 0))
    older = zipped(tmp_path / "1.zip", {"ada/01-single-neuron.ipynb": notebook(note="older")})
    collect(place, newer)
    done = collect(place, older)
    assert notes(place) == {"ada": "newer"}
    assert whys(done) == {"ada/01-single-neuron.ipynb": "a newer one was collected before"}
    assert collect(place, newer).unchanged == ["ada"]


def test_half_past_eleven_is_the_same_moment_from_a_zip_and_from_a_folder(place: Classroom, tmp_path: Path) -> None:
    moment = 1772404200  # 2026-03-01 23:30 in Berlin
    (tmp_path / "from" / "ben").mkdir(parents=True)
    (tmp_path / "from" / "ben" / f"{FIRST}.ipynb").write_bytes(notebook())
    os.utime(tmp_path / "from" / "ben" / f"{FIRST}.ipynb", (moment, moment))
    collect(place, zipped(tmp_path / "a.zip", {f"ada/{FIRST}.ipynb": notebook()}, (2026, 3, 1, 23, 30, 0)))
    collect(place, tmp_path / "from")
    stamps = {(place.submitted / who / FIRST / "timestamp.txt").read_text() for who in ("ada", "ben")}
    assert stamps == {"2026-03-01 22:30:00.000000 UTC\n"}


@pytest.mark.parametrize("unpacked", [False, True], ids=["zip", "folder"])
def test_an_editors_checkpoint_before_the_work_is_left(place: Classroom, tmp_path: Path, unpacked: bool) -> None:
    copy, work = f"jdoe/.ipynb_checkpoints/{FIRST}-checkpoint.ipynb", f"jdoe/{FIRST}.ipynb"
    source = zipped(tmp_path / "all.zip", {copy: notebook(note="checkpoint"), work: notebook(note="work")})
    if unpacked:
        source = tmp_path / "all"
        shutil.unpack_archive(tmp_path / "all.zip", source)
        for path in source.rglob("*.ipynb"):
            os.utime(path, (1772404200, 1772404200))
    done = collect(place, source)
    assert notes(place) == {"jdoe": "work"}
    assert whys(done) == {copy: "a copy or a note of an editor or of the system"}
    assert not done.needs_look


def test_two_files_of_one_time_are_decided_by_their_names_and_told(place: Classroom, tmp_path: Path) -> None:
    for names in (("b.ipynb", "a.ipynb"), ("a.ipynb", "b.ipynb")):
        files = {f"ada/{name}": notebook(note=name) for name in names}
        done = collect(place, zipped(tmp_path / "x.zip", files))
        assert notes(place) == {"ada": "a.ipynb"}
        assert done.needs_look
    done = collect(place, zipped(tmp_path / "x.zip", {f"ben/{n}.ipynb": notebook(note=n) for n in ("a", FIRST)}))
    assert notes(place)["ben"] == FIRST
    assert not done.needs_look


def test_a_damaged_entry_stops_nobody(place: Classroom, tmp_path: Path) -> None:
    files = {f"{who}/{FIRST}.ipynb": notebook(note=who) for who in ("ada", "ben", "cem", "dan", "eve")}
    path = zipped(tmp_path / "all.zip", files)
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        at = {entry.filename.split("/")[0]: entry.header_offset for entry in archive.infolist()}
    central = {who: raw.rfind(f"{who}/{FIRST}".encode()) - 46 for who in at}
    raw[at["ada"] + 300] ^= 0xFF  # a wrong checksum
    for name, place_of, value in (("ben", 8, 1), ("cem", 10, 9), ("dan", 12, 0)):  # encrypted, Deflate64, date zero
        struct.pack_into("<H", raw, central[name] + place_of, value)
        struct.pack_into("<H", raw, at[name] + place_of - 2, value)
    struct.pack_into("<H", raw, central["dan"] + 14, 0)
    path.write_bytes(raw)
    done = collect(place, path)
    assert set(notes(place)) == {"dan", "eve"}
    told = whys(done)
    assert "its archive is damaged" in told[f"ada/{FIRST}.ipynb"]
    assert "encrypted" in told[f"ben/{FIRST}.ipynb"]
    assert "compressed" in told[f"cem/{FIRST}.ipynb"]
    assert done.needs_look


def test_nothing_leaves_the_classs_folder(place: Classroom, tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine")
    (tmp_path / "elsewhere").mkdir()
    place.submitted.mkdir()
    (place.submitted / "ada").symlink_to(tmp_path / "elsewhere")
    (place.submitted / "ben" / FIRST).mkdir(parents=True)
    (place.submitted / "ben" / FIRST / f"{FIRST}.ipynb").symlink_to(tmp_path / "precious.txt")
    (place.submitted / "cem").mkdir()
    (place.submitted / "cem" / FIRST).symlink_to(tmp_path / "elsewhere")
    files = {f"{who}/{FIRST}.ipynb": notebook(note=who) for who in ("ada", "ben", "cem", "..")}
    done = collect(place, zipped(tmp_path / "all.zip", files | {"/etc/x.ipynb": b"{}", "C:\\x.ipynb": b"{}"}))
    assert sorted(done.taken) == ["ben", "cem"]
    assert (tmp_path / "precious.txt").read_text() == "mine"
    assert not list((tmp_path / "elsewhere").iterdir())
    assert not (place.submitted / "ben" / FIRST / f"{FIRST}.ipynb").is_symlink()
    assert sum("leads out" in why for why in whys(done).values()) == 3
    assert any("could not be taken" in why for why in whys(done).values())


def test_a_full_disk_leaves_the_work_of_before(
    place: Classroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect(place, zipped(tmp_path / "1.zip", {f"ada/{FIRST}.ipynb": notebook(note="old")}))

    def full(own: int, folder: str, files: Mapping[str, bytes]) -> None:
        name, raw = next(iter(files.items()))
        Path(f"/proc/self/fd/{own}", folder, name).write_bytes(raw[: len(raw) // 2])
        raise OSError(28, "No space left on device")

    newer = zipped(tmp_path / "2.zip", {f"ada/{FIRST}.ipynb": notebook(note="new")}, (2026, 4, 1, 0, 0, 0))
    with monkeypatch.context() as patch:
        patch.setattr("autograder.submissions.delivery._write", full)
        done = collect(place, newer)
    assert "No space left" in whys(done)[f"ada/{FIRST}.ipynb"]
    assert notes(place) == {"ada": "old"}
    assert [p.name for p in (place.submitted / "ada").iterdir()] == [FIRST]


def test_collecting_while_another_run_is_at_work_is_refused(place: Classroom, tmp_path: Path) -> None:
    path = zipped(tmp_path / "1.zip", {f"ada/{FIRST}.ipynb": notebook()})
    with hold_lock(place.folder), pytest.raises(ClassBusyError):
        collect(place, path)


def test_the_classs_own_limit_holds_for_collecting_too(place: Classroom, tmp_path: Path) -> None:
    (place.folder / "limits.toml").write_text("file_bytes = 1000\n")
    done = collect(place, zipped(tmp_path / "1.zip", {f"ada/{FIRST}.ipynb": notebook()}))
    assert "larger than" in whys(done)[f"ada/{FIRST}.ipynb"]


def test_a_file_that_is_no_notebook_is_taken_so_that_its_learner_is_told(place: Classroom, tmp_path: Path) -> None:
    files = {"ben.ipynb": b"not a notebook", "cut.ipynb": notebook()[:500], "tab.ipynb.txt": notebook(note="tab")}
    collect(place, zipped(tmp_path / "1.zip", files))
    assert sorted(p.name for p in place.submitted.iterdir()) == ["ben", "cut", "tab"]


def test_a_notebook_without_metadata_is_known_by_what_it_defines(place: Classroom, tmp_path: Path) -> None:
    raw = notebook(note="bare").replace(b'"grade_id"', b'"gone"')
    collect(place, zipped(tmp_path / "1.zip", {"ada/x.ipynb": raw, "ada/y.ipynb": notebook(SECOND)}))
    assert notes(place) == {"ada": "bare"}


def test_a_class_of_1600_is_collected_in_seconds(place: Classroom, tmp_path: Path) -> None:
    raw = notebook()
    files = {f"doe{n}_{10_000 + n}_{20_000 + n}_{FIRST}.ipynb": raw for n in range(1600)}
    path = zipped(tmp_path / "big.zip", files)
    started = time.monotonic()
    assert len(collect(place, path).taken) == 1600
    assert time.monotonic() - started < 20


def test_no_name_of_a_file_is_another_learners_or_an_earlier_time(place: Classroom, tmp_path: Path) -> None:
    named = "Chapter 1_{}_attempt_2026-03-29-12-05-59_{}"
    blackboard = {
        named.format("ada", "work.ipynb"): notebook(note="ada"),
        named.format("cleo", "work.ipynb"): notebook(note="cleo"),
        named.format("mallory", "x_ada_attempt_2027-01-01-00-00-00_work.ipynb"): notebook(note="mallory"),
    }
    collect(place, zipped(tmp_path / "b.zip", blackboard))
    assert notes(place) == {"ada": "ada", "cleo": "cleo", "mallory": "mallory"}
    other = Classroom(tmp_path / "other")
    name = "12-34 - Mallory M - Mar 29, 2026 1205 PM - x - Mar 29, 2018 1205 PM - work.ipynb"
    collect(other, zipped(tmp_path / "d.zip", {name: notebook()}))
    (stamp,) = other.submitted.glob("*/*/timestamp.txt")
    assert (stamp.parent.parent.name, stamp.read_text()[:4]) == ("Mallory-M", "2026")


@pytest.mark.parametrize("inside", [f"ada/{FIRST}/x.ipynb", f"submitted/ada/{FIRST}/x.ipynb", "ada/x.ipynb"])
def test_what_lies_in_a_learners_folder_or_archive_is_that_learners(
    place: Classroom, tmp_path: Path, inside: str
) -> None:
    theirs = zip_bytes({inside: notebook(note="mallory")})
    hand_outs = (
        {"ada/x.ipynb": notebook(note="ada"), "mallory/work.zip": theirs},
        {"ada.zip": zip_bytes({"x.ipynb": notebook(note="ada")}), "mallory.zip": theirs},
        {f"all/ada/{FIRST}/x.ipynb": notebook(note="ada"), f"all/mallory/{inside}": notebook(note="mallory")},
    )
    for number, files in enumerate(hand_outs):
        other = Classroom(tmp_path / f"class-{number}")
        collect(other, zipped(tmp_path / f"{number}.zip", files), platform="folders")
        assert notes(other) == {"ada": "ada", "mallory": "mallory"}


def test_an_archive_that_would_take_days_to_open_is_left(
    place: Classroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.submissions.archives.MAX_OPENED_BYTES", 1_000_000)
    monkeypatch.setattr("autograder.submissions.choosing.MOST_READ", 5)
    many = zip_bytes({"ballast": bytes(300_000)} | {f"{n}.ipynb": notebook(SECOND) for n in range(20)})
    files = {
        "ada/x.ipynb": notebook(note="ada"),
        "ben/w.zip": zip_bytes({"many.zip": many}),
        "cleo/w.zip": zip_bytes({"x.ipynb": notebook(note="cleo")}),
        "dan/w.zip": zip_bytes({f"{n}.ipynb": notebook(SECOND) for n in range(20)}),
    }
    done = collect(place, zipped(tmp_path / "d.zip", files), platform="folders")
    assert notes(place) == {"ada": "ada", "cleo": "cleo"}
    told = list(whys(done).values())
    assert "its archives hold more than anybody's work" in told
    assert told.count("5 others of the same learner were looked into") >= 15
