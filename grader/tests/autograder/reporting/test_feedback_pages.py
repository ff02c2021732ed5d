"""The learner's page says what was wrong, and nothing of a submission is active in it."""

from __future__ import annotations

import html
import re
import warnings
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import notebook_hash

from autograder.authoring.sample_class import Answers, build_submission
from autograder.course import paths
from autograder.gradebook.autograde import Autograde
from autograder.gradebook.patches import apply_patches, replace_converters
from autograder.reporting import feedback_pages
from autograder.reporting.chain_links import ChapterText
from autograder.reporting.feedback_index import write_indexes
from autograder.reporting.next_steps import FEEDBACK_SETTINGS, allowed_hints, next_step

if TYPE_CHECKING:
    from tests.autograder.school import School

FIRST = "01-single-neuron"
HOSTILE = """
from IPython.display import HTML, SVG, Javascript, Markdown, display
display(HTML("<script>alert('html')</script><style>body {display: none}</style><img src=x onerror=alert(1)>"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(2)'><a href='http://evil.example'>x</a></svg>"))
display(Javascript("alert('js')"))
display(Markdown("[click](javascript:alert(3)) <iframe src='http://evil.example'></iframe>"))
display({"image/png": "iVBORw0KGgo\\" onload=\\"alert(5)", "text/plain": "not a picture"}, raw=True)
print("<script>alert('stdout')</script>\\x1b[31m</pre><b>")
def forward(x, w, b):  # </pre><script>alert('source')</script>
    return w @ x + b
"""


class Tags(HTMLParser):
    """Collect what could act or reach out."""

    active: ClassVar = {"script", "iframe", "object", "embed", "form", "link", "base", "video", "audio"}

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that is active, or an attribute that is."""
        if tag in self.active:
            self.found.append(tag)
        for name, value in attrs:
            outside = name in ("src", "href", "action") and not (value or "").startswith(
                ("#", "data:image/png;base64,")
            )
            if name.startswith("on") or outside:
                self.found.append(f"{tag} {name}={value}")


@pytest.fixture(scope="module")
def pages(school: object, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of a few learners, one of them hostile."""
    place: School = school(tmp_path_factory.mktemp("school"))
    place.release(FIRST)
    for student in ("perfect", "signs-turned-twice", "untouched", "cut-off", "own-helpers"):
        place.sample(FIRST, student)
    hostile = Answers("hostile", "", "solution", {}, (("forward", HOSTILE), ("insert before loss", HOSTILE)))
    place.hand_in(FIRST, "hostile", build_submission(FIRST, hostile, place.released))
    place.grade(FIRST)
    place.feedback(FIRST)
    found = {path.parents[1].name: path for path in place.classroom.feedback.rglob("*.html")}
    assert len(found) == 6
    return {student: path.read_text(encoding="utf-8") for student, path in found.items()}


def test_nothing_of_a_submission_is_active(pages: dict[str, str]) -> None:
    for text in pages.values():
        tags = Tags()
        tags.feed(text)
        assert not tags.found
        assert "default-src 'none'" in text
    outputs = re.findall(r'<pre class="output.*?</pre>', pages["hostile"], re.DOTALL)
    assert any("&lt;script&gt;alert(&#39;stdout&#39;)&lt;/script&gt;" in output for output in outputs)
    assert not any(
        word in html.unescape(output) for output in outputs for word in ("alert('html')", "alert('js')", "evil", "\x1b")
    )
    assert 'alert(5)"' not in re.sub(r'<pre tabindex="0">.*?</pre>', "", pages["hostile"], flags=re.DOTALL)


def test_no_line_of_a_hidden_test_is_in_a_page(pages: dict[str, str]) -> None:
    for text in pages.values():
        assert "examine" not in text
        assert "HIDDEN" not in text
        assert "most recent call last" not in text


def test_a_page_shows_every_mark_and_why(pages: dict[str, str]) -> None:
    wrong = pages["signs-turned-twice"]
    assert re.search(r"<strong>12</strong> of 20 points", wrong)
    assert wrong.count("is not correct yet") >= 2
    assert "opposite sign" in wrong
    assert "<strong>20</strong> of 20" in pages["perfect"]
    assert pages["untouched"].count("is still empty") >= 8


def test_a_refused_notebook_gets_a_page_that_says_why(pages: dict[str, str]) -> None:
    assert "could not be graded" in pages["cut-off"]
    assert "is damaged" in pages["cut-off"]
    assert "<strong>0</strong> of 20" in pages["cut-off"]


def test_a_learners_own_cells_and_what_they_printed_are_there(pages: dict[str, str]) -> None:
    assert "prediction_error" in pages["own-helpers"]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b[38;2;1;2;3mred\x1b[?25l\x1b[2K", "red"),
        ("\x1b]0;a title\x07text", "text"),
        ("\x1b]8;;http://evil.example\x1b\\here\x1b]8;;\x1b\\", "here"),
        ("\x9b31mred \x1bPq#0\x1b\\\x1bcX\x1b(B", "red X"),
        ("10 %\r20 %\r30 %\r\n\tdone\r\n", "30 %\n\tdone\n"),
        ("a\x00b\x07c\u202eevil\u202c", "abcevil"),
        ("\x1b[" + "1;" * 30_000, ("1;" * 30_000)[:4000] + "\n… 56000 more characters"),
        ("\x1b]" * 30_000 + "end", ""),
        ("x_1 ≤ ½ – naïve 日本", "x_1 ≤ ½ – naïve 日本"),
    ],
)
def test_what_a_terminal_would_obey_is_taken_out_whole(sent: str, shown: str) -> None:
    assert feedback_pages._final_text(sent) == shown


def test_a_page_needs_no_network(pages: dict[str, str]) -> None:
    for text in pages.values():
        assert not re.search(r"@import|url\((?!#)", text)


def test_a_page_begins_with_what_is_correct_then_says_where_to_go_on(pages: dict[str, str]) -> None:
    wrong = pages["signs-turned-twice"]
    order = [wrong.index(words) for words in ("What is correct", "What to look at next", "All marks")]
    assert order == sorted(order)
    begin = wrong[order[1] : order[2]]
    assert "<strong>First broken link:</strong> the link from L back to a." in begin
    assert "Read again: “Measure a slope”, up to “Exercise 3" in begin
    assert "What to look at next" not in pages["perfect"]
    assert "What is correct" not in pages["untouched"]


def test_no_page_gives_a_hint_that_the_instructor_did_not_allow(pages: dict[str, str]) -> None:
    assert not any("<strong>Hint:</strong>" in text for text in pages.values())


@pytest.mark.parametrize(("settings", "allowed"), [(None, 0), ("", 0), ("hints = 1", 1), ("hints = 2", 2)])
def test_hints_are_allowed_by_a_file_of_the_class(tmp_path: Path, settings: str | None, allowed: int) -> None:
    if settings is not None:
        (tmp_path / "feedback.toml").write_text(settings, encoding="utf-8")
    assert allowed_hints(tmp_path / "feedback.toml") == allowed


@pytest.mark.parametrize("settings", ["hints = 3", "hints = -1", "hints = true", "hint = 1", "hints = '2'", "hints ="])
def test_a_file_that_says_something_else_is_refused(tmp_path: Path, settings: str) -> None:
    (tmp_path / "feedback.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(ValueError):
        allowed_hints(tmp_path / "feedback.toml")


def test_hints_are_those_of_the_notebook_and_never_more_than_allowed() -> None:
    text = ChapterText(FIRST, "", {}, {})
    verdict = {"status": "wrong", "diagnosis": ["factor-two"], "first_wrong": "da"}
    found = [next_step(text, "dL_da", verdict, most)["hints"] for most in (0, 1, 2)]
    assert [len(hints) for hints in found] == [0, 1, 2]
    assert found[2][0].endswith("?")
    assert next_step(text, "dL_da", {**verdict, "status": "right"}, 2)["hints"] == ()


def test_the_index_leads_to_every_page_that_is_there(empty_school: School) -> None:
    empty_school.release(FIRST)
    empty_school.sample(FIRST, "guessed-signs")
    empty_school.grade(FIRST)
    empty_school.feedback(FIRST)
    (index,) = write_indexes(empty_school.classroom, empty_school.released)
    text = index.read_text(encoding="utf-8")
    (link,) = re.findall(r'href="([^"]+)"', text)
    assert (index.parent / link).is_file()
    assert "18 / 20" in text
    tags = Tags()
    tags.feed(text)
    assert [found for found in tags.found if found != f"a href={link}"] == []


def test_the_buttons_of_formgrader_write_our_pages_and_one_that_fails_stops_no_other(empty_school: School) -> None:
    empty_school.release(FIRST)
    for student in ("perfect", "untouched"):
        empty_school.sample(FIRST, student)
    given = empty_school.classroom.submitted / "perfect" / FIRST  # "untouched" came another way
    (given / "timestamp.txt").write_text("2026-03-01 12:00:00.123456 UTC")
    (given / "submission_secret.txt").write_text("of the exchange")
    empty_school.grade(FIRST)
    replace_converters(Autograde, feedback_pages.GenerateFeedback)
    apply_patches()
    folders = CourseDirectory(config=empty_school.config)
    api = NbGraderAPI(folders, config=empty_school.config)
    assert api.get_autograded_students(FIRST) == {"perfect", "untouched"}, "none of them needs autograding any more"
    done = api.generate_feedback(FIRST)
    assert done["success"], done
    pages = [empty_school.classroom.feedback_page(FIRST, student) for student in ("perfect", "untouched")]
    assert all("<table>" in page.read_text() for page in pages)
    exchange = empty_school.classroom.exchange
    exchange.mkdir()
    exchange.chmod(0o777)  # nbgrader wants it
    folders.assignment_id = FIRST
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # nbgrader forgets to close a file
        ExchangeReleaseFeedback(coursedir=folders, config=empty_school.config).start()
    released = {page.stem: page.read_text() for page in (exchange / paths.COURSE_ID / "feedback").iterdir()}
    assert len(released) == 2
    assert released[notebook_hash(secret="of the exchange", notebook_id=FIRST)] == pages[0].read_text()
    with Gradebook(empty_school.config.CourseDirectory.db_url) as gradebook:
        gradebook.remove_student("perfect")
    pages[1].unlink()
    with pytest.raises(NbGraderException, match="perfect is not in the gradebook"):
        empty_school.feedback(FIRST)
    assert pages[1].exists()


def test_hints_stand_on_the_page_as_far_as_they_are_allowed(empty_school: School) -> None:
    empty_school.release(FIRST)
    empty_school.sample(FIRST, "signs-turned-twice")
    empty_school.grade(FIRST)
    found = []
    for number in (0, 1, 2):
        (empty_school.classroom.folder / FEEDBACK_SETTINGS).write_text(f"hints = {number}\n")
        empty_school.feedback(FIRST)
        page = empty_school.classroom.feedback_page(FIRST, "signs-turned-twice").read_text()
        found.append(page.count("<strong>Hint:</strong>"))
    assert found[0] == 0
    assert 0 < found[1] < found[2]
