"""Make what learners receive: the notebooks without their answers, and the ``gradcheck`` wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from nbgrader.converters import GenerateAssignment
from traitlets.config import Config

from autograder.course import paths
from autograder.gradebook.nbgrader_config import run_converter

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
    run_converter(GenerateAssignment, assignment, config, force=True)
    return paths.notebook_path(paths.ROOT / config.CourseDirectory.release_directory, assignment)


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
