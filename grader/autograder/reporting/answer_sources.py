"""What learners wrote into the cells of a chapter, read from the notebooks that grading rebuilt."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.course.names import STUDENT_ID
from autograder.submissions.definitions import names_defined
from autograder.submissions.rebuild import EXTRA


def read_sources(classroom: Classroom, assignment: str, student: str) -> dict[str, str]:
    """Return exercise -> the source of its cell; nothing where the learner's work was not graded."""
    if not STUDENT_ID.fullmatch(student):
        return {}
    return sources_in(paths.notebook_path(classroom.autograded / student, assignment))


def sources_in(notebook: Path) -> dict[str, str]:
    """Return exercise -> the source of its cell in a rebuilt notebook; nothing where there is none to read."""
    try:
        cells = json.loads(notebook.read_bytes())["cells"]
        return _sources([cell for cell in cells if cell["cell_type"] == "code"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _sources(cells: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    found, extras = {}, []
    for cell in cells:
        graded, source = cell["metadata"].get("nbgrader", {}), _text(cell["source"])
        if graded.get("solution") and not graded.get("grade"):
            found[graded["grade_id"]] = source
        elif cell.get("id", "").startswith(EXTRA):
            extras.append(source)
    for name, source in found.items():
        if not source.strip():  # grading left the stub out, because another cell holds the answer
            found[name] = next((text for text in extras if name in names_defined(text)), "")
    return found


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def is_untouched(source: str, stub: str) -> bool:
    """Tell whether an answer is empty, or the stub as it was handed out.

    >>> is_untouched("def f():\\n    pass  ", "def f():\\n\\n    pass")
    True
    """
    return not source.strip() or _bare(source) == _bare(stub)


def _bare(source: str) -> list[str]:
    return [line.rstrip() for line in source.splitlines() if line.strip()]
