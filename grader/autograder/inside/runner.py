"""Run a learner's cells, and call their functions when the judge asks.

Started as ``python runner.py CALL_FILE`` with its standard input and output connected to the judge. It takes those
two for itself at once: what a learner's code finds at descriptors 0, 1 and 2 leads nowhere. Nothing that is worth
knowing is in this process, and the judge believes nothing that it says.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import io
import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PRIVATE = 40  # descriptors from here on are ours; the limit on open files leaves room


def main() -> None:
    """Answer requests until the judge closes the channel."""
    reading, writing = _take_channel()
    sys.path.insert(0, str(HERE))
    import wire

    sys.path[0] = str(HERE / "stubs")
    call = _load_call(Path(sys.argv[1]))
    request, settings, _ = wire.unpack(lambda n: _read(reading, n))
    _restrain(settings)
    notebook = _Notebook(settings, call, wire)
    process = os.getpid()
    answer = {"ready": True}, []
    while True:
        _write(writing, wire.pack(request, *answer))
        request, body, blob = wire.unpack(lambda n: _read(reading, n))
        answer = notebook.answer(body, io.BytesIO(blob).read)
        if os.getpid() != process:  # a child that a cell forked and that came back here
            os._exit(0)


def _take_channel() -> tuple[int, int]:
    """Move the channel away from 0 and 1, out of reach of children, and leave /dev/null at 0, 1 and 2."""
    reading, writing = (fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, PRIVATE) for fd in (0, 1))
    nothing = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nothing, fd)
    os.close(nothing)
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
    """Lower the limits of this process for good, and die with the judge."""
    import resource

    for name, value in settings["rlimits"].items():
        with contextlib.suppress(ValueError, OSError, AttributeError):  # not every system has each of them
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, 9)  # PR_SET_PDEATHSIG, SIGKILL


class _Capped(io.TextIOBase):
    """A stream that keeps the first characters and counts the rest."""

    def __init__(self, room: list[int]) -> None:
        self.kept: list[str] = []
        self.dropped = 0
        self._room = room

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        part = str(text)[: self._room[0]]
        self._room[0] -= len(part)
        if part:
            self.kept.append(part)
        self.dropped += len(text) - len(part)
        return len(text)


class _Notebook:
    """The learner's notebook as far as it has run."""

    def __init__(self, settings: dict, call, wire) -> None:
        self._settings, self._call, self._wire = settings, call, wire
        self._shell = _shell()
        self._number = 0

    def answer(self, body: dict, take) -> tuple[dict, list[bytes]]:
        """Do what one request asks, and return the body and the data of the reply."""
        data: list[bytes] = []
        if body["op"] == "cell":
            return self._run(body["source"], data), data
        try:
            outcome = self._outcome(body, take)
        except BaseException as err:  # KeyboardInterrupt, or a value that cannot bear to be looked at
            outcome = self._call.Outcome("raised", raised=self._call._raised(err))
        return self._describe(outcome, data, [body["room"]]), data

    def _outcome(self, body: dict, take):
        call, names = self._call, self._shell.user_ns
        if body["name"] not in names:
            return call.Outcome("missing")
        value = names[body["name"]]
        if body["op"] == "value":
            return call.Outcome("returned", call.describe(value))
        args = self._wire.decode(body["args"], take, call.Code)
        stand_ins = {name: call.Code(source) for name, source in body["stand_ins"].items()}
        return call.call(value, args, stand_ins)

    def _describe(self, outcome, data: list[bytes], room: list[int]) -> dict:
        value = outcome.value and self._wire.encode_described(outcome.value, data, room)
        return {
            "status": outcome.status,
            "value": value,
            "raised": outcome.raised and vars(outcome.raised),
            "changed": outcome.changed,
            "called": outcome.called,
            "warnings": outcome.warnings,
            "reads": outcome.reads,
        }

    def _run(self, source: str, data: list[bytes]) -> dict:
        """Run one cell; return its text, its figures and what it raised."""
        room = [self._settings["output"]]
        out, err = _Capped(room), _Capped(room)
        before = sys.stdin, sys.stdout, sys.stderr
        sys.stdout, sys.stderr = out, err
        try:
            result = self._shell.run_cell(source, store_history=True)
            error = result.error_before_exec or result.error_in_exec
        except BaseException as raised:  # IPython itself was broken by the cell
            error = raised
        finally:
            sys.stdin, sys.stdout, sys.stderr = before
        sizes = []
        with contextlib.suppress(Exception):
            sizes = [data.append(png) or len(png) for png in self._figures()]
        return {
            "stdout": "".join(out.kept),
            "stderr": "".join(err.kept),
            "dropped": out.dropped + err.dropped,
            "raised": error and vars(self._raised(error)),
            "figures": sizes,
        }

    def _raised(self, error: BaseException):
        """Describe what a cell raised; a cell that cannot be parsed has no frame, but says where."""
        if isinstance(error, SyntaxError) and error.lineno:
            line = (error.text or "").strip()[:200]
            return self._call.Raised(type(error).__name__, str(error.msg)[:200], line, error.lineno)
        return self._call._raised(error)

    def _figures(self) -> list[bytes]:
        """Return the open figures as PNG and close them."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None:
            return []
        pictures = []
        for number in pyplot.get_fignums()[: self._settings["figures"]]:
            picture = io.BytesIO()
            pyplot.figure(number).savefig(picture, format="png", dpi=72, bbox_inches="tight")
            pictures.append(picture.getvalue())
        pyplot.close("all")
        return [picture for picture in pictures if len(picture) <= self._settings["figure"]]


def _shell():
    """Return an IPython shell without history, colors, windows or tracebacks."""
    _prepare_matplotlib()
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.cache_size = 0
    shell = InteractiveShell.instance(config=config)
    shell.showtraceback = shell.showsyntaxerror = shell.showindentationerror = lambda *args, **kwargs: None
    shell.enable_gui = lambda gui=None: None
    shell.enable_matplotlib = lambda gui=None: (gui, os.environ["MPLBACKEND"])
    shell.display_pub.publish = _print_plain
    shell.displayhook.write_output_prompt = lambda: None
    shell.ask_exit = lambda: None
    return shell


def _prepare_matplotlib() -> None:
    """Draw into memory, and bring the list of fonts along: making it takes seconds."""
    os.environ["MPLBACKEND"] = "module://course_figures"
    made, wanted = Path(sys.prefix) / "share" / "mpl", os.environ.get("MPLCONFIGDIR")
    if made.is_dir() and wanted and not Path(wanted).exists():
        with contextlib.suppress(OSError):
            shutil.copytree(made, wanted, copy_function=shutil.copyfile)


def _print_plain(data: dict, metadata: dict | None = None, **kwargs) -> None:
    """Show of a displayed object what a terminal would show: no learner's HTML leaves the sandbox."""
    print(data.get("text/plain", ""))


if __name__ == "__main__":
    main()
