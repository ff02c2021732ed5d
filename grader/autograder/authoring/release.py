"""Make what learners receive: the notebooks without their answers, and the ``gradcheck`` wheel."""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from nbgrader.converters import GenerateAssignment
from traitlets.config import Config

from autograder.authoring.release_agreement import require_agreement
from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.gradebook.nbgrader_config import run_converter
from autograder.gradebook.owner import claim_gradebook
from autograder.gradebook.patches import apply_patches

_STAMP = "1577836800"
"""The time of every file in the wheel, in seconds since 1970: the same sources give the same bytes."""
_WHEEL_PROJECT = """
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "gradcheck"
version = "{version}"
description = "Checks, hints and pictures for the course on backpropagation"
requires-python = "{python}"
dependencies = {dependencies}
[tool.setuptools]
packages = {packages}
[tool.setuptools.package-data]
"*" = ["*"]
"""


def release_assignment(assignment: str, config: Config) -> Path:
    """Let nbgrader make one assignment's notebook and note its cells in the gradebook; return the notebook."""
    folder = paths.SOLUTIONS / assignment
    others = sorted(path.name for path in folder.iterdir() if path != paths.notebook_path(paths.SOLUTIONS, assignment))
    others = [name for name in others if name != ".ipynb_checkpoints"]
    if others:
        raise ValueError(f"solutions/{assignment} also holds {', '.join(others)}, and nbgrader would release that too")
    require_agreement(assignment)
    apply_patches()
    claim_gradebook(Classroom((paths.ROOT / config.CourseDirectory.submitted_directory).resolve().parent))
    released = paths.ROOT / config.CourseDirectory.release_directory
    with tempfile.TemporaryDirectory(prefix=".release-", dir=_made(released)) as name:  # a failure leaves the old one
        aside = copy.deepcopy(config)
        aside.CourseDirectory.release_directory = os.path.relpath(name, paths.ROOT)
        run_converter(GenerateAssignment, assignment, aside, force=True)
        _exchange(Path(name) / assignment, released / assignment)
    return paths.notebook_path(released, assignment)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _exchange(new: Path, place: Path) -> None:
    """Put a folder in the place of another one."""
    old = new.with_name(f"{new.name}.old")
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise


def build_wheel(target: Path) -> Path:
    """Build the wheel of ``gradcheck`` alone into ``target`` and return it."""
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needs = [line for line in project["dependencies"] if line.startswith(("numpy", "matplotlib"))]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        package = folder / "gradcheck"
        shutil.copytree(paths.GRADCHECK, package, ignore=shutil.ignore_patterns("__pycache__"))
        packages = [".".join(p.parent.relative_to(folder).parts) for p in sorted(package.rglob("__init__.py"))]
        text = _WHEEL_PROJECT.format(
            version=project["version"], python=project["requires-python"], dependencies=needs, packages=packages
        )
        (folder / "pyproject.toml").write_text(text, encoding="utf-8")
        target.mkdir(parents=True, exist_ok=True)
        build = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"
        command = [sys.executable, "-c", build, str(target.resolve())]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": _STAMP}
        done = subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True)
    return target / done.stdout.split()[-1]
