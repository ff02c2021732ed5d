"""The last step of a release: the notebook runs to its end with empty stubs, and says what to do without gradcheck.

Neither the tag nor the added cell is part of what nbgrader's checksums cover, so its books stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course.edition import wheel_name

GO_ON = "raises-exception"
"""The tag for which JupyterLab, Notebook, VS Code, nbclient and JupyterLite run the next cell after an error."""
GUARD_ID = "gradcheck-is-here"
GUARD = """\
try:
    import gradcheck  # the course's own package: checks, hints, pictures
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "gradcheck, the package of this course, is not installed: put the "
        "file {wheel}, which came with the notebooks, "
        "beside this one, run  %pip install {wheel}  "
        "in a new cell, and restart the kernel (README.md has other ways)."
    ) from None"""


class PrepareForLearners(NbGraderPreprocessor):
    """Put the guard before the set-up cell, and let execution go on after every later code cell that fails."""

    def preprocess(self, nb: NotebookNode, resources: Mapping[str, Any]) -> tuple[NotebookNode, Mapping[str, Any]]:
        """Return the notebook as learners get it; without the set-up cell nothing can run, so that one stops."""
        code = [cell for cell in nb.cells if cell.cell_type == "code"]
        for cell in code[1:]:
            cell.metadata["tags"] = sorted({*cell.metadata.get("tags", ()), GO_ON})
        if code:
            locked = {"deletable": False, "editable": False}
            guard = new_code_cell(GUARD.format(wheel=wheel_name()), id=GUARD_ID, metadata=locked)
            nb.cells.insert(nb.cells.index(code[0]), guard)
        return nb, resources
