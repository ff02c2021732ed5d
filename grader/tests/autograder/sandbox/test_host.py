"""The doctor says in words which setting of a machine is in the sandbox's way, and what to type."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.sandbox.host import MachineCheck, check_host


def look(
    proc: Path, release: str = "6.1.0-18-amd64", *, is_root: bool = False, **settings: str
) -> dict[str, MachineCheck]:
    """Return what is said of a machine with these files below /proc (``sys__kernel__x`` for sys/kernel/x)."""
    for name, content in settings.items():
        file = proc / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content + "\n")
    return {check.name: check for check in check_host(proc, proc / "groups", release=release, is_root=is_root)}


def test_an_ordinary_machine_has_nothing_in_the_way(tmp_path: Path) -> None:
    assert all(check.works for check in look(tmp_path, swaps="Filename Type Size Used Priority").values())


@pytest.mark.parametrize(("release", "works"), [("5.7.19", False), ("5.8.0", True), ("4.19.0-26", False), ("?", False)])
def test_a_kernel_that_cannot_join_namespaces_is_told_by_its_version(tmp_path: Path, release: str, works: bool) -> None:
    check = look(tmp_path, release)["kernel"]
    assert (check.works, check.needed) == (works, True)
    assert release in check.detail


@pytest.mark.parametrize(
    ("setting", "value", "word"),
    [
        ("sys__kernel__apparmor_restrict_unprivileged_userns", "1", "/etc/apparmor.d/bwrap"),
        ("sys__kernel__unprivileged_userns_clone", "0", "kernel.unprivileged_userns_clone=1"),
        ("sys__user__max_user_namespaces", "0", "user.max_user_namespaces=10000"),
    ],
)
def test_user_namespaces_that_are_forbidden_come_with_what_to_type(
    tmp_path: Path, setting: str, value: str, word: str
) -> None:
    check = look(tmp_path, **{setting: value})["user namespaces"]
    assert not check.works
    assert check.needed
    assert word in check.detail
    assert "user namespaces" not in look(tmp_path, is_root=True, **{setting: value})


def test_swap_is_told_and_does_not_forbid_grading(tmp_path: Path) -> None:
    check = look(tmp_path, swaps="Filename Type Size Used Priority\n/dev/vdb partition 1 0 -2")["swap"]
    assert (check.works, check.needed) == (False, False)


def test_the_program_that_gets_crash_reports_is_named(tmp_path: Path) -> None:
    check = look(tmp_path, sys__kernel__core_pattern="|/usr/share/apport/apport -p%p")["crash reports"]
    assert "/usr/share/apport/apport" in check.detail


@pytest.mark.parametrize(
    ("cgroup", "place"),
    [
        ("0::/docker/abc", "groups__docker"),
        ("0::/docker/abc", "groups__docker__abc"),
        ("4:memory,pids:/job", "groups__memory,pids__job"),
    ],
)
def test_a_container_that_is_too_small_is_told_with_what_to_do(tmp_path: Path, cgroup: str, place: str) -> None:
    small = {f"{place}__memory.max": "1500000000", f"{place}__pids.max": "70"}
    checks = look(tmp_path, self__cgroup=cgroup, **small)
    assert "1.5 GB" in checks["cgroup memory"].detail
    assert "70 processes" in checks["cgroup pids"].detail
    for check in (checks["cgroup memory"], checks["cgroup pids"]):
        assert (check.works, check.needed) == (False, False)
        assert "course grade --workers 1" in check.detail


@pytest.mark.parametrize("limit", ["max", "9223372036854771712", "900000000000"])
def test_a_container_without_a_limit_or_with_a_high_one_is_fine(tmp_path: Path, limit: str) -> None:
    settings = {"groups__memory.max": limit, "groups__pids.max": limit}
    checks = look(tmp_path, self__cgroup="0::/", **settings)
    assert checks["cgroup memory"].works
    assert checks["cgroup pids"].works
