"""Rebuild a clean notebook: the release with the learner's source text, and their other code cells in between."""

from __future__ import annotations

import copy

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.submissions.placement import Placement

EXTRA = "learner-cell-"
"""Prefix of the ids of code cells that the release does not have."""


def rebuild(release: NotebookNode, placement: Placement) -> NotebookNode:
    """Return the notebook that is graded and shown."""
    notebook = copy_release(release)
    for at, source in placement.solutions.items():
        notebook.cells[at].source = source
    extras: dict[int, list[NotebookNode]] = {}
    for number, (behind, source) in enumerate(placement.extras, 1):
        extras.setdefault(behind, []).append(new_code_cell(source, id=f"{EXTRA}{number}"))
    cells = extras.get(-1, [])
    for at, cell in enumerate(notebook.cells):
        cells += [cell, *extras.get(at, [])]
    notebook.cells = cells
    return notebook


def copy_release(release: NotebookNode) -> NotebookNode:
    """Return a copy whose cells can be filled: their metadata and outputs are its own."""
    cells = [NotebookNode(cell, metadata=copy.deepcopy(cell.metadata)) for cell in release.cells]
    for cell in cells:
        if "outputs" in cell:
            cell.outputs = list(cell.outputs)
    return NotebookNode(release, metadata=copy.deepcopy(release.metadata), cells=cells)
