"""The engines podman and docker: a container for each runner."""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid

from autograder.course.limits import Limits
from autograder.sandbox.engine import Engine
from autograder.sandbox.runner_handle import CALL, RUNNER, Runner, environment, spawn

IMAGE = "backprop-course-runner"


def start(engine: Engine, limits: Limits) -> Runner:
    """Start a runner with the image of ``runner/Containerfile``."""
    program = engine.name
    name = f"backprop-{uuid.uuid4().hex[:12]}"
    settings = [f"--env={key}={value}" for key, value in environment("/tmp/home").items()]
    argv = [
        program, "run", "--rm", "--interactive", f"--name={name}", "--network=none", "--read-only",
        "--cap-drop=all", "--security-opt=no-new-privileges", "--user=1000:1000",
        f"--pids-limit={limits.processes}", f"--memory={limits.resident_bytes}",
        f"--memory-swap={limits.resident_bytes}",
        f"--tmpfs=/tmp:rw,mode=1777,size={limits.scratch_bytes},nr_inodes={limits.scratch_files}",
        f"--shm-size={limits.shared_memory_bytes}",
        f"--volume={RUNNER}:/grader:ro", f"--volume={CALL}:/call.py:ro", *settings, IMAGE,
        "python", "-P", "-s", "/grader/main.py", "/call.py",
    ]  # fmt: skip
    return spawn(argv, dict(os.environ), stop=(program, "kill", name))


def problems(engine: Engine) -> tuple[str, ...]:
    """Say why podman or docker cannot be used on this machine and what to do about it; nothing if it can."""
    program = engine.name
    if not shutil.which(program):
        return (f"the program {program} is not installed.",)
    answer = subprocess.run([program, "image", "inspect", IMAGE], capture_output=True, text=True, check=False)
    if answer.returncode == 0:
        return ()
    if "onnect" in answer.stderr:  # "Cannot connect to the Docker daemon ..."
        return (f"{program} does not run: {answer.stderr.strip()}",)
    recipe = "grader/autograder/runner/Containerfile"
    return (f"its image is missing: `{program} build -t {IMAGE} -f {recipe} .` builds it.",)
