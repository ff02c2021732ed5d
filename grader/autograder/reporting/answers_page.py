"""One page with all answers to an exercise, side by side, so that one comment can be written for many."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from autograder.course import paths
from autograder.course.labels import LABELS
from autograder.course.whole_file import write_whole
from autograder.reporting.answer_groups import Answers, group_answers
from autograder.reporting.answer_sources import cut_source
from autograder.reporting.report_data import number_learners
from autograder.reporting.report_page import seen_words
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.language import translate_page

SHOWN = 40
"""Answers of one group that the page shows; the others are counted."""


def write_answers_page(found: Answers, folder: Path, *, anonymous: bool = False, language: str = "") -> Path:
    """Write the page into ``folder`` and return its path."""
    target = folder / f"answers-{found.assignment}-{found.exercise}.html"
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(target, translate_page(render_answers(found, anonymous=anonymous), language))
    return target


def render_answers(found: Answers, *, anonymous: bool = False) -> str:
    """Return the page as text."""
    loader = FileSystemLoader([paths.TEMPLATES / "report"])
    pages = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    numbered = number_learners(answer.student for answer in found.answers)
    return pages.get_template("answers.html.j2").render(
        found=found,
        groups=group_answers(found),
        who=numbered.__getitem__ if anonymous else str,
        code=_highlight,
        styles=Markup(_styles()),
        labels=LABELS,
        seen=lambda id: seen_words(id) if id in vocabulary() else "",
        shown=SHOWN,
    )


def _highlight(source: str) -> Markup:
    return Markup(highlight(cut_source(source), PythonLexer(), HtmlFormatter(nowrap=True)))


def _styles() -> str:
    light, dark = (HtmlFormatter(style=name).get_style_defs("pre") for name in ("default", "github-dark"))
    return f"{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}"
