"""The README's tables and commands are those of the course."""

from __future__ import annotations

import re

from autograder.authoring.canonical import read_notebook
from autograder.cli.arguments import build_parser
from autograder.course import paths
from autograder.reporting.class_report import exercise_points

README = (paths.ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (paths.ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_chapter_stands_in_the_table_with_its_title_and_points() -> None:
    rows = re.findall(r"^\| (\d) \| \[(.+)\]\(notebooks/(.+)\.ipynb\) \| .+ \| (\d+) \|$", README, re.MULTILINE)
    expected = []
    for number, name in enumerate(paths.assignments(), 1):
        title = read_notebook(paths.notebook_path(paths.SOLUTIONS, name)).cells[0].source.split("\n")[0]
        points = sum(exercise_points(name, paths.SOLUTIONS).values())
        expected.append((str(number), title.removeprefix(f"# {number} · "), f"{name}/{name}", f"{points:g}"))
    assert rows == expected


def test_every_command_in_it_exists() -> None:
    verbs = set(re.findall(r"\bmake ([a-z-]+)", "\n".join(re.findall(r"`[^`]+`|^make .+$", README, re.MULTILINE))))
    assert verbs <= set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    assert {"demo", "test", "lab"} <= verbs
    known = build_parser().format_help()
    for command in re.findall(
        r"\bcourse ([a-z]+)\b", "\n".join(re.findall(r"`course .+`|^course .+$", README, re.MULTILINE))
    ):
        assert f"\n    {command} " in known


def test_every_file_that_it_names_is_there() -> None:
    named = re.findall(r"\]\((?!https)([^)]+)\)|`(?:pytest )?(grader/[\w/.]+|solutions/)", README)
    assert all((paths.ROOT / (link or path)).exists() for link, path in named)
    assert len(named) >= 10
