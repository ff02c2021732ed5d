"""The buttons of nbgrader's formgrader, clicked in a browser: it grades with our sandbox and writes our pages.

It runs where COURSE_BROWSER=1 says so. COURSE_PICTURES names a folder for screenshots.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course.secret import HOME_VARIABLE, home_folder
from tests.autograder.school import School, found_school
from tests.browser.chromium import Page, browse, find_chromium

if not os.environ.get("COURSE_BROWSER"):
    pytest.skip("takes minutes; COURSE_BROWSER=1 runs it", allow_module_level=True)
if not find_chromium():
    pytest.skip("there is no Chromium", allow_module_level=True)

FIRST = "01-single-neuron"
SECONDS = 120
CONFIG = """
from pathlib import Path
from autograder.course.classroom import Classroom
from autograder.gradebook.autograde import Autograde
from autograder.gradebook.nbgrader_config import configure
from autograder.gradebook.patches import apply_patches, replace_converters
from autograder.reporting.feedback_pages import GenerateFeedback

configure(get_config(), Classroom(Path({classroom!r})), Path({released!r}))
get_config().Autograde.engine = {engine!r}
apply_patches()
replace_converters(Autograde, GenerateFeedback)
"""
"""What the project's nbgrader_config.py says, for another class."""
EXTENSIONS = {f"nbgrader.server_extensions.{name}": True for name in ("formgrader", "assignment_list", "course_list")}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> School:
    """A class of three in which nobody has been graded; the roster knows two names."""
    found = found_school(tmp_path_factory.mktemp("formgrader"))
    found.release(FIRST)
    for student in ("perfect", "guessed-signs", "untouched"):
        found.sample(FIRST, student)
    rows = ("id,name", 'perfect,"Gauß, Carl Friedrich"', "guessed-signs,Sofja Kowalewskaja")
    (found.classroom.folder / "roster.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    found.classroom.exchange.mkdir()
    found.classroom.exchange.chmod(0o777)  # nbgrader wants it
    return found


@pytest.fixture(scope="module")
def address(place: School) -> Iterator[str]:
    """A Jupyter server with formgrader, on loopback."""
    folder = place.classroom.folder.parent
    said = CONFIG.format(
        classroom=str(place.classroom.folder), released=str(place.released), engine=place.config.Autograde.engine
    )
    (folder / "nbgrader_config.py").write_text(said, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        *(str(Path(sys.executable).parent / "jupyter"), "server", "--no-browser", "--allow-root", f"--port={port}"),
        *("--ServerApp.ip=127.0.0.1", "--IdentityProvider.token=", "--ServerApp.root_dir=/"),
        f"--ServerApp.jpserver_extensions={json.dumps(EXTENSIONS).replace('true', 'True')}",
    ]
    environment = {**os.environ, HOME_VARIABLE: str(home_folder())}
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=environment)
    try:
        _wait_until_it_answers(f"http://127.0.0.1:{port}/api", server)
        yield f"http://127.0.0.1:{port}/formgrader"
    finally:
        server.terminate()
        server.wait(60)


def _wait_until_it_answers(address: str, server: subprocess.Popen) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        assert server.poll() is None, "the server has ended"
        try:
            opener.open(address, timeout=5).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError(address)


@pytest.fixture(scope="module")
def page(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browse(tmp_path_factory.mktemp("browser")) as page:
        page.resize(1200, 700)
        yield page


def _row(student: str) -> str:
    rows = "[...document.querySelectorAll('tbody tr')]"
    return f"({rows}.find(row => row.querySelector('.student-id')?.innerText === '{student}'))"


def text_of(student: str, column: str) -> str:
    """Return JavaScript for what stands in a column of somebody's row."""
    return f"{_row(student)}?.querySelector('.{column}')?.innerText"


def click(page: Page, student: str, button: str) -> str:
    """Click a button in somebody's row, wait for the answer, close it, and return what it said."""
    page.evaluate(f"{_row(student)}.querySelector('.{button} a').click()")
    said: str = page.wait("document.querySelector('.modal.in .modal-body')?.innerText", SECONDS)
    page.evaluate("document.querySelector('.modal.in button.btn').click()")
    page.wait("!document.querySelector('.modal.in')", SECONDS)
    return said


def keep_picture(page: Page, name: str) -> None:
    if folder := os.environ.get("COURSE_PICTURES"):
        page.picture(Path(folder) / f"formgrader-{name}.png")


def test_a_class_is_graded_given_feedback_and_released_by_clicking(place: School, address: str, page: Page) -> None:
    page.open(f"{address}/manage_submissions/{FIRST}")
    page.wait(f"{text_of('untouched', 'status')} === 'needs autograding'", SECONDS)
    keep_picture(page, "before")
    for student in ("perfect", "guessed-signs", "untouched"):
        assert "Successfully autograded" in click(page, student, "autograde")
        page.wait(f"{text_of(student, 'status')} === 'graded'", SECONDS)
    assert page.evaluate(text_of("perfect", "score")) == "20 / 20"
    assert page.evaluate(text_of("guessed-signs", "score")) == "18 / 20"
    assert page.evaluate(text_of("untouched", "score")) == "0 / 20"
    for button in ("generate-feedback", "release-feedback"):
        assert "Successfully" in click(page, "guessed-signs", button)
    keep_picture(page, "after")
    assert "wrong" in place.classroom.feedback_page(FIRST, "guessed-signs").read_text(encoding="utf-8")
    assert list(place.classroom.exchange.rglob("*.html")), "released into the exchange"
    assert page.outside == []


def test_names_are_shown_and_an_id_where_none_is_known(address: str, page: Page) -> None:
    page.open(f"{address}/manage_submissions/{FIRST}")
    page.wait(text_of("perfect", "student-name"), SECONDS)
    assert page.evaluate(text_of("perfect", "student-name")) == "Gauß, Carl Friedrich"
    assert page.evaluate(text_of("guessed-signs", "student-name")) == "Kowalewskaja, Sofja"
    assert "None" not in page.evaluate(text_of("untouched", "student-name"))


def test_the_page_of_manual_grading_shows_what_the_learner_wrote(address: str, page: Page) -> None:
    page.open(f"{address}/gradebook/{FIRST}/{FIRST}")
    link = "document.querySelector('tbody .name a, tbody td a[href*=\"/submissions/\"]')"
    page.open(page.wait(f"{link}?.href", SECONDS))
    page.wait("document.querySelectorAll('.nbgrader_cell').length > 8", SECONDS)
    keep_picture(page, "manual")
    assert "def forward(x, w, b):" in page.evaluate("document.body.innerText")
