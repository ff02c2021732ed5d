"""Take a submission in: bytes of a file, then its cells. Nothing of it is ever run or believed here."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Any

from autograder.course.limits import Limits
from autograder.course.text import clean_text
from autograder.submissions.chapters import tell_chapter
from gradcheck import notebook_file
from gradcheck.notebook_file import Cell, Refused, Submission

__all__ = ["Cell", "Refused", "Submission", "parse_notebook", "read_submission"]

MAX_NOTEBOOKS = 10
"""In one folder; of more nobody looks for the one that is of the chapter."""


def read_submission(folder: Path, assignment: str, limits: Limits | None = None) -> bytes | Refused:
    """Return the bytes of the notebook in ``folder``; links, pipes and giants are not opened."""
    limits = limits or Limits()
    try:
        place = _open(folder)
    except OSError:
        return Refused(f"{folder.name} is not a folder of its own (a link, or a file?). Hand the folder in again.")
    try:
        names = _choose(sorted(os.listdir(place)), assignment)  # noqa: PTH208  (of the folder opened, not of its name)
        if not names:
            return Refused(f"There is no notebook in the folder. Hand in {assignment}.ipynb.")
        if len(names) == 1:
            return _read(place, names[0], limits)
        found = (_read(place, name, limits) for name in names[:MAX_NOTEBOOKS])
        ours = [raw for raw in found if isinstance(raw, bytes) and tell_chapter(raw, assignment) == assignment]
        if len(ours) == 1 and len(names) <= MAX_NOTEBOOKS:
            return ours[0]
        listed = ", ".join(map(clean_text, names[:5]))
        return Refused(f"There are several notebooks ({listed}). Keep one, named {assignment}.ipynb.")
    except OSError as err:
        return Refused(f"The notebook cannot be read ({err.strerror}). Hand it in again as an ordinary file.")
    finally:
        os.close(place)


def _open(folder: Path) -> int:
    """Return a descriptor of the folder; neither it nor the learner's folder around it may be a link."""
    kind = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
    around = os.open(folder.parent, kind)
    try:
        return os.open(folder.name, kind, dir_fd=around)
    finally:
        os.close(around)


def _choose(names: list[str], assignment: str) -> list[str]:
    """Return the names of the notebooks that may be meant; browsers and JupyterLab rename copies."""
    notebooks = [n for n in names if n.lower().endswith(".ipynb") and not n.startswith(".")]
    # Possessive: a name that fails is looked through once, however often it says "copy".
    copy = re.compile(re.escape(assignment) + r"(?:[ _-]*+(?:\(\d++\)|copy(?: ?\d++)?+))*+\.ipynb", re.IGNORECASE)
    for admissible in ([f"{assignment}.ipynb"], [n for n in notebooks if copy.fullmatch(n)], notebooks):
        found = [name for name in admissible if name in notebooks]
        if found:
            return found
    return []


def _read(place: int, name: str, limits: Limits) -> bytes | Refused:
    shown = clean_text(name)
    status = os.stat(name, dir_fd=place, follow_symlinks=False)
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        return Refused(f"{shown} is not an ordinary file (a link, a pipe or a folder). Hand in a copy of the notebook.")
    with os.fdopen(os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=place), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return Refused(f"{shown} changed while it was read. Hand it in again.")
        raw = file.read(limits.file_bytes + 1)
    if len(raw) > limits.file_bytes:
        return Refused(
            f"{shown} is larger than {limits.file_bytes // 1_000_000} MB. Clear its outputs and hand it in again."
        )
    return raw


def parse_notebook(raw: bytes, assignment: str, limits: Limits | None = None) -> Submission | Refused:
    """Return the cells of a notebook; whatever has a wrong type is left out."""
    limits = limits or Limits()
    return notebook_file.parse_notebook(
        raw, assignment, most_cells=limits.cells, most_text=limits.source_bytes, convert=_converted
    )


def _converted(notebook: dict[str, Any]) -> Any:
    """Bring a notebook of an old format to format 4; None where that fails."""
    import nbformat  # here, because it costs a second and few submissions need it

    try:
        return nbformat.convert(nbformat.from_dict(notebook), 4)
    except Exception:  # a converter may stumble over a strange notebook in any way
        return None
