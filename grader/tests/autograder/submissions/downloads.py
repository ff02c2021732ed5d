"""Made-up downloads of each platform, and notebooks to put into them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from autograder.course import paths

FIRST, SECOND = "01-single-neuron", "02-cost-vs-loss"
NOON = (2026, 3, 1, 12, 0, 0)


def notebook(assignment: str = FIRST, note: str = "") -> bytes:
    """Return an untouched notebook of a chapter, with a note in it that tells it from others."""
    content = json.loads(paths.notebook_path(paths.NOTEBOOKS, assignment).read_bytes())
    content["cells"].append({"cell_type": "markdown", "id": "note", "metadata": {}, "source": note})
    return json.dumps(content).encode()


def note(path: Path) -> str:
    """Return the note of a notebook that was collected."""
    return json.loads(path.read_bytes())["cells"][-1]["source"]


def zipped(path: Path, files: Mapping[str, bytes], when: tuple = NOON) -> Path:
    """Write a zip file."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in files.items():
            archive.writestr(zipfile.ZipInfo(name, when), raw)
    return path


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return a zip file's bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, raw in files.items():
            archive.writestr(zipfile.ZipInfo(name, NOON), raw)
    return target.getvalue()
