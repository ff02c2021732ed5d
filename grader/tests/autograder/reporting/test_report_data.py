"""What the report of a class rests on: the policy for lateness, and the roster."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from autograder.course.classroom import Classroom
from autograder.course.due import DuePolicy
from autograder.gradebook.late import book_penalties, set_policy
from autograder.reporting.report_data import read_class
from autograder.submissions.roster import read_roster, write_roster
from tests.autograder.reporting.booked import FIRST, booked


def test_late_is_who_the_policy_calls_so_and_missing_who_is_in_the_roster(tmp_path: Path) -> None:
    place = Classroom(tmp_path / "class")
    place.make()
    roster = read_roster(place.folder)
    for learner in ("ada", "ben", "cem", "dan"):
        roster.adopt(learner, learner).dropped = learner == "dan"
    write_roster(roster, place.folder)
    policy = DuePolicy(datetime(2026, 3, 1, 12, 0, tzinfo=UTC), penalty="per-day=2", extensions={"ben": "+1d"})
    with booked(place, {"ada": 18, "ben": 4, "dan": 3}) as gradebook:  # handed in at 22:00
        set_policy(gradebook, FIRST, policy, place)
        book_penalties(gradebook, FIRST, place)
    for learner in ("ada", "ben"):
        (place.submitted / learner / FIRST).mkdir(parents=True)
    data = read_class(place, [FIRST])
    assert data.chapters[0].late == [("ada", "10 h 0 min", 2)]
    assert data.standing.missing == ("cem",)
