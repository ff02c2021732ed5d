"""What another machine sends is a verdict on this submission, within its points, and acts nowhere; else it is none."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course.limits import Limits
from autograder.grading.pipeline import grade_submission
from autograder.grading.reply import ReplyError, pack_failure, pack_verdict, unpack_verdict
from tests.autograder.small_course import QUICK, dump, examine
from tests.fuzzing import fuzzed

POINTS = {"double": 2.0, "square": 2.0, "answer": 2.0}
ABOUT: dict[str, Any] = {"assignment": "01-small", "student": "ada", "engine": "trust", "points": POINTS}


@pytest.fixture(scope="module")
def sent() -> dict[str, Any]:
    """A verdict as a worker sends it, with a panel, text and a picture."""
    from gradcheck.comparison.status import Status
    from gradcheck.display.panel import panel_html
    from gradcheck.judging.finding import Finding

    panel = panel_html(Finding("double", 2.0, 2.0, Status.RIGHT, message='a < b & "c"'), None)
    one = {"points": 2.0, "max_points": 2.0, "status": "right", "message": "fine", "panel": panel, "diagnosis": []}
    shown = [
        {"output_type": "stream", "name": "stdout", "text": "a\tb\nc"},
        {"output_type": "display_data", "data": {"image/png": "aGk=", "text/plain": "<figure>"}, "metadata": {}},
    ]
    return {
        **{"assignment": "01-small", "student": "ada", "engine": "trust", "key": "k", "status": "graded"},
        **{
            "points": 6.0,
            "max_points": 6.0,
            "exercises": {name: dict(one) for name in POINTS},
            "outputs": {"c": shown},
            "answers": {"double": "def double(x):\n    return 2 * x"},
        },
    }


def read(content: Any) -> Any:
    """Read what a worker sent as the coordinator does."""
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return unpack_verdict(raw, **ABOUT, limits=Limits())


def test_a_verdict_comes_through_whole(sent: dict[str, Any]) -> None:
    verdict = read(sent)
    assert (verdict.points, verdict.exercises["double"].status) == (6.0, "right")
    assert read(pack_verdict(verdict)) == verdict


def test_why_there_is_no_verdict_comes_through_clean() -> None:
    with pytest.raises(ReplyError, match="the disk is full"):
        read(pack_failure("OSError: \x1b[2Jthe disk is full"))


def _set(*path: Any) -> Callable[[dict[str, Any]], None]:
    *way, last, value = path

    def change(content: Any) -> None:
        for step in way:
            content = content[step]
        content[last] = value

    return change


def _more(content: dict[str, Any]) -> None:
    content["points"] = 1020.0
    content["exercises"]["double"] |= {"points": 1016.0, "max_points": 1016.0}
    content["max_points"] = 1020.0


FORGED = {
    "somebody else": _set("student", "ben"),
    "another chapter": _set("assignment", "02-small"),
    "another engine": _set("engine", "bubblewrap"),
    "more than there is": _set("points", 20.0),
    "more than an exercise has": _set("exercises", "double", "points", 3.0),
    "another scale": _more,
    "less than nothing": _set("exercises", "double", "points", -1.0),
    "no number": _set("exercises", "double", "points", float("nan")),
    "no exercise": lambda content: content["exercises"].pop("double"),
    "another status": _set("exercises", "double", "status", "excellent"),
    "a script in a panel": _set("exercises", "double", "panel", "<div><script>alert(1)</script></div>"),
    "a handler in a panel": _set("exercises", "double", "panel", '<svg onload="alert(1)"></svg>'),
    "a picture from elsewhere": _set("exercises", "double", "panel", '<image href="//example.org/i"/>'),
    "a link in a panel": _set("exercises", "double", "panel", '<a href="javascript:alert(1)">x</a>'),
    "a style that fetches": _set(
        "exercises", "double", "panel", '<p style="background:url(https://example.org)">x</p>'
    ),
    "a style that fetches, written otherwise": _set(
        "exercises", "double", "panel", r'<p style="background:\75rl(\68ttp:x)">x</p>'
    ),
    "a style that fetches a set": _set(
        "exercises", "double", "panel", "<p style=\"background:image-set('ftp:x' 1x)\">x</p>"
    ),
    "a panel over the whole page": _set("exercises", "double", "panel", '<p style="position:fixed">20 of 20</p>'),
    "a panel above its place": _set(
        "exercises", "double", "panel", '<div style="margin-top:-900px;height:900px">20 of 20</div>'
    ),
    "a panel that moves": _set("exercises", "double", "panel", '<p style="transform:translate(0,9px)">20 of 20</p>'),
    "a picture that paints around itself": _set("exercises", "double", "panel", '<svg overflow="visible"></svg>'),
    "a panel that ends the page around it": _set("exercises", "double", "panel", "<p>x</p></div><p>20 of 20</p>"),
    "a panel that takes the rest of the page in": _set(
        "exercises", "double", "panel", '<div style="display:none"/><p>x</p>'
    ),
    "a terminal's words for a mistake": _set("exercises", "double", "diagnosis", ["\x1b[2J"]),
    "a terminal's words for a place": _set("exercises", "double", "first_wrong", "\x1b[2J"),
    "a picture's metadata": _set("outputs", "c", 1, "metadata", {"x": "<script>"}),
    "a picture's words": _set("outputs", "c", 1, "data", "text/plain", "\x1b[2J"),
    "half an element": _set("exercises", "double", "panel", "<img src=x onerror=alert(1)//"),
    "a comment that ends": _set("exercises", "double", "panel", "<!--><script>alert(1)</script>-->"),
    "a terminal's words": _set("exercises", "double", "message", "\x1b[2J"),
    "a remark that turns around": _set("exercises", "double", "remarks", ["\u202e"]),
    "an output that acts": _set("outputs", "c", 0, {"output_type": "display_data", "data": {"text/html": "<b>"}}),
    "a picture that is none": _set("outputs", "c", 1, "data", "image/png", '"><script>'),
    "output with colours": _set("outputs", "c", 0, "text", "\x1b[31m"),
    "an answer to no exercise": _set("answers", "triple", "x"),
    "an answer without end": _set("answers", "double", "x" * 20_001),
    "a field of its own": _set("more", 1),
    "refused with marks": _set("status", "refused"),
}


@pytest.mark.parametrize("forged", FORGED)
def test_what_is_no_verdict_on_this_submission_is_not_kept(sent: dict[str, Any], forged: str) -> None:
    content = copy.deepcopy(sent)
    FORGED[forged](content)
    with pytest.raises(ReplyError):
        read(content)


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"null", b"{", b"[" * 100_000, b"9" * 10_000, pickle.dumps(1), "text", None, 7]
)
def test_what_is_no_json_is_not_kept(raw: Any) -> None:
    with pytest.raises(ReplyError):
        unpack_verdict(raw, **ABOUT, limits=Limits())


@fuzzed(60)
@given(st.data())
def test_no_reply_breaks_the_reader(sent: dict[str, Any], data: st.DataObject) -> None:
    content = copy.deepcopy(sent)
    odd = st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=9),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    )
    for _ in range(data.draw(st.integers(1, 3))):
        place: Any = content
        while isinstance(place, dict | list) and place:
            step = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
            if data.draw(st.booleans()) or not isinstance(place[step], dict | list):
                place[step] = data.draw(odd)
                break
            place = place[step]
    try:
        verdict = read(content)
    except ReplyError:
        return
    assert verdict.points <= verdict.max_points == 6.0


def test_every_real_panel_and_output_is_let_through(trust, release, solved) -> None:
    from autograder.grading.hidden_suite import find_exercise
    from autograder.grading.reply import _is_output, _is_quiet
    from gradcheck.display.panel import panel_html
    from tests.answers.collection import examine as judged
    from tests.answers.collection import read as answers

    for answer in answers("wrong")[::70]:
        if "numeric-not-derived" not in answer.either:
            panel = panel_html(judged(answer), find_exercise(answer.assignment, answer.exercise))
            assert _is_quiet(panel), panel
    solved["cells"][1]["source"] += "\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]); print('x')\n1/0"
    graded = grade_submission(
        dump(solved), assignment="01-small", student="ada", release=dump(release), secret=b"s", engine=trust,
        limits=QUICK, examine=examine,
    )  # fmt: skip
    shown = [output for outputs in graded.verdict.outputs.values() for output in outputs]
    assert {output["output_type"] for output in shown} >= {"stream", "error"}
    assert all(map(_is_output, shown))
