"""Names that a learner chose say nothing about the platform, about others, or about the time."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.classroom import Classroom
from autograder.submissions.collect import Collected, collect_submissions
from autograder.submissions.platforms import PLATFORMS
from autograder.submissions.roster import read_roster
from tests.autograder.submissions.downloads import FIRST, note, notebook, zip_bytes, zipped

DIGITS = "9" * 5000
_HAND_IN = "assignsubmission_file"


@pytest.fixture
def place(tmp_path: Path) -> Classroom:
    return Classroom(tmp_path / "class")


def collect(place: Classroom, files: dict[str, bytes], **options: str) -> Collected:
    """Collect from an archive of these files."""
    return collect_submissions([zipped(place.folder.parent / "download.zip", files)], FIRST, place, **options)


def notes(place: Classroom) -> dict[str, str]:
    """Return name -> the note in what was collected."""
    roster = read_roster(place.folder)
    found = place.submitted.glob(f"*/{FIRST}/{FIRST}.ipynb")
    return {roster.name(path.parent.parent.name): note(path) for path in found}


@pytest.mark.parametrize(
    ("honest", "hostile"),
    [
        ("ada_7_1_x.ipynb", "mallory_9_3_a_b_attempt_0001-01-01-00-00-00_c.ipynb"),
        ("ada_7_1_x.ipynb", "mallory_9_3_a_b_attempt_9999-12-31-23-59-59_c.ipynb"),
        ("ada_7_1_x.ipynb", f"mallory_9_3_x_{DIGITS}_{_HAND_IN}_a.ipynb"),
        (f"ada_7_{_HAND_IN}/x.ipynb", f"mallory_9_{_HAND_IN}/1-1 - x - Jan 1, 0001 0100 AM - a.ipynb"),
        (f"ada_7_{_HAND_IN}/x.ipynb", f"mallory_9_{_HAND_IN}/anon_x_{DIGITS}_a.ipynb"),
        (f"ada_7_{_HAND_IN}/x.ipynb", f"mallory_9_{_HAND_IN}/x_1_{DIGITS}_a.ipynb"),
    ],
)
def test_a_name_with_an_impossible_date_or_number_stops_nobody(place: Classroom, honest: str, hostile: str) -> None:
    archived = f"{hostile.split('/')[0].removesuffix('.ipynb')[:60]}.zip"
    for number, files in enumerate(({hostile: notebook(note="m")}, {archived: zip_bytes({hostile: notebook()})})):
        other = Classroom(place.folder / str(number))
        other.folder.mkdir(parents=True)
        (other.folder / "timezone").write_text("America/New_York\n")  # its year 9999 ends in one that no clock has
        collect(other, {honest: notebook(note="ada"), **files})
        assert notes(other)["ada"] == "ada"


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize(
    "written",
    [
        f"x_{DIGITS}_{_HAND_IN}_a.ipynb", f"x_1_{DIGITS}_a.ipynb", f"anon_x_{DIGITS}_a.ipynb",
        "C_x_attempt_0001-01-01-00-00-00_a.ipynb", "C_x_attempt_2026-02-31-00-00-00_a.ipynb",
        "1-1 - x - Jan 1, 0001 0100 AM - a.ipynb", "1-1 - x - Feb 31, 2026 0100 AM - a.ipynb",
        "1-1 - x - Jan 1, 2026 1:99 AM - a.ipynb", f"{DIGITS}-1 - x - Jan 1, 2026 0100 AM - a.ipynb",
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_read_is_no_name_of_any_platform(name: str, written: str) -> None:
    assert PLATFORMS[name].read((written,)) is None


CANVAS = {f"{who}_{n}_{n}_x.ipynb": notebook(note=who) for n, who in enumerate(("ada", "ben", "cem"), 7)}
THEIRS = zip_bytes({f"ada_7_{n}_{FIRST}.ipynb": notebook(note="mallory") for n in range(90, 100)})
"""More names of another platform than the class has files."""


@pytest.mark.parametrize("hostile", ["mallory/ada_7_1_x.ipynb", f"mallory/ada_7_{_HAND_IN}/x.ipynb"])
def test_a_name_in_a_learners_folder_stops_nobody(place: Classroom, hostile: str) -> None:
    files = {f"{who}/x.ipynb": notebook(note=who) for who in ("ada", "ben", "cem")}
    done = collect(place, {**files, hostile: notebook(note="mallory")})
    assert done.platform == "folders"
    assert notes(place) == {who: who for who in ("ada", "ben", "cem", "mallory")}


@pytest.mark.parametrize(
    "honest", ["{}/x.ipynb", "{}.ipynb", "all/{}/x.ipynb", f"submitted/{{}}/{FIRST}/x.ipynb", "{}.zip/"]
)
def test_names_in_a_learners_archive_decide_nothing_for_others(place: Classroom, honest: str) -> None:
    files = {honest.format(who): notebook(note=who) for who in ("ada", "ben", "cem")}
    folder = honest.format("mallory").removesuffix("x.ipynb").removesuffix(".ipynb")
    hostile = f"{folder}/w.zip" if folder.endswith("/") else f"{folder}.zip"
    if honest.endswith(".zip/"):
        files = {f"{who}.zip": zip_bytes({"x.ipynb": notebook(note=who)}) for who in ("ada", "ben", "cem")}
        hostile = "mallory.zip"
    done = collect(place, {**files, hostile: THEIRS})
    assert done.platform == "folders"
    assert notes(place) == {who: who for who in ("ada", "ben", "cem", "mallory")}


@pytest.mark.parametrize("around", ["", "all/"])
def test_a_learners_archive_beside_the_files_of_others_makes_them_no_one_persons(place: Classroom, around: str) -> None:
    files = {f"{around}{who}.ipynb": notebook(note=who) for who in ("ada", "ben", "cem", "dan")}
    collect(place, {**files, f"{around}mallory.zip": THEIRS})
    assert notes(place) == {who: who for who in ("ada", "ben", "cem", "dan", "mallory")}


def test_names_in_an_archive_on_a_platform_are_its_learners(place: Classroom) -> None:
    other = {f"Ada_{n}_{_HAND_IN}_x.ipynb": notebook(note="mallory") for n in range(20)}
    done = collect(place, {**CANVAS, "mallory_66_5_w.zip": zip_bytes(other), "mallory_66_6_v.zip": THEIRS})
    assert done.platform == "canvas"
    assert notes(place) == {who: who for who in ("ada", "ben", "cem", "mallory")}
    alone = Classroom(place.folder / "alone")
    collect(alone, {"mallory_66_5_w.zip": zip_bytes(other)})
    assert notes(alone) == {"mallory": "mallory"}


def test_a_text_in_an_archive_names_nobody(place: Classroom) -> None:
    attempt = "C_{}_attempt_2026-03-01-10-00-00_"
    text = {"the text of the attempt": b"Name: Ada L (mallory)", "x.ipynb": notebook(note="mallory")}
    files = {
        attempt.format("ada") + "x.ipynb": notebook(note="ada"),
        attempt.format("mallory") + "w.zip": zip_bytes(text),
    }
    collect(place, files)
    assert notes(place) == {"ada": "ada", "mallory": "mallory"}


@pytest.mark.parametrize(
    "files",
    [
        {"mail/download.zip": zip_bytes(CANVAS), "mail/list.csv": b"id,name"},
        {"mail/download.zip": zip_bytes(CANVAS | {"read.me": b""}), "list.csv": b"id,name"},
        {f"sections/{name.split('_')[0]}/{name}": raw for name, raw in CANVAS.items()},
        {f"sections/{name.split('_')[0]}.zip": zip_bytes({name: raw}) for name, raw in CANVAS.items()},
        {f"a/b/c/{name}": raw for name, raw in CANVAS.items()},
        {"mail/more.zip": zip_bytes({"download.zip": zip_bytes(CANVAS)})},
    ],
)
def test_folders_and_archives_around_a_download_are_the_instructors(place: Classroom, files: dict[str, bytes]) -> None:
    assert collect(place, files).platform == "canvas"
    assert notes(place) == {who: who for who in ("ada", "ben", "cem")}


@pytest.mark.parametrize("platform", ["", "canvas"])
def test_a_download_among_the_work_of_learners_is_told(place: Classroom, platform: str) -> None:
    done = collect(place, {"eve.ipynb": notebook(note="eve"), "download.zip": zip_bytes(CANVAS)}, platform=platform)
    (remark,) = done.remarks
    assert remark.startswith("download.zip holds names as canvas writes them: if it is a download of several people")


@pytest.mark.parametrize(
    "hostile", [{"mallory/w.zip": THEIRS}, {"mallory.zip": THEIRS}, {f"mallory/ada/{FIRST}/x.ipynb": notebook()}]
)
def test_the_work_of_one_learner_alone_is_never_anothers(place: Classroom, hostile: dict[str, bytes]) -> None:
    collect(place, {f"{who}/x.ipynb": notebook(note=who) for who in ("ada", "mallory")})
    (place.folder.parent / "from").mkdir()
    for name, raw in hostile.items():
        path = place.folder.parent / "from" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    with pytest.raises(ValueError, match="is somebody of the class, but names in it would say whose"):
        collect_submissions([place.folder.parent / "from"], FIRST, place)
    assert notes(place) == {"ada": "ada", "mallory": "mallory"}


def stamps(place: Classroom) -> dict[str, str]:
    """Return name -> the day that was noted."""
    roster = read_roster(place.folder)
    found = place.submitted.glob(f"*/{FIRST}/timestamp.txt")
    return {roster.name(path.parent.parent.name): path.read_text()[:10] for path in found}


@pytest.mark.parametrize(
    "name", [f"Mal_9_{_HAND_IN}/w.zip", f"Mal_9_{_HAND_IN}_w.zip", "mal_9_5_w.zip", "Mal/w.zip", "all/Mal/deep/w.zip"]
)
def test_what_comes_in_an_archive_came_when_the_archive_did(place: Classroom, tmp_path: Path, name: str) -> None:
    inner = zip_bytes({"v.zip": zip_bytes({"x.ipynb": notebook(note="mal")})})  # dated 1 March
    other = name.replace("Mal", "Ada").replace("mal", "ada").replace("9", "8").replace("w.zip", "x.ipynb")
    source = zipped(tmp_path / "d.zip", {name: inner, other: notebook(note="ada")}, (2026, 4, 10, 12, 0, 0))
    collect_submissions([source], FIRST, place)
    assert [*stamps(place).values()] == ["2026-04-10"] * 2


def test_what_lies_in_a_download_within_an_archive_keeps_the_downloads_times(place: Classroom, tmp_path: Path) -> None:
    files = {"ada_8_1_x.ipynb": notebook(note="ada"), "mal_9_2_w.zip": zip_bytes({"x.ipynb": notebook(note="mal")})}
    download = zipped(tmp_path / "d.zip", files, (2026, 4, 10, 12, 0, 0)).read_bytes()
    collect_submissions([zipped(tmp_path / "m.zip", {"mail/d.zip": download}, (2026, 5, 5, 0, 0, 0))], FIRST, place)
    assert stamps(place) == {"ada": "2026-04-10", "mal": "2026-04-10"}


def test_an_archive_from_the_future_is_not_newer_than_what_came_after_it(place: Classroom, tmp_path: Path) -> None:
    future = zipped(tmp_path / "w.zip", {"x.ipynb": notebook(note="future")}, (2090, 1, 1, 0, 0, 0)).read_bytes()
    folder = f"Mal_9_{_HAND_IN}"
    collect_submissions([zipped(tmp_path / "1.zip", {f"{folder}/w.zip": future})], FIRST, place)
    later = (2026, 3, 9, 12, 0, 0)
    newer = zipped(tmp_path / "2.zip", {f"{folder}/y.ipynb": notebook(note="newer")}, later)
    collect_submissions([newer], FIRST, place)
    assert (notes(place), stamps(place)) == ({"Mal": "newer"}, {"Mal": "2026-03-09"})


def test_of_several_files_of_one_archive_the_newest_is_taken(place: Classroom, tmp_path: Path) -> None:
    old = zipped(tmp_path / "v.zip", {f"{FIRST}.ipynb": notebook(note="old")}).read_bytes()
    new = zipped(tmp_path / "u.zip", {"work.ipynb": notebook(note="new")}, (2026, 3, 2, 0, 0, 0)).read_bytes()
    done = collect(place, {f"Mal_9_{_HAND_IN}/w.zip": zip_bytes({"v.zip": old, "u.zip": new})})
    assert (notes(place), stamps(place), done.needs_look) == ({"Mal": "new"}, {"Mal": "2026-03-01"}, False)
