"""Where everything lies: the one module that knows the names of folders and files."""

from __future__ import annotations

import re
from pathlib import Path

COURSE_ID = "backprop"
"""The course's name in nbgrader's books."""
ROOT = Path(__file__).resolve().parents[3]
SOLUTIONS = ROOT / "solutions"
NOTEBOOKS = ROOT / "notebooks"
WORK = ROOT / "work"
DIST = ROOT / "dist"
"""What learners get: the bundle and the site."""
GRADCHECK = ROOT / "grader" / "gradcheck"
SAMPLES = ROOT / "grader" / "autograder" / "authoring" / "samples"
ANSWERS = ROOT / "grader" / "tests" / "answers"
"""Wrong and right answers to every exercise, by which the engine is tested."""
TEMPLATES = ROOT / "grader" / "autograder" / "reporting" / "templates"
LAB_CONFIG = ROOT / "grader" / "autograder" / "cli" / "lab_config"
"""JupyterLab for learners: no news, and not nbgrader's Validate, for which all that does not raise is right."""
LEARNER_PYTHON = ROOT / ".venv-learner" / "bin" / "python"

_ASSIGNMENT = re.compile(r"\d\d-[a-z0-9-]+")


def notebook_path(folder: Path, assignment: str) -> Path:
    """Return the place of an assignment's notebook below ``folder``."""
    return folder / assignment / f"{assignment}.ipynb"


def assignments(folder: Path = SOLUTIONS) -> tuple[str, ...]:
    """Return the assignments whose notebook exists below ``folder``, in teaching order."""
    names = sorted(path.name for path in folder.glob("*") if _ASSIGNMENT.fullmatch(path.name))
    return tuple(name for name in names if notebook_path(folder, name).is_file())
