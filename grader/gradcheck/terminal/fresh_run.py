"""Run a notebook's cells in this process, which has nothing in its memory, and judge each exercise at its place."""

from __future__ import annotations

import _thread
import contextlib
import io
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gradcheck.call import NOWHERE
from gradcheck.caller import LocalCaller
from gradcheck.chapters.registry import CHAPTER_MODULES
from gradcheck.comparison.status import Status
from gradcheck.display.progress_panel import review_exercise
from gradcheck.exercises.chapter import Chapter
from gradcheck.judging.finding import Finding
from gradcheck.notebook_file import Cell

CELL_SECONDS = 20.0
"""As in grading: one cell."""
JUDGE_SECONDS = 60.0
"""All calls of one exercise together."""
AGAIN_SECONDS = 2.0
"""After an interrupt that had no effect: IPython's own lines swallow one that arrives before a cell has begun."""


class NoShellError(Exception):
    """IPython is missing, and with it what a notebook's cells run in."""


@dataclass
class FreshRun:
    """What a run in a new process led to."""

    findings: dict[str, Finding] = field(default_factory=dict)
    """By exercise, in the order of the chapter."""
    stopped: list[str] = field(default_factory=list)
    """One sentence for each cell that stopped with something else than an empty exercise."""


def run_fresh(chapter: Chapter, cells: tuple[Cell, ...], folder: Path) -> FreshRun:
    """Run all code cells in order, as if opened in ``folder``, and judge; what they print is dropped.

    Raises NoShellError without IPython.
    """
    result = FreshRun()
    found: dict[str, Finding] = {}
    shell = _shell()
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell's background job, which no limit would stop
        signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(folder)
    _silence_checks()
    for number, cell in enumerate((cell for cell in cells if cell.kind == "code"), 1):
        name = _asked(cell, chapter)
        if name and name not in found:
            found[name] = _judged(chapter, name, shell.user_ns, found)
        elif not name and cell.source.strip():
            _run(shell, cell, number, result)
    for exercise in chapter.exercises:  # those whose check is gone are judged at the end
        if exercise.name not in found:
            found[exercise.name] = _judged(chapter, exercise.name, shell.user_ns, found)
    result.findings = {exercise.name: found[exercise.name] for exercise in chapter.exercises}
    return result


def _asked(cell: Cell, chapter: Chapter) -> str:
    """Return the exercise that a cell checks and does nothing else; empty for other cells."""
    name = cell.grade_id.removeprefix("test-") if cell.grade_id.startswith("test-") else ""
    if not name:
        only = re.fullmatch(r'\s*(?:"""[^"]*"""\s*)?check\(\s*["\']?(\w+)["\']?\s*(?:=[^\n]*)?\)\s*', cell.source)
        name = only[1] if only else ""
    return name if name in [exercise.name for exercise in chapter.exercises] else ""


def _judged(chapter: Chapter, name: str, namespace: dict[str, Any], earlier: dict[str, Finding]) -> Finding:
    try:
        with _time_limit(JUDGE_SECONDS), _dropped_output():
            return review_exercise(chapter, name, LocalCaller(dict(namespace)), earlier)
    except TimeoutError:
        message = f"{name} did not come back. Is there a loop that never ends?"
        return Finding(name, 0.0, chapter[name].points, Status.TIMEOUT, message=message)


def _run(shell: Any, cell: Cell, number: int, result: FreshRun) -> None:
    try:
        with _time_limit(CELL_SECONDS), _dropped_output():
            done = shell.run_cell(cell.source, store_history=True)
            if isinstance(done.error_in_exec, KeyboardInterrupt):
                raise done.error_in_exec
        error = done.error_before_exec or done.error_in_exec
    except TimeoutError:
        result.stopped.append(f"Code cell {number} was still running after {CELL_SECONDS:g} seconds and was stopped.")
        return
    finally:
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")
    foreign = _foreign_packages(cell.source)
    if foreign:
        there = f"There are {', '.join(PACKAGES)} and Python's own modules."
        names = " and ".join(foreign)
        result.stopped.append(f"Code cell {number} imports {names}, which grading does not have. {there}")
    elif error is not None and not isinstance(error, NotImplementedError):
        said = str(error).splitlines()
        result.stopped.append(f"Code cell {number} stops with {type(error).__name__}: {said[0] if said else ''}")


PACKAGES = ("numpy", "matplotlib", "IPython", "ipywidgets")
"""What a learner's code can import while it is graded, beside Python's own modules and gradcheck."""
_COME_ALONG = ("gradcheck", "mpl_toolkits", "PIL", "cycler", "traitlets", "dateutil", "packaging")


def _foreign_packages(source: str) -> list[str]:
    """Return the packages that a cell imports and that grading does not have, whether they are here or not."""
    found = re.findall(r"^\s*(?:from|import)\s+([A-Za-z_]\w*)", source, re.MULTILINE)
    known = {*PACKAGES, *_COME_ALONG, *sys.stdlib_module_names}
    return [name for name in dict.fromkeys(found) if name not in known]


def _shell() -> Any:
    """Return an IPython shell of this process, without history, windows and tracebacks."""
    os.environ["MPLBACKEND"] = "agg"
    try:
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config
    except ImportError as err:
        raise NoShellError from err
    config = Config()
    config.HistoryManager.enabled = False
    shell: Any = InteractiveShell.instance(config=config)  # its methods are replaced
    shell.showtraceback = shell.showsyntaxerror = shell.showindentationerror = lambda *_, **__: None
    shell.enable_gui = lambda gui=None: None
    shell.enable_matplotlib = lambda gui=None: (gui, "agg")
    shell.ask_exit = lambda: None
    return shell


def _silence_checks() -> None:
    """Let the notebook's own checks and hints return at once, as in grading: the judge stands outside."""
    for name in CHAPTER_MODULES:
        module = sys.modules[f"gradcheck.chapters.{name}"]
        for verb in ("check", "hint", "show", "progress"):
            setattr(module, verb, _do_nothing)


def _do_nothing(*_: object, **__: object) -> None:
    return None


@contextlib.contextmanager
def _dropped_output() -> Iterator[None]:
    """Drop what is printed, now and later: a thread may go on, so ``sys.stdout`` is not given back."""
    sys.stdout, sys.stderr, sys.stdin = NOWHERE, NOWHERE, io.StringIO()
    yield


@contextlib.contextmanager
def _time_limit(seconds: float, interrupt: Callable[[], None] = _thread.interrupt_main) -> Iterator[None]:
    """Raise TimeoutError in the main thread after ``seconds``; signals that Windows lacks are not needed."""
    late, over = threading.Event(), threading.Event()

    def watch() -> None:
        if over.wait(seconds):
            return
        late.set()
        interrupt()
        while not over.wait(AGAIN_SECONDS):
            interrupt()

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    except KeyboardInterrupt:
        if late.is_set():
            raise TimeoutError from None
        raise
    finally:
        over.set()
