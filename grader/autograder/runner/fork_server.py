"""Load a learner's packages once, and fork a runner for each submission.

Started as ``python fork_server.py CALL_FILE SOCKET``. No learner's code ever runs in this process, nothing that is
worth knowing is in it, and it ends when the judge does. An order is one JSON object that comes with the two ends of
a channel: ``{"sandbox": ..., "environment": ..., "folder": ...}``; ``{"end": pid}`` ends what was started so.
``{"copy": true}`` comes with a socket and a file: a copy of this process takes orders there and complains there.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import platform
import random
import signal
import socket
import sys
import traceback
from pathlib import Path

ORDER_BYTES = 1 << 16
PACKAGES = (
    *("numpy.random", "gradcheck", "course_figures", "matplotlib.pyplot", "IPython.core.interactiveshell"),
    *("IPython.core.magics", "IPython.core.completer", "IPython.core.crashhandler"),
)


def main() -> None:
    """Carry orders out until the judge is gone."""
    control = socket.socket(fileno=int(sys.argv[2]))
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    import join_namespaces
    import main as runner

    tools = runner.load(Path(sys.argv[1]))
    _warm()
    _send(control, {"pid": os.getpid()})
    original, copies = os.getpid(), set[int]()
    while True:
        text, channel, _, _ = socket.recv_fds(control, ORDER_BYTES, 2)
        if not text:
            if os.getpid() != original:
                os._exit(0)  # what packages clear up at their end is the original's
            return
        order = json.loads(text)
        if "copy" in order:
            control = _copy(control, channel, copies)
            continue
        if "end" in order:
            answer = _end(order["end"])
        else:
            try:
                child = os.fork()
            except OSError as err:
                child, answer = -1, {"error": f"no process can be started: {err}"}
            if child == 0:
                control.close()
                _become(order, channel, join_namespaces, runner, tools)
            elif child > 0:
                answer = {"pid": child}
        for end in channel:
            os.close(end)
        _send(control, answer)


def _send(control: socket.socket, answer: dict) -> None:
    control.send(json.dumps(answer).encode())


def _copy(control: socket.socket, given: list[int], copies: set[int]) -> socket.socket:
    """Fork a copy of this process; return the socket to go on with, which is another one in the copy."""
    copies -= {pid for pid in copies if os.waitpid(pid, os.WNOHANG)[0]}
    try:
        child = os.fork()
    except OSError:  # the other end finds its socket closed
        child = -1
    if child == 0:
        control.close()
        control = socket.socket(fileno=given[0])
        os.dup2(given[1], 2)
        os.close(given[1])
        os.setsid()
        copies.clear()
        _send(control, {"pid": os.getpid()})
        return control
    if child > 0:
        copies.add(child)
    for end in given:
        os.close(end)
    return control


def _warm() -> None:
    """Import the packages of all notebooks; runners share this memory."""
    os.environ["MPLBACKEND"] = "module://course_figures"
    for name in PACKAGES:
        importlib.import_module(name)
    if len(os.listdir("/proc/self/task")) != 1:  # noqa: PTH208
        raise RuntimeError("a package started a thread, and a fork would copy its locks")
    gc.collect()
    gc.freeze()


def _become(order: dict, channel: list[int], join_namespaces, runner, tools) -> None:
    """Turn this process into a runner, which never comes back."""
    try:
        Path("/proc/self/oom_score_adj").write_text("1000")  # where memory is short, the judge is not what must go
        if order["sandbox"] is None:
            os.setsid()
            runner.die_with_parent()
        else:
            join_namespaces.join(order["sandbox"])
        os.environ.clear()
        os.environ.update(order["environment"])
        os.chdir(order["folder"])
        _forget()
        runner.run(*channel, tools)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def _forget() -> None:
    """Let chance be another one for everybody, and the machine's name unknown."""
    import numpy

    random.seed()
    numpy.random.seed()
    platform._uname_cache = None


def _end(pid: int) -> dict:
    """Kill a child and its process group. Only this process waits for it, so its number cannot be reused before."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)  # before it has a group of its own
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)
    return {}


if __name__ == "__main__":
    main()
