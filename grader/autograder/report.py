"""The class on the instructor's terminal: learners × exercises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from autograder import canonical, course, verdict
from autograder.batch import Fault
from autograder.status import COLORS, LABELS
from autograder.verdict import Verdict

Results = Mapping[str, Verdict | Fault]
WIDTH = 7


def exercises(assignment: str, released: Path = course.NOTEBOOKS) -> dict[str, float]:
    """Return name -> points of an assignment's exercises, in the notebook's order."""
    cells = (cell.metadata.get("nbgrader", {}) for cell in canonical.read(course.notebook(released, assignment)).cells)
    return {cell["grade_id"].removeprefix("test-"): float(cell["points"]) for cell in cells if cell.get("grade")}


def known(assignment: str, classroom: course.Classroom) -> dict[str, Verdict | Fault]:
    """Return what earlier runs found about everybody who has handed in."""
    results: dict[str, Verdict | Fault] = {}
    for student in classroom.submissions(assignment):
        found = None
        if verdict.STUDENT.fullmatch(student):
            found = verdict.read(verdict.path(classroom.verdicts, assignment, student))
        results[student] = found or Fault("not graded yet")
    return results


def table(assignment: str, results: Results, points: Mapping[str, float]) -> Table:
    """Return the table of everybody's points."""
    grid = Table(
        title=assignment, title_style="bold", title_justify="left", box=box.SIMPLE_HEAD, show_edge=False, padding=0
    )
    grid.add_column("learner", no_wrap=True)
    for name, most in points.items():
        grid.add_column(f"{_folded(name)}\n[dim]{most:g}[/]", justify="right", vertical="bottom", no_wrap=True)
    grid.add_column(f"total\n[dim]{sum(points.values()):g}[/]", justify="right", style="bold")
    for student, result in sorted(results.items()):
        grid.add_row(Text(student), *_row(result, points))
    return grid


def _row(result: Verdict | Fault, points: Mapping[str, float]) -> Iterator[Text]:
    if isinstance(result, Fault) or result.status == "refused":
        yield Text("refused" if isinstance(result, Verdict) else "not yet", style="magenta")
        yield from (Text("") for _ in range(len(points) - 1))
        yield Text("0" if isinstance(result, Verdict) else "", style="magenta")
        return
    for name in points:
        exercise = result.exercises[name]
        mark, _ = LABELS[exercise["status"]]
        yield Text(f"{exercise['points']:.3g} {mark}", style=COLORS[mark])
    yield Text(f"{result.points:.4g}")


def _folded(name: str) -> str:
    """Break a name into lines short enough for a column, after an underscore where there is one."""
    lines = [""]
    for part in re.findall(rf"[^_]{{1,{WIDTH - 1}}}_|[^_]{{1,{WIDTH}}}|_", name):
        if len(lines[-1] + part) > WIDTH:
            lines.append("")
        lines[-1] += part
    return "\n".join(lines)


def show(console: Console, assignment: str, results: Results, points: Mapping[str, float]) -> None:
    """Print the table, what its marks mean, and everybody who needs the instructor's eye."""
    console.print()
    console.print(table(assignment, results, points))
    words = ("✓ right", "◐ partly", "✗ wrong", "– not attempted", "! error or stopped")
    console.print("   ".join(f"[{COLORS[word[0]]}]{word}[/]" for word in words))
    refused = {s: r.reason for s, r in results.items() if isinstance(r, Verdict) and r.status == "refused"}
    faults = {s: r.sentence for s, r in results.items() if isinstance(r, Fault)}
    _list(console, "Refused (0 points; the learner's page says why)", refused)
    _list(console, "Not graded", faults)
    for student, result in sorted(results.items()):
        remarks = _remarks(result)
        if remarks:
            console.print(f"\n[bold]Worth a look[/] {escape(student)}: {escape('; '.join(remarks))}")


def _list(console: Console, heading: str, sentences: Mapping[str, str]) -> None:
    """Print who is concerned, once for each sentence."""
    together: dict[str, list[str]] = {}
    for student, sentence in sorted(sentences.items()):
        together.setdefault(sentence, []).append(student)
    for sentence, students in together.items():
        console.print(f"\n[bold]{heading}[/]\n{escape(', '.join(students))}: {escape(sentence)}", soft_wrap=True)


def _remarks(result: Verdict | Fault) -> list[str]:
    found = result.exercises.items() if isinstance(result, Verdict) else ()
    return [f"{name}: {remark}" for name, exercise in found for remark in exercise.get("remarks", ())]
