"""A verdict is made again whenever a file changes that it may depend on."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.grading.fingerprint import JUDGE_PACKAGES, packages_digest
from autograder.scheduling import dask_cluster
from autograder.scheduling.dask_cluster import ClusterError

LOCAL = ("gradcheck", "course", "submissions", "runner", "sandbox", "session", "grading")
FILES = [file for package in JUDGE_PACKAGES for file in sorted(package.rglob("*")) if file.is_file()]
FILES = [file for file in FILES if "__pycache__" not in file.parts]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of every package that decides about a verdict."""
    folder = tmp_path_factory.mktemp("judge")
    for package in JUDGE_PACKAGES:
        shutil.copytree(package, folder / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def digest(folder: Path) -> str:
    return packages_digest(*(folder / package.name for package in JUDGE_PACKAGES))


def test_all_rooms_that_judge_are_in_the_fingerprint() -> None:
    assert tuple(package.name for package in JUDGE_PACKAGES) == LOCAL
    assert {"mistakes.toml", "Containerfile"} <= {file.name for file in FILES}


def test_editing_any_file_changes_the_fingerprint(copied: Path) -> None:
    before = digest(copied)
    assert before == packages_digest(*JUDGE_PACKAGES), "a copy is the same course"
    for file in sorted(path for path in copied.rglob("*") if path.is_file()):
        content = file.read_bytes()
        file.write_bytes(content + b"\n")
        assert digest(copied) != before, file
        file.write_bytes(content)
    assert digest(copied) == before


def test_a_new_and_a_renamed_file_change_the_fingerprint(copied: Path) -> None:
    before = digest(copied)
    added = copied / "gradcheck" / "more.toml"
    added.touch()
    assert digest(copied) != before
    added.unlink()
    moved = copied / "grading" / "store.py"
    moved.rename(moved.with_name("stored.py"))
    assert digest(copied) != before
    moved.with_name("stored.py").rename(moved)
    assert digest(copied) == before


def test_compiled_files_do_not_count(copied: Path) -> None:
    before = digest(copied)
    cache = copied / "gradcheck" / "__pycache__"
    cache.mkdir()
    (cache / "call.pyc").touch()
    assert digest(copied) == before


def test_a_worker_whose_mistakes_differ_is_refused(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = digest(copied)
    mistakes = next(copied.rglob("mistakes.toml"))
    content = mistakes.read_bytes()
    mistakes.write_bytes(content.replace(b"a", b"b", 1))
    theirs = digest(copied)
    mistakes.write_bytes(content)
    client = SimpleNamespace(
        wait_for_workers=lambda *_, **__: None,
        run=lambda *_, **__: {"tcp://one": (True, ours), "tcp://two": (True, theirs)},
        close=lambda **_: None,
    )
    monkeypatch.setattr(dask_cluster, "_connected", lambda address: client)
    pool = contextlib.ExitStack()
    with pytest.raises(ClusterError, match="tcp://two has another version of the course"):
        pool.enter_context(dask_cluster.cluster_pool("tcp://none:1", lambda: ours, ours))
