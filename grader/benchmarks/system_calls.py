"""Compare the system calls of runners with the sandbox's list: ``python -m benchmarks.system_calls``.

Grades honest submissions of every chapter in the sandbox under ``strace`` (apt: strace), and runs what learners' cells
commonly do beside. Prints what was called, what of it the list does not allow, and what is allowed and was not seen.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from autograder.authoring.sample_class import build_submission, sample_answers
from autograder.course import paths
from autograder.course.limits import Limits
from autograder.grading.pipeline import grade_submission
from autograder.sandbox import fork_server_client, seccomp
from autograder.sandbox.engines import choose_engine
from autograder.session.session import Session

SLOW = Limits(cell_seconds=200, call_seconds=60, cells_seconds=600, submission_seconds=900, start_seconds=200)
"""Tracing makes everything many times slower."""
HONEST = ("perfect", "own-class", "own-helpers", "plain-loops")
CELLS = (
    "import asyncio\nawait asyncio.sleep(0.01)",
    "import numpy as np\nnp.save('a.npy', np.ones(3)); np.load('a.npy', mmap_mode='r').sum()",
    "import numpy as np\nnp.savetxt('a.txt', np.ones(3)); np.loadtxt('a.txt')",
    "import tempfile, shutil, pathlib\nd = tempfile.mkdtemp(); pathlib.Path(d, 'x').write_text('a')\n"
    "shutil.copytree(d, d + '2'); shutil.rmtree(d)",
    "import concurrent.futures as c\nwith c.ThreadPoolExecutor(3) as pool: list(pool.map(abs, range(9)))",
    "import os\nchild = os.fork()\nif child == 0: os._exit(0)\nos.waitpid(child, 0)",
    "import multiprocessing as m\npool = m.get_context('fork').Pool(2); pool.map(abs, [1, -2]); pool.close()",
    "import time, random, datetime, platform\ntime.sleep(0.01); datetime.datetime.now(); platform.platform()",
    "%timeit -n 2 -r 1 1 + 1",
    "import sqlite3\nc = sqlite3.connect('x.db'); c.execute('create table a (b)'); c.commit()",
    "import signal\nsignal.signal(signal.SIGALRM, lambda *_: None); signal.alarm(1); signal.pause()",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.savefig('a.png'); plt.savefig('a.pdf')",
    "import numpy as np\nnp.linalg.svd(np.random.rand(300, 300)); np.fft.fft(np.ones(9))",
    "import gzip, zipfile, uuid, hashlib, faulthandler\nuuid.uuid1(); gzip.open('a.gz', 'wb').write(b'x')",
)


def main() -> int:
    """Trace, and print the comparison; the exit status is 1 where something honest is not allowed."""
    if not shutil.which("strace"):
        print("the program strace is not installed (apt: strace)", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        _trace_runners(Path(name) / "calls")
        _run_honest_code()
        seen = _calls(Path(name))
    listed = {call for group in seccomp.ALLOWED.values() for call in group.split()}
    listed |= {"clone", "socketpair", "sendto", "mmap", "fcntl", "ioctl", "prctl"}
    refused = {call: count for call, count in seen.items() if call not in listed}
    print(f"{len(seen)} calls were seen: {', '.join(sorted(seen))}")
    print(f"not on the list: {refused or 'none'}")
    print(f"on the list and not seen: {len(listed - seen.keys())}")
    return 0 if refused.keys() <= {"clone3", "socket", "getsockname"} else 1  # libraries do without these


def _trace_runners(target: Path) -> None:
    """Let every fork server that is started from now on run under strace, one file for each process."""
    start = subprocess.Popen

    def traced(command: list[str], **options: Any) -> subprocess.Popen:
        forks = any(part.endswith("fork_server.py") for part in command)
        return start([*(("strace", "-ff", "-qq", "-o", str(target)) if forks else ()), *command], **options)

    fork_server_client.subprocess.Popen = traced


def _run_honest_code() -> None:
    engine = choose_engine("bubblewrap", paths.ROOT)
    for assignment in paths.assignments():
        release = paths.notebook_path(paths.NOTEBOOKS, assignment).read_bytes()
        for answers in (answers for answers in sample_answers(assignment) if answers.student in HONEST):
            raw = build_submission(assignment, answers, paths.NOTEBOOKS)
            graded = grade_submission(
                raw, assignment=assignment, student="x", release=release, secret=b"x" * 32, engine=engine, limits=SLOW
            )
            print(f"{assignment}, {answers.student}: {graded.verdict.points:g} points")
    with Session(engine, SLOW) as session:
        for cell in CELLS:
            if (raised := session.run(cell).raised) is not None:
                print(f"{cell.splitlines()[0]} stopped: {raised.type}: {raised.message}")


def _calls(folder: Path) -> Counter[str]:
    """Return call -> how often runners and their children made it once the filter was in place."""
    seen: Counter[str] = Counter()
    for file in folder.iterdir():
        lines = file.read_text(errors="replace").splitlines()
        filtered = [n for n, line in enumerate(lines) if line.startswith("prctl(PR_SET_SECCOMP")]
        child = not any(line.startswith(("setns(", "execve(")) for line in lines) and not filtered
        for line in lines[filtered[0] + 1 :] if filtered else lines if child else ():
            if match := re.match(r"(\w+)\(", line):
                seen[match.group(1)] += 1
    return seen


if __name__ == "__main__":
    sys.exit(main())
