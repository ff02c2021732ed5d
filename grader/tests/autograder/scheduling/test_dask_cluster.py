"""A class is graded by the workers of a cluster as it is here, whatever becomes of them."""

from __future__ import annotations

import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nbgrader.converters.base import NbGraderException

from autograder.course import paths
from autograder.scheduling import dask_cluster
from autograder.scheduling.plain_pickles import NotPlainError, plain_pickles, read_plain
from tests.autograder.dask_processes import Cluster, after

if TYPE_CHECKING:
    from tests.autograder.school import School

FIRST = "01-single-neuron"
LEARNERS = ("perfect", "guessed-signs", "einsum", "half-forgotten")


@pytest.fixture
def dask() -> Iterator[Cluster]:
    """A scheduler of our own, on loopback."""
    started = Cluster()
    yield started
    started.end()


@pytest.fixture
def group(school: Callable, tmp_path: Path) -> School:
    """A class of twelve."""
    place = school(tmp_path, "class")
    place.release(FIRST)
    for number in range(12):
        name = LEARNERS[number % len(LEARNERS)]
        place.sample(FIRST, name, f"{name}-{number:02d}")
    return place


def test_a_scheduler_that_comes_back_is_waited_for(group: School, dask: Cluster) -> None:
    def restart() -> None:
        dask.kill_scheduler()
        dask.begin()
        dask.join(2)

    dask.join(2)
    graded = group.grade(FIRST, scheduler=dask.address, progress=after(2, restart))
    assert {found.status for found in graded.results.values()} == {"graded"}
    assert len(graded.results) == 12


def test_a_scheduler_that_stays_away_ends_the_run_and_what_is_done_is_kept(
    group: School, dask: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    dask.join(1)
    monkeypatch.setattr(dask_cluster, "WAIT_SECONDS", 10.0)
    with pytest.raises(NbGraderException, match=r"no Dask scheduler answers .* is kept"):
        group.grade(FIRST, scheduler=dask.address, progress=after(2, dask.kill_scheduler))
    kept = len(list(group.classroom.verdicts.rglob("*.json")))
    assert 2 <= kept < 12
    assert sum(map(len, group.marks(FIRST).values())) >= 2 * 8
    assert len(group.grade(FIRST).results) == 12


def test_a_worker_with_another_version_is_refused_by_name(group: School, dask: Cluster, tmp_path: Path) -> None:
    shutil.copytree(paths.ROOT / "grader", tmp_path / "old" / "grader", ignore=shutil.ignore_patterns("tests"))
    with (tmp_path / "old" / "grader" / "gradcheck" / "judging" / "judge.py").open("a") as file:
        file.write("# of last year\n")
    group.config.Autograde.engine = "trust"
    dask.join(1, PYTHONPATH=str(tmp_path / "old" / "grader"))
    with pytest.raises(NbGraderException, match=r"worker tcp://\S+ has another version of the course"):
        group.grade(FIRST, scheduler=dask.address)
    assert group.marks(FIRST) == {}


def test_a_worker_that_cannot_grade_is_refused_by_name(group: School, dask: Cluster) -> None:
    dask.join(1, PATH="/nowhere")
    group.config.Autograde.engine = "podman"
    with pytest.raises(NbGraderException, match=r"worker tcp://\S+ cannot grade: podman cannot be used here"):
        group.grade(FIRST, scheduler=dask.address)


def test_a_scheduler_without_workers_is_said_to_have_none(
    group: School, dask: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_cluster, "WAIT_SECONDS", 8.0)
    with pytest.raises(NbGraderException, match="has no workers"):
        group.grade(FIRST, scheduler=dask.address)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://x:1"])
def test_an_address_where_nobody_is_gets_a_sentence(
    group: School, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(dask_cluster, "WAIT_SECONDS", 1.0)
    with pytest.raises(NbGraderException, match=f"no Dask scheduler answers at {address}"):
        group.grade(FIRST, scheduler=address)


class _Asked:
    """A future of Dask's, with what reading it raises."""

    def __init__(self, error: Exception, status: str = "finished") -> None:
        self._error, self.status = error, status

    def result(self, timeout: float) -> None:
        raise self._error


@pytest.mark.parametrize(
    ("error", "lost"), [(OSError("closed"), True), (CancelledError(), True), (ValueError(), False)]
)
def test_a_future_ends_whatever_reading_the_result_raises(error: Exception, lost: bool) -> None:
    given: Future = Future()
    dask_cluster._hand_over(given, _Asked(error))
    assert given.done()
    assert given.cancelled() == lost
    assert lost or given.exception() is error


def test_a_cancelled_future_asks_the_client_for_nothing() -> None:
    given: Future = Future()
    dask_cluster._hand_over(given, _Asked(AssertionError("was asked"), "cancelled"))
    assert given.cancelled()


class _Bomb:
    """An answer whose reading would run a program."""

    def __init__(self, mark: str) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple:
        return os.system, (f"touch {self.mark}-$PPID",)


class _Loud(Exception):
    """An exception of a worker's own making."""

    def __reduce__(self) -> tuple:
        return os.system, (f"touch {self.args[0]}-$PPID",)


def _raise(mark: str) -> None:
    raise _Loud(mark)


def test_no_answer_of_a_worker_runs_anything_here(dask: Cluster, tmp_path: Path) -> None:
    dask.join(1)
    with dask_cluster.cluster_pool(dask.address, str, "") as pool:
        for number, act in enumerate((_Bomb, _raise)):
            mark = tmp_path / f"mark-{number}"
            future = pool.executor.submit(act, str(mark))
            with pytest.raises(Exception, match="^"):  # a cancelled future says nothing
                future.result(timeout=30)
            here = mark.with_name(f"{mark.name}-{os.getpid()}")  # a worker may do to itself what it likes
            assert not here.exists()
        assert pool.executor.submit(bytes, 3).result(timeout=30) == b"\0\0\0"


def test_a_worker_that_raises_or_ends_is_told_in_a_sentence(dask: Cluster, tmp_path: Path) -> None:
    dask.join(1)
    with dask_cluster.cluster_pool(dask.address, str, "") as pool:
        for act, argument in ((int, "no number"), (_raise, str(tmp_path / "mark")), (os._exit, 3)):
            with pytest.raises(RuntimeError, match=r"^its worker ended or raised what cannot be read here; .* log"):
                pool.executor.submit(act, argument).result(timeout=60)


def test_what_is_read_is_plain(tmp_path: Path) -> None:
    for value in ({"a": [1, 2.5, (b"x", None)], "s": {1}}, True):
        assert str(read_plain(pickle.dumps(value))) == str(value)
    for value in (_Bomb(str(tmp_path / "mark")), Path, os.system, eval, getattr, print):
        with pytest.raises(NotPlainError):
            read_plain(pickle.dumps(value))
    assert not list(tmp_path.iterdir())


def test_no_name_of_dask_reads_anything_else(tmp_path: Path) -> None:
    import distributed
    from distributed import client

    bomb = pickle.dumps(_Bomb(str(tmp_path / "mark")))
    handlers = client.Client._default_event_handlers
    with plain_pickles():
        for read in (client.loads, client.pickle.loads, distributed.protocol.pickle.loads):
            with pytest.raises(NotPlainError):
                read(bomb)
        with pytest.raises(NotPlainError):
            client._handle_warn((None, {"message": bomb}))
        assert not client.Client._default_event_handlers, "nothing is printed because a worker asks for it"
        loaded = [module for name, module in sys.modules.items() if name.startswith("distributed.")]
        bound = {value for module in loaded for value in vars(module).values() if callable(value)}
        assert pickle.loads not in bound
        assert not [module for module in loaded if pickle in vars(module).values()]
    assert client.loads is distributed.protocol.pickle.loads is not read_plain
    assert client.pickle is pickle
    assert client.Client._default_event_handlers is handlers
    assert not list(tmp_path.iterdir())
