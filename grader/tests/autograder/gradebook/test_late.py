"""One policy for lateness: booked for everybody, anew when it changes, and whoever sets the date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.course.classroom import Classroom
from autograder.course.clock import read_duration, read_moment
from autograder.course.due import DuePolicy, change_policy, read_policies
from autograder.gradebook.changes import note_overrides, what_changed
from autograder.gradebook.late import book_penalties, set_policy
from autograder.gradebook.marks import read_marks
from autograder.submissions.learner import CameIn
from autograder.submissions.roster import read_roster, write_roster
from tests.autograder.reporting.booked import FIRST, MOMENT, booked

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path) -> Classroom:
    classroom = Classroom(tmp_path / "class")
    classroom.make()
    (classroom.folder / "timezone").write_text("UTC\n")
    return classroom


def penalties(gradebook: Gradebook) -> dict[str, float]:
    return {learner: marks.penalty for learner, marks in read_marks(gradebook, FIRST).items()}


def test_a_moment_within_the_grace_is_in_time_and_one_after_it_counts_from_the_date() -> None:
    policy = DuePolicy(NOON, timedelta(minutes=10), {"ada": "+48h", "ben": "2026-03-02T00:00:00+00:00"})
    assert policy.lateness("cem", NOON + timedelta(minutes=10)) == timedelta()
    assert policy.lateness("cem", NOON + timedelta(minutes=11)) == timedelta(minutes=11)
    assert policy.lateness("ada", NOON + timedelta(hours=48)) == timedelta()
    assert policy.lateness("ben", NOON + timedelta(hours=13)) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("penalty", "hours", "cost"),
    [("none", 99, 0), ("zero", 1, 18), ("per-day=2", 1, 2), ("per-day=2", 25, 4), ("per-day=2", 999, 18),
     ("per-day=10%", 25, 4), ("zero", 0, 0)],
)  # fmt: skip
def test_lateness_never_costs_more_than_was_earned(penalty: str, hours: int, cost: float) -> None:
    assert DuePolicy(NOON, penalty=penalty).charge(timedelta(hours=hours), 18, 20) == cost


@pytest.mark.parametrize(
    "text", ["1" * 30 + "h", "1e999", "9" * 400, "yesterday", "", "2026-13-01 10:00", "9999-12-31 23:59:59 UTC", "\x00"]
)
def test_no_text_breaks_the_reading_of_a_moment(text: str) -> None:
    with pytest.raises(ValueError):
        read_moment(text)


def test_what_is_no_policy_is_refused_in_words() -> None:
    for given in ({"penalty": "half"}, {"due": "soon"}, {"grace": "a bit"}, {"extensions": {"ada": "=1"}}):
        with pytest.raises(ValueError):
            change_policy(DuePolicy(NOON), UTC, **given)
    assert read_duration("10").total_seconds() == 600


def test_a_date_that_changes_is_booked_anew_and_stale_pages_go(place: Classroom) -> None:
    with booked(place, {"ada": 18, "ben": 4}) as gradebook:  # handed in at 22:00
        page = place.feedback_page(FIRST, "ada")
        page.parent.mkdir(parents=True)
        page.touch()
        set_policy(gradebook, FIRST, DuePolicy(NOON, penalty="per-day=5", extensions={"ben": "+1d"}), place)
        archive = place.feedback / f"{FIRST}-canvas.zip"
        archive.touch()
        assert book_penalties(gradebook, FIRST, place) == {"ada": (0.0, 5.0)}
        assert not page.exists()
        assert not archive.exists()
        assert book_penalties(gradebook, FIRST, place) == {}
        set_policy(gradebook, FIRST, DuePolicy(NOON, penalty="zero"), place)
        book_penalties(gradebook, FIRST, place)
        assert penalties(gradebook) == {"ada": 18, "ben": 4}
        set_policy(gradebook, FIRST, DuePolicy(NOON + timedelta(days=3), penalty="zero"), place)
        book_penalties(gradebook, FIRST, place)
        assert penalties(gradebook) == {"ada": 0, "ben": 0}


def test_a_date_set_in_formgrader_counts_and_a_lost_gradebook_gets_it_again(place: Classroom) -> None:
    with booked(place, {"ada": 18}) as gradebook:
        set_policy(gradebook, FIRST, DuePolicy(NOON + timedelta(days=9), penalty="per-day=1"), place)
        gradebook.find_assignment(FIRST).duedate = NOON.replace(tzinfo=None)
        gradebook.db.commit()
        assert book_penalties(gradebook, FIRST, place) == {"ada": (0.0, 1.0)}
        assert read_policies(place.folder)[FIRST].due == NOON
    place.gradebook.unlink()
    with booked(place, {"ada": 18}) as gradebook:
        book_penalties(gradebook, FIRST, place)
        assert gradebook.find_assignment(FIRST).duedate == NOON.replace(tzinfo=None)
        assert penalties(gradebook) == {"ada": 1}


def test_canvas_says_who_is_late_and_an_extension_says_who_is_not(place: Classroom) -> None:
    roster = read_roster(place.folder)
    for learner, late in (("ada", True), ("ben", False), ("cem", True)):
        roster.adopt(learner, learner).came_in[FIRST] = CameIn("canvas", f"{learner}_1_2_x.ipynb", late)
    write_roster(roster, place.folder)
    with booked(place, {"ada": 18, "ben": 18, "cem": 18}) as gradebook:
        policy = DuePolicy(NOON, penalty="per-day=1", extensions={"cem": "+2d"})
        set_policy(gradebook, FIRST, policy, place)
        book_penalties(gradebook, FIRST, place)
        assert penalties(gradebook) == {"ada": 1, "ben": 0, "cem": 0}


def test_what_changed_says_who_what_and_why(place: Classroom) -> None:
    with booked(place, {"ada": 18, "ben": 4}) as gradebook:
        before = read_marks(gradebook, FIRST)
        assert what_changed(before, before) == []
        work = gradebook.find_submission(FIRST, "ada")
        work.timestamp = MOMENT + timedelta(days=1)
        gradebook.find_grade("test-two", FIRST, FIRST, "ada").auto_score = 10
        gradebook.find_grade("test-one", FIRST, FIRST, "ben").manual_score = 9
        gradebook.db.commit()
        said = [
            (c.learner, c.exercise, c.before, c.now, c.why) for c in what_changed(before, read_marks(gradebook, FIRST))
        ]
    assert said == [("ada", "two", 8, 10, "handed in again"), ("ben", "one", 4, 9, "changed by hand")]


def test_a_mark_by_hand_that_is_older_than_the_work_is_listed_until_it_is_given_anew(place: Classroom) -> None:
    with booked(place, {"ada": 18}) as gradebook:
        grade = gradebook.find_grade("test-one", FIRST, FIRST, "ada")
        grade.manual_score = 3
        gradebook.db.commit()
        assert note_overrides(gradebook, FIRST, place) == []
        gradebook.find_submission(FIRST, "ada").timestamp = MOMENT + timedelta(days=1)
        gradebook.db.commit()
        assert [old.exercise for old in note_overrides(gradebook, FIRST, place)] == ["one"]
        gradebook.find_grade("test-one", FIRST, FIRST, "ada").manual_score = 4
        gradebook.db.commit()
        assert note_overrides(gradebook, FIRST, place) == []


def test_the_command_sets_shows_and_books(place: Classroom, capsys: pytest.CaptureFixture) -> None:
    with booked(place, {"ada": 18, "ben": 4}):
        pass
    (place.submitted / "ben" / FIRST).mkdir(parents=True)
    told = [f"--classroom={place.folder}", "--penalty", "per-day=2", "--extension", "ben=+48h", "--grace", "10m"]
    assert main.main(["due", FIRST, "2026-03-01 12:00", *told]) == 0
    out = capsys.readouterr().out
    assert "due 2026-03-01 12:00 UTC, 10 min of grace, extensions: ben +48h, penalty per-day=2" in out
    assert "ada (ada): 0 points off before, 2 now" in out
    assert main.main(["due", FIRST, f"--classroom={place.folder}", "--extension", "nobody=+1h"]) == 1
    assert "nobody in the class is called 'nobody'" in capsys.readouterr().err


def test_a_dropped_learner_is_nowhere_and_comes_back_whole(place: Classroom, capsys: pytest.CaptureFixture) -> None:
    with booked(place, {"ada": 18, "ben": 4}):
        pass
    (place.submitted / "ben" / FIRST).mkdir(parents=True)
    where = f"--classroom={place.folder}"
    (place.autograded / "ada" / FIRST).mkdir(parents=True)
    page = place.feedback_page(FIRST, "ben")
    page.parent.mkdir(parents=True)
    page.touch()
    (place.feedback / f"{FIRST}-moodle.zip").touch()
    assert main.main(["drop", "ben", where]) == 0
    assert f"{FIRST}-moodle.zip is no longer true and was removed" in capsys.readouterr().out
    assert not list(place.feedback.glob("*.zip"))
    assert not (place.submitted / "ben").exists()
    for arguments in (("--layout", "moodle"), ("--platform", "csv")):
        assert main.main(["export", FIRST, *arguments, where]) == 0
    assert "ben" not in (place.folder / "moodle.csv").read_text()
    assert "ben" not in (place.folder / "marks.csv").read_text()
    assert main.main(["drop", "ben", "--back", where]) == 0
    assert (place.submitted / "ben" / FIRST).is_dir()
    capsys.readouterr()


def test_a_frozen_chapter_takes_no_new_work_and_no_new_marks(place: Classroom, capsys: pytest.CaptureFixture) -> None:
    where = f"--classroom={place.folder}"
    (place.submitted / "ben" / FIRST).mkdir(parents=True)
    assert main.main(["freeze", FIRST, where]) == 0
    for command in (("collect", FIRST, str(place.submitted)), ("grade", FIRST, "--workers=1")):
        assert main.main([*command, where]) == 1
        assert "is frozen" in capsys.readouterr().err
    assert main.main(["freeze", FIRST, "--undo", where]) == 0
    assert "frozen: none" in capsys.readouterr().out


def test_other_users_cannot_look_into_a_class(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir(mode=0o755)
    for name in ("old", "new"):
        assert oct(Classroom(tmp_path / name).make().stat().st_mode)[-3:] == "700"
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o2775)
    assert oct(Classroom(shared).make().stat().st_mode)[-4:] == "2770"
    assert not Classroom(shared).exchange.is_relative_to(shared)


def test_an_excuse_is_taken_back_and_named() -> None:
    policy = change_policy(DuePolicy(read_moment("2026-03-01 12:00")), None, excused={"lou": True, "ben": True})
    assert "excused: ben, lou" in policy.words(None)
    assert change_policy(policy, None, excused={"lou": False}).excused == ("ben",)
