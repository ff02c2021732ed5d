"""A class that nobody taught: verdicts and rebuilt notebooks drawn by chance, as files where grading puts them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from pathlib import Path

from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.reporting.class_report import exercise_points
from gradcheck.chapters.registry import all_chapters
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.exercises.graph_exercise import GraphExercise

STATUSES = ("right", "wrong", "partial", "carried", "not-attempted", "error", "timeout", "killed", "numeric")
WEIGHTS = (60, 18, 6, 4, 5, 3, 1, 1, 2)


def make_class(folder: Path, learners: int, assignments: Iterable[str], seed: int = 1, panel: int = 0) -> Classroom:
    """Fill an empty folder: a twentieth of the learners hands nothing in, some are refused, one has no verdict yet.

    ``panel`` characters of HTML stand in each verdict, as real ones have them.
    """
    rng, classroom = random.Random(seed), Classroom(folder)
    students = [f"learner-{number:04d}" for number in range(1, learners + 1)]
    for assignment in assignments:
        notebook = json.loads(paths.notebook_path(paths.NOTEBOOKS, assignment).read_bytes())
        worth = exercise_points(assignment)
        (classroom.verdicts / assignment).mkdir(parents=True)
        for student in students:
            if rng.random() < 0.05:
                continue
            (classroom.submitted / student / assignment).mkdir(parents=True)
            verdict = _verdict(rng, assignment, student, worth, panel)
            if student == students[-1]:
                continue
            path = classroom.verdicts / assignment / f"{student}.json"
            path.write_text(json.dumps(verdict), encoding="utf-8")
            if verdict["status"] == "graded":
                _notebook(rng, classroom, notebook, assignment, student)
    return classroom


def _verdict(rng: random.Random, assignment: str, student: str, worth: dict[str, float], panel: int) -> dict:
    common = {
        "assignment": assignment,
        "student": student,
        "max_points": sum(worth.values()),
        "key": "k",
        "engine": "e",
    }
    if rng.random() < 0.04:
        return common | {
            "points": 0.0,
            "status": "refused",
            "reason": "It ends too early.",
            "exercises": {},
            "outputs": {},
        }
    skill = rng.random()
    exercises = {name: _exercise(rng, assignment, name, most, skill, panel) for name, most in worth.items()}
    points = sum(found["points"] for found in exercises.values())
    return common | {"points": points, "status": "graded", "reason": "", "exercises": exercises}


def _exercise(rng: random.Random, assignment: str, name: str, most: float, skill: float, panel: int) -> dict:
    status = "right" if rng.random() < skill * 0.7 else rng.choices(STATUSES, WEIGHTS)[0]
    share = {"right": 1.0, "carried": 1.0, "partial": rng.choice((0.25, 0.5, 0.75))}.get(status, 0.0)
    possible = [
        mistake for mistake, known in vocabulary().items() if known.occurs_in(name) and mistake != "not-attempted"
    ]
    diagnosis, first = [], ""
    if status == "not-attempted":
        diagnosis = ["not-attempted"]
    elif status in ("wrong", "partial", "carried") and possible and rng.random() < 0.9:
        diagnosis = rng.sample(possible, min(len(possible), rng.choice((1, 1, 1, 2))))
        declared = all_chapters()[assignment][name]
        if isinstance(declared, GraphExercise):
            first = rng.choice([*declared.signature.outputs.values(), ""])
    return {
        "points": most * share, "max_points": most, "status": status, "diagnosis": diagnosis, "first_wrong": first,
        "message": f"What {name} returns is <b>not</b> it." if share < 1 else "", "seconds": 0.1, "remarks": [],
        "panel": "<div>" + "x" * panel + "</div>" if panel else "",
    }  # fmt: skip


def _notebook(rng: random.Random, classroom: Classroom, notebook: dict, assignment: str, student: str) -> None:
    """Write the rebuilt notebook, with one of six answers in each cell (the first of them is the stub)."""
    cells = []
    for cell in notebook["cells"]:
        graded = cell["metadata"].get("nbgrader", {})
        if graded.get("solution") and (way := min(rng.randrange(7), 5)):
            name = graded["grade_id"]
            body = "\n".join(f"    step_{i} = {way} * {i}  # {student} <i>" for i in range(way))
            cell = {**cell, "source": f"def {name}(*values):\n{body}\n    return step_0\n"}
        cells.append(cell)
    path = paths.notebook_path(classroom.autograded / student, assignment)
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({**notebook, "cells": cells}), encoding="utf-8")
