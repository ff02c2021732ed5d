"""The bundle holds what a learner needs on any system, and nothing that learners must not see."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path, PurePosixPath

import pytest
import yaml
from packaging.requirements import Requirement

from autograder.authoring import pins
from autograder.authoring.bundle import NAME, build_bundle
from autograder.course import paths
from autograder.course.edition import wheel_name
from tests.project.test_leaks import MARKERS, code_lines, regions

ASSIGNMENTS = paths.assignments(paths.NOTEBOOKS)
RESERVED = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.IGNORECASE)
"""What Windows forbids in the name of a file."""


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place with spaces and umlauts, with the bundle in it."""
    place = tmp_path_factory.mktemp("dist") / "Übung (für Zoë) 李"
    build_bundle(place)
    return place


@pytest.fixture(scope="module")
def archive(dist: Path) -> dict[str, bytes]:
    """Name -> content of every file of the zip, and of the wheel in it."""
    with zipfile.ZipFile(dist / f"{NAME}.zip") as zipped:
        found = {name: zipped.read(name) for name in zipped.namelist()}
    with zipfile.ZipFile(dist / NAME / wheel_name()) as wheel:
        return found | {f"wheel/{name}": wheel.read(name) for name in wheel.namelist()}


def test_the_archive_is_the_folder(dist: Path, archive: dict[str, bytes]) -> None:
    folder = {path.relative_to(dist).as_posix(): path.read_bytes() for path in dist.rglob("*") if path.is_file()}
    del folder[f"{NAME}.zip"]
    assert {name: data for name, data in archive.items() if not name.startswith("wheel/")} == folder


def test_the_archive_holds_these_files_and_no_other(archive: dict[str, bytes]) -> None:
    expected = {".gitignore", "README.md", "environment.yml", "pyproject.toml", "requirements.txt", wheel_name()}
    expected |= {f"notebooks/{name}/{name}.ipynb" for name in ASSIGNMENTS}
    expected |= {"LICENSE"} if (paths.ROOT / "LICENSE").exists() else set()
    files = {name.removeprefix(f"{NAME}/") for name in archive if not name.startswith("wheel/")}
    assert files == expected
    assert {PurePosixPath(name).parts[1] for name in archive if name.startswith("wheel/")} <= {
        "gradcheck",
        wheel_name().removesuffix("-py3-none-any.whl") + ".dist-info",
    }


def test_no_answer_no_hidden_test_and_nothing_of_the_grader_is_in_the_archive(archive: dict[str, bytes]) -> None:
    texts = {name: data.decode("utf-8") for name, data in archive.items() if not name.endswith(".whl")}
    assert not [(name, word) for name, text in texts.items() for word in MARKERS if word in text]
    secret = [line for name in ASSIGNMENTS for kind in ("SOLUTION", "HIDDEN TESTS") for line in regions(name, kind)]
    assert secret
    assert not [(name, line) for name, text in texts.items() for line in secret if line in code_lines(text)]


def test_no_path_of_this_machine_and_no_address_of_a_registry_is_in_the_archive(archive: dict[str, bytes]) -> None:
    places = (str(paths.ROOT).encode(), str(Path.home()).encode() + b"/", b"file://", b"files.pythonhosted.org")
    assert not [(name, place) for name, data in archive.items() for place in places if place in data]


def test_windows_can_unpack_every_name(archive: dict[str, bytes]) -> None:
    names = [PurePosixPath(name) for name in archive]
    assert not [name for name in names if any(RESERVED.search(part) for part in name.parts)]
    assert len({str(name).lower() for name in names}) == len(names)
    assert max(len(str(name)) for name in names) < 140  # of 260, with the learner's own folders before it


def test_the_same_sources_give_the_same_bytes(dist: Path, tmp_path: Path) -> None:
    build_bundle(tmp_path)
    assert (tmp_path / f"{NAME}.zip").read_bytes() == (dist / f"{NAME}.zip").read_bytes()


def test_one_chapter_alone_has_no_dead_link(tmp_path: Path) -> None:
    first = ASSIGNMENTS[0]
    folder = build_bundle(tmp_path, [first])
    assert [path.name for path in (folder / "notebooks").iterdir()] == [first]
    text = paths.notebook_path(folder / "notebooks", first).read_text(encoding="utf-8")
    linked = re.findall(r"\]\((\.\./[^)]+)\)", text)
    assert not [link for link in linked if not (folder / "notebooks" / first / link).exists()]
    cells = json.loads(text)["cells"]
    assert f"{ASSIGNMENTS[1]}.ipynb" not in json.dumps(cells)


def test_a_chapter_that_was_not_released_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not released: 99-nothing"):
        build_bundle(tmp_path, ["99-nothing"])
    assert not list(tmp_path.iterdir())


def test_building_again_keeps_the_repository_and_drops_what_is_old(tmp_path: Path) -> None:
    folder = build_bundle(tmp_path, ASSIGNMENTS[:1])
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("an instructor's")
    (folder / "old.txt").touch()
    build_bundle(tmp_path, ASSIGNMENTS[:2])
    assert (folder / ".git" / "config").read_text() == "an instructor's"
    assert not (folder / "old.txt").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [NAME, f"{NAME}.zip"]


def test_pip_conda_and_uv_get_the_same_versions_and_they_are_those_of_the_lock(dist: Path) -> None:
    folder = dist / NAME
    wheel, *lines = [
        line for line in (folder / "requirements.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"
    ]
    assert wheel == f"./{wheel_name()}"
    lock = (paths.ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert set(lines) <= set(lock)
    assert {"numpy", "matplotlib", "jupyterlab", "ipywidgets", "ipykernel", "pywinpty", "colorama", "appnope"} <= {
        Requirement(line).name for line in lines
    }
    assert not {"nbgrader", "pytest", "sqlalchemy"} & {Requirement(line).name for line in lines}
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["uv"]["constraint-dependencies"] == lines
    assert project["tool"]["uv"]["sources"]["gradcheck"]["path"] == wheel_name()
    conda = yaml.safe_load((folder / "environment.yml").read_text(encoding="utf-8"))
    root = yaml.safe_load((paths.ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert conda["dependencies"] == [root["dependencies"][0], "pip", {"pip": ["-r requirements.txt"]}]


def test_what_a_learners_package_needs_is_pinned_too() -> None:
    lock = (paths.ROOT / "requirements.lock").read_text(encoding="utf-8")
    names = {Requirement(line).name for line in pins.learner_pins(lock, ["matplotlib"])}
    assert {"matplotlib", "numpy", "contourpy", "pillow", "python-dateutil", "cycler"} <= names
    assert "jupyterlab" not in names
    with pytest.raises(ValueError, match="does not hold nonsense"):
        pins.learner_pins(lock, ["nonsense"])


def test_every_link_of_the_readme_leads_to_a_file(dist: Path) -> None:
    readme = (dist / NAME / "README.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\((?!https)([^)]+)\)", readme)
    assert len(linked) == len(ASSIGNMENTS)
    assert all((dist / NAME / link).is_file() for link in linked)
    assert len(readme.splitlines()) < 70, "one page"
    assert "$" not in readme


def test_the_wheel_checks_a_notebook_from_a_folder_with_spaces_and_umlauts(dist: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Mein Kurs ä"
    shutil.copytree(dist / NAME, folder)
    code = "import sys; sys.path.insert(0, sys.argv[1]); from gradcheck.chapters.single_neuron import check\n"
    code += "def loss(a, y): return 0.5 * (a - y) ** 2\ncheck(loss)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, str(folder / wheel_name())], cwd=folder, check=True, capture_output=True
    )
    assert b"[ok] loss is correct" in done.stdout
