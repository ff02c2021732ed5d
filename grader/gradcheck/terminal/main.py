"""The command ``python -m gradcheck``: words in, words out."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from gradcheck.display.panel import Panel
from gradcheck.display.progress_panel import ProgressPanel
from gradcheck.notebook_file import Refused
from gradcheck.terminal.fresh_run import NoShellError, run_fresh
from gradcheck.terminal.saved_notebook import SavedNotebook, read_saved

CAN_BE_GRADED, REFUSED = 0, 1


def main(arguments: list[str] | None = None) -> None:
    """Check one notebook and leave the process: 0 where it can be graded, 1 where it would be refused."""
    parser = argparse.ArgumentParser("python -m gradcheck", description="Check a saved notebook as grading will.")
    parser.add_argument("notebook", type=Path, help="for example 03-relu-network.ipynb")
    given = parser.parse_args(arguments)
    out = sys.stdout  # cells may replace it
    if hasattr(out, "reconfigure"):
        out.reconfigure(errors="replace")  # a Windows terminal may not know every sign
    try:
        status = check_file(given.notebook, lambda text: print(text, file=out, flush=True))
    except KeyboardInterrupt:
        print("stopped", file=out, flush=True)
        status = 130
    os._exit(status)  # a thread that a cell has started cannot hold the process


def check_file(path: Path, say: Callable[[str], None]) -> int:
    """Say what a grader would say of the notebook at ``path``; return the exit status."""
    saved = read_saved(path)
    if isinstance(saved, Refused):
        say(f"This would be refused. {saved.reason}")
        return REFUSED
    say(f"{path.name} ({_size(saved.size)}): running all cells in a new Python ...")
    try:
        run = run_fresh(saved.chapter, saved.submission.cells, path.resolve().parent)
    except NoShellError:
        say("This check needs IPython, which comes with JupyterLab: python -m pip install ipython")
        return REFUSED
    for finding in run.findings.values():
        if not finding.is_right and finding.status != "not-attempted":
            say(Panel(finding, saved.chapter[finding.name]).text())
    say(ProgressPanel(saved.chapter, tuple(run.findings.values())).text())
    for sentence in run.stopped:
        say(sentence)
    say(_verdict(saved))
    return CAN_BE_GRADED


def _verdict(saved: SavedNotebook) -> str:
    if saved.well_named:
        return "The file can be graded."
    return (
        f"The file can be graded. It is the chapter {saved.chapter.assignment}: hand it in under the name "
        f"{saved.chapter.assignment}.ipynb, because some platforms sort by name."
    )


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"
