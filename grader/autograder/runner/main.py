"""Run a learner's cells, and call their functions when the judge asks.

Forked from ``fork_server.py``, or started as ``python main.py CALL_FILE`` with its standard input and output
connected to the judge. It moves that channel away at once: what a learner's code finds at descriptors 0, 1 and 2 leads
nowhere. Nothing that is worth knowing is in this process, and the judge believes nothing that it says.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import io
import os
import sys
from pathlib import Path
from types import ModuleType

Tools = tuple[ModuleType, ModuleType, ModuleType]
"""The modules ``notebook``, ``wire`` and ``gradcheck.call``."""
HERE = Path(__file__).resolve().parent
PRIVATE = 40  # descriptors from here on are ours; the limit on open files leaves room


def main() -> None:
    """Be a runner in a process of its own."""
    die_with_parent()
    sys.path.insert(0, str(HERE))
    run(0, 1, load(Path(sys.argv[1])))


def load(call: Path) -> Tools:
    """Import the runner's modules, and put the stand-ins for the course's packages on the import path."""
    import missing_packages  # noqa: F401  (notebook wants it when this folder is no longer on the path)
    import notebook
    import wire

    sys.path[0] = str(HERE / "stubs")
    return notebook, wire, _load_call(call)


def run(incoming: int, outgoing: int, tools: Tools) -> None:
    """Answer requests until the judge closes the channel."""
    notebooks, wire, call = tools
    reading, writing = _take_channel(incoming, outgoing)
    request, settings, _ = wire.unpack(lambda n: _read(reading, n))
    _restrain(settings)
    notebook = notebooks.Notebook(settings, call, wire)
    process = os.getpid()
    answer = {"ready": True}, []
    while True:
        _write(writing, wire.pack(request, *answer))
        request, body, blob = wire.unpack(lambda n: _read(reading, n))
        answer = notebook.answer(body, io.BytesIO(blob).read)
        if os.getpid() != process:  # a child that a cell forked and that came back here
            os._exit(0)


def die_with_parent() -> None:
    """End when the process that started this one ends."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, 9)  # PR_SET_PDEATHSIG, SIGKILL


def _take_channel(incoming: int, outgoing: int) -> tuple[int, int]:
    """Move the channel out of reach of children, close all else, and leave /dev/null at 0, 1 and 2."""
    reading, writing = (fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, PRIVATE) for fd in (incoming, outgoing))
    nothing = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nothing, fd)
    os.closerange(3, reading)
    os.closerange(writing + 1, 256)
    return reading, writing


def _read(fd: int, size: int) -> bytes:
    parts = []
    while size > 0:
        part = os.read(fd, size)
        if not part:  # the judge is gone
            os._exit(0)
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _write(fd: int, frame: bytes) -> None:
    view = memoryview(frame)
    while view:
        view = view[os.write(fd, view) :]


def _load_call(path: Path):
    spec = importlib.util.spec_from_file_location("_course_call", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def _restrain(settings: dict) -> None:
    """Lower the limits of this process for good."""
    import resource

    for name, value in settings["rlimits"].items():
        with contextlib.suppress(ValueError, OSError, AttributeError):  # not every system has each of them
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))


if __name__ == "__main__":
    main()
