"""A term as one story: four platforms, two attempts, late, regrade, override, drop, feedback, export."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.authoring.sample_class import build_submission, read_answers
from autograder.cli import main
from autograder.course import paths
from autograder.course.classroom import Classroom
from tests.autograder.submissions.downloads import FIRST, zip_bytes, zipped

CANVAS = (
    "Student,ID,SIS Login ID,Section,01-single-neuron (77)\r\n    Points Possible,,,,20\r\n"
    '"Doe, Jane",101,jdoe,A,\r\n"Müller, Zoë",102,zoe,A,\r\n"Gone, Gil",103,gil,A,\r\n'
)
MOODLE = (
    "Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,Last modified (grade)\n"
    "Participant 11,Pat O'Brien Jr.,p1@x.org,Submitted for grading,,20.00,Yes,-\n"
    "Participant 12,Pat O'Brien Jr.,p2@x.org,Submitted for grading,,20.00,Yes,-\n"
)
BRIGHTSPACE = (
    "OrgDefinedId,Username,Last Name,First Name,Single neuron Points Grade,End-of-Line Indicator\n#9,#li,李,小龍,,#\n"
)
BLACKBOARD = (
    '"Last Name"\t"First Name"\t"Username"\t"01-single-neuron [Total Pts: 20 Score] |9"\n"K"\t"Ben"\t"b_en"\t""\n'
)


def answer(name: str) -> bytes:
    return build_submission(FIRST, read_answers(paths.SAMPLES / FIRST / f"{name}.py"), paths.NOTEBOOKS)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with what each platform handed out."""
    full, part = answer("perfect"), answer("guessed-signs")
    canvas = {
        f"doejane_101_5001_{FIRST}.ipynb": part, f"doejane_101_5002_{FIRST}-1.ipynb": full,
        f"müllerzoë_LATE_102_5003_{FIRST}.ipynb": full,
    }  # fmt: skip
    moodle = {
        f"Pat OBrien Jr._11_assignsubmission_file/{FIRST}.ipynb": full,
        "Pat OBrien Jr._12_assignsubmission_file/work.zip": zip_bytes({f"x/{FIRST}.ipynb": part}),
    }
    brightspace = {
        f"201-55 - 小龍 李 - Mar 1, 2026 900 AM - {FIRST}.ipynb": full,
        f"201-55 - 小龍 李 - Mar 1, 2026 1000 AM - {FIRST}.ipynb": part,
    }
    blackboard = {
        "C1_b_en_attempt_2026-03-01-09-00-00.txt": b"Name: Ben K (b_en)\n",
        "C1_b_en_attempt_2026-03-01-09-00-00_w.ipynb": part,
    }
    lists = {"canvas": CANVAS, "moodle": MOODLE, "brightspace": BRIGHTSPACE, "blackboard": BLACKBOARD}
    downloads = {"canvas": canvas, "moodle": moodle, "brightspace": brightspace, "blackboard": blackboard}
    for platform, files in downloads.items():
        zipped(tmp_path / f"{platform}.zip", files)
        (tmp_path / f"{platform}.csv").write_bytes(lists[platform].encode())
    return tmp_path


def test_a_term(desk: Path, capsys: pytest.CaptureFixture) -> None:
    classroom = Classroom(desk / "class")

    def course(*arguments: object, status: int = 0) -> str:
        assert main.main([*map(str, arguments), f"--classroom={classroom.folder}"]) == status
        return capsys.readouterr().out

    course("release", FIRST)
    course("due", FIRST, "2026-03-31 23:59", "--penalty", "per-day=2", "--timezone", "Europe/Berlin")
    for platform in ("canvas", "moodle", "brightspace", "blackboard"):
        out = course("collect", FIRST, desk / f"{platform}.zip", "--roster", desk / f"{platform}.csv")
        assert f"from {platform}" in out
    assert "gil (Gone, Gil)" in out
    made_by_hand = classroom.submitted / "=1+1 O'Hara" / FIRST
    made_by_hand.mkdir(parents=True)
    (made_by_hand / f"{FIRST}.ipynb").write_bytes(answer("perfect"))
    out = course("grade", "--trust")
    assert "zoe: an unknown time, 2 points off" in out
    assert marks(classroom) == {"jdoe": 20, "zoe": 18, "p1": 20, "p2": 18, "li": 18, "b_en": 18, "hand": 0}

    later = {"C1_b_en_attempt_2026-04-02-09-00-00_w.ipynb": answer("perfect")}
    override(classroom, "b_en", 0.5)
    course("collect", FIRST, zipped(desk / "later.zip", later), "--roster", desk / "blackboard.csv")
    course("collect", FIRST, desk / "blackboard.zip")
    out = course("grade", "--trust")
    assert "b_en, lateness: 0 -> -4 (handed in again)" in out
    assert "Marks by hand that are older than the work" in out
    assert "b_en, predicted_signs: 0.5 by hand" in out
    assert marks(classroom)["b_en"] == 14.5
    course("due", FIRST, "--extension", "b_en=+3d")
    assert marks(classroom)["b_en"] == 18.5
    course("drop", "Müller, Zoë")

    course("feedback", "--zip", "--hints", "1")
    names = {p: zipfile.ZipFile(classroom.feedback / f"{FIRST}-{p}.zip").namelist() for p in ("canvas", "moodle")}
    assert names["canvas"] == [f"doejane_101_5002_{FIRST}-1.html"]
    assert sorted(names["moodle"]) == [f"Pat OBrien Jr._{n}_assignsubmission_file/{FIRST}.html" for n in (11, 12)]
    page = classroom.feedback_page(FIRST, "b_en").read_text()
    assert "Ben K" in page
    assert "marked by hand" in page

    filled = {}
    for platform in ("canvas", "moodle", "brightspace", "blackboard"):
        to = desk / f"{platform}-out.csv"
        course("export", FIRST, "--into", desk / f"{platform}.csv", "--to", to, status=1)  # who was put there by hand
        filled[platform] = to.read_bytes().decode()
    assert filled["canvas"] == CANVAS.replace("101,jdoe,A,", "101,jdoe,A,20")
    rows = list(csv.DictReader(io.StringIO(filled["moodle"])))
    assert [row["Grade"] for row in rows] == ["20", "18"]
    assert filled["brightspace"] == BRIGHTSPACE.replace("小龍,,", "小龍,18,")
    assert filled["blackboard"] == BLACKBOARD.replace('"b_en"\t""', '"b_en"\t"18.5"')
    course("freeze", FIRST)
    before = marks(classroom)
    assert main.main(["grade", "--trust", f"--classroom={classroom.folder}"]) == 0, "other chapters are graded"
    assert main.main(["grade", FIRST, "--trust", f"--classroom={classroom.folder}"]) == 1
    assert main.main(["due", FIRST, "--penalty=none", f"--classroom={classroom.folder}"]) == 1
    assert marks(classroom) == before


def marks(classroom: Classroom) -> dict[str, float]:
    """Return who has which mark, by short names."""
    from autograder.gradebook.marks import read_marks
    from autograder.submissions.roster import read_roster

    roster = read_roster(classroom.folder)
    with Gradebook(classroom.db_url) as gradebook:
        found = read_marks(gradebook, FIRST)
    short = {one.id: one.email.split("@")[0] or (one.id if one.keys else "hand") for one in roster}
    return {short[learner]: one.total for learner, one in found.items()}


def override(classroom: Classroom, learner: str, points: float) -> None:
    """Change a mark by hand, as formgrader does."""
    with Gradebook(classroom.db_url) as gradebook:
        gradebook.find_grade("test-predicted_signs", FIRST, FIRST, learner).manual_score = points
        gradebook.db.commit()
