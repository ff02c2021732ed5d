"""The command line of ``course``: commands, options, help."""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.course import paths
from autograder.sandbox.engines import ENGINES


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
    collect = command("collect", "take submissions out of a folder or a zip file")
    collect.add_argument("assignment", metavar="ASSIGNMENT")
    collect.add_argument("source", type=Path, metavar="FROM")
    grade = command("grade", "grade what has not been graded yet", "default: all that were handed in")
    grade.add_argument("--engine", choices=ENGINES, default="")
    grade.add_argument(
        "--trust", action="store_const", const="trust", dest="engine", help="run submissions unprotected"
    )
    grade.add_argument("--student", default="*", metavar="NAME", help="only this one (may hold *)")
    grade.add_argument("--workers", type=int, default=0, metavar="N", help="default: one a processor")
    grade.add_argument("--scheduler", default="", metavar="URL", help="judge on a Dask cluster: tcp://host:port")
    feedback = command("feedback", "write the learners' pages", "default: all that were graded")
    feedback.add_argument(
        "--hints", type=int, choices=(0, 1, 2), help="0: no hint, 1: a question, 2: and what to derive again"
    )
    report = command("report", "print the booked marks and write the report of the class", "default: all handed in")
    report.add_argument("--anonymous", action="store_true", help="hide names on the page")
    export = command("export", "write the marks for a learning platform", "default: all that were graded")
    export.add_argument("--layout", choices=("canvas", "moodle"), default="canvas", help="default: canvas")
    export.add_argument("--to", type=Path, metavar="FILE", help="default: <layout>.csv in the class's folder")
    command("demo", "do all of it with a sample class")
    command("doctor", "say whether this machine can grade")
    command("solutions", "run the solutions and bring them into canonical form", "default: all")
    lab = command("lab", "open JupyterLab on a working copy of the notebooks")
    lab.add_argument("options", nargs="*", metavar="-- OPTION", help="for JupyterLab itself")
    _add_answers(command("answers", "write one page with everybody's answers to an exercise"))
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


def _add_judge(judge: argparse.ArgumentParser) -> None:
    judge.add_argument("notebooks", type=Path, nargs="+", metavar="NOTEBOOK")
    judge.add_argument("--assignment", default="", metavar="NAME", help="default: told from the file's name or content")
    judge.add_argument("--engine", choices=("bubblewrap", "podman", "docker", "trust"), default="")
    judge.add_argument("--trust", action="store_const", const="trust", dest="engine", help="run them unprotected")
