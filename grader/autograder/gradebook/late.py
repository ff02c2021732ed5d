"""Book what lateness costs, by the class's one policy, for ``course grade`` and for ``nbgrader autograde`` alike."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Mapping
from datetime import UTC, timedelta

from nbgrader.api import Assignment, Gradebook, MissingEntry, SubmittedAssignment, SubmittedNotebook

from autograder.course.classroom import Classroom
from autograder.course.due import DuePolicy, read_policies, write_policies
from autograder.course.frozen import read_frozen
from autograder.gradebook.marks import BookedMarks, read_marks
from autograder.submissions.roster import Roster, read_roster

UNKNOWN_LATENESS = timedelta(seconds=1)
"""Stands for work that is late while nobody says by how much: it costs what the first day costs."""


def current_policy(gradebook: Gradebook, assignment: str, classroom: Classroom) -> DuePolicy:
    """Return the policy that holds; of a date set in formgrader and one set by ``course due`` the last one counts."""
    policies = read_policies(classroom.folder)
    policy = policies.get(assignment, DuePolicy())
    try:
        entry = gradebook.find_assignment(assignment)
    except MissingEntry:
        return policy
    if entry.duedate is None:
        if policy.due:
            entry.duedate = policy.due.replace(tzinfo=None)
            gradebook.db.commit()
        return policy
    due = entry.duedate.replace(tzinfo=UTC)
    if policy.due != due:
        policy = dataclasses.replace(policy, due=due)
        write_policies(policies | {assignment: policy}, classroom.folder)
    return policy


def set_policy(gradebook: Gradebook, assignment: str, policy: DuePolicy, classroom: Classroom) -> None:
    """Write a new policy where both ways of grading look for it."""
    write_policies(read_policies(classroom.folder) | {assignment: policy}, classroom.folder)
    try:
        entry = gradebook.find_assignment(assignment)
    except MissingEntry:
        return
    entry.duedate = policy.due.replace(tzinfo=None) if policy.due else None
    gradebook.db.commit()


def how_late(learner: str, marks: BookedMarks, assignment: str, policy: DuePolicy, roster: Roster) -> timedelta:
    """Return how late a submission is.

    Canvas gives the time of packing and not that of handing in, so there its word LATE alone counts, and costs no more
    than the first day. Elsewhere the word adds what the time does not show. Nobody with an extension is late by the
    platform's word.
    """
    if not policy.due or marks.timestamp is None:
        return timedelta()
    late = policy.lateness(learner, marks.timestamp.replace(tzinfo=UTC))
    person = roster.get(learner)
    came = person.came_in.get(assignment) if person else None
    if came and came.platform == "canvas":
        return UNKNOWN_LATENESS if came.late and learner not in policy.extensions else timedelta()
    if came and came.late and learner not in policy.extensions:
        return max(late, UNKNOWN_LATENESS)
    return late


def book_penalties(gradebook: Gradebook, assignment: str, classroom: Classroom) -> dict[str, tuple[float, float]]:
    """Book everybody's lateness anew; return learner -> points taken off before and now, where they differ.

    A page that shows other marks is removed: it is no longer true. The marks of a frozen assignment stay.
    """
    if assignment in read_frozen(classroom.folder):
        return {}
    policy, roster = current_policy(gradebook, assignment, classroom), read_roster(classroom.folder)
    changed = {}
    for learner, marks in read_marks(gradebook, assignment).items():
        late = how_late(learner, marks, assignment, policy, roster)
        penalty = round(policy.charge(late, marks.earned, marks.max_points), 6)
        if abs(penalty - marks.penalty) > 1e-6:
            changed[learner] = marks.penalty, penalty
    for learner, (_, penalty) in changed.items():
        _book(gradebook, assignment, learner, penalty)
        shutil.rmtree(classroom.feedback / learner / assignment, ignore_errors=True)
    if changed:
        gradebook.db.commit()
        classroom.remove_archives(assignment)
    return changed


def late_learners(
    gradebook: Gradebook, assignment: str, classroom: Classroom, marks: Mapping[str, BookedMarks]
) -> dict[str, timedelta]:
    """Return learner -> how late, of everybody who is."""
    policy, roster = current_policy(gradebook, assignment, classroom), read_roster(classroom.folder)
    found = {learner: how_late(learner, one, assignment, policy, roster) for learner, one in marks.items()}
    gone = {one.id for one in roster if one.dropped}
    return {learner: late for learner, late in found.items() if late and learner not in gone}


def _book(gradebook: Gradebook, assignment: str, learner: str, penalty: float) -> None:
    rows = gradebook.db.query(SubmittedNotebook)
    rows = rows.join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
    rows = rows.join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
    for notebook in rows.filter(Assignment.name == assignment, SubmittedAssignment.student_id == learner):
        notebook.late_submission_penalty = penalty or None
