"""Runners that come from one process have nothing of each other, and none outlives its judge."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sandbox import fork_server_client, runner_handle
from autograder.sandbox import trust as trust_engine
from autograder.sandbox.engines import Engine, EngineError
from autograder.sandbox.fork_server_client import ForkServer, fork_server_for
from autograder.sandbox.resource_usage import process_tree
from autograder.session.channel import RunnerChannel
from autograder.session.session import Session
from tests.autograder.small_course import QUICK, ROOT


@pytest.fixture(scope="module")
def original(jail) -> Iterator[ForkServer]:
    server = ForkServer.start(jail.python)
    yield server
    server.end()


@pytest.fixture
def copied(jail, original, monkeypatch) -> Iterator[Engine]:
    """Return an engine whose fork server is a copy, as every worker's is."""
    monkeypatch.setattr(fork_server_client, "_servers", {})
    monkeypatch.setattr(fork_server_client, "_originals", {jail.python: original.control})
    yield jail
    fork_server_for(jail.python).end()


@pytest.fixture(params=["trust", "jail", "copied"])
def engine(request) -> Engine:
    return request.getfixturevalue(request.param)


def printed(session: Session, source: str) -> str:
    return "".join(out.get("text", out.get("evalue", "")) for out in session.run(source).outputs)


def server(engine: Engine) -> ForkServer:
    """Return the fork server of this process."""
    with Session(engine, QUICK) as session:
        session.run("pass")
    return fork_server_for(engine.python)


def gone(*pids: int) -> bool:
    until = time.monotonic() + 10
    while any(Path(f"/proc/{pid}/root").exists() for pid in pids):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def test_what_one_learner_breaks_is_whole_for_the_next(engine):
    with Session(engine, QUICK) as first:
        first.run("import sys, numpy as np\nnp.sum, np.pi = None, 3\nsys.modules['json'] = None\nKEPT = 1")
        assert printed(first, "print(np.sum, np.pi)") == "None 3\n"
        with Session(engine, QUICK) as second:
            look = "import json, numpy as np; print(np.sum([1, 2]), np.pi > 3, 'KEPT' in vars())"
            assert printed(second, look) == "3 True False\n"


def test_chance_is_not_the_same_for_everybody(engine):
    draw = "import random, numpy as np; print(random.random(), np.random.rand())"
    drawn = set()
    for _ in range(3):
        with Session(engine, QUICK) as session:
            drawn |= set(printed(session, draw).split())
    assert len(drawn) == 6


def test_no_memory_is_shared_for_writing(engine):
    maps = Path(f"/proc/{server(engine).pid}/maps").read_text().splitlines()
    assert len(maps) > 100
    assert [line for line in maps if line.split()[1].endswith("s") and "w" in line.split()[1]] == []


def test_it_has_one_thread_and_a_clean_environment(engine):
    channel = Path(f"/proc/{server(engine).pid}")
    assert len(list((channel / "task").iterdir())) == 1
    names = {word.split(b"=")[0].decode() for word in (channel / "environ").read_bytes().split(b"\0") if word}
    assert names == set(runner_handle.environment("/nowhere"))


def test_a_fork_server_that_died_is_replaced(engine):
    first = server(engine)
    os.kill(first.pid, signal.SIGKILL)
    assert gone(first.pid)
    assert server(engine) is not first


def test_a_fork_server_that_answers_late_is_not_asked_again(engine, monkeypatch):
    """Its late answer would be taken for that to another order."""
    if engine.name not in ("trust", "bubblewrap"):
        pytest.skip("its runners come from no fork server")
    first = server(engine)
    monkeypatch.setattr(fork_server_client, "ANSWER_SECONDS", 0.2)
    os.kill(first.pid, signal.SIGSTOP)
    with pytest.raises(EngineError, match="took too long"), Session(engine, QUICK) as session:
        session.run("pass")
    monkeypatch.undo()
    with Session(engine, QUICK) as session:
        assert printed(session, "print(2 + 2)") == "4\n"
    assert server(engine) is not first


def test_a_copy_is_another_process_that_complains_for_itself(original):
    copies = [ForkServer.copy(original.control) for _ in range(2)]
    assert len({one.pid for one in copies}) == 2
    copies[0].control.send(b"no order")
    assert gone(copies[0].pid)
    assert "JSONDecodeError" in copies[0].complaint()
    assert copies[1].complaint() == ""
    assert copies[1].alive
    for one in copies:
        one.end()
    assert gone(*(one.pid for one in copies))


def test_a_worker_whose_original_is_gone_loads_its_packages_itself(copied):
    lost = ForkServer.copy(fork_server_client._originals[copied.python])
    fork_server_client._originals[copied.python] = lost.control
    lost.end()
    with Session(copied, QUICK) as session:
        assert printed(session, "print(2 + 2)") == "4\n"


def test_one_that_died_before_it_was_asked_anything_is_not_alive(jail):
    server = ForkServer.start(jail.python)
    select.select([server.control], [], [], 60)
    assert server.alive
    server._kill()
    until = time.monotonic() + 10
    while server.alive and time.monotonic() < until:
        time.sleep(0.02)
    assert not server.alive
    server.end()


def test_what_workers_get_stays_open_when_the_fork_server_is_replaced(copied):
    first = server(copied)
    given = fork_server_client.own_fork_servers()
    first.end()
    assert [control.fileno() >= 0 for control in given.values()] == [True]
    for control in given.values():
        control.close()


def test_ctrl_c_while_a_runner_starts_leaves_nothing(engine, monkeypatch):
    before = set(process_tree(server(engine).pid, os.getpid()))

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(RunnerChannel, "_reply", interrupt)
    with pytest.raises(KeyboardInterrupt):
        Session(engine, QUICK).run("pass")
    monkeypatch.undo()
    assert gone(*(set(process_tree(server(engine).pid, os.getpid())) - before))


def test_sessions_leave_no_process_and_no_descriptor(engine):
    pid = server(engine).pid
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        server(engine)
    assert process_tree(pid) == [pid]
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    assert not [p for p in Path("/proc").glob("[0-9]*") if _waits(p)]


def _waits(place: Path) -> bool:
    """Tell whether this is the init of a sandbox, or what waits in it."""
    try:
        return b"/opt/cat" in (place / "cmdline").read_bytes() and os.getpid() in _above(place)
    except OSError:
        return False


def _above(place: Path) -> list[int]:
    parents = []
    while place.name != "0":
        parent = (place / "stat").read_text().rsplit(")", 1)[1].split()[1]
        parents.append(int(parent))
        place = place.parent / parent
    return parents


def test_the_machines_name_is_not_known_inside(jail):
    with Session(jail, QUICK) as session:
        assert printed(session, "import platform; print(platform.node())") == "sandbox\n"


def test_learners_go_first_where_memory_is_short(engine):
    with Session(engine, QUICK) as session:
        session.run("pass")
        runner = process_tree(session._channel._runner.roots[-1])[-1]
        assert Path(f"/proc/{runner}/oom_score_adj").read_text() == "1000\n"


def test_everything_ends_with_the_judge(engine):
    script = (
        "import sys; from pathlib import Path\nfrom autograder.sandbox.engines import choose_engine\n"
        "from autograder.course.limits import Limits\n"
        "from autograder.session.session import Session\n"
        f"session = Session(choose_engine({engine.name!r}, Path({str(ROOT)!r})), Limits())\n"
        "session.run('x = 1'); print('ready', flush=True); sys.stdin.read()"
    )
    judge = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with judge:
        assert judge.stdout.readline() == b"ready\n"
        family = process_tree(judge.pid)
        assert len(family) > 2
        judge.kill()
        judge.wait()
        assert gone(*family)


def test_a_runner_without_a_fork_server_is_the_same(trust, monkeypatch):
    """As in a container, and wherever packages cannot be forked."""
    monkeypatch.setattr(trust_engine.sys, "platform", "darwin")
    with Session(trust, QUICK) as session:
        session.run("import numpy as np, matplotlib.pyplot as plt, gradcheck\ndef double(x): return 2 * x")
        assert session.call("double", (3.0,)).value.array == 6
        assert any("image/png" in out.get("data", {}) for out in session.run("plt.plot([1, 2])").outputs)
        assert session.run("import os; os._exit(3)").raised.type == "killed"
        assert session.call("double", (4.0,)).value.array == 8
