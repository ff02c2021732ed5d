"""A session survives whatever a learner's code does to its runner."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from autograder.sandbox.resource_usage import process_tree
from autograder.session import session as session_module
from autograder.session.session import Session
from gradcheck.call import Code
from tests.autograder.small_course import BRIEF, QUICK


@pytest.fixture(scope="module")
def shared(trust):
    """Yield one session for the tests that do no harm."""
    with Session(trust, QUICK) as session:
        yield session


@pytest.fixture
def session(trust):
    """Yield a session of one's own, for what may never end."""
    with Session(trust, BRIEF) as session:
        yield session


def texts(ran) -> str:
    """Return all that a cell printed."""
    return "".join(out.get("text", "") for out in ran.outputs)


def test_cells_run_in_order_and_functions_are_called(shared):
    shared.run("import numpy as np")
    shared.run("def f(x, k=2):\n    return {'a': k * x, 'b': (x.shape, 1)}")
    outcome = shared.call("f", (np.array([1.0, 2.0]),))
    assert outcome.status == "returned"
    assert outcome.value.keys == ("a", "b")
    assert outcome.value.items[0].array.tolist() == [2, 4]
    assert outcome.seconds < QUICK.call_seconds


def test_integers_tuples_and_code_reach_the_function_as_such(shared):
    shared.run("def kinds(*args):\n    return [type(a).__name__ for a in args] + [args[-1](3)]")
    args = (1, 1.0, "a", None, [1], (1,), {"k": 1}, np.array([1]), np.float64(1), Code("lambda x: x + np.ones(2)"))
    found = shared.call("kinds", args).value.items
    names = ["int", "float", "str", "NoneType", "list", "tuple", "dict", "ndarray", "float64", "function"]
    assert [leaf.text for leaf in found[:-1]] == names
    assert found[-1].array.tolist() == [4, 4]


def test_calls_of_one_request_end_like_calls_of_their_own(shared):
    shared.run(
        "import numpy as np\nscale = 3\n"
        "def f(x, y):\n    y += 1\n    return {'a': scale * x, 'b': [x.shape, 'text']} if x.size else undefined"
    )
    args = [(np.ones(2), np.zeros(3)), (np.ones(0), np.zeros(1)), (np.ones((2, 2)), np.arange(4)), (1, 2, 3)]
    together, alone = list(shared.call_all("f", args)), [shared.call("f", one) for one in args]
    assert [o.status for o in together] == ["returned", "raised", "returned", "raised"]
    for one, other in zip(together, alone, strict=True):
        assert (one.changed, one.reads, one.raised, one.warnings) == (
            other.changed,
            other.reads,
            other.raised,
            other.warnings,
        )
        assert repr(one.value) == repr(other.value)
    assert [o.status for o in shared.call_all("not_there", args)] == ["missing"] * 4
    assert list(shared.call_all("f", [])) == []


def test_calls_of_one_request_use_stand_ins_too(shared):
    shared.run("def helper(x):\n    return x\ndef f(x):\n    return helper(x) if x else x")
    found = list(shared.call_all("f", [(1,), (0,), (2,)], {"helper": Code("lambda x: x + 5"), "other": Code("abs")}))
    assert [(o.value.array, o.called) for o in found] == [(6, ("helper",)), (0, ()), (7, ("helper",))]
    assert shared.call("f", (1,)).value.array == 1, "the function is the learner's again"


def test_a_call_that_ends_its_runner_is_the_only_one_that_does_not_come_back(session):
    session.run("import os, time")
    session.run("def f(x):\n    return x if x < 5 else os._exit(3) if x < 7 else time.sleep(99)")
    found = list(session.call_all("f", [(1,), (5,), (2,), (8,), (3,)]))
    assert [o.status for o in found] == ["returned", "killed", "returned", "timeout", "returned"]


def test_calls_that_take_longer_than_one_request_may_have_their_own_time(trust, monkeypatch):
    monkeypatch.setattr(session_module, "TOGETHER_SECONDS", 0.2)
    with Session(trust, QUICK) as own:
        own.run("def busy(x):\n    for _ in range(3_000_000):\n        x += 1\n    return x")
        assert [o.value.array for o in own.call_all("busy", [(n,) for n in range(6)])] == [
            3_000_000 + n for n in range(6)
        ]


def test_modified_arguments_and_stand_ins_are_reported(shared):
    shared.run("def helper(x):\n    return x\ndef f(x, y):\n    y += 1\n    return helper(x)")
    args = (np.zeros(2), np.zeros(2))
    outcome = shared.call("f", args, {"helper": Code("lambda x: x + 5")})
    assert outcome.changed == (1,)
    assert outcome.called == ("helper",)
    assert outcome.value.array.tolist() == [5, 5]
    assert args[1].tolist() == [0, 0]


def test_an_exception_is_told_with_the_learners_line(shared):
    shared.run("def f(x):\n    y = x\n    return y / 0 + undefined")
    raised = shared.call("f", (1,)).raised
    assert (raised.type, raised.line, raised.lineno) == ("ZeroDivisionError", "return y / 0 + undefined", 3)


def test_a_cell_that_cannot_be_parsed_says_where(shared):
    raised = shared.run("x = 1\ny = (\n").raised
    assert (raised.type, raised.lineno, raised.line) == ("SyntaxError", 2, "y = (")


def test_a_name_that_its_cell_did_not_define_reports_why(shared):
    shared.run("def broken(x:\n    return", defines="broken")
    assert shared.call("broken", (1,)).raised.type == "SyntaxError"
    assert shared.call("nowhere", ()).status == "missing"


def test_printing_figures_magics_and_displays_are_caught(shared):
    ran = shared.run(
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nfrom IPython.display import HTML, display\n"
        "for n in range(9):\n    plt.figure(); plt.plot([1, n])\nplt.show(); plt.gcf().show()\n"
        "display(HTML('<script>alert(1)</script>'))\nimport sys\nprint('err', file=sys.stderr)\n1 + 1"
    )
    assert ran.raised is None
    kinds = [out["output_type"] for out in ran.outputs]
    assert kinds.count("display_data") == QUICK.figures
    assert "script" not in texts(ran)
    assert "Warning" not in texts(ran)
    assert texts(ran).endswith("2\nerr\n")
    assert shared.run("plt.get_fignums()").outputs[0]["text"] == "[]\n"


def test_the_checks_of_the_course_do_nothing_here(shared):
    ran = shared.run(
        "import gradcheck\nfrom gradcheck import chapters\n"
        "from gradcheck.chapters.single_neuron import check, hint, show\n"
        "from gradcheck.any.thing import other\ncheck(1, a=2)\nhint(3)\nother.more()\ngradcheck.show('x')"
    )
    assert ran.raised is None
    assert ran.outputs == ()


def test_a_flood_of_output_is_cut(shared):
    ran = shared.run("print('x' * 10_000_000)")
    assert ran.raised is None
    assert len(texts(ran)) < QUICK.output_bytes + 200
    assert "more characters" in texts(ran)


def test_control_characters_of_a_learner_do_not_come_through(shared):
    assert texts(shared.run(r"print('\x1b[2J\x07ok\u202e')")) == "[2Jok\n"


def test_input_and_exit_do_not_stop_the_notebook(shared):
    assert shared.run("input()").raised.type in ("EOFError", "StdinNotImplementedError")
    shared.run("exit()")
    assert shared.run("raise SystemExit(3)").raised.type == "SystemExit"
    assert shared.run("raise KeyboardInterrupt").raised.type == "KeyboardInterrupt"
    shared.run("def f():\n    raise KeyboardInterrupt")
    assert shared.call("f", ()).raised.type == "KeyboardInterrupt"
    assert shared.run("1").raised is None


def test_values_that_cannot_bear_to_be_looked_at_are_errors(shared):
    shared.run("class D(dict):\n    def __iter__(self): raise RuntimeError('no')\n    __len__ = __iter__\nd = D(a=1)")
    assert shared.value("d").status == "raised"
    shared.run("class R:\n    def __repr__(self): raise SystemExit\nr = R()")
    assert shared.value("r").status in ("raised", "returned")
    shared.run("deep = []\nfor _ in range(5000): deep = [deep]")
    assert shared.value("deep").status == "returned"


def test_a_value_too_wide_to_be_looked_at_ends_its_runner(session):
    session.run("wide = [[[[0.5] * 4000] * 100] * 100] * 10")
    assert session.value("wide").status in ("timeout", "killed", "raised")
    assert session.run("1").raised is None


HARM = {
    "endless loop": ("while True: pass", "timeout"),
    "sleep": ("import time; time.sleep(60)", "timeout"),
    "exit": ("import os; os._exit(0)", "killed"),
    "kill": ("import os; os.kill(os.getpid(), 9)", "killed"),
    "crash": ("import ctypes; ctypes.string_at(0)", "killed"),
    "stop": ("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", "timeout"),
    "garbage on every descriptor": (
        "import os\nfor fd in range(3, 64):\n    try: os.write(fd, b'\\xff' * 9000)\n    except OSError: pass",
        "killed",
    ),
    "closed descriptors": ("import os; os.closerange(3, 64)", "killed"),
    "a reply before it is asked for": (
        "import os, struct\nf = b'{\"id\": \"x\", \"body\": 2, \"data\": 0}'\n"
        "f = struct.pack('<I', len(f)) + f + b'{}'\nos.write(41, f * 3)", "killed",
    ),
    "a header of 4 GB": ("import os; os.write(41, b'\\xff\\xff\\xff\\xff' + b'x' * 9000)", "killed"),
    "a body of 1e18 bytes": (
        "import os, struct\nf = b'{\"id\": \"x\", \"body\": 1000000000000000000, \"data\": 1e400}'\n"
        "os.write(41, struct.pack('<I', len(f)) + f)", "killed",
    ),
    "a child that comes back": ("import os\nif os.fork(): import time; time.sleep(0.2)", ""),
    "deep recursion": ("import sys; sys.setrecursionlimit(10**9)\ndef r(): return r()\nr()", "timeout killed"),
}  # fmt: skip


@pytest.mark.parametrize("name", HARM)
def test_what_was_done_before_stays_and_what_comes_after_works(session, name):
    source, expected = HARM[name]
    session.run("def before(x):\n    return x + 1")
    ran = session.run(source, defines="harmful")
    if expected:
        died = ran.raised.type if ran.raised else session.value("harmful").status
        assert died in expected.split()
    session.run("def after(x):\n    return before(x) + 1")
    assert session.call("after", (1,)).value.array == 3


def test_time_for_which_the_judge_was_held_up_is_not_the_learners(trust):
    """A large file that is read for somebody else keeps all of the judge's threads waiting."""
    with Session(trust, dataclasses.replace(BRIEF, call_seconds=2.0)) as session:
        session.run("import time\ndef f(x):\n    time.sleep(1)\n    return x")
        numbers = json.dumps([0.5] * 3_000_000)
        before = time.monotonic()
        json.loads(numbers)
        rounds = 1 + int(2.5 / (time.monotonic() - before))
        raw = f"[{','.join([numbers] * rounds)}]"
        elsewhere = threading.Timer(0.3, json.loads, [raw])
        elsewhere.start()
        outcome = session.call("f", (1.0,))
        elsewhere.join()
        assert outcome.status == "returned"
        assert outcome.seconds < 2


def test_an_endless_call_ends_and_the_next_one_works(session):
    session.run("def f(x):\n    while x: pass\n    return x")
    outcome = session.call("f", (1,))
    assert outcome.status == "timeout"
    assert "longer" in outcome.raised.message
    assert session.call("f", (0,)).value.array == 0


def test_the_memory_of_the_whole_family_is_limited(trust):
    tight = dataclasses.replace(QUICK, resident_bytes=300_000_000, cell_seconds=20)
    with Session(trust, tight) as session:
        bomb = (
            "import os, time\nfor _ in range(4):\n    if os.fork() == 0:\n        x = bytearray(b'x' * 80_000_000)\n"
            "        time.sleep(20); os._exit(0)\ntime.sleep(20)"
        )
        ran = session.run(bomb)
        assert "memory" in ran.raised.message
        session.run("x = b'x' * 200_000_000")
        assert session.run("import numpy; numpy.ones(10**12)").raised.type.endswith("MemoryError")


@pytest.mark.parametrize("engine", ["trust", "jail"])
def test_memory_that_a_family_shares_is_counted_once(engine, request):
    tight = dataclasses.replace(QUICK, resident_bytes=500_000_000)
    with Session(request.getfixturevalue(engine), tight) as session:
        shared = (
            "import os, time\nx = b'x' * 200_000_000\nfor _ in range(4):\n    if os.fork() == 0:\n"
            "        time.sleep(20); os._exit(0)\ntime.sleep(1)"
        )
        assert session.run(shared).raised is None


def test_the_time_of_all_cells_is_limited(trust):
    with Session(trust, dataclasses.replace(QUICK, cells_seconds=1.0)) as session:
        session.run("import time; time.sleep(0.6)")
        assert session.run("time.sleep(0.6)").raised.type == "timeout"
        assert "whole" in session.run("x = 1").raised.message


def test_restarts_are_limited(trust):
    with Session(trust, dataclasses.replace(QUICK, restarts=2)) as session:
        for _ in range(3):
            assert session.run("import os; os._exit(1)").raised.type in ("killed", "timeout")
        assert session.run("x = 1").raised.type == "timeout"


def test_a_cell_that_only_dies_the_second_time_is_left_out(session, tmp_path):
    mark = tmp_path / "mark"
    session.run(f"import os\nif os.path.exists({str(mark)!r}): os._exit(1)\nopen({str(mark)!r}, 'w').close()")
    session.run("x = 5")
    session.run("os._exit(1)")
    assert session.value("x").value.array == 5


def test_a_process_that_ends_while_it_is_counted_is_no_offence():
    started = threading.Event()
    counted: list[int] = []

    def count():
        while not started.is_set():
            counted.extend(process_tree(os.getpid()))

    thread = threading.Thread(target=count)
    thread.start()
    try:
        for _ in range(150):
            subprocess.run(["true"], check=True)
    finally:
        started.set()
        thread.join()
    assert process_tree(2**22 + 1) == [2**22 + 1]
    assert os.getpid() in counted


def test_nothing_of_a_session_is_left_when_it_ends(session):
    session.run("import os, time\nchild = os.fork()\nif child == 0:\n    time.sleep(100); os._exit(0)")
    child = int(session.value("child").value.array)
    assert Path(f"/proc/{child}").exists()
    session.__exit__()
    until = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and time.monotonic() < until:
        state = Path(f"/proc/{child}/stat").read_text().split(") ")[1][0]
        if state == "Z":  # dead, and waiting for whoever adopted it
            break
        time.sleep(0.01)
    else:
        assert not Path(f"/proc/{child}").exists()


def test_no_secret_of_this_process_reaches_the_runner(monkeypatch, trust):
    monkeypatch.setenv("COURSE_SECRET", "hidden")
    with Session(trust, QUICK) as session:
        assert "hidden" not in texts(session.run("import os; print(os.environ, os.listdir('.'))"))


def test_no_descriptor_is_left_open_here(trust):
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        with Session(trust, QUICK) as session:
            session.run("import os; os._exit(0)")
            session.run("x = 1")
    assert len(list(Path("/proc/self/fd").iterdir())) == before
