"""One function for each command of ``course``.

Heavy imports stand inside the functions: nbgrader alone takes two seconds, and most commands do without it.
"""

from __future__ import annotations

import argparse
import fnmatch
from collections.abc import Callable, Mapping

from rich.console import Console
from traitlets.config import Config

from autograder.cli.author_commands import new_exercise, solutions
from autograder.cli.printing import print_plain
from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.course.frozen import read_frozen
from autograder.course.replaced import replaced_in, require_known, say_replaced
from autograder.course.whole_file import write_whole


def _config(given: argparse.Namespace) -> Config:
    from autograder.course.class_language import keep_language
    from autograder.gradebook.nbgrader_config import configure

    if getattr(given, "language", ""):
        keep_language(Classroom(given.classroom).make(), given.language)
    config = configure(Config(), Classroom(given.classroom))
    for name, default in (("engine", ""), ("workers", 0), ("scheduler", ""), ("again", "")):
        config.Autograde[name] = getattr(given, name, default)
    config.CourseDirectory.student_id = getattr(given, "student", "*")
    return config


def _chosen(given: argparse.Namespace, folder: str = "submitted") -> list[str]:
    """Return the assignments that were named, or all that lie in one of the class's folders."""
    require_known(given.assignments)
    place = given.classroom / folder
    found = given.assignments or [name for name in paths.assignments() if any(place.glob(f"*/{name}"))]
    if not found:
        raise ValueError("; ".join(map(say_replaced, replaced_in(place))) or f"{place} holds nothing yet")
    return found


def _keep_zone(given: argparse.Namespace) -> None:
    """Keep the time zone that was given, as that of the class."""
    from autograder.course.clock import zone_named

    if given.timezone:
        zone_named(given.timezone)
        Classroom(given.classroom).make()
        write_whole(given.classroom / "timezone", f"{given.timezone}\n")


def release(given: argparse.Namespace, console: Console) -> None:
    """Make the learners' notebooks, and the bundle with all of them."""
    from autograder.authoring.release import release_assignment

    config = _config(given)
    for name in given.assignments or paths.assignments():
        console.print(release_assignment(name, config).relative_to(paths.ROOT))
    bundle(argparse.Namespace(assignments=[]), console)


def bundle(given: argparse.Namespace, console: Console) -> None:
    """Make the folder and the zip file that learners get."""
    from autograder.authoring.bundle import build_bundle

    folder = build_bundle(paths.DIST, given.assignments)
    console.print(f"{folder.relative_to(paths.ROOT)}/ and {folder.relative_to(paths.ROOT)}.zip")


def site(given: argparse.Namespace, console: Console) -> None:
    """Make the course as a website."""
    from autograder.authoring.site import build_site

    folder = build_site(paths.DIST / "site", offline=given.offline, cache=paths.ROOT / "build" / "site")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    console.print(
        f"{folder.relative_to(paths.ROOT)}/ ({size / 1e6:.0f} MB); to look at it: python -m http.server -d dist/site"
    )


def collect(given: argparse.Namespace, console: Console) -> int:
    """Take submissions out of what a platform handed out; the exit status is 1 where something needs a look."""
    from autograder.cli.collected import print_collected
    from autograder.course.frozen import require_thawed
    from autograder.submissions.collect import collect_submissions

    require_known([given.assignment])
    classroom = Classroom(given.classroom)
    _keep_zone(given)
    require_thawed(given.classroom, given.assignment)
    done = collect_submissions(given.sources, given.assignment, classroom, given.platform, given.roster, given.attempt)
    print_collected(done, given.assignment, console)
    return 1 if done.needs_look else 0


def grade(given: argparse.Namespace, console: Console) -> int:
    """Grade new submissions; the exit status is 1 if a learner has no verdict."""
    from autograder.cli.again import choose_again
    from autograder.scheduling.executors import warm_up

    starts_workers = not given.scheduler and given.workers != 1
    if starts_workers:
        warm_up()  # what it loads takes a second, and so does what is loaded here
    choose_again(given)
    chosen = _chosen(given)
    if not starts_workers:
        return _grade(given, chosen, console)
    from autograder.scheduling.early_workers import start_early  # nbgrader is imported meanwhile

    room = Classroom(given.classroom)
    students = fnmatch.filter(room.submissions(chosen[0]), given.student)
    with start_early(room, chosen[0], students, given.engine, given.workers):
        return _grade(given, chosen, console)


def _grade(given: argparse.Namespace, chosen: list[str], console: Console) -> int:
    from autograder.cli.steps import grade_assignment

    config = _config(given)
    frozen = () if given.assignments else read_frozen(given.classroom)
    for name in (name for name in chosen if name in frozen):
        console.print(f"{name} is frozen: it is not graded, and its marks stay.", soft_wrap=True)
    chosen = [name for name in chosen if name not in frozen]
    for old in () if given.assignments else replaced_in(given.classroom / "submitted"):
        print_plain(console, f"{say_replaced(old)}.")
    complete = [grade_assignment(name, config, console) for name in chosen]
    return 0 if all(complete) else 1


def due(given: argparse.Namespace, console: Console) -> None:
    """Set when an assignment is due, and book lateness anew."""
    from autograder.cli.term import change_due

    require_known([given.assignment])
    _keep_zone(given)
    change_due(given, Classroom(given.classroom), console)


def drop(given: argparse.Namespace, console: Console) -> None:
    """Take a learner out of the class, or back."""
    from autograder.cli.term import drop_learner

    drop_learner(given.learner, given.back, Classroom(given.classroom), console)


def freeze(given: argparse.Namespace, console: Console) -> None:
    """Keep the marks of chapters that were given back."""
    from autograder.cli.term import freeze_assignments

    require_known(given.assignments)
    freeze_assignments(given.assignments, given.undo, Classroom(given.classroom), console)


def feedback(given: argparse.Namespace, console: Console) -> int:
    """Write everybody's page; the exit status is 1 where one could not be written."""
    from autograder.cli.report_steps import write_feedback_index
    from autograder.cli.steps import write_all_feedback

    config = _config(given)
    whole = write_all_feedback(_chosen(given, "autograded"), config, given, console)
    write_feedback_index(config)
    console.print(f"pages in {given.classroom / 'feedback'}", soft_wrap=True)
    return 0 if whole else 1


def report(given: argparse.Namespace, console: Console) -> None:
    """Print the booked marks, and write the page about the class."""
    from autograder.cli.report_steps import no_garbage_collection, print_booked, read_booked_class, write_class_report

    config = _config(given)
    with no_garbage_collection():
        data = read_booked_class(_chosen(given), config, anonymous=given.anonymous)
        print_booked(data, config, console)
        console.print(write_class_report(data), soft_wrap=True)


def export(given: argparse.Namespace, console: Console) -> int:
    """Write the marks for a learning platform; the exit status is 1 where something needs a look."""
    if given.layout and not (given.platform or given.into):
        from autograder.cli.steps import export_grades

        target = given.to or given.classroom / f"{given.layout}.csv"
        export_grades(_chosen(given, "autograded"), given.layout, target, _config(given))
        console.print(target, soft_wrap=True)
        return 0
    from autograder.cli.exported import export_marks

    return export_marks(_chosen(given, "autograded"), given, _config(given), console)


def demo(given: argparse.Namespace, console: Console) -> None:
    """Do all of it with a sample class."""
    from autograder.cli.demo import run_demo

    run_demo(given.classroom, console)


def doctor(given: argparse.Namespace, console: Console) -> int:
    """Say whether this machine can grade."""
    from autograder.cli.doctor import run_checks

    ready = True
    for check in run_checks(Classroom(given.classroom)):
        mark = "[green]✓[/]" if check.works else "[red]✗[/]" if check.needed else "[yellow]–[/]"
        console.print(f"{mark} {check.name}: ", end="")
        print_plain(console, check.detail)
        ready = ready and (check.works or not check.needed)
    return 0 if ready else 1


def lab(given: argparse.Namespace, _: Console) -> None:
    """Open JupyterLab on a working copy of the notebooks."""
    from autograder.cli.lab import open_lab

    open_lab(given.options)


def answers(given: argparse.Namespace, console: Console) -> None:
    """Write one page with everybody's answers to an exercise; on request book a comment, or write files."""
    from autograder.cli.report_steps import comment_group, write_answers

    if bool(given.comment) != bool(given.group):
        raise ValueError("--comment and --group belong together: what to say, and to whom")
    config = _config(given)
    if given.comment:
        students = comment_group(given.exercise, given.group, given.comment, config)
        print_plain(console, f"comment booked for {len(students)}: {', '.join(students)}")
    for path in write_answers(given.exercise, config, files=given.files, anonymous=given.anonymous):
        console.print(path, soft_wrap=True)


def judge(given: argparse.Namespace, _: Console) -> int:
    """Print a verdict for each notebook, one line of JSON each; the exit status is 1 where there is none for one."""
    from autograder.cli.judge_files import judge_files

    complete = True
    for line, judged in judge_files(given.notebooks, given.assignment, given.engine, given.classroom):
        print(line, flush=True)
        complete = complete and judged
    return 0 if complete else 1


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Console], int | None]] = {
    command.__name__.replace("_", "-"): command
    for command in (
        *(release, bundle, site, collect, due, drop, freeze, grade, feedback, report, export, answers, judge),
        *(demo, doctor, solutions, new_exercise, lab),
    )
}
"""Name on the command line -> what it does; None or 0 is success."""
