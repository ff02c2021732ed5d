"""Which chapter a notebook belongs to, by what is in it; nothing of it is parsed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from autograder.course import paths
from autograder.course.replaced import REPLACED

DAMAGED = "damaged"
"""What has to be shown to the learner: it may be a notebook, and cannot be read."""
FOREIGN = ""
"""A notebook of no chapter."""
_GRADE_ID = re.compile(rb'"grade_id"\s*:\s*"([\w.-]{1,64})"')
_TEST = "test-"


@cache
def chapter_exercises(folder: Path = paths.SOLUTIONS) -> Mapping[str, frozenset[str]]:
    """Return assignment -> the names of its exercises."""
    chapters = {}
    for assignment in paths.assignments(folder):
        cells = json.loads(paths.notebook_path(folder, assignment).read_bytes())["cells"]
        ids = [cell["metadata"].get("nbgrader", {}) for cell in cells]
        chapters[assignment] = frozenset(i["grade_id"] for i in ids if i.get("solution") and not i.get("grade"))
    return chapters


def tell_chapter(raw: bytes, assignment: str, chapters: Mapping[str, frozenset[str]] | None = None) -> str:
    """Return the chapter whose exercises are in a file: ``assignment`` wherever it fits as well as another.

    Chapters of earlier editions are told as well. Returns DAMAGED where the file is no JSON, and FOREIGN
    where it holds exercises of no chapter.
    """
    if chapters is None:
        chapters = {**chapter_exercises(), **{name: old.exercises for name, old in REPLACED.items()}}
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raw = raw.decode("utf-16", "replace").encode()
    whole = raw.strip().removeprefix(b"\xef\xbb\xbf").strip()
    if not (whole.startswith(b"{") and whole.endswith(b"}")):
        return DAMAGED
    marked = {found.decode().removeprefix(_TEST) for found in _GRADE_ID.findall(raw)}
    for told in (lambda: marked, lambda: _defined(raw, frozenset().union(*chapters.values()))):  # the second is slow
        seen = told()
        fits = {name: len(seen & exercises) for name, exercises in chapters.items()}
        best = max(fits.values(), default=0)
        if best:
            return assignment if fits.get(assignment) == best else max(fits, key=lambda name: fits[name])
    return FOREIGN


def _defined(raw: bytes, names: frozenset[str]) -> frozenset[str]:
    """Return which of the names the file's text gives a value, as far as its look tells."""
    words = b"|".join(re.escape(name).encode() for name in sorted(names))
    found = re.findall(rb'(?:"|\\n)\s*(?:async +)?(?:def +)?(' + words + rb")\s*(?:\(|=(?!=)|:)", raw)
    return frozenset(name.decode() for name in found)
