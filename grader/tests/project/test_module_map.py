"""The module map in docs/modules.md lists the modules of both packages, each once."""

from __future__ import annotations

import re
from collections import Counter

from autograder.course import paths

MAP = paths.ROOT / "docs" / "modules.md"
LINE = re.compile(r"^- `(?P<path>[\w/]+(?:\.py|/))`: (?P<purpose>.*)$", re.MULTILINE)
PACKAGES = ("gradcheck", "autograder")


def listed(text: str) -> list[tuple[str, str]]:
    """Return (path, purpose) of every line of the map."""
    return [(found["path"], found["purpose"]) for found in LINE.finditer(text)]


def modules() -> set[str]:
    """Return the path of every module; a package stands for its ``__init__.py``."""
    grader = paths.ROOT / "grader"
    files = (path for package in PACKAGES for path in (grader / package).rglob("*.py"))
    names = {path.relative_to(grader).as_posix().removesuffix("__init__.py") for path in files}
    return {name for name in names if not name.startswith("autograder/authoring/samples/")}


def differences(text: str) -> str:
    """Say which lines to add to the map, and which to remove; nothing where it is right."""
    counted, present = Counter(path for path, _ in listed(text)), modules()
    add = [f"add     - `{path}`: <what it does, in one line>" for path in sorted(present - set(counted))]
    remove = [f"remove  - `{path}`: ..." for path in sorted(set(counted) - present)]
    twice = [f"remove one of two lines  - `{path}`: ..." for path, times in sorted(counted.items()) if times > 1]
    return "\n".join(add + remove + twice)


def test_every_module_is_in_the_map_once_and_nothing_else_is() -> None:
    wrong = differences(MAP.read_text(encoding="utf-8"))
    assert not wrong, f"docs/modules.md does not match the folders:\n{wrong}"


def test_every_purpose_is_one_plain_line() -> None:
    bad = [path for path, purpose in listed(MAP.read_text(encoding="utf-8")) if not 10 <= len(purpose) <= 140]
    assert not bad


def test_a_missing_a_stale_and_a_doubled_line_are_told_apart() -> None:
    text = MAP.read_text(encoding="utf-8")
    line = next(found[0] for found in LINE.finditer(text) if found["path"] == "gradcheck/call.py")
    assert differences(text.replace(line, "")).startswith("add     - `gradcheck/call.py`")
    assert differences(f"{text}\n- `gradcheck/nobody.py`: nothing") == "remove  - `gradcheck/nobody.py`: ..."
    assert differences(f"{text}\n{line}").startswith("remove one of two lines  - `gradcheck/call.py`")
