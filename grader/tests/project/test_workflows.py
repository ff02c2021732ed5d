"""Continuous integration runs the README's test command on every Python that the project names."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator

import pytest
import yaml

from autograder.course import paths

FOLDER = paths.ROOT / ".github" / "workflows"
FILES = sorted(FOLDER.glob("*.yml"))
PROJECT = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TEST_COMMAND = "make test"
PUBLISHES = {"site.yml": {"publish": {"pages": "write", "id-token": "write"}}}
"""Workflow -> jobs that may do more than read: deploying pages needs these two."""


def workflow(name: str) -> dict:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def triggers(content: dict) -> dict:
    """Return what starts a workflow; YAML 1.1 reads the key ``on`` as True."""
    return content[True]


def steps(content: dict) -> Iterator[dict]:
    return (step for job in content["jobs"].values() for step in job["steps"])


def classifiers() -> list[str]:
    prefix = "Programming Language :: Python :: "
    return [line.removeprefix(prefix) for line in PROJECT["classifiers"] if line.startswith(prefix)]


def test_the_readme_names_the_test_command() -> None:
    assert re.search(rf"^{TEST_COMMAND}\b", (paths.ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_change_is_tested_on_every_python_that_the_project_names() -> None:
    content = workflow("test.yml")
    assert set(triggers(content)) == {"push", "pull_request"}
    job = content["jobs"]["test"]
    assert job["strategy"]["matrix"]["python"] == classifiers()
    assert {"run": TEST_COMMAND} in job["steps"]
    assert [s["with"]["python-version"] for s in job["steps"] if "setup-python" in s.get("uses", "")] == [
        "${{ matrix.python }}"
    ]


def test_the_first_and_the_last_python_are_those_of_the_package() -> None:
    assert PROJECT["requires-python"] == f">={classifiers()[0]}"
    assert classifiers() == sorted(classifiers(), key=lambda version: int(version.split(".")[1]))


def test_the_newest_and_the_oldest_versions_are_tested_every_week() -> None:
    content = workflow("weekly.yml")
    assert "schedule" in triggers(content)
    job = content["jobs"]["versions"]
    rows = {row["versions"]: row for row in job["strategy"]["matrix"]["include"]}
    assert rows["newest"] | {"python": classifiers()[-1], "lock": "make lock"} == rows["newest"]
    assert rows["oldest"] | {"python": classifiers()[0], "lock": "make lock RESOLUTION=lowest-direct"} == rows["oldest"]
    runs = [step["run"] for step in job["steps"] if "run" in step]
    assert runs[-2:] == ["${{ matrix.lock }}", TEST_COMMAND]
    assert any("pip-audit" in step.get("run", "") and "requirements.lock" in step["run"] for step in steps(content))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_workflow_may_read_the_repository_and_nothing_else(path: object) -> None:
    content = workflow(path.name)
    assert content["permissions"] == {"contents": "read"}
    more = {name: job["permissions"] for name, job in content["jobs"].items() if "permissions" in job}
    assert more == PUBLISHES.get(path.name, {})
    assert not any("run" in step for name in more for step in content["jobs"][name]["steps"]), "it runs nothing of ours"
    assert "pull_request_target" not in triggers(content)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_action_is_githubs_own_in_a_fixed_major_version(path: object) -> None:
    used = [step["uses"] for step in steps(workflow(path.name)) if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", action) for action in used)


def test_linters_find_nothing_in_the_workflows() -> None:
    commands = {"zizmor": ["--offline", "--no-progress", ".github"], "actionlint": []}
    there = [[shutil.which(name), *options] for name, options in commands.items() if shutil.which(name)]
    if not there:
        pytest.skip("neither zizmor nor actionlint is installed")
    for command in there:
        done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_hooks_before_a_commit_download_nothing() -> None:
    config = yaml.safe_load((paths.ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [entry["repo"] for entry in config["repos"]] == ["local"]
    hooks = {hook["id"]: hook for hook in config["repos"][0]["hooks"]}
    assert set(hooks) == {"ruff", "ruff-format", "lint-imports", "mypy"}
    assert all(hook["language"] == "system" and hook["entry"].startswith(".venv/bin/") for hook in hooks.values())
