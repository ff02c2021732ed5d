"""Who is graded again: what stands behind ``--again`` on the command line."""

from __future__ import annotations

import argparse

from autograder.course import paths
from autograder.submissions.roster import read_roster


def choose_again(given: argparse.Namespace) -> None:
    """Make of ``given.again`` a learner's id or a pattern; an assignment's name there is one more to grade.

    Raises ValueError where nobody is called so.
    """
    if given.again in paths.assignments():
        given.assignments, given.again = [given.again, *given.assignments], "*"
    elif given.again and "*" not in given.again and not (given.classroom / "submitted" / given.again).is_dir():
        given.again = read_roster(given.classroom).look_up(given.again).id
