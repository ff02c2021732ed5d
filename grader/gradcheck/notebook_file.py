"""A saved notebook as a file: its bytes, then its cells. Nothing of it is ever run or believed here.

Grading takes a submission in with this, and ``python -m gradcheck`` looks with it before anything is handed in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

MAX_FILE = 20_000_000
"""Bytes of a notebook."""
MAX_CELLS = 500
MAX_TEXT = 1_000_000
"""Characters of all cells together."""
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


def parse_notebook(
    raw: bytes,
    assignment: str,
    *,
    most_cells: int = MAX_CELLS,
    most_text: int = MAX_TEXT,
    convert: Callable[[dict], Any] | None = None,
) -> Submission | Refused:
    """Return the cells of a notebook; whatever has a wrong type is left out.

    ``convert`` brings a notebook of format 2 or 3 to format 4; without it such a notebook is refused.
    """
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
    cells = _cells(notebook, convert)
    if isinstance(cells, Refused):
        return cells
    if len(cells) <= most_cells:  # more are not even looked at
        cells = [part for cell in cells for part in _pasted(cell)]
    if len(cells) > most_cells:
        return Refused(f"The notebook has {len(cells)} cells; {most_cells} are allowed. Remove what is not needed.")
    kept = tuple(_clean(cells))
    if sum(len(cell.source) for cell in kept) > most_text:
        return Refused(f"The cells hold more than {most_text // 1000} kB of text. Remove what is not needed.")
    return Submission(kept)


def _text(raw: bytes) -> str:
    """Decode UTF-8, or UTF-16 as some Windows editors save it, with or without a byte order mark."""
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    return raw.decode("utf-16" if wide else "utf-8-sig")


def _cells(notebook: Any, convert: Callable[[dict], Any] | None) -> list | Refused:
    if not isinstance(notebook, dict):
        return Refused(f"The file is JSON, but not a notebook. {_SAVE_AGAIN}")
    if notebook.get("nbformat") in (2, 3) or "worksheets" in notebook:
        notebook = convert(notebook) if convert else None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        return Refused(f"The file has no list of cells that can be read (notebook format 4). {_SAVE_AGAIN}")
    return cells


def _clean(cells: list) -> Iterator[Cell]:
    for cell in cells:
        if not isinstance(cell, dict) or cell.get("cell_type") not in _KINDS:
            continue
        metadata = cell.get("metadata")
        graded = metadata.get("nbgrader") if isinstance(metadata, dict) else None
        grade_id = graded.get("grade_id") if isinstance(graded, dict) else None
        source = _source(cell.get("source"))
        if source is not None:
            yield Cell(cell["cell_type"], source, _name(cell.get("id")), _name(grade_id))


def _pasted(cell: Any) -> list:
    """Return the cells whose JSON somebody pasted into a cell, or else the cell itself."""
    source = _source(cell.get("source")) if isinstance(cell, dict) else None
    if source is None or not source.lstrip().startswith(("{", "[")) or '"cell_type"' not in source:
        return [cell]
    try:
        found = json.loads(source)
    except (ValueError, RecursionError):
        return [cell]
    inside = found.get("cells", [found]) if isinstance(found, dict) else found
    whole = isinstance(inside, list) and all(isinstance(one, dict) and "cell_type" in one for one in inside)
    return inside if whole and inside else [cell]


def _source(source: Any) -> str | None:
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        return None
    whole = source.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # a lone surrogate breaks later steps
    return whole.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _name(value: Any) -> str:
    return value if isinstance(value, str) and re.fullmatch(r"[\w.-]{1,64}", value) else ""
