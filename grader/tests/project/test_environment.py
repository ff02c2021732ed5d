"""One list of versions for everybody."""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from autograder.course import paths

LOCK = (paths.ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MINORS = ("3.11", "3.12", "3.13", "3.14")


def pins(python: str = "3.11", platform: str = "linux") -> dict[str, str]:
    """Return name -> version of what the lock installs there."""
    lines = [line.split("#")[0].strip() for line in LOCK.splitlines()]
    wanted = [Requirement(line) for line in lines if line]
    place = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": platform}
    chosen = [r for r in wanted if r.marker is None or r.marker.evaluate(place)]
    found = {canonicalize_name(r.name): str(r.specifier) for r in chosen}
    assert len(found) == len(chosen), "a package is pinned twice"
    return found


def test_the_lock_holds_no_address_and_no_path() -> None:
    assert not re.search(r"://|file:|@ |^-|--", LOCK, re.MULTILINE)


def test_every_pin_is_one_exact_version() -> None:
    assert all(re.fullmatch(r"==[\w.!+-]+", specifier) for specifier in pins().values())


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_no_version_differs_between_the_pythons(platform: str) -> None:
    found = [pins(python, platform) for python in MINORS]
    for name in set.intersection(*(set(one) for one in found)):
        assert len({one[name] for one in found}) == 1, name


@pytest.mark.parametrize("python", MINORS)
def test_the_lock_satisfies_the_project(python: str) -> None:
    found = pins(python)
    needed = sum(PROJECT["optional-dependencies"].values(), PROJECT["dependencies"])
    for requirement in map(Requirement, needed):
        version = found[canonicalize_name(requirement.name)].removeprefix("==")
        assert requirement.specifier.contains(version), requirement


def test_conda_users_get_the_lock_and_this_project_and_nothing_else() -> None:
    environment = yaml.safe_load((paths.ROOT / "environment.yml").read_text(encoding="utf-8"))
    python, pip, packages = environment["dependencies"]
    assert re.fullmatch(r"python=(\d+\.\d+)", python).group(1) in MINORS
    assert pip == "pip"
    assert packages == {"pip": ["-r requirements.lock", "-e ."]}


def test_what_a_learner_can_import_is_in_the_lock() -> None:
    makefile = (paths.ROOT / "Makefile").read_text(encoding="utf-8")
    learner = re.search(r"^LEARNER := (.+)$", makefile, re.MULTILINE).group(1).split()
    assert set(learner) <= set(pins())
    assert not {"nbgrader", "jupyterlab"} & set(learner)
