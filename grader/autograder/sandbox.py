"""The engines: how a runner is started, and whether this machine can do that."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder import bubblewrap, forkserver
from autograder.forkserver import Forkserver
from autograder.limits import Limits

INSIDE = Path(__file__).parent / "inside"
CALL = Path(__file__).parent.parent / "gradcheck" / "call.py"
IMAGE = "backprop-course-runner"
NAMES = ("bubblewrap", "podman", "docker", "trust")


class EngineError(Exception):
    """An engine cannot be used here; the sentence says why and what to do."""


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


@dataclass(frozen=True)
class Engine:
    """A way to run a learner's code."""

    name: str
    """bubblewrap, podman, docker or trust."""
    python: Path = field(default=Path(sys.executable))
    """The interpreter of the learner's environment; in a container the image has its own."""

    def start(self, limits: Limits) -> Runner:
        """Start a runner; raises OSError where that fails."""
        return {"bubblewrap": _bubblewrap, "trust": _trust}.get(self.name, _container)(self, limits)


def choose(name: str | None, root: Path) -> Engine:
    """Return the engine ``name`` for the project at ``root``; the default is bubblewrap, and nothing else ever is.

    Raises EngineError where it cannot work: there is no silent fall-back.
    """
    learner = root / ".venv-learner" / "bin" / "python"
    engine = Engine(name or "bubblewrap", learner if learner.exists() or name != "trust" else Path(sys.executable))
    wrong = problems(engine)
    if wrong:
        others = "" if engine.name == "trust" else " `course doctor` says which engines work on this machine."
        raise EngineError(f"{engine.name} cannot be used here: {' '.join(wrong)}{others}")
    return engine


def problems(engine: Engine) -> tuple[str, ...]:
    """Say why ``engine`` cannot be used on this machine and what to do about it; nothing where it can."""
    if engine.name not in NAMES:
        return (f"there is no engine of this name, only {', '.join(NAMES)}.",)
    if engine.name in ("podman", "docker"):
        return _container_problems(engine.name)
    if not engine.python.exists():
        return (f"{engine.python} is missing: `make setup` builds the learners' environment.",)
    return bubblewrap.problems() if engine.name == "bubblewrap" else ()


def _bubblewrap(engine: Engine, limits: Limits) -> Runner:
    """Let bubblewrap build a sandbox, and a runner join it that is forked with its packages loaded."""
    room = bubblewrap.Room(engine.python, limits)
    order = {"room": room.door, "environment": environment(bubblewrap.HOME), "folder": bubblewrap.HOME}
    try:
        server, pid, writing, reading = _forked(engine, order)
    except BaseException:
        room.end()
        raise

    def end() -> None:
        room.end()
        server.kill(pid)
        os.close(writing)
        os.close(reading)

    return Runner(writing, reading, end, server.complaint, (room.pid, pid), room.scratch, counts_processes=True)


def _trust(engine: Engine, _limits: Limits) -> Runner:
    """No sandbox at all: the runner is an ordinary process of this user, with an empty home."""
    home = tempfile.mkdtemp(prefix="course-home-")
    settings = environment(home) | {"PATH": os.environ.get("PATH", os.defpath)}
    if sys.platform != "linux":  # where a fork of loaded packages is not safe
        return _cold([str(engine.python), "-P", "-s", str(INSIDE / "runner.py"), str(CALL)], settings, home=home)
    try:
        server, pid, writing, reading = _forked(engine, {"room": None, "environment": settings, "folder": home})
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise

    def end() -> None:
        server.kill(pid)
        os.close(writing)
        os.close(reading)
        shutil.rmtree(home, ignore_errors=True)

    return Runner(writing, reading, end, server.complaint, (pid,))


def _forked(engine: Engine, order: Mapping[str, Any]) -> tuple[Forkserver, int, int, int]:
    """Return the fork server, what it forked, and the judge's ends of the channel."""
    fonts = engine.python.parent.parent / "share" / "mpl"
    server = forkserver.of(engine.python, CALL, environment("/nowhere") | {"MPLCONFIGDIR": str(fonts)})
    (theirs_in, writing), (reading, theirs_out) = os.pipe(), os.pipe()
    try:
        pid = server.fork(order, (theirs_in, theirs_out))
    except BaseException:
        os.close(writing)
        os.close(reading)
        raise
    finally:
        os.close(theirs_in)
        os.close(theirs_out)
    return server, pid, writing, reading


def _container(engine: Engine, limits: Limits) -> Runner:
    """Podman or Docker with the image of ``inside/Containerfile``."""
    name = f"backprop-{uuid.uuid4().hex[:12]}"
    settings = [f"--env={key}={value}" for key, value in environment("/tmp/home").items()]
    argv = [
        engine.name, "run", "--rm", "--interactive", f"--name={name}", "--network=none", "--read-only",
        "--cap-drop=all", "--security-opt=no-new-privileges", "--user=1000:1000",
        f"--pids-limit={limits.processes}", f"--memory={limits.resident_bytes}",
        f"--memory-swap={limits.resident_bytes}",
        f"--tmpfs=/tmp:rw,mode=1777,size={limits.scratch_bytes},nr_inodes={limits.scratch_files}",
        f"--shm-size={limits.shared_memory_bytes}",
        f"--volume={INSIDE}:/grader:ro", f"--volume={CALL}:/grader/call.py:ro", *settings, IMAGE,
        "python", "-P", "-s", "/grader/runner.py", "/grader/call.py",
    ]  # fmt: skip
    return _cold(argv, dict(os.environ), stop=(engine.name, "kill", name))


def _cold(argv: Sequence[str], settings: Mapping[str, str], home: str = "", stop: Sequence[str] = ()) -> Runner:
    """Start a runner as a program of its own, which loads everything anew."""
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

    def end() -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        if stop:
            subprocess.run(stop, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, timeout=20)
        child.wait()
        for file in (child.stdin, child.stdout, errors):
            file.close()
        if home:
            shutil.rmtree(home, ignore_errors=True)

    def complaint() -> str:
        errors.seek(0)
        return errors.read(2000).decode(errors="replace").strip()

    return Runner(child.stdin.fileno(), child.stdout.fileno(), end, complaint, (child.pid,))


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


def _container_problems(program: str) -> tuple[str, ...]:
    if not shutil.which(program):
        return (f"the program {program} is not installed.",)
    answer = subprocess.run([program, "image", "inspect", IMAGE], capture_output=True, text=True, check=False)
    if answer.returncode == 0:
        return ()
    if "onnect" in answer.stderr:  # "Cannot connect to the Docker daemon ..."
        return (f"{program} does not run: {answer.stderr.strip()}",)
    recipe = "grader/autograder/inside/Containerfile"
    return (f"its image is missing: `{program} build -t {IMAGE} -f {recipe} .` builds it.",)
