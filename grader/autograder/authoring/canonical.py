"""Bring a solution notebook into the one form in which it is committed."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from autograder.authoring.exercise_cells import write_points

CELL_TIMEOUT_S = 60
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
ID_LENGTH = 48
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RANDOM = re.compile(r"[0-9a-f]{8}(-|$)")  # what JupyterLab and nbformat make up
KEPT_METADATA = ("nbgrader", "tags")


def execute_notebook(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """Run all cells in order in a fresh kernel, as if opened in ``folder``; return the notebook with its outputs."""
    client = NotebookClient(
        notebook, timeout=CELL_TIMEOUT_S, kernel_name=KERNEL["name"], resources={"metadata": {"path": str(folder)}},
        coalesce_streams=True, store_widget_state=False,
    )  # fmt: skip
    return client.execute()


def canonical(notebook: NotebookNode) -> NotebookNode:
    """Return a copy with clean metadata, no execution counts, and cell ids that say what a cell is."""
    result = nbformat.from_dict(notebook)
    result.nbformat, result.nbformat_minor = 4, 5
    result.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    taken: set[str] = set()
    for cell in result.cells:
        cell.metadata = {key: cell.metadata[key] for key in KEPT_METADATA if cell.metadata.get(key)}
        cell.source = "\n".join(line.rstrip() for line in cell.source.splitlines()).strip("\n")
        cell.id = _unique(_slug(cell), taken)
        if cell.cell_type == "code":
            cell.execution_count = None
            cell.outputs = [_clean(output) for output in cell.outputs]
    return nbformat.from_dict(result)


def notebook_text(notebook: NotebookNode) -> str:
    """Return the file's content: one form of indentation, one newline at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # nbformat only warns where it has to mend
        nbformat.validate(notebook)
    return nbformat.writes(notebook, indent=1).rstrip("\n") + "\n"


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook of ours."""
    return nbformat.read(path, as_version=4)


def rewrite_notebook(path: Path, points: Mapping[str, float] | None = None) -> bool:
    """Execute the notebook at ``path`` and write its canonical form; tell whether the file changed.

    ``points`` are those of the declarations, exercise -> points: they are written into tests cells and texts.
    """
    before = path.read_text(encoding="utf-8")
    notebook = read_notebook(path)
    write_points(notebook, points or {})
    after = notebook_text(canonical(execute_notebook(notebook, path.parent)))
    if after != before:
        path.write_text(after, encoding="utf-8")
    return after != before


def _clean(output: NotebookNode) -> NotebookNode:
    """Drop what differs between runs: execution counts, and the state of widgets, which needs a running kernel."""
    if output.output_type == "execute_result":
        output.execution_count = None
    if "data" in output:
        output.metadata = {}
        output.data = {kind: value for kind, value in output.data.items() if "widget" not in kind}
    return output


def _slug(cell: NotebookNode) -> str:
    """Return the grade_id of a cell, else the id that its author gave it, else its first words."""
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
    given = cell.get("id", "")
    if grade_id or (_NAME.fullmatch(given) and not _RANDOM.match(given)):
        return grade_id or given
    lines = [line for line in cell.source.splitlines() if re.search(r"\w", line)]
    heading = next((line for line in lines if line.startswith("#")), lines[0] if lines else "empty")
    words = re.findall(r"[a-z0-9]+", re.sub(r"\$[^$]*\$", " ", heading).lower())
    slug = "-".join(words)[:ID_LENGTH].strip("-")
    return slug or cell.cell_type


def _unique(slug: str, taken: set[str]) -> str:
    name, number = slug, 1
    while name in taken:
        number += 1
        name = f"{slug}-{number}"
    taken.add(name)
    return name
