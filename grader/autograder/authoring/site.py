"""The browser edition: JupyterLite with all chapters, which runs in the learner's own browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from html import escape
from importlib.util import find_spec
from pathlib import Path
from string import Template

from autograder.authoring import pyodide
from autograder.authoring.bundle import ReleasedChapter, edition, read_chapters
from autograder.authoring.pyodide import SiteError
from autograder.authoring.release import build_wheel
from autograder.course import paths

FIRST_PAGE = Path(__file__).parent / "site_files" / "index.html.in"
KERNEL = "@jupyterlite/pyodide-kernel-extension"
_DROPS_WAITING_CELLS = re.compile(r"""\(this\._cancelReason\.set\((\w+),["']error["']\),\1\.cancel\(\)\)""")
"""What JupyterLite does to the queue of cells after a reply that says error, as its minified program has it."""
EXTENSIONS = (KERNEL, "@jupyter-widgets/jupyterlab-manager")
"""What the site has beside JupyterLab itself: Python, and sliders. Not what nbgrader installs for teachers."""


def build_site(target: Path, *, offline: bool = False, released: Path = paths.NOTEBOOKS, cache: Path) -> Path:
    """Write the site into ``target``, which is replaced when the new one is whole, and return it.

    ``offline`` puts every wheel into the site; otherwise a learner's browser gets numpy, matplotlib and what they need
    from Pyodide's server. Raises SiteError where a part cannot be had.
    """
    if find_spec("jupyterlite_core") is None:
        raise SiteError("the site needs JupyterLite: python -m pip install -e '.[site]'")
    chapters = read_chapters(released)
    if not chapters:
        raise SiteError("no chapter has been released; run: course release")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="site-") as name:
        work, site = Path(name) / "lite", Path(name) / "site"
        _lay_out(work, chapters, released, cache, offline)
        _build(work, site)
        run_all_cells(site)
        page = first_page(chapters, edition(released), offline=offline)
        (site / "index.html").write_text(page, encoding="utf-8")
        shutil.copyfile(site / "icon-120x120.png", site / "favicon.ico")  # browsers ask for it under this name
        check_site(site, offline=offline)
        shutil.rmtree(target, ignore_errors=True)
        site.rename(target)
    return target


def first_page(chapters: list[ReleasedChapter], version: str, *, offline: bool) -> str:
    """Return the page that a learner sees first."""
    rows = [
        f'<li><a href="notebooks/index.html?path={c.name}/{c.name}.ipynb">{escape(c.title)}</a> '
        f"<span>{c.points:g} points</span></li>"
        for c in chapters
    ]
    loads = "Nothing is loaded from anywhere else." if offline else "The first time, it loads about 20 MB."
    words = {"chapters": "\n".join(rows), "edition": escape(version), "loads": loads}
    return Template(FIRST_PAGE.read_text(encoding="utf-8")).substitute(words)


def run_all_cells(site: Path) -> None:
    """Let "Run All" go on behind a cell that raised, as JupyterLab does where a cell is tagged ``raises-exception``.

    JupyterLite drops the waiting cells after any error and does not look at ``stop_on_error`` (0.8.6). Raises SiteError
    where the place in its program is not found.
    """
    found = 0
    for file in sorted((site / "build").glob("*.js")):
        text, number = _DROPS_WAITING_CELLS.subn("!1", file.read_text(encoding="utf-8"))
        if number:
            file.write_text(text, encoding="utf-8")
            found += number
    if found != 1:
        raise SiteError(f"Run All would stop at the first empty stub: JupyterLite has {found} places that end a queue")


def check_site(site: Path, *, offline: bool) -> None:
    """Raise SiteError for a site that would fall back to the network, or that lacks a part."""
    settings = json.loads((site / "jupyter-lite.json").read_text(encoding="utf-8"))["jupyter-config-data"]
    kernel = settings.get("litePluginSettings", {}).get(f"{KERNEL}:kernel", {})
    if not str(kernel.get("pyodideUrl", "")).startswith("./static/pyodide"):
        raise SiteError("the site does not point to its own Pyodide")
    if kernel.get("disablePyPIFallback") is not True:
        raise SiteError("the site would ask the Python index")
    folder = site / "static" / "pyodide"
    files = [e["file_name"] for e in json.loads((folder / "pyodide-lock.json").read_text())["packages"].values()]
    lacking = [name for name in files if not name.startswith(pyodide.SERVER) and not (folder / name).is_file()]
    if lacking or (offline and any(name.startswith(pyodide.SERVER) for name in files)):
        raise SiteError(f"the site lacks wheels: {', '.join(lacking) or 'those of the server'}")


def _lay_out(work: Path, chapters: list[ReleasedChapter], released: Path, cache: Path, offline: bool) -> None:
    """Fill JupyterLite's folder: the notebooks, Python for the browser, and the settings."""
    for chapter in chapters:
        target = paths.notebook_path(work / "content", chapter.name)
        target.parent.mkdir(parents=True)
        shutil.copyfile(paths.notebook_path(released, chapter.name), target)
    python = work / "static" / "pyodide"
    shutil.copytree(pyodide.fetch_pyodide(cache), python, ignore=shutil.ignore_patterns("*.map", "*.d.ts", "*.html"))
    course = build_wheel(python)
    wheels = {name: _wheel(name, version, cache) for name, (version, _) in pyodide.FROM_INDEX.items()}
    for wheel in wheels.values():
        shutil.copyfile(wheel, python / wheel.name)
    original = json.loads((python / "pyodide-lock.json").read_text(encoding="utf-8"))
    lock = pyodide.course_lock(original, course, wheels)
    if offline:
        pyodide.put_wheels_beside(lock, python, cache / "wheels")
    pyodide.write_lock(lock, python)
    _write_json(work / "jupyter_lite_config.json", _build_settings(wheels["comm"]))
    kernel = {"disablePyPIFallback": True}
    settings = {"appName": "Backpropagation, link by link", "litePluginSettings": {f"{KERNEL}:kernel": kernel}}
    _write_json(work / "jupyter-lite.json", {"jupyter-lite-schema-version": 0, "jupyter-config-data": settings})


def _build_settings(comm: Path) -> dict:
    """Return what ``jupyter lite build`` is told: these extensions and no other that is installed here."""
    installed = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
    return {
        "LiteBuildConfig": {
            "contents": ["content"],
            "ignore_sys_prefix": ["federated_extensions"],
            "federated_extensions": [str(installed / name) for name in EXTENSIONS],
        },
        "PipliteAddon": {"piplite_urls": [str(comm)]},
    }


def _wheel(name: str, version: str, cache: Path) -> Path:
    place = cache / "wheels"
    if not (found := sorted(place.glob(f"{name}-{version}-*.whl"))):
        pyodide.download_wheels([f"{name}=={version}"], place)
        found = sorted(place.glob(f"{name}-{version}-*.whl"))
    return found[0]


def _build(work: Path, site: Path) -> None:
    """Run ``jupyter lite build``; its own record of an older build would leave parts out, so both folders are new."""
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", str(work), "--output-dir", str(site)]
    environment = {**os.environ, "JUPYTERLITE_NO_JUPYTERLAB_SERVER": "1"}
    done = subprocess.run(command, cwd=work, env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SiteError(f"jupyter lite build failed: {(done.stderr or done.stdout)[-800:]}")


def _write_json(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
