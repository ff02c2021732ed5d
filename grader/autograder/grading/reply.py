"""A verdict as another machine sends it: bytes of JSON, checked like any file."""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Mapping
from typing import Any

from autograder.course.labels import LABELS
from autograder.course.limits import Limits
from autograder.course.text import clean_text
from autograder.grading.verdict import ANSWER_CHARACTERS, Verdict

REPLY_BYTES = 8_000_000
"""The longest verdict, beside twice the outputs that a submission may have."""
_TEXT = 4000
_SVG = frozenset({
    *("circle", "defs", "desc", "ellipse", "g", "line", "marker", "path", "polygon", "polyline", "rect", "svg"),
    *("text", "title", "tspan"),
})  # fmt: skip
_ELEMENTS = _SVG | frozenset({
    *("b", "br", "code", "div", "em", "li", "ol", "p", "pre", "small", "span", "strong", "sub", "sup", "ul"),
    *("table", "tbody", "td", "th", "thead", "tr"),
})  # fmt: skip
_ATTRIBUTE = re.compile(r'([\w:-]+)(?:="([^"<>]*)")?')
_TAG = re.compile(r'</?([a-zA-Z][a-zA-Z0-9]*)((?:\s+[\w:-]+(?:="[^"<>]*")?)*)\s*/?>')
_FETCHING = frozenset({"src", "srcset", "srcdoc", "href", "xlink:href", "action", "formaction"})
_ACTING = ("javascript:", "data:", "http:", "https:", "url(h", "url('h", 'url("h', "//", "\\")
_STYLES = frozenset({
    *("border", "border-collapse", "border-left", "color", "float", "font-size", "font-weight", "height"),
    *("line-height", "margin", "margin-top", "max-width", "opacity", "overflow-x", "padding", "text-align", "width"),
})  # fmt: skip
_STYLE_VALUE = re.compile(r"[#\w.% ]+")
"""No length below 0 and no function: what a panel shows stays in its place."""


class ReplyError(Exception):
    """What came back is no verdict on this submission; the sentence says why."""


def pack_verdict(verdict: Verdict) -> bytes:
    """Return a verdict as bytes."""
    return json.dumps(verdict.as_dict()).encode()


def pack_failure(sentence: str) -> bytes:
    """Return as bytes why there is no verdict."""
    return json.dumps({"failed": sentence}).encode()


def is_failure(raw: bytes) -> bool:
    """Tell whether ``raw`` is what ``pack_failure`` makes."""
    return raw.startswith(b'{"failed": ')


def unpack_verdict(
    raw: Any, *, assignment: str, student: str, engine: str, points: Mapping[str, float], limits: Limits
) -> Verdict:
    """Return the verdict in ``raw``; ``points`` holds what each exercise of the release is worth.

    Raises ReplyError where it is about something else, gives more than there is, or holds what could act on a page.
    Whether its marks are deserved cannot be told here.
    """
    if not isinstance(raw, bytes) or len(raw) > REPLY_BYTES + 2 * limits.outputs_bytes:
        raise ReplyError("its worker sent no verdict")
    try:
        content = json.loads(raw)
        if isinstance(content, dict) and isinstance(content.get("failed"), str):
            raise ReplyError(clean_text(content["failed"]))
        verdict = Verdict.from_dict(content)
        _check(verdict, (assignment, student, engine), points)
        for name, exercise in verdict.exercises.items():
            _require(_is_quiet(exercise.panel), f"the panel of {name} could act")
        _require(verdict.answers.keys() <= points.keys(), "an answer belongs to no exercise")
        _require(all(len(one) <= ANSWER_CHARACTERS for one in verdict.answers.values()), "an answer is too long")
        for outputs in verdict.outputs.values():
            _require(all(map(_is_output, outputs)), "an output is none that a cell can have")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as err:
        raise ReplyError(f"its worker sent no verdict ({clean_text(str(err))})") from None
    return verdict


def _check(verdict: Verdict, about: tuple[str, str, str], points: Mapping[str, float]) -> None:
    """Raise ReplyError where a verdict is about something else, or its marks cannot be."""
    _require((verdict.assignment, verdict.student, verdict.engine) == about, "the verdict is about something else")
    _require(verdict.status in ("graded", "refused"), "no status of a submission")
    _require(_equal(verdict.max_points, sum(points.values())), "the chapter has other points")
    if verdict.status == "refused":
        _require(verdict.points == 0 and not verdict.exercises, "a refused submission has no marks")
    else:
        _require(verdict.exercises.keys() == points.keys(), "the chapter has other exercises")
        _require(_equal(verdict.points, sum(e.points for e in verdict.exercises.values())), "the sum is wrong")
    for name, exercise in verdict.exercises.items():
        _require(_equal(exercise.max_points, points[name]), f"{name} has other points")
        _require(0 <= exercise.points <= points[name] + 1e-9, f"{name} cannot earn {exercise.points}")
        _require(exercise.status in LABELS, f"{name} has a status that there is not")
    parts = (t for e in verdict.exercises.values() for t in (e.message, e.first_wrong, *e.remarks, *e.diagnosis))
    for text in (verdict.reason, verdict.key, *parts):
        _require(clean_text(text, _TEXT, lines=True) == text, "a text is too long or could act on a terminal")


def _require(holds: bool, why: str) -> None:
    if not holds:
        raise ReplyError(f"its worker sent a verdict that cannot be kept: {why}")


def _equal(one: float, other: float) -> bool:
    return math.isfinite(one) and abs(one - other) < 1e-6


def _is_output(output: Mapping[str, Any]) -> bool:
    """Tell whether an output is text or a picture and nothing else."""
    kind = output["output_type"]
    if kind == "stream":
        return set(output) == {"output_type", "name", "text"} and _is_text(output["text"])
    if kind == "error":
        texts = [output["ename"], output["evalue"], *output["traceback"]]
        return set(output) == {"output_type", "ename", "evalue", "traceback"} and all(map(_is_text, texts))
    data = output["data"]
    picture = kind == "display_data" and set(data) <= {"image/png", "text/plain"} and output.get("metadata") == {}
    return picture and _is_base64(data["image/png"]) and _is_text(data.get("text/plain", ""))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and clean_text(value, len(value), lines=True) == value


def _is_base64(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and value.replace("+", "").replace("/", "").rstrip("=").isalnum()


def _is_quiet(panel: str) -> bool:
    """Tell whether a panel is a picture and words, whoever reads it: nothing runs, fetches, or reaches out of it."""
    if "<" in _TAG.sub("", panel):
        return False
    open_: list[str] = []
    for tag in _TAG.finditer(panel):
        element = tag[1].lower()
        if element not in _ELEMENTS or not all(_is_quiet_attribute(*found) for found in _ATTRIBUTE.findall(tag[2])):
            return False
        if tag[0].startswith("</"):
            if not open_ or open_.pop() != element:
                return False
        elif element != "br" and not (element in _SVG and tag[0].endswith("/>")):
            open_.append(element)
    return not open_


def _is_quiet_attribute(name: str, value: str) -> bool:
    name, value = name.lower(), html.unescape(value).lower()
    if name == "style":
        pairs = [part.partition(":") for part in value.split(";") if part.strip()]
        return all(key.strip() in _STYLES and _STYLE_VALUE.fullmatch(said) for key, _, said in pairs)
    if name.startswith("on") or name in _FETCHING or name == "overflow":
        return False
    return name == "xmlns" or not any(word in value for word in _ACTING)
