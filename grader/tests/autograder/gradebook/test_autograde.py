"""nbgrader by hand and ``course grade`` are one thing, and nothing stops either."""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException
from nbgrader.dbutil import _temp_alembic_ini

from autograder.course import paths
from autograder.course.due import DuePolicy, write_policies
from autograder.course.lock import hold_lock
from autograder.course.names import STUDENT_ID, safe_id
from autograder.course.secret import SECRET_MARK, other_secret
from autograder.gradebook import autograde, patches
from autograder.gradebook.books import Booking, Books
from autograder.gradebook.staging import handed_in_at
from autograder.grading import pipeline
from autograder.scheduling import batch
from autograder.scheduling.batch import GraderFailure
from autograder.submissions.learner import Learner
from autograder.submissions.roster import Roster, read_roster, write_roster

if TYPE_CHECKING:
    from tests.autograder.school import School

FIRST = "01-single-neuron"


@pytest.fixture
def small(school: Callable, tmp_path: Path) -> School:
    """A released class of two."""
    place = school(tmp_path, "class")
    place.release(FIRST)
    place.sample(FIRST, "perfect", "ada")
    place.sample(FIRST, "guessed-signs", "ben")
    return place


def test_nbgrader_typed_by_hand_does_the_same(small: School) -> None:
    due = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    write_policies({FIRST: DuePolicy(due, penalty="per-day=3", extensions={"ada": "+1000d"})}, small.classroom.folder)
    for student in ("ada", "ben"):
        path = small.classroom.submitted / student / FIRST / "timestamp.txt"
        path.write_text("2026-03-02 13:00:00.000000 UTC\n")
    (small.classroom.folder / SECRET_MARK).write_text("of somebody else's secret")
    done = small.by_hand("autograde", FIRST, "--LateSubmissionPlugin.penalty_method=zero")
    assert done.returncode == 0, done.stderr
    assert "nbgrader's own settings for lateness are not used" in done.stderr
    assert "graded with another secret of the course" in done.stderr
    assert other_secret(small.classroom.folder) == ""
    marks, books = small.marks(FIRST), small.books()
    assert {(row[0], row[-1]) for row in books} == {("ada", None), ("ben", 6)}
    done = small.by_hand("generate_feedback", FIRST)
    assert done.returncode == 0, done.stderr
    page = small.classroom.feedback_page(FIRST, "ben").read_bytes()
    shutil.rmtree(small.classroom.autograded)
    shutil.rmtree(small.classroom.verdicts)
    small.classroom.gradebook.unlink()
    small.release(FIRST)
    small.grade(FIRST)
    small.feedback(FIRST)
    assert (small.marks(FIRST), small.books()) == (marks, books)
    assert sum(marks["ada"].values()) == 20
    assert small.classroom.feedback_page(FIRST, "ben").read_bytes() == page


def test_a_new_gradebook_notes_the_version_that_nbgrader_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    with _temp_alembic_ini("sqlite://") as place:
        done = subprocess.run(["alembic", "-c", place, "heads"], check=True, capture_output=True, text=True)
    assert done.stdout.split()[0] == patches.schema_version()


def test_no_execute_does_not_give_marks_away(small: School) -> None:
    done = small.by_hand("autograde", FIRST, "--no-execute")
    assert done.returncode != 0
    assert "full marks" in done.stderr
    assert small.marks(FIRST) == {}


def test_a_second_hand_in_is_graded_again_and_alone(small: School) -> None:
    small.grade(FIRST)
    small.feedback(FIRST)
    untouched = paths.notebook_path(small.classroom.autograded / "ada", FIRST).stat().st_mtime_ns
    verdict = (small.classroom.verdicts / FIRST / "ada.json").stat().st_mtime_ns
    small.sample(FIRST, "perfect", "ben")
    small.grade(FIRST)
    assert (small.classroom.verdicts / FIRST / "ada.json").stat().st_mtime_ns == verdict, "graded twice"
    assert sum(small.marks(FIRST)["ben"].values()) == 20
    assert paths.notebook_path(small.classroom.autograded / "ada", FIRST).stat().st_mtime_ns == untouched
    assert small.classroom.feedback_page(FIRST, "ada").exists()
    assert not small.classroom.feedback_page(FIRST, "ben").exists(), "an old page with new marks"


@pytest.mark.parametrize("lost", ["gradebook.db", "autograded", "verdicts", "autograded/ada"])
def test_what_is_lost_is_made_again(small: School, lost: str) -> None:
    small.grade(FIRST)
    marks = small.marks(FIRST)
    place = small.classroom.folder / lost
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    small.release(FIRST)
    small.grade(FIRST)
    assert small.marks(FIRST) == marks


def test_a_half_written_autograded_notebook_is_made_again(small: School) -> None:
    small.grade(FIRST)
    path = paths.notebook_path(small.classroom.autograded / "ada", FIRST)
    whole = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(whole[:500])
    small.grade(FIRST)
    assert path.read_bytes() == whole


def test_a_mark_given_by_hand_survives(small: School) -> None:
    from nbgrader.api import Gradebook

    small.grade(FIRST)
    with Gradebook(small.config.CourseDirectory.db_url) as gradebook:
        gradebook.find_grade("test-predicted_signs", FIRST, FIRST, "ben").manual_score = 1.5
        gradebook.db.commit()
    small.grade(FIRST, force=True)
    small.feedback(FIRST)
    assert small.marks(FIRST)["ben"]["predicted_signs"] == 1.5
    page = small.classroom.feedback_page(FIRST, "ben").read_text()
    assert "changed these points by hand" in page
    assert "was marked by hand" in page


def test_an_exercise_with_all_points_by_hand_is_nothing_to_look_at_next(small: School) -> None:
    from nbgrader.api import Gradebook

    small.grade(FIRST)
    with Gradebook(small.config.CourseDirectory.db_url) as gradebook:
        for learner, points in (("ben", 2), ("ada", 0)):  # ben's answer is wrong, ada's is correct
            gradebook.find_grade("test-predicted_signs", FIRST, FIRST, learner).manual_score = points
        gradebook.db.commit()
    small.feedback(FIRST)
    ben, ada = (small.classroom.feedback_page(FIRST, learner).read_text() for learner in ("ben", "ada"))
    assert "What to look at next" not in ben
    assert "#predicted_signs" in ada.split("What to look at next")[1].split("All marks")[0]


def test_a_grader_that_fails_on_one_submission_grades_the_others(
    small: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade_submission = batch.grade_submission

    def stumble(raw: bytes, **common: object) -> object:
        if common["student"] == "ada":
            raise RuntimeError("no space left")
        return grade_submission(raw, **common)

    monkeypatch.setattr(batch, "grade_submission", stumble)
    results = small.grade(FIRST, workers=1).results
    assert isinstance(results["ada"], GraderFailure)
    assert "no space left" in results["ada"].sentence
    assert set(small.marks(FIRST)) == {"ben"}
    monkeypatch.undo()
    small.grade(FIRST)
    assert set(small.marks(FIRST)) == {"ada", "ben"}


def test_an_interrupted_run_ends_its_workers_and_the_next_one_goes_on(small: School) -> None:
    def stop(results: Iterator, total: int) -> Iterator:
        yield next(results)
        raise KeyboardInterrupt

    for name in ("cem", "dan"):
        small.sample(FIRST, "perfect", name)
    with pytest.raises(KeyboardInterrupt):
        small.grade(FIRST, workers=2, progress=stop)
    assert not multiprocessing.active_children()
    kept = {path: path.stat().st_mtime_ns for path in small.classroom.verdicts.rglob("*.json")}
    assert 1 <= len(kept) < 4
    assert len(small.marks(FIRST)) == 1
    assert sum(mark for marks in small.marks(FIRST).values() for mark in marks.values()) > 0
    small.grade(FIRST, workers=2)
    assert set(small.marks(FIRST)) == {"ada", "ben", "cem", "dan"}
    assert {path: path.stat().st_mtime_ns for path in kept} == kept


def test_one_core_and_all_cores_write_the_same_books(small: School) -> None:
    small.grade(FIRST, workers=1)
    marks = small.marks(FIRST)
    for lost in (small.classroom.verdicts, small.classroom.autograded):
        shutil.rmtree(lost)
    small.grade(FIRST, workers=2, force=True)
    assert small.marks(FIRST) == marks


def test_a_folder_that_somebody_made_by_hand_is_graded_under_an_id_of_its_own(small: School) -> None:
    given = paths.notebook_path(small.classroom.submitted / "ada", FIRST).read_bytes()
    for name in ("O'Brien Jr.", "Zoë 李", "=1+1", "a b;c"):
        small.hand_in(FIRST, name, given)
    results = small.grade(FIRST).results
    assert [result.points for result in results.values()].count(20) == 5
    roster = read_roster(small.classroom.folder)
    assert {one.name for one in roster} == {"O'Brien Jr.", "Zoë 李", "=1+1", "a b;c"}
    assert sum(small.marks(FIRST)[safe_id("O'Brien Jr.")].values()) == 20
    assert all(STUDENT_ID.fullmatch(folder.name) for folder in small.classroom.submitted.iterdir())
    with Gradebook(small.config.CourseDirectory.db_url) as gradebook:
        shown = gradebook.find_student(safe_id("O'Brien Jr."))
        assert (shown.first_name, shown.last_name) == ("O'Brien", "Jr.")
    small.hand_in(FIRST, "O'Brien Jr.", b"not a notebook")
    assert small.grade(FIRST).results[safe_id("O'Brien Jr.")].status == "refused"


def test_a_second_folder_of_somebody_who_has_handed_in_is_graded_and_named(small: School) -> None:
    given = paths.notebook_path(small.classroom.submitted / "ada", FIRST).read_bytes()
    write_roster(Roster([Learner("ada", "Ada Lovelace"), Learner("ben", "Ben K")]), small.classroom.folder)
    small.hand_in(FIRST, "Ada Lovelace", given)
    small.hand_in(FIRST, "BenK", given)
    done = small.grade(FIRST)
    assert len(done.results) == 4
    first, second = done.regrade.remarks
    assert first.startswith(
        f"submitted/Ada Lovelace is graded as {safe_id('Ada Lovelace')}, but Ada Lovelace (ada) has"
    )
    assert second.startswith("submitted/BenK is graded as BenK, but Ben K (ben) has handed in, too.")
    assert small.grade(FIRST).regrade.remarks


@pytest.mark.parametrize("name", [b"\xff\xfe", b"\x1b[2Jada", b"ada\n", "ada\u202e".encode()])
def test_a_folders_name_does_nothing_to_the_terminal(small: School, name: bytes) -> None:
    (small.classroom.submitted / os.fsdecode(name) / FIRST).mkdir(parents=True)
    results = small.grade(FIRST).results
    shown = (results.keys() - {"ada", "ben"}).pop()
    assert STUDENT_ID.fullmatch(shown)
    assert results[shown].status == "refused"
    assert set(small.marks(FIRST)) == {"ada", "ben", shown}


def test_the_classs_own_limits_decide_what_is_shown_too(small: School) -> None:
    (small.classroom.folder / "limits.toml").write_text("file_bytes = 30_000_000\n")
    path = paths.notebook_path(small.classroom.submitted / "ada", FIRST)
    path.write_bytes(path.read_bytes() + b" " * 21_000_000)
    assert small.grade(FIRST).results["ada"].points == 20
    shown = nbformat.read(paths.notebook_path(small.classroom.autograded / "ada", FIRST), as_version=4)
    assert not [cell.id for cell in shown.cells if cell.cell_type == "code" and "# YOUR CODE HERE" in cell.source]


def test_a_submission_that_leads_nowhere_is_refused_by_name(small: School) -> None:
    (small.classroom.submitted / "eve").mkdir()
    (small.classroom.submitted / "eve" / FIRST).symlink_to("/nowhere")
    assert small.grade(FIRST).results["eve"].status == "refused"


def test_an_edited_release_is_not_graded_against(small: School) -> None:
    path = paths.notebook_path(small.released, FIRST)
    notebook = nbformat.read(path, as_version=4)
    stub = next(cell for cell in notebook.cells if cell.id == "dL_da")
    stub.source = "def dL_da(a, y):\n    return a - y"
    nbformat.write(notebook, path)
    with pytest.raises(NbGraderException, match=r"has been edited \(cell dL_da\)"):
        small.grade(FIRST)


def test_without_a_release_or_a_submission_a_sentence_says_so(empty_school: School) -> None:
    with pytest.raises(NbGraderException, match="has not been released to this class"):
        empty_school.grade(FIRST)
    empty_school.release(FIRST)
    with pytest.raises(NbGraderException, match="nobody has handed in"):
        empty_school.grade(FIRST)


def test_only_the_named_learner_is_graded(small: School) -> None:
    small.config.CourseDirectory.student_id = "b*"
    small.grade(FIRST)
    assert set(small.marks(FIRST)) == {"ben"}


@pytest.mark.parametrize("content", [b"", b"yesterday", b"\xff\xfe", b"9999999999999999 UTC", b"x" * 10_000])
def test_a_timestamp_that_is_none_is_passed_over(tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / FIRST
    folder.mkdir()
    (folder / "timestamp.txt").write_bytes(content)
    assert abs(handed_in_at(folder, FIRST).timestamp() + time.timezone * 0 - folder.stat().st_mtime) < 86_400


def test_a_pipe_in_the_place_of_a_timestamp_does_not_wait(tmp_path: Path) -> None:
    folder = tmp_path / FIRST
    folder.mkdir()
    os.mkfifo(folder / "timestamp.txt")
    assert handed_in_at(folder, FIRST).year >= 2000


def test_a_good_timestamp_counts(tmp_path: Path) -> None:
    folder = tmp_path / FIRST
    folder.mkdir()
    (folder / "timestamp.txt").write_text("2026-01-02 03:04:05 UTC")
    assert handed_in_at(folder, FIRST) == datetime(2026, 1, 2, 3, 4, 5)


def test_of_two_runs_at_once_one_says_so_and_harms_nothing(small: School) -> None:
    with hold_lock(small.classroom.folder):
        done = small.by_hand("autograde", FIRST)
        assert done.returncode != 0
        assert "another run is at work" in done.stderr
        with pytest.raises(NbGraderException, match="another run is at work"):
            small.grade(FIRST)
        with pytest.raises(NbGraderException, match="another run is at work"):
            small.feedback(FIRST)
    assert small.marks(FIRST) == {}
    small.grade(FIRST)
    assert sum(small.marks(FIRST)["ada"].values()) == 20


def test_a_submission_is_parsed_and_placed_once_and_a_known_verdict_not_at_all(
    small: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    for module in (pipeline, batch):
        place = module.place_submission
        monkeypatch.setattr(
            module, "place_submission", lambda *given, place=place: calls.append(given[1]) or place(*given)
        )
    small.grade(FIRST, workers=1)
    assert len(calls) == 2
    small.grade(FIRST, workers=1)
    assert len(calls) == 2, "what is booked needs no work"
    shutil.rmtree(small.classroom.autograded / "ada")
    small.grade(FIRST, workers=1)
    assert len(calls) == 3, "the page of a known verdict is made from the submission"


def test_a_verdict_of_another_version_is_not_kept(small: School, monkeypatch: pytest.MonkeyPatch) -> None:
    grade_submission = batch.grade_submission

    def other(raw: bytes, **common: object) -> object:
        graded = grade_submission(raw, **common)
        return dataclasses.replace(graded, verdict=dataclasses.replace(graded.verdict, key="f" * 64))

    monkeypatch.setattr(batch, "grade_submission", other)
    results = small.grade(FIRST, workers=1).results
    assert {"another version" in found.sentence for found in results.values()} == {True}
    assert not list(small.classroom.verdicts.rglob("*.json"))
    assert small.marks(FIRST) == {}


@pytest.mark.parametrize("fault", [OSError("the disk is full"), RuntimeError("a hidden fault"), KeyError("dL_da")])
@pytest.mark.parametrize("place", ["rebuild_graded", "write_in", "stage_timestamp", "write_whole"])
def test_whatever_goes_wrong_with_one_booking_is_that_learners_own(
    small: School, monkeypatch: pytest.MonkeyPatch, place: str, fault: Exception
) -> None:
    real, calls = getattr(autograde, place), []

    def fail_first(*given: object) -> object:
        calls.append(given)
        if len(calls) == 1:
            raise fault
        return real(*given)

    monkeypatch.setattr(autograde, place, fail_first)
    results = small.grade(FIRST, workers=1).results
    failed = [name for name, found in results.items() if isinstance(found, GraderFailure)]
    assert len(failed) == 1
    assert results[failed[0]].sentence == f"graded, but not booked: {type(fault).__name__}: {fault}"
    booked_before = {failed[0]} if place == "write_whole" else set()  # the file comes last: who has none is booked anew
    assert small.marks(FIRST).keys() == ({"ada", "ben"} - set(failed)) | booked_before
    again = small.grade(FIRST, workers=1).results
    assert not again.faults, "the next run books what is missing"
    assert small.marks(FIRST).keys() == {"ada", "ben"}


def test_a_booking_that_fails_half_way_leaves_nothing_of_that_learner(
    small: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Books._write_comments

    def fail_for_ada(self: Books, booking: Booking, *given: object) -> None:
        real(self, booking, *given)
        if booking.student == "ada":
            raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(Books, "_write_comments", fail_for_ada)
        results = small.grade(FIRST, workers=1).results
    assert results["ada"].sentence.startswith("graded, but not booked")
    assert small.marks(FIRST).keys() == {"ben"}
    assert not (small.classroom.autograded / "ada" / FIRST).exists()
    small.grade(FIRST, workers=1)
    assert sum(small.marks(FIRST)["ada"].values()) == 20


def test_a_link_in_the_place_of_a_graded_notebook_is_replaced(small: School, tmp_path: Path) -> None:
    small.grade(FIRST)
    place = small.classroom.autograded / "ben" / FIRST
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    before = sorted(path.read_bytes() for path in (tmp_path / "elsewhere").iterdir())
    small.sample(FIRST, "perfect", "ben")
    assert not small.grade(FIRST).results.faults
    assert sum(small.marks(FIRST)["ben"].values()) == 20
    assert not place.is_symlink()
    assert sorted(path.read_bytes() for path in (tmp_path / "elsewhere").iterdir()) == before


def test_the_hooks_of_nbgrader_are_called_for_each_learner(small: School) -> None:
    seen = []
    small.config.Autograde.pre_convert_hook = lambda **given: seen.append(("before", *given["notebooks"]))
    small.config.Autograde.post_convert_hook = lambda **given: seen.append(("after", *given["notebooks"]))
    small.grade(FIRST)
    places = [str(paths.notebook_path(small.classroom.autograded / name, FIRST)) for name in ("ada", "ben")]
    assert sorted(seen) == sorted((when, place) for place in places for when in ("before", "after"))


def test_a_folder_that_vanishes_while_the_class_is_graded_stops_nobody(
    small: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = autograde.rebuild_graded

    def vanish(*given: object) -> object:
        shutil.rmtree(small.classroom.submitted / "ada" / FIRST, ignore_errors=True)
        return real(*given)

    monkeypatch.setattr(autograde, "rebuild_graded", vanish)
    results = small.grade(FIRST, workers=1).results
    assert "FileNotFoundError" in results["ada"].sentence
    assert small.marks(FIRST).keys() == {"ben"}
