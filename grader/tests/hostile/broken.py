"""Files as accidents, other programs and ill will leave them: graded where that is fair, refused with advice else."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path

from tests.hostile.attack import SOLUTION, Attack, code, graded_cells, ordinary

Write = Callable[[Path, bytes], object]


def _as(change: Callable[[bytes], bytes]) -> Write:
    return lambda path, raw: path.write_bytes(change(raw))


def _named(name: str) -> Write:
    return lambda path, raw: (path.parent / name.format(path.stem)).write_bytes(raw)


def _link(path: Path, raw: bytes) -> None:
    (path.parent / "target").write_bytes(raw)
    path.symlink_to("target")


def _peer(path: Path, raw: bytes) -> None:
    path.symlink_to(path.parents[2] / "s000-a-perfect" / path.parent.name / path.name)


def _hard_link(path: Path, raw: bytes) -> None:
    (path.parent / "target").write_bytes(raw)
    os.link(path.parent / "target", path)


def _linked_folder(path: Path, raw: bytes) -> None:
    real = path.parent.with_name("elsewhere")
    path.parent.rename(real)
    (real / path.name).write_bytes(raw)
    path.parent.symlink_to(real)


def _two(path: Path, raw: bytes) -> None:
    for n in (1, 2):
        path.with_name(f"{path.stem} ({n}).ipynb").write_bytes(raw)


def _terminal(path: Path, raw: bytes) -> None:
    path.with_name("\x1b[2J\x1b]0;x\x07\n.ipynb").mkdir()


def _shadows(path: Path, raw: bytes) -> None:
    ordinary(path, raw)
    for name in ("numpy", "IPython", "matplotlib", "gradcheck", "autograder", "sitecustomize", "json"):
        (path.parent / f"{name}.py").write_text("raise SystemExit")
        (path.parent / name).mkdir()
    os.mkfifo(path.parent / "pipe")
    (path.parent / "nbgrader_config.py").write_text("import os; os._exit(1)")


def _timestamp(path: Path, raw: bytes) -> None:
    ordinary(path, raw)
    os.mkfifo(path.parent / "timestamp.txt")


def _bare(notebook: dict) -> None:
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        del cell["id"]


def _doubled(notebook: dict) -> None:
    notebook["cells"] = [twin for cell in notebook["cells"] for twin in (cell, dict(cell))]


def _reversed_tests(notebook: dict) -> None:
    tests = graded_cells(notebook, "grade")
    notebook["cells"] = [cell for cell in notebook["cells"] if cell not in tests] + tests[::-1]


def _schema(notebook: dict) -> None:
    for cell in notebook["cells"]:
        cell["metadata"].get("nbgrader", {})["schema_version"] = 99


def _nonsense(notebook: dict) -> None:
    odd = [None, 7, "x", [], {}, {"cell_type": "code"}, {"cell_type": 3, "source": 4}, {"cell_type": "code", "source": [1]}]
    odd += [code("pass", metadata=5), code("pass", metadata={"nbgrader": 5}), code("pass", metadata={"nbgrader": {"grade_id": []}})]
    odd += [code("pass", id={"a": 1}), code("x = '\ud800\0'"), code(["a = 1\r\n", "b = 2\r"]), code("%%html\n<b>"), code("!ls"), code("?x")]
    notebook["cells"][1:1] = odd


def _too_many(notebook: dict) -> None:
    notebook["cells"] += [code("pass", id=f"c{n}") for n in range(500)]


def _another_chapter(notebook: dict) -> None:
    notebook["cells"] = [code("x = 1"), code("y = 2", id="other")]


def _markdown(notebook: dict) -> None:
    for cell in graded_cells(notebook, "grade"):
        cell["cell_type"] = "markdown"


def _old(notebook: dict) -> dict:
    cells = [dict(cell) for cell in notebook["cells"]]
    for cell in cells:
        cell.pop("id")
        if cell["cell_type"] == "code":
            cell["input"], cell["language"], cell["collapsed"] = cell.pop("source"), "python", False
            cell["prompt_number"] = cell.pop("execution_count")
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": "x"}, "worksheets": [{"metadata": {}, "cells": cells}]}


def _noise(raw: bytes) -> bytes:
    rng = random.Random(0)
    return bytes(rng.randrange(256) for _ in range(5000))


def _digits(raw: bytes) -> bytes:
    return json.dumps({"nbformat": 4}).encode()[:-1] + b', "cells": ' + b"9" * 10_000 + b"}"


_REFUSED: dict[str, Write] = {
    "empty": _as(lambda raw: b""),
    "cut off": _as(lambda raw: raw[: len(raw) // 2]),
    "noise": _as(_noise),
    "deep": _as(lambda raw: b"[" * 1_000_000),
    "digits": _as(_digits),
    "a page instead": _as(lambda raw: b"<!doctype html><title>log in</title>"),
    "a list": _as(lambda raw: b"[1, 2]"),
    "latin-1": _as(lambda raw: raw.replace(b'"# YOUR', b'"\xe9# YOUR')[:-1] + b"\xff}"),
    "a link": _link,
    "a link to a peer's": _peer,
    "a hard link": _hard_link,
    "a folder that is a link": _linked_folder,
    "a pipe": lambda path, raw: os.mkfifo(path),
    "a folder": lambda path, raw: path.mkdir(),
    "nothing": lambda path, raw: None,
    "1 TB of holes": lambda path, raw: (path.touch(), os.truncate(path, 10**12)),
    "two of them": _two,
    "a name that acts": _terminal,
}
_ACCIDENTS: dict[str, Write] = {
    "byte order mark": _as(lambda raw: b"\xef\xbb\xbf" + raw),
    "UTF-16": _as(lambda raw: raw.decode().encode("utf-16")),
    "a browser's name": _named("{} (1).ipynb"),
    "a copy's name": _named("{}-Copy1.ipynb"),
    "a name of its own": _named("my homework.ipynb"),
    "not a number": _as(lambda raw: raw[:-1] + b', "x": [NaN, Infinity, -Infinity]}'),
    "files that shadow": _shadows,
    "a pipe for a time stamp": _timestamp,
    "windows lines": _as(lambda raw: raw.replace(b"\\n", b"\\r\\n")),
}
_SPOILT = {
    "metadata lost": _bare,
    "every cell twice": _doubled,
    "tests at the end": _reversed_tests,
    "tests as text": _markdown,
    "a schema of the future": _schema,
    "cells of nonsense": _nonsense,
    "format 3": _old,
}
ATTACKS = (
    *(Attack(name, start=SOLUTION, write=write, status="refused") for name, write in _REFUSED.items()),
    *(Attack(name, start=SOLUTION, write=write) for name, write in _ACCIDENTS.items()),
    *(Attack(name, start=SOLUTION, spoil=spoil) for name, spoil in _SPOILT.items()),
    Attack("too many cells", start=SOLUTION, spoil=_too_many, status="refused"),
    Attack("another chapter's", start=SOLUTION, spoil=_another_chapter, status="refused"),
)
