"""Which steps of adding an exercise are done, and what each of the others still needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.authoring.canonical import read_notebook
from autograder.authoring.exercise_cells import TO_DO
from autograder.authoring.exercise_places import module_of
from autograder.authoring.release_agreement import disagreements
from autograder.authoring.sample_class import sample_answers
from autograder.course import paths
from gradcheck.chapters.registry import all_chapters
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.exercises.answer_exercise import AnswerExercise
from gradcheck.exercises.chapter import Exercise

USUAL_MISTAKES = 6
"""Names that are offered as labels of wrong answers; of more it is said that there are more."""


@dataclass(frozen=True)
class StepState:
    """One step, and what it still needs."""

    title: str
    missing: tuple[str, ...]

    @property
    def done(self) -> bool:
        """Tell whether nothing is missing."""
        return not self.missing


def find_exercise_declared(assignment: str, name: str) -> Exercise | None:
    """Return the declaration of an exercise, or None."""
    return next((one for one in all_chapters()[assignment].exercises if one.name == name), None)


def look_at_steps(assignment: str, name: str) -> list[StepState]:
    """Return all steps in their order; those after a missing declaration or missing cells need these first."""
    exercise = find_exercise_declared(assignment, name)
    if exercise is None:
        return [StepState("declaration", (_how_to_declare(assignment),))]
    notebook = read_notebook(paths.notebook_path(paths.SOLUTIONS, assignment))
    steps = (
        StepState("declaration", ()),
        StepState("cells", tuple(_cells(notebook, assignment, exercise))),
        StepState("mistakes with a name", tuple(_names(exercise))),
        StepState("wrong and right answers", tuple(_answers(assignment, exercise))),
        StepState("sample class", tuple(_samples(assignment, name))),
        StepState("README", tuple(_readme(assignment))),
        StepState("release", tuple(_release(assignment, exercise))),
    )
    return list(steps)


def _how_to_declare(assignment: str) -> str:
    return (
        f"{module_of(assignment).relative_to(paths.ROOT)} does not declare it. For values or derivatives of a forward "
        'computation give --points 2 --steps "a = relu(z); S = total(a)" --inputs "z: m h" --returns "slope = dz" '
        "and it is written for you; a rule (PropertyExercise) or an answer (AnswerExercise) you write there by hand"
    )


def _find(notebook: NotebookNode, grade_id: str) -> NotebookNode | None:
    cells = (cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id)
    return next(cells, None)


def _cells(notebook: NotebookNode, assignment: str, exercise: Exercise) -> Iterator[str]:
    name = exercise.name
    place = paths.notebook_path(paths.SOLUTIONS, assignment).relative_to(paths.ROOT)
    found = {grade_id: _find(notebook, grade_id) for grade_id in (f"text-{name}", name, f"test-{name}")}
    for grade_id, cell in found.items():
        if cell is None:
            yield f"{place} has no cell {grade_id}"
        elif TO_DO in cell.source:
            lines = [line.strip() for line in cell.source.splitlines() if TO_DO in line]
            yield f"the cell {grade_id} of {place} still says: {'; '.join(lines)}"
    points = {one.name: float(one.points) for one in all_chapters()[assignment].exercises}
    for said in disagreements(notebook, points, paths.assignments()):
        if TO_DO not in said and (all(found.values()) or name not in said):
            yield f"{said} (course solutions {assignment} writes points and numbers where it can)"
    tests = found[f"test-{name}"]
    if tests is not None and not tests.outputs:
        yield f"it has not been run: course solutions {assignment}"


def _names(exercise: Exercise) -> Iterator[str]:
    if isinstance(exercise, AnswerExercise):
        return
    own = [known for known in vocabulary().values() if exercise.name in known.exercises]
    if not own:
        yield (
            "no mistake is said to belong to it, beside those of every exercise: add it to a group in GROUPS of "
            "grader/gradcheck/diagnosis/catalogue.py (slopes, costs, forwards, links, grads, ...), or under where in "
            "mistakes.toml"
        )


def _answers(assignment: str, exercise: Exercise) -> Iterator[str]:
    usual = [id for id, known in vocabulary().items() if exercise.name in known.exercises]
    labels = f"a name from mistakes.toml ({', '.join(usual[:USUAL_MISTAKES])} …), or none where no name there is true"
    for kind, head in (("wrong", f"# %% {exercise.name}: LABEL | NOTE"), ("right", f"# %% {exercise.name} | NOTE")):
        path = paths.ANSWERS / kind / f"{assignment}.py"
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        if not re.search(rf"^# %% {exercise.name}\b", text, re.MULTILINE):
            more = f"; LABEL is {labels}" if kind == "wrong" else ""
            yield f"{path.relative_to(paths.ROOT)} has no {kind} answer; a cell begins with {head}{more}"


def _samples(assignment: str, name: str) -> Iterator[str]:
    place = (paths.SAMPLES / assignment).relative_to(paths.ROOT)
    everybody = sample_answers(assignment)
    for given in everybody:
        left = given.start == "stub" and not isinstance(given.expected, str) and name not in given.expected
        if left and all(what != name for what, _ in given.cells):
            yield f'{place}/{given.student}.py: EXPECTED needs "{name}": ("not-attempted", 0)'
    if not any(what == name for given in everybody for what, _ in given.cells):
        yield f"nobody in {place} makes a mistake in it; a cell begins with # %% {name}, and EXPECTED has its marks"


def _readme(assignment: str) -> Iterator[str]:
    worth = sum(exercise.points for exercise in all_chapters()[assignment].exercises)
    text = (paths.ROOT / "README.md").read_text(encoding="utf-8")
    row = re.search(rf"^\| .*{re.escape(assignment)}\.ipynb.* \| ([\d.]+) \|$", text, re.MULTILINE)
    if row and float(row[1]) != worth:
        yield f"README.md says {row[1]} points for the chapter, and it has {worth:g}"


def _release(assignment: str, exercise: Exercise) -> Iterator[str]:
    path = paths.notebook_path(paths.NOTEBOOKS, assignment)
    if not path.is_file() or _find(read_notebook(path), f"test-{exercise.name}") is None:
        yield f"learners' notebook does not have it: course release {assignment}"
    elif _said_to_learners(read_notebook(path)) != _said_to_learners(
        read_notebook(paths.notebook_path(paths.SOLUTIONS, assignment))
    ):
        yield f"learners' notebook is older than the solutions: course release {assignment}"


def _said_to_learners(notebook: NotebookNode) -> list[tuple[str, object]]:
    """Return the texts of a notebook and the points of its tests cells: the release changes none of them."""
    graded = [cell.metadata.get("nbgrader", {}) for cell in notebook.cells]
    return [
        (cell.source if cell.cell_type == "markdown" else "", about.get("points"))
        for cell, about in zip(notebook.cells, graded, strict=True)
    ]


PROOFS: tuple[Callable[[str, str], str], ...] = (
    lambda _, name: (
        f'pytest -q -W error grader/tests/gradcheck/judging/test_answer_collection.py -k "{name} or covers"'
    ),
    lambda assignment, _: f"pytest -q -W error grader/tests/autograder/cli/test_sample_class.py -k {assignment}",
    lambda *_: "pytest -q -W error grader/tests/autograder/authoring/test_chapters.py grader/tests/project",
    lambda *_: "make test",
)
"""What proves an exercise of which nothing is missing, cheapest first."""
