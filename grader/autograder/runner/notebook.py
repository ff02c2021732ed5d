"""The learner's notebook inside the sandbox: run its cells, call its functions."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
from pathlib import Path


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


class Notebook:
    """The learner's notebook as far as it has run."""

    def __init__(self, settings: dict, call, wire) -> None:
        self._settings, self._call, self._wire = settings, call, wire
        self._shell = _shell()
        self._number = 0
        self._streams: list[_Capped] = []  # kept: Python crashes where a thread prints to a stream that was just freed

    def answer(self, body: dict, take) -> tuple[dict, list[bytes]]:
        """Do what one request asks, and return the body and the data of the reply."""
        data: list[bytes] = []
        if body["op"] == "cell":
            return self._run(body["source"], body["figures"], data), data
        room = [body["room"]]
        if body["op"] == "calls":
            return {"many": [self._try(body | {"args": args}, take, data, room) for args in body["many"]]}, data
        return self._try(body, take, data, room), data

    def _try(self, body: dict, take, data: list[bytes], room: list[int]) -> dict:
        try:
            outcome = self._outcome(body, take)
        except BaseException as err:  # KeyboardInterrupt, or a value that cannot bear to be looked at
            outcome = self._call.Outcome("raised", raised=self._call._raised(err))
        return self._describe(outcome, data, room)

    def _outcome(self, body: dict, take):
        call, names = self._call, self._shell.user_ns
        args = self._wire.decode(body.get("args"), take, call.Code)  # first: the next call's arguments follow them
        if body["name"] not in names:
            return call.Outcome("missing")
        value = names[body["name"]]
        if body["op"] == "value":
            return call.Outcome("returned", call.describe(value))
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

    def _run(self, source: str, figures: int, data: list[bytes]) -> dict:
        """Run one cell; return its text, its first figures and what it raised."""
        room = [self._settings["output"]]
        out, err = _Capped(room), _Capped(room)
        self._streams += [out, err]
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
            sizes = [data.append(png) or len(png) for png in self._figures(figures)]
        return {
            "stdout": "".join(out.kept),
            "stderr": "".join(err.kept),
            "dropped": out.dropped + err.dropped,
            "raised": error and vars(self._raised(error)),
            "figures": sizes,
        }

    def _raised(self, error: BaseException):
        """Describe the exception of a cell; a SyntaxError has no frame and names its line itself."""
        if isinstance(error, SyntaxError) and error.lineno:
            line = (error.text or "").strip()[:200]
            # Python 3.14 says _IncompleteInputError of a bracket that is not closed: a learner knows its base class
            public = next(kind.__name__ for kind in type(error).__mro__ if not kind.__name__.startswith("_"))
            return self._call.Raised(public, str(error.msg)[:200], line, error.lineno)
        return self._call._raised(error)

    def _figures(self, most: int) -> list[bytes]:
        """Return the first open figures as PNG and close all."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None:
            return []
        pictures = []
        for number in pyplot.get_fignums()[:most]:
            picture = io.BytesIO()
            pyplot.figure(number).savefig(picture, format="png", dpi=72, bbox_inches="tight")
            pictures.append(picture.getvalue())
        pyplot.close("all")
        return [picture for picture in pictures if len(picture) <= self._settings["figure"]]


def _shell():
    """Return an IPython shell without history, colors, windows or tracebacks."""
    _prepare_matplotlib()
    import missing_packages  # main has loaded it from beside this file
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.cache_size = 0
    shell = InteractiveShell.instance(config=config)
    shell.showtraceback = shell.showsyntaxerror = shell.showindentationerror = lambda *args, **kwargs: None
    shell.InteractiveTB.structured_traceback = lambda *args, **kwargs: []  # nobody reads it, and it costs most of all
    shell.enable_gui = lambda gui=None: None
    shell.enable_matplotlib = lambda gui=None: (gui, os.environ["MPLBACKEND"])
    shell.display_pub.publish = _print_plain
    shell.displayhook.write_output_prompt = lambda: None
    shell.ask_exit = lambda: None
    missing_packages.prepare_shell(shell)
    return shell


def _prepare_matplotlib() -> None:
    """Draw into memory, and bring the list of fonts along: making it takes seconds."""
    os.environ["MPLBACKEND"] = "module://course_figures"
    made, wanted = Path(sys.prefix) / "share" / "mpl", os.environ.get("MPLCONFIGDIR")
    if made.is_dir() and wanted and not Path(wanted).exists():
        with contextlib.suppress(OSError):
            shutil.copytree(made, wanted, copy_function=shutil.copyfile)


def _print_plain(data: dict, metadata: dict | None = None, **kwargs) -> None:  # noqa: ARG001  (IPython's signature)
    """Show a displayed object as text: no HTML of a learner leaves the sandbox."""
    print(data.get("text/plain", ""))
