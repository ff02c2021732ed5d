"""nbgrader's ``generate_feedback`` with a page of our own: every mark, and why; nothing of a learner's is active."""

from __future__ import annotations

import base64
import binascii
import copy
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbgrader import converters
from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException
from nbgrader.utils import is_grade, is_solution
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from sqlalchemy.exc import OperationalError
from traitlets import List, Type
from traitlets.config import Config

from autograder.course import paths
from autograder.course.class_language import class_language
from autograder.course.classroom import Classroom
from autograder.course.labels import LABELS
from autograder.course.text import clean_text
from autograder.gradebook.locked_class import locked_class
from autograder.gradebook.marks import BookedExercise, read_comments, read_marks
from autograder.reporting.answer_sources import cut_source
from autograder.reporting.chain_links import chapter_text
from autograder.reporting.next_steps import FEEDBACK_SETTINGS, allowed_hints, next_step
from autograder.submissions.rebuild import EXTRA
from autograder.submissions.roster import read_roster
from gradcheck.language import translate_page

MAX_TEXT = 4000
_LEXER, _FORMATTER = PythonLexer(), HtmlFormatter(cssclass="highlight")
PNG = b"\x89PNG\r\n\x1a\n"
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colors, movements, modes
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # titles, links, whole strings
    r"|\x1b[ -/]*[0-~]?"
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"  # other invisible characters, reversed text
)
"""Control sequences, which a terminal obeys instead of showing them."""


class PageExporter(HTMLExporter):
    """Fills our template. What nbconvert does around it (copies, checks, a second parse) a page does not need."""

    def __init__(self, config: Config | None = None, **kwargs: Any) -> None:
        page = copy.deepcopy(config) if config else Config()
        page.HTMLExporter.template_name = "page"  # formgrader sets its own template just before it writes the pages
        page.HTMLExporter.extra_template_basedirs = [str(paths.TEMPLATES)]
        super().__init__(config=page, **kwargs)
        self.register_filter("highlighted", _highlighted)

    def from_notebook_node(  # type: ignore[override]  # it returns text, as its own base class does
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **_: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page."""
        resources = self._init_resources(resources)
        page = self.template.render(page=_page(nb, resources["nbgrader"]), grades=resources["nbgrader"])
        return translate_page(page, resources["nbgrader"]["language"]), resources


class GenerateFeedback(converters.GenerateFeedback):
    """Write one self-contained page for each learner: no scripts, no network."""

    preprocessors: List = List([]).tag(config=True)
    exporter_class = Type(PageExporter, klass="nbconvert.exporters.Exporter").tag(config=True)

    def start(self) -> None:
        """Write the pages while no other run changes what they are made of; a page that fails stops no other."""
        self._failed: list[str] = []
        with (
            locked_class(self._classroom.folder, self.log),
            Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook,
        ):
            self._booked = read_marks(gradebook, self.coursedir.assignment_id)
            self._comments = read_comments(gradebook, self.coursedir.assignment_id)
            folder = self._classroom.folder
            self._roster, self._hints = read_roster(folder), allowed_hints(folder / FEEDBACK_SETTINGS)
            self._language = class_language(folder)
            super().start()
        if self._failed:
            raise NbGraderException(f"no page: {', '.join(self._failed)}")

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Leave out who is no longer in the gradebook, and say so."""
        if student_id in self._booked:
            return super().init_destination(assignment_id, student_id)
        self._fail(student_id, "is not in the gradebook: grade again, or take the learner out with course drop")
        return False

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Write one page."""
        student = Path(notebook_filename).parent.parent.name
        try:
            super().convert_single_notebook(notebook_filename)
        except OperationalError:
            raise
        except Exception as err:  # whatever it is, the others get theirs
            self.log.info("the page of %s failed", student, exc_info=True)
            self._fail(student, f"has none ({type(err).__name__}: {err})")

    def init_single_notebook_resources(self, notebook_filename: str) -> dict[str, Any]:
        """Add what the page says beside the notebook: name, marks and comments, and how many hints are allowed."""
        resources = super().init_single_notebook_resources(notebook_filename)
        student = resources["nbgrader"]["student"]
        resources["nbgrader"] |= {
            "name": clean_text(self._roster.name(student)),
            "booked": self._booked[student],
            "comments": self._comments.get(student, {}),
            "hints": self._hints,
            "language": self._language,
        }
        return resources

    def _fail(self, student: str, why: str) -> None:
        self._failed.append(student)
        self.log.error("%s %s", student, why)

    @property
    def _classroom(self) -> Classroom:
        return Classroom(Path(self.coursedir.root, self.coursedir.submitted_directory).resolve().parent)


def _page(nb: NotebookNode, given: Mapping[str, Any]) -> dict[str, Any]:
    """Reduce a notebook to the learner's code, its outputs, and the verdict on it."""
    heading = next((c.source for c in nb.cells if c.cell_type == "markdown" and c.source.startswith("# ")), "")
    return {
        "title": heading.split("\n")[0].removeprefix("# ") or given["assignment"],
        "verdict": nb.metadata.get("verdict", {}),
        "exercises": _exercises(nb, given),
        "styles": _code_styles(),
    }


def _exercises(nb: NotebookNode, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return one entry a tests cell, each with the learner's cells that lie between the last one and it."""
    exercises: list[dict[str, Any]] = []
    cells: list[dict[str, Any]] = []
    text = chapter_text(given["assignment"], nb.cells)
    for cell in nb.cells:
        if is_grade(cell):
            name = cell.metadata.nbgrader.grade_id.removeprefix("test-")
            exercise = _exercise(cell, cells, name, given["booked"].exercises[name])
            exercises.append(exercise | next_step(text, name, cell.metadata.get("verdict", {}), given["hints"]))
            cells = []
        elif cell.cell_type == "code" and (is_solution(cell) or cell.id.startswith(EXTRA) or _failed(cell)):
            shown = {"source": cut_source(cell.source), "outputs": [_output(out) for out in cell.outputs]}
            cells.append(shown | {"comment": given["comments"].get(cell.metadata.get("nbgrader", {}).get("grade_id"))})
    return exercises


def _exercise(cell: NotebookNode, cells: list[dict[str, Any]], name: str, booked: BookedExercise) -> dict[str, Any]:
    verdict = cell.metadata.get("verdict", {})
    score, points = booked.points, booked.max_points
    status = verdict.get("status", "refused")
    mark, label = LABELS.get(status, ("", status))
    message = verdict.get("message", "")
    by_hand = score != float(cell.outputs[0].data["text/plain"])
    if by_hand:  # the instructor's mark speaks, not the judge's
        message = "" if status in ("right", "carried") else message
        status = "right" if score >= points else "partial" if score > 0 else "wrong"
        mark, label = LABELS[status][0], "was marked by hand"
    return {
        "name": name, "cells": cells, "score": score,
        "points": points, "status": status, "mark": mark, "label": label, "message": message,
        "panel": cell.outputs[0].data.get("text/html", ""), "by_hand": by_hand,
    }  # fmt: skip


def _failed(cell: NotebookNode) -> bool:
    return any(output.output_type == "error" for output in cell.outputs)


def _output(output: Mapping[str, Any]) -> dict[str, str]:
    """Return an output as text or as a picture; whatever else a learner's code displayed is left out."""
    if output["output_type"] == "stream":
        return {"text": _final_text(output["text"])}
    if output["output_type"] == "error":
        return {"error": _final_text(f"{output['ename']}: {output['evalue']}")}
    picture = output["data"].get("image/png", "")
    if _is_png(picture):
        return {"png": "".join(picture.split())}
    return {"text": _final_text(output["data"].get("text/plain", ""))}


def _final_text(text: str) -> str:
    """Return the text that a terminal shows in the end: of a progress bar only its last state."""
    lines = (line.rstrip("\r").rsplit("\r", 1)[-1] for line in text.split("\n"))
    return _cut(_ESCAPES.sub("", "\n".join(lines)), MAX_TEXT)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}\n… {len(text) - length} more characters"


def _is_png(data: str) -> bool:
    try:
        return base64.b64decode("".join(data.split()), validate=True).startswith(PNG)
    except (binascii.Error, ValueError):
        return False


def _highlighted(source: str) -> str:
    """Return code as HTML that a keyboard can scroll."""
    return highlight(source, _LEXER, _FORMATTER).replace("<pre>", '<pre tabindex="0">', 1)


@cache
def _code_styles() -> str:
    """Return the colors of highlighted code, for light and for dark pages."""
    light, dark = (HtmlFormatter(style=name).get_style_defs(".highlight") for name in ("default", "github-dark"))
    return f"{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}"
