"""Find out where the cells of a submission go in the released notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from autograder.course.limits import Limits
from autograder.submissions.definitions import names_defined
from autograder.submissions.intake import Cell, Refused, Submission, parse_notebook
from autograder.submissions.merged_cells import fill_stubs, without_empty_answers

_OTHER_NOTEBOOK = (
    "None of this assignment's exercises is in the notebook. Is it the notebook of another chapter? "
    "Hand in the one of this chapter."
)


@dataclass(frozen=True)
class Placement:
    """Where the source text of a submission goes in the released notebook. Nothing else of a submission is used."""

    solutions: Mapping[int, str]
    """Index of a released cell -> the learner's source for it."""
    extras: Sequence[tuple[int, str]]
    """Code cells that the release does not have: (index of the released cell that they follow, or -1; source)."""


def place_submission(
    raw: bytes | Refused, assignment: str, release: NotebookNode, limits: Limits
) -> Placement | Refused:
    """Return where the cells of the notebook file ``raw`` go in ``release``, or why it cannot be graded."""
    submission = raw if isinstance(raw, Refused) else parse_notebook(raw, assignment, limits)
    return submission if isinstance(submission, Refused) else place_cells(release, submission)


def place_cells(release: NotebookNode, submission: Submission) -> Placement | Refused:
    """Return where the cells of ``submission`` go in ``release``.

    A cell is recognized by its grade_id, else its cell id, else its text, else the name that it defines. Of several
    copies of a solution the first one that is more than the stub is the solution, and the others run where they
    stand. Cells that the release does not have run behind the released cell that precedes them.
    """
    index = _ReleaseIndex(release)
    found = [index.find(cell) for cell in submission.cells]
    if not any(at is not None and index.is_exercise(at) for at in found) and not any(
        names_defined(cell.source) & set(index.solutions) for cell in submission.cells
    ):
        return Refused(_OTHER_NOTEBOOK)
    best, spent = _choose_copies(index, submission.cells, found)
    extras = _extra_cells(index, submission.cells, found, best, spent)
    return _replace_stubs(index, {at: submission.cells[number].source for at, number in best.items()}, extras)


class _ReleaseIndex:
    """Finds cells of the release and returns their indices in it."""

    def __init__(self, release: NotebookNode) -> None:
        self.cells = release.cells
        self.solutions = {gid: i for i, gid, nb in self._graded() if nb.get("solution") and not nb.get("grade")}
        self.tests = {gid: i for i, gid, nb in self._graded() if nb.get("grade")}
        self._ids = {gid: i for i, gid, nb in self._graded()}
        self._cell_ids = {cell.get("id"): i for i, cell in enumerate(self.cells)}
        self._texts = {(cell.cell_type, _stripped(cell.source)): i for i, cell in enumerate(self.cells) if cell.source}

    def _graded(self) -> Iterable[tuple[int, str, Mapping[str, Any]]]:
        for i, cell in enumerate(self.cells):
            graded = cell.metadata.get("nbgrader")
            if graded:
                yield i, graded["grade_id"], graded

    def find(self, cell: Cell) -> int | None:
        """Return the index of the released cell that ``cell`` is, or None."""
        at = self._ids.get(cell.grade_id)
        if at is None and cell.cell_id:
            at = self._cell_ids.get(cell.cell_id)
        if at is None:
            at = self._texts.get((cell.kind, _stripped(cell.source)))
        return at

    def is_solution(self, at: int | None) -> bool:
        return at in self.solutions.values()

    def is_exercise(self, at: int) -> bool:
        return at in self.solutions.values() or at in self.tests.values()

    def is_unchanged(self, at: int, source: str) -> bool:
        return _stripped(source) == _stripped(self.cells[at].source)

    def test_of(self, name: str) -> int:
        return self.tests.get(f"test-{name}", len(self.cells))


def _choose_copies(
    index: _ReleaseIndex, cells: Sequence[Cell], found: Sequence[int | None]
) -> tuple[dict[int, int], set[int]]:
    """Return released solution -> the learner's cell for it, and the learner's cells that need not run besides."""
    copies: dict[int, list[int]] = {}
    for number, at in enumerate(found):
        if at is not None and index.is_solution(at):
            copies.setdefault(at, []).append(number)
    best: dict[int, int] = {}
    spent: set[int] = set()
    for name, at in index.solutions.items():
        mine = copies.get(at, [])
        worked = [n for n in mine if not index.is_unchanged(at, cells[n].source)]
        defining = [n for n in worked if name in names_defined(cells[n].source)]
        candidates = defining or worked or mine
        if candidates:
            best[at] = candidates[0]
        spent.update(n for n in mine if n == best[at] or n not in worked)
    return best, spent


def _extra_cells(
    index: _ReleaseIndex, cells: Sequence[Cell], found: Sequence[int | None], best: Mapping[int, int], spent: set[int]
) -> list[tuple[int, str]]:
    """Return the learner's other code cells, each with the index of the released cell that it follows."""
    extras: list[tuple[int, str]] = []
    behind = -1
    for number, (cell, at) in enumerate(zip(cells, found, strict=True)):
        if at is not None and (not index.is_solution(at) or best[at] == number):
            behind = at  # a further copy runs where the learner put it
        released = at is not None and (at in index.tests.values() or index.is_unchanged(at, cell.source))
        if cell.kind == "code" and number not in spent and not released and cell.source.strip():
            extras.append((behind, cell.source))
    return extras


def _replace_stubs(index: _ReleaseIndex, solutions: dict[int, str], extras: list[tuple[int, str]]) -> Placement:
    """Empty a solution cell that is still the stub if another cell of the learner's defines the name."""
    fill_stubs(index.solutions, index.test_of, index.is_unchanged, solutions, extras)
    names = index.solutions.keys()
    return Placement(
        {at: without_empty_answers(source, names) for at, source in solutions.items()},
        [(behind, without_empty_answers(source, names)) for behind, source in extras],
    )


def _stripped(source: str) -> str:
    """Return text without the spaces and empty lines that editors change."""
    return "\n".join(line.rstrip() for line in source.splitlines() if line.strip())
