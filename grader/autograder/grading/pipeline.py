"""Grade one submission: from the bytes of a file to a verdict."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import nbformat

from autograder.course.limits import Limits
from autograder.grading.fingerprint import verdict_key
from autograder.grading.fixture_pool import fixture_seed
from autograder.grading.hidden_suite import find_exercise, judge_exercise
from autograder.grading.verdict import ExerciseVerdict, Verdict
from autograder.sandbox.engines import Engine
from autograder.session.session import Session
from autograder.submissions.intake import Refused
from autograder.submissions.placement import Placement, place_submission
from autograder.submissions.rebuild import EXTRA, rebuild
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
) -> GradedNotebook:
    """Grade the notebook file ``raw``.

    Touches no file and no global state, so that threads can call it. What a learner did never raises an exception;
    one that is raised means that the grader itself failed, and then there is no verdict.
    """
    blank = nbformat.reads(release.decode("utf-8"), as_version=4)
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
    exercises, outputs = _run(rebuild(blank, placement), assignment, seed, engine, limits, examine)
    verdict = Verdict(
        points=sum(found.points for found in exercises.values()),
        max_points=sum(found.max_points for found in exercises.values()),
        status="graded",
        exercises=exercises,
        outputs=outputs,
        **common,
    )
    return GradedNotebook(verdict, placement)


def _run(
    notebook: nbformat.NotebookNode,
    assignment: str,
    seed: bytes,
    engine: Engine,
    limits: Limits,
    examine: JudgeExercise,
) -> tuple[dict[str, ExerciseVerdict], dict[str, list[dict[str, Any]]]]:
    """Run the cells in order and judge each exercise at its tests cell: a later cell may reuse its name."""
    findings: dict[str, Any] = {}
    outputs: dict[str, list[dict[str, Any]]] = {}
    budget_bytes = limits.outputs_bytes
    with Session(engine, limits) as session:
        for cell in notebook.cells:
            graded = _graded(cell)
            if graded.get("grade"):
                name = graded["grade_id"].removeprefix("test-")
                findings[name] = examine(assignment, name, session, seed, dict(findings))
            elif cell.cell_type == "code" and cell.source.strip():
                solution = bool(graded.get("solution"))
                theirs = solution or cell.id.startswith(EXTRA)  # the page shows no figures of the course's own cells
                shown = session.run(cell.source, graded["grade_id"] if solution else "", draws=theirs).outputs
                budget_bytes -= len(json.dumps(shown))
                if shown and budget_bytes > 0:
                    outputs[cell.id] = list(shown)
    return {name: _recorded(assignment, found) for name, found in findings.items()}, outputs


def _recorded(assignment: str, found: Finding) -> ExerciseVerdict:
    """Return what a verdict keeps of a finding."""
    return ExerciseVerdict(
        points=found.points,
        max_points=found.max_points,
        status=str(found.status),
        diagnosis=tuple(found.diagnosis),
        first_wrong=found.first_wrong,
        message=found.message,
        seconds=found.seconds,
        remarks=tuple(found.remarks),
        panel=panel_html(found, find_exercise(assignment, found.name)),
    )


def _graded(cell: nbformat.NotebookNode) -> dict[str, Any]:
    graded: dict[str, Any] = cell.metadata.get("nbgrader", {})
    return graded
