"""The ``course`` command: it reads the command line, and turns what goes wrong into one sentence."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

# jsonschema would build a grammar for internationalized addresses, which costs two seconds and which nobody here needs
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

from rich.console import Console  # noqa: E402
from traitlets.config import Config  # noqa: E402

from autograder import course  # noqa: E402

console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    given = _parser().parse_args(arguments)
    try:
        return given.run(given) or 0
    except KeyboardInterrupt:
        print("course: stopped; run the same command again to go on", file=sys.stderr)
        return 130
    except Exception as err:
        if os.environ.get("COURSE_DEBUG"):
            traceback.print_exc()
        print(f"course: {_sentence(err, given)}", file=sys.stderr)
        return 1


def _sentence(err: Exception, given: argparse.Namespace) -> str:
    """Return what went wrong in words for an instructor."""
    kind = type(err).__name__
    if kind in ("NbGraderException", "EngineError", "ValueError"):
        return str(err)
    if kind == "OperationalError":
        from sqlalchemy import make_url

        place = make_url(course.Classroom(given.classroom).db_url).render_as_string(hide_password=True)
        return f"the gradebook at {place} cannot be opened: {str(err.orig).splitlines()[0]}"
    return f"{kind}: {err} (COURSE_DEBUG=1 shows where)"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("course", description="Release, grade and report a course on backpropagation.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: Callable, text: str, many: str = "") -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        place = "classroom-demo" if name == "demo" else "classroom"
        sub.add_argument(
            "--classroom", type=Path, metavar="DIR", default=course.ROOT / place, help="where the class is"
        )
        if many:
            sub.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help=many)
        return sub

    command("release", _release, "make the learners' notebooks from the solutions", "default: all")
    collect = command("collect", _collect, "take submissions out of a folder or a zip file")
    collect.add_argument("assignment", metavar="ASSIGNMENT")
    collect.add_argument("source", type=Path, metavar="FROM")
    grade = command("grade", _grade, "grade what has not been graded yet", "default: all that were handed in")
    grade.add_argument("--engine", choices=("bubblewrap", "podman", "docker", "trust"), default="")
    grade.add_argument(
        "--trust", action="store_const", const="trust", dest="engine", help="run submissions unprotected"
    )
    grade.add_argument("--student", default="*", metavar="NAME", help="only this one (may hold *)")
    grade.add_argument("--workers", type=int, default=0, metavar="N", help="default: one a processor")
    grade.add_argument("--scheduler", default="", metavar="URL", help="judge on a Dask cluster: tcp://host:port")
    command("feedback", _feedback, "write the learners' pages", "default: all that were graded")
    command("report", _report, "show the class as it was last graded", "default: all that were handed in")
    export = command("export", _export, "write the marks for a learning platform", "default: all that were graded")
    export.add_argument("--layout", choices=("canvas", "moodle"), default="canvas", help="default: canvas")
    export.add_argument("--to", type=Path, metavar="FILE", help="default: <layout>.csv in the class's folder")
    command("demo", _demo, "do all of it with a sample class")
    command("doctor", _doctor, "say whether this machine can grade")
    command("solutions", _solutions, "run the solutions and bring them into canonical form", "default: all")
    lab = command("lab", _lab, "open JupyterLab on a working copy of the notebooks")
    lab.add_argument("options", nargs="*", metavar="-- OPTION", help="for JupyterLab itself")
    return parser


def _config(given: argparse.Namespace) -> Config:
    from autograder import settings

    config = settings.apply(Config(), course.Classroom(given.classroom))
    config.Autograde.engine = getattr(given, "engine", "")
    config.Autograde.workers = getattr(given, "workers", 0)
    config.Autograde.scheduler = getattr(given, "scheduler", "")
    config.CourseDirectory.student_id = getattr(given, "student", "*")
    return config


def _chosen(given: argparse.Namespace, folder: str = "submitted") -> list[str]:
    """Return the assignments that were named, or all that lie in one of the class's folders."""
    unknown = sorted(set(given.assignments) - set(course.assignments()))
    if unknown:
        raise ValueError(f"no assignment {', '.join(unknown)}; there are {', '.join(course.assignments())}")
    place = given.classroom / folder
    found = given.assignments or [name for name in course.assignments() if any(place.glob(f"*/{name}"))]
    if not found:
        raise ValueError(f"{place} holds nothing yet")
    return found


def _release(given: argparse.Namespace) -> None:
    from autograder import release

    config = _config(given)
    for name in given.assignments or course.assignments():
        console.print(release.release(name, config).relative_to(course.ROOT))
    console.print(release.wheel(course.ROOT / "build").relative_to(course.ROOT))


def _collect(given: argparse.Namespace) -> None:
    from autograder.collect import collect

    if given.assignment not in course.assignments():
        raise ValueError(f"no assignment {given.assignment}; there are {', '.join(course.assignments())}")
    taken, left = collect(given.source, given.assignment, course.Classroom(given.classroom))
    console.print(f"{len(taken)} submissions taken")
    for sentence in left:
        console.print(f"  left: {sentence}", markup=False)


def _grade(given: argparse.Namespace) -> int:
    from autograder import crew

    if not given.scheduler and given.workers != 1:
        crew.warm_up()  # nbgrader's import takes as long as it does
    from autograder import commands

    config = _config(given)
    complete = [commands.grade(name, config, console) for name in _chosen(given)]
    return 0 if all(complete) else 1


def _feedback(given: argparse.Namespace) -> None:
    from autograder import commands

    config = _config(given)
    for name in _chosen(given, "autograded"):
        commands.feedback(name, config)
    console.print(f"pages in {given.classroom / 'feedback'}", soft_wrap=True)


def _report(given: argparse.Namespace) -> None:
    from autograder import commands

    config = _config(given)
    for name in _chosen(given):
        commands.show(name, config, console)


def _export(given: argparse.Namespace) -> None:
    from autograder import commands

    target = given.to or given.classroom / f"{given.layout}.csv"
    commands.export(_chosen(given, "autograded"), given.layout, target, _config(given))
    console.print(target, soft_wrap=True)


def _demo(given: argparse.Namespace) -> None:
    from autograder.demo import demo

    demo(given.classroom, console)


def _doctor(_: argparse.Namespace) -> int:
    from autograder.doctor import checks

    ready = True
    for check in checks():
        console.print(f"{'[green]✓[/]' if check.works else '[red]✗[/]'} {check.name}: ", end="")
        console.print(check.detail, markup=False, soft_wrap=True)
        ready = ready and (check.works or not check.needed)
    return 0 if ready else 1


def _solutions(given: argparse.Namespace) -> None:
    from autograder import commands

    for path, changed in commands.solutions(given.assignments):
        console.print(f"{path.relative_to(course.ROOT)}: {'rewritten' if changed else 'unchanged'}")


def _lab(given: argparse.Namespace) -> None:
    from autograder import commands

    commands.lab(given.options)
