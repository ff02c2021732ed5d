"""Which names can stand for a learner or an assignment."""

from __future__ import annotations

import re

STUDENT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
"""Learners' ids: also names of folders and files."""
ASSIGNMENT_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
