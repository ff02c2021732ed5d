"""Grade one submission: a pure function from bytes to a verdict."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import nbformat

from autograder.course.limits import Limits
from autograder.grading.fingerprint import verdict_key
from autograder.grading.fixture_pool import fixture_seed
from autograder.grading.hidden_suite import find_exercise, judge_exercise
from autograder.grading.verdict import ExerciseVerdict, Verdict
from autograder.sandbox.engines import Engine
from autograder.session.session import Session
from autograder.submissions.intake import Refused, parse_notebook
from autograder.submissions.rebuild import EXTRA, rebuild
from gradcheck.display.panel import panel_html
from gradcheck.judging.finding import Finding

JudgeExercise = Callable[[str, str, Session, bytes, Mapping[str, Any]], Any]


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
) -> Verdict:
    """Return the verdict on the notebook ``raw``.

    It touches no file and no global state: call it from as many threads as you like. What a learner did never
    raises; an exception means that the grader itself failed, and then there is no verdict.
    """
    blank = nbformat.reads(release.decode("utf-8"), as_version=4)
    common = {
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
    taken = raw if isinstance(raw, Refused) else parse_notebook(raw, assignment, limits)
    notebook = taken if isinstance(taken, Refused) else rebuild(blank, taken)
    if isinstance(notebook, Refused):
        worth = sum(float(_graded(cell).get("points", 0)) for cell in blank.cells)
        return Verdict(points=0.0, max_points=worth, status="refused", reason=notebook.reason, **common)
    seed = fixture_seed(secret, assignment, student)
    exercises, outputs = _run(notebook, assignment, seed, engine, limits, examine)
    return Verdict(
        points=sum(found.points for found in exercises.values()),
        max_points=sum(found.max_points for found in exercises.values()),
        status="graded",
        exercises=exercises,
        outputs=outputs,
        **common,
    )


def _run(
    notebook: nbformat.NotebookNode,
    assignment: str,
    seed: bytes,
    engine: Engine,
    limits: Limits,
    examine: JudgeExercise,
) -> tuple[dict[str, ExerciseVerdict], dict[str, list[dict]]]:
    """Run the cells in order and judge each exercise at its place: a later cell may use its name for something else."""
    findings: dict[str, Any] = {}
    outputs: dict[str, list[dict]] = {}
    room = limits.outputs_bytes
    with Session(engine, limits) as session:
        for cell in notebook.cells:
            graded = _graded(cell)
            if graded.get("grade"):
                name = graded["grade_id"].removeprefix("test-")
                findings[name] = examine(assignment, name, session, seed, dict(findings))
            elif cell.cell_type == "code" and cell.source.strip():
                solution = bool(graded.get("solution"))
                theirs = solution or cell.id.startswith(EXTRA)  # nobody looks at the course's own pictures again
                shown = session.run(cell.source, graded["grade_id"] if solution else "", draws=theirs).outputs
                room -= len(json.dumps(shown))
                if shown and room > 0:
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


def _graded(cell: nbformat.NotebookNode) -> dict:
    return cell.metadata.get("nbgrader", {})
