"""The engines: the command that stands in front of a runner, and whether this machine can run it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from autograder import bubblewrap
from autograder.limits import Limits

INSIDE = Path(__file__).parent / "inside"
CALL = Path(__file__).parent.parent / "gradcheck" / "call.py"
IMAGE = "backprop-course-runner"
NAMES = ("bubblewrap", "podman", "docker", "trust")


class EngineError(Exception):
    """An engine cannot be used here; the sentence says why and what to do."""


@dataclass(frozen=True)
class Launch:
    """How to start one runner."""

    argv: Sequence[str]
    environment: Mapping[str, str]
    errors: IO[bytes]
    """Where the engine complains if it cannot start."""
    folder: Path | None = None
    descriptors: Sequence[int] = ()
    """Passed on to the engine, closed by it."""
    scratch: Sequence[str] = ()
    """The writable folders, as the runner sees them, whose files are to be counted."""
    stop: tuple[str, ...] = ()
    """A command that ends the runner where killing the engine does not."""
    counts_processes: bool = False
    """Whether the limit on processes counts this runner's alone."""


@dataclass(frozen=True)
class Engine:
    """A way to run a learner's code."""

    name: str
    """bubblewrap, podman, docker or trust."""
    python: Path = field(default=Path(sys.executable))
    """The interpreter of the learner's environment; in a container the image has its own."""

    @contextlib.contextmanager
    def launch(self, limits: Limits) -> Iterator[Launch]:
        """Yield what starts one runner, and clean up behind it."""
        make = {"bubblewrap": _bubblewrap, "trust": _trust}.get(self.name, _container)
        with tempfile.TemporaryFile() as errors, make(self, limits, errors) as launch:
            yield launch


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


@contextlib.contextmanager
def _trust(engine: Engine, _limits: Limits, errors: IO[bytes]) -> Iterator[Launch]:
    """No sandbox at all: the runner is an ordinary process of this user, with an empty home."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        fonts = Path(os.environ.get("MPLCONFIGDIR") or Path.home() / ".cache" / "matplotlib")
        made = engine.python.parent.parent / "share" / "mpl"
        settings = environment(home) | {"PATH": os.environ.get("PATH", os.defpath)}
        settings["MPLCONFIGDIR"] = f"{home}/mpl" if made.is_dir() else str(fonts)
        argv = [str(engine.python), "-P", "-s", str(INSIDE / "runner.py"), str(CALL)]
        yield Launch(argv, settings, errors, Path(home))


@contextlib.contextmanager
def _bubblewrap(engine: Engine, limits: Limits, errors: IO[bytes]) -> Iterator[Launch]:
    with bubblewrap.filter_file() as rules:
        argv = bubblewrap.command(engine.python, INSIDE, CALL, limits, rules, environment(bubblewrap.HOME))
        yield Launch(argv, {}, errors, Path("/"), (rules,), scratch=bubblewrap.SCRATCH, counts_processes=True)


@contextlib.contextmanager
def _container(engine: Engine, limits: Limits, errors: IO[bytes]) -> Iterator[Launch]:
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
    yield Launch(argv, dict(os.environ), errors, stop=(engine.name, "kill", name))


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
