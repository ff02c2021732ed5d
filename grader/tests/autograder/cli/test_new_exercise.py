"""A new exercise, with a loss that the course does not know, from the first command until nothing is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.cli.main import main
from autograder.course import paths

CHAPTER, NAME = "02-cost-vs-loss", "mean_distance"
NEW = ("new-exercise", CHAPTER, NAME)
SAID = (
    *("--points", "3", "--after", "cost", "--steps", "L = distance(A, Y); J = mean(L)"),
    *("--inputs", "A: m; Y: m", "--returns", "J = J"),
)
RELU = ("--points", "1", "--steps", "a = relu(z); S = total(a)", "--returns", "slope = dz")
OPERATION = """        Op(
            "distance",
            Kind.LOSS,
            lambda a, y: np.abs(a - y),
            (lambda d_out, loss, a, y: d_out * np.sign(a - y),),
            word="loss",
            mask=lambda a, y: np.greater(a, y),
            decides=_loss_decides,
        ),
"""
WRONG = f"# %% {NAME}: sum-not-mean | summed\ndef {NAME}(A, Y):\n    return np.sum(np.abs(A - Y))\n"
JUDGED = f"""
import numpy as np
from autograder.grading.hidden_suite import judge_exercise
from gradcheck.caller import LocalCaller
for function in (lambda A, Y: np.mean(abs(A - Y)), lambda A, Y: np.sum(abs(A - Y)), lambda A, Y: np.mean((A - Y) ** 2)):
    found = judge_exercise("{CHAPTER}", "{NAME}", LocalCaller({{"{NAME}": function}}), b"secret")
    print(found.points, *found.diagnosis)
"""


SLOPES = f"""
import numpy as np
from autograder.grading.hidden_suite import judge_exercise
from gradcheck.caller import LocalCaller
def slopes(A, Y):
    return np.sign(A - Y) / len(A)
print(judge_exercise("{CHAPTER}", "distance_slopes", LocalCaller({{"distance_slopes": slopes}}), b"secret").points)
"""


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the files of the course that an author works with, in a folder of their own."""
    place = tmp_path_factory.mktemp("clone")
    for part in ("grader/gradcheck", "grader/autograder", "grader/tests/answers", "solutions", "notebooks"):
        shutil.copytree(paths.ROOT / part, place / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(paths.ROOT / "README.md", place)
    return place


def run(clone: Path, *command: str) -> tuple[int, str]:
    """Run ``course`` in the clone; return its status and what it said."""
    program = "import sys; from autograder.cli.main import main; sys.exit(main(sys.argv[1:]))"
    return python(clone, program, *command)


def python(clone: Path, program: str, *arguments: str) -> tuple[int, str]:
    place = {**os.environ, "PYTHONPATH": str(clone / "grader"), "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=clone, env=place, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_exercise_is_added_step_by_step(clone: Path) -> None:
    ops = clone / "grader" / "gradcheck" / "autodiff" / "ops.py"
    change(ops, '        Op(\n            "cross_entropy",', OPERATION + '        Op(\n            "cross_entropy",')
    status, said = run(clone, *NEW, *SAID)
    assert status == 1
    assert said.count("wrote ") == 4, "declaration, cells, and two learners of the sample class who leave cells empty"
    for missing in ("✓ declaration", "still says", "GROUPS", "has no wrong answer", "nobody in", "and it has 23"):
        assert missing in said

    place = paths.notebook_path(clone / "solutions", CHAPTER)
    notebook = nbformat.read(place, as_version=4)
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id", "") for cell in notebook.cells]
    at = ids.index(f"text-{NAME}")
    assert ids[at - 1 : at + 3] == ["test-cost", f"text-{NAME}", NAME, f"test-{NAME}"]
    assert "## Exercise 3" in notebook.cells[at].source
    assert "**3 points" in notebook.cells[at].source
    later = next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "text-gd_step")
    assert "## Exercise 7" in later.source, "those behind it have the next number"
    everything = "\n".join(cell.source for cell in notebook.cells)
    assert "shapes and example as in Exercise 4" in everything
    assert "you need Exercises 1, 2, 5 and 7" in everything
    assert "the one from Exercise 7 of chapter 1" in everything, "another chapter keeps its numbers"
    for cell in notebook.cells[at : at + 3]:
        cell.source = cell.source.replace("TO DO", "…")
        cell.outputs = [nbformat.v4.new_output("display_data")] if cell.metadata["nbgrader"]["grade"] else []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.pop("outputs", None)
    nbformat.write(notebook, place)

    catalogue = clone / "grader" / "gradcheck" / "diagnosis" / "catalogue.py"
    change(catalogue, '"costs": ("loss",', f'"costs": ("{NAME}", "loss",')
    status, said = python(clone, JUDGED)
    assert said.splitlines() == ["3", "0.0 sum-not-mean", "0.0 other-loss"]

    for kind, text in (("wrong", WRONG), ("right", WRONG.replace(": sum-not-mean", ""))):
        answers = clone / "grader" / "tests" / "answers" / kind / f"{CHAPTER}.py"
        answers.write_text(answers.read_text(encoding="utf-8") + "\n" + text, encoding="utf-8")
    sample = clone / "grader" / "autograder" / "authoring" / "samples" / CHAPTER / "adds-up.py"
    sample.write_text(f'"""Adds up."""\n\nEXPECTED = {{"{NAME}": ("wrong", 0)}}\n\n\n{WRONG}', encoding="utf-8")
    sample.write_text(sample.read_text(encoding="utf-8").replace(": sum-not-mean | summed", ""), encoding="utf-8")
    readme = clone / "README.md"
    row = next(line for line in readme.read_text(encoding="utf-8").splitlines() if f"{CHAPTER}.ipynb" in line)
    change(readme, row, row.removesuffix("20 |") + "23 |")
    shutil.copy(place, paths.notebook_path(clone / "notebooks", CHAPTER))
    status, said = run(clone, *NEW)
    assert "Nothing is missing" in said, said
    assert status == 0
    assert "wrote " not in said

    steps = ("--steps", "L = distance(A, Y); J = mean(L)", "--inputs", "A: m; Y: m", "--returns", "dA = dA")
    assert "✓ declaration" in run(clone, "new-exercise", CHAPTER, "distance_slopes", "--points", "1", *steps)[1]
    status, said = python(clone, SLOPES)
    assert said.splitlines() == ["1"], "its slope has a kink where a prediction meets its target: none is drawn there"


def test_what_cannot_be_written_is_told_and_nothing_is(capsys: pytest.CaptureFixture[str]) -> None:
    told = {
        ("new-exercise", "99-none", "f"): "no chapter 99-none; there are 01-single-neuron",
        NEW: "cost_vs_loss.py does not declare it",
        (*NEW, *SAID): "there is no operation distance: add it to",
        (*NEW[:2], "f", *RELU, "--inputs", "z: m; dA: m"): "no step takes the input dA",
        (
            *NEW[:2],
            "cost",
            "--points",
            "9",
        ): "cost is declared already, with 3 points: change grader/gradcheck/chapters",
    }
    for command, sentence in told.items():
        assert main(list(command)) == 1
        said = capsys.readouterr()
        assert sentence in " ".join((said.out + said.err).split())
        assert "wrote" not in said.out
