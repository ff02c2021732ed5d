"""A saved notebook is checked in a new process, on any system, and what would be refused is told before."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from autograder.course.limits import Limits
from gradcheck import notebook_file
from gradcheck.notebook_file import Refused
from gradcheck.terminal import fresh_run
from gradcheck.terminal.saved_notebook import read_saved

NAME = "03-relu-network.ipynb"
RELU = "import numpy as np\ndef relu(z):\n    return np.maximum(z, 0)"


def notebook(*sources: str, **more: object) -> dict:
    cells = [{"cell_type": "code", "source": s, "metadata": {}, "outputs": []} for s in sources]
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells} | more


def written(folder: Path, content: dict | bytes, name: str = NAME) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


POSIX = ("fcntl", "grp", "pwd", "resource", "termios", "posix_ipc", "readline")
WINDOWS = f"""
import os, sys
for name in {POSIX!r}:
    sys.modules[name] = None
for name in ("fork", "geteuid", "getuid", "getpgid", "killpg", "setsid", "O_NOFOLLOW", "O_DIRECTORY", "O_NONBLOCK"):
    if hasattr(os, name):
        delattr(os, name)
import signal
for name in ("SIGALRM", "SIGKILL", "setitimer", "alarm", "pthread_kill"):
    if hasattr(signal, name):
        delattr(signal, name)
import runpy
sys.argv = ["gradcheck", sys.argv[1]]
runpy.run_module("gradcheck", run_name="__main__", alter_sys=True)
"""
"""What Windows lacks is taken away before gradcheck is imported."""


def checked(path: Path, *, windows: bool = False, seconds: float = 120) -> tuple[int, str]:
    command = ["-X", "warn_default_encoding", "-c", WINDOWS, str(path)] if windows else ["-m", "gradcheck", str(path)]
    locale = {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "LC_ALL": "C"} if windows else {"PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, *command], env=os.environ | locale, check=False, capture_output=True, timeout=seconds
    )
    said = done.stdout.decode("cp1252" if windows else "utf-8").replace("\r\n", "\n")
    errors = done.stderr.decode()
    assert "Traceback" not in errors, errors
    assert not re.search(r"gradcheck.*EncodingWarning", errors), errors
    return done.returncode, said


@pytest.mark.parametrize("windows", [False, True], ids=["here", "by Windows' rules"])
def test_a_notebook_is_judged_from_a_path_with_spaces_and_umlauts(tmp_path: Path, windows: bool) -> None:
    folder = tmp_path / "Übung (für Zoë)"
    folder.mkdir()
    wrong = "def relu_deriv(z):\n    return np.maximum(z, 0)"
    path = written(folder, notebook(RELU, "check(relu)", wrong, "check(relu_deriv)", "print('Zoë 李 ∂')"))
    status, said = checked(path, windows=windows)
    assert status == 0
    assert re.search(r"\[ok\] relu +correct +1 of 1", said)
    assert re.search(r"\[--\] relu_deriv +not yet +0 of 2", said)
    assert "[--] relu_deriv is not correct yet" in said
    assert said.endswith("The file can be graded.\n")


def test_the_sentence_of_a_wrong_answer_is_that_of_the_notebooks_check(tmp_path: Path) -> None:
    wrong = "import numpy as np\ndef relu_deriv(z):\n    return np.maximum(z, 0)"
    code = f"from gradcheck.chapters.relu_network import check\n{wrong}\ncheck(relu_deriv)"
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    _, said = checked(written(tmp_path, notebook(wrong)))
    assert "relu_deriv is not correct yet" in shown
    assert shown.strip() in said


REFUSED = {
    "another kind of file": (b"print(1)", "03-relu-network.py", "is not a notebook"),
    "cut off": (json.dumps(notebook(RELU)).encode()[:-20], NAME, "is damaged"),
    "empty": (b"", NAME, "is empty"),
    "not text": (b"\x80\x81\x82{}", NAME, "not UTF-8"),
    "no notebook": (b"[1, 2]", NAME, "not a notebook"),
    "no exercise": (notebook("print(1)"), "notes.ipynb", "No exercise of any chapter"),
    "too many cells": (notebook(*["x = 1"] * (notebook_file.MAX_CELLS + 1)), NAME, "cells; 500 are allowed"),
    "too much text": (notebook(RELU, "#" * (notebook_file.MAX_TEXT + 1)), NAME, "1000 kB"),
    "too large": (b" " * (notebook_file.MAX_FILE + 1), NAME, "larger than 20 MB"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_grading_would_refuse_is_told(tmp_path: Path, kind: str) -> None:
    content, name, sentence = REFUSED[kind]
    refused = read_saved(written(tmp_path, content, name))
    assert isinstance(refused, Refused)
    assert sentence in refused.reason


def test_a_file_that_is_not_there_is_told_with_status_1(tmp_path: Path) -> None:
    status, said = checked(tmp_path / NAME)
    assert status == 1
    assert said.startswith("This would be refused. There is no file")


def test_the_limits_are_those_of_grading() -> None:
    limits = Limits()
    assert limits.file_bytes == notebook_file.MAX_FILE
    assert limits.cells == notebook_file.MAX_CELLS
    assert limits.source_bytes == notebook_file.MAX_TEXT
    assert limits.cell_seconds == fresh_run.CELL_SECONDS


def test_another_name_is_told_and_the_chapter_is_found_by_its_exercises(tmp_path: Path) -> None:
    status, said = checked(written(tmp_path, notebook(RELU), "Untitled.ipynb"))
    assert status == 0
    assert f"hand it in under the name {NAME}" in said


def test_a_thread_that_prints_for_ever_and_a_cell_that_ends_python_hold_nothing_up(tmp_path: Path) -> None:
    talks = "import threading\ndef talk():\n    while True:\n        print('noise ' * 100)\n"
    threads = "threading.Thread(target=talk, daemon=True).start()\nthreading.Thread(target=talk).start()"
    status, said = checked(written(tmp_path, notebook(talks + threads, "raise SystemExit", "exit()", RELU)))
    assert status == 0
    assert re.search(r"\[ok\] relu +correct", said)
    assert "noise" not in said


@pytest.mark.parametrize("handler", ["default_int_handler", "SIG_IGN"])
def test_a_cell_and_a_function_without_end_are_stopped(tmp_path: Path, handler: str) -> None:
    """A shell lets its background jobs ignore interrupts."""
    loop = "def out_delta(A2, Y):\n    while True:\n        pass"
    path = written(tmp_path, notebook("while True:\n    pass", RELU, loop))
    code = (
        f"import signal; signal.signal(signal.SIGINT, signal.{handler})\n"
        "import faulthandler, sys; faulthandler.dump_traceback_later(240, exit=True)\n"
        "from gradcheck.terminal import fresh_run, main\n"
        "fresh_run.CELL_SECONDS = fresh_run.JUDGE_SECONDS = 1.5; main.main([sys.argv[1]])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr  # after 240 seconds: where it still was
    assert "Code cell 1 was still running" in done.stdout
    assert re.search(r"\[ok\] relu +correct", done.stdout)
    assert "out_delta did not come back" in done.stdout


def test_an_interrupt_that_was_swallowed_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fresh_run, "AGAIN_SECONDS", 0.02)
    sent = threading.Semaphore(0)
    with fresh_run._time_limit(0.02, sent.release):
        assert all(sent.acquire(timeout=20) for _ in range(3))
    with pytest.raises(TimeoutError), fresh_run._time_limit(0.02, sent.release):
        assert sent.acquire(timeout=20)
        raise KeyboardInterrupt  # as the interrupt does


def test_a_package_that_grading_lacks_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    status, said = checked(written(tmp_path, notebook("import torchvision_of_nobody", RELU)))
    assert status == 0
    assert "imports torchvision_of_nobody, which grading does not have. There are numpy, matplotlib" in said
    assert re.search(r"\[ok\] relu +correct", said)


def test_an_answer_is_judged_where_its_check_stands_and_not_by_what_comes_later(tmp_path: Path) -> None:
    later = "relu = 'a name that is used again'"
    _, said = checked(written(tmp_path, notebook(RELU, '"""relu."""\ncheck(relu)', later)))
    assert re.search(r"\[ok\] relu +correct", said)


def test_nothing_of_the_learners_side_imports_what_windows_lacks() -> None:
    package = Path(notebook_file.__file__).parent
    text = {path.name: path.read_text(encoding="utf-8") for path in package.rglob("*.py")}
    lacking = re.compile(rf"import ({'|'.join(POSIX)})\b|os\.(fork|geteuid|getuid|killpg)\b|signal\.(SIGALRM|SIGKILL)")
    assert not [name for name, source in text.items() if lacking.search(source)]
    careless = re.compile(r"\.(read_text|write_text)\(\)|\bopen\((?![^)\n]*(encoding|[\"'][rwa]b[\"']))")
    assert not [name for name, source in text.items() if careless.search(source)]
