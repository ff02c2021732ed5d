"""Take a submission in: bytes of a file, then its cells. Nothing of it is ever run or believed here."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course.limits import Limits
from autograder.course.text import clean_text

_KINDS = ("code", "markdown", "raw")
_SAVE_AGAIN = "Open it in JupyterLab, save it, and hand it in again."


@dataclass(frozen=True)
class Refused:
    """A submission that cannot be graded fairly."""

    reason: str
    """What is wrong, where, and what to do about it."""


@dataclass(frozen=True)
class Cell:
    """One cell as the learner left it; nothing in it can be trusted."""

    kind: str
    """code, markdown or raw."""
    source: str
    cell_id: str = ""
    grade_id: str = ""


@dataclass(frozen=True)
class Submission:
    """The cells of one notebook, in its order."""

    cells: tuple[Cell, ...]


def read_submission(folder: Path, assignment: str, limits: Limits | None = None) -> bytes | Refused:
    """Return the bytes of the notebook in ``folder``; links, pipes and giants are not opened."""
    limits = limits or Limits()
    try:
        place = _open(folder)
    except OSError:
        return Refused(f"{folder.name} is not a folder of its own (a link, or a file?). Hand the folder in again.")
    try:
        name = _choose(sorted(os.listdir(place)), assignment)  # noqa: PTH208  (of the folder opened, not of its name)
        return name if isinstance(name, Refused) else _read(place, name, limits)
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


def _choose(names: list[str], assignment: str) -> str | Refused:
    """Return the name of the notebook that is meant; browsers and JupyterLab rename copies."""
    notebooks = [n for n in names if n.lower().endswith(".ipynb") and not n.startswith(".")]
    copy = re.compile(re.escape(assignment) + r"([ _-]*(\(\d+\)|copy ?\d*))*\.ipynb", re.IGNORECASE)
    for admissible in ([f"{assignment}.ipynb"], [n for n in notebooks if copy.fullmatch(n)], notebooks):
        found = [name for name in admissible if name in notebooks]
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(map(clean_text, found[:5]))
            return Refused(f"There are several notebooks ({listed}). Keep one, named {assignment}.ipynb.")
    return Refused(f"There is no notebook in the folder. Hand in {assignment}.ipynb.")


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
    if not raw.strip():
        return Refused(f"{assignment}.ipynb is empty. {_SAVE_AGAIN}")
    try:
        notebook = json.loads(_text(raw))
    except UnicodeDecodeError as err:
        return Refused(f"{assignment}.ipynb is not UTF-8 text (byte {err.start}). {_SAVE_AGAIN}")
    except json.JSONDecodeError as err:
        cut = "it ends too early" if err.pos >= len(raw) - 2 else f"line {err.lineno} is not JSON"
        return Refused(f"{assignment}.ipynb is damaged: {cut}. {_SAVE_AGAIN}")
    except (RecursionError, ValueError):  # deep nesting, or a number of thousands of digits
        return Refused(f"{assignment}.ipynb is JSON that no notebook holds. {_SAVE_AGAIN}")
    cells = _cells(notebook)
    if isinstance(cells, Refused):
        return cells
    if len(cells) > limits.cells:
        return Refused(f"The notebook has {len(cells)} cells; {limits.cells} are allowed. Remove what is not needed.")
    kept = tuple(_clean(cells))
    if sum(len(cell.source) for cell in kept) > limits.source_bytes:
        return Refused(f"The cells hold more than {limits.source_bytes // 1000} kB of text. Remove what is not needed.")
    return Submission(kept)


def _text(raw: bytes) -> str:
    """Decode UTF-8, or UTF-16 as some Windows editors save it, with or without a byte order mark."""
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    return raw.decode("utf-16" if wide else "utf-8-sig")


def _cells(notebook: Any) -> list[Any] | Refused:
    if not isinstance(notebook, dict):
        return Refused(f"The file is JSON, but not a notebook. {_SAVE_AGAIN}")
    if notebook.get("nbformat") in (2, 3) or "worksheets" in notebook:
        notebook = _converted(notebook)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        return Refused(f"The file has no list of cells that can be read (notebook format 4). {_SAVE_AGAIN}")
    return cells


def _converted(notebook: dict[str, Any]) -> Any:
    """Bring a notebook of an old format to format 4; None where that fails."""
    import nbformat  # here, because it costs a second and few submissions need it

    try:
        return nbformat.convert(nbformat.from_dict(notebook), 4)
    except Exception:  # a converter may stumble over a strange notebook in any way
        return None


def _clean(cells: list[Any]) -> Iterator[Cell]:
    for cell in cells:
        if not isinstance(cell, dict) or cell.get("cell_type") not in _KINDS:
            continue
        metadata = cell.get("metadata")
        graded = metadata.get("nbgrader") if isinstance(metadata, dict) else None
        grade_id = graded.get("grade_id") if isinstance(graded, dict) else None
        source = _source(cell.get("source"))
        if source is not None:
            yield Cell(cell["cell_type"], source, _name(cell.get("id")), _name(grade_id))


def _source(source: Any) -> str | None:
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        return None
    whole = source.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # a lone surrogate breaks later steps
    return whole.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _name(value: Any) -> str:
    return value if isinstance(value, str) and re.fullmatch(r"[\w.-]{1,64}", value) else ""
