"""Grade one submission: from the bytes of a file to a verdict."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import nbformat

from autograder.course.limits import Limits
from autograder.grading.fingerprint import verdict_key
from autograder.grading.fixture_pool import fixture_seed
from autograder.grading.hidden_suite import find_exercise, judge_exercise
from autograder.grading.verdict import ANSWER_CHARACTERS, ExerciseVerdict, Verdict
from autograder.sandbox.engines import Engine
from autograder.session.session import Session
from autograder.submissions.answers import find_answers
from autograder.submissions.intake import Refused
from autograder.submissions.pasted_code import find_pasted
from autograder.submissions.placement import Placement, place_submission
from autograder.submissions.rebuild import EXTRA, rebuild
from autograder.submissions.slicing.needed_cells import CodeCell, needed_sources
from gradcheck.display.panel import panel_html
from gradcheck.judging.finding import Finding

JudgeExercise = Callable[[str, str, Session, bytes, Mapping[str, Any]], Any]


@dataclass(frozen=True)
class GradedNotebook:
    """A verdict, and the placement from which the graded notebook can be rebuilt for the learner's page."""

    verdict: Verdict
    placement: Placement | Refused


def grade_submission(
    raw: bytes | Refused,
    *,
    assignment: str,
    student: str,
    release: bytes,
    secret: bytes,
    engine: Engine,
    limits: Limits,
    examine: JudgeExercise = judge_exercise,
    run_all: bool = False,
) -> GradedNotebook:
    """Grade the notebook file ``raw``.

    Of the release's own cells those are left out on which no mark depends, unless ``run_all``: the verdict is the same.

    Touches no file and no global state, so that threads can call it. What a learner did never raises an exception;
    one that is raised means that the grader itself failed, and then there is no verdict.
    """
    blank = _released(release)
    placement = place_submission(raw, assignment, blank, limits)
    common: dict[str, Any] = {
        "assignment": assignment,
        "student": student,
        "engine": engine.name,
        "key": verdict_key(
            raw,
            assignment=assignment,
            student=student,
            release=release,
            secret=secret,
            engine=engine.name,
            limits=limits,
        ),
    }
    if isinstance(placement, Refused):
        worth = sum(float(_graded(cell).get("points", 0)) for cell in blank.cells)
        refusal = Verdict(points=0.0, max_points=worth, status="refused", reason=placement.reason, **common)
        return GradedNotebook(refusal, placement)
    assert not isinstance(raw, Refused), "a refused submission has no place in the release"
    seed = fixture_seed(secret, assignment, student, raw)
    notebook = rebuild(blank, placement)
    everything = [cell.source for cell in notebook.cells]
    sources = everything if run_all else _needed(notebook)
    run = _run(notebook, sources, assignment, seed, engine, limits, examine)
    if run.missed_a_name and sources != everything:  # it is the learner's own mistake, then, for certain
        run = _run(notebook, everything, assignment, seed, engine, limits, examine)
    pasted = _pasted(notebook, blank)
    exercises = {name: _recorded(assignment, found, pasted[name]) for name, found in run.findings.items()}
    verdict = Verdict(
        points=sum(found.points for found in exercises.values()),
        max_points=sum(found.max_points for found in exercises.values()),
        status="graded",
        exercises=exercises,
        outputs=run.outputs,
        answers={name: text[:ANSWER_CHARACTERS] for name, text in find_answers(notebook.cells).items()},
        **common,
    )
    return GradedNotebook(verdict, placement)


@lru_cache(maxsize=2)
def _released(raw: bytes) -> nbformat.NotebookNode:
    """Return a released notebook, which nobody may change: the same one for each submission of a class."""
    notebook: nbformat.NotebookNode = nbformat.reads(raw.decode("utf-8"), as_version=4)
    return notebook


def _needed(notebook: nbformat.NotebookNode) -> list[str]:
    """Return the sources of all cells, those of the release as far as marks depend on them."""
    sources = [cell.source for cell in notebook.cells]
    code = [at for at, cell in enumerate(notebook.cells) if cell.cell_type == "code" and not _graded(cell).get("grade")]
    judged = [_exercise_name(cell) for cell in notebook.cells if _graded(cell).get("grade")]
    cells = [CodeCell(sources[at], _is_learners(notebook.cells[at])) for at in code]
    for at, source in zip(code, needed_sources(cells, judged), strict=True):
        sources[at] = source
    return sources


@dataclass(frozen=True)
class _Run:
    """What came of running a notebook and judging its exercises."""

    findings: Mapping[str, Any]
    outputs: Mapping[str, list[dict[str, Any]]]
    missed_a_name: bool
    """Code of the notebook looked for a name that was not there."""


def _run(
    notebook: nbformat.NotebookNode,
    sources: Sequence[str],
    assignment: str,
    seed: bytes,
    engine: Engine,
    limits: Limits,
    examine: JudgeExercise,
) -> _Run:
    """Run the cells, with these sources, and judge each exercise at its tests cell: a later cell may reuse its name."""
    findings: dict[str, Any] = {}
    outputs: dict[str, list[dict[str, Any]]] = {}
    budget_bytes = limits.outputs_bytes
    with Session(engine, limits) as session:
        for cell, source in zip(notebook.cells, sources, strict=True):
            graded = _graded(cell)
            if graded.get("grade"):
                name = _exercise_name(cell)
                findings[name] = examine(assignment, name, session, seed, dict(findings))
            elif cell.cell_type == "code" and source.strip():
                defines = graded["grade_id"] if graded.get("solution") else ""
                shown = session.run(source, defines, draws=_is_learners(cell)).outputs  # only theirs are on the page
                budget_bytes -= len(json.dumps(shown))
                if shown and budget_bytes > 0:
                    outputs[cell.id] = list(shown)
        return _Run(findings, outputs, session.missed_a_name)


def _is_learners(cell: nbformat.NotebookNode) -> bool:
    """Tell whether a learner wrote a cell, or may have."""
    return bool(_graded(cell).get("solution")) or cell.id.startswith(EXTRA)


def _exercise_name(cell: nbformat.NotebookNode) -> str:
    name: str = _graded(cell)["grade_id"]
    return name.removeprefix("test-")


def _pasted(notebook: nbformat.NotebookNode, release: nbformat.NotebookNode) -> dict[str, tuple[str, ...]]:
    """Return exercise -> a remark where a learner's code since the exercise before it is gradcheck's own."""
    given = "\n".join(cell.source for cell in release.cells if cell.cell_type == "code")
    found: dict[str, tuple[str, ...]] = {}
    since: list[str] = []
    for cell in notebook.cells:
        if _graded(cell).get("grade"):
            file = find_pasted("\n".join(since), given)
            found[_exercise_name(cell)] = (f"A long part of its code stands in {file}, word for word.",) if file else ()
            since = []
        elif cell.cell_type == "code" and _is_learners(cell):
            since.append(cell.source)
    return found


def _recorded(assignment: str, found: Finding, remarks: tuple[str, ...]) -> ExerciseVerdict:
    """Return what a verdict keeps of a finding, and other remarks beside its own."""
    return ExerciseVerdict(
        points=found.points,
        max_points=found.max_points,
        status=str(found.status),
        diagnosis=tuple(found.diagnosis),
        first_wrong=found.first_wrong,
        message=found.message,
        seconds=found.seconds,
        remarks=(*found.remarks, *remarks),
        panel=panel_html(found, find_exercise(assignment, found.name)),
    )


def _graded(cell: nbformat.NotebookNode) -> dict[str, Any]:
    graded: dict[str, Any] = cell.metadata.get("nbgrader", {})
    return graded
