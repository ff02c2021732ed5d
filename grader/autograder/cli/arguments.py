"""The command line of ``course``: commands, options, help."""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.course import paths
from autograder.sandbox.engines import ENGINES

PLATFORMS = ("canvas", "moodle", "brightspace", "blackboard", "folders")


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; ``command`` of what it returns is the name of the one given."""
    parser = argparse.ArgumentParser("course", description="Release, grade and report a course on backpropagation.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, text: str, many: str = "") -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(command=name)
        place = "classroom-demo" if name == "demo" else "classroom"
        sub.add_argument("--classroom", type=Path, metavar="DIR", default=paths.ROOT / place, help="where the class is")
        if many:
            sub.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help=many)
        return sub

    command("release", "make the learners' notebooks from the solutions", "default: all")
    command("bundle", "make the folder and the zip file that learners get", "default: all that were released")
    site = command("site", "make the course as a website that runs in the learner's browser")
    site.add_argument("--offline", action="store_true", help="put everything into the site: it needs no internet then")
    _collect(command("collect", "take submissions out of what a learning platform hands out"))
    grade = command("grade", "grade what has not been graded yet", "default: all that were handed in")
    grade.add_argument("--engine", choices=ENGINES, default="")
    grade.add_argument(
        "--trust", action="store_const", const="trust", dest="engine", help="run submissions unprotected"
    )
    grade.add_argument("--student", default="*", metavar="NAME", help="only this one (may hold *)")
    grade.add_argument(
        "--again", nargs="?", const="*", default="", metavar="LEARNER", help="also what is graded; default: everybody"
    )
    grade.add_argument("--workers", type=int, default=0, metavar="N", help="default: one a processor")
    grade.add_argument("--scheduler", default="", metavar="URL", help="judge on a Dask cluster: tcp://host:port")
    _due(command("due", "say when an assignment is due, for whom later, and what lateness costs"))
    _drop(command("drop", "take a learner out of the class, or back"))
    freeze = command("freeze", "keep the marks of chapters that were given back", "default: say which are frozen")
    freeze.add_argument("--undo", action="store_true", help="let them be graded again")
    pages = command("feedback", "write the learners' pages", "default: all that were graded")
    pages.add_argument("--zip", action="store_true", help="also a zip file as the platform takes it back")
    pages.add_argument(
        "--hints", type=int, choices=(0, 1, 2), help="0: none, 1: a question, 2: and what to derive again; it is kept"
    )
    pages.add_argument("--platform", choices=PLATFORMS, default="", help="default: the one that each came from")
    report = command("report", "print the booked marks and write the report of the class", "default: all handed in")
    report.add_argument("--anonymous", action="store_true", help="hide names on the page")
    for sub in (pages, report):
        sub.add_argument(
            "--language", default="", metavar="LANGUAGE", help="of the class's pages: en or de; it is kept"
        )
    _export(command("export", "write the marks for a learning platform", "default: all that were graded"))
    command("demo", "do all of it with a sample class")
    command("doctor", "say whether this machine can grade")
    command("solutions", "run the solutions and bring them into canonical form", "default: all")
    lab = command("lab", "open JupyterLab on a working copy of the notebooks")
    lab.add_argument("options", nargs="*", metavar="-- OPTION", help="for JupyterLab itself")
    _add_answers(command("answers", "write one page with everybody's answers to an exercise"))
    _add_new_exercise(command("new-exercise", "add an exercise to a chapter, step by step"))
    _add_judge(command("judge", "print verdicts on notebooks as JSON, without a gradebook"))
    return parser


def _add_answers(answers: argparse.ArgumentParser) -> None:
    answers.add_argument("exercise", metavar="EXERCISE", help="its name, or ASSIGNMENT/NAME where several have it")
    answers.add_argument("--anonymous", action="store_true", help="hide names on the page")
    answers.add_argument("--comment", default="", metavar="TEXT", help="book this comment for everybody in --group")
    answers.add_argument("--group", default="", metavar="ID", help="the group, as the page names it")
    answers.add_argument(
        "--files", type=Path, metavar="DIR", help="also write one .py for each answer, into this folder"
    )


def _add_new_exercise(new: argparse.ArgumentParser) -> None:
    new.add_argument("assignment", metavar="CHAPTER", help="such as 03-relu-network")
    new.add_argument("name", metavar="NAME", help="of the learner's function or answer")
    new.add_argument("--points", type=float, default=0.0, metavar="N")
    new.add_argument("--steps", default="", metavar="TEXT", help="the forward computation: a = relu(z); S = total(a)")
    new.add_argument("--inputs", default="", metavar="TEXT", help="its inputs with their shapes: z: m h")
    new.add_argument("--returns", default="", metavar="TEXT", help="what is returned: slope = dz")
    new.add_argument("--args", default="", metavar="NAMES", help="the function's arguments; default: all inputs")
    new.add_argument("--after", default="", metavar="NAME", help="the exercise before it; default: the last one")


def _add_judge(judge: argparse.ArgumentParser) -> None:
    judge.add_argument("notebooks", type=Path, nargs="+", metavar="NOTEBOOK")
    judge.add_argument("--assignment", default="", metavar="NAME", help="default: told from the file's name or content")
    judge.add_argument("--engine", choices=ENGINES, default="")
    judge.add_argument("--trust", action="store_const", const="trust", dest="engine", help="run them unprotected")


def _collect(collect: argparse.ArgumentParser) -> None:
    collect.add_argument("assignment", metavar="ASSIGNMENT")
    collect.add_argument("sources", type=Path, nargs="+", metavar="SOURCE", help="zip files, folders or notebooks")
    collect.add_argument("--platform", choices=PLATFORMS, default="", help="default: told from the names")
    collect.add_argument("--roster", type=Path, metavar="FILE", help="a class list or worksheet, or a CSV")
    collect.add_argument("--attempt", choices=("last", "first"), default="last", help="default: last")
    collect.add_argument("--timezone", metavar="ZONE", help="the class's time zone, such as Europe/Berlin; it is kept")


def _export(export: argparse.ArgumentParser) -> None:
    export.add_argument("--platform", choices=("canvas", "moodle", "brightspace", "blackboard", "csv"), default="")
    export.add_argument("--layout", choices=("canvas", "moodle"), default="", help="an older word for --platform")
    export.add_argument("--into", type=Path, metavar="FILE", help="fill in this file, which the platform gave")
    export.add_argument("--column", default="", metavar="NAME", help="the column of that file; default: by its name")
    export.add_argument("--to", type=Path, metavar="FILE", help="default: <platform>.csv in the class's folder")


def _due(due: argparse.ArgumentParser) -> None:
    due.add_argument("assignment", metavar="ASSIGNMENT")
    due.add_argument("when", nargs="?", default="", metavar="WHEN", help="2026-03-31 23:59, by the class's clock")
    due.add_argument("--grace", nargs="?", const="15m", default="", metavar="TIME", help="15m, 2h; default: 15m")
    due.add_argument(
        "--extension", action="append", default=[], metavar="LEARNER=+48h", help="or LEARNER=MOMENT; empty: none"
    )
    due.add_argument("--penalty", default="", metavar="P", help="none, zero, per-day=N points or per-day=N%%")
    due.add_argument("--excuse", action="append", default=[], metavar="LEARNER", help="need not hand it in")
    due.add_argument("--timezone", metavar="ZONE", help="the class's time zone, such as Europe/Berlin; it is kept")


def _drop(drop: argparse.ArgumentParser) -> None:
    drop.add_argument("learner", metavar="LEARNER", help="id, login, email or name")
    drop.add_argument("--back", action="store_true", help="take the learner back")
