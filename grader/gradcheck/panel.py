"""A finding as a small panel: HTML in a notebook, text in a terminal."""

from __future__ import annotations

from html import escape

from gradcheck.finding import Finding


def html(finding: Finding) -> str:
    return f"<div>{escape(text(finding))}</div>"


def text(finding: Finding) -> str:
    mark = "holds" if finding.right else finding.status
    return f"{finding.name}: {mark}. {finding.message}".rstrip()
