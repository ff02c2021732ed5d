"""The sandbox holds, from inside; and an engine is chosen, never fallen back to."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from autograder.course.limits import Limits
from autograder.sandbox import bubblewrap_command, container, instance, seccomp
from autograder.sandbox.engines import Engine, EngineError, choose_engine
from autograder.sandbox.resource_usage import process_tree
from autograder.session import resource_escapes
from autograder.session.selftest import require_sealed, try_escapes
from autograder.session.session import Session
from tests.autograder.small_course import BRIEF, QUICK, ROOT


def test_every_probe_is_held(jail):
    found = try_escapes(jail, Limits())
    assert len(found) >= (13 if jail.name in ("podman", "docker") else 18)
    assert [probe for probe in found if not probe.held] == []


def _require_bubblewrap(jail: Engine) -> None:
    if jail.name != "bubblewrap":
        pytest.skip("it weakens parts that only bubblewrap has")


def _allows_everything() -> bytes:
    return (0x7FFF0000_00_00_0006).to_bytes(8, "little")  # BPF_RET, SECCOMP_RET_ALLOW


@pytest.mark.parametrize(
    ("module", "name", "weak"),
    [
        (seccomp, "program", _allows_everything),
        (instance, "_joined", lambda: 0x20000000),  # pids only: files and network are the machine's
        (instance, "_joined", lambda: 0x4E020000),  # all but pids
        (instance, "_UIDS", range(1)),  # root, if the grader is
    ],
)
def test_grading_is_refused_where_a_way_out_is_open(jail, monkeypatch, module, name, weak):
    _require_bubblewrap(jail)
    if os.geteuid() != 0 and name in ("_UIDS", "_joined"):
        pytest.skip("the kernel itself refuses it to an ordinary user")
    require_sealed(jail, Limits())
    monkeypatch.setattr(module, name, weak)
    with pytest.raises(EngineError, match="does not hold|did not start"):
        require_sealed(jail, Limits())


def test_without_walls_there_is_nothing_to_try(trust):
    require_sealed(trust, Limits())


def test_the_probes_are_never_run_without_a_sandbox(trust):
    with pytest.raises(ValueError, match="no sandbox"):
        try_escapes(trust, Limits())


def test_a_probe_sees_what_is_there():
    """A probe that holds everywhere would prove nothing; these do no harm out here."""
    assert resource_escapes.readable([__file__, "/nowhere"]) == __file__
    assert resource_escapes.importable(["autograder", "no_such_package"]) == "autograder"
    assert resource_escapes.environment(["HOME"])
    assert resource_escapes.processes()
    assert resource_escapes.limits()


@pytest.fixture(scope="module")
def inside(jail):
    """Yield a session in the sandbox."""
    with Session(jail, QUICK) as session:
        yield session


def printed(session: Session, source: str) -> str:
    """Return what a cell prints."""
    return "".join(out.get("text", out.get("evalue", "")) for out in session.run(source).outputs)


def test_the_learners_tools_work_inside(inside):
    inside.run("import matplotlib.pyplot as plt, ipywidgets, numpy as np")
    ran = inside.run("plt.plot([1, 2])\nnp.ones((50, 50)) @ np.ones((50, 50))")
    assert ran.raised is None
    assert any("image/png" in out.get("data", {}) for out in ran.outputs)
    assert "Warning" not in str([out.get("text") for out in ran.outputs])


def test_await_works_in_a_cell(inside):
    assert printed(inside, "import asyncio\nawait asyncio.sleep(0.01)\nprint('woke up')") == "woke up\n"


def test_files_can_be_written_at_home_and_in_tmp_only(inside):
    inside.run("import numpy as np")
    assert printed(inside, "np.savetxt('a.csv', np.ones(3)); print(open('a.csv').read()[:1])") == "1\n"
    assert printed(inside, "open('/tmp/b', 'w').write('x')") == "1\n"
    for source in ("open(np.__file__, 'a')", "import os; os.mkdir('/x')", "open('/dev/x', 'w')"):
        assert "Errno" in printed(inside, source)


def test_nothing_of_the_grader_is_named_inside(inside):
    source = "import os\nfor folder, _, files in os.walk('/'):\n    print(*(f for f in files if f in WORDS), end='')"
    words = ["judge.py", "oracle.py", "grading.py", "front.py", "gradebook.db", "01-single-neuron.ipynb"]
    assert printed(inside, f"WORDS = {words}\n{source}") == ""


def test_everything_readable_inside_is_on_the_list(inside, jail):
    listed = {name for _, name in bubblewrap_command.visible_files(jail.python)}
    tops = set(eval(printed(inside, "import os; print(os.listdir('/'))")))
    links = {folder.strip("/") for folder in bubblewrap_command._MERGED if Path(folder).is_symlink()}
    assert tops == {Path(name).parts[1] for name in listed} | links | {"tmp", "dev"}


def test_a_grader_that_is_root_gives_no_root_away(inside):
    assert "0" not in printed(inside, "import os; print(os.getuid(), os.geteuid(), os.getgid())").split()
    assert "Errno" in printed(inside, "import os; os.setuid(0)")  # forbidden, or not even a number there


def test_threads_are_limited_and_do_no_harm(inside):
    start = "threading.Thread(target=time.sleep, args=(30,), daemon=True).start()"
    assert "thread" in printed(inside, f"import threading, time\nfor _ in range(100): {start}")


def test_a_fork_bomb_ends_with_its_cell(jail):
    with Session(jail, BRIEF) as session:
        bomb = "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"
        assert session.run(bomb).raised.type in ("timeout", "killed")
        assert session.run("x = 1").raised is None


def test_files_without_end_are_stopped(jail):
    with Session(jail, QUICK) as session:
        ran = session.run("n = 0\nwhile True:\n    open(f'/tmp/{n}', 'w').close(); n += 1")
        assert "files" in ran.raised.message


def test_a_daemon_dies_with_the_sandbox(jail):
    session = Session(jail, QUICK)
    session.run(
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork(): os._exit(0)\n    time.sleep(100)"
    )
    family = process_tree(*session._channel._runner.roots)
    session.__exit__()
    assert len(family) >= 3, "the sandbox's init, the runner, the daemon"
    for _ in range(500):
        if not any(Path(f"/proc/{member}/root").exists() for member in family):
            break
        time.sleep(0.01)
    else:
        pytest.fail("something of the sandbox is alive")


def test_an_engine_is_never_replaced_by_another(tmp_path, monkeypatch):
    with pytest.raises(EngineError, match="make setup"):
        choose_engine("bubblewrap", tmp_path)
    with pytest.raises(EngineError, match="no engine of this name"):
        choose_engine("chroot", ROOT)
    monkeypatch.setattr(container.shutil, "which", lambda name: None)
    with pytest.raises(EngineError, match="podman"):
        choose_engine("podman", ROOT)


def test_trust_works_without_a_learners_environment(tmp_path):
    engine = choose_engine("trust", tmp_path)
    assert engine.python == Path(sys.executable)
    with Session(engine, QUICK) as session:
        session.run("import numpy as np, gradcheck")
        assert session.value("np").status == "returned"
        assert "stubs" in session.value("gradcheck").value.text


@pytest.mark.parametrize("program", ["/bin/false", "/nowhere/python"])
def test_a_runner_that_cannot_start_is_not_the_learners_fault(program):
    engine = Engine("trust", Path(program))
    with pytest.raises(EngineError, match="did not start"), Session(engine, QUICK) as session:
        session.run("x = 1")


def test_every_refused_call_is_known_to_the_filter():
    if seccomp.problems():
        pytest.skip("no libseccomp")
    assert len(seccomp.program()) % 8 == 0
    assert len(seccomp.program()) > 800
