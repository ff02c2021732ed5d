"""The learner's bundle: one folder, and the same as a zip file, with all that a learner needs and nothing else."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from autograder.authoring.pins import learner_pins
from autograder.authoring.release import build_wheel
from autograder.course import paths
from autograder.course.edition import course_version, requires_python, wheel_name

NAME = "backprop-learner"
TEMPLATES = Path(__file__).parent / "bundle_files"
STAMP = (2020, 1, 1, 0, 0, 0)
"""The time of every entry of the zip: the same content gives the same bytes."""
_LINK = re.compile(r"\[([^\]]+)\]\(\.\./(\d\d-[a-z0-9-]+)/\2\.ipynb\)")


@dataclass(frozen=True)
class ReleasedChapter:
    """What the first pages say of a chapter."""

    name: str
    title: str
    points: float


def build_bundle(dist: Path, assignments: Sequence[str] = (), released: Path = paths.NOTEBOOKS) -> Path:
    """Write ``dist/backprop-learner/`` and ``dist/backprop-learner.zip`` and return the folder.

    ``assignments`` are the chapters that go in, all of ``released`` if none is named. An older bundle is replaced
    only when the new one is whole; a ``.git`` in it stays, because the folder may have been published.
    Raises ValueError for a chapter that has not been released.
    """
    there = paths.assignments(released)
    unknown = sorted(set(assignments) - set(there))
    if unknown or not there:
        raise ValueError(f"not released: {', '.join(unknown) or 'any chapter'}; run: course release")
    chosen = [name for name in there if name in assignments or not assignments]
    dist.mkdir(parents=True, exist_ok=True)
    folder = dist / NAME
    with tempfile.TemporaryDirectory(dir=dist) as aside:
        new = Path(aside) / NAME
        _fill(new, chosen, released)
        _write_zip(new, Path(aside) / f"{NAME}.zip")
        if (folder / ".git").exists():
            shutil.move(folder / ".git", new / ".git")
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
        (Path(aside) / f"{NAME}.zip").replace(dist / f"{NAME}.zip")
    return folder


def edition(folder: Path) -> str:
    """Return the version of the course and a mark that changes with any notebook in ``folder`` and with gradcheck."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.ipynb")):
        digest.update(path.read_bytes())
    for path in sorted(paths.GRADCHECK.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.read_bytes())
    return f"{course_version()} ({digest.hexdigest()[:8]})"


def read_chapters(folder: Path) -> list[ReleasedChapter]:
    """Return the chapters below ``folder``, in teaching order."""
    chapters = []
    for name in paths.assignments(folder):
        cells = json.loads(paths.notebook_path(folder, name).read_text(encoding="utf-8"))["cells"]
        title = "".join(cells[0]["source"]).splitlines()[0].removeprefix("# ")
        points = sum(cell["metadata"].get("nbgrader", {}).get("points", 0) for cell in cells)
        chapters.append(ReleasedChapter(name, title, points))
    return chapters


def _fill(folder: Path, chosen: Sequence[str], released: Path) -> None:
    for name in chosen:
        target = paths.notebook_path(folder / "notebooks", name)
        target.parent.mkdir(parents=True)
        text = paths.notebook_path(released, name).read_text(encoding="utf-8")
        _write(target, _without_dead_links(text, chosen))
    build_wheel(folder)
    if (paths.ROOT / "LICENSE").is_file():
        shutil.copyfile(paths.ROOT / "LICENSE", folder / "LICENSE")
    words = _words(folder)
    for template in TEMPLATES.glob("*.in"):
        _write(
            folder / template.name.removesuffix(".in"), Template(template.read_text(encoding="utf-8")).substitute(words)
        )


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _words(folder: Path) -> dict[str, str]:
    """Return what the templates leave open."""
    chapters = read_chapters(folder / "notebooks")
    pins = learner_pins((paths.ROOT / "requirements.lock").read_text(encoding="utf-8"))
    conda = (paths.ROOT / "environment.yml").read_text(encoding="utf-8")
    number = f"{len(chapters)} chapters" if len(chapters) > 1 else "One chapter"
    rows = [f"| [{c.title}](notebooks/{c.name}/{c.name}.ipynb) | {c.points:g} |" for c in chapters]
    return {
        "title": "Backpropagation, link by link",
        "number": number,
        "points": f"{sum(chapter.points for chapter in chapters):g}",
        "edition": edition(folder),
        "version": course_version(),
        "python": requires_python(),
        "wheel": wheel_name(),
        "minor": re.findall(r"python=([\d.]+)", conda)[0],
        "first": f"notebooks/{chapters[0].name}/{chapters[0].name}.ipynb",
        "chapters": "\n".join(["| chapter | points |", "|---|---|", *rows]),
        "constraints": "\n".join(f"    {json.dumps(pin)}," for pin in pins),
        "pins": "\n".join(pins),
    }


def _without_dead_links(text: str, chosen: Sequence[str]) -> str:
    """Return a notebook whose links to chapters that do not come along are plain words; locked text stays as it is."""
    notebook: dict[str, Any] = json.loads(text)
    changed = False
    for cell in notebook["cells"]:
        if "nbgrader" in cell["metadata"] or cell["cell_type"] != "markdown":
            continue
        source = "".join(cell["source"])
        mended = _LINK.sub(lambda link: link[0] if link[2] in chosen else link[1], source)
        if mended != source:
            cell["source"], changed = mended.splitlines(keepends=True), True
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n" if changed else text


def _write_zip(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), STAMP)
                entry.external_attr = 0o644 << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
