"""The audit of the lock fails where something is unsafe, and says loudly where it could not look."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.project.audit import SKIPPED, audit


def program(folder: Path, says: str, status: int) -> list[str]:
    """Return the command of a program that says something and ends."""
    file = folder / "audit.py"
    file.write_text(f"import sys\nprint({says!r})\nsys.exit({status})\n")
    return [sys.executable, str(file)]


def test_what_is_unsafe_fails(tmp_path: Path) -> None:
    status, said = audit(program(tmp_path, "Found 1 known vulnerability in 1 package", 1))
    assert (status, said) == (1, "Found 1 known vulnerability in 1 package")


def test_what_is_safe_passes(tmp_path: Path) -> None:
    assert audit(program(tmp_path, "No known vulnerabilities found", 0))[0] == 0


def test_a_list_out_of_reach_is_said_loudly(tmp_path: Path) -> None:
    for command in (
        [],
        program(tmp_path, "requests.exceptions.ConnectionError: Max retries exceeded", 1),
        ["/nowhere"],
    ):
        status, said = audit(command)
        assert status == 0
        assert said.startswith(SKIPPED)


def test_another_failure_is_a_failure(tmp_path: Path) -> None:
    assert audit(program(tmp_path, "the lock cannot be read", 2))[0] == 2
