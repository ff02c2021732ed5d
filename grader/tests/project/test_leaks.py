"""Nothing that a learner receives holds an answer, a hidden test or a secret."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.authoring.canonical import read_notebook
from autograder.authoring.release import build_wheel
from autograder.course import paths

MARKERS = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN", "END HIDDEN", "autograder", "examine(", "hmac", "secret")
SHORTEST = 9
"""Lines with fewer characters than this ("a = z") are anybody's."""
COMMON = re.compile(r"\w+=[\w.]+\([\w.,]*\)|for\w+inrange\(\w+\):")
"""So are calls of something by its name ("grad = np.zeros(p.shape)") and heads of loops ("for i in range(m):")."""


def received(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of everything that a learner gets."""
    for path in sorted(paths.NOTEBOOKS.rglob("*.ipynb")):
        yield path.name, path.read_text(encoding="utf-8")
    with zipfile.ZipFile(build_wheel(folder)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name).decode("utf-8")


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Name -> text of everything that a learner gets."""
    return dict(received(tmp_path_factory.mktemp("wheel")))


def regions(assignment: str, kind: str) -> list[str]:
    """Return the lines that stand between BEGIN and END of ``kind``, without spaces and comments."""
    cells = read_notebook(paths.notebook_path(paths.SOLUTIONS, assignment)).cells
    source = "\n".join(cell.source for cell in cells)
    found = re.findall(rf"### BEGIN {kind}\n(.*?)### END {kind}", source, re.DOTALL)
    lines = (bare(line) for text in found for line in text.splitlines())
    return [line for line in lines if len(line) >= SHORTEST and not COMMON.fullmatch(line)]


def bare(line: str) -> str:
    """Return a line of code without spaces and without its comment."""
    return re.sub(r"\s+", "", line.split("  #")[0])


def code_lines(text: str) -> set[str]:
    """Return all lines of a notebook's cells, or of a file."""
    if text.startswith("{"):
        text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "code")
    return {bare(line) for line in text.splitlines()}


def test_no_marker_and_nothing_of_the_grader_goes_out(everything: dict[str, str]) -> None:
    found = [(name, word) for name, text in everything.items() for word in MARKERS if word in text]
    assert not found


@pytest.mark.parametrize("assignment", paths.assignments())
@pytest.mark.parametrize("kind", ["SOLUTION", "HIDDEN TESTS"])
def test_no_line_of_a_solution_or_a_hidden_test_goes_out(
    assignment: str, kind: str, everything: dict[str, str]
) -> None:
    lines = regions(assignment, kind)
    assert lines, "the gate has nothing to look for"
    found = [(name, line) for name, text in everything.items() for line in lines if line in code_lines(text)]
    assert not found


@pytest.mark.parametrize("assignment", paths.assignments(paths.NOTEBOOKS))
def test_a_released_notebook_has_no_output_and_every_stub_is_empty(assignment: str) -> None:
    cells = read_notebook(paths.notebook_path(paths.NOTEBOOKS, assignment)).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    solutions = [cell for cell in code if cell.metadata.get("nbgrader", {}).get("solution")]
    assert solutions
    assert all("raise NotImplementedError()" in cell.source for cell in solutions)


def test_the_gate_sees_a_leak(everything: dict[str, str]) -> None:
    line = regions(paths.assignments()[0], "SOLUTION")[0]
    planted = json.dumps({"cells": [{"cell_type": "code", "source": ["x = 1\n", f"    {line}  # a comment"]}]})
    assert line in code_lines(planted)
