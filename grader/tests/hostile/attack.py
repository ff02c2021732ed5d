"""What a hostile submission is made of, and what it deserves."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder.authoring.canonical import read_notebook
from autograder.authoring.sample_class import reference_solutions
from autograder.course import paths

STUB, SOLUTION = "stub", "solution"


@dataclass(frozen=True)
class Attack:
    """One learner's attempt, on top of the released notebook."""

    name: str
    source: str = ""
    """A cell of its own, in front of the first exercise."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """Exercise -> what stands in its cell; all others hold the stub, or the solution."""
    start: str = STUB
    spoil: Callable[[dict], object] | None = None
    """What it does to the notebook, before that becomes a file."""
    write: Callable[[Path, bytes], object] | None = None
    """How it lies in its folder, where it is more or less than an ordinary file."""
    loses: tuple[str, ...] = ()
    """Exercises of a solved notebook that deserve nothing."""
    status: str = "graded"
    at_own_risk: bool = False
    """Whether its own processes may cost it marks: when they are looked at, one of its answers may be on the way."""

    def deserves(self, points: Mapping[str, float]) -> float:
        """Return the points that honest work in this notebook is worth."""
        if self.status == "refused" or self.start == STUB:
            return 0.0
        return sum(worth for name, worth in points.items() if name not in self.loses)

    def hand_in(self, folder: Path, assignment: str, released: Path, places: Mapping[str, str]) -> None:
        """Put the submission into its folder; words of ``places`` in its code become names of this machine."""
        notebook = read_notebook(paths.notebook_path(released, assignment))
        solved = reference_solutions(assignment) if self.start == SOLUTION else {}
        sources = solved | dict(self.answers)
        for cell in notebook.cells:
            cell.source = sources.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
        plain = json.loads(json.dumps(notebook))
        if self.source:
            first = next(i for i, cell in enumerate(plain["cells"]) if "nbgrader" in cell["metadata"])
            plain["cells"].insert(first, code(self.source))
        if self.spoil:
            plain = self.spoil(plain) or plain
        text = json.dumps(plain)
        for word, name in places.items():
            text = text.replace(word, name)
        folder.mkdir(parents=True)
        write = self.write or ordinary
        write(folder / f"{assignment}.ipynb", text.encode())


def ordinary(path: Path, raw: bytes) -> None:
    """Write the file as it should be."""
    path.write_bytes(raw)


def code(source: str, **more: object) -> dict:
    """Return a code cell of a learner's own."""
    return {"cell_type": "code", "id": "own", "metadata": {}, "outputs": [], "execution_count": None, "source": source} | more


def graded_cells(notebook: dict, kind: str) -> list[dict]:
    """Return the cells whose nbgrader metadata say that they are of a kind: grade, solution or locked."""
    return [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get(kind)]
