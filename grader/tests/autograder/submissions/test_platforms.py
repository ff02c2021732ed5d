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
