"""Rebuild a clean notebook: the release, the learner's source text in it, and their other code cells in between."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.submissions.definitions import names_defined
from autograder.submissions.intake import Cell, Refused, Submission

EXTRA = "learner-cell-"
"""Cell ids of code cells that the release does not have."""
_OTHER_NOTEBOOK = (
    "None of this assignment's exercises is in the notebook. Is it the notebook of another chapter? "
    "Hand in the one of this chapter."
)


def rebuild(release: NotebookNode, submission: Submission) -> NotebookNode | Refused:
    """Return the notebook that is graded.

    A learner's cell is known by its grade_id, else its cell id, else its text, else the name that it defines. Of
    several copies of a solution the first that is more than the stub takes the solution's place, and the others run
    where they stand. So do cells that the release does not have: behind the last cell before them that it has.
    """
    places = _Places(release)
    homes = [places.find(cell) for cell in submission.cells]
    if not any(home is not None and places.is_exercise(home) for home in homes) and not any(
        names_defined(cell.source) & set(places.solutions) for cell in submission.cells
    ):
        return Refused(_OTHER_NOTEBOOK)
    chosen, extras = _sort(places, submission.cells, homes)
    return _assemble(release, chosen, extras)


class _Places:
    """Where a learner's cell belongs in the release; indices count its cells."""

    def __init__(self, release: NotebookNode) -> None:
        self.cells = release.cells
        self.solutions = {gid: i for i, gid, nb in self._graded() if nb.get("solution") and not nb.get("grade")}
        self.tests = {gid: i for i, gid, nb in self._graded() if nb.get("grade")}
        self._ids = {gid: i for i, gid, nb in self._graded()}
        self._cell_ids = {cell.get("id"): i for i, cell in enumerate(self.cells)}
        self._texts = {(cell.cell_type, _bare(cell.source)): i for i, cell in enumerate(self.cells) if cell.source}

    def _graded(self) -> Iterable[tuple[int, str, dict]]:
        for i, cell in enumerate(self.cells):
            graded = cell.metadata.get("nbgrader")
            if graded:
                yield i, graded["grade_id"], graded

    def find(self, cell: Cell) -> int | None:
        home = self._ids.get(cell.grade_id)
        if home is None and cell.cell_id:
            home = self._cell_ids.get(cell.cell_id)
        if home is None:
            home = self._texts.get((cell.kind, _bare(cell.source)))
        return home

    def is_exercise(self, home: int) -> bool:
        return home in self.solutions.values() or home in self.tests.values()

    def test_of(self, name: str) -> int:
        return self.tests.get(f"test-{name}", len(self.cells))


def _sort(
    places: _Places, cells: tuple[Cell, ...], homes: list[int | None]
) -> tuple[dict[int, str], list[tuple[int, str]]]:
    """Return the source of each solution (by its place) and the extra cells (place that they follow, source)."""
    copies: dict[int, list[int]] = {}
    for number, home in enumerate(homes):
        if home in places.solutions.values():
            copies.setdefault(home, []).append(number)
    chosen, taken, spent = {}, set(), set()
    for name, home in places.solutions.items():
        stub, mine = places.cells[home].source, copies.get(home, [])
        worked = [n for n in mine if _bare(cells[n].source) != _bare(stub)]
        defining = [n for n in worked if name in names_defined(cells[n].source)]
        best = (defining or worked or mine or [None])[0]
        if best is not None:
            chosen[home] = cells[best].source
            taken.add(best)
        spent.update(n for n in mine if n == best or n not in worked)
    extras, behind = [], -1
    for number, (cell, home) in enumerate(zip(cells, homes, strict=True)):
        if home is not None and (number in taken or home not in places.solutions.values()):
            behind = home  # the place of a copy is where the learner put it
        released = home is not None and (
            home in places.tests.values() or _bare(cell.source) == _bare(places.cells[home].source)
        )
        if cell.kind == "code" and number not in spent and not released and cell.source.strip():
            extras.append((behind, cell.source))
    return _without_stubs(places, chosen, extras)


def _without_stubs(
    places: _Places, chosen: dict[int, str], extras: list[tuple[int, str]]
) -> tuple[dict[int, str], list[tuple[int, str]]]:
    """Leave a stub out, or a rest without the name, where another cell of the learner's holds the solution."""
    for name, home in places.solutions.items():
        mine = chosen.get(home)
        stub = mine is None or _bare(mine) == _bare(places.cells[home].source)
        elsewhere = [n for n, (_, source) in enumerate(extras) if name in names_defined(source)]
        if stub and elsewhere:
            chosen[home] = ""
            if extras[elsewhere[0]][0] >= places.test_of(name):  # it stands too late to be judged at its place
                chosen[home] = extras.pop(elsewhere[0])[1]
    return chosen, extras


def _assemble(release: NotebookNode, chosen: dict[int, str], extras: list[tuple[int, str]]) -> NotebookNode:
    notebook = copy_release(release)
    for home, source in chosen.items():
        notebook.cells[home].source = source
    cells = []
    numbered = [(place, f"{EXTRA}{n}", source) for n, (place, source) in enumerate(extras, 1)]
    for place in range(-1, len(notebook.cells)):
        if place >= 0:
            cells.append(notebook.cells[place])
        cells += [new_code_cell(source, id=name) for behind, name, source in numbered if behind == place]
    notebook.cells = cells
    return notebook


def copy_release(release: NotebookNode) -> NotebookNode:
    """Return a copy whose cells can be filled: their metadata and outputs are its own."""
    cells = [NotebookNode(cell, metadata=copy.deepcopy(cell.metadata)) for cell in release.cells]
    for cell in cells:
        if "outputs" in cell:
            cell.outputs = list(cell.outputs)
    return NotebookNode(release, metadata=copy.deepcopy(release.metadata), cells=cells)


def _bare(source: str) -> str:
    """Return text without the spaces and empty lines that editors change."""
    return "\n".join(line.rstrip() for line in source.splitlines() if line.strip())
