"""JupyterLab on a working copy of the notebooks."""

from __future__ import annotations

import os
import shutil
import sys
from typing import NoReturn

from autograder.course import paths


def open_lab(arguments: list[str]) -> NoReturn:
    """Open JupyterLab on a working copy of the notebooks; work that is there already is never overwritten."""
    for assignment in paths.assignments(paths.NOTEBOOKS):
        source, target = (paths.notebook_path(folder, assignment) for folder in (paths.NOTEBOOKS, paths.WORK))
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    os.chdir(paths.WORK)
    path = os.pathsep.join(filter(None, (str(paths.LAB_CONFIG), os.environ.get("JUPYTER_CONFIG_PATH"))))
    root = ["--allow-root"] if os.geteuid() == 0 else []  # in a container; JupyterLab would refuse
    command = [sys.executable, "-m", "jupyterlab", *root, *arguments]
    os.execve(sys.executable, command, {**os.environ, "JUPYTER_CONFIG_PATH": path})
