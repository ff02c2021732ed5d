"""What every runner is given, and how one is started that is a program of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

RUNNER = Path(__file__).parent.parent / "runner"
CALL = Path(__file__).parent.parent.parent / "gradcheck" / "call.py"


@dataclass(frozen=True)
class Runner:
    """A runner that was started, as the judge sees it."""

    writing: int
    """Where the judge writes."""
    reading: int
    """Where the judge reads."""
    end: Callable[[], None]
    """Kills it and everything that it started; called once."""
    complaint: Callable[[], str]
    """Returns what the engine said, where a runner does not start."""
    roots: tuple[int, ...]
    """The processes from which it and all that it starts descend."""
    scratch: tuple[str, ...] = ()
    """Its writable folders, seen from here, whose files are to be counted."""
    counts_processes: bool = False
    """Whether the limit on processes counts this runner's alone."""


def environment(home: str) -> dict[str, str]:
    """Return the whole environment of a runner: nothing of the instructor's is inherited."""
    return {
        "PATH": os.defpath,
        "HOME": home,
        "TMPDIR": home,
        "IPYTHONDIR": f"{home}/ipython",
        "MPLCONFIGDIR": f"{home}/mpl",
        "LANG": "C.UTF-8",
        "USER": "learner",
        "PYTHONHASHSEED": "0",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }


def spawn(
    argv: Sequence[str],
    settings: Mapping[str, str],
    home: str = "",
    stop: Sequence[str] = (),
    *,
    scratch: Callable[[int], tuple[str, ...]] = lambda pid: (),
    counts_processes: bool = False,
) -> Runner:
    """Start a runner as a program of its own, which loads everything anew.

    ``home`` is deleted at the end; ``stop`` is a command that ends what ``argv`` started elsewhere. ``scratch`` gets
    the process id of ``argv`` and returns the writable folders as they are seen from here.
    """
    errors = tempfile.TemporaryFile()  # noqa: SIM115  (lives as long as the runner)
    child = subprocess.Popen(
        argv,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=dict(settings),
        cwd=home or None,
        start_new_session=True,
        bufsize=0,
    )

    assert child.stdin and child.stdout  # they are pipes
    pipes = (child.stdin, child.stdout)

    def end() -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        if stop:
            subprocess.run(stop, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, timeout=20)
        child.wait()
        for file in (*pipes, errors):
            file.close()
        if home:
            shutil.rmtree(home, ignore_errors=True)

    def complaint() -> str:
        errors.seek(0)
        return errors.read(2000).decode(errors="replace").strip()

    with contextlib.suppress(OSError):  # where memory is short, the judge is not what must go
        Path(f"/proc/{child.pid}/oom_score_adj").write_text("1000")
    ends = pipes[0].fileno(), pipes[1].fileno()
    return Runner(*ends, end, complaint, (child.pid,), scratch(child.pid), counts_processes)
