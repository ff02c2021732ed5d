"""The browser edition runs every chapter in a real browser, and asks nobody but its own server.

It takes minutes, so it runs where COURSE_BROWSER=1 says so; continuous integration does where Chromium and npm are.
COURSE_PICTURES names a folder for screenshots.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.authoring.pyodide import SiteError
from autograder.authoring.sample_class import build_submission, read_answers
from autograder.authoring.site import build_site
from autograder.course import paths
from tests.browser.chromium import Page, browse, find_chromium, serve

ASSIGNMENTS = paths.assignments(paths.NOTEBOOKS)
WRONG = ("03-relu-network", "mask-forgotten")
SECONDS = 600
"""For one chapter on a busy machine."""

if not os.environ.get("COURSE_BROWSER"):
    pytest.skip("takes minutes; COURSE_BROWSER=1 runs it", allow_module_level=True)
for program, there in (("Chromium", find_chromium()), ("npm", shutil.which("npm"))):
    if not there:
        pytest.skip(f"there is no {program}", allow_module_level=True)

NOTEBOOK = "window.jupyterapp?.shell?.currentWidget"
KERNEL = f"{NOTEBOOK}.context.sessionContext?.session?.kernel"
READY = f"{NOTEBOOK}?.context?.isReady && {KERNEL}?.status === 'idle'"
RUN_ALL = "jupyterapp.commands.execute('notebook:run-all-cells'), true"
CELLS = f"JSON.stringify({NOTEBOOK}.content.model.sharedModel.toJSON().cells)"
ALL_RAN = f"""
(() => {{ const cells = {NOTEBOOK}.content.model.sharedModel.toJSON().cells;
  return cells.filter(c => c.cell_type === 'code').every(c => c.execution_count); }})()
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with every released chapter, every solved one, and a wrong answer."""
    released = tmp_path_factory.mktemp("released")
    for name in ASSIGNMENTS:
        put(released, name, paths.notebook_path(paths.NOTEBOOKS, name).read_bytes())
        put(released, f"{name}-solved", submission(name, "perfect"))
    put(released, f"{WRONG[0]}-wrong", submission(*WRONG))
    cache = Path(os.environ.get("COURSE_SITE_CACHE", paths.ROOT / "build" / "site"))
    try:
        site = build_site(tmp_path_factory.mktemp("site") / "site", offline=True, released=released, cache=cache)
    except SiteError as err:
        pytest.skip(f"the site cannot be built here: {err}")
    for file in [site / "jupyter-lite.json", *site.glob("*/jupyter-lite.json")]:
        settings = json.loads(file.read_text(encoding="utf-8"))
        settings.setdefault("jupyter-config-data", {})["exposeAppInBrowser"] = True
        file.write_text(json.dumps(settings), encoding="utf-8")
    with serve(site) as where:
        yield where


def put(folder: Path, name: str, content: bytes) -> None:
    path = paths.notebook_path(folder, name)
    path.parent.mkdir()
    path.write_bytes(content)


def submission(assignment: str, student: str) -> bytes:
    return build_submission(assignment, read_answers(paths.SAMPLES / assignment / f"{student}.py"), paths.NOTEBOOKS)


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with browse(tmp_path / "browser") as found:
        found.resize(1300, 1500)
        yield found


def run_all(page: Page, address: str, name: str) -> list[dict]:
    """Open a notebook, run all, and return its code cells with what they put out."""
    page.open(f"{address}/notebooks/index.html?path={name}/{name}.ipynb")
    started = time.monotonic()
    page.wait(READY, SECONDS)
    ready = time.monotonic() - started
    assert page.evaluate(RUN_ALL) is True
    page.wait(ALL_RAN, SECONDS)
    print(f"{name}: kernel ready after {ready:.0f} s, all cells after {time.monotonic() - started:.0f} s")
    return [cell for cell in json.loads(page.evaluate(CELLS)) if cell["cell_type"] == "code"]


def raised(cells: list[dict]) -> list[str]:
    names = [out["ename"] for cell in cells for out in cell["outputs"] if out["output_type"] == "error"]
    return [name.removeprefix("<class '").removesuffix("'>") for name in names]  # Pyodide's kernel writes the class


def shown(cells: list[dict]) -> str:
    plain = [out.get("data", {}).get("text/plain", "") for cell in cells for out in cell["outputs"]]
    return "\n".join(text if isinstance(text, str) else "".join(text) for text in plain)


def keep(page: Page, name: str) -> None:
    if folder := os.environ.get("COURSE_PICTURES"):
        page.picture(Path(folder) / f"{name}.png")


def assert_quiet(page: Page) -> None:
    assert page.outside == []
    assert page.errors == []


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_a_solved_chapter_runs_to_its_end_and_every_check_holds(address: str, page: Page, name: str) -> None:
    cells = run_all(page, address, f"{name}-solved")
    keep(page, f"{name}-solved")
    assert raised(cells) == []
    checks = [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade")]
    assert checks
    assert shown(checks).count("[ok] ") == len(checks), shown(checks)
    assert_quiet(page)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_an_empty_chapter_runs_to_its_end(address: str, page: Page, name: str) -> None:
    cells = run_all(page, address, name)
    keep(page, f"{name}-empty")
    assert "NotImplementedError" in raised(cells)
    assert not {"ModuleNotFoundError", "ImportError", "SyntaxError"} & set(raised(cells))
    checks = [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade")]
    assert "is still empty" in shown(checks)
    assert_quiet(page)


def test_a_wrong_answer_is_told_in_the_same_sentence_as_in_a_terminal(address: str, page: Page, tmp_path: Path) -> None:
    import subprocess
    import sys

    name, student = WRONG
    cells = run_all(page, address, f"{name}-wrong")
    wrong = [line for line in shown(cells).splitlines() if line.startswith("[--]")]
    assert wrong
    file = tmp_path / f"{name}.ipynb"
    file.write_bytes(submission(name, student))
    command = [sys.executable, "-m", "gradcheck", str(file)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | {"PYTHONUTF8": "1"})
    assert all(line in told.stdout for line in wrong)
    picture = page.evaluate("document.querySelectorAll('.gradcheck svg').length")
    keep(page, "wrong")
    assert picture >= 1
    assert_quiet(page)


def test_a_slider_moves_its_picture(address: str, page: Page) -> None:
    page.resize(1300, 30000)
    run_all(page, address, "02-cost-vs-loss-solved")
    handle = "document.querySelector('.widget-hslider .noUi-handle')"
    page.wait(f"!!{handle}", 60)
    output = "document.querySelector('.widget-interact .jp-OutputArea img')?.src"
    before = page.wait(output, 60)
    page.evaluate(f"{handle}.focus()")
    page.press("ArrowRight", 39)
    page.wait(f"{output} && {output} !== {json.dumps(before)}", 60)
    assert_quiet(page)


def test_the_first_page_leads_to_every_chapter_and_fits_a_phone(address: str, page: Page) -> None:
    page.resize(390, 844, phone=True)
    page.open(f"{address}/")
    loaded = f"document.readyState === 'complete' && document.URL === '{address}/'"
    links = page.wait(f"{loaded} && [...document.querySelectorAll('ol a')].map(a => a.href)", 30)
    assert [link.split("path=")[0] for link in links] == [f"{address}/notebooks/index.html?"] * len(links)
    assert len(links) == 2 * len(ASSIGNMENTS) + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    keep(page, "first-page-phone")
    statuses = "Promise.all([...document.querySelectorAll('a')].map(a => fetch(a.href).then(r => r.status)))"
    assert set(page.evaluate(statuses)) == {200}
    assert_quiet(page)
