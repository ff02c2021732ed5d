"""The table that a platform gave comes back with marks in it, and nothing else is touched."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.course.classroom import Classroom
from autograder.course.clock import read_moment
from autograder.course.due import DuePolicy, write_policies
from autograder.reporting.exports_into import Filled, fill_table, tell_table
from autograder.reporting.exports_own import own_table
from autograder.reporting.marks_to_export import ClassMarks, read_class_marks
from autograder.submissions.class_lists import read_class_list
from autograder.submissions.learner import CameIn
from autograder.submissions.roster import Roster, read_roster, write_roster
from autograder.submissions.tables import read_table
from tests.autograder.reporting.booked import FIRST, booked

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,01-single-neuron (77),Final (read) (78),Current Score\r\n"
    ",,,,,Manual Posting,,(read only)\r\n"
    '"    Points Possible",,,,,20.00,5,(read only)\r\n'
    '"Doe, Jane",101,S1,jdoe,"A, B",,4,50\r\n'
    "=1+1,102,S2,ben,A,EX,,\r\n"
    '"Müller, Zoë",103,S3,zoe,A,"3",1,2\r\n'
    '"Nobody, Known",999,S9,nobody,A,7,,\r\n'
    '"Late, Lou",104,S4,lou,A,,,\r\n'
    '"Student, Test",55,,aa11,A,,,\r\n'
)


@pytest.fixture
def place(tmp_path: Path) -> Classroom:
    classroom = Classroom(tmp_path / "class")
    classroom.folder.mkdir()
    return classroom


def listed(place: Classroom, text: str) -> None:
    """Put a class list into the roster."""
    path = place.folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    roster = read_roster(place.folder)
    roster.join(read_class_list(path))
    write_roster(roster, place.folder)


def filled(place: Classroom, text: str, marks: dict | None = None, encoding: str = "utf-8") -> tuple[str, Filled]:
    """Fill a table; return its text and what was said."""
    path = place.folder / "given.csv"
    path.write_bytes(text.encode(encoding))
    table = read_table(path)
    given = class_marks(place, {"jdoe": 17.25, "ben": 12, "zoe": 20} if marks is None else marks)
    done = fill_table(table, tell_table(table), given)
    return table.encode().decode(encoding), done


def class_marks(place: Classroom, marks: dict) -> ClassMarks:
    with booked(place, marks) as gradebook:
        return read_class_marks(gradebook, [FIRST], place)


def read_again(place: Classroom) -> ClassMarks:
    with Gradebook(place.db_url) as gradebook:
        return read_class_marks(gradebook, [FIRST], place)


def test_canvas_gets_its_own_file_back_with_one_column_changed(place: Classroom) -> None:
    listed(place, CANVAS)
    text, done = filled(place, CANVAS)
    expected = CANVAS.replace('"A, B",,4', '"A, B",17.25,4').replace('A,"3",1', 'A,"20",1')
    assert text == expected
    said = "\n".join(done.notes)
    assert "=1+1 (ben) is excused in this file" in said
    assert "Late, Lou (lou): nothing was handed in" in said
    assert not done.looks


def test_a_row_that_is_nobodys_and_a_mark_without_a_row_are_named(place: Classroom) -> None:
    listed(place, CANVAS.replace('"Nobody, Known",999,S9,nobody,A,7,,\r\n', "").replace("ben", "someone"))
    text, done = filled(place, CANVAS.replace("ben", "someone"), marks={"jdoe": 1, "eve": 3})
    assert "Nobody, Known" in "\n".join(done.notes)
    assert done.looks == ["eve has a mark and no row in this file"]
    assert '"Nobody, Known",999,S9,nobody,A,7,,' in text


def test_other_points_on_the_platform_are_told(place: Classroom) -> None:
    listed(place, CANVAS)
    _, done = filled(place, CANVAS.replace("20.00,5", "100,5"))
    assert done.looks == ["01-single-neuron has 20 points here and 100 on the platform"]


def test_late_dropped_overridden_and_excused_are_what_the_platform_expects(place: Classroom) -> None:
    listed(place, CANVAS)
    roster = read_roster(place.folder)
    roster.get("zoe").dropped = True
    roster.get("jdoe").came_in[FIRST] = CameIn("canvas", "doejane_LATE_101_5_x.ipynb", late=True)
    write_roster(roster, place.folder)
    due = read_moment("2026-03-01 12:00")
    write_policies({FIRST: DuePolicy(due, penalty="per-day=2", excused=("lou",))}, place.folder)
    text, done = filled(place, CANVAS)
    said = "\n".join(done.notes)
    assert '"Doe, Jane",101,S1,jdoe,"A, B",15.25,4' in text
    assert "late by an unknown time, 2 points off" in said
    assert '"Late, Lou",104,S4,lou,A,EX,,' in text
    assert '"Müller, Zoë",103,S3,zoe,A,"3",1,2' in text
    assert "has left the class" in said


MOODLE = (
    "\ufeffIdentifier,\"Full name\",\"Email address\",Status,Grade,\"Maximum grade\",\"Grade can be changed\","
    "\"Last modified (submission)\",\"Last modified (grade)\",\"Feedback comments\"\n"
    'Participant 11,"Jane Doe",j1@x.org,"Submitted for grading",,"20,00",Yes,-,-,\n'
    'Participant 12,"Jane Doe",j2@x.org,"Submitted for grading",,"20,00",No,-,-,"well, ""done"""\n'
    'Participant 13,"Zoë O\'Neil",z@x.org,"No submission",,"20,00",Yes,-,-,\n'
)  # fmt: skip


def test_moodles_worksheet_is_matched_by_participant_and_says_what_moodle_will_skip(place: Classroom) -> None:
    listed(place, MOODLE)
    ids = {one.email: one.id for one in read_roster(place.folder)}
    text, done = filled(place, MOODLE, marks={ids["j1@x.org"]: 7.5, ids["j2@x.org"]: 21})
    assert text == MOODLE.replace(
        'j1@x.org,"Submitted for grading",,', 'j1@x.org,"Submitted for grading","7,5",'
    ).replace('j2@x.org,"Submitted for grading",,', 'j2@x.org,"Submitted for grading",21,')
    assert len(done.looks) == 2
    assert "locked" in done.looks[0]
    assert "more than its maximum of 20" in done.looks[1]


def test_moodle_in_german_is_filled_too(place: Classroom) -> None:
    german = (
        "ID,Vollständiger Name,E-Mail-Adresse,Status,Bewertung,Bestwertung,Bewertung kann geändert werden\n"
        "Teilnehmer/in11,Jane Doe,j1@x.org,Zur Bewertung abgegeben,,\"20,00\",Ja\n"
    )  # fmt: skip
    listed(place, german)
    text, _ = filled(place, german, marks={read_roster(place.folder).find(email="j1@x.org").id: 19.5})
    assert text == german.replace("abgegeben,,", 'abgegeben,"19,5",')


def test_brightspace_and_blackboard_are_found_by_their_own_words(place: Classroom) -> None:
    brightspace = (
        "OrgDefinedId,Username,Last Name,First Name,01-single-neuron Points Grade <Numeric MaxPoints:20 Weight:10>,"
        "Other Points Grade,End-of-Line Indicator\r\n#9001,#jdoe,Doe,Jane,,3,#\r\n"
    )
    listed(place, brightspace)
    text, done = filled(place, brightspace, marks={"jdoe": 11})
    assert text == brightspace.replace("Jane,,3", "Jane,11,3")
    assert not done.looks


def test_blackboard_keeps_its_tabs_and_its_utf16(place: Classroom) -> None:
    blackboard = (
        '"Last Name"\t"First Name"\t"Username"\t"Single neuron [Total Pts: 20 Score] |4711"\t"X [Total Pts: 1] |9"\n'
        '"Doe"\t"Zoë"\t"jdoe"\t""\t"1"\n'
    )
    listed(place, blackboard)
    text, done = filled(place, blackboard, marks={"jdoe": 11}, encoding="utf-16")
    assert text == blackboard.replace('"jdoe"\t""', '"jdoe"\t"11"')
    assert not done.looks


def test_the_line_with_which_a_spreadsheet_tells_the_delimiter_stays(place: Classroom) -> None:
    own = f"sep=|\r\nid|{FIRST}\r\njdoe|\r\n"
    text, _ = filled(place, own)
    assert text == own.replace("jdoe|", "jdoe|17.25")


def test_a_class_list_of_ones_own_gets_the_column_that_it_lacks(place: Classroom) -> None:
    text, _ = filled(place, "id;name\njdoe;Jane\nlou;Lou\n")
    assert text == f"id;name;{FIRST}\njdoe;Jane;17.25\nlou;Lou\n"


def test_a_column_that_cannot_be_told_is_asked_for(place: Classroom) -> None:
    other = CANVAS.replace("01-single-neuron (77)", "Homework A (77)")
    listed(place, other)
    with pytest.raises(ValueError, match=r"--column \(Homework A"):
        filled(place, other)
    table = read_table(place.folder / "given.csv")
    fill_table(table, "canvas", read_again(place), "Homework A")
    assert b'jdoe,"A, B",17.25,4' in table.encode()


def test_our_own_tables_hold_no_formulas_and_no_zero_for_who_is_missing(place: Classroom) -> None:
    listed(place, CANVAS)
    given = class_marks(place, {"jdoe": 17.25, "ben": 12})
    for platform in ("canvas", "moodle", "brightspace", "blackboard", "csv"):
        text = own_table(platform, given)
        for line in text.splitlines():
            for part in line.replace('"', "").split("\t" if platform == "blackboard" else ","):
                assert not part.startswith(("=", "+", "@"))
        assert "17.25" in text
    assert '"\'=1+1","102","S2","ben","A","12"' in own_table("canvas", given)
    assert '"lou","S4","","A","","missing"' in own_table("csv", given)


def test_a_name_with_a_semicolon_is_no_formula_where_semicolons_split(place: Classroom) -> None:
    listed(place, CANVAS.replace('"Doe, Jane"', '"Doe;=1+1"', 1))
    given = class_marks(place, {"jdoe": 17.25})
    for platform in ("canvas", "moodle", "csv"):
        text = own_table(platform, given)
        assert '"Doe;\'=1+1"' in text
        assert re.fullmatch(r'("([^"]|"")*"[,\n])*', text), "every place is quoted"


def test_a_class_of_1600_is_exported_in_seconds(place: Classroom) -> None:
    rows = "".join(f'"Doe{n}, Jane",{n + 1},S{n},u{n},A,,,\r\n' for n in range(1600))
    text = CANVAS.split("\r\n")[0] + "\r\n" + rows
    listed(place, text)
    with booked(place, {f"u{n}": 10 for n in range(1600)}) as gradebook:
        started = time.monotonic()
        table = read_table(place.folder / "list.csv")
        done = fill_table(table, "canvas", read_class_marks(gradebook, [FIRST], place))
        assert time.monotonic() - started < 20
    assert done.filled == 1600


def test_a_roster_survives_being_written_and_read(place: Classroom) -> None:
    roster = Roster()
    learner = roster.add("=cmd|' /C calc'!A0", key="folders:a;b")
    learner.came_in[FIRST] = CameIn("folders", "-x.ipynb", late=True)
    write_roster(roster, place.folder)
    again = read_roster(place.folder).get(learner.id)
    assert (again.name, again.came_in, again.keys) == (learner.name, learner.came_in, learner.keys)
    assert oct((place.folder / "roster.csv").stat().st_mode)[-3:] == "600"


ONE_COLUMN = (
    'Student,ID,SIS User ID,SIS Login ID,Section,TITLE\r\n    Points Possible,,,,,20\r\n"Doe, Jane",101,S1,jdoe,A,\r\n'
)


def test_the_column_of_another_chapter_is_never_filled(place: Classroom) -> None:
    with pytest.raises(ValueError, match="no column of this file is 01-single-neuron's"):
        filled(place, ONE_COLUMN.replace("TITLE", "02-cost-vs-loss (78)"))


def test_the_column_that_is_filled_is_named(place: Classroom) -> None:
    text, done = filled(place, ONE_COLUMN.replace("TITLE", "Homework (79)"))
    assert "17.25" in text, "the only column that there is, whatever its name"
    assert done.notes[0] == "01-single-neuron is filled into the column 'Homework (79)'"
