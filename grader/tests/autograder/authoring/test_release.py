"""What learners receive is made from the solutions, and from nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder.authoring.release import build_wheel
from autograder.course import paths

if TYPE_CHECKING:
    from tests.autograder.school import School


@pytest.mark.parametrize("assignment", paths.assignments())
def test_making_a_notebook_again_gives_the_committed_bytes(assignment: str, empty_school: School) -> None:
    committed = paths.notebook_path(paths.NOTEBOOKS, assignment).read_bytes()
    assert empty_school.release(assignment).read_bytes() == committed, "run: make release"
    assert empty_school.release(assignment).read_bytes() == committed
    folder = empty_school.released / assignment
    assert [path.name for path in folder.iterdir()] == [f"{assignment}.ipynb"]


def test_there_is_one_notebook_for_each_solution_and_nothing_else() -> None:
    files = {path.relative_to(paths.NOTEBOOKS) for path in paths.NOTEBOOKS.rglob("*") if path.is_file()}
    files = {path for path in files if ".ipynb_checkpoints" not in path.parts}
    assert files == {Path(name, f"{name}.ipynb") for name in paths.assignments()}


def test_another_file_beside_a_solution_is_not_released(
    empty_school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "solutions" / "01-single-neuron"
    folder.mkdir(parents=True)
    (folder / "01-single-neuron.ipynb").write_bytes(b"{}")
    (folder / "01-single-neuron.md").write_text("all the answers")
    monkeypatch.setattr(paths, "SOLUTIONS", tmp_path / "solutions")
    with pytest.raises(ValueError, match=r"also holds 01-single-neuron\.md"):
        empty_school.release("01-single-neuron")


def test_the_wheel_holds_gradcheck_whole_and_alone(tmp_path: Path) -> None:
    wheel = build_wheel(tmp_path)
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        (about,) = (archive.read(name).decode() for name in archive.namelist() if name.endswith("/METADATA"))
    assert re.findall(r"^Requires-Python: (.*)$", about, re.MULTILINE) == [">=3.11"], "no newest Python"
    ours = {path for path in paths.GRADCHECK.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert names == {str(path.relative_to(paths.GRADCHECK.parent)) for path in ours}
    code = "import gradcheck, sys; assert 'matplotlib' not in sys.modules; print(gradcheck.__file__)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env={"PYTHONPATH": str(wheel)}, check=True, capture_output=True, text=True)
    assert str(wheel) in done.stdout
